"""Messages as staff see them, read a page at a time along an index, so that a million of them are as one page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Row, RowMapping, Select, select, tuple_
from sqlalchemy.orm import Session

from phonebot.domain.commitment import Basis, Commitment
from phonebot.domain.gist import Gist
from phonebot.domain.message import LISTED, Answers, Message, State, parts_of
from phonebot.domain.recording import LEAST_SPEECH, Purpose, RecordingState, holds_words
from phonebot.domain.reference import reference_of
from phonebot.store.attempts import Attempt, attempts_of
from phonebot.store.recordings import GONE
from phonebot.store.slip_texts import SlipText, slip_texts
from phonebot.store.tables import CommitmentRow, MessageRow, RecordingRow, table_of
from phonebot.store.transcripts import KeptTranscript, transcripts_of

MESSAGES, RECORDINGS, COMMITMENTS = table_of(MessageRow), table_of(RecordingRow), table_of(CommitmentRow)

Place = tuple[datetime, int]
"""Where a page ended: the last message's `received_at` and row number."""

BEGINNING: Final[Place] = (datetime(1, 1, 2, tzinfo=UTC), 0)
"""Before the first message. A day into the calendar, so that no zone takes it out of it."""

UNLISTED: Final = sorted(set(State) - LISTED)


@dataclass(frozen=True, slots=True)
class KeptRecording:
    """A recording worth hearing. `seconds` is None while unknown, `path` while it is not here or is in the database.

    `refused` where what came of it cannot be played, so that nothing is here; `cut_off` where it breaks off.
    """

    sid: str
    seconds: float | None
    path: str | None
    refused: bool = False
    cut_off: bool = False


