"""What a place for the audio of recordings can do, and what every such place needs to write a file safely."""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Final, Protocol

from sqlalchemy.orm import Session

MEDIA_WRITTEN: Final = "media-written"
MEDIA_RENAMED: Final = "media-renamed"
HALF: Final = ".part"
"""How the name of a file ends while it is being written."""


@dataclass(frozen=True, slots=True)
class Received:
    """Audio that has come and is in a file of ours, not yet published. `sha256` is in hexadecimal."""

    sid: str
    file: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A published file: whose recording it is, its path as rows hold it, and when it was written."""

    sid: str
    path: str
    written_at: datetime


class Media(Protocol):
    """A place for audio. A recording is received, checked by the caller, published, and kept in its row's transaction.

    Every method may be repeated; raise OSError where the disk is full or cannot be written.
    """

    def find(self, sid: str) -> Received | None:
        """What was published already, if the process died before the row was saved."""

    def receive(self, sid: str, pieces: Iterable[bytes]) -> Received:
        """Write the pieces to a new file that nobody else sees; on any exception nothing of it is left."""

    def publish(self, received: Received, kind: str, reached: Callable[[str], None]) -> str | None:
        """Make the audio durable under the name it will keep, and return that path for its row, if it has one."""

    def keep(self, session: Session, received: Received) -> None:
        """Save what is to be saved in the transaction of the recording's row."""

    def clear(self, received: Received) -> None:
        """Remove what was written on the way, and leave what was published."""

    def set_aside(self, session: Session, received: Received) -> None:
        """Keep what was received and is no recording where nobody plays it, in place of what was set aside before.

        What is empty is not kept. When a recording comes after all, and is kept, or is forgotten, this goes.
        """

    def lend_aside(self, session: Session, sid: str) -> Received | None:
        """What was set aside, to be looked at again, published and kept like anything received; then to be cleared."""

    def forget(self, session: Session, sid: str) -> None:
        """Remove what is in the database, and what was set aside, in the transaction of the recording's row."""

    def erase(self, path: str | None) -> None:
        """Remove the file, after that transaction."""

    def has(self, session: Session, sid: str, path: str | None) -> bool:
        """Whether the audio of a row that says it is here is here."""

    def read(self, session: Session, sid: str, path: str | None) -> bytes | None:
        """The audio, or None where it is not here."""

    def lend(self, session: Session, sid: str, path: str | None) -> AbstractContextManager[Path | None]:
        """The audio as a file to be read, there until the context is left, or None where it is not here."""

    def kept_files(self) -> Iterator[KeptFile]:
        """Every published file."""

    def sweep(self, before: datetime) -> int:
        """Remove half-written files last touched before an instant, and say how many."""


def receive_into(sid: str, pieces: Iterable[bytes], folder: Path, prefix: str) -> Received:
    """Write a file of mode 0600 and make it durable; whatever goes wrong, leave nothing behind."""
    handle, name = tempfile.mkstemp(dir=folder, prefix=prefix, suffix=HALF)
    file = Path(name)
    digest = hashlib.sha256()
    try:
        with os.fdopen(handle, "wb") as opened:
            for piece in pieces:
                digest.update(piece)
                opened.write(piece)
            sync_file(opened)
    except BaseException:
        file.unlink(missing_ok=True)
        raise
    return Received(sid, file, digest.hexdigest())


def sync_file(opened: IO[bytes]) -> None:
    """Make what was written survive a power cut."""
    opened.flush()
    os.fsync(opened.fileno())


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def written_at(file: Path) -> datetime:
    """When the file was last written, in UTC."""
    return datetime.fromtimestamp(file.stat().st_mtime, UTC)


def sweep_old(halves: Iterable[Path], before: datetime) -> int:
    """Remove those of the files that were last written before an instant, and say how many."""
    old = [file for file in halves if written_at(file) < before]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)
