"""What a digest shows, read for many messages at once: what is owed, what was promised, what has been settled."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import RowMapping, and_, or_, select
from sqlalchemy.orm import Session

from phonebot.domain.commitment import PHONEBOT, Basis, Fate
from phonebot.domain.message import Answers, State, parts_of
from phonebot.domain.recording import Purpose, RecordingState
from phonebot.store.messages import was_refused, worth_hearing
from phonebot.store.slip_texts import slip_texts
from phonebot.store.tables import CallRow, CommitmentRow, MessageRow, RecordingRow, table_of

MESSAGES, RECORDINGS, COMMITMENTS = table_of(MessageRow), table_of(RecordingRow), table_of(CommitmentRow)
CALLS = table_of(CallRow)

LONGEST_CALL: Final = timedelta(hours=4)
"""How long before its end a call may have begun (Twilio ends every call after four hours unless told otherwise)."""

MOST_SETTLED: Final = 500


@dataclass(frozen=True, slots=True)
class Heard:
    """A recording of a message: its sid, its seconds where known, where its audio is, and whether that is here.

    `cut_off` where it breaks off.
    """

    sid: str
    seconds: float | None
    path: str | None
    here: bool
    cut_off: bool = False


@dataclass(frozen=True, slots=True)
class OwedMessage:
    """A message as its row has it. `owner` owes it: a person's id or RECEPTION."""

    number: int
    mailbox: str
    owner: str
    received_at: datetime
    complete: bool
    caller_id: str | None
    answers: Answers


@dataclass(frozen=True, slots=True)
class Word:
    """What the caller was told or somebody took on. `fate` is what became of an accepted call, None while it stands."""

    number: int
    basis: Basis
    owner: str
    due: datetime
    words: str
    told_at: datetime | None
    fate: Fate | None


@dataclass(frozen=True, slots=True)
class SettledMessage:
    """A message that is off the list, or a missed call, which never was on it."""

    number: int
    mailbox: str
    owner: str
    state: State
    received_at: datetime
    settled_at: datetime
    caller_id: str | None
    name: str | None
    company: str | None


def owed_numbers(session: Session, owners: Collection[str], acceptor: str, until: datetime) -> list[int]:
    """Rows of what these owners (ids, RECEPTION) owe, and of what `acceptor` has taken on, received by that instant."""
    owed = (MESSAGES.c.settled_at.is_(None), MESSAGES.c.received_at <= until)
    theirs = select(MESSAGES.c.id).where(MESSAGES.c.owner.in_(owners), *owed)
    standing = (COMMITMENTS.c.basis == Basis.ACCEPTED, COMMITMENTS.c.closed_at.is_(None))
    taken_on = (
        select(MESSAGES.c.id)
        .join(COMMITMENTS, COMMITMENTS.c.message_id == MESSAGES.c.id)
        .where(*standing, COMMITMENTS.c.owner == acceptor, MESSAGES.c.owner.is_not(None), *owed)
    )
    return sorted({*session.scalars(theirs), *session.scalars(taken_on)})


def owed_messages(session: Session, numbers: Sequence[int]) -> list[OwedMessage]:
    """These messages, of those that have been taken in and are owed."""
    owed = (MESSAGES.c.id.in_(numbers), MESSAGES.c.owner.is_not(None), MESSAGES.c.settled_at.is_(None))
    rows = session.execute(select(MESSAGES).where(*owed).order_by(MESSAGES.c.id))
    return [_owed_message(row) for row in rows.mappings()]


def _owed_message(row: RowMapping) -> OwedMessage:
    given = {name: row[MESSAGES.c[name]] for name in ("name", "company", "number", "business", "window_said")}
    return OwedMessage(
        number=row[MESSAGES.c.id],
        mailbox=row[MESSAGES.c.mailbox],
        owner=row[MESSAGES.c.owner],
        received_at=row[MESSAGES.c.received_at],
        complete=row[MESSAGES.c.complete],
        caller_id=row[MESSAGES.c.caller_id],
        answers=Answers(**given, window_parts=parts_of(row[MESSAGES.c.window_parts])),
    )


def recordings_heard(session: Session, numbers: Sequence[int]) -> dict[int, Heard]:
    """The newest recording worth hearing of each message, of those that are the message itself."""
    heard = all_heard(session, numbers)
    return {number: recording for (number, purpose), recording in heard.items() if purpose is Purpose.MESSAGE}


def all_heard(session: Session, numbers: Sequence[int]) -> dict[tuple[int, Purpose], Heard]:
    """The newest recording worth hearing of each message and purpose, in one statement."""
    kept = (
        RECORDINGS.c.message_id.in_(numbers),
        RECORDINGS.c.state.in_((RecordingState.ANNOUNCED, RecordingState.FETCHED)),
    )
    rows = session.execute(select(RECORDINGS).where(*kept).order_by(RECORDINGS.c.announced_at))
    return {
        (row.message_id, Purpose(row.purpose)): Heard(
            row.sid, row.seconds, row.path, row.state == RecordingState.FETCHED, row.cut_off
        )
        for row in rows
        if worth_hearing(row) and not was_refused(row)
    }


def words_of(session: Session, numbers: Sequence[int]) -> dict[int, list[Word]]:
    """What the caller of each message was told, and who has taken the call on, the earliest first."""
    found: dict[int, list[Word]] = {}
    wanted = select(COMMITMENTS).where(COMMITMENTS.c.message_id.in_(numbers)).order_by(COMMITMENTS.c.id)
    slipped = []
    for row in session.execute(wanted):
        if row.slip_told_at is not None:
            slipped.append(row.message_id)
        fate = Fate(row.closed_as) if row.closed_as else None
        word = Word(row.id, Basis(row.basis), row.owner, row.due_at, row.words, row.told_at, fate)
        found.setdefault(row.message_id, []).append(word)
    for slip in slip_texts(session, slipped):
        word = Word(slip.commitment, Basis.OURS, PHONEBOT, slip.told_at, slip.words, slip.told_at, None)
        found.setdefault(slip.message, []).append(word)
    return found


def settled_since(session: Session, owners: Collection[str], since: datetime) -> list[SettledMessage]:
    """Messages of these owners returned since then, and their calls that have ended since then and left nothing."""
    # A missed call is settled as of when it came in, which may be before the last digest though it ended after it.
    over = or_(MESSAGES.c.settled_at > since, and_(MESSAGES.c.state == State.MISSED, CALLS.c.ended_at > since))
    wanted = (
        select(MESSAGES)
        .join(CALLS, CALLS.c.sid == MESSAGES.c.call_sid)
        .where(
            MESSAGES.c.owner.in_(owners),
            MESSAGES.c.settled_at > since - LONGEST_CALL,
            MESSAGES.c.state.in_((State.RETURNED, State.MISSED)),
            over,
        )
        .order_by(MESSAGES.c.settled_at.desc(), MESSAGES.c.id)
        .limit(MOST_SETTLED)
    )
    return [
        SettledMessage(
            number=row.id,
            mailbox=row.mailbox,
            owner=row.owner,
            state=State(row.state),
            received_at=row.received_at,
            settled_at=row.settled_at,
            caller_id=row.caller_id,
            name=row.name,
            company=row.company,
        )
        for row in session.execute(wanted)
    ]
