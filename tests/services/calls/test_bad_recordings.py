"""Whatever comes in place of a recording is kept and marked, its message delivered, and the worker unharmed."""

import io
import random
import struct
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
import soundfile
from sqlalchemy import select
from werkzeug.wrappers import Request, Response

from phonebot.app import make_worker
from phonebot.domain.message import State
from phonebot.domain.outbox import JobKind
from phonebot.domain.recording import RecordingState
from phonebot.domain.transcript import Hearing
from phonebot.services.calls.recordings import fetch_recording, make_do
from phonebot.simulator import Network
from phonebot.store.audio import want_again
from phonebot.store.database import Database
from phonebot.store.forgetting import want_no_more
from phonebot.store.media import Media
from phonebot.store.media_database import DatabaseMedia
from phonebot.store.media_files import FileMedia
from phonebot.store.tables import MessageRow, OutboxRow, RecordingRow
from phonebot.store.transcripts import KeptTranscript, transcript_of
from phonebot.telephony.client import MEGABYTE, MOST_BYTES, TwilioClient
from phonebot.telephony.errors import Refused
from phonebot.telephony.recordings import NotAudio, check_audio
from tests.left_messages import load_office
from tests.listening import Listener, leave_recording
from tests.outside import NOW, RECORDING, SPEECH, client, keep, network, settings
from tests.running import Clock
from tests.telephony.answering import server

