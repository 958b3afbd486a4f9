"""What happens to a message: allowed or refused by the table of moves, put on record, with all it entails."""

from datetime import datetime, timedelta
from typing import Final

from phonebot.domain.callback import Evidence
from phonebot.domain.commitment import PHONEBOT, Fate
from phonebot.domain.history import Event, EventKind
from phonebot.domain.keeping import kept_by
from phonebot.domain.message import State
from phonebot.domain.moves import refusal
from phonebot.domain.office import OfficeBook
from phonebot.domain.outbox import JobKind
from phonebot.domain.reference import number_of
from phonebot.services.messages.reading import NoMessage
from phonebot.store import outbox
from phonebot.store.commitments import close_standing, note_slip_told, standing_promise
from phonebot.store.database import Session
from phonebot.store.history import Life, append, lock_life
from phonebot.store.verdicts import open_question, question_about

ASKED_AFTER: Final = timedelta(minutes=10)
"""How long after they were reached, or said to be, a caller may be asked: they have put the telephone down by then."""


class NotPossible(ValueError):
    """What was asked of a message cannot be done now. The text says why, in one line, for staff."""


def locked(session: Session, number: int | None, reference: str, now: datetime) -> Life:
    """The message in that row with its history, locked; raise NoMessage, naming it by its reference."""
    life = None if number is None else lock_life(session, number, now)
    if life is None:
        raise NoMessage(reference)
    return life


def life_called(session: Session, reference: str, now: datetime) -> Life:
    """The message with that reference and its history, locked; raise NoMessage."""
    return locked(session, number_of(reference), reference, now)


def happen(session: Session, life: Life, event: Event, book: OfficeBook | None = None) -> Life:
    """Put an event on record if it may happen, with all it entails; raise NotPossible with the reason if not.

    `book` gives the people in the reason their names.
    """
    life = _lapsed(session, life, event.at)
    why = refusal(life.standing, event)
    if why is not None:
        raise NotPossible(_with_names(why, book))
    before = life.standing
    life = append(session, life, event)
    _close_promises(session, life, event)
    life = _slip_told_by_hand(session, life, event)
    returned = {State.RETURNED, State.SAID_RETURNED}
    if life.standing.state in returned and before.state not in returned and life.standing.asked_at is None:
        _ask_later(session, life, event.at)
    if event.kind is EventKind.VERDICT and life.standing.state is State.REOPENED:
        key = f"announce:{life.number}:reopened"
        outbox.put(session, JobKind.ANNOUNCE, key, {"message": life.number}, due_at=event.at, now=event.at)
    return life


def _lapsed(session: Session, life: Life, now: datetime) -> Life:
    """A claim that has run out is given back before anything else happens."""
    claim = life.standing.claim
    if claim is None or claim.until > now:
        return life
    return append(session, life, Event(EventKind.RELEASED, now, PHONEBOT, {"lapsed": True}))


def _close_promises(session: Session, life: Life, event: Event) -> None:
    """An accepted call is kept once its caller has been rung in time; what is settled otherwise needs none."""
    if life.standing.settled_as in {State.WITHDRAWN, State.UNREACHABLE}:
        close_standing(session, life.number, Fate.WITHDRAWN, event.at)
        return
    if event.kind is EventKind.SAID:
        close_standing(session, life.number, Fate.SAID_KEPT, event.at)
    elif event.kind is EventKind.VERDICT and life.standing.settled_as is State.RETURNED:
        close_standing(session, life.number, Fate.KEPT, event.at)
    elif event.kind is EventKind.ATTEMPTED:
        promised = standing_promise(session, life.number)
        tried = life.standing.tries[event.detail["attempt"]]
        made = promised.commitment if promised else None
        fate = kept_by(tried, made.made_at, made.due, promised.parts) if promised and made else None
        if fate is not None:
            close_standing(session, life.number, fate, tried.at)


def _slip_told_by_hand(session: Session, life: Life, event: Event) -> Life:
    """A colleague who was asked to ring because a call was missed has told of that once they spoke to the caller."""
    if event.kind is not EventKind.ATTEMPTED or not event.detail.get("holding"):
        return life
    if not Evidence[event.detail["evidence"].upper()].settles:
        return life
    asked = [each.detail["commitment"] for each in life.events if each.kind is EventKind.HOLDING_ASKED]
    for commitment in asked:
        if note_slip_told(session, commitment, event.at):
            told = {"commitment": commitment, "slip": True}
            life = append(session, life, Event(EventKind.TOLD, event.at, event.by, told))
    return life


def _ask_later(session: Session, life: Life, at: datetime) -> None:
    """Open the one question to the caller: by text where they agreed to texts, else when they next ring."""
    open_question(session, life.number, at)
    question = question_about(session, life.number)
    if question is None or question.asked_at is not None:
        return
    key, payload, due = f"ask:{life.number}", {"message": life.number}, at + ASKED_AFTER
    if not outbox.put(session, JobKind.ASK_VERDICT, key, payload, due_at=due, now=at):
        # It was about to be asked once before, when the message had been opened again meanwhile.
        outbox.revive(session, key, due)


def _with_names(why: str, book: OfficeBook | None) -> str:
    """The reason with people by name; it begins with an id where it names one at all."""
    who, _, rest = why.partition(" ")
    person = book.person(who) if book else None
    return f"{person.name} {rest}" if person else why
