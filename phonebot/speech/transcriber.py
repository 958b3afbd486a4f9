"""What every engine that puts recordings into words can do."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from phonebot.domain.transcript import Transcript


class Transcriber(Protocol):
    """An engine with its model loaded, or its service known."""

    def transcribe(self, audio: Path, hints: Sequence[str] = ()) -> Transcript:
        """The words of a recording. `hints` are names and words that may occur in it, the likeliest first.

        Raise SpeechTrouble where that cannot be done, now or ever.
        """
