"""What waits in the outbox longer than it should, and what was given up: for whoever looks whether all is well."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from phonebot.domain.outbox import JobState, Lane
from phonebot.store.tables import OutboxRow


def oldest_due(session: Session, lane: Lane = Lane.MAIN) -> datetime | None:
    """When the job of a lane that is to be done first is due, or was; of one a worker holds, when its lease ends."""
    firsts = [
        session.scalar(select(func.min(OutboxRow.due_at)).where(OutboxRow.state == state, OutboxRow.lane == lane))
        for state in (JobState.PENDING, JobState.LEASED)
    ]
    return min((first for first in firsts if first is not None), default=None)


def dead_since(session: Session, since: datetime) -> dict[str, int]:
    """How many jobs of each kind were given up at that instant or later, by kind."""
    dead = (OutboxRow.state == JobState.DEAD, OutboxRow.done_at >= since)
    counted = select(OutboxRow.kind, func.count()).where(*dead).group_by(OutboxRow.kind).order_by(OutboxRow.kind)
    return {row[0]: row[1] for row in session.execute(counted)}
