"""The audio of recordings in a table of the database."""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import delete
from sqlalchemy.orm import Session

from phonebot.store.media import HALF, MEDIA_WRITTEN, KeptFile, Received, receive_into, sweep_old
from phonebot.store.once import insert_once
from phonebot.store.tables import RecordingAudioRow

TEMPORARY: Final = "phonebot-recording-"


class DatabaseMedia:
    """Audio in a table, for hosts where web and worker share no disk. It passes through a temporary file."""

    def find(self, sid: str) -> Received | None:  # noqa: ARG002 - Media's signature
        """None: audio and row are saved in one transaction."""
        return None

    def receive(self, sid: str, pieces: Iterable[bytes]) -> Received:
        """Write to a temporary file."""
        return receive_into(sid, pieces, Path(tempfile.gettempdir()), TEMPORARY)

    def publish(self, received: Received, kind: str, reached: Callable[[str], None]) -> str | None:  # noqa: ARG002
        """There is nothing to publish: `keep` does it."""
        reached(MEDIA_WRITTEN)
        return None

    def keep(self, session: Session, received: Received) -> None:
        """Save the audio in the row's transaction; what came before it and was none may go."""
        self._remove(session, _aside(received.sid))
        insert_once(session, RecordingAudioRow, sid=received.sid, audio=received.file.read_bytes())

    def clear(self, received: Received) -> None:
        """Remove the temporary file."""
        received.file.unlink(missing_ok=True)

    def set_aside(self, session: Session, received: Received) -> None:
        """Save it under a name that is no recording's."""
        aside = _aside(received.sid)
        self._remove(session, aside)
        if came := received.file.read_bytes():
            insert_once(session, RecordingAudioRow, sid=aside, audio=came)

    def lend_aside(self, session: Session, sid: str) -> Received | None:
        """A temporary file again."""
        row = session.get(RecordingAudioRow, _aside(sid))
        return None if row is None else self.receive(sid, [row.audio])

    def forget(self, session: Session, sid: str) -> None:
        """Remove the audio, and what was set aside."""
        self._remove(session, sid, _aside(sid))

    def _remove(self, session: Session, *sids: str) -> None:
        session.execute(delete(RecordingAudioRow).where(RecordingAudioRow.sid.in_(sids)))

    def erase(self, path: str | None) -> None:
        """There is no file."""

    def has(self, session: Session, sid: str, path: str | None) -> bool:
        """Whether the audio is in the table; a row with a path is a matter of files."""
        return path is not None or session.get(RecordingAudioRow, sid) is not None

    def read(self, session: Session, sid: str, path: str | None) -> bytes | None:  # noqa: ARG002 - Media's signature
        """The audio, whole."""
        row = session.get(RecordingAudioRow, sid)
        return None if row is None else row.audio

    @contextmanager
    def lend(self, session: Session, sid: str, path: str | None) -> Iterator[Path | None]:
        """A temporary file of mode 0600."""
        audio = self.read(session, sid, path)
        received = None if audio is None else self.receive(sid, [audio])
        del audio
        try:
            yield None if received is None else received.file
        finally:
            if received is not None:
                self.clear(received)

    def kept_files(self) -> Iterator[KeptFile]:
        """None."""
        return iter(())

    def sweep(self, before: datetime) -> int:
        """Remove temporary files that a killed worker left."""
        return sweep_old(Path(tempfile.gettempdir()).glob(f"{TEMPORARY}*{HALF}"), before)


def _aside(sid: str) -> str:
    """What is set aside is under this name: no sid of Twilio's looks like it."""
    return f"refused:{sid}"
