"""A transcriber for tests, told beforehand what to say of each recording, or how to fail; and a message to hear."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from stat import S_IMODE
from typing import Any

from phonebot.domain.recording import Purpose, RecordingState
from phonebot.domain.transcript import Span, Transcript
from phonebot.services.calls.recordings import fetch_recording
from phonebot.simulator import Network
from phonebot.store.database import Database
from phonebot.store.media import Media
from phonebot.store.recordings import attach_recording
from phonebot.store.tables import MessageRow
from tests.left_messages import leave
from tests.outside import NOW, RECORDING, SPEECH, client, keep

INVOICE = Transcript("It is about invoice 4417 before Friday.", (Span(20, 24),))

Says = Transcript | Exception | Callable[[], Transcript]


@dataclass
class Listener:
    """Says each of `says` in turn, and the last for ever; keeps what it was given: the bytes, the mode, the hints."""

    says: list[Says] = field(default_factory=lambda: [INVOICE])
    heard: list[bytes] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    modes: list[int] = field(default_factory=list)
    hints: list[tuple[str, ...]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def transcribe(self, audio: Path, hints: Sequence[str] = ()) -> Transcript:
        """What was to be said of the next recording."""
        with self._lock:
            self.files.append(audio)
            self.heard.append(audio.read_bytes())
            self.modes.append(S_IMODE(audio.stat().st_mode))
            self.hints.append(tuple(hints))
            said = self.says.pop(0) if len(self.says) > 1 else self.says[0]
        if isinstance(said, Exception):
            raise said
        return said if isinstance(said, Transcript) else said()


def leave_recording(database: Database, sid: str = RECORDING, **more: Any) -> int:
    """A message that is listed, with a recording that was announced; `more` are the message's columns."""
    number = leave(database, at=NOW - timedelta(minutes=1), **more)
    with database.write() as session:
        attach_recording(
            session,
            call_sid=session.get_one(MessageRow, number).call_sid,
            recording_sid=sid,
            seconds=2.0,
            state=RecordingState.ANNOUNCED,
            purpose=Purpose.MESSAGE,
            now=NOW,
        )
    return number


def leave_speech(database: Database, media: Media, outside: Network, sid: str = RECORDING, **more: Any) -> int:
    """A message whose recording has been fetched, and is to be put into words."""
    number = leave_recording(database, sid, **more)
    keep(outside, sid, SPEECH)
    fetch_recording(database, client(outside), media, sid, NOW, transcribes=True)
    return number
