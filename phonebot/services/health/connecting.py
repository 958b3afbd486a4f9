"""Pointing a number of the Twilio account at phonebot: what has to change for it, and changing just that."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urldefrag, urlsplit

from phonebot.config import Settings, is_loopback
from phonebot.domain.office import Office, OfficeBook
from phonebot.domain.phone import caller_id
from phonebot.services.office.people import the_office
from phonebot.store.database import Database
from phonebot.telephony.client import TwilioClient
from phonebot.telephony.errors import TwilioError, Unauthorised
from phonebot.telephony.numbers import OwnNumber
from phonebot.telephony.twiml import RETRIES

MOST_NAMED: Final = 8
"""How many of the account's numbers are named where the one asked for is not among them."""

POST: Final = "POST"
NOTHING: Final = "nothing"

OVERRULING: Final = {
    "voice_application_sid": "an application answers its calls, and the addresses are not looked at",
    "trunk_sid": "a SIP trunk answers its calls, and the addresses are not looked at",
    "sms_application_sid": "an application answers its texts, and the address is not looked at",
}
"""What Twilio heeds before a number's own addresses, and what that means (its IncomingPhoneNumber resource)."""


class NotConnectable(ValueError):
    """A number that cannot be pointed here. The text says why and what to do, in one line."""


@dataclass(frozen=True, slots=True)
class Change:
    """A setting of a number that is to change: its name at Twilio, what it is, and what it is to be.

    `sets` is what to send. `why` is said where it is not plain from the rest.
    """

    what: str
    old: str
    new: str
    sets: Mapping[str, str] = field(repr=False)
    why: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What has to change for a number's calls, and its texts, to come here; and what to know of it besides."""

    number: OwnNumber
    changes: tuple[Change, ...]
    notes: tuple[str, ...]


def plan(database: Database, twilio: TwilioClient, settings: Settings, asked: str) -> Plan:
    """What connecting a number would change; nothing is changed yet. `asked` is the number as people write it.

    Raises NotConnectable and NoOffice.
    """
    if _unreachable(settings):
        raise NotConnectable(f"Twilio cannot reach {settings.public_url}: set PUBLIC_URL to where the world finds us")
    with database.read() as session:
        book = the_office(session)
    number = _found(twilio, caller_id(asked, book.office.region).e164 or asked.strip())
    if not number.can_call:
        raise NotConnectable(f"{number.number} takes no calls: its carrier does not allow any")
    changes = tuple(changes_of(number, settings.public_url, book.office))
    return Plan(number, changes, tuple(_notes(number, settings, book)))


def connect(twilio: TwilioClient, planned: Plan) -> None:
    """Change what the plan says, in one request. Raise NotConnectable."""
    sets: dict[str, str] = {}
    for change in planned.changes:
        sets |= change.sets
    if sets:
        try:
            twilio.configure_number(planned.number.sid, **sets)
        except TwilioError as error:
            raise NotConnectable(f"nothing was changed: {said_of(error)}") from error


def said_of(error: TwilioError) -> str:
    """What went wrong at Twilio, and what to do where that is plain."""
    if isinstance(error, Unauthorised):
        return f"{error}: TWILIO_ACCOUNT_SID or TWILIO_AUTH_TOKEN is not right"
    return str(error)


def changes_of(number: OwnNumber, public_url: str, office: Office) -> Iterator[Change]:
    """What has to change in a number's settings for its calls, and the texts of the text_number, to come here."""
    for name in ("voice_application_sid", "trunk_sid"):
        yield from _taken_away(number, name)
    yield from _pointed(number, "voice_url", "voice_method", f"{public_url}/twilio/voice")
    if not is_elsewhere(number.voice_fallback_url, public_url):
        wanted = f"{public_url}/twilio/voice/fallback"
        yield from _pointed(number, "voice_fallback_url", "voice_fallback_method", wanted)
    yield from _pointed(number, "status_callback", "status_callback_method", f"{public_url}/twilio/status{RETRIES}")
    if number.can_text and number.number == office.text_number:
        yield from _taken_away(number, "sms_application_sid")
        yield from _pointed(number, "sms_url", "sms_method", f"{public_url}/twilio/sms{RETRIES}")


def is_elsewhere(url: str, public_url: str) -> bool:
    """Whether an address is set, and lies on another host than ours: then it is there when ours is not."""
    return bool(url) and urlsplit(url).hostname != urlsplit(public_url).hostname


def _taken_away(number: OwnNumber, name: str) -> Iterator[Change]:
    old = getattr(number, name)
    if old:
        yield Change(name, old, NOTHING, {name: ""}, OVERRULING[name])


def _pointed(number: OwnNumber, name: str, method_name: str, wanted: str) -> Iterator[Change]:
    """The change of an address, unless it is right. One with more to say on retries than we ask for is right too."""
    old, method = getattr(number, name), getattr(number, method_name)
    if method == POST and wanted in {old, urldefrag(old).url}:
        return
    shown = old if method == POST or not old else f"{old} ({method or 'no method'})"
    yield Change(name, shown or NOTHING, wanted, {name: wanted, method_name: POST})


def _notes(number: OwnNumber, settings: Settings, book: OfficeBook) -> Iterator[str]:
    """What is left as it is, and why; and what to know."""
    if is_elsewhere(number.voice_fallback_url, settings.public_url):
        yield f"voice_fallback_url stays {number.voice_fallback_url}: on another host it is there when ours is down"
    else:
        yield "voice_fallback_url is on our own host: a TwiML Bin would take messages when it is down (see the README)"
    if all(line.number != number.number for line in book.lines):
        yield "no line in office.toml has this number: its calls will be answered for the whole office"
    if number.number == book.office.text_number and not number.can_text:
        yield "it is the office's text_number, and cannot text: its carrier does not allow it"


def _unreachable(settings: Settings) -> bool:
    """Whether our address is this machine's own, and Twilio is not on this machine."""
    ours, theirs = (is_loopback(urlsplit(url).hostname or "") for url in (settings.public_url, settings.twilio_api_url))
    return ours and not theirs


def _found(twilio: TwilioClient, wanted: str) -> OwnNumber:
    try:
        numbers = twilio.numbers()
    except TwilioError as error:
        raise NotConnectable(f"Twilio cannot be asked: {said_of(error)}") from error
    for number in numbers:
        if number.number == wanted:
            return number
    raise NotConnectable(f"the account has no number {wanted[:40]!r}: {_named(one.number for one in numbers)}")


def _named(numbers: Iterable[str]) -> str:
    known = sorted(numbers)
    more = f" and {len(known) - MOST_NAMED} more" if len(known) > MOST_NAMED else ""
    return f"it has {', '.join(known[:MOST_NAMED])}{more}" if known else "it has none at all"
