"""What becomes of a recording's audio, as rows: wanted, stored, refused, deleted, or wanted again."""

from datetime import datetime
from enum import Enum, auto

from sqlalchemy import select
from sqlalchemy.orm import Session

from phonebot.domain.commitment import PHONEBOT
from phonebot.domain.history import EventKind
from phonebot.domain.outbox import JobKind, recording_key
from phonebot.domain.recording import LEAST_SPEECH, RecordingState
from phonebot.store import outbox
from phonebot.store.recordings import siblings, weigh_message
from phonebot.store.tables import CallRow, EventRow, RecordingRow
from phonebot.store.transcripts import drop_replaced, want_transcript


class Fate(Enum):
    """What is to become of a recording that was replaced, or may not be kept."""

    DELETE = auto()
    WAIT = auto()
    LEAVE = auto()


def recording_state(session: Session, sid: str) -> RecordingState | None:
    """How far a recording has come, or None if nobody has told us of it."""
    state = session.scalars(select(RecordingRow.state).where(RecordingRow.sid == sid)).first()
    return None if state is None else RecordingState(state)


def store_fetched(
    session: Session,
    sid: str,
    *,
    seconds: float,
    speech_seconds: float,
    path: str | None,
    sha256: str,
    now: datetime,
    transcribes: bool = False,
    cut_short: str | None = None,
) -> bool:
    """Note that the audio is here, and weigh its message afresh; False if nobody wants the audio any more.

    A replaced recording keeps its audio too, until it is deleted. Where phonebot `transcribes`, it is to be put into
    words next. `cut_short` says why it is not the whole of it. Storing twice is once.
    """
    row = _locked(session, sid)
    if row is None or row.state in {RecordingState.UNWANTED, RecordingState.DELETED}:
        return False
    if row.fetched_at is None:
        row.seconds, row.speech_seconds = seconds, speech_seconds
        row.path, row.sha256, row.fetched_at, row.reason = path, sha256, now, cut_short
        row.cut_off = row.cut_off or cut_short is not None
        session.add(_event(row, EventKind.RECORDING_FETCHED, now))
    if row.state == RecordingState.ANNOUNCED:
        row.state = RecordingState.FETCHED
    session.flush()
    weigh_message(session, row.message_id)
    if transcribes:
        want_transcript(session, sid, now)
    return True


def still_awaited(session: Session, sid: str) -> bool:
    """Whether the audio is wanted and not here; whoever deletes the recording waits until the transaction ends."""
    row = _locked(session, sid)
    return row is not None and row.state == RecordingState.ANNOUNCED


def refuse_recording(session: Session, sid: str, reason: str, now: datetime) -> None:
    """Note that the audio cannot be had, and why. Its message stays listed, with what the caller gave."""
    row = _locked(session, sid)
    if row is not None and row.state == RecordingState.ANNOUNCED:
        row.state, row.reason = RecordingState.REFUSED, reason
        session.add(_event(row, EventKind.RECORDING_REFUSED, now))
        session.flush()
        weigh_message(session, row.message_id)


def want_again(session: Session, sid: str, now: datetime) -> None:
    """Have the audio fetched once more: it is not where its row says, or it was given up too early."""
    row = _locked(session, sid)
    if row is None or row.state not in {RecordingState.FETCHED, RecordingState.REFUSED, RecordingState.ANNOUNCED}:
        return
    if row.state == RecordingState.FETCHED:
        # One that was refused stays marked with the reason until it comes.
        row.reason = None
    row.state, row.path, row.fetched_at = RecordingState.ANNOUNCED, None, None
    session.add(_event(row, EventKind.RECORDING_WANTED_AGAIN, now))
    _fetch(session, sid, now)


def fate_of_unneeded(session: Session, sid: str, now: datetime, *, transcribes: bool = False) -> Fate:
    """Whether a recording may go: at once where it is not wanted any longer.

    A replaced one may go when its call is over and what replaced it is here, with words in it. Where nobody speaks in
    that, the caller hung up before recording again, and the replaced one is the message after all, to be put into words
    where phonebot `transcribes`.
    """
    row = _locked(session, sid)
    if row is not None and row.state == RecordingState.UNWANTED:
        return Fate.DELETE
    if row is None or row.state != RecordingState.REPLACED:
        return Fate.LEAVE
    others = siblings(session, row)
    over = session.scalars(select(CallRow.ended_at).where(CallRow.sid == row.call_sid)).first()
    if over is None or any(one.state == RecordingState.ANNOUNCED for one in others):
        return Fate.WAIT
    if not others or any((one.speech_seconds or 0.0) >= LEAST_SPEECH for one in others):
        drop_replaced(session, [sid])
        return Fate.DELETE
    row.state = RecordingState.ANNOUNCED if row.fetched_at is None else RecordingState.FETCHED
    if row.state == RecordingState.ANNOUNCED:
        _fetch(session, sid, now)
    session.flush()
    weigh_message(session, row.message_id)
    if transcribes:
        want_transcript(session, sid, now)
    return Fate.LEAVE


def mark_deleted(session: Session, sid: str, now: datetime) -> str | None:
    """Note that a recording is gone, and return the path its file had, if it had one."""
    row = _locked(session, sid)
    if row is None:
        return None
    path, row.path, row.state = row.path, None, RecordingState.DELETED
    session.add(_event(row, EventKind.RECORDING_DELETED, now))
    return path


def fetched_after(session: Session, sid: str, most: int) -> list[tuple[str, str | None]]:
    """The sids and paths of recordings whose audio is here, in the order of their sids, from after this one."""
    here = (RecordingRow.state == RecordingState.FETCHED, RecordingRow.sid > sid)
    rows = select(RecordingRow.sid, RecordingRow.path).where(*here).order_by(RecordingRow.sid).limit(most)
    return [(row.sid, row.path) for row in session.execute(rows)]


def _locked(session: Session, sid: str) -> RecordingRow | None:
    return session.scalars(select(RecordingRow).where(RecordingRow.sid == sid).with_for_update()).first()


def _fetch(session: Session, sid: str, now: datetime) -> None:
    kind = JobKind.FETCH_RECORDING
    key = recording_key(kind, sid)
    if not outbox.put(session, kind, key, {"sid": sid}, due_at=now, now=now):
        outbox.revive(session, key, now)


def _event(row: RecordingRow, kind: EventKind, now: datetime) -> EventRow:
    return EventRow(at=now, message_id=row.message_id, kind=kind, by=PHONEBOT, detail={"recording": row.sid})
