"""What a doctor finds outside: our own address, Twilio's account and numbers, media access, mail, and the clocks."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Final

from phonebot.config import Settings
from phonebot.domain.office import Notices, OfficeBook
from phonebot.mail import MailDoor, MailTrouble
from phonebot.services.health.connecting import changes_of, is_elsewhere, said_of
from phonebot.services.health.findings import Finding, right, wrong
from phonebot.services.office.people import staff
from phonebot.telephony.client import TwilioClient
from phonebot.telephony.errors import TwilioError
from phonebot.telephony.numbers import OwnNumber
from phonebot.telephony.probing import READY, Probe

ACTIVE: Final = "active"
WELL, REFUSED, NOT_THERE, NOT_READY = 200, 403, 404, 503
OPEN_TO_ALL: Final = frozenset({200, 206, 301, 302, 303, 307, 308})
CLOSED_TO_STRANGERS: Final = frozenset({401, 403})
LISTED_BACK: Final = timedelta(days=30)
"""How far back a recording is looked for to knock at."""

CLOCKS_APART: Final = timedelta(seconds=30)


def web_findings(probe: Probe) -> Iterator[Finding]:
    """Whether the world reaches us at PUBLIC_URL, and whether just Twilio is let in there."""
    try:
        yield _ready(probe)
        yield _signature(probe)
    except TwilioError as error:
        yield wrong("web", f"PUBLIC_URL: {error}: is `phonebot serve` running, and does that address lead to it?")


def _ready(probe: Probe) -> Finding:
    seen = probe.ready()
    if seen.status == WELL and seen.text == READY:
        return right("web", "PUBLIC_URL leads here, and calls can be taken")
    if seen.status == NOT_READY:
        return wrong("web", "it answers, and cannot take calls: its database is away, or wants `phonebot migrate`")
    return wrong("web", f"something else answers at PUBLIC_URL: /ready gave {seen.status}, and not our own answer")


def _signature(probe: Probe) -> Finding:
    """By a webhook for which there is nothing: signed it gets past the gate and finds nothing, unsigned it does not."""
    stranger = probe.knocks(signed=False).status
    if stranger != REFUSED:
        return wrong(
            "signature", f"a webhook that nobody signed was answered {stranger}, not 403: is it phonebot that answers?"
        )
    twilio = probe.knocks(signed=True).status
    if twilio == NOT_THERE:
        return right("signature", "what Twilio signs is let in, and nothing else is")
    if twilio == REFUSED:
        return wrong(
            "signature",
            "what Twilio signs is refused: the web process has another PUBLIC_URL, TWILIO_AUTH_TOKEN or "
            "TWILIO_ACCOUNT_SID than are set here, or a proxy changes paths",
        )
    return wrong("signature", f"a signed webhook was answered {twilio}, not 404: see the web process's log")


def twilio_findings(
    twilio: TwilioClient, probe: Probe, settings: Settings, book: OfficeBook | None, now: datetime
) -> Iterator[Finding]:
    """How the account stands, whether every line leads here, and whether strangers may listen to recordings."""
    try:
        status = twilio.account_is_well()
        if status != ACTIVE:
            yield wrong("account", f"Twilio says that it is {status}: see the Twilio console")
        else:
            yield right("account", "active, and the token is right")
        if book is not None:
            yield from _numbers({one.number: one for one in twilio.numbers()}, settings, book)
        yield _media(twilio, probe, now)
    except TwilioError as error:
        yield wrong("account", f"Twilio cannot be asked: {said_of(error)}")


def _numbers(owned: dict[str, OwnNumber], settings: Settings, book: OfficeBook) -> Iterator[Finding]:
    for line in book.lines:
        yield _line(line.number, owned.get(line.number), settings, book)
    if at_home := [
        line.number
        for line in book.lines
        if (number := owned.get(line.number)) is not None
        and not is_elsewhere(number.voice_fallback_url, settings.public_url)
    ]:
        yield wrong(
            "fallback",
            f"{', '.join(at_home)}: while our host is down, callers hear an error and no message is taken: "
            f"set a TwiML Bin as fallback (the README has it)",
        )
    elif book.lines:
        yield right("fallback", "messages are taken even while our host is down")
    yield _text_number(owned, settings, book)


def _line(name: str, number: OwnNumber | None, settings: Settings, book: OfficeBook) -> Finding:
    what = f"line {name}"
    if number is None:
        return wrong(what, "the account has no such number: buy or port it, or take it out of office.toml")
    changes = changes_of(number, settings.public_url, book.office)
    set_to = "; ".join(f"{change.what} is {change.old}" for change in changes if not _is_of_texts(change.what))
    if not set_to:
        return right(what, "its calls come here")
    return wrong(what, f"{set_to}: run `phonebot twilio connect {name}`")


def _text_number(owned: dict[str, OwnNumber], settings: Settings, book: OfficeBook) -> Finding:
    wanted = book.office.text_number
    if wanted is None:
        return right("text_number", "none is set: texts are never offered")
    number = owned.get(wanted)
    if number is None:
        return wrong("text_number", f"the account has no number {wanted}: set text_number to one that it has")
    if not number.can_text:
        return wrong("text_number", f"{wanted} cannot text: set text_number to one that can")
    if any(_is_of_texts(change.what) for change in changes_of(number, settings.public_url, book.office)):
        return wrong("text_number", f"texts to {wanted} do not come here: run `phonebot twilio connect {wanted}`")
    return right("text_number", f"{wanted} can text, and what is texted to it comes here")


def _is_of_texts(what: str) -> bool:
    return what.startswith("sms_")


def _media(twilio: TwilioClient, probe: Probe, now: datetime) -> Finding:
    """Whether strangers may fetch recordings, which Twilio does not tell: the newest is knocked at as one of them."""
    listed = twilio.list_recordings(now - LISTED_BACK)
    sid = next((one.sid for one in listed if one.status == "completed"), None)
    if sid is None:
        return right("media", "cannot be told: Twilio has no recording to try it with")
    status = probe.stranger_hears(sid)
    if status in OPEN_TO_ALL:
        return wrong(
            "media",
            "anybody with its address may fetch a recording: turn on HTTP basic authentication for media access in "
            "the Twilio console",
        )
    if status in CLOSED_TO_STRANGERS:
        return right("media", "strangers cannot fetch recordings")
    return right("media", f"cannot be told: a stranger was answered {status}")


def mail_finding(door: MailDoor, book: OfficeBook | None) -> Finding:
    """Whether mail can be sent; where none is set up, whether anybody would miss it."""
    if not door.open:
        missing = [one.id for one in staff(book) if one.email and one.notices is not Notices.TEXT] if book else []
        if missing:
            return wrong("mail", f"none is set up, so {', '.join(missing)} get none: set SMTP_URL and MAIL_FROM")
        return right("mail", "none is set up")
    try:
        door.check()
    except MailTrouble as trouble:
        return wrong("mail", f"{trouble}: see SMTP_URL")
    return right("mail", "the mail server takes our mail")


def clock_finding(probe: Probe, clock: Callable[[], datetime]) -> Finding:
    """Whether this machine's clock and Twilio's agree; `clock` gives aware instants."""
    try:
        theirs = probe.twilio_time()
    except TwilioError as error:
        return wrong("clock", f"cannot be compared: Twilio: {error}")
    if theirs is None:
        return right("clock", "cannot be told: Twilio's answer has no time")
    ahead = clock() - theirs
    if abs(ahead) <= CLOCKS_APART:
        return right("clock", "agrees with Twilio's")
    seconds = round(abs(ahead).total_seconds())
    which = "ahead of" if ahead > timedelta() else "behind"
    return wrong("clock", f"{seconds} seconds {which} Twilio's: let this machine keep time by NTP")
