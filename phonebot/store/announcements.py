"""A recording announced by the turn that ended it: two statements, since the caller is waiting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Insert, and_, bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from phonebot.dialog.heard import Recorded
from phonebot.domain.outbox import JobKind, recording_key
from phonebot.domain.recording import Purpose, RecordingState
from phonebot.store import outbox
from phonebot.store.tables import MessageRow, RecordingRow, table_of


@dataclass(frozen=True, slots=True)
class Fetched:
    """Audio that is here. `path` is where, or None where it is in the database."""

    path: str | None


RECORDINGS, MESSAGES = table_of(RecordingRow), table_of(MessageRow)


@dataclass(frozen=True, slots=True)
class Announcement:
    """A recording that a turn has ended. `cut_off` is true where it ran into its limit."""

    call_sid: str
    recorded: Recorded
    purpose: Purpose
    cut_off: bool


def announce(session: Session, told: Announcement, *, replaces: Sequence[str], now: datetime) -> None:
    """Keep a recording of a call whose message is known, and have it fetched. Its webhook may have come before.

    `replaces` are the sids of those it takes the place of: they are deleted once it is here.
    """
    session.execute(
        _upsert(session.get_bind().dialect.name),
        {
            "sid": told.recorded.sid,
            "call_sid": told.call_sid,
            "the_call": told.call_sid,
            "purpose": told.purpose,
            "state": RecordingState.ANNOUNCED,
            "seconds": told.recorded.seconds,
            "cut_off": told.cut_off,
            "announced_at": now,
        },
    )
    if replaces:
        old = and_(RECORDINGS.c.sid.in_(replaces), RECORDINGS.c.call_sid == told.call_sid)
        session.execute(update(RECORDINGS).where(old).values(state=RecordingState.REPLACED))
    wanted = [(JobKind.FETCH_RECORDING, told.recorded.sid), *((JobKind.DELETE_RECORDING, sid) for sid in replaces)]
    outbox.put_all(session, [(kind, recording_key(kind, sid), {"sid": sid}) for kind, sid in wanted], now=now)


@cache
def _upsert(dialect_name: str) -> Insert:
    """The statement, made once. A turn knows better than the webhook what was asked for, and whether it was cut off."""
    dialect = postgresql if dialect_name == "postgresql" else sqlite
    message = select(MESSAGES.c.id).where(MESSAGES.c.call_sid == bindparam("the_call")).scalar_subquery()
    new = dialect.insert(RECORDINGS).values(message_id=message)
    better = {
        "purpose": new.excluded.purpose,
        "cut_off": new.excluded.cut_off,
        "seconds": func.coalesce(RECORDINGS.c.seconds, new.excluded.seconds),
    }
    ours = RECORDINGS.c.call_sid == new.excluded.call_sid
    statement: Insert = new.on_conflict_do_update(index_elements=["sid"], set_=better, where=ours)
    return statement


def is_fetched(session: Session, recording_sid: str | None) -> bool:
    """Whether the audio of a recording is here to be played."""
    return recording_sid is not None and fetched(session, recording_sid) is not None


def fetched(session: Session, recording_sid: str) -> Fetched | None:
    """The audio of a recording, if it has been fetched."""
    here = (RECORDINGS.c.sid == recording_sid, RECORDINGS.c.state == RecordingState.FETCHED)
    row = session.execute(select(RECORDINGS.c.path).where(*here)).first()
    return None if row is None else Fetched(row.path)
