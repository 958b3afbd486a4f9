"""The outbox: what is to be done outside, written with its cause, leased to one worker at a time."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, or_, select, update
from sqlalchemy.orm import Session

from phonebot.domain.outbox import Job, JobState, Lane, backoff, lane_of
from phonebot.store.once import insert_all_once, insert_once
from phonebot.store.tables import OutboxRow


def put(session: Session, kind: str, key: str, payload: Mapping[str, Any], *, due_at: datetime, now: datetime) -> bool:
    """Add a job in the caller's transaction; the same key twice is once. Say whether it is new."""
    return insert_once(
        session,
        OutboxRow,
        kind=kind,
        lane=lane_of(kind),
        key=key,
        payload=dict(payload),
        state=JobState.PENDING,
        due_at=due_at,
        attempts=0,
        created_at=now,
    )


def put_all(session: Session, jobs: Sequence[tuple[str, str, Mapping[str, Any]]], *, now: datetime) -> None:
    """Add several jobs (kind, key, payload), due now, in one statement; those already there stay as they are."""
    new = [
        {
            "kind": kind,
            "lane": lane_of(kind),
            "key": key,
            "payload": dict(payload),
            "state": JobState.PENDING,
            "due_at": now,
            "attempts": 0,
            "created_at": now,
        }
        for kind, key, payload in jobs
    ]
    insert_all_once(session, OutboxRow, new)


def carried(session: Session, key: str) -> Mapping[str, Any] | None:
    """What the job with that key carries, however far it has come; None: there is no such job."""
    return session.scalar(select(OutboxRow.payload).where(OutboxRow.key == key))


def claim(session: Session, now: datetime, lease: timedelta, lane: Lane = Lane.MAIN) -> Job | None:
    """Lease one job of a lane that is due, or None. Needs a write transaction of its own, committed before it is begun.

    Expired leases come first: they belong to a worker that died, and they are few. Each of the two look-ups walks
    ix_outbox_due from its beginning and stops at the first row nobody else holds.
    """
    for state in (JobState.LEASED, JobState.PENDING):
        row = session.scalars(
            select(OutboxRow)
            .where(OutboxRow.state == state, OutboxRow.lane == lane, _takeable(state, now, lease))
            .order_by(OutboxRow.due_at, OutboxRow.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        ).first()
        if row is not None:
            row.state = JobState.LEASED
            row.due_at = row.leased_until = leased_until = now + lease
            row.attempts += 1
            session.flush()
            return Job(row.id, row.kind, row.key, row.payload, row.attempts, leased_until)
    return None


def _takeable(state: JobState, now: datetime, lease: timedelta) -> ColumnElement[bool]:
    """A leased row is due when its lease ends, or when its lease ends so late that the clock was set back since."""
    if state is JobState.PENDING:
        return OutboxRow.due_at <= now
    return or_(OutboxRow.due_at <= now, OutboxRow.due_at > now + 2 * lease)


def done(session: Session, job: Job, now: datetime) -> bool:
    """Mark the job done; False if the lease was lost meanwhile, and then nothing is changed."""
    return _settle(session, job, state=JobState.DONE, done_at=now, reason=None)


def failed_before(session: Session, job: Job) -> bool:
    """Whether an earlier try of the job failed and said why, rather than its worker dying at each."""
    return session.scalar(select(OutboxRow.reason).where(OutboxRow.id == job.id)) is not None


def retry(
    session: Session, job: Job, reason: str, now: datetime, *, rng: Random, at_least: timedelta = timedelta()
) -> bool:
    """Push the job forward by its backoff, or by `at_least` if that is longer; False if the lease was lost."""
    wait = max(backoff(job.attempts, rng.random()), at_least)
    return _settle(session, job, state=JobState.PENDING, due_at=now + wait, reason=reason)


def bury(session: Session, job: Job, reason: str, now: datetime) -> bool:
    """Make the job a dead letter with its reason; False if the lease was lost."""
    return _settle(session, job, state=JobState.DEAD, done_at=now, reason=reason)


def _settle(session: Session, job: Job, **values: Any) -> bool:
    """End this lease and no other: who was so slow that another has taken the job over changes nothing."""
    lease = (OutboxRow.state == JobState.LEASED, OutboxRow.leased_until == job.leased_until)
    mine = (OutboxRow.id == job.id, OutboxRow.attempts == job.attempts, *lease)
    result = session.execute(update(OutboxRow).where(*mine).values(leased_until=None, **values))
    return isinstance(result, CursorResult) and result.rowcount == 1


def revive(session: Session, key: str, now: datetime) -> bool:
    """Make a job that is done or dead due again, with its tries counted afresh; say whether there was one."""
    over = (OutboxRow.key == key, OutboxRow.state.in_((JobState.DONE, JobState.DEAD)))
    result = session.execute(
        update(OutboxRow).where(*over).values(state=JobState.PENDING, due_at=now, attempts=0, done_at=None, reason=None)
    )
    return isinstance(result, CursorResult) and result.rowcount == 1
