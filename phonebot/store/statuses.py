"""Away statuses as they are kept: added, cleared, and the ones that speak at an instant."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import CursorResult, RowMapping, select, update
from sqlalchemy.orm import Session

from phonebot.domain.status import AwayStatus, ExpectedBack, Grain, Presence
from phonebot.store.tables import StatusRow

COLUMNS = StatusRow.__table__.c


def add_status(session: Session, status: AwayStatus) -> None:
    """Keep a status. Earlier ones stay: of those that speak at an instant, the one set last wins."""
    session.add(
        StatusRow(
            person_id=status.person,
            activity=status.activity,
            presence=status.presence.value,
            discreet=status.discreet,
            starts=status.starts,
            ends=status.ends,
            back_at=status.back.at if status.back else None,
            back_grain=status.back.grain.value if status.back else None,
            leeway_seconds=int(status.leeway.total_seconds()),
            cover=status.cover,
            set_at=status.set_at,
        )
    )
    session.flush()


def clear_statuses(session: Session, person_id: str, now: datetime) -> int:
    """Silence whatever a person has set that speaks at `now` or later; say how many that were."""
    result = session.execute(
        update(StatusRow)
        .where(StatusRow.person_id == person_id, StatusRow.cleared_at.is_(None), StatusRow.ends >= now)
        .values(cleared_at=now)
    )
    return result.rowcount if isinstance(result, CursorResult) else 0


def statuses_of(session: Session, person_ids: Collection[str], at: datetime) -> list[AwayStatus]:
    """The statuses of these people that speak at that instant (aware), the one set last first."""
    rows = session.execute(
        select(StatusRow.__table__)
        .where(
            COLUMNS.person_id.in_(person_ids), COLUMNS.cleared_at.is_(None), COLUMNS.starts <= at, COLUMNS.ends >= at
        )
        .order_by(COLUMNS.set_at.desc(), COLUMNS.id.desc())
    )
    return [status_of(row) for row in rows.mappings()]


def status_of(row: RowMapping) -> AwayStatus:
    """A status out of a row with the statuses' columns, whatever else is in it."""
    back_at, grain = row[COLUMNS.back_at], row[COLUMNS.back_grain]
    return AwayStatus(
        person=row[COLUMNS.person_id],
        activity=row[COLUMNS.activity],
        presence=Presence(row[COLUMNS.presence]),
        starts=row[COLUMNS.starts],
        ends=row[COLUMNS.ends],
        back=None if back_at is None else ExpectedBack(back_at, Grain(grain)),
        leeway=timedelta(seconds=row[COLUMNS.leeway_seconds]),
        cover=row[COLUMNS.cover],
        set_at=row[COLUMNS.set_at],
        discreet=row[COLUMNS.discreet],
    )
