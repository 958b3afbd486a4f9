"""Closing calls that fell silent: nobody told us they were over, and what was given must not wait."""

from datetime import datetime, timedelta
from typing import Final

import structlog

from phonebot.store.calls import close_call
from phonebot.store.database import Database
from phonebot.store.drafts import lock_if_silent, silent_calls

SILENT: Final = timedelta(minutes=5)
MOST_AT_ONCE: Final = 100

log = structlog.get_logger(__name__)


def close_silent_drafts(database: Database, now: datetime) -> int:
    """Close the calls that are not over and have been silent for five minutes; say how many."""
    since = now - SILENT
    with database.read() as session:
        sids = silent_calls(session, since, MOST_AT_ONCE)
    closed = 0
    for sid in sids:
        with database.write() as session:
            # Something may have come in since it was listed.
            call = lock_if_silent(session, sid, since)
            if call is not None:
                close_call(session, call, now)
                closed += 1
    if closed:
        log.info("silent-calls-closed", calls=closed)
    return closed
