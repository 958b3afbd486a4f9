"""Whether anybody speaks."""

import io
from pathlib import Path

import numpy as np
import pytest
import soundfile

from phonebot.simulator.audio import silence, speech_like, tone
from phonebot.speech.voice_activity import spoken_seconds


@pytest.mark.parametrize("nothing", [silence(3), tone(3), tone(3, 425.0)], ids=["silence", "beep", "dial tone"])
def test_nobody_speaks_in_silence_or_tones(nothing: bytes) -> None:
    assert spoken_seconds(io.BytesIO(nothing)) < 0.1


def test_nobody_speaks_in_noise() -> None:
    noise = np.random.default_rng(1).normal(0, 0.05, 3 * 8000)
    assert spoken_seconds(written(noise)) < 0.1


def test_speech_is_heard_for_about_as_long_as_it_lasts() -> None:
    assert spoken_seconds(io.BytesIO(speech_like(2))) == pytest.approx(2.0, abs=0.5)


def test_a_word_after_a_long_silence_is_heard(tmp_path: Path) -> None:
    quiet, word = (soundfile.read(io.BytesIO(sound))[0] for sound in (silence(4), speech_like(1)))
    path = tmp_path / "late.wav"
    soundfile.write(path, np.concatenate((quiet, word)), 8000)
    assert spoken_seconds(path) > 0.5


def test_listening_stops_when_enough_was_heard() -> None:
    assert 1.0 <= spoken_seconds(io.BytesIO(speech_like(4)), enough=1.0) < 1.1


@pytest.mark.parametrize("kind", ["ULAW", "PCM_16", "MP3"])
@pytest.mark.parametrize("channels", [1, 2])
def test_every_form_a_recording_may_come_in_is_heard(kind: str, channels: int) -> None:
    samples = soundfile.read(io.BytesIO(speech_like(2)))[0]
    assert spoken_seconds(written(np.column_stack([samples] * channels), kind)) > 1.0


def written(samples: np.ndarray[tuple[int, ...], np.dtype[np.float64]], kind: str = "PCM_16") -> io.BytesIO:
    """The samples at 8 kHz as an open file."""
    file = io.BytesIO()
    if kind == "MP3":
        soundfile.write(file, samples, 8000, format="MP3")
    else:
        soundfile.write(file, samples, 8000, format="WAV", subtype=kind)
    file.seek(0)
    return file
