"""Keeping and forgetting: audio and words go when their time is over, or at once when a caller asks for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from phonenumbers import PhoneNumberFormat, format_number

from phonebot.domain.commitment import PHONEBOT
from phonebot.domain.history import Event, EventKind
from phonebot.domain.message import State
from phonebot.domain.phone.rules import is_usable, parsed
from phonebot.services.messages.happenings import happen, locked
from phonebot.services.office.people import person_called, the_office
from phonebot.store.database import Database, Session
from phonebot.store.forgetting import (
    blank,
    blank_number,
    blank_texts_to_staff,
    messages_from,
    recordings_of,
    want_no_more,
    with_audio,
    with_words,
)
from phonebot.store.history import append, lock_life
from phonebot.store.watermarks import move_watermark, watermark

AT_ONCE: Final = 200
AUDIO_MARK: Final = "audio-forgotten"
OVERLAP: Final = timedelta(days=2)
"""Looked at again each time: a message may be put on record as settled a little late."""

BEGINNING: Final = timedelta(days=36_500)


class NotANumber(ValueError):
    """What was to be forgotten is no telephone number; the text says so in one line."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was found of a caller and erased: how many messages, of which so many were open until now."""

    messages: int
    withdrawn: int


def forget(database: Database, number: str, by: str, now: datetime) -> Forgotten:
    """Erase a caller everywhere, at the word of `by` (a person's id); what they are still owed is withdrawn first.

    Their recordings are deleted here and at Twilio by the worker. A call of theirs that goes on just now is left to
    end. Raise NotANumber, Nobody or NoOffice.
    """
    with database.write() as session:
        book = the_office(session)
        person = person_called(book, by)
        e164 = _number(number, book.office.region)
        found = messages_from(session, e164)
        withdrawn = sum(_withdraw(session, row, person.id, now) for row in found)
        want_no_more(session, recordings_of(session, found), now)
        blank(session, found, now)
        blank_number(session, e164)
        # A notice by text names its caller too, and which texts did is not on record.
        blank_texts_to_staff(session, now)
    return Forgotten(len(found), withdrawn)


def _number(text: str, region: str) -> str:
    number = parsed(text, region)
    if number is None or not is_usable(number):
        raise NotANumber(f"{text[:40]!r} is not a telephone number: write it as in +447700900143")
    return format_number(number, PhoneNumberFormat.E164)


def _withdraw(session: Session, row: int, by: str, now: datetime) -> bool:
    """Settle a message whose caller asks to be forgotten; whether it was still owed."""
    life = locked(session, row, "that", now)
    owed = life.standing.owed
    if owed:
        settled = Event(EventKind.SETTLED, now, by, {"how": State.WITHDRAWN.value, "forgotten": True})
        life = happen(session, life, settled)
    append(session, life, Event(EventKind.FORGOTTEN, now, by))
    return owed


def forget_old(database: Database, audio_days: int, words_days: int, now: datetime) -> int:
    """Let go of what has been kept for so many days after its message was settled; say how much.

    Nothing that is still owed has an age. Each page is a transaction of its own. Texts to staff, once sent, have been
    read: their words go after two days.
    """
    with database.write() as session:
        blank_texts_to_staff(session, now - OVERLAP)
    return sum(_old_audio(database, now - timedelta(days=audio_days), now)) + sum(
        _old_words(database, now - timedelta(days=words_days), now)
    )


def _old_audio(database: Database, until: datetime, now: datetime) -> Iterator[int]:
    with database.read() as session:
        mark = watermark(session, AUDIO_MARK) or until - BEGINNING
    since = min(mark, until) - OVERLAP
    while True:
        with database.write() as session:
            found = with_audio(session, since, until, AT_ONCE)
            want_no_more(session, [sid for sid, _ in found], now)
            if len(found) < AT_ONCE:
                move_watermark(session, AUDIO_MARK, until)
        yield len(found)
        if len(found) < AT_ONCE:
            return


def _old_words(database: Database, before: datetime, now: datetime) -> Iterator[int]:
    while True:
        with database.write() as session:
            found = with_words(session, before, AT_ONCE)
            want_no_more(session, recordings_of(session, found), now)
            for row in found:
                life = lock_life(session, row, now)
                if life is not None:
                    append(session, life, Event(EventKind.FORGOTTEN, now, PHONEBOT))
            blank(session, found, now)
        yield len(found)
        if len(found) < AT_ONCE:
            return
