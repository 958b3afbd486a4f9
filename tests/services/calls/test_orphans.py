"""Files and rows are brought together again."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from phonebot.domain.recording import Purpose, RecordingState
from phonebot.services.calls.orphans import sweep_orphans
from phonebot.store.audio import mark_deleted, refuse_recording, store_fetched
from phonebot.store.database import Database
from phonebot.store.media_files import FileMedia
from phonebot.store.recordings import attach_recording
from phonebot.store.tables import OutboxRow, RecordingRow
from tests.outside import CALL, NOW, RECORDING, SPEECH


@pytest.fixture
def media(tmp_path: Path) -> FileMedia:
    return FileMedia(tmp_path / "media")


def published(media: FileMedia, *, age: timedelta = timedelta(hours=2)) -> str:
    path = media.publish(media.receive(RECORDING, iter([SPEECH])), "wav", lambda _: None)
    assert path is not None
    written = (NOW - age).timestamp()
    os.utime(media.path_of(path), (written, written))
    return path


def announced(database: Database, *, path: str | None = None) -> None:
    with database.write() as session:
        attach_recording(
            session, call_sid=CALL, recording_sid=RECORDING, seconds=2.0, state=RecordingState.ANNOUNCED,
            purpose=Purpose.MESSAGE, now=NOW,
        )  # fmt: skip
        if path is not None:
            store_fetched(session, RECORDING, seconds=2, speech_seconds=2, path=path, sha256="0" * 64, now=NOW)
            session.scalars(select(OutboxRow)).one().state = "done"


def now_is(database: Database) -> tuple[str, str]:
    with database.read() as session:
        return session.get_one(RecordingRow, RECORDING).state, session.scalars(select(OutboxRow)).one().state


def test_what_is_in_its_place_stays(database: Database, media: FileMedia) -> None:
    path = published(media)
    announced(database, path=path)
    assert sweep_orphans(database, media, NOW) == 0
    assert media.path_of(path).exists()
    assert now_is(database) == ("fetched", "done")


def test_a_row_that_points_to_nothing_has_its_recording_fetched_again(database: Database, media: FileMedia) -> None:
    announced(database, path=f"aa/{RECORDING}.wav")
    assert [sweep_orphans(database, media, NOW) for _ in range(2)] == [1, 0]
    assert now_is(database) == ("announced", "pending")


def test_a_file_whose_recording_was_given_up_is_given_back_to_its_job(database: Database, media: FileMedia) -> None:
    path = published(media)
    announced(database)
    with database.write() as session:
        refuse_recording(session, RECORDING, "Twilio answered 401", NOW)
        session.scalars(select(OutboxRow)).one().state = "dead"
    assert sweep_orphans(database, media, NOW) == 1
    assert media.path_of(path).exists()
    assert now_is(database) == ("announced", "pending")


def test_the_file_of_a_deleted_recording_is_removed_once_it_is_no_longer_new(
    database: Database, media: FileMedia
) -> None:
    path = published(media, age=timedelta(minutes=5))
    announced(database)
    with database.write() as session:
        mark_deleted(session, RECORDING, NOW)
    assert sweep_orphans(database, media, NOW) == 0
    assert sweep_orphans(database, media, NOW + timedelta(hours=1)) == 1
    assert not media.path_of(path).exists()


def test_a_file_no_row_knows_is_kept_for_a_week(database: Database, media: FileMedia) -> None:
    path = published(media)
    assert sweep_orphans(database, media, NOW) == 0
    assert media.path_of(path).exists()
    assert sweep_orphans(database, media, NOW + timedelta(days=8)) == 1
    assert not media.path_of(path).exists()
