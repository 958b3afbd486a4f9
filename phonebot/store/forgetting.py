"""Taking out of the database what may be kept no longer: audio first, then words; counts and histories stay."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Table, delete, null, or_, select, update
from sqlalchemy.orm import Session

from phonebot.domain.message import State
from phonebot.domain.outbox import JobKind, recording_key
from phonebot.domain.recording import RecordingState
from phonebot.domain.texting import TextState
from phonebot.store import outbox
from phonebot.store.tables import (
    AttemptRow,
    CallRow,
    CommitmentRow,
    ConsentRow,
    MessageRow,
    ReceivedTextRow,
    RecordingRow,
    TextRow,
    TransferRow,
    VerdictRow,
    WebhookRow,
    table_of,
)
from phonebot.store.transcripts import drop_replaced, drop_transcripts

MESSAGES, RECORDINGS, CALLS = table_of(MessageRow), table_of(RecordingRow), table_of(CallRow)
GONE = (RecordingState.UNWANTED, RecordingState.DELETED)

OF_THE_CALLER = ("caller_id", "name", "company", "number", "business", "window_said")
"""Columns of a message that hold who its caller is and what they said. When they would like the call says neither."""


def with_audio(session: Session, since: datetime, until: datetime, most: int) -> list[tuple[str, datetime]]:
    """Recordings of messages settled between two instants that are not gone yet, and when those were settled."""
    settled = (MESSAGES.c.settled_at >= since, MESSAGES.c.settled_at <= until, MESSAGES.c.blanked_at.is_(None))
    wanted = (
        select(RECORDINGS.c.sid, MESSAGES.c.settled_at)
        .join(MESSAGES, MESSAGES.c.id == RECORDINGS.c.message_id)
        .where(*settled, RECORDINGS.c.state.not_in(GONE))
    )
    rows = session.execute(wanted.order_by(MESSAGES.c.settled_at, RECORDINGS.c.sid).limit(most))
    return [(row.sid, row.settled_at) for row in rows]


def want_no_more(session: Session, sids: Sequence[str], now: datetime) -> None:
    """These recordings are to be deleted, here and at Twilio, whatever else becomes of them."""
    drop_replaced(session, sids)
    session.execute(update(RECORDINGS).where(RECORDINGS.c.sid.in_(sids)).values(state=RecordingState.UNWANTED))
    kind = JobKind.DELETE_RECORDING
    outbox.put_all(session, [(kind, recording_key(kind, sid), {"sid": sid}) for sid in sids], now=now)
    for sid in sids:
        # A deletion that was thought of before, and came to nothing, is due again.
        outbox.revive(session, recording_key(kind, sid), now)


def recordings_of(session: Session, numbers: Sequence[int]) -> list[str]:
    """The recordings of these messages (rows) that are not gone yet."""
    of_them = (RECORDINGS.c.message_id.in_(numbers), RECORDINGS.c.state.not_in(GONE))
    return list(session.scalars(select(RECORDINGS.c.sid).where(*of_them)))


def with_words(session: Session, settled_before: datetime, most: int) -> list[int]:
    """Messages (rows) settled before then that still hold what their callers left."""
    old = (MESSAGES.c.settled_at < settled_before, MESSAGES.c.blanked_at.is_(None))
    return list(session.scalars(select(MESSAGES.c.id).where(*old).order_by(MESSAGES.c.settled_at).limit(most)))


def messages_from(session: Session, number: str) -> list[int]:
    """The messages (rows) of calls that are over which came from that number (E.164), or name it to be called on."""
    from_it = or_(MESSAGES.c.caller_id == number, MESSAGES.c.number == number)
    return list(session.scalars(select(MESSAGES.c.id).where(from_it, MESSAGES.c.state != State.DRAFT)))


def blank(session: Session, numbers: Sequence[int], now: datetime) -> None:
    """Take out of these messages (rows), and of their calls, all that their callers said and were."""
    calls = list(session.scalars(select(MESSAGES.c.call_sid).where(MESSAGES.c.id.in_(numbers))))
    nothing = {column: null() for column in OF_THE_CALLER}
    session.execute(update(MESSAGES).where(MESSAGES.c.id.in_(numbers)).values(**nothing, blanked_at=now))
    blank_calls(session, calls)
    drop_transcripts(session, numbers)
    for row, values in (
        (CommitmentRow, {"words": ""}),
        (AttemptRow, {"phone": None, "note": None}),
        (TextRow, {"number": None, "words": ""}),
        (ReceivedTextRow, {"number": None, "words": ""}),
        (VerdictRow, {"number": None}),
    ):
        table = table_of(row)
        session.execute(update(table).where(table.c.message_id.in_(numbers)).values(**values))


def blank_calls(session: Session, sids: Sequence[str]) -> None:
    """Take out of these calls who rang, what was said, and what was posted and answered."""
    session.execute(update(CALLS).where(CALLS.c.sid.in_(sids)).values(caller=None, dialogue={}))
    webhooks, transfers = table_of(WebhookRow), table_of(TransferRow)
    session.execute(update(webhooks).where(webhooks.c.call_sid.in_(sids)).values(posted=None, answer=None))
    session.execute(update(transfers).where(transfers.c.call_sid.in_(sids)).values(shown=""))


def blank_number(session: Session, number: str) -> None:
    """Take a number (E.164) out of all that is tied to no message: its calls, its texts, what it agreed to."""
    over = (CALLS.c.caller == number, CALLS.c.ended_at.is_not(None))
    blank_calls(session, list(session.scalars(select(CALLS.c.sid).where(*over))))
    consents = table_of(ConsentRow)
    session.execute(delete(consents).where(_is(consents, number)))
    for row, values in (
        (TextRow, {"number": None, "words": ""}),
        (ReceivedTextRow, {"number": None, "words": ""}),
        (AttemptRow, {"phone": None, "note": None}),
        (VerdictRow, {"number": None}),
    ):
        table = table_of(row)
        session.execute(update(table).where(_is(table, number)).values(**values))


def blank_texts_to_staff(session: Session, before: datetime) -> None:
    """Take the words out of texts to staff made before then, whoever they were about, but for those yet to be sent."""
    texts = table_of(TextRow)
    over = (texts.c.person_id.is_not(None), texts.c.made_at < before, texts.c.state != TextState.WAITING)
    session.execute(update(texts).where(*over, texts.c.words != "").values(words=""))


def _is(table: Table, number: str) -> ColumnElement[bool]:
    return (table.c.phone if "phone" in table.c else table.c.number) == number
