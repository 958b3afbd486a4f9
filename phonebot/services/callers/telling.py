"""Telling callers what concerns them: that their call has been taken on, and that it was not made in time."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from phonebot.domain.commitment import PHONEBOT, Fate
from phonebot.domain.history import Event, EventKind
from phonebot.domain.office import OfficeBook, Person
from phonebot.domain.outbox import JobKind
from phonebot.domain.schedule import within_texting_hours
from phonebot.domain.texting import TextPurpose
from phonebot.services.callers.texts import queue_text
from phonebot.services.callers.wording import accepted_words, slip_words
from phonebot.services.house import House
from phonebot.services.messages.happenings import happen
from phonebot.services.office.people import the_office
from phonebot.services.staff.recipients import roll_call
from phonebot.store import outbox
from phonebot.store.commitments import Promised, promise_numbered, standing_promise
from phonebot.store.database import Session
from phonebot.store.history import Life, lock_life
from phonebot.store.messages import message_numbered


def tell_accepted(house: House, commitment: int, now: datetime) -> None:
    """Have the caller told by text that their call has been taken on, if they agreed to texts and it still stands.

    Done once, also where a worker that did it died before it could say so.
    """
    with house.database.write() as session:
        book = the_office(session)
        promised = promise_numbered(session, commitment)
        life = None if promised is None else lock_life(session, promised.message, now)
        if promised is None or life is None or promised.told_at is not None:
            return
        standing = standing_promise(session, promised.message)
        earliest = within_texting_hours(now, book.office.hours.zone)
        if standing is None or standing.number != commitment or promised.commitment.due <= earliest:
            return
        words = accepted_words(house, book.office, promised.commitment.words)
        _text(session, TextPurpose.ACCEPTED, promised, words, now)


def tell_slip(house: House, payload: Mapping[str, Any], now: datetime) -> None:
    """Have the caller told that nobody rang them in time: by text, else by a colleague who is asked to ring them.

    Not by text where the payload's `by_text` is false, since one did not arrive. Done once.
    """
    commitment = int(payload["commitment"])
    with house.database.write() as session:
        book = the_office(session)
        promised = promise_numbered(session, commitment)
        life = None if promised is None else lock_life(session, promised.message, now)
        if promised is None or life is None or not life.standing.owed or _dealt_with(life, commitment):
            return
        person = book.person(promised.commitment.owner)
        name = person.first_name if person else book.office.name
        words = slip_words(house, book.office, name, promised.parts, promised.commitment.due)
        by_text = payload.get("by_text", True)
        if not by_text or _text(session, TextPurpose.SLIP, promised, words, now) is None:
            _ask_a_colleague(session, book, life, promised, now)


def _dealt_with(life: Life, commitment: int) -> bool:
    """Whether somebody has been asked to ring the caller on account of this slip."""
    return any(
        event.kind is EventKind.HOLDING_ASKED and event.detail["commitment"] == commitment for event in life.events
    )


def _text(session: Session, purpose: TextPurpose, promised: Promised, words: str, now: datetime) -> int | None:
    """Put a text to the caller into the outbox; None where they may not be texted."""
    kept = message_numbered(session, promised.message)
    if kept is None:
        return None
    return queue_text(
        session,
        purpose=purpose,
        number=kept.message.answers.number or kept.message.caller_id,
        words=words,
        message=promised.message,
        person=None,
        now=now,
        due_at=now,
        commitment=promised.number,
    )


def _ask_a_colleague(session: Session, book: OfficeBook, life: Life, promised: Promised, now: datetime) -> None:
    """Put a holding call on a colleague's list, and tell them at once. Nobody else there: it is the owner's still."""
    colleague = _colleague(session, book, life, promised, now)
    if colleague is None:
        return
    detail = {"commitment": promised.number, "of": colleague.id}
    happen(session, life, Event(EventKind.HOLDING_ASKED, now, PHONEBOT, detail), book)
    key = f"warn:{promised.number}:{colleague.id}:{Fate.SLIPPED}"
    payload = {"commitment": promised.number, "person": colleague.id, "key": key}
    outbox.put(session, JobKind.WARN, key, payload, due_at=now, now=now)


def _colleague(session: Session, book: OfficeBook, life: Life, promised: Promised, now: datetime) -> Person | None:
    """Who rings on their behalf: their cover, else whoever owes the message, else one of reception's people."""
    called = roll_call(session, book, now)
    slipped = promised.commitment.owner
    others = (called.cover_of(slipped), called.present(life.standing.owner), *called.reception)
    return next((person for person in others if person is not None and person.id != slipped), None)
