"""The audio of recordings in files, outside the web root and readable by us alone."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from phonebot.domain.recording import RECORDING_SID
from phonebot.store.media import (
    HALF,
    MEDIA_RENAMED,
    MEDIA_WRITTEN,
    KeptFile,
    Received,
    receive_into,
    sweep_old,
    sync_folder,
    written_at,
)

REFUSED: Final = "refused"


class FileMedia:
    """Audio in files: `<folder>/ab/REab….wav`, mode 0600 in folders of mode 0700. Rows hold `ab/REab….wav`.

    What came in place of a recording and is none is `<folder>/refused/REab…`.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()

    def path_of(self, path: str) -> Path:
        """The file behind a row's path."""
        return self.folder / path

    def find(self, sid: str) -> Received | None:
        """A published file, with its sum worked out again."""
        file = next(iter(sorted(self._shelf(sid).glob(f"{sid}.*"))), None)
        return None if file is None else _summed(sid, file)

    def receive(self, sid: str, pieces: Iterable[bytes]) -> Received:
        """Write into the folder the file will stay in, so that renaming it is all or nothing."""
        shelf = self._shelf(sid)
        self._make(shelf)
        return receive_into(sid, pieces, shelf, f".{sid}.")

    def _make(self, shelf: Path) -> None:
        for folder in (*reversed(self.folder.parents), self.folder, shelf):
            if not folder.exists():
                folder.mkdir(mode=0o700, exist_ok=True)
                sync_folder(folder.parent)

    def publish(self, received: Received, kind: str, reached: Callable[[str], None]) -> str | None:
        """Rename the file, and make its new name durable."""
        final = self._shelf(received.sid) / f"{received.sid}.{kind}"
        reached(MEDIA_WRITTEN)
        received.file.replace(final)
        reached(MEDIA_RENAMED)
        sync_folder(final.parent)
        return str(final.relative_to(self.folder))

    def keep(self, session: Session, received: Received) -> None:  # noqa: ARG002 - Media's signature
        """The file is published: what came before it and was none may go."""
        self._aside(received.sid).unlink(missing_ok=True)

    def clear(self, received: Received) -> None:
        """Remove the file if it still has the name it was written under."""
        if received.file.suffix == HALF:
            received.file.unlink(missing_ok=True)

    def set_aside(self, session: Session, received: Received) -> None:  # noqa: ARG002 - Media's signature
        """Move the file, whichever of its names it was found under, to where none is looked for to be played."""
        if received.file.stat().st_size == 0:
            received.file.unlink()
            return
        aside = self._aside(received.sid)
        self._make(aside.parent)
        received.file.replace(aside)

    def lend_aside(self, session: Session, sid: str) -> Received | None:  # noqa: ARG002 - Media's signature
        """The file itself."""
        aside = self._aside(sid)
        return _summed(sid, aside) if aside.is_file() else None

    def forget(self, session: Session, sid: str) -> None:  # noqa: ARG002 - Media's signature
        """Nothing is in the database; what was set aside goes."""
        self._aside(sid).unlink(missing_ok=True)

    def erase(self, path: str | None) -> None:
        """Remove the file; one that is gone already is fine."""
        if path is not None:
            self.path_of(path).unlink(missing_ok=True)

    def has(self, session: Session, sid: str, path: str | None) -> bool:  # noqa: ARG002 - Media's signature
        """Whether the file is there; a row without a path is not a matter of files."""
        return path is None or self.path_of(path).is_file()

    def read(self, session: Session, sid: str, path: str | None) -> bytes | None:  # noqa: ARG002 - Media's signature
        """The file, whole."""
        file = None if path is None else self.path_of(path)
        return file.read_bytes() if file is not None and file.is_file() else None

    def lend(self, session: Session, sid: str, path: str | None) -> AbstractContextManager[Path | None]:  # noqa: ARG002 - Media's signature
        """The file itself."""
        file = None if path is None else self.path_of(path)
        return nullcontext(file if file is not None and file.is_file() else None)

    def kept_files(self) -> Iterator[KeptFile]:
        """Every file that is named as a recording is."""
        for file in self.folder.glob("??/RE*.*"):
            if RECORDING_SID.fullmatch(file.stem):
                yield KeptFile(file.stem, str(file.relative_to(self.folder)), written_at(file))

    def sweep(self, before: datetime) -> int:
        """Remove half-written files that old, and say how many."""
        return sweep_old(self.folder.glob(f"??/.RE*{HALF}"), before)

    def _shelf(self, sid: str) -> Path:
        """The folder of a recording. Raise ValueError on what is no sid: it would become part of a path."""
        if not RECORDING_SID.fullmatch(sid):
            raise ValueError("not the sid of a recording")
        return self.folder / sid[2:4]

    def _aside(self, sid: str) -> Path:
        return self._shelf(sid).parent / REFUSED / sid


def _summed(sid: str, file: Path) -> Received:
    """A file that was received before, with its sum worked out again."""
    with file.open("rb") as opened:
        return Received(sid, file, hashlib.file_digest(opened, "sha256").hexdigest())
