"""What recordings say, as rows: whose words are still wanted, saved once, and read for many messages at once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, delete, func, literal, or_, select
from sqlalchemy.orm import Session

from phonebot.domain.message import Answers, parts_of
from phonebot.domain.outbox import JobKind, JobState, recording_key
from phonebot.domain.recording import LEAST_SPEECH, Purpose, RecordingState
from phonebot.domain.transcript import Hearing, Span, Transcript
from phonebot.store import outbox
from phonebot.store.once import insert_once
from phonebot.store.tables import MessageRow, OutboxRow, RecordingRow, TranscriptRow, table_of

MESSAGES, RECORDINGS = table_of(MessageRow), table_of(RecordingRow)
TRANSCRIPTS, OUTBOX = table_of(TranscriptRow), table_of(OutboxRow)
OPEN = (JobState.PENDING, JobState.LEASED)

WANTED = (
    RECORDINGS.c.purpose == Purpose.MESSAGE,
    RECORDINGS.c.state == RecordingState.FETCHED,
    RECORDINGS.c.speech_seconds >= LEAST_SPEECH,
)
"""Recordings worth putting into words: of the message itself, here, not replaced, and somebody speaks in them."""


REFUSED = or_(
    RECORDINGS.c.state == RecordingState.REFUSED,
    and_(RECORDINGS.c.state == RecordingState.ANNOUNCED, RECORDINGS.c.reason.is_not(None)),
)
"""Recordings that could not be had, also while that is tried again."""


@dataclass(frozen=True, slots=True)
class KeptTranscript:
    """How far a message's newest recording has been put into words.

    `transcript` is there where it was HEARD, and has an empty text where no word was found; `reason` says in one line
    why a MISSING one is.
    """

    recording_sid: str
    hearing: Hearing
    transcript: Transcript | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Unheard:
    """A recording to be put into words, and what is known of its message. `path` is as in the recording's row."""

    sid: str
    path: str | None
    mailbox: str
    owner: str | None
    caller_id: str | None
    answers: Answers


def transcripts_of(session: Session, message_ids: Collection[int]) -> dict[int, KeptTranscript]:
    """How far each of these messages' recordings has been put into words, in one statement.

    A message is left out where there is nothing to wait for: nobody speaks, the recording was replaced or is not here
    yet, transcription is off, or the caller has been forgotten. Words stay when the audio is too old to be kept. One
    that came and could not be read is missing, whether or not transcription is on.
    """
    job = and_(
        OUTBOX.c.key == literal(recording_key(JobKind.TRANSCRIBE, "")) + RECORDINGS.c.sid, OUTBOX.c.state.in_(OPEN)
    )
    made = TRANSCRIPTS.c.recording_sid.is_not(None)
    wanted = (
        select(
            RECORDINGS.c.message_id,
            RECORDINGS.c.sid,
            TRANSCRIPTS.c.recording_sid,
            TRANSCRIPTS.c.text,
            TRANSCRIPTS.c.doubtful,
            func.coalesce(TRANSCRIPTS.c.reason, RECORDINGS.c.reason).label("reason"),
            RECORDINGS.c.state,
        )
        .outerjoin(TRANSCRIPTS, TRANSCRIPTS.c.recording_sid == RECORDINGS.c.sid)
        .outerjoin(OUTBOX, job)
        .where(
            RECORDINGS.c.message_id.in_(message_ids),
            RECORDINGS.c.purpose == Purpose.MESSAGE,
            RECORDINGS.c.state != RecordingState.REPLACED,
            or_(made, REFUSED, and_(*WANTED, OUTBOX.c.id.is_not(None))),
        )
        .order_by(RECORDINGS.c.announced_at, RECORDINGS.c.sid)
    )
    return {row.message_id: _kept(row) for row in session.execute(wanted)}


def _kept(row: Row[*tuple[Any, ...]]) -> KeptTranscript:
    if row.recording_sid is None and row.state == RecordingState.FETCHED:
        return KeptTranscript(row.sid, Hearing.PENDING)
    if row.text is None:
        return KeptTranscript(row.sid, Hearing.MISSING, reason=row.reason)
    doubtful = tuple(Span(start, end) for start, end in row.doubtful)
    return KeptTranscript(row.sid, Hearing.HEARD, Transcript(row.text, doubtful))


