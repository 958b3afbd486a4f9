"""What came as a recording is one, or it is refused."""

import io
import struct
from pathlib import Path

import pytest
import soundfile

from phonebot.simulator.audio import speech_like
from phonebot.telephony.recordings import NotAudio, check_audio

WAV = speech_like(1)
PAGE = b"<!DOCTYPE html><html><title>Sign in</title></html>"


def saved(tmp_path: Path, sound: bytes) -> Path:
    path = tmp_path / "came"
    path.write_bytes(sound)
    return path


def as_mp3() -> bytes:
    file = io.BytesIO()
    soundfile.write(file, soundfile.read(io.BytesIO(WAV))[0], 8000, format="MP3")
    return file.getvalue()


def test_a_wav_is_known_with_its_length(tmp_path: Path) -> None:
    audio = check_audio(saved(tmp_path, WAV))
    assert audio.kind == "wav"
    assert audio.seconds == pytest.approx(1.0, abs=0.01)


def test_an_mp3_is_known_with_its_length(tmp_path: Path) -> None:
    audio = check_audio(saved(tmp_path, as_mp3()))
    assert audio.kind == "mp3"
    assert audio.seconds == pytest.approx(1.0, abs=0.3)


def test_a_wav_written_before_its_length_was_known_is_taken_by_what_is_there(tmp_path: Path) -> None:
    streamed = WAV[:40] + struct.pack("<I", 0xFFFF_FFFF) + WAV[44:]
    assert check_audio(saved(tmp_path, streamed)).seconds == pytest.approx(1.0, abs=0.01)


def test_a_wav_with_other_chunks_before_its_sound_is_whole(tmp_path: Path) -> None:
    listed = WAV[:36] + b"LIST" + struct.pack("<I", 3) + b"abc\0" + WAV[36:]
    assert check_audio(saved(tmp_path, listed)).seconds == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize(
    ("sound", "why"),
    [
        (b"", "is empty"),
        (WAV[:44], "holds no sound"),
        (WAV[:40] + struct.pack("<I", 0), "holds no sound"),
        (WAV[:30], "holds no sound"),
        (WAV[: len(WAV) // 2], "is cut short"),
        (PAGE, "is a page, not a recording"),
        (b"\n  " + PAGE, "is a page, not a recording"),
        (b'{"code": 20404}', "is neither WAV nor MP3"),
        (b"RIFF\x24\x00\x00\x00AVI LIST", "is neither WAV nor MP3"),
        (b"ID3" + bytes(200), "cannot be decoded"),
        (WAV[:20] + b"\xff\xff" + WAV[22:], "cannot be decoded"),
        (WAV[:24] + struct.pack("<I", 100_000_000) + WAV[28:], "has a rate at which nothing is recorded"),
        (WAV[:24] + struct.pack("<I", 100) + WAV[28:], "has a rate at which nothing is recorded"),
    ],
)
def test_anything_else_is_refused_with_a_reason(tmp_path: Path, sound: bytes, why: str) -> None:
    with pytest.raises(NotAudio, match=why):
        check_audio(saved(tmp_path, sound))
