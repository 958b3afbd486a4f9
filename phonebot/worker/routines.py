"""What the worker does every so often, whether or not anybody asked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from phonebot.services.drafts import close_silent_drafts
from phonebot.services.failpoints import Reached, pass_by
from phonebot.services.orphans import sweep_orphans
from phonebot.services.reconcile import reconcile
from phonebot.store.database import Database
from phonebot.store.media import Media
from phonebot.telephony.client import TwilioClient


@dataclass(frozen=True, slots=True)
class Routine:
    """Something to be done every so often, and once when the worker starts. Two workers may do it at once."""

    name: str
    every: timedelta
    do: Callable[[datetime], Any]


def routines(database: Database, twilio: TwilioClient, media: Media, reached: Reached = pass_by) -> tuple[Routine, ...]:
    """The worker's routines, in the order in which they are done."""
    return (
        Routine("silent-drafts", timedelta(seconds=30), lambda now: close_silent_drafts(database, now)),
        Routine("reconcile", timedelta(minutes=5), lambda now: reconcile(database, twilio, now, reached)),
        Routine("orphans", timedelta(hours=1), lambda now: sweep_orphans(database, media, now)),
    )
