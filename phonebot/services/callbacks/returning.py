"""Returning a call: claimed, its target checked before anything is dialled, and a call to staff put in the outbox."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Final

from phonebot.domain.callback import Gathered, Outcome, outcome_of
from phonebot.domain.history import Event, EventKind
from phonebot.domain.office import Office, OfficeBook, Person
from phonebot.domain.outbox import JobKind
from phonebot.domain.phone import Refusal, may_be_called
from phonebot.domain.text import clean
from phonebot.services.callbacks.desk import attempted
from phonebot.services.messages.happenings import NotPossible, happen, life_called
from phonebot.services.office.people import person_called, staff, the_office
from phonebot.store import outbox
from phonebot.store.attempts import (
    Attempt,
    attempt_numbered,
    attempts_of,
    keep_gathered,
    keep_note,
    made_since,
    new_attempt,
)
from phonebot.store.database import Database, Session
from phonebot.store.history import Life
from phonebot.store.messages import message_numbered

CLAIM: Final = timedelta(minutes=5)
"""How long a message is in somebody's hand before they have pressed 1: their phone rings within seconds."""

BURST: Final = 6
BURST_WITHIN: Final = timedelta(minutes=1)
"""More calls in a minute than these are nobody returning calls, but a stolen link or a stuck key."""

LONGEST_NOTE: Final = 2000

WITHHELD: Final = "withheld"
OWN: Final = "own"
WHY: Final = {
    WITHHELD: "its caller withheld their number and left none, so there is nothing to ring",
    OWN: "the number left is one of the office's own",
    Refusal.NOT_A_NUMBER: "the number left is not one that can be rung",
    Refusal.COSTLY: "the number left is a costly one (premium, personal or pager), and those are never rung",
    Refusal.COUNTRY: "the number left is in a country that the office does not ring back: see countries in office.toml",
}
"""Why a target is refused, for staff."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why nothing is dialled, in a line; committed before it is raised, since what was refused stays on record."""

    why: str


def return_call(database: Database, reference: str, by: str, calls_a_day: int, now: datetime) -> Attempt:
    """Claim the message for `by` (a person's id) and have their phone rung; on their 1 the caller is rung.

    A call by anybody but whoever owes it is a holding call. A target that may not be rung is put on record as a try
    that came to nothing. Raises NoMessage, Nobody, NoOffice, or NotPossible with the reason in one line.
    """
    with database.write() as session:
        book = the_office(session)
        life = life_called(session, reference, now)
        made = return_locked(session, book, life, person_called(book, by), calls_a_day, now)
    if isinstance(made, Refused):
        raise NotPossible(made.why)
    return made


def return_locked(
    session: Session, book: OfficeBook, life: Life, person: Person, calls_a_day: int, now: datetime
) -> Attempt | Refused:
    """As `return_call`, of a message that is locked already; a refusal is given back, to be raised once committed."""
    if person.phone is None:
        raise NotPossible(f"{person.name} has no telephone in office.toml, so there is none to ring")
    return _capped(session, book, person, calls_a_day, now) or _make(session, book, life, person, now)


def _capped(session: Session, book: OfficeBook, person: Person, calls_a_day: int, now: datetime) -> Refused | None:
    """What the caps of calls a minute and a day refuse; None where neither is met."""
    if made_since(session, person.id, now - BURST_WITHIN) >= BURST:
        return _over_the_cap(session, book, person, f"{BURST} calls within a minute are enough: wait a little", now)
    if made_since(session, person.id, _midnight(book.office, now)) >= calls_a_day:
        why = f"{person.name} has made as many calls today as anybody may: {calls_a_day} (PHONEBOT_CALLS_A_DAY)"
        return _over_the_cap(session, book, person, why, now)
    return None


def _over_the_cap(session: Session, book: OfficeBook, person: Person, why: str, now: datetime) -> Refused:
    """Tell the admins, once a day of each person: who clicks so often would otherwise send as many warnings."""
    day = book.office.hours.local(now).date().isoformat()
    for admin in staff(book):
        if admin.admin:
            key = f"capped:{person.id}:{day}:{admin.id}"
            payload = {"person": admin.id, "capped": person.id, "key": key}
            outbox.put(session, JobKind.WARN_OF_CAP, key, payload, due_at=now, now=now)
    return Refused(why)


def _midnight(office: Office, now: datetime) -> datetime:
    """The beginning of the office's day."""
    return datetime.combine(office.hours.local(now).date(), time(0), office.hours.zone)


def _make(session: Session, book: OfficeBook, life: Life, person: Person, now: datetime) -> Attempt | Refused:
    """Claim the message with a new try; refused targets end the try at once."""
    kept = message_numbered(session, life.number)
    number = None if kept is None else kept.message.answers.number or kept.message.caller_id
    holding = life.standing.holding(person.id)
    attempt = attempt_numbered(session, new_attempt(session, life.number, person.id, number, now, holding=holding))
    assert attempt is not None  # it was inserted just now
    claimed = {"until": (now + CLAIM).isoformat(), "attempt": attempt.number}
    life = happen(session, life, Event(EventKind.CLAIMED, now, person.id, claimed), book)
    refused = target_refused(book, number, person)
    if refused is not None:
        return _refuse(session, life, attempt, refused, now)
    happen(session, life, attempted(attempt, now), book)
    outbox.put(session, JobKind.CALL, f"call:{attempt.number}", {"attempt": attempt.number}, due_at=now, now=now)
    return attempt


def target_refused(book: OfficeBook, number: str | None, by: Person | None) -> str | None:
    """Why that number (E.164) may not be rung back by that person, a key of WHY; None when it may.

    Emergency and short numbers are not E.164, and so are no numbers here.
    """
    if not number:
        return WITHHELD
    own = {line.number for line in book.lines} | {book.office.text_number, book.office.reception}
    if number in own or (by is not None and number == by.phone):
        return OWN
    return may_be_called(number, book.office.region, book.office.countries)


def _refuse(session: Session, life: Life, attempt: Attempt, refused: str, now: datetime) -> Refused:
    """Put on record that nothing was dialled, and why."""
    outcomes = {WITHHELD: Outcome.WITHHELD, Refusal.NOT_A_NUMBER: Outcome.BAD_NUMBER}
    gathered = Gathered(stopped=outcomes.get(refused, Outcome.NOT_PLACED).value)
    attempt = replace(attempt, gathered=gathered, outcome=outcome_of(gathered, 0))
    keep_gathered(session, attempt, now)
    happen(session, life, attempted(attempt, now, refused=str(refused)))
    return Refused(WHY[refused])


def note_held(database: Database, reference: str, by: str, words: str, now: datetime) -> Attempt:
    """Keep what was said on the last call that `by` made about the message, as they wrote it down; the call.

    Raises NoMessage, Nobody, NoOffice, or NotPossible where they have made none, or wrote nothing.
    """
    note = clean(words, LONGEST_NOTE)
    if not note:
        raise NotPossible("a note needs words")
    with database.write() as session:
        person = person_called(the_office(session), by)
        life = life_called(session, reference, now)
        mine = [one for one in attempts_of(session, [life.number]).get(life.number, []) if one.by == person.id]
        if not mine:
            raise NotPossible(f"{person.name} has not rung about this message")
        keep_note(session, mine[-1].number, note)
    return replace(mine[-1], note=note)
