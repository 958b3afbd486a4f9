"""The table of jobs: what each kind does, and what is done when one of its jobs is given up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from phonebot.domain.outbox import JobKind
from phonebot.services.failpoints import Reached, pass_by
from phonebot.services.recordings import NotYet, delete_recording, fetch_recording, give_up_recording
from phonebot.store.database import Database
from phonebot.store.media import Media
from phonebot.telephony.client import TwilioClient
from phonebot.telephony.errors import TwilioError
from phonebot.telephony.recordings import NotAudio

Payload = Mapping[str, Any]

OUTSIDE_TRIES: Final = 100
"""Tries while others are at fault (Twilio, the disk): more than three days of them, an hour apart."""

GARBLED_TRIES: Final = 6
"""Tries at a recording that comes but is no audio: two minutes of them."""

POISON_TRIES: Final = 20
"""Tries at a job that makes our own code fail: half a day, in which a corrected phonebot may be started."""


@dataclass(frozen=True, slots=True)
class Duty:
    """What a kind of job does; and what is to be told when a job of it is given up, and why."""

    do: Callable[[Payload, datetime], None]
    give_up: Callable[[Payload, str, datetime], None]


@dataclass(frozen=True, slots=True)
class Failure:
    """What a failed try means: why in a few words without anybody's data, how many tries, and the least wait."""

    reason: str
    tries: int
    wait: timedelta = timedelta()


def jobs(database: Database, twilio: TwilioClient, media: Media, reached: Reached = pass_by) -> dict[str, Duty]:
    """What the worker can do, by kind."""
    return {
        JobKind.FETCH_RECORDING: Duty(
            lambda payload, now: fetch_recording(database, twilio, media, str(payload["sid"]), now, reached=reached),
            lambda payload, reason, now: give_up_recording(database, str(payload["sid"]), reason, now),
        ),
        JobKind.DELETE_RECORDING: Duty(
            lambda payload, now: delete_recording(database, twilio, media, str(payload["sid"]), now, reached=reached),
            _leave_it,
        ),
    }


def _leave_it(payload: Payload, reason: str, now: datetime) -> None:
    """Nothing else hangs on the job: its dead letter says all there is."""


def failure_of(error: Exception) -> Failure:
    """What to make of what a job raised."""
    if isinstance(error, TwilioError):
        return Failure(str(error), OUTSIDE_TRIES if error.retryable else 1, error.wait)
    if isinstance(error, NotAudio):
        return Failure(f"what came {error}", GARBLED_TRIES)
    if isinstance(error, NotYet):
        return Failure(str(error), OUTSIDE_TRIES)
    if isinstance(error, OSError):
        return Failure(f"{type(error).__name__}: {error.strerror or 'no reason given'}", OUTSIDE_TRIES)
    return Failure(_place(error), POISON_TRIES)


def _place(error: Exception) -> str:
    """What kind of mistake, and where: its text may quote a caller, so it is left out."""
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    where = "" if frame is None else f" in {frame.tb_frame.f_code.co_qualname}, line {frame.tb_lineno}"
    return f"{type(error).__name__}{where}"
