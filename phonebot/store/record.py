"""Messages as the record counts them, read a page at a time: where they stand and what was promised, nobody's words."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from phonebot.domain.commitment import Basis, Fate
from phonebot.domain.history import Event, EventKind, Standing, standing_of
from phonebot.domain.message import State, parts_of
from phonebot.domain.record import Case, Promise
from phonebot.store.history import histories
from phonebot.store.tables import CommitmentRow, MessageRow, table_of

MESSAGES, COMMITMENTS = table_of(MessageRow), table_of(CommitmentRow)
PAGE: Final = 1000
UNCOUNTED: Final = (State.DRAFT, State.PUT_THROUGH)


def cases(session: Session, since: datetime, until: datetime) -> Iterator[Case]:
    """Every message and missed call that came in from `since` until before `until`, in that order."""
    place = (since, 0)
    columns = (MESSAGES.c.id, MESSAGES.c.mailbox, MESSAGES.c.state, MESSAGES.c.received_at, MESSAGES.c.window_parts)
    within = (MESSAGES.c.received_at < until, MESSAGES.c.state.not_in(UNCOUNTED))
    while True:
        after = (MESSAGES.c.received_at >= place[0], tuple_(MESSAGES.c.received_at, MESSAGES.c.id) > place)
        page = select(*columns).where(*after, *within).order_by(MESSAGES.c.received_at, MESSAGES.c.id).limit(PAGE)
        rows = session.execute(page).all()
        yield from _cases(session, rows)
        if len(rows) < PAGE:
            return
        place = (rows[-1].received_at, rows[-1].id)


def _cases(session: Session, rows: Sequence[Any]) -> Iterator[Case]:
    numbers = [row.id for row in rows]
    events, promised = histories(session, numbers), _accepted(session, numbers)
    for row in rows:
        happened = events.get(row.id, [])
        # One that nobody has taken in yet is owed by whose mailbox it is, and stands where its row says.
        begun = any(event.kind is EventKind.RECEIVED for event in happened)
        standing = standing_of(happened, row.mailbox) if begun else Standing(row.mailbox, State(row.state))
        reached_at = _reached_at(standing, happened)
        yield Case(
            owner=standing.owner,
            received_at=row.received_at,
            state=standing.state,
            reached_at=reached_at,
            evidence=standing.evidence.word if standing.state is State.RETURNED else None,
            windows=parts_of(row.window_parts),
            promises=tuple(_promise(each, reached_at) for each in promised.get(row.id, ())),
            said_no=any(event.kind is EventKind.VERDICT and not event.detail["reached"] for event in happened),
            settled_at=standing.settled_at,
        )


def _reached_at(standing: Standing, happened: Sequence[Event]) -> datetime | None:
    """When whoever owed it reached the caller: by proof, else, at the caller's word, by what was said of it."""
    if standing.reached is not None:
        return standing.reached.at
    if not standing.verdict:
        return None
    joined = [tried.at for tried in standing.tries.values() if tried.outcome in {"reached", "joined"}]
    said = [event.at for event in happened if event.kind is EventKind.SAID]
    return max([*joined, *said], default=None)


def _accepted(session: Session, numbers: Sequence[int]) -> dict[int, list[Any]]:
    columns = (COMMITMENTS.c.message_id, COMMITMENTS.c.due_at, COMMITMENTS.c.closed_at, COMMITMENTS.c.closed_as)
    mine = (COMMITMENTS.c.message_id.in_(numbers), COMMITMENTS.c.basis == Basis.ACCEPTED)
    found: dict[int, list[Any]] = {}
    for row in session.execute(select(*columns, COMMITMENTS.c.slip_told_at).where(*mine).order_by(COMMITMENTS.c.id)):
        found.setdefault(row.message_id, []).append(row)
    return found


def _promise(row: Any, reached_at: datetime | None) -> Promise:
    """A promise that slipped is over only once its caller was reached after all."""
    if row.closed_as == Fate.KEPT:
        return Promise(row.due_at, kept_at=row.closed_at, told_slip_at=row.slip_told_at)
    if row.closed_as == Fate.SLIPPED:
        late = reached_at if reached_at is not None and reached_at > row.due_at else None
        return Promise(row.due_at, kept_at=late, told_slip_at=row.slip_told_at)
    return Promise(row.due_at, told_slip_at=row.slip_told_at, closed_at=row.closed_at)
