"""Calls that somebody has accepted, as they are kept with their message."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.orm import Session

from phonebot.domain.commitment import Basis, Commitment, Fate
from phonebot.domain.message import parts_of, written
from phonebot.domain.window import Part
from phonebot.store.tables import CommitmentRow, table_of

COMMITMENTS = table_of(CommitmentRow)


_ACCEPTED = COMMITMENTS.c.basis == Basis.ACCEPTED
_STANDING = (_ACCEPTED, COMMITMENTS.c.closed_at.is_(None))


@dataclass(frozen=True, slots=True)
class Promised:
    """An accepted call as it is kept: its row, its message's row, and whether its owner has been warned of a slip."""

    number: int
    message: int
    commitment: Commitment
    parts: tuple[Part, ...]
    told_at: datetime | None
    warned_at: datetime | None


def standing_promise(session: Session, message: int) -> Promised | None:
    """The accepted call that stands for a message, if there is one."""
    wanted = select(COMMITMENTS).where(COMMITMENTS.c.message_id == message, *_STANDING)
    row = session.execute(wanted.order_by(COMMITMENTS.c.id.desc()).limit(1)).first()
    return None if row is None else _promised(row)


def promise_numbered(session: Session, number: int) -> Promised | None:
    """The accepted call in that row, whether or not it still stands."""
    row = session.execute(select(COMMITMENTS).where(COMMITMENTS.c.id == number, _ACCEPTED)).first()
    return None if row is None else _promised(row)


def promises_due(session: Session, until: datetime, most: int) -> list[Promised]:
    """The accepted calls that stand and are due by then, the earliest first."""
    wanted = select(COMMITMENTS).where(*_STANDING, COMMITMENTS.c.due_at <= until)
    return [_promised(row) for row in session.execute(wanted.order_by(COMMITMENTS.c.due_at).limit(most))]


def _promised(row: Row[Any]) -> Promised:
    commitment = Commitment(Basis(row.basis), row.owner, row.due_at, row.words, row.rests_on, row.made_at)
    return Promised(row.id, row.message_id, commitment, parts_of(row.window), row.told_at, row.warned_at)


def close_standing(session: Session, message: int, fate: Fate, now: datetime) -> None:
    """Whatever was accepted for a message stands no longer. What is kept needs that it was not due before now."""
    mine = update(COMMITMENTS).where(COMMITMENTS.c.message_id == message, *_STANDING)
    if fate in {Fate.KEPT, Fate.SAID_KEPT}:
        mine = mine.where(COMMITMENTS.c.due_at >= now)
    session.execute(mine.values(closed_at=now, closed_as=fate))


def note_promise(session: Session, number: int, **when: datetime | None) -> None:
    """Set told_at, warned_at or slip_told_at of an accepted call; None takes back that its caller was told."""
    session.execute(update(COMMITMENTS).where(COMMITMENTS.c.id == number).values(**when))


def note_slip_told(session: Session, number: int, now: datetime) -> bool:
    """Set when the caller was told that an accepted call had been missed; False where they had been told before."""
    mine = update(COMMITMENTS).where(COMMITMENTS.c.id == number, COMMITMENTS.c.slip_told_at.is_(None))
    return session.execute(mine.values(slip_told_at=now).returning(COMMITMENTS.c.id)).first() is not None


def keep_accepted(session: Session, message: int, made: Commitment, parts: Sequence[Part]) -> int:
    """Keep that somebody has accepted a call, in place of any that stood; its row. Nobody has told the caller yet."""
    close_standing(session, message, Fate.SUPERSEDED, made.made_at)
    new = insert(COMMITMENTS).values(
        message_id=message,
        basis=made.basis,
        owner=made.owner,
        due_at=made.due,
        words=made.words,
        rests_on=dict(made.rests_on),
        made_at=made.made_at,
        window=written(parts),
    )
    number: int = session.execute(new.returning(COMMITMENTS.c.id)).scalar_one()
    return number
