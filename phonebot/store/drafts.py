"""Calls that are not over and have said nothing for a while."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from phonebot.store.tables import CallRow


def silent_calls(session: Session, since: datetime, most: int) -> Sequence[str]:
    """The sids of calls that are not over and were last touched at `since` or before, the longest silent first."""
    silent = (CallRow.ended_at.is_(None), CallRow.touched_at <= since)
    return session.scalars(select(CallRow.sid).where(*silent).order_by(CallRow.touched_at).limit(most)).all()


def lock_if_silent(session: Session, sid: str, since: datetime) -> CallRow | None:
    """The call, locked, if it is still silent; else None."""
    silent = (CallRow.sid == sid, CallRow.ended_at.is_(None), CallRow.touched_at <= since)
    return session.scalars(select(CallRow).where(*silent).with_for_update()).first()
