"""A call nobody says is over is closed when it has been silent for long enough."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from phonebot.domain.message import State
from phonebot.domain.recording import Purpose, RecordingState
from phonebot.services.calls.drafts import close_silent_drafts
from phonebot.store.database import Database
from phonebot.store.recordings import attach_recording
from phonebot.store.tables import CallRow, MessageRow, TransferRow
from tests.outside import CALL, NOW, RECORDING

FIVE = timedelta(minutes=5)


def recorded(database: Database, *, seconds: float = 4.0, state: RecordingState = RecordingState.ANNOUNCED) -> None:
    with database.write() as session:
        attach_recording(
            session,
            call_sid=CALL,
            recording_sid=RECORDING,
            seconds=seconds,
            state=state,
            purpose=Purpose.MESSAGE,
            now=NOW,
        )


def message_state(database: Database) -> str:
    with database.read() as session:
        return session.scalars(select(MessageRow)).one().state


def test_a_call_is_closed_after_five_minutes_of_silence_and_once_only(database: Database) -> None:
    recorded(database)
    assert close_silent_drafts(database, NOW + FIVE - timedelta(seconds=1)) == 0
    assert message_state(database) == State.DRAFT
    assert [close_silent_drafts(database, NOW + FIVE) for _ in range(2)] == [1, 0]
    assert message_state(database) == State.NEW
    with database.read() as session:
        assert session.get_one(CallRow, CALL).ended_at == NOW + FIVE


@pytest.mark.parametrize(("taken", "state"), [(False, State.MISSED), (True, State.PUT_THROUGH)])
def test_a_call_that_left_nothing_is_missed_unless_somebody_took_it(
    database: Database, *, taken: bool, state: State
) -> None:
    recorded(database, state=RecordingState.ABSENT)
    with database.write() as session:
        transfer = {"whom": "sue", "phone": "+447700900101", "shown": "", "started_at": NOW}
        session.add(TransferRow(call_sid=CALL, turn=1, accepted_at=NOW if taken else None, **transfer))
    close_silent_drafts(database, NOW + FIVE)
    assert message_state(database) == state
