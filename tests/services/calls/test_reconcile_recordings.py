"""What no webhook told us of is found by listing."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from phonebot.domain.outbox import JobState
from phonebot.domain.recording import RecordingState
from phonebot.domain.transcript import Hearing
from phonebot.services.calls.reconcile_recordings import FIRST_LOOK, OVERLAP, WATERMARK, reconcile
from phonebot.services.calls.recordings import fetch_recording, give_up_recording
from phonebot.simulator import Network
from phonebot.store.database import Database
from phonebot.store.media_files import FileMedia
from phonebot.store.messages import message_numbered
from phonebot.store.recordings import attach_recording
from phonebot.store.tables import CallRow, LineRow, MessageRow, OutboxRow, RecordingRow
from phonebot.store.transcripts import KeptTranscript
from phonebot.store.watermarks import move_watermark, watermark
from phonebot.telephony.errors import Unavailable
from tests.listening import leave_recording
from tests.outside import CALL, NOW, OTHER, RECORDING, client, keep, network

LINE = "+442079460100"


@pytest.fixture
def outside() -> Iterator[Network]:
    with network() as one:
        yield one


def sids(database: Database) -> list[str]:
    with database.read() as session:
        return sorted(session.scalars(select(RecordingRow.sid)))


def mark(database: Database) -> object:
    with database.read() as session:
        return watermark(session, WATERMARK)


def test_a_lost_message_is_made_with_who_rang_and_whom_and_once_only(database: Database, outside: Network) -> None:
    with database.write() as session:
        session.add(LineRow(number=LINE, answers="sue", ring=0))
    call = outside.new_call(caller="+447700900143", called=LINE)
    keep(outside, call_sid=call.sid)
    assert [reconcile(database, client(outside), NOW) for _ in range(2)] == [1, 0]
    with database.read() as session:
        message = session.scalars(select(MessageRow)).one()
        assert (message.call_sid, message.mailbox, message.caller_id) == (call.sid, "sue", "+447700900143")
        assert session.scalars(select(CallRow)).one().line == LINE
        assert [job.key for job in session.scalars(select(OutboxRow))] == [f"fetch:{RECORDING}"]


def test_a_message_of_a_call_twilio_has_forgotten_is_made_all_the_same(database: Database, outside: Network) -> None:
    keep(outside)
    outside.rest_faults.fail(403, path="/Calls/")
    assert reconcile(database, client(outside), NOW) == 1
    with database.read() as session:
        assert session.scalars(select(MessageRow)).one().mailbox == "office"


def test_after_hours_of_silence_everything_since_the_watermark_is_found(database: Database, outside: Network) -> None:
    with database.write() as session:
        move_watermark(session, WATERMARK, NOW - timedelta(hours=6))
    for hours in range(8):
        keep(outside, f"RE{hours:032x}", began=NOW - timedelta(hours=hours), call_sid=f"CA{hours:032x}", seconds=0.0)
    assert reconcile(database, client(outside), NOW) == 7
    assert mark(database) == NOW
    keep(outside, OTHER, began=NOW - OVERLAP, seconds=0.0)
    keep(outside, "RE" + "c" * 32, began=NOW - OVERLAP - timedelta(minutes=1), seconds=0.0)
    assert reconcile(database, client(outside), NOW + timedelta(minutes=5)) == 1
    assert OTHER in sids(database)


@pytest.mark.parametrize("source", ["DialVerb", "Conference", "OutboundAPI", "StartCallRecordingAPI", "Trunking"])
def test_what_our_record_verb_did_not_record_is_not_ours(database: Database, source: str) -> None:
    twilio = Listing(source=source)
    assert reconcile(database, twilio, NOW) == 0  # type: ignore[arg-type]  # lists as a client does
    assert sids(database) == []


class Listing:
    """A client whose list holds one recording: what the network of the tests never makes."""

    def __init__(self, source: str = "RecordVerb", status: str = "completed") -> None:
        self.source, self.status = source, status

    def list_recordings(self, since: object) -> Iterator[object]:
        from phonebot.telephony.client import ListedRecording  # noqa: PLC0415 - beside its one use

        yield ListedRecording(RECORDING, CALL, 2.0, self.status, NOW - timedelta(hours=1), self.source)

    def look_up_call(self, sid: str) -> None:
        return None


@pytest.mark.parametrize("status", ["in-progress", "processing", "paused", "stopped"])
def test_the_watermark_waits_for_what_twilio_has_not_finished_but_not_for_ever(database: Database, status: str) -> None:
    twilio = Listing(status=status)
    assert reconcile(database, twilio, NOW) == 0  # type: ignore[arg-type]  # as above
    assert mark(database) == NOW - timedelta(hours=1)
    days_later = NOW + timedelta(days=3)
    reconcile(database, twilio, days_later)  # type: ignore[arg-type]  # as above
    assert mark(database) == days_later - FIRST_LOOK


@pytest.mark.parametrize(("status", "made"), [("absent", 1), ("deleted", 0), ("something-new", 0)])
def test_only_what_is_there_to_stay_makes_a_row(database: Database, status: str, made: int) -> None:
    assert reconcile(database, Listing(status=status), NOW) == made  # type: ignore[arg-type]  # as above
    assert len(sids(database)) == made


def test_nothing_moves_while_twilio_cannot_be_asked(database: Database, outside: Network) -> None:
    outside.rest_faults.fail(503)
    with pytest.raises(Unavailable):
        reconcile(database, client(outside), NOW)
    assert mark(database) is None


def test_a_clock_set_back_does_not_hide_what_came_since(database: Database, outside: Network) -> None:
    with database.write() as session:
        move_watermark(session, WATERMARK, NOW + timedelta(hours=1))
    keep(outside)
    assert reconcile(database, client(outside), NOW) == 1


def test_what_was_given_up_is_fetched_again_when_twilio_lists_it(database: Database, outside: Network) -> None:
    with database.write() as session:
        attach_recording(
            session, call_sid=CALL, recording_sid=RECORDING, seconds=2.0, state=RecordingState.ANNOUNCED,
            purpose=None, now=NOW,
        )  # fmt: skip
        session.scalars(select(OutboxRow)).one().state = JobState.DEAD
    give_up_recording(database, RECORDING, "Twilio answered 401", NOW)
    keep(outside)
    assert reconcile(database, client(outside), NOW) == 1
    with database.read() as session:
        assert session.get_one(RecordingRow, RECORDING).state == RecordingState.ANNOUNCED
        assert session.scalars(select(OutboxRow)).one().state == JobState.PENDING


def test_what_was_refused_stays_marked_with_the_reason_while_it_is_tried_again(
    database: Database, outside: Network
) -> None:
    message = leave_recording(database)
    with database.write() as session:
        session.scalars(select(OutboxRow)).one().state = JobState.DEAD
    give_up_recording(database, RECORDING, "what came is empty", NOW)
    keep(outside)
    marked = KeptTranscript(RECORDING, Hearing.MISSING, reason="what came is empty")
    for again in (1, 0):
        assert reconcile(database, client(outside), NOW) == again
        with database.read() as session:
            kept = message_numbered(session, message)
            assert session.get_one(RecordingRow, RECORDING).state == RecordingState.ANNOUNCED
        assert kept is not None
        assert kept.heard == marked
        assert kept.recording is not None
        assert kept.recording.refused


def test_what_comes_after_all_is_marked_no_longer(database: Database, outside: Network, tmp_path: Path) -> None:
    message = leave_recording(database)
    give_up_recording(database, RECORDING, "what came is empty", NOW)
    keep(outside)
    reconcile(database, client(outside), NOW)
    fetch_recording(database, client(outside), FileMedia(tmp_path), RECORDING, NOW)
    with database.read() as session:
        kept = message_numbered(session, message)
    assert kept is not None
    assert kept.recording is not None
    assert (kept.heard, kept.recording.refused) == (None, False)
