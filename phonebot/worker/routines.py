"""What the worker does every so often, whether or not anybody asked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from phonebot.config import Settings
from phonebot.services.callbacks.lapsed import settle_lapsed
from phonebot.services.callers.slips import mind_promises
from phonebot.services.calls.drafts import close_silent_drafts
from phonebot.services.calls.orphans import sweep_orphans
from phonebot.services.calls.reconcile_calls import reconcile_calls
from phonebot.services.calls.reconcile_recordings import reconcile
from phonebot.services.messages.forgetting import forget_old
from phonebot.services.messages.heirs import pass_on
from phonebot.services.staff.account_watch import watch_account
from phonebot.services.staff.digests import plan_digests
from phonebot.services.staff.mailroom import DoorWatch
from phonebot.worker.jobs import Tools


@dataclass(frozen=True, slots=True)
class Routine:
    """Something to be done every so often, and once when the worker starts. Two workers may do it at once."""

    name: str
    every: timedelta
    do: Callable[[datetime], Any]


def routines(tools: Tools, settings: Settings) -> tuple[Routine, ...]:
    """The worker's routines, in the order in which they are done."""
    database, twilio, watch = tools.database, tools.twilio, DoorWatch(tools.room)
    keep = settings.keep_audio_days, settings.keep_words_days
    return (
        Routine("digests", timedelta(seconds=10), lambda now: plan_digests(database, now)),
        Routine("promises", timedelta(seconds=15), lambda now: mind_promises(database, now)),
        Routine("lapsed-calls", timedelta(minutes=1), lambda now: settle_lapsed(tools.desk, twilio, now)),
        Routine("silent-drafts", timedelta(seconds=30), lambda now: close_silent_drafts(database, now)),
        Routine("mail-door", timedelta(seconds=30), watch.look),
        Routine("heirs", timedelta(minutes=1), lambda now: pass_on(database, now)),
        Routine("account", timedelta(minutes=5), lambda now: watch_account(database, twilio, now)),
        # Recordings are looked for first: a call with words is then no missed one.
        Routine("reconcile", timedelta(minutes=5), lambda now: reconcile(database, twilio, now, tools.house.reached)),
        Routine("reconcile-calls", timedelta(minutes=5), lambda now: reconcile_calls(database, twilio, now)),
        Routine("orphans", timedelta(hours=1), lambda now: sweep_orphans(database, tools.media, now)),
        Routine("forgetting", timedelta(hours=1), lambda now: forget_old(database, *keep, now)),
    )
