"""SpeechRecognition's engines as Transcribers. They do not say how sure they are of a word: each number is doubtful."""

import contextlib
import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import numpy as np
import soundfile
import speech_recognition as sr
from speech_recognition.recognizers.whisper_local.base import WhisperCompatibleRecognizer
from speech_recognition.recognizers.whisper_local.whisper import TranscribableAdapter

from phonebot.config import SpeechSettings
from phonebot.domain.transcript import Transcript
from phonebot.domain.transcript.doubt import Word, transcript_of
from phonebot.domain.transcript.loops import without_loops
from phonebot.speech.decoding import RATE, Samples, in_sixteen_bits, samples_of
from phonebot.speech.errors import NotReady, SpeechTrouble
from phonebot.speech.known_engines import ENGINES, check, key_of, prompt, short

TIMEOUT: Final = 60
"""Seconds that a service may leave a request unanswered."""

POLL_SECONDS: Final = 2.0
MOST_POLLED: Final = 120.0
"""Seconds that AssemblyAI may take over a recording."""

UNSAID: Final = 0.8
"""The probability of a word whose engine gives none: enough for a word, and not for a number."""

Ask = Callable[[sr.AudioData, Sequence[str]], Any]
"""Has a stretch of sound heard, with hints: words, or words and how sure the engine is of all of them."""


class Recogniser:
    """A Transcriber of one of SpeechRecognition's engines. One recording at a time."""

    def __init__(self, name: str, settings: SpeechSettings, language: str = "en") -> None:
        """Have an engine of ENGINES ready. Raise SpeechTrouble with one line where it lacks something."""
        check(name, settings)
        self._name = name
        self._longest = ENGINES[name].longest
        self._ask = _KEPT.get(name, _plain)(name, settings, language)

    def transcribe(self, audio: Path, hints: Sequence[str] = ()) -> Transcript:
        """The words of a recording; see Transcriber."""
        try:
            samples = samples_of(audio)
        except soundfile.LibsndfileError as error:
            raise SpeechTrouble("the recording cannot be decoded", retryable=False) from error
        heard = (self._heard(stretch, hints) for stretch in _stretches(samples, self._longest))
        text = " ".join(words for words in heard if words)
        return transcript_of(without_loops([Word(piece, UNSAID) for piece in re.findall(r"\s*\S+", text)]))

    def _heard(self, samples: Samples, hints: Sequence[str]) -> str:
        sound = sr.AudioData(in_sixteen_bits(samples), RATE, 2)
        try:
            answer = self._ask(sound, hints)
        except sr.UnknownValueError:
            return ""
        except (SpeechTrouble, MemoryError):
            raise
        except Exception as error:
            raise _trouble(self._name, error) from error
        return _words(answer)


def _words(answer: Any) -> str:
    """Some engines say beside the words how sure they are of all of them, which tells nothing of any one."""
    words = answer[0] if isinstance(answer, tuple) else answer
    return str(words or "").strip()


def _trouble(name: str, error: Exception) -> SpeechTrouble:
    """What went wrong, in a line. Only SpeechRecognition's own words are passed on: others' may quote the key."""
    if isinstance(error, (sr.RequestError, sr.exceptions.SetupError)):
        said = f"{name}: {' '.join(str(error).split())[:200]}"
        return SpeechTrouble(said) if isinstance(error, sr.RequestError) else NotReady(said)
    status = getattr(error, "status_code", None)
    return SpeechTrouble(f"{name}: {type(error).__name__}{f' ({status})' if isinstance(status, int) else ''}")


