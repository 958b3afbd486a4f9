"""An engine for a process of its own, that loads and then never answers."""

import time
from collections.abc import Sequence
from pathlib import Path

from phonebot.domain.transcript import Transcript


class HangingEngine:
    """Listens for ever."""

    def transcribe(self, audio: Path, hints: Sequence[str] = ()) -> Transcript:
        """Longer than any test takes."""
        time.sleep(600)
        return Transcript("")
