"""Histories as rows: read and locked with their message, added to, and the message's columns kept in step."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from phonebot.domain.commitment import PHONEBOT
from phonebot.domain.history import Event, EventKind, Standing, after, standing_of
from phonebot.domain.message import State
from phonebot.domain.outbox import JobKind
from phonebot.store import outbox
from phonebot.store.tables import EventRow, MessageRow, table_of

EVENTS, MESSAGES = table_of(EventRow), table_of(MessageRow)


@dataclass(frozen=True, slots=True)
class Life:
    """A message and all that has happened to it, locked until the transaction ends. `number` is its row."""

    number: int
    mailbox: str
    events: tuple[Event, ...]
    standing: Standing


def lock_life(session: Session, number: int, now: datetime) -> Life | None:
    """The message in that row with its history, locked; taken in if nobody has done so. None: no such message."""
    wanted = select(MESSAGES.c.mailbox, MESSAGES.c.state, MESSAGES.c.owner, MESSAGES.c.received_at)
    row = session.execute(wanted.where(MESSAGES.c.id == number).with_for_update()).first()
    if row is None or row.state == State.DRAFT:
        return None
    events = tuple(histories(session, [number]).get(number, ()))
    life = Life(number, row.mailbox, events, standing_of(events, row.mailbox))
    return _take_in(session, life, State(row.state), row.received_at, now) if row.owner is None else life


def _take_in(session: Session, life: Life, left: State, received_at: datetime, now: datetime) -> Life:
    """Begin a history, or go on with it where the recordings have shown that the call left something else."""
    begun = any(event.kind is EventKind.RECEIVED for event in life.events)
    kind, at = (EventKind.WEIGHED, now) if begun else (EventKind.RECEIVED, received_at)
    life = append(session, life, Event(kind, at, PHONEBOT, {"left": left.value}))
    if left is State.NEW:
        payload = {"message": life.number}
        outbox.put(session, JobKind.ANNOUNCE, f"announce:{life.number}", payload, due_at=now, now=now)
    return life


def append(session: Session, life: Life, event: Event) -> Life:
    """Add an event, as it is, and let the message's columns say what follows from it."""
    session.execute(
        insert(EVENTS).values(
            message_id=life.number, at=event.at, kind=event.kind, by=event.by, detail=dict(event.detail)
        )
    )
    standing = after(life.standing, event)
    columns = {"state": standing.state, "owner": standing.owner, "settled_at": standing.settled_at}
    session.execute(update(MESSAGES).where(MESSAGES.c.id == life.number).values(**columns))
    return replace(life, events=(*life.events, event), standing=standing)


def histories(session: Session, numbers: Sequence[int]) -> dict[int, list[Event]]:
    """What has happened to each of these messages, oldest first."""
    rows = session.execute(select(EVENTS).where(EVENTS.c.message_id.in_(numbers)).order_by(EVENTS.c.id))
    found: dict[int, list[Event]] = {}
    for row in rows:
        found.setdefault(row.message_id, []).append(Event(EventKind(row.kind), row.at, row.by, row.detail))
    return found


def standings(session: Session, messages: Iterable[tuple[int, str]]) -> dict[int, Standing]:
    """Where each of these messages (row, mailbox) stands."""
    of = dict(messages)
    events = histories(session, list(of))
    return {number: standing_of(events.get(number, ()), mailbox) for number, mailbox in of.items()}


def to_take_in(session: Session, most: int) -> list[int]:
    """Messages of calls that are over which nobody has taken in yet, the oldest rows first."""
    wanted = select(MESSAGES.c.id).where(MESSAGES.c.owner.is_(None), MESSAGES.c.state != State.DRAFT)
    return list(session.scalars(wanted.order_by(MESSAGES.c.id).limit(most)))


def owed_by(session: Session, owner: str, most: int) -> list[int]:
    """Rows of the messages that somebody owes, the oldest first."""
    owed = (MESSAGES.c.owner == owner, MESSAGES.c.settled_at.is_(None))
    return list(session.scalars(select(MESSAGES.c.id).where(*owed).order_by(MESSAGES.c.received_at).limit(most)))


def in_state(session: Session, state: State, most: int) -> list[int]:
    """Rows of the messages that stand so, the oldest first."""
    wanted = select(MESSAGES.c.id).where(MESSAGES.c.state == state).order_by(MESSAGES.c.received_at)
    return list(session.scalars(wanted.limit(most)))
