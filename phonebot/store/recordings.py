"""Recordings as rows: announced once, tied to their message, replaced, and weighed for whether anybody spoke."""

from datetime import datetime
from typing import Final

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from phonebot.domain.message import Answers, State, state_when_over
from phonebot.domain.office import RECEPTION
from phonebot.domain.outbox import JobKind, recording_key
from phonebot.domain.phone import caller_id
from phonebot.domain.recording import LEAST_SPEECH, RECORDING_SID, Purpose, RecordingState, holds_words
from phonebot.store import outbox
from phonebot.store.once import insert_once
from phonebot.store.tables import CallRow, LineRow, MessageRow, OfficeRow, RecordingRow, TransferRow

GONE: Final = (RecordingState.REPLACED, RecordingState.UNWANTED, RecordingState.DELETED)
UNTOUCHED: Final = (State.NEW, State.MISSED, State.PUT_THROUGH)

USUAL_REGION: Final = "GB"
"""Whose rules numbers are read by before an office is loaded."""

log = structlog.get_logger(__name__)


def attach_recording(
    session: Session,
    *,
    call_sid: str,
    recording_sid: str,
    seconds: float | None,
    state: RecordingState,
    purpose: Purpose | None,
    now: datetime,
    line: str | None = None,
    caller: str | None = None,
    cut_off: bool = False,
) -> None:
    """Take in that a recording was announced, or was found absent; any number of times, in any order.

    Call it for the Record action, for the recording webhook and for what Twilio lists. `purpose` is None
    where the teller does not know it; what is known wins over what is not. `line` and `caller` serve only to make a
    call nobody has told us of. A sid that is not one of Twilio's is logged and ignored.
    """
    if not RECORDING_SID.fullmatch(recording_sid):
        log.warning("recording-sid-refused", call=call_sid)
        return
    message = _message_of(session, call_sid, line, caller, now)
    row = _recording_row(session, recording_sid, call_sid, message, now)
    if row.call_sid != call_sid:
        log.warning("recording-of-another-call", call=call_sid, recording=recording_sid)
        return
    if purpose is not None:
        row.purpose = purpose
    row.cut_off = row.cut_off or cut_off
    if seconds is not None and row.fetched_at is None:
        # The action's length is taken before silence is trimmed; this is the trimmed one, and it wins.
        row.seconds = seconds
    if state is RecordingState.ABSENT and row.state == RecordingState.ANNOUNCED:
        row.state = RecordingState.ABSENT
    if row.state == RecordingState.ANNOUNCED:
        kind = JobKind.FETCH_RECORDING
        outbox.put(session, kind, recording_key(kind, recording_sid), {"sid": recording_sid}, due_at=now, now=now)
    session.flush()
    weigh_message(session, row.message_id)


def _message_of(session: Session, call_sid: str, line: str | None, caller: str | None, now: datetime) -> MessageRow:
    """The call's newest message; the call and the message are made if there is none."""
    insert_once(
        session,
        CallRow,
        sid=call_sid,
        line=line or "",
        caller=caller,
        dialogue={},
        turn=0,
        started_at=now,
        touched_at=now,
    )
    call = session.scalars(select(CallRow).where(CallRow.sid == call_sid).with_for_update()).one()
    newest = select(MessageRow).where(MessageRow.call_sid == call_sid).order_by(MessageRow.id.desc()).limit(1)
    message = session.scalars(newest).first()
    if message is not None:
        return message
    answers = session.scalars(select(LineRow.answers).where(LineRow.number == call.line)).first()
    insert_once(
        session,
        MessageRow,
        call_sid=call_sid,
        mailbox=answers or RECEPTION,
        state=State.DRAFT if call.ended_at is None else State.MISSED,
        complete=False,
        received_at=now,
        caller_id=_usable(session, call.caller),
    )
    return session.scalars(newest).one()


def _usable(session: Session, caller: str | None) -> str | None:
    """The caller's number as E.164, by the office's region, where it is one that can be rung."""
    region = session.scalars(select(OfficeRow.region)).first()
    return caller_id(caller, region or USUAL_REGION).e164


def _recording_row(session: Session, sid: str, call_sid: str, message: MessageRow, now: datetime) -> RecordingRow:
    insert_once(
        session,
        RecordingRow,
        sid=sid,
        call_sid=call_sid,
        message_id=message.id,
        purpose=Purpose.MESSAGE,
        state=RecordingState.ANNOUNCED,
        cut_off=False,
        announced_at=now,
    )
    return session.scalars(select(RecordingRow).where(RecordingRow.sid == sid).with_for_update()).one()


def siblings(session: Session, row: RecordingRow) -> list[RecordingRow]:
    """The message's other recordings of the same purpose that have not been replaced or deleted."""
    others = _of_message(session, row.message_id)
    return [one for one in others if one.sid != row.sid and one.purpose == row.purpose and one.state not in GONE]


def _of_message(session: Session, message_id: int | None) -> list[RecordingRow]:
    rows = select(RecordingRow).where(RecordingRow.message_id == message_id).order_by(RecordingRow.announced_at)
    return list(session.scalars(rows)) if message_id is not None else []


def _anything_recorded(session: Session, message_id: int) -> bool:
    """Whether any recording of the message holds words, as far as is known: by its length until it has been heard."""
    return any(_may_hold_words(row) for row in _of_message(session, message_id))


def _may_hold_words(row: RecordingRow) -> bool:
    if row.state in {RecordingState.ANNOUNCED, RecordingState.REFUSED}:
        return row.seconds is None or holds_words(Purpose(row.purpose), row.seconds)
    heard = row.state == RecordingState.FETCHED and (row.speech_seconds or 0.0) >= LEAST_SPEECH
    return heard and holds_words(Purpose(row.purpose), row.seconds or 0.0)


def weigh_message(session: Session, message_id: int | None) -> None:
    """Set a message of a call that is over to new, missed or put through, by what is known now.

    One whose call is not over, or that staff have begun to deal with, is left as it is.
    """
    session.flush()
    # Statements may have changed the row behind an object that was loaded before them.
    message = None if message_id is None else session.get(MessageRow, message_id, populate_existing=True)
    if message is None or message.state not in UNTOUCHED:
        return
    before = message.state
    message.state = state_when_over(
        Answers(message.name, message.company, message.number, message.business, message.window_said),
        recorded=_anything_recorded(session, message.id),
        put_through=_was_put_through(session, message.call_sid),
    )
    if message.state != before:
        # The worker takes it in anew, and so what the call left stands in its history too.
        message.owner = None
    session.flush()


def _was_put_through(session: Session, call_sid: str) -> bool:
    """Whether somebody took the call: the dialogue says so, or a transfer does that the dialogue never heard of."""
    call = session.get(CallRow, call_sid, populate_existing=True)
    taken = (TransferRow.call_sid == call_sid, TransferRow.accepted_at.is_not(None))
    return (call is not None and bool(call.dialogue.get("connected"))) or (
        session.scalars(select(TransferRow.id).where(*taken).limit(1)).first() is not None
    )