NOISE = random.Random(5).randbytes(40_000)
PAGE = b"<!DOCTYPE html><html><title>Sign in</title></html>"
HALF = SPEECH[: len(SPEECH) // 2]


def as_mp3() -> bytes:
    file = io.BytesIO()
    soundfile.write(file, soundfile.read(io.BytesIO(SPEECH))[0], 8000, format="MP3")
    return file.getvalue()


BAD = {
    "empty": (b"", "is empty"),
    "its header only": (SPEECH[:44], "holds no sound"),
    "half a header": (SPEECH[:30], "holds no sound"),
    "a header that says nothing follows": (SPEECH[:40] + struct.pack("<I", 0), "holds no sound"),
    "a page": (PAGE, "is a page, not a recording"),
    "an error": (b'{"code": 20404, "status": 404}', "is neither WAV nor MP3"),
    "noise": (NOISE, "is neither WAV nor MP3"),
    "noise in a WAV's clothes": (b"RIFF" + struct.pack("<I", len(NOISE)) + b"WAVE" + NOISE, "holds no sound"),
    "noise for a format": (SPEECH[:20] + NOISE[:16] + SPEECH[36:], "cannot be decoded"),
    "a rate of 100 MHz": (
        SPEECH[:24] + struct.pack("<I", 100_000_000) + SPEECH[28:],
        "has a rate at which nothing is recorded",
    ),
    "an MP3 that is none": (b"ID3" + bytes(20_000), "cannot be decoded"),
}


@pytest.fixture
def outside() -> Iterator[Network]:
    with network() as one:
        yield one


@pytest.fixture(params=["files", "database"])
def media(request: pytest.FixtureRequest, tmp_path: Path) -> Media:
    return FileMedia(tmp_path / "media") if request.param == "files" else DatabaseMedia()


def the_recording(database: Database) -> RecordingRow:
    with database.read() as session:
        return session.get_one(RecordingRow, RECORDING)


def hearing(database: Database, message: int) -> KeptTranscript | None:
    with database.read() as session:
        return transcript_of(session, message)


def came(database: Database, media: Media) -> bytes | None:
    """What was set aside."""
    with database.read() as session:
        received = media.lend_aside(session, RECORDING)
    if received is None:
        return None
    found = received.file.read_bytes()
    media.clear(received)
    return found


def fetch_in_vain(database: Database, media: Media, outside: Network) -> str:
    """Fetch and give up, as the worker does; the reason."""
    with pytest.raises(NotAudio) as why:
        fetch_recording(database, client(outside), media, RECORDING, NOW, transcribes=True)
    reason = f"what came {why.value}"
    make_do(database, media, RECORDING, reason, NOW, transcribes=True)
    return reason


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_recording_is_set_aside_marked_and_never_heard_as_one(
    database: Database, media: Media, outside: Network, what: str
) -> None:
    sound, why = BAD[what]
    message = leave_recording(database)
    keep(outside, sound=sound)
    reason = fetch_in_vain(database, media, outside)
    assert reason == f"what came {why}"
    row = the_recording(database)
    assert (row.state, row.reason, row.path) == (RecordingState.REFUSED, reason, None)
    assert hearing(database, message) == KeptTranscript(RECORDING, Hearing.MISSING, reason=reason)
    assert came(database, media) == (sound or None)
    with database.read() as session:
        assert media.read(session, RECORDING, row.path) is None
        assert session.get_one(MessageRow, message).state == State.NEW


@pytest.mark.parametrize("kind", ["mp3", "wav"])
def test_a_mislabelled_recording_is_kept_as_what_it_is(
    database: Database, outside: Network, tmp_path: Path, kind: str
) -> None:
    """It is always asked for as WAV; and whatever its name says, what it holds counts."""
    leave_recording(database)
    sound = as_mp3() if kind == "mp3" else SPEECH
    keep(outside, sound=sound)
    media = FileMedia(tmp_path / "media")
    fetch_recording(database, client(outside), media, RECORDING, NOW)
    row = the_recording(database)
    assert (row.state, (row.path or "").rpartition(".")[2]) == (RecordingState.FETCHED, kind)
    assert (row.speech_seconds or 0) > 0.5
    wrong = tmp_path / f"came.{'wav' if kind == 'mp3' else 'mp3'}"
    wrong.write_bytes(sound)
    assert check_audio(wrong).kind == kind


def test_half_a_recording_is_better_than_none_and_is_marked(database: Database, media: Media, outside: Network) -> None:
    message = leave_recording(database)
    keep(outside, sound=HALF)
    fetch_in_vain(database, media, outside)
    row = the_recording(database)
    assert (row.state, row.cut_off, row.reason) == (RecordingState.FETCHED, True, "what came is cut short")
    assert row.seconds == pytest.approx(1.0, abs=0.05)
    assert hearing(database, message) == KeptTranscript(RECORDING, Hearing.PENDING)
    with database.read() as session:
        assert media.read(session, RECORDING, row.path) == HALF
    assert came(database, media) is None


def test_the_whole_of_it_comes_in_place_of_what_was_refused(database: Database, media: Media, outside: Network) -> None:
    leave_recording(database)
    keep(outside, sound=PAGE)
    fetch_in_vain(database, media, outside)
    with database.write() as session:
        want_again(session, RECORDING, NOW)
    keep(outside)
    fetch_recording(database, client(outside), media, RECORDING, NOW)
    row = the_recording(database)
    assert (row.state, row.reason) == (RecordingState.FETCHED, None)
    assert came(database, media) is None


def test_what_comes_for_somebody_who_was_forgotten_meanwhile_does_not_stay(
    database: Database, media: Media, outside: Network
) -> None:
    leave_recording(database)

    def page(_: Request) -> Response:
        with database.write() as session:
            want_no_more(session, [RECORDING], NOW)
        return Response(PAGE)

    with server(page) as url, pytest.raises(NotAudio):
        fetch_recording(database, TwilioClient(settings(url)), media, RECORDING, NOW)
    assert came(database, media) is None


LITTLE = 15 * MEGABYTE
"""More than what is imported on the way takes, and less than the largest recording there may be."""


def endless(size: int) -> Iterator[bytes]:
    """A WAV file of so many bytes, a piece at a time."""
    yield SPEECH[:4] + struct.pack("<I", size - 8) + SPEECH[8:40] + struct.pack("<I", size - 44)
    piece = SPEECH[44:]
    for at in range(44, size, len(piece)):
        yield piece[: size - at]


def test_half_a_gigabyte_is_left_where_it_is_and_never_held_in_memory(
    database: Database, media: Media, tmp_path: Path
) -> None:
    message = leave_recording(database)
    tracemalloc.start()
    with server(lambda _: Response(endless(500 * MEGABYTE))) as url:
        with pytest.raises(Refused, match="25 MB") as why:
            fetch_recording(database, TwilioClient(settings(url)), media, RECORDING, NOW)
        held = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert held < LITTLE
    assert not [file for file in tmp_path.rglob("*") if file.is_file() and file.stat().st_size > 5 * MEGABYTE]
    make_do(database, media, RECORDING, str(why.value), NOW)
    assert (the_recording(database).state, the_recording(database).reason) == (RecordingState.REFUSED, str(why.value))
    assert hearing(database, message) is not None


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_the_largest_that_is_taken_is_listened_to_piece_by_piece(database: Database, tmp_path: Path) -> None:
    leave_recording(database)
    tracemalloc.start()
    with server(lambda _: Response(endless(MOST_BYTES - MEGABYTE))) as url:
        fetch_recording(database, TwilioClient(settings(url)), FileMedia(tmp_path / "media"), RECORDING, NOW)
        held = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert the_recording(database).state == RecordingState.FETCHED
    assert held < LITTLE


def test_the_messages_are_delivered_and_the_worker_goes_on_whatever_came(
    database: Database, outside: Network, tmp_path: Path
) -> None:
    load_office(database, tmp_path)
    sounds = {f"RE{n:032x}": sound for n, (sound, _) in enumerate([*BAD.values(), (SPEECH, "")])}
    for sid, sound in sounds.items():
        leave_recording(database, sid)
        keep(outside, sid, sound)
    own = settings(outside.serve_rest(), MEDIA_DIR=str(tmp_path / "media"), PHONEBOT_SPOOL_DIR=str(tmp_path / "spool"))
    clock = Clock(NOW)
    worker = make_worker(own, database, clock=clock, transcriber=Listener())
    worker.drain()
    with database.read() as session:
        told = session.scalars(select(OutboxRow.key).where(OutboxRow.kind == JobKind.NOTICE)).all()
        assert set(session.scalars(select(MessageRow.state))) == {State.NEW}
    assert len(told) == len(sounds)
    refused: set[str] = set()
    for _ in range(10):
        clock.goes_on(seconds=40)
        worker.drain()
        with database.read() as session:
            rows = list(session.scalars(select(RecordingRow)))
            assert set(session.scalars(select(MessageRow.state))) == {State.NEW}
        # What Twilio still has is asked for again after a while.
        refused |= {row.sid for row in rows if row.state == RecordingState.REFUSED}
        fetched = [row.sid for row in rows if row.state == RecordingState.FETCHED]
    assert refused == set(sounds) - set(fetched)
    assert len(fetched) == 1
