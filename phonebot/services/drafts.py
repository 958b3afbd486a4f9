"""Closing calls that fell silent: nobody told us they were over, and what was given must not wait."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

import structlog

from phonebot.store.calls import finish_call, lock_call
from phonebot.store.database import Database
from phonebot.store.drafts import lock_if_silent, silent_calls
from phonebot.store.recordings import delete_replaced, weigh_call

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

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
            closed += lock_if_silent(session, sid, since) and _close(session, sid, now)
    if closed:
        log.info("silent-calls-closed", calls=closed)
    return closed


def _close(session: "Session", sid: str, now: datetime) -> bool:
    """Turn the call's draft into what it is by now; False where no office is loaded to say whose it is."""
    call = lock_call(session, sid)
    if call is None:
        return False
    finish_call(session, sid, call.dialogue, now)
    delete_replaced(session, sid, now)
    weigh_call(session, sid)
    return True
