"""Fetching what was announced: whole, once, and only what is audio."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from phonebot.dialog.heard import Recorded
from phonebot.domain.message import State
from phonebot.domain.recording import Purpose, RecordingState
from phonebot.services.calls.recordings import delete_recording, fetch_recording, give_up_recording
from phonebot.services.not_yet import NotYet
from phonebot.simulator import Network
from phonebot.simulator.audio import silence
from phonebot.store.announcements import Announcement, announce
from phonebot.store.calls import close_by_sid
from phonebot.store.database import Database
from phonebot.store.media import Media
from phonebot.store.media_database import DatabaseMedia
from phonebot.store.media_files import FileMedia
from phonebot.store.recordings import attach_recording
from phonebot.store.tables import CallRow, EventRow, MessageRow, RecordingRow
from phonebot.telephony.errors import NotThere
from phonebot.telephony.recordings import NotAudio
from tests.outside import CALL, NOW, OTHER, RECORDING, SPEECH, client, keep, network


@pytest.fixture
def outside() -> Iterator[Network]:
    with network() as one:
        yield one


@pytest.fixture(params=["files", "database"])
def media(request: pytest.FixtureRequest, tmp_path: Path) -> Media:
    return FileMedia(tmp_path / "media") if request.param == "files" else DatabaseMedia()


def announced(database: Database, *sids: str, over: bool = True) -> None:
    """A call in which these were recorded, and nothing else was given."""
    with database.write() as session:
        for sid in sids:
            attach_recording(
                session, call_sid=CALL, recording_sid=sid, seconds=2.0, state=RecordingState.ANNOUNCED,
                purpose=Purpose.MESSAGE, now=NOW,
            )  # fmt: skip
        if over:
            session.get_one(CallRow, CALL).ended_at = NOW
            session.scalars(select(MessageRow)).one().state = State.NEW


def row(database: Database, sid: str = RECORDING) -> RecordingRow:
    with database.read() as session:
        return session.get_one(RecordingRow, sid)


def message_state(database: Database) -> str:
    with database.read() as session:
        return session.scalars(select(MessageRow)).one().state


def kept_sound(database: Database, media: Media, sid: str = RECORDING) -> bytes | None:
    with database.read() as session:
        return media.read(session, sid, session.get_one(RecordingRow, sid).path)


def test_a_recording_is_fetched_kept_and_somebody_is_heard_in_it(
    database: Database, media: Media, outside: Network
) -> None:
    announced(database, RECORDING)
    keep(outside)
    for _ in range(2):
        fetch_recording(database, client(outside), media, RECORDING, NOW)
    fetched = row(database)
    assert (fetched.state, fetched.seconds, fetched.fetched_at) == (RecordingState.FETCHED, 2.0, NOW)
    assert (fetched.speech_seconds or 0) > 1
    assert kept_sound(database, media) == SPEECH
    assert outside.archive.kept[RECORDING].tries == 1
    assert message_state(database) == State.NEW
    with database.read() as session:
        assert [event.kind for event in session.scalars(select(EventRow))] == ["recording-fetched"]


def test_a_recording_in_which_nobody_speaks_makes_a_missed_call(
    database: Database, media: Media, outside: Network
) -> None:
    announced(database, RECORDING)
    keep(outside, sound=silence(3), seconds=3.0)
    fetch_recording(database, client(outside), media, RECORDING, NOW)
    assert row(database).speech_seconds == 0.0
    assert message_state(database) == State.MISSED


def test_what_is_not_ready_changes_nothing_and_comes_the_next_time(
    database: Database, media: Media, outside: Network
) -> None:
    announced(database, RECORDING)
    keep(outside)
    outside.archive.delays = outside.archive.delays.__class__(refused_fetches=1)
    with pytest.raises(NotThere):
        fetch_recording(database, client(outside), media, RECORDING, NOW)
    assert row(database).state == RecordingState.ANNOUNCED
    fetch_recording(database, client(outside), media, RECORDING, NOW)
    assert row(database).state == RecordingState.FETCHED


@pytest.mark.parametrize("came", [b"", SPEECH[:44], SPEECH[:5000], b"<html>Sign in</html>"])
def test_what_is_no_audio_is_not_kept_as_audio_and_the_message_stays_listed(
    database: Database, media: Media, outside: Network, came: bytes, tmp_path: Path
) -> None:
    announced(database, RECORDING)
    keep(outside, sound=came)
    with pytest.raises(NotAudio):
        fetch_recording(database, client(outside), media, RECORDING, NOW)
    assert row(database).state == RecordingState.ANNOUNCED
    files = [path for path in (tmp_path / "media").rglob("*") if path.is_file()]
    assert {path.parent.name for path in files} <= {"refused"}
    assert kept_sound(database, media) is None
    give_up_recording(database, RECORDING, "what came is empty", NOW)
    assert (row(database).state, row(database).reason) == (RecordingState.REFUSED, "what came is empty")
    assert message_state(database) == State.NEW


def test_a_file_left_by_a_crash_is_linked_without_asking_twilio(
    database: Database, outside: Network, tmp_path: Path
) -> None:
    announced(database, RECORDING)
    media = FileMedia(tmp_path / "media")
    media.publish(media.receive(RECORDING, iter([SPEECH])), "wav", lambda _: None)
    fetch_recording(database, client(outside), media, RECORDING, NOW)
    assert kept_sound(database, media) == SPEECH
    assert RECORDING not in outside.archive.kept


def test_a_broken_file_left_by_a_crash_is_fetched_afresh(database: Database, outside: Network, tmp_path: Path) -> None:
    announced(database, RECORDING)
    keep(outside)
    media = FileMedia(tmp_path / "media")
    media.publish(media.receive(RECORDING, iter([SPEECH[:1000]])), "wav", lambda _: None)
    with pytest.raises(NotAudio):
        fetch_recording(database, client(outside), media, RECORDING, NOW)
    fetch_recording(database, client(outside), media, RECORDING, NOW)
    assert kept_sound(database, media) == SPEECH


def test_nothing_is_fetched_that_nobody_announced(database: Database, media: Media, outside: Network) -> None:
    keep(outside)
    fetch_recording(database, client(outside), media, RECORDING, NOW)
    assert outside.archive.kept[RECORDING].tries == 0


def replaced(database: Database, outside: Network) -> None:
    announced(database, RECORDING, OTHER, over=False)
    keep(outside)
    keep(outside, OTHER)
    with database.write() as session:
        again = Announcement(CALL, Recorded(OTHER, 5.0), Purpose.MESSAGE, cut_off=False)
        announce(session, again, replaces=[RECORDING], now=NOW)
        close_by_sid(session, CALL, NOW)


def test_a_replaced_recording_is_deleted_here_and_there_once_its_successor_is_here(
    database: Database, media: Media, outside: Network
) -> None:
    announced(database, RECORDING, over=False)
    keep(outside)
    fetch_recording(database, client(outside), media, RECORDING, NOW)
    replaced(database, outside)
    with pytest.raises(NotYet):
        delete_recording(database, client(outside), media, RECORDING, NOW)
    assert outside.archive.kept[RECORDING].status == "completed"
    fetch_recording(database, client(outside), media, OTHER, NOW)
    for _ in range(2):
        delete_recording(database, client(outside), media, RECORDING, NOW)
    assert outside.archive.kept[RECORDING].status == "deleted"
    assert outside.archive.kept[OTHER].status == "completed"
    assert (row(database).state, row(database).path) == (RecordingState.DELETED, None)
    assert kept_sound(database, media) is None
    assert kept_sound(database, media, OTHER) == SPEECH


def test_a_replaced_recording_is_kept_where_its_successor_is_silent(
    database: Database, media: Media, outside: Network
) -> None:
    replaced(database, outside)
    keep(outside, OTHER, sound=silence(2))
    fetch_recording(database, client(outside), media, OTHER, NOW)
    delete_recording(database, client(outside), media, RECORDING, NOW)
    assert outside.archive.kept[RECORDING].status == "completed"
    fetch_recording(database, client(outside), media, RECORDING, NOW)
    assert kept_sound(database, media) == SPEECH