def _stretches(samples: Samples, longest: float) -> Iterator[Samples]:
    """The sound in stretches of so many seconds at most, cut where it is quietest, which is between words."""
    tenth = RATE // 10
    while len(samples) > longest * RATE:
        most = int(longest * RATE)
        first = most * 2 // 3 // tenth
        frames = samples[first * tenth : most // tenth * tenth].reshape(-1, tenth)
        cut = (first + int(np.square(frames).mean(axis=1).argmin())) * tenth + tenth // 2
        yield samples[:cut]
        samples = samples[cut:]
    if len(samples):
        yield samples


def _recogniser() -> sr.Recognizer:
    recogniser = sr.Recognizer()
    recogniser.operation_timeout = TIMEOUT
    return recogniser


def _plain(name: str, settings: SpeechSettings, language: str) -> Ask:
    """Most engines: a call of SpeechRecognition's with arguments of their own."""
    known = ENGINES[name]
    os.environ.update(known.variables(settings))
    method = getattr(_recogniser(), known.method)
    return lambda sound, hints: method(sound, **known.arguments(settings, language, hints))


def _whisper(_name: str, settings: SpeechSettings, language: str) -> Ask:
    """As SpeechRecognition asks openai-whisper, which would load the model anew for each recording."""
    whisper: Any = import_module("whisper")
    wanted = settings.speech_model or "base"
    try:
        model = whisper.load_model(wanted)
    except RuntimeError as error:
        raise SpeechTrouble(f"PHONEBOT_SPEECH_MODEL: whisper cannot load {wanted!r}", retryable=False) from error
    except OSError as error:
        raise SpeechTrouble(f"whisper's model {wanted!r} could not be fetched: {type(error).__name__}") from error
    recogniser = WhisperCompatibleRecognizer(TranscribableAdapter(model))
    given = {"language": short(language), "condition_on_previous_text": False}
    return lambda sound, hints: recogniser.recognize(sound, initial_prompt=prompt(hints) or None, **given)


def _vosk(_name: str, settings: SpeechSettings, _language: str) -> Ask:
    """As SpeechRecognition asks Vosk, which would load the model anew for each recording, and from its own folder."""
    vosk: Any = import_module("vosk")
    folder = Path(settings.speech_model or Path(sr.__file__).parent / "models" / "vosk").expanduser()
    if not folder.is_dir():
        raise SpeechTrouble(
            f"PHONEBOT_SPEECH_MODEL: vosk needs the folder of a model; {folder} is none", retryable=False
        )
    try:
        model = vosk.Model(str(folder))
    except Exception as error:  # It raises nothing more exact.
        raise SpeechTrouble(f"PHONEBOT_SPEECH_MODEL: vosk cannot load {folder}", retryable=False) from error

    def ask(sound: sr.AudioData, _hints: Sequence[str]) -> str:
        recogniser = vosk.KaldiRecognizer(model, RATE)
        recogniser.AcceptWaveform(sound.get_raw_data(convert_rate=RATE, convert_width=2))
        return str(json.loads(recogniser.FinalResult())["text"])

    return ask


def _assemblyai(_name: str, settings: SpeechSettings, _language: str) -> Ask:
    """It takes a file, and is asked again until it is done."""
    recogniser, key = _recogniser(), key_of(settings)

    def ask(sound: sr.AudioData, _hints: Sequence[str]) -> Any:
        with tempfile.NamedTemporaryFile(suffix=".wav") as file:
            file.write(sound.get_wav_data())
            file.flush()
            job = _begun(lambda: recogniser.recognize_assemblyai(file.name, key))
        until = time.monotonic() + MOST_POLLED
        while time.monotonic() < until:
            # SpeechRecognition prints that it waits.
            with contextlib.suppress(sr.exceptions.TranscriptionNotReady), contextlib.redirect_stdout(sys.stderr):
                return recogniser.recognize_assemblyai(None, key, job_name=job)
            time.sleep(POLL_SECONDS)
        raise SpeechTrouble(f"assemblyai was not done in {MOST_POLLED:.0f} seconds")

    return ask


def _begun(ask: Callable[[], Any]) -> str:
    """The job that was begun at AssemblyAI, which SpeechRecognition tells by an exception."""
    try:
        ask()
    except sr.exceptions.TranscriptionNotReady as begun:
        return str(begun.job_name)
    except KeyError as error:
        raise SpeechTrouble("assemblyai takes no recording: is PHONEBOT_SPEECH_KEY right?") from error
    raise SpeechTrouble("assemblyai began nothing")


_KEPT: Final[dict[str, Callable[[str, SpeechSettings, str], Ask]]] = {
    "assemblyai": _assemblyai,
    "vosk": _vosk,
    "whisper": _whisper,
}
"""The engines that need more than a call."""
