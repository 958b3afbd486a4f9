"""An accepted call near its time, for the tests of what is told before and after it."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from phonebot.domain.commitment import Basis
from phonebot.domain.history import EventKind
from phonebot.domain.outbox import JobKind
from phonebot.domain.reference import reference_of
from phonebot.services.callers.slips import mind_promises
from phonebot.services.messages.accepting import accept
from phonebot.store.tables import CommitmentRow
from tests.left_messages import leave
from tests.offices import JULIE
from tests.running import Phonebot
from tests.texting import (
    do,
    jobs,
)

THREE = datetime(2026, 11, 24, 15, tzinfo=UTC)
DUE = THREE + timedelta(minutes=30)
MINUTE = timedelta(minutes=1)


def taken_on(phonebot: Phonebot, by: str = "sue", window: str = "between two and half past three today") -> int:
    """A message whose call has been accepted, to be made by half past three."""
    message = leave(phonebot.database)
    made = accept(phonebot.database, reference_of(message), by, window, phonebot.clock())
    assert made.due == DUE
    return message


def promise(phonebot: Phonebot) -> CommitmentRow:
    """What was promised last."""
    with phonebot.database.read() as session:
        wanted = select(CommitmentRow).where(CommitmentRow.basis == Basis.ACCEPTED).order_by(CommitmentRow.id.desc())
        return session.scalars(wanted).all()[0]


def passes(phonebot: Phonebot, until: datetime) -> None:
    """Time passes until then, the routine and the worker looking in every minute."""
    while phonebot.clock() < until:
        phonebot.clock.now = min(until, phonebot.clock() + MINUTE)
        mind_promises(phonebot.database, phonebot.clock())
        phonebot.worker.drain()
    phonebot.network.settle()


def rang(phonebot: Phonebot, message: int, outcome: str | None, by: str = "sue", **more: object) -> None:
    do(phonebot, message, EventKind.ATTEMPTED, by, attempt=7, outcome=outcome, evidence="confirmed", **more)


def warned(phonebot: Phonebot) -> list[str]:
    return [str(job.payload["person"]) for job in jobs(phonebot.database, JobKind.WARN)]


def told(phonebot: Phonebot) -> list[str]:
    return phonebot.network.phone(JULIE).texts_received
