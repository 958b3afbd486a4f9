"""The table of jobs: what each kind does, and what is done when one of its jobs is given up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final, TypedDict

from phonebot.domain.outbox import JobKind
from phonebot.mail import MailTrouble
from phonebot.services.callbacks.capped import warn_of_cap
from phonebot.services.callbacks.desk import CallDesk
from phonebot.services.callbacks.placing import give_up_call, place_call
from phonebot.services.callers.telling import tell_accepted, tell_slip
from phonebot.services.callers.texts import give_up_text, send_text
from phonebot.services.callers.verdicts import ask_verdict, take_verdict
from phonebot.services.calls.recordings import delete_recording, fetch_recording, make_do
from phonebot.services.calls.transcripts import give_up_transcript, transcribe_recording
from phonebot.services.failpoints import Reached
from phonebot.services.house import House
from phonebot.services.not_yet import NotYet
from phonebot.services.staff.account_watch import warn_of_account
from phonebot.services.staff.digests import send_digest
from phonebot.services.staff.mailroom import Mailroom
from phonebot.services.staff.notices import announce, send_notice
from phonebot.services.staff.slip_warnings import send_warning
from phonebot.speech.errors import EngineFailed, NotReady, SpeechTrouble
from phonebot.speech.transcriber import Transcriber
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

SPEECH_TRIES: Final = 40
"""Tries at putting a recording into words while an engine's service is out: about a day of them."""

ENGINE_FAILURES: Final = 5
SPEECH_WAIT: Final = timedelta(minutes=2)
"""How often an engine may fail at one recording that may itself be at fault, and the least wait after each time."""

NOT_READY_WAIT: Final = timedelta(minutes=5)
"""Between tries while the engine is being made ready: a model of gigabytes takes up to an hour to come."""

DEATHS_AT_SPEECH: Final = 20
"""Tries at that where the worker died at every one: what takes a whole worker down is not tried for days."""

POISON_TRIES: Final = 20
"""Tries at a job that makes our own code fail: half a day, in which a corrected phonebot may be started."""


def _leave_it(payload: Payload, reason: str, now: datetime) -> None:
    """Nothing else hangs on the job: its dead letter says all there is."""


@dataclass(frozen=True, slots=True)
class Duty:
    """What a kind of job does; and what is to be told when a job of it is given up, and why.

    `deaths` is how often a job may be begun, where every worker dies at it and nobody is left to count its tries.
    """

    do: Callable[[Payload, datetime], Any]
    give_up: Callable[[Payload, str, datetime], None] = _leave_it
    deaths: int = OUTSIDE_TRIES


@dataclass(frozen=True, slots=True)
class Failure:
    """What a failed try means: why in a few words without anybody's data, how many tries, and the least wait.

    `alike`, if any, is how many such failures at a job end it, whatever its other tries failed of.
    """

    reason: str
    tries: int
    wait: timedelta = timedelta()
    alike: int | None = None


@dataclass(frozen=True, slots=True)
class Tools:
    """What jobs and routines work with. Without a `transcriber` no recording is put into words."""

    house: House
    twilio: TwilioClient
    media: Media
    desk: CallDesk
    room: Mailroom
    transcriber: Transcriber | None = None

    @property
    def database(self) -> Database:
        """The one database."""
        return self.house.database


def jobs(tools: Tools) -> dict[str, Duty]:
    """What the worker can do, by kind."""
    return _of_recordings(tools) | _of_speech(tools) | _of_staff(tools) | _of_callers(tools)


class _How(TypedDict):
    """What all that is done with recordings is told besides."""

    reached: Reached
    transcribes: bool


def _of_recordings(tools: Tools) -> dict[str, Duty]:
    database, twilio, media = tools.database, tools.twilio, tools.media
    how: _How = {"reached": tools.house.reached, "transcribes": tools.transcriber is not None}
    fetch, delete = (partial(do, database, twilio, media, **how) for do in (fetch_recording, delete_recording))
    return {
        JobKind.FETCH_RECORDING: Duty(
            lambda job, now: fetch(str(job["sid"]), now),
            lambda job, reason, now: make_do(database, media, str(job["sid"]), reason, now, **how),
        ),
        JobKind.DELETE_RECORDING: Duty(lambda job, now: delete(str(job["sid"]), now)),
    }


def _of_speech(tools: Tools) -> dict[str, Duty]:
    """Putting recordings into words. Where phonebot does so no more, the jobs left from when it did are given up."""
    hear = partial(transcribe_recording, tools.database, tools.media, tools.transcriber, reached=tools.house.reached)
    return {
        JobKind.TRANSCRIBE: Duty(
            lambda job, now: hear(str(job["sid"]), now),
            lambda job, reason, now: give_up_transcript(tools.database, str(job["sid"]), reason, now),
            deaths=DEATHS_AT_SPEECH,
        )
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
    if isinstance(error, NotReady):
        return Failure(str(error), OUTSIDE_TRIES, NOT_READY_WAIT)
    if isinstance(error, EngineFailed):
        return Failure(str(error), OUTSIDE_TRIES, SPEECH_WAIT, ENGINE_FAILURES)
    if isinstance(error, SpeechTrouble):
        return Failure(str(error), SPEECH_TRIES if error.retryable else 1, SPEECH_WAIT)
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
