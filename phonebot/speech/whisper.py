"""Whisper on this machine: SpeechRecognition's faster-whisper with its model kept loaded."""

import os
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import soundfile

# The model is a folder by now. Whatever would look for a newer one on the network must not.
os.environ.setdefault("HF_HUB_OFFLINE", "1")
# Threads that wait for one another spin: one alone gives the same words for two thirds of the processor time.
os.environ.setdefault("OMP_THREAD_LIMIT", "1")
# ONNX Runtime, in which faster-whisper looks for silence, reports its use to its makers unless this says not to.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import ctranslate2
from faster_whisper import WhisperModel
from speech_recognition.audio import AudioData
from speech_recognition.recognizers.whisper_local.base import WhisperCompatibleRecognizer
from speech_recognition.recognizers.whisper_local.faster_whisper import TranscribableAdapter

from phonebot.domain.transcript import Transcript
from phonebot.domain.transcript.doubt import Word, transcript_of
from phonebot.domain.transcript.expected_names import as_expected
from phonebot.domain.transcript.loops import without_loops
from phonebot.speech.decoding import RATE, Samples, in_sixteen_bits, samples_of
from phonebot.speech.errors import SpeechTrouble
from phonebot.speech.voice_activity import spoken_seconds_in

SEED: Final = 7
"""Where Whisper is unsure it draws lots; drawn from here, the same recording gives the same words each time."""

UNHEARD: Final = 1.0
"""Seconds of speech after the last word heard that make it likely that words are missing."""

MOST_ASKED: Final = 3
"""Times that Whisper is asked at most: each costs as much as the first."""

PAUSE: Final = 0.3
"""Seconds by which Whisper may place the end of a word too early."""

OPTIONS: Final[dict[str, Any]] = {
    "vad_filter": True,
    "vad_parameters": {"speech_pad_ms": 1000},
    "condition_on_previous_text": False,
    "word_timestamps": True,
}
"""Long silence is not heard at all, and no stretch is read in the light of the one before it: both make Whisper invent.
It is cut a second away from speech: nearer, as faster-whisper does it, strings of digits lose one in forty more. Times
of words bring their probabilities with them."""


class WhisperTranscriber:
    """A Transcriber with a CTranslate2 model of Whisper's loaded. One recording at a time, from any thread."""

    def __init__(self, model: Path, language: str = "en") -> None:
        """Load the model from its folder. Raise SpeechTrouble where it holds none, or none of that language."""
        try:
            loaded = WhisperModel(str(model), device="cpu", compute_type="int8", cpu_threads=1)
        except Exception as error:  # the reader of its vocabulary raises nothing more exact
            raise SpeechTrouble(f"{model} holds no model that faster-whisper can load", retryable=False) from error
        if language != "en" and not loaded.model.is_multilingual:
            raise SpeechTrouble(
                f"{model} hears English only, not {language}; PHONEBOT_SPEECH_MODEL names another", retryable=False
            )
        self._recogniser = WhisperCompatibleRecognizer(TranscribableAdapter(loaded))
        self._language = language
        self._one_at_a_time = threading.Lock()

    def transcribe(self, audio: Path, hints: Sequence[str] = ()) -> Transcript:
        """The words of a recording; see Transcriber."""
        try:
            samples = samples_of(audio)
        except soundfile.LibsndfileError as error:
            raise SpeechTrouble("the recording cannot be decoded", retryable=False) from error
        with self._one_at_a_time:
            ctranslate2.set_random_seed(SEED)
            words = self._heard(samples)
        return transcript_of(as_expected(without_loops(words), hints))

    def _heard(self, samples: Samples) -> list[Word]:
        """The words. Where Whisper stops before the speaker does it is asked again for the rest."""
        words: list[Word] = []
        for _ in range(MOST_ASKED):
            segments = self._segments(samples)
            words += _words(segments)
            last = max((word.end for segment in segments for word in segment.words or ()), default=0.0)
            samples = samples[round(last * RATE) :]
            if last < UNHEARD or spoken_seconds_in([samples[round(PAUSE * RATE) :]], UNHEARD) < UNHEARD:
                break
        return words

    def _segments(self, samples: Samples) -> list[Any]:
        """What Whisper makes of the samples, stretch by stretch."""
        sound = AudioData(in_sixteen_bits(samples), RATE, 2)
        heard = self._recogniser.recognize(sound, show_dict=True, language=self._language, **OPTIONS)
        segments: list[Any] = heard["segments"]
        return segments


def _words(segments: Sequence[Any]) -> Iterator[Word]:
    """The words of Whisper's segments; each segment's first has nothing before it to go by."""
    for segment in segments:
        for at, word in enumerate(segment.words or ()):
            yield Word(word.word, float(word.probability), at == 0, float(word.end - word.start))
