"""Where audio is kept: durable before its row says so, seen by us alone, and nothing half written."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from phonebot.store.database import Database
from phonebot.store.media import MEDIA_RENAMED, MEDIA_WRITTEN, Media
from phonebot.store.media_database import DatabaseMedia
from phonebot.store.media_files import FileMedia
from tests.outside import RECORDING

LATER = datetime.now(UTC) + timedelta(days=1)


@pytest.fixture
def files(tmp_path: Path) -> FileMedia:
    return FileMedia(tmp_path / "var" / "media")


@pytest.fixture(params=["files", "database"])
def media(request: pytest.FixtureRequest, files: FileMedia, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Media:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return files if request.param == "files" else DatabaseMedia()


def kept(media: Media, database: Database, sound: bytes = b"sound") -> str | None:
    received = media.receive(RECORDING, iter([sound[:2], sound[2:]]))
    assert received.sha256 == hashlib.sha256(sound).hexdigest()
    path = media.publish(received, "wav", lambda _: None)
    with database.write() as session:
        media.keep(session, received)
    media.clear(received)
    return path


def test_what_was_kept_is_read_again_and_what_was_forgotten_is_gone(media: Media, database: Database) -> None:
    path = kept(media, database)
    assert kept(media, database) == path
    with database.read() as session:
        assert media.has(session, RECORDING, path)
        assert media.read(session, RECORDING, path) == b"sound"
    with database.write() as session:
        media.forget(session, RECORDING)
    media.erase(path)
    media.erase(path)
    with database.read() as session:
        assert not media.has(session, RECORDING, path) or path is None
        assert media.read(session, RECORDING, path) is None


def test_what_breaks_off_leaves_nothing_behind(media: Media, tmp_path: Path) -> None:
    def breaks() -> Iterator[bytes]:
        yield b"RIFF"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        media.receive(RECORDING, breaks())
    assert [path for path in tmp_path.rglob("*") if path.is_file() and path.suffix == ".part"] == []


def test_what_a_killed_worker_left_half_written_is_swept_when_it_is_old(media: Media) -> None:
    media.receive(RECORDING, iter([b"sound"]))
    assert media.sweep(datetime.now(UTC) - timedelta(hours=1)) == 0
    assert media.sweep(LATER) == 1
    assert media.sweep(LATER) == 0


def test_a_file_is_ours_alone_and_named_by_its_sid(files: FileMedia) -> None:
    reached: list[str] = []
    received = files.receive(RECORDING, iter([b"sound"]))
    path = files.publish(received, "wav", reached.append)
    assert path == f"aa/{RECORDING}.wav"
    assert reached == [MEDIA_WRITTEN, MEDIA_RENAMED]
    there = files.path_of(path)
    assert there.stat().st_mode & 0o777 == 0o600
    for folder in (there.parent, files.folder, files.folder.parent):
        assert folder.stat().st_mode & 0o777 == 0o700
    assert [file.name for file in there.parent.iterdir()] == [f"{RECORDING}.wav"]


def test_a_file_published_before_a_crash_is_found(files: FileMedia) -> None:
    assert files.find(RECORDING) is None
    received = files.receive(RECORDING, iter([b"sound"]))
    assert files.find(RECORDING) is None
    path = files.publish(received, "wav", lambda _: None)
    found = files.find(RECORDING)
    assert found is not None
    assert (found.sha256, files.publish(found, "wav", lambda _: None)) == (received.sha256, path)
    files.clear(found)
    assert [(one.sid, one.path) for one in files.kept_files()] == [(RECORDING, path)]


@pytest.mark.parametrize("sid", ["../../etc/passwd", "RE..", "", "RE" + "a" * 31])
def test_a_name_that_is_no_sid_never_becomes_a_path(files: FileMedia, sid: str) -> None:
    with pytest.raises(ValueError, match="sid"):
        files.receive(sid, iter([b"sound"]))


def test_a_disk_that_is_full_leaves_nothing_behind(files: FileMedia) -> None:
    child = os.fork()
    if child == 0:
        os._exit(_fill_up(files))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert [path for path in files.folder.rglob("*") if path.is_file()] == []


def _fill_up(files: FileMedia) -> int:
    """In a child: no file may grow past 1000 bytes, as on a disk that is full; 0 if that was said and nothing else."""
    import resource  # noqa: PLC0415 - only the child limits itself

    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
    try:
        files.receive(RECORDING, iter([bytes(500_000)]))
    except OSError:
        return 0
    return 1


def aside(media: Media, database: Database) -> bytes | None:
    with database.read() as session:
        received = media.lend_aside(session, RECORDING)
    if received is None:
        return None
    came = received.file.read_bytes()
    assert received.sha256 == hashlib.sha256(came).hexdigest()
    media.clear(received)
    return came


def set_aside(media: Media, database: Database, came: bytes) -> None:
    received = media.receive(RECORDING, iter([came]))
    with database.write() as session:
        media.set_aside(session, received)
    media.clear(received)


def test_what_is_no_recording_is_set_aside_and_the_newest_stays(media: Media, database: Database) -> None:
    assert aside(media, database) is None
    for came in (b"<html>", b"<html>again", b""):
        set_aside(media, database, came)
    assert aside(media, database) in {b"<html>again", None}
    assert media.find(RECORDING) is None
    assert list(media.kept_files()) == []
    with database.read() as session:
        assert media.read(session, RECORDING, None) is None


@pytest.mark.parametrize("then", ["comes", "is forgotten"])
def test_what_was_set_aside_goes_when_the_recording_comes_or_is_forgotten(
    media: Media, database: Database, then: str
) -> None:
    set_aside(media, database, b"<html>")
    assert aside(media, database) == b"<html>"
    if then == "comes":
        kept(media, database)
    else:
        with database.write() as session:
            media.forget(session, RECORDING)
    assert aside(media, database) is None


def test_what_is_set_aside_in_a_file_is_seen_by_us_alone(files: FileMedia, database: Database) -> None:
    set_aside(files, database, b"<html>")
    file = files.folder / "refused" / RECORDING
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)


@pytest.mark.parametrize("came", [b"sound", None])
def test_audio_is_lent_as_a_file_for_a_while(media: Media, database: Database, came: bytes | None) -> None:
    path = kept(media, database) if came else None
    with database.read() as session, media.lend(session, RECORDING, path) as file:
        assert (file and file.read_bytes()) == came
        assert file is None or file.stat().st_mode & 0o777 == 0o600
    assert file is None or file.exists() is (path is not None)
