"""Calls as Twilio lists them, held against those we know: which are new to us, and which we think are going on."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from phonebot.domain.message import State
from phonebot.store.once import insert_once
from phonebot.store.tables import AttemptRow, CallRow, LineRow, MessageRow, OfficeRow, PersonRow, TransferRow

RINGS_AT_MOST = timedelta(seconds=90)
"""How long after it was begun a transfer may still ring the phone that forwards to us."""


def known_calls(session: Session, sids: Collection[str]) -> dict[str, bool]:
    """Those of these calls that we know, by sid, and whether each is over."""
    rows = session.execute(select(CallRow.sid, CallRow.ended_at).where(CallRow.sid.in_(sids)))
    return {row.sid: row.ended_at is not None for row in rows}


def going_on_since(session: Session, before: datetime, most: int) -> Sequence[str]:
    """The sids of calls that began before an instant and are not over, the longest silent first."""
    wanted = select(CallRow.sid).where(CallRow.ended_at.is_(None), CallRow.started_at < before)
    return session.scalars(wanted.order_by(CallRow.touched_at).limit(most)).all()


def lines_answered(session: Session) -> dict[str, str]:
    """Our lines: whose each is, by its number."""
    return {row.number: row.answers for row in session.execute(select(LineRow.number, LineRow.answers))}


def office_loaded_at(session: Session) -> datetime | None:
    """When the office file was last loaded; None: never."""
    return session.scalars(select(OfficeRow.loaded_at)).first()


def rang_for_us(session: Session, number: str, at: datetime) -> bool:
    """Whether at that instant we rang that phone, or showed that number to one: an unanswered phone forwards to us."""
    lately = (TransferRow.started_at > at - RINGS_AT_MOST, TransferRow.started_at <= at)
    whose = or_(TransferRow.phone == number, TransferRow.shown == number)
    ringing = or_(TransferRow.ended_at.is_(None), TransferRow.ended_at >= at)
    transfer = select(TransferRow.id).where(whose, ringing, *lately)
    staff = (
        select(AttemptRow.id)
        .join(PersonRow, PersonRow.id == AttemptRow.by)
        .where(PersonRow.phone == number, AttemptRow.sending_at > at - RINGS_AT_MOST, AttemptRow.sending_at <= at)
    )
    return any(session.scalars(rung.limit(1)).first() is not None for rung in (transfer, staff))


def add_missed_call(
    session: Session,
    *,
    sid: str,
    line: str,
    mailbox: str,
    caller: str,
    caller_id: str | None,
    began: datetime,
    now: datetime,
) -> bool:
    """Keep a call that is over and of which nobody told us, with a missed call to list; False if it is known by now.

    It stands as a call of which nothing was heard: a recording that turns up later still makes it a message.
    """
    call = {"sid": sid, "line": line, "caller": caller, "dialogue": {}, "turn": 0}
    if not insert_once(session, CallRow, **call, started_at=began, touched_at=now, ended_at=now):
        return False
    message = {"call_sid": sid, "mailbox": mailbox, "caller_id": caller_id, "received_at": began}
    insert_once(session, MessageRow, **message, state=State.MISSED, complete=False)
    return True
