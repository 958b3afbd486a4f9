"""Listening to a recording: first whether anybody speaks in it, and only then what they say."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import soundfile

from phonebot.domain.recording import LEAST_SPEECH
from phonebot.domain.transcript import Transcript
from phonebot.speech.errors import SpeechTrouble
from phonebot.speech.transcriber import Transcriber
from phonebot.speech.voice_activity import spoken_seconds

NOTHING: Final = Transcript("")


@dataclass(frozen=True, slots=True)
class Listened:
    """What came of it. `speech` is whether anybody speaks, `seconds` how long the recording is."""

    speech: bool
    transcript: Transcript
    seconds: float


def listen(audio: Path, transcriber: Transcriber, hints: Sequence[str] = ()) -> Listened:
    """Put a WAV or MP3 into words, if there are any.

    Raise SpeechTrouble where it cannot be decoded or the engine fails, and OSError where the file cannot be read.
    """
    if audio.exists() and not (audio.is_file() or audio.is_dir()):
        # It is read several times over, and opening it might wait for ever.
        raise SpeechTrouble("cannot be read from a pipe: name a file", retryable=False)
    # Opened here, since libsndfile takes no name that is not UTF-8, and does not say that a file is not there.
    with audio.open("rb") as file:
        try:
            about = soundfile.info(file)
            file.seek(0)
            speech = about.frames > 0 and spoken_seconds(file, LEAST_SPEECH) >= LEAST_SPEECH
        except soundfile.LibsndfileError as error:
            raise SpeechTrouble("is no recording that can be decoded", retryable=False) from error
    transcript = transcriber.transcribe(audio, hints) if speech else NOTHING
    return Listened(speech, transcript, about.frames / about.samplerate)
