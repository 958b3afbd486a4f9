"""Texts that go out: put into the outbox, sent once, and what becomes of each."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any, Final

import structlog

from phonebot.domain.office import OfficeBook
from phonebot.domain.outbox import JobKind
from phonebot.domain.schedule import within_texting_hours
from phonebot.domain.texting import NO_MORE_TEXTS, TextPurpose, TextState, may_be_texted, merged, state_of
from phonebot.services.callers.text_effects import still_wanted, text_handed_over, text_lost
from phonebot.services.failpoints import TEXT_SENT
from phonebot.services.house import House
from phonebot.services.not_yet import NotYet
from phonebot.services.office.people import the_office
from phonebot.store import consents, outbox, texts
from phonebot.store.consents import Consent, EndedBy
from phonebot.store.database import Session
from phonebot.store.texts import KeptText
from phonebot.telephony.client import TwilioClient
from phonebot.telephony.errors import Refused, TwilioError, Unknown
from phonebot.telephony.twiml import RETRIES

LOOKED_FOR: Final = timedelta(minutes=1)
"""How long a text whose sending went unanswered is looked for before it is sent again: Twilio's lists lag."""

OUR_CLOCKS: Final = timedelta(minutes=1)
"""By how much our clock and Twilio's may differ."""

OPTED_OUT: Final = 21610

log = structlog.get_logger(__name__)


class _Next(Enum):
    """What is to be done about a text."""

    NOTHING = auto()
    SEND = auto()
    LOOK = auto()


def may_text(session: Session, book: OfficeBook, number: str, *, to_caller: bool) -> bool:
    """Whether that number may be texted now: to a caller only by their standing consent, to nobody after a STOP."""
    consent = consents.standing(session, number)
    allowed = consent is Consent.AGREED if to_caller else consent is not Consent.ENDED
    return allowed and may_be_texted(number, book.office, [line.number for line in book.lines])


def queue_text(
    session: Session,
    *,
    purpose: TextPurpose,
    number: str | None,
    words: str,
    message: int | None,
    person: str | None,
    now: datetime,
    due_at: datetime,
    commitment: int | None = None,
) -> int | None:
    """Put a text into the outbox, in the caller's transaction; its row, or None where that number may not be texted.

    `number` is E.164. A caller's waits for the hours in which callers are texted; staff chose theirs. `commitment` is
    the row of the accepted call that it tells of: for one purpose there is one text, however often this is asked. Lock
    its message first.
    """
    of_it = f"text:{purpose}:{commitment}"
    before = None if commitment is None else outbox.carried(session, of_it)
    if before is not None:
        return int(before["text"])
    book = the_office(session)
    if number is None or not may_text(session, book, number, to_caller=purpose.to_caller):
        return None
    if purpose.to_caller:
        due_at = within_texting_hours(max(due_at, now), book.office.hours.zone)
    text = texts.add_text(session, purpose=purpose, phone=number, words=words, message=message, person=person, now=now)
    key, payload = f"text:{text}", {"text": text}
    if commitment is not None:
        key, payload = of_it, payload | {"commitment": commitment}
    outbox.put(session, JobKind.TEXT, key, payload, due_at=due_at, now=now)
    return text


def send_text(house: House, twilio: TwilioClient, payload: Mapping[str, Any], now: datetime) -> None:
    """Send a text, unless that has been done. One whose sending went unanswered is looked for first.

    Raise TwilioError or NotYet where it is to be tried again. What Twilio refuses is noted, and never tried again.
    """
    number, commitment = int(payload["text"]), payload.get("commitment")
    step, text, sender = _next_step(house, number, commitment, now)
    if step is _Next.LOOK:
        sid = _sent_before(house, twilio, text, sender)
        if sid is not None:
            _note_handed_over(house, number, sid, commitment, now)
            return
        if text.sending_at is not None and now - text.sending_at < LOOKED_FOR:
            raise NotYet("whether it was sent is not known, and Twilio does not list it yet")
        _not_sent(house, number)
        step, text, sender = _next_step(house, number, commitment, now)
    if step is _Next.SEND:
        _send(house, twilio, text, sender, commitment, now)


def _next_step(house: House, number: int, commitment: int | None, now: datetime) -> tuple[_Next, KeptText, str]:
    """What is to be done about the text, the text, and the number it goes from; before it is sent, that is noted."""
    with house.database.write() as session:
        book = the_office(session)
        text = texts.lock_text(session, number)
        if text is None:
            raise LookupError("no such text")
        sender = book.office.text_number or ""
        if text.phone is None or text.state is not TextState.WAITING:
            return _Next.NOTHING, text, sender
        if text.sending_at is not None:
            return _Next.LOOK, text, sender
        to_caller = text.purpose.to_caller
        allowed = may_text(session, book, text.phone, to_caller=to_caller)
        if not allowed or not still_wanted(session, text, commitment, now):
            _note(session, text, TextState.WITHHELD, None, commitment, now)
            return _Next.NOTHING, text, sender
        earliest = within_texting_hours(now, book.office.hours.zone) if to_caller else now
        if earliest > now:
            raise NotYet("callers are texted from eight in the morning", earliest - now)
        texts.change_text(session, number, sending_at=now)
        return _Next.SEND, text, sender


