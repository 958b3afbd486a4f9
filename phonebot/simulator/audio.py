"""Sounds as a telephone carries them: WAV files of 8 kHz, 16 bits, one channel; the same each time."""

import array
import io
import math
import shutil
import subprocess
import wave
from collections.abc import Callable
from functools import lru_cache

Maker = Callable[[float], bytes]
"""Makes a sound of so many seconds."""
RATE = 8000
"""Samples a second."""
WORDS_A_SECOND = 2.6
"""How fast a person, or a line, speaks."""
VOWELS = ((730, 1090, 2440), (270, 2290, 3010), (570, 840, 2410), (530, 1840, 2480), (300, 870, 2240))
"""The first three formants of a, i, o, e and u in hertz (Peterson and Barney, 1952)."""


def seconds_of(words: str) -> float:
    """How long it takes to say the words."""
    return len(words.split()) / WORDS_A_SECOND


def wav(samples: "array.array[int]") -> bytes:
    """A WAV file of these 16-bit samples."""
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(RATE)
        writer.writeframes(samples.tobytes())
    return file.getvalue()


def reader_of(sound: bytes) -> wave.Wave_read:
    """What reads a WAV file; raises wave.Error for anything else."""
    try:
        return wave.open(io.BytesIO(sound), "rb")
    except (EOFError, RuntimeError) as error:
        # The second is what it raises where a chunk is to end behind the end of the file.
        raise wave.Error("it ends too early") from error


def is_telephones(reader: wave.Wave_read) -> bool:
    """Whether a WAV file is as ours are."""
    return (reader.getframerate(), reader.getnchannels(), reader.getsampwidth()) == (RATE, 1, 2)


def seconds_in(sound: bytes) -> float:
    """The length of a WAV file; raises wave.Error for anything else."""
    with reader_of(sound) as reader:
        return reader.getnframes() / reader.getframerate()


def cut(sound: bytes, seconds: float) -> bytes:
    """The beginning of a WAV file of ours; what is no such file is given back as it is."""
    try:
        with reader_of(sound) as reader:
            return wav(array.array("h", reader.readframes(round(seconds * RATE)))) if is_telephones(reader) else sound
    except wave.Error:
        return sound


def silence(seconds: float) -> bytes:
    """Digital silence."""
    return wav(array.array("h", bytes(2 * round(seconds * RATE))))


def tone(seconds: float, hertz: float = 1000.0) -> bytes:
    """A steady sine, as the tone before a recording."""
    step = 2 * math.pi * hertz / RATE
    return wav(array.array("h", (round(12000 * math.sin(step * n)) for n in range(round(seconds * RATE)))))


def speech_like(seconds: float) -> bytes:
    """Vowels in a row with the rhythm of speech: says nothing, but sounds like somebody to a speech detector."""
    phrase = _phrase()
    wanted = round(seconds * RATE)
    return wav((phrase * (wanted // len(phrase) + 1))[:wanted])


def say_aloud(words: str, *, voice: str = "en-gb") -> bytes:
    """The words spoken by espeak-ng when it is installed, else `speech_like` of the same length."""
    speaker = shutil.which("espeak-ng")
    if speaker is None or not words.strip():
        return speech_like(seconds_of(words))
    spoken = subprocess.run(  # noqa: S603 - a fixed program; the words come on standard input and are no options
        [speaker, "-v", voice, "-s", "155", "--stdin", "--stdout"],
        input=words.encode(),
        capture_output=True,
        check=True,
    ).stdout
    return wav(_at_telephone_rate(spoken))


def _at_telephone_rate(sound: bytes) -> "array.array[int]":
    """The samples of a 16-bit mono WAV at 8 kHz, each the mean of what it stands for (a plain low pass)."""
    with wave.open(io.BytesIO(sound), "rb") as reader:
        rate, samples = reader.getframerate(), array.array("h", reader.readframes(-1))
    ratio = rate / RATE
    starts = (round(n * ratio) for n in range(int(len(samples) / ratio)))
    width = max(1, round(ratio))
    return array.array("h", (sum(samples[at : at + width]) // max(1, len(samples[at : at + width])) for at in starts))


@lru_cache(maxsize=1)
def _phrase() -> "array.array[int]":
    """Three seconds of vowels: a pulse of falling pitch through three resonances, four syllables a second."""
    samples = array.array("h")
    for syllable in range(12):
        samples.extend(_syllable(VOWELS[syllable * 3 % 5], 140.0 - 4 * (syllable % 6), RATE // 4))
    return samples


def _syllable(formants: tuple[int, int, int], pitch: float, length: int) -> list[int]:
    """One vowel that swells and fades, as 16-bit samples."""
    period = RATE / pitch
    pulses = [1.0 if n % period < 1 else 0.0 for n in range(length)]
    total = [0.0] * length
    for strength, formant in zip((1.0, 0.6, 0.3), formants, strict=True):
        radius = math.exp(-math.pi * 90 / RATE)
        first, second = 2 * radius * math.cos(2 * math.pi * formant / RATE), -radius * radius
        before, earlier = 0.0, 0.0
        for n in range(length):
            before, earlier = pulses[n] + first * before + second * earlier, before
            total[n] += strength * before
    loudest = max(abs(value) for value in total)
    return [round(14000 * total[n] / loudest * math.sin(math.pi * n / length) ** 0.5) for n in range(length)]
