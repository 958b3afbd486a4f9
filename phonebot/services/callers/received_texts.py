"""Texts that come in: a wish for no more of them, a caller's verdict, and words for somebody to read."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

import structlog

from phonebot.domain.office import OfficeBook
from phonebot.domain.outbox import JobKind
from phonebot.domain.phone import caller_id
from phonebot.domain.reply import LONGEST, Reply, read_reply
from phonebot.domain.schedule import within_texting_hours
from phonebot.domain.text import clean
from phonebot.domain.texting import TextPurpose
from phonebot.services.callers.texts import may_text
from phonebot.services.callers.wording import thanks_words
from phonebot.services.house import House
from phonebot.services.office.people import the_office
from phonebot.store import consents, outbox, texts, verdicts
from phonebot.store.consents import EndedBy
from phonebot.store.database import Session
from phonebot.store.texts import ReceivedText
from phonebot.telephony.request import Posted

ANSWERS: Final = frozenset({Reply.YES, Reply.NO})
"""A text that is kept as one of these has answered our question."""

MOST_A_DAY: Final = 20
"""Texts kept from one number in a day: a caller sends one or two, and a machine any number."""

log = structlog.get_logger(__name__)


def receive_text(house: House, posted: Posted, now: datetime) -> str | None:
    """Take in a text; the words to reply with, or None for no reply, which is nearly always.

    Only an answer to our one question is replied to, and only once, so no two machines can keep each other talking. A
    repeat of the same text gets the same reply, and changes nothing.
    """
    sid = posted.fields.get("MessageSid", "")[:64]
    with house.database.write() as session:
        book = the_office(session)
        sender = caller_id(posted.caller, book.office.region)
        if not sid or sender.e164 in _own_numbers(book):
            log.warning("text-ignored", named=bool(sid))
            return None
        kept = texts.received_text(session, sid)
        if kept is None:
            meaning = read_reply(posted.fields.get("Body", ""))
            if sender.e164 is not None:
                _mind_consent(session, sender.e164, meaning, now)
            phone = sender.e164 or clean(posted.caller, 40)
            kept = _keep(session, ReceivedText(sid, phone, _words(posted), meaning, None, now))
        return None if kept is None else _reply(house, session, book, posted, kept, now)


def _own_numbers(book: OfficeBook) -> set[str | None]:
    office = book.office
    return {office.text_number, office.reception, *(line.number for line in book.lines)} - {None}


def _words(posted: Posted) -> str:
    return clean(posted.fields.get("Body", ""), LONGEST)


def _mind_consent(session: Session, phone: str, meaning: Reply, now: datetime) -> None:
    """A STOP is heeded at once, however many texts that number sends. Twilio answers it, and so do we not."""
    if meaning.ends_consent:
        consents.end(session, phone, EndedBy.CALLER, now)
    elif meaning is Reply.START:
        consents.restore(session, phone, now)


def _keep(session: Session, text: ReceivedText) -> ReceivedText | None:
    """Keep the text with what it is about, and act on a verdict; None where that number has sent too many today."""
    assert text.phone is not None
    if texts.received_since(session, text.phone, text.received_at - timedelta(days=1)) >= MOST_A_DAY:
        log.warning("text-not-kept", meaning=text.meaning)
        return None
    asked = _answer_taken(session, text)
    if text.meaning in ANSWERS and asked is None:
        # A yes or a no to anything but our question is a caller's word that somebody has to read.
        text = replace(text, meaning=Reply.OTHER)
    text = replace(text, message=_about(session, text.phone) if asked is None else asked)
    return text if texts.keep_received(session, text) else texts.received_text(session, text.sid)


def _answer_taken(session: Session, text: ReceivedText) -> int | None:
    """Take the text for the answer to our question, if it is one; the message that it is about."""
    asked = _question_answered(session, text)
    now, reached = text.received_at, text.meaning is Reply.YES
    if asked is None or not verdicts.answered(session, asked, now, reached=reached):
        return None
    payload = {"message": asked, "reached": reached}
    outbox.put(session, JobKind.TAKE_VERDICT, f"verdict:{asked}", payload, due_at=now, now=now)
    return asked


def _question_answered(session: Session, text: ReceivedText) -> int | None:
    """The message whose question this answers: it says yes or no, and the question is the last that we sent."""
    if text.phone is None or text.meaning not in ANSWERS:
        return None
    asked, last = verdicts.asked_by_text(session, text.phone), texts.newest_text_to(session, text.phone)
    if last is None or last.purpose is not TextPurpose.VERDICT or last.message != asked:
        return None
    return asked


def _about(session: Session, phone: str | None) -> int | None:
    """The message a text is most likely about: that of our last text there, else the newest that is owed to them."""
    last = None if phone is None else texts.newest_text_to(session, phone)
    if last is not None and last.message is not None:
        return last.message
    return None if phone is None else texts.newest_owed_to(session, phone)


def _reply(
    house: House, session: Session, book: OfficeBook, posted: Posted, kept: ReceivedText, now: datetime
) -> str | None:
    """Thanks for an answer, by the rules for every text to a caller."""
    if kept.meaning not in ANSWERS or kept.phone is None:
        return None
    awake = within_texting_hours(now, book.office.hours.zone) <= now
    to_us = posted.line == book.office.text_number
    if not awake or not to_us or not may_text(session, book, kept.phone, to_caller=True):
        return None
    return thanks_words(house, book.office, reached=kept.meaning is Reply.YES)