def transcript_of(session: Session, message_id: int) -> KeptTranscript | None:
    """How far one message's recording has been put into words; None where there is nothing to wait for."""
    return transcripts_of(session, [message_id]).get(message_id)


def want_transcript(session: Session, sid: str, now: datetime) -> None:
    """Have a recording put into words, if it is one to be, in the transaction that says its audio is here.

    A job that came to nothing, since the audio was lost meanwhile, is due again.
    """
    session.flush()
    if unheard(session, sid) is None:
        return
    key = recording_key(JobKind.TRANSCRIBE, sid)
    if not outbox.put(session, JobKind.TRANSCRIBE, key, {"sid": sid}, due_at=now, now=now):
        outbox.revive(session, key, now)


def unheard(session: Session, sid: str) -> Unheard | None:
    """A recording whose words are wanted and not here; None where it has been done, or nobody wants them any more."""
    wanted = (
        select(RECORDINGS.c.sid, RECORDINGS.c.path, *MESSAGES.c)
        .join(MESSAGES, MESSAGES.c.id == RECORDINGS.c.message_id)
        .outerjoin(TRANSCRIPTS, TRANSCRIPTS.c.recording_sid == RECORDINGS.c.sid)
        .where(RECORDINGS.c.sid == sid, *WANTED)
        .where(MESSAGES.c.blanked_at.is_(None), TRANSCRIPTS.c.recording_sid.is_(None))
    )
    row = session.execute(wanted).mappings().first()
    if row is None:
        return None
    given = {name: row[MESSAGES.c[name]] for name in ("name", "company", "number", "business", "window_said")}
    return Unheard(
        sid=sid,
        path=row[RECORDINGS.c.path],
        mailbox=row[MESSAGES.c.mailbox],
        owner=row[MESSAGES.c.owner],
        caller_id=row[MESSAGES.c.caller_id],
        answers=Answers(**given, window_parts=parts_of(row[MESSAGES.c.window_parts])),
    )


def save_transcript(session: Session, sid: str, transcript: Transcript, now: datetime) -> bool:
    """Keep what a recording says, once; False, and nothing kept, where its words are not wanted any more."""
    doubtful = [[span.start, span.end] for span in transcript.doubtful]
    return _save(session, sid, now, text=transcript.text, doubtful=doubtful)


def save_missing(session: Session, sid: str, reason: str, now: datetime) -> bool:
    """Note that a recording could not be put into words and never will be, and why; False where nobody wants them."""
    return _save(session, sid, now, text=None, doubtful=[], reason=reason)


def _save(session: Session, sid: str, now: datetime, **columns: Any) -> bool:
    """Insert the row, with message and recording locked in the order in which whoever forgets the caller locks them.

    They wait for us and find the row, or we wait for them and find that nobody wants it any more.
    """
    message_id = session.scalar(select(RECORDINGS.c.message_id).where(RECORDINGS.c.sid == sid))
    session.execute(select(MESSAGES.c.id).where(MESSAGES.c.id == message_id).with_for_update())
    session.execute(select(RECORDINGS.c.sid).where(RECORDINGS.c.sid == sid).with_for_update())
    if unheard(session, sid) is None:
        return False
    return insert_once(
        session, TranscriptRow, recording_sid=sid, message_id=message_id, made_at=now, **{"reason": None} | columns
    )


def drop_replaced(session: Session, sids: Collection[str]) -> None:
    """Remove what those of these recordings say that were replaced: their rows are about to tell so no longer."""
    replaced = select(RECORDINGS.c.sid).where(RECORDINGS.c.sid.in_(sids), RECORDINGS.c.state == RecordingState.REPLACED)
    session.execute(delete(TRANSCRIPTS).where(TRANSCRIPTS.c.recording_sid.in_(replaced)))


def drop_transcripts(session: Session, message_ids: Collection[int]) -> None:
    """Remove what the recordings of these messages say: their callers are forgotten."""
    session.execute(delete(TRANSCRIPTS).where(TRANSCRIPTS.c.message_id.in_(message_ids)))
