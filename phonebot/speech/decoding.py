"""A recording's sound as mono samples at the rate that speech is listened to, in bounded memory."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

RATE: Final = 16_000
"""What Silero and Whisper listen at, in samples a second."""

MOST_HEARD: Final = 600
"""Seconds listened to at most: phonebot records for three minutes, and nothing longer may cost an hour's work."""

MOST_AT_ONCE: Final = 1_000_000
"""Samples of all channels read at once: a file may say of itself that a second has a hundred million."""

Samples = NDArray[np.float32]


def seconds_of(sound: Any) -> Iterator[Samples]:
    """The sound of an open soundfile.SoundFile, mono and at RATE, a second at once at most.

    What is no number comes out as silence, and what is beyond full scale as full scale. The lines leave faint images
    above the telephone's band, which neither Silero nor Whisper minds, and need no library.
    """
    rate = sound.samplerate
    size = min(rate, max(1, MOST_AT_ONCE // sound.channels))
    stream = soxr.ResampleStream(rate, RATE, num_channels=1, dtype="float32")
    for block in sound.blocks(blocksize=size, frames=MOST_HEARD * rate, dtype="float32", always_2d=True):
        yield stream.resample_chunk(np.clip(np.nan_to_num(block, posinf=0, neginf=0), -1, 1).mean(axis=1))
    yield stream.resample_chunk(np.zeros(0, np.float32), last=True)


@contextmanager
def opened(audio: Path | BinaryIO) -> Iterator[soundfile.SoundFile]:
    """The recording, open. Raise soundfile.LibsndfileError where it is none, and OSError where it cannot be read."""
    # Opened here, since libsndfile takes no name that is not UTF-8.
    named = audio.open("rb") if isinstance(audio, Path) else nullcontext(audio)
    with named as file, soundfile.SoundFile(file) as sound:
        yield sound


def samples_of(audio: Path | BinaryIO) -> Samples:
    """The samples of a WAV or MP3 of any rate and any number of channels, MOST_HEARD seconds of them at most.

    Raise soundfile.LibsndfileError where it cannot be decoded, and OSError where the file cannot be read.
    """
    with opened(audio) as sound:
        return np.concatenate([np.zeros(0, np.float32), *seconds_of(sound)])


def in_sixteen_bits(samples: Samples) -> bytes:
    """The samples as signed 16-bit little-endian integers: what SpeechRecognition takes."""
    return (np.clip(samples, -1, 1) * 32_767).astype("<i2").tobytes()