def _sent_before(house: House, twilio: TwilioClient, text: KeptText, sender: str) -> str | None:
    """The sid of the text at Twilio, where an earlier try did send it."""
    assert text.phone is not None
    assert text.sending_at is not None
    listed = twilio.texts_sent(to=text.phone, from_=sender, since=text.sending_at - OUR_CLOCKS)
    # A trial account puts words of Twilio's before ours.
    alike = [one.sid for one in listed if one.body.endswith(text.words)]
    with house.database.read() as session:
        taken = texts.sids_taken(session, alike)
    return next((sid for sid in alike if sid not in taken), None)


def _send(
    house: House, twilio: TwilioClient, text: KeptText, sender: str, commitment: int | None, now: datetime
) -> None:
    assert text.phone is not None
    about = "" if commitment is None else f"&about={commitment}"
    status_url = f"{house.public_url}/twilio/text-status?text={text.number}{about}{RETRIES}"
    try:
        sid = twilio.send_text(to=text.phone, from_=sender, body=text.words, status_url=status_url)
    except Unknown:
        raise
    except Refused as refused:
        log.warning("text-refused", text=text.number, code=refused.code)
        with house.database.write() as session:
            _note(session, text, TextState.FAILED, refused.code, commitment, now)
        return
    except TwilioError:
        _not_sent(house, text.number)
        raise
    house.reached(TEXT_SENT)
    _note_handed_over(house, text.number, sid, commitment, now)


def _not_sent(house: House, number: int) -> None:
    """It is certain that the text was not sent."""
    with house.database.write() as session:
        texts.change_text(session, number, sending_at=None)


def _note_handed_over(house: House, number: int, sid: str, commitment: int | None, now: datetime) -> None:
    with house.database.write() as session:
        text = texts.lock_text(session, number)
        if text is not None and text.sid is None:
            _attach(session, text, sid, commitment, now)


def _attach(session: Session, text: KeptText, sid: str, commitment: int | None, now: datetime) -> None:
    """Twilio has the text under that sid."""
    state = merged(text.state, TextState.HANDED_OVER)
    texts.change_text(session, text.number, sid=sid, state=state, changed_at=now)
    text_handed_over(session, text, commitment, now)


def _note(
    session: Session, text: KeptText, state: TextState, code: int | None, commitment: int | None, now: datetime
) -> None:
    """Note how far the text got, with all it entails."""
    texts.change_text(session, text.number, state=state, code=code, changed_at=now)
    if code in NO_MORE_TEXTS and text.phone is not None:
        # An opting out at Twilio is the caller's own deed, and so they may take it back.
        consents.end(session, text.phone, EndedBy.CALLER if code == OPTED_OUT else EndedBy.NETWORK, now)
    if state.lost and not text.state.lost:
        text_lost(session, text, commitment, now)


def text_reported(house: House, number: int, commitment: int | None, fields: Mapping[str, str], now: datetime) -> None:
    """Twilio tells what became of a text, in any order and as often as it likes."""
    sid, code = fields.get("MessageSid", "")[:64], fields.get("ErrorCode", "")
    state = state_of(fields.get("MessageStatus", ""))
    with house.database.write() as session:
        text = texts.lock_text(session, number)
        if text is None or not sid or state is None or text.sid not in {None, sid}:
            log.warning("text-report-without-news", text=number, status=fields.get("MessageStatus", "")[:40])
            return
        if text.sid is None:
            _attach(session, text, sid, commitment, now)
            text = texts.lock_text(session, number) or text
        further = merged(text.state, state)
        if further is not text.state:
            known = int(code) if code.isascii() and code.isdigit() and len(code) < 8 else None
            _note(session, text, further, known or text.code, commitment, now)


def give_up_text(house: House, payload: Mapping[str, Any], now: datetime) -> None:
    """Its job is given up: it failed, unless Twilio may have it all the same."""
    with house.database.write() as session:
        text = texts.lock_text(session, int(payload["text"]))
        if text is not None and text.state is TextState.WAITING:
            state = TextState.FAILED if text.sending_at is None else TextState.HANDED_OVER
            _note(session, text, state, None, payload.get("commitment"), now)
