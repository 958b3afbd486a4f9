"""Sounds as a telephone carries them, the same each time: words that were said, and clips in which nobody speaks."""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

import numpy as np
import soundfile
from numpy.typing import NDArray

from bench.sayings import DIGIT_STRINGS, VOICEMAIL

RATE: Final = 8000
"""What a telephone carries, in samples a second."""

LOWEST, HIGHEST = 300, 3400
"""The telephone's band in hertz."""

LOUDNESS: Final = 0.1
"""The root of the mean square of what is said, where full scale is one."""

LINE_NOISE: Final = 0.001
"""The same of the noise of a line: forty decibels below."""

SECONDS: Final = 6.0
"""How long a clip without speech is."""

Samples = NDArray[np.float64]

CLIPS: Final = Path(__file__).with_name("clips")
"""Where what is said is kept: words as flite said them, cut to the telephone's band; its README tells how."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice of flite's, and how long it takes over its words: 1.2 is a fifth longer than it would by itself."""

    name: str
    slowness: float


VOICES: Final = (Voice("slt", 1.0), Voice("rms", 0.9), Voice("awb", 1.0), Voice("slt", 1.1), Voice("rms", 1.05))
"""Those that clips take turns in: a woman and two men."""


def say(words: str, voice: Voice) -> Samples:
    """The words as flite says them over a telephone; raise OSError where it is not installed."""
    with NamedTemporaryFile(suffix=".wav") as file:
        stretch = f"duration_stretch={voice.slowness}"
        subprocess.run(["flite", "-voice", voice.name, "--setf", stretch, "-t", words, "-o", file.name], check=True)
        spoken, rate = soundfile.read(file.name)
    return _without_ends(_at_loudness(through_the_telephone(spoken, rate)))


def keep(folder: Path = CLIPS) -> None:
    """Have everything said, and kept; only when what is said changes, since flite's versions may differ."""
    said = [(f"voicemail-{at:02}", words) for at, words in enumerate(VOICEMAIL)]
    said += [(f"digits-{at:02}", each.said) for at, each in enumerate(DIGIT_STRINGS)]
    for at, (name, words) in enumerate(said):
        soundfile.write(folder / f"{name}.wav", say(words, VOICES[at % len(VOICES)]), RATE, subtype="ULAW")


def kept(name: str, folder: Path = CLIPS) -> Samples:
    """What was said and kept under this name."""
    sound, _ = soundfile.read(folder / f"{name}.wav")
    return np.asarray(sound, np.float64)


def through_the_telephone(sound: Samples, rate: int = RATE) -> Samples:
    """The sound at RATE, with what lies outside the telephone's band taken away."""
    length = round(len(sound) * RATE / rate)
    spectrum = np.fft.rfft(sound)[: length // 2 + 1]
    hertz = np.arange(len(spectrum)) * rate / len(sound)
    spectrum[(hertz < LOWEST) | (hertz > HIGHEST)] = 0
    return np.asarray(np.fft.irfft(spectrum, length) * (length / len(sound)), np.float64)


def _at_loudness(sound: Samples) -> Samples:
    """The sound made as loud as people are, its loudest peaks cut off as a telephone cuts them."""
    return np.asarray(np.clip(sound * (LOUDNESS / np.sqrt(np.mean(sound**2))), -0.98, 0.98), np.float64)


def _without_ends(sound: Samples) -> Samples:
    """What lies between the first and the last instant that can be heard."""
    audible = np.flatnonzero(np.abs(sound) > LOUDNESS / 10)
    return np.asarray(sound[audible[0] : audible[-1] + 1], np.float64)


def write(file: Path, sound: Samples, seed: int, noise: float | None = None) -> float:
    """Write it as a µ-law WAV with half a second of the line before and after, its noise by the seed. Its seconds."""
    edge = np.zeros(RATE // 2)
    whole = np.concatenate((edge, sound, edge))
    whole = whole + hiss(len(whole) / RATE, LINE_NOISE if noise is None else noise, seed)[: len(whole)]
    soundfile.write(file, np.clip(whole, -1, 1), RATE, subtype="ULAW")
    return len(whole) / RATE


def hiss(seconds: float, loudness: float, seed: int) -> Samples:
    """Noise of the telephone's band; `loudness` is that of the noise before it is cut to the band."""
    chance = np.random.default_rng(seed)
    return through_the_telephone(chance.normal(0, loudness, round(seconds * RATE)))


def tones(*hertz: float, seconds: float, loudness: float = 0.1) -> Samples:
    """These tones at once."""
    time = np.arange(round(seconds * RATE)) / RATE
    return sum((loudness * np.sin(2 * np.pi * each * time) for each in hertz), np.zeros(len(time)))


def _busy() -> Samples:
    return np.concatenate([tones(480, 620, seconds=0.5), np.zeros(RATE // 2)] * round(SECONDS))


def _keys() -> Samples:
    """Keys pressed one after the other: 0 7 7 0 0 9 0 0 4 1 #."""
    rows, columns = (697, 770, 852, 941), (1209, 1336, 1477)
    places = {"0": (3, 1), "1": (0, 0), "4": (1, 0), "7": (2, 0), "9": (2, 2), "#": (3, 2)}
    pressed = [tones(rows[places[key][0]], columns[places[key][1]], seconds=0.2) for key in "07700900041#"]
    return np.concatenate([np.concatenate((tone, np.zeros(round(0.3 * RATE)))) for tone in pressed])


def _chords() -> Samples:
    """Music on hold: four chords, each struck and dying away."""
    chords = ((262, 330, 392), (349, 440, 523), (392, 494, 587), (262, 330, 392))
    struck = [tones(*chord, *(2 * each for each in chord), seconds=SECONDS / 4, loudness=0.06) for chord in chords]
    return np.concatenate([sound * np.exp(-2 * np.arange(len(sound)) / RATE) for sound in struck])


def _clicks() -> Samples:
    """A handset that is put down, and a bad contact: twenty short clicks at any times."""
    chance = np.random.default_rng(20261124)
    sound = np.zeros(round(SECONDS * RATE))
    for at in chance.integers(0, len(sound) - 80, 20):
        sound[at : at + 80] += chance.normal(0, 0.5, 80) * np.exp(-np.arange(80) / 12)
    return through_the_telephone(sound)


SPEECHLESS: Final[dict[str, Callable[[], Samples]]] = {
    "silence": lambda: np.zeros(round(SECONDS * RATE)),
    "quiet hiss": lambda: hiss(SECONDS, 0.005, 1),
    "loud hiss": lambda: hiss(SECONDS, 0.08, 2),
    "dial tone": lambda: tones(350, 440, seconds=SECONDS),
    "busy tone": _busy,
    "keys": _keys,
    "music": _chords,
    "clicks": _clicks,
}
"""Clips in which nobody speaks, by name."""


if __name__ == "__main__":
    keep()
