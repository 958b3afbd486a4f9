"""Accepted calls near their time: whoever took one on is warned, then their cover; one that was missed has slipped."""

from datetime import datetime, timedelta
from typing import Final

import structlog

from phonebot.domain.commitment import PHONEBOT, Fate
from phonebot.domain.history import Event, EventKind, Tried
from phonebot.domain.keeping import kept_by
from phonebot.domain.outbox import JobKind
from phonebot.services.messages.happenings import happen
from phonebot.services.office.people import the_office
from phonebot.services.staff.recipients import roll_call
from phonebot.store import outbox
from phonebot.store.commitments import Promised, close_standing, note_promise, promises_due, standing_promise
from phonebot.store.database import Database, Session
from phonebot.store.history import Life, lock_life

OWNER_WARNED: Final = timedelta(minutes=15)
COVER_WARNED: Final = timedelta(minutes=5)
"""How long before a call is due its owner is told, and then their cover."""

MOST: Final = 1000

log = structlog.get_logger(__name__)


def mind_promises(database: Database, now: datetime) -> int:
    """Warn of the accepted calls that are nearly due, and let those slip that are past it; say how many slipped.

    Each has a transaction of its own, and each warning and slip happens once, however often this is done at once.
    """
    with database.read() as session:
        near = promises_due(session, now + OWNER_WARNED, MOST)
    slipped = 0
    for promised in near:
        if promised.warned_at is None or promised.commitment.due - now <= COVER_WARNED:
            with database.write() as session:
                slipped += _mind(session, promised.message, now)
    return slipped


def _mind(session: Session, message: int, now: datetime) -> bool:
    """See to whatever stands promised for that message; whether it slipped."""
    life = lock_life(session, message, now)
    promised = standing_promise(session, message)
    if life is None or promised is None:
        return False
    kept = _kept(life, promised)
    if kept is not None:
        close_standing(session, message, *kept)
    elif promised.commitment.due >= now:
        if life.standing.owed and not _going_on(life, promised):
            _warn(session, promised, now)
    elif not life.standing.owed:
        # It was settled all the same, and too late for what was promised.
        close_standing(session, message, Fate.SLIPPED, now)
    elif not _going_on(life, promised):
        _slip(session, life, promised, now)
        return True
    return False


def _slip(session: Session, life: Life, promised: Promised, now: datetime) -> None:
    """It was not made in time: that is counted, and its caller is told before anything else."""
    detail = {"commitment": promised.number}
    happen(session, life, Event(EventKind.SLIPPED, now, PHONEBOT, detail))
    close_standing(session, life.number, Fate.SLIPPED, now)
    outbox.put(session, JobKind.TELL_SLIP, f"slip:{promised.number}", detail, due_at=now, now=now)
    log.info("promise-slipped", message=life.number, commitment=promised.number)


def _warn(session: Session, promised: Promised, now: datetime) -> None:
    """Warn whoever is to be warned by now; somebody who took the call on at the last moment has half of that first."""
    left = promised.commitment.due - now
    given = promised.commitment.due - promised.commitment.made_at
    if promised.warned_at is None and left <= min(OWNER_WARNED, given / 2):
        _put_warning(session, promised, promised.commitment.owner, now)
        note_promise(session, promised.number, warned_at=now)
    if left <= min(COVER_WARNED, given / 4):
        cover = roll_call(session, the_office(session), now).cover_of(promised.commitment.owner)
        if cover is not None:
            _put_warning(session, promised, cover.id, now)


def _put_warning(session: Session, promised: Promised, person: str, now: datetime) -> None:
    key = f"warn:{promised.number}:{person}"
    payload = {"commitment": promised.number, "person": person, "key": key}
    outbox.put(session, JobKind.WARN, key, payload, due_at=now, now=now)


def _going_on(life: Life, promised: Promised) -> bool:
    """Whether a try made in time is not over yet: it may keep the promise still, and a warning would only disturb."""
    return any(tried.outcome is None for tried in _tries(life, promised))


def _kept(life: Life, promised: Promised) -> tuple[Fate, datetime] | None:
    """How and when the promise was kept, where that was learnt late: the caller was rung in time, or it was settled."""
    made = promised.commitment
    for tried in _tries(life, promised):
        fate = kept_by(tried, made.made_at, made.due, promised.parts)
        if fate is not None:
            return fate, tried.at
    settled_at = life.standing.settled_at
    if settled_at is not None and settled_at <= promised.commitment.due:
        return Fate.KEPT, settled_at
    return None


def _tries(life: Life, promised: Promised) -> list[Tried]:
    """The tries made for this promise: between its making and its time, and on nobody's behalf."""
    first, last = promised.commitment.made_at, promised.commitment.due
    return [tried for tried in life.standing.tries.values() if not tried.holding and first <= tried.at <= last]
