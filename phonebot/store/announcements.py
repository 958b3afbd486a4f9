"""A recording announced by the turn that ended it: two statements, since the caller is waiting."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
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


def announce(
    session: Session, *, call_sid: str, recorded: Recorded, purpose: Purpose, cut_off: bool, now: datetime
) -> None:
    """Keep a recording of a call whose message is known, and have it fetched. Its webhook may have come before."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    new = dialect.insert(RECORDINGS).values(
        sid=recorded.sid,
        call_sid=call_sid,
        message_id=select(MESSAGES.c.id).where(MESSAGES.c.call_sid == call_sid).scalar_subquery(),
        purpose=purpose,
        state=RecordingState.ANNOUNCED,
        seconds=recorded.seconds,
        cut_off=cut_off,
        announced_at=now,
    )
    # What the turn knows better than the webhook: what the caller was asked for, and whether they were cut off.
    better = {"purpose": purpose, "cut_off": cut_off, "seconds": func.coalesce(RECORDINGS.c.seconds, recorded.seconds)}
    session.execute(
        new.on_conflict_do_update(index_elements=["sid"], set_=better, where=RECORDINGS.c.call_sid == call_sid)
    )
    kind = JobKind.FETCH_RECORDING
    outbox.put(session, kind, recording_key(kind, recorded.sid), {"sid": recorded.sid}, due_at=now, now=now)


def is_fetched(session: Session, recording_sid: str | None) -> bool:
    """Whether the audio of a recording is here to be played."""
    return recording_sid is not None and fetched(session, recording_sid) is not None


def fetched(session: Session, recording_sid: str) -> Fetched | None:
    """The audio of a recording, if it has been fetched."""
    here = (RECORDINGS.c.sid == recording_sid, RECORDINGS.c.state == RecordingState.FETCHED)
    row = session.execute(select(RECORDINGS.c.path).where(*here)).first()
    return None if row is None else Fetched(row.path)