@dataclass(frozen=True, slots=True)
class KeptCommitment:
    """What a caller may expect, and when (aware UTC) they were told so, and told that it had slipped; None: not yet."""

    number: int
    commitment: Commitment
    told_at: datetime | None
    slip_told_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What a caller was told and when (aware UTC), and the row of the commitment that it is or that it is about."""

    at: datetime
    words: str
    commitment: int


@dataclass(frozen=True, slots=True)
class KeptMessage:
    """A message with its recordings, where there are any, what its caller may expect, and the tries to return it.

    `owner` owes the call; None until the message is taken in. `heard` is how far the recording has been put into words,
    and `gist` is read out of it all by whoever knows the office.
    """

    message: Message
    recording: KeptRecording | None = None
    name_recording: KeptRecording | None = None
    commitments: tuple[KeptCommitment, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    owner: str | None = None
    slips: tuple[SlipText, ...] = ()
    heard: KeptTranscript | None = None
    gist: Gist | None = None

    @property
    def told(self) -> tuple[Told, ...]:
        """What the caller was told, in the order of telling: commitments, and which of those were not kept."""
        made = [Told(each.told_at, each.commitment.words, each.number) for each in self.commitments if each.told_at]
        slipped = [Told(each.told_at, each.words, each.commitment) for each in self.slips]
        return tuple(sorted((*made, *slipped), key=lambda told: told.at))


def message_page(
    session: Session, after: Place, most: int, *, mailbox: str | None = None, state: State | None = None
) -> tuple[list[KeptMessage], Place | None]:
    """The listed messages that came in after a place, the earliest first, and where to go on; None at the end."""
    rows = session.execute(_page(after, most, mailbox, state)).mappings().all()
    last = rows[-1] if len(rows) == most else None
    place = None if last is None else (last[MESSAGES.c.received_at], last[MESSAGES.c.id])
    return _whole(session, rows), place


def message_numbered(session: Session, number: int) -> KeptMessage | None:
    """The listed message in that row, or None."""
    wanted = select(MESSAGES).where(MESSAGES.c.id == number, MESSAGES.c.state.not_in(UNLISTED))
    found = _whole(session, session.execute(wanted).mappings().all())
    return found[0] if found else None


def _page(after: Place, most: int, mailbox: str | None, state: State | None) -> Select[tuple[object, ...]]:
    place = tuple_(MESSAGES.c.received_at, MESSAGES.c.id)
    # The first condition repeats the second for SQLite, which enters an index by the first column alone.
    wanted = select(MESSAGES).where(MESSAGES.c.received_at >= after[0], place > after)
    if mailbox is not None:
        wanted = wanted.where(MESSAGES.c.mailbox == mailbox)
    # Naming what is left out, and not what is wanted, keeps to the index that has the order.
    wanted = wanted.where(MESSAGES.c.state.not_in(UNLISTED) if state is None else MESSAGES.c.state == state)
    return wanted.order_by(MESSAGES.c.received_at, MESSAGES.c.id).limit(most)


def _whole(session: Session, rows: Iterable[RowMapping]) -> list[KeptMessage]:
    rows = list(rows)
    messages = {row[MESSAGES.c.id]: _message_of(row) for row in rows}
    owners = {row[MESSAGES.c.id]: row[MESSAGES.c.owner] for row in rows}
    recordings = _recordings_of(session, list(messages))
    commitments = _commitments_of(session, list(messages))
    attempts = attempts_of(session, list(messages))
    slipped = [number for number, made in commitments.items() if any(each.slip_told_at for each in made)]
    slips = slip_texts(session, slipped)
    heard = transcripts_of(session, list(messages))
    return [
        KeptMessage(
            message,
            recordings.get((number, Purpose.MESSAGE)),
            recordings.get((number, Purpose.NAME)),
            tuple(commitments.get(number, ())),
            tuple(attempts.get(number, ())),
            owners[number],
            tuple(each for each in slips if each.message == number),
            heard.get(number),
        )
        for number, message in messages.items()
    ]


def _message_of(row: RowMapping) -> Message:
    given = {name: row[MESSAGES.c[name]] for name in ("name", "company", "number", "business", "window_said")}
    answers = Answers(**given, window_parts=parts_of(row[MESSAGES.c.window_parts]))
    return Message(
        ref=reference_of(row[MESSAGES.c.id]),
        call_sid=row[MESSAGES.c.call_sid],
        mailbox=row[MESSAGES.c.mailbox],
        state=State(row[MESSAGES.c.state]),
        complete=row[MESSAGES.c.complete],
        received_at=row[MESSAGES.c.received_at],
        caller_id=row[MESSAGES.c.caller_id],
        answers=answers,
    )


def _recordings_of(session: Session, numbers: list[int]) -> dict[tuple[int, str], KeptRecording]:
    """The newest recording worth hearing of each message and purpose."""
    wanted = (
        select(RECORDINGS)
        .where(RECORDINGS.c.message_id.in_(numbers), RECORDINGS.c.state.not_in([*GONE, RecordingState.ABSENT]))
        .order_by(RECORDINGS.c.announced_at)
    )
    found = {}
    for row in session.execute(wanted):
        if worth_hearing(row):
            refused = was_refused(row)
            found[row.message_id, row.purpose] = KeptRecording(row.sid, row.seconds, row.path, refused, row.cut_off)
    return found


def worth_hearing(recording: Row[Any]) -> bool:
    """Whether a recording may hold what was asked for, as far as is known: a name may be shorter than any message."""
    if recording.purpose == Purpose.NAME and recording.state == RecordingState.FETCHED:
        return (recording.speech_seconds or 0.0) > 0
    if recording.seconds is None or holds_words(Purpose(recording.purpose), recording.seconds):
        return True
    return (recording.speech_seconds or 0.0) >= LEAST_SPEECH


def was_refused(recording: Row[Any]) -> bool:
    """Whether a recording could not be had, also while that is tried again."""
    again = recording.state == RecordingState.ANNOUNCED and recording.reason is not None
    return again or recording.state == RecordingState.REFUSED


def _commitments_of(session: Session, numbers: list[int]) -> dict[int, list[KeptCommitment]]:
    made: dict[int, list[KeptCommitment]] = {}
    wanted = select(COMMITMENTS).where(COMMITMENTS.c.message_id.in_(numbers)).order_by(COMMITMENTS.c.id)
    for row in session.execute(wanted):
        commitment = Commitment(Basis(row.basis), row.owner, row.due_at, row.words, row.rests_on, row.made_at)
        made.setdefault(row.message_id, []).append(KeptCommitment(row.id, commitment, row.told_at, row.slip_told_at))
    return made


def newest_audio_path(session: Session) -> str | None:
    """Where the audio of the newest message whose audio is in a file is kept; None if the last hundred have none."""
    newest = select(MESSAGES.c.id, MESSAGES.c.received_at).order_by(MESSAGES.c.received_at.desc()).limit(100).subquery()
    wanted = (
        select(RECORDINGS.c.path)
        .join(newest, newest.c.id == RECORDINGS.c.message_id)
        .where(RECORDINGS.c.state == RecordingState.FETCHED, RECORDINGS.c.path.is_not(None))
        .order_by(newest.c.received_at.desc())
    )
    return session.execute(wanted.limit(1)).scalar()
