"""Sweeping up: files without a row that wants them, and rows whose file is not there."""

from datetime import datetime, timedelta
from typing import Final

import structlog

from phonebot.domain.recording import RecordingState
from phonebot.store.audio import fetched_after, recording_state, want_again
from phonebot.store.database import Database
from phonebot.store.media import KeptFile, Media

SETTLED: Final = timedelta(hours=1)
"""Younger files may belong to a job that is being done."""

STRANGE: Final = timedelta(days=7)
"""A file no row knows is kept so long: a database restored from a backup learns of it again from Twilio's list."""

PAGE: Final = 500

log = structlog.get_logger(__name__)


def sweep_orphans(database: Database, media: Media, now: datetime) -> int:
    """Bring files and rows together, and say how much was out of place."""
    halves = media.sweep(now - SETTLED)
    return halves + _sweep_files(database, media, now) + _sweep_rows(database, media, now)


def _sweep_files(database: Database, media: Media, now: datetime) -> int:
    """Remove files that are not wanted; have the job of one whose row does not know it done again."""
    swept = 0
    for file in media.kept_files():
        if file.written_at > now - SETTLED:
            continue
        with database.read() as session:
            state = recording_state(session, file.sid)
        if _is_unwanted(file, state, now):
            media.erase(file.path)
        elif state in {RecordingState.ANNOUNCED, RecordingState.REFUSED}:
            # The job finds the file and links it, without asking Twilio again.
            with database.write() as session:
                want_again(session, file.sid, now)
        else:
            continue
        swept += 1
        log.warning("orphan-file", recording=file.sid, state=state)
    return swept


def _is_unwanted(file: KeptFile, state: RecordingState | None, now: datetime) -> bool:
    if state is None:
        return file.written_at < now - STRANGE
    return state is RecordingState.DELETED


def _sweep_rows(database: Database, media: Media, now: datetime) -> int:
    """Have every recording fetched again whose audio is not where its row says."""
    swept = 0
    last = ""
    while True:
        with database.read() as session:
            rows = fetched_after(session, last, PAGE)
            lost = [sid for sid, path in rows if not media.has(session, sid, path)]
        for sid in lost:
            with database.write() as session:
                want_again(session, sid, now)
            log.error("audio-missing", recording=sid)
        swept += len(lost)
        if len(rows) < PAGE:
            return swept
        last = rows[-1][0]
