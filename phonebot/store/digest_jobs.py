"""Digests and notices as jobs of the outbox: those still to be sent, gathered into one, and done; and the marks."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from phonebot.domain.outbox import JobKind, JobState, Lane
from phonebot.store.once import insert_all_once
from phonebot.store.tables import OutboxRow, WatermarkRow, table_of

OUTBOX, MARKS = table_of(OutboxRow), table_of(WatermarkRow)
OPEN = (JobState.PENDING, JobState.LEASED)
TO_STAFF = (JobKind.NOTICE, JobKind.DIGEST, JobKind.WARN, JobKind.WARN_OF_CAP, JobKind.WARN_OF_ACCOUNT)


def open_digests(session: Session) -> list[Mapping[str, Any]]:
    """What every digest that is still to be sent carries, with its `key`."""
    wanted = select(OUTBOX.c.key, OUTBOX.c.payload).where(OUTBOX.c.state.in_(OPEN), OUTBOX.c.kind == JobKind.DIGEST)
    return [{**row.payload, "key": row.key} for row in session.execute(wanted)]


def take_over_notices(session: Session, person: str, key: str, now: datetime) -> list[Mapping[str, Any]]:
    """End the other notices for a person that wait, since the one with that key tells what they would; what they carry.

    One that somebody is sending just now is left to them. Needs a write transaction.
    """
    others = (
        select(OUTBOX.c.id, OUTBOX.c.payload)
        .where(
            OUTBOX.c.state == JobState.PENDING,
            OUTBOX.c.kind == JobKind.NOTICE,
            OUTBOX.c.key.startswith(f"notice:{person}:", autoescape=True),
            OUTBOX.c.key != key,
        )
        .order_by(OUTBOX.c.id)
        .with_for_update(skip_locked=True)
    )
    rows = session.execute(others).all()
    ended = {"state": JobState.DONE, "done_at": now, "reason": f"told with {key}"}
    session.execute(update(OUTBOX).where(OUTBOX.c.id.in_([row.id for row in rows])).values(**ended))
    return [row.payload for row in rows]


def rewrite(session: Session, key: str, payload: Mapping[str, Any]) -> None:
    """Let a job that is not over carry something else."""
    mine = update(OUTBOX).where(OUTBOX.c.key == key, OUTBOX.c.state.in_(OPEN))
    session.execute(mine.values(payload=dict(payload)))


def finish(session: Session, key: str, now: datetime) -> None:
    """Mark a job done in the transaction of what it did, so that a worker that dies next does not do it again."""
    mine = update(OUTBOX).where(OUTBOX.c.key == key, OUTBOX.c.state.in_(OPEN))
    session.execute(mine.values(state=JobState.DONE, done_at=now, leased_until=None, reason=None))


def put_off(session: Session, now: datetime) -> list[int]:
    """Rows of the jobs that tell staff something, have failed, and wait for a later time."""
    waiting = (OUTBOX.c.state == JobState.PENDING, OUTBOX.c.lane == Lane.MAIN, OUTBOX.c.due_at > now)
    failed = (OUTBOX.c.attempts > 0, OUTBOX.c.kind.in_(TO_STAFF))
    return list(session.scalars(select(OUTBOX.c.id).where(*waiting, *failed)))


def bring_forward(session: Session, rows: Sequence[int], now: datetime) -> None:
    """Make jobs that wait due now."""
    waiting = (OUTBOX.c.id.in_(rows), OUTBOX.c.state == JobState.PENDING)
    session.execute(update(OUTBOX).where(*waiting).values(due_at=now))


def marks(session: Session, names: Collection[str], *, lock: bool = False) -> dict[str, datetime]:
    """How far these duties have got; one that was never done is left out. Locked in one order, for who moves them."""
    wanted = select(MARKS).where(MARKS.c.name.in_(names)).order_by(MARKS.c.name)
    rows = session.execute(wanted.with_for_update() if lock else wanted)
    return {row.name: row.at for row in rows}


def move_marks(session: Session, names: Collection[str], at: datetime) -> None:
    """Note that these duties have got so far."""
    if not names:
        return
    insert_all_once(session, WatermarkRow, [{"name": name, "at": at} for name in sorted(names)])
    session.execute(update(MARKS).where(MARKS.c.name.in_(names)).values(at=at))
