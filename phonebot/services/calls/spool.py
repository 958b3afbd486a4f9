"""The spool: webhooks written to a file while the database cannot be reached, and replayed when it can."""

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import time_ns
from typing import Any, Final
from uuid import uuid4

import structlog

from phonebot.services.failpoints import SPOOL_APPENDED, SPOOL_CLAIMED, SPOOL_REPLAYED, Reached, pass_by

CURRENT: Final = "webhooks.spool"
UNREADABLE: Final = "unreadable.spool"
MANY_FAILURES: Final = 3
"""So many replays failing one after the other mean the database is still away: the rest waits."""

log = structlog.get_logger(__name__)


def spool_append(folder: Path, record: dict[str, Any], reached: Reached = pass_by) -> None:
    """Append a record as one line of JSON; it is on the disk when this returns. Raise OSError where it cannot be.

    Any text is taken, lone surrogates too, and what JSON does not know is written as its `repr`.
    """
    line = json.dumps(record, ensure_ascii=True, default=repr).encode("ascii") + b"\n"
    new = not folder.exists()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _current(folder) as handle:
        size = os.fstat(handle).st_size
        # After a crash in the middle of a line, the next one must not grow on to its stump.
        stump = size > 0 and os.pread(handle, 1, size - 1) != b"\n"
        _write_whole(handle, b"\n" + line if stump else line, size)
        os.fsync(handle)
        if size == 0:
            _sync_folder(folder)
    if new:
        _sync_folder(folder.parent)
    reached(SPOOL_APPENDED)


@contextmanager
def _current(folder: Path) -> Iterator[int]:
    """The open, locked file to append to: readable, so that its last byte can be looked at.

    A drainer may have renamed the file between our opening and our locking it; then we open the next one.
    """
    path = folder / CURRENT
    while True:
        handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            if _is_still(path, handle):
                yield handle
                return
        finally:
            os.close(handle)


def _is_still(path: Path, handle: int) -> bool:
    """Whether the path names the file that is open."""
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False


def _write_whole(handle: int, line: bytes, size: int) -> None:
    """Write all of the line or none of it: a full disk takes the beginning of a line."""
    try:
        rest = memoryview(line)
        while rest:
            rest = rest[os.write(handle, rest) :]
    except OSError:
        with suppress(OSError):
            os.ftruncate(handle, size)
        raise


def drain_spool(folder: Path, replay: Callable[[dict[str, Any]], None], reached: Reached = pass_by) -> int:
    """Replay every record that waits, oldest first, and say how many went in. Never raises what `replay` raises.

    A record may be replayed again after a crash, so replays must be idempotent. A record that fails stays for the
    next time, behind the others. Two workers may drain at once: each file is one worker's.
    """
    current = folder / CURRENT
    if current.exists():
        # The name is nobody else's: a rename on to a file another worker has claimed would lose that file.
        claimed = folder / f"{time_ns():020}-{uuid4().hex}.claimed"
        with suppress(FileNotFoundError):
            current.rename(claimed)
            reached(SPOOL_CLAIMED)
    return sum(_drain_file(path, replay, reached) for path in sorted(folder.glob("*.claimed")))


def _drain_file(path: Path, replay: Callable[[dict[str, Any]], None], reached: Reached) -> int:
    """Replay one claimed file, and remove it or leave in it what failed."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return 0
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return 0
        if not _is_still(path, file.fileno()):
            return 0
        lines = [line for line in file.read().split(b"\n") if line]
        untried, failed, replayed = _replay(path.parent, lines, replay)
        reached(SPOOL_REPLAYED)
        _leave(path, untried + failed)
    return replayed


def _replay(
    folder: Path, lines: list[bytes], replay: Callable[[dict[str, Any]], None]
) -> tuple[list[bytes], list[bytes], int]:
    """Replay the lines; return those not tried, those that failed, and how many went in."""
    failed: list[bytes] = []
    replayed = in_a_row = 0
    for place, line in enumerate(lines):
        record = _record(line)
        if record is None:
            _set_aside(folder, line)
            continue
        try:
            replay(record)
        except Exception as error:
            log.warning("spool-replay-failed", error=type(error).__name__)
            failed.append(line)
            in_a_row += 1
            if in_a_row == MANY_FAILURES:
                return lines[place + 1 :], failed, replayed
        else:
            replayed, in_a_row = replayed + 1, 0
    return [], failed, replayed


def _record(line: bytes) -> dict[str, Any] | None:
    """The record in a line, or None in what a crash left of one."""
    try:
        record = json.loads(line)
    except ValueError:
        return None
    return record if isinstance(record, dict) else None


def _set_aside(folder: Path, line: bytes) -> None:
    """Keep a line that cannot be read for a person to look at. It was never answered, but it was somebody's."""
    log.error("spool-line-unreadable", length=len(line))
    handle = os.open(folder / UNREADABLE, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "ab") as file:
        file.write(line + b"\n")
        file.flush()
        os.fsync(file.fileno())


def _leave(path: Path, lines: list[bytes]) -> None:
    """Leave these lines in the file for the next time, or remove it if there are none."""
    if lines:
        half = path.with_suffix(".half")
        handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(b"".join(line + b"\n" for line in lines))
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    else:
        path.unlink()
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make a new name in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
