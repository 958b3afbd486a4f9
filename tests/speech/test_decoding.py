"""A recording's sound as samples."""

import io
import os
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
import soundfile

from phonebot.speech import decoding
from phonebot.speech.decoding import MOST_HEARD, RATE, in_sixteen_bits, samples_of


def written(samples: np.ndarray, rate: int, kind: str = "WAV", subtype: str = "PCM_16") -> io.BytesIO:
    file = io.BytesIO()
    soundfile.write(file, samples, rate, subtype, format=kind)
    return io.BytesIO(file.getvalue())


def a_tone(rate: int, seconds: float = 2.0) -> np.ndarray:
    return 0.5 * np.sin(2 * np.pi * 440 * np.arange(round(rate * seconds)) / rate)


@pytest.mark.parametrize(("rate", "subtype"), [(8000, "ULAW"), (8000, "PCM_16"), (11_025, "PCM_16"), (44_100, "FLOAT")])
def test_any_rate_and_kind_of_wav_comes_out_at_the_one_rate(rate: int, subtype: str) -> None:
    samples = samples_of(written(a_tone(rate), rate, subtype=subtype))
    assert samples.dtype == np.float32
    assert len(samples) == pytest.approx(2 * RATE, abs=4)
    loudest = np.abs(np.fft.rfft(samples)).argmax() * RATE / len(samples)
    assert loudest == pytest.approx(440, abs=2)


def test_two_channels_are_made_one() -> None:
    left = a_tone(8000)
    mixed = samples_of(written(np.column_stack([left, -left]), 8000))
    assert np.abs(mixed).max() < 0.01


def test_a_recording_without_sound_has_no_samples() -> None:
    assert len(samples_of(written(np.zeros(0), 8000))) == 0


def test_no_more_is_read_than_is_listened_to(tmp_path: Path) -> None:
    path = tmp_path / "long.wav"
    soundfile.write(path, np.zeros(100 * (MOST_HEARD + 60), np.int16), 100, "PCM_16")
    assert len(samples_of(path)) == MOST_HEARD * RATE


def test_a_rate_that_nobody_records_at_costs_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "fast.wav"
    soundfile.write(path, np.zeros(8_000_000, np.int16), 100_000_000, "ULAW")
    tracemalloc.start()
    try:
        assert len(samples_of(path)) == pytest.approx(1280, abs=8)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 40_000_000


def test_samples_that_are_no_numbers_or_far_too_loud_come_out_as_sound() -> None:
    wild = np.resize(np.array([np.nan, np.inf, -np.inf, 3e38, -3e38, 0.5], np.float32), (8000, 2))
    samples = samples_of(written(wild, 8000, subtype="FLOAT"))
    assert np.isfinite(samples).all()
    assert np.abs(samples).max() <= 1
    assert len(in_sixteen_bits(samples)) == 2 * RATE * 1


def test_a_name_that_is_not_utf8_is_read(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.wav")
    path.write_bytes(written(a_tone(8000), 8000).getvalue())
    assert len(samples_of(path)) == 2 * RATE


def test_what_is_no_recording_says_so(tmp_path: Path) -> None:
    path = tmp_path / "page.wav"
    path.write_text("<html>no recording</html>")
    with pytest.raises(soundfile.LibsndfileError):
        decoding.samples_of(path)
