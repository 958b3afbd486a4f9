"""The table of jobs: what each kind does, and what is done when one of its jobs is given up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from phonebot.domain.outbox import JobKind
from phonebot.mail import MailTrouble
from phonebot.services.callbacks.capped import warn_of_cap
from phonebot.services.callbacks.desk import CallDesk
from phonebot.services.callbacks.placing import give_up_call, place_call
from phonebot.services.callers.telling import tell_accepted, tell_slip
from phonebot.services.callers.texts import give_up_text, send_text
from phonebot.services.callers.verdicts import ask_verdict, take_verdict
from phonebot.services.calls.recordings import delete_recording, fetch_recording, give_up_recording
from phonebot.services.house import House
from phonebot.services.not_yet import NotYet
from phonebot.services.staff.account_watch import warn_of_account
from phonebot.services.staff.digests import send_digest
from phonebot.services.staff.mailroom import Mailroom
from phonebot.services.staff.notices import announce, send_notice
from phonebot.services.staff.slip_warnings import send_warning
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


def _leave_it(payload: Payload, reason: str, now: datetime) -> None:
    """Nothing else hangs on the job: its dead letter says all there is."""


@dataclass(frozen=True, slots=True)
class Duty:
    """What a kind of job does; and what is to be told when a job of it is given up, and why."""

    do: Callable[[Payload, datetime], Any]
    give_up: Callable[[Payload, str, datetime], None] = _leave_it


@dataclass(frozen=True, slots=True)
class Failure:
    """What a failed try means: why in a few words without anybody's data, how many tries, and the least wait."""

    reason: str
    tries: int
    wait: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Tools:
    """What jobs and routines work with."""

    house: House
    twilio: TwilioClient
    media: Media
    desk: CallDesk
    room: Mailroom

    @property
    def database(self) -> Database:
        """The one database."""
        return self.house.database


def jobs(tools: Tools) -> dict[str, Duty]:
    """What the worker can do, by kind."""
    return _of_recordings(tools) | _of_staff(tools) | _of_callers(tools)


def _of_recordings(tools: Tools) -> dict[str, Duty]:
    database, twilio, media, reached = tools.database, tools.twilio, tools.media, tools.house.reached
    return {
        JobKind.FETCH_RECORDING: Duty(
            lambda job, now: fetch_recording(database, twilio, media, str(job["sid"]), now, reached=reached),
            lambda job, reason, now: give_up_recording(database, str(job["sid"]), reason, now),
        ),
        JobKind.DELETE_RECORDING: Duty(
            lambda job, now: delete_recording(database, twilio, media, str(job["sid"]), now, reached=reached)
        ),
    }


def _of_staff(tools: Tools) -> dict[str, Duty]:
    """Telling staff, and ringing them so that they return a call."""
    return {
        JobKind.ANNOUNCE: Duty(lambda job, now: announce(tools.database, int(job["message"]), now)),
        JobKind.NOTICE: Duty(lambda job, now: send_notice(tools.room, job, now)),
        JobKind.DIGEST: Duty(lambda job, now: send_digest(tools.room, job, now)),
        JobKind.WARN: Duty(lambda job, now: send_warning(tools.room, job, now)),
        JobKind.WARN_OF_CAP: Duty(lambda job, now: warn_of_cap(tools.room, job, now)),
        JobKind.WARN_OF_ACCOUNT: Duty(lambda job, now: warn_of_account(tools.room, job, now)),
        JobKind.CALL: Duty(
            lambda job, now: place_call(tools.desk, tools.twilio, int(job["attempt"]), now),
            lambda job, reason, now: give_up_call(tools.desk, int(job["attempt"]), reason, now),
        ),
    }


def _of_callers(tools: Tools) -> dict[str, Duty]:
    """Telling callers, asking them, and taking in what they answer."""
    house = tools.house
    return {
        JobKind.TEXT: Duty(
            lambda job, now: send_text(house, tools.twilio, job, now),
            lambda job, _reason, now: give_up_text(house, job, now),
        ),
        JobKind.ASK_VERDICT: Duty(lambda job, now: ask_verdict(house, int(job["message"]), now)),
        JobKind.TAKE_VERDICT: Duty(
            lambda job, now: take_verdict(tools.database, int(job["message"]), now, reached=bool(job["reached"]))
        ),
        JobKind.TELL_SLIP: Duty(lambda job, now: tell_slip(house, job, now)),
        JobKind.TELL_ACCEPTED: Duty(lambda job, now: tell_accepted(house, int(job["commitment"]), now)),
    }


def failure_of(error: Exception) -> Failure:
    """What to make of what a job raised."""
    if isinstance(error, TwilioError):
        return Failure(str(error), OUTSIDE_TRIES if error.retryable else 1, error.wait)
    if isinstance(error, NotAudio):
        return Failure(f"what came {error}", GARBLED_TRIES)
    if isinstance(error, NotYet):
        return Failure(str(error), OUTSIDE_TRIES, error.wait)
    if isinstance(error, MailTrouble):
        return Failure(str(error), OUTSIDE_TRIES if error.retryable else 1)
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
