"""The worker's loop: what has come in, then one job of the outbox, then what has to be done every so often."""

import signal
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from threading import Event
from typing import Final

import structlog

from phonebot.domain.outbox import Job
from phonebot.services.failpoints import JOB_CLAIMED, JOB_DONE, Reached, pass_by
from phonebot.store import outbox
from phonebot.store.database import Database
from phonebot.worker.jobs import OUTSIDE_TRIES, Duty, Failure, failure_of
from phonebot.worker.routines import Routine

LEASE: Final = timedelta(minutes=5)
"""Longer than any job takes: a recording may take two minutes to come and most of one to listen to."""

POLL_SECONDS: Final = 1.0
TROUBLE_SECONDS: Final = 10.0

log = structlog.get_logger(__name__)


class Worker:
    """Does what is due, one thing after the other. Each of `feeds` looks for what has come in, and counts it."""

    def __init__(
        self,
        database: Database,
        jobs: Mapping[str, Duty],
        *,
        feeds: Sequence[Callable[[datetime], int]] = (),
        routines: Sequence[Routine] = (),
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        rng: Random | None = None,
        reached: Reached = pass_by,
        lease: timedelta = LEASE,
    ) -> None:
        self._database = database
        self._jobs = jobs
        self._feeds = feeds
        self._routines = routines
        self._clock = clock
        self._rng = rng or Random()  # noqa: S311 - jitter is no secret
        self._reached = reached
        self._lease = lease
        self._next_due: dict[str, datetime] = {}

    def do_one(self, now: datetime) -> bool:
        """Take in what has come in, do one job that is due, and the routines that are; say whether there was any of it.

        A job or routine that fails is noted and put off. Raise whatever the database raises when it is away.
        """
        came_in = sum(feed(now) for feed in self._feeds)
        job = self._claim(now)
        if job is not None:
            self._reached(JOB_CLAIMED)
            self._do(job, now)
        due = [routine for routine in self._routines if self._is_due(routine, now)]
        for routine in due:
            self._follow(routine, now)
        return bool(came_in or job or due)

    def drain(self) -> int:
        """Do everything that is due, and say in how many rounds. What was put off is left for later."""
        rounds = 0
        while self.do_one(self._clock()):
            rounds += 1
        return rounds

    def run(self, stop: Event) -> None:
        """Work until told to stop; what has been begun is finished first. Trouble with the database is waited out."""
        log.info("worker-started")
        while not stop.is_set():
            try:
                wait = 0.0 if self.do_one(self._clock()) else POLL_SECONDS
            except Exception as error:
                log.error("worker-trouble", error=type(error).__name__)
                wait = TROUBLE_SECONDS
            if wait:
                stop.wait(wait)
        log.info("worker-stopped")

    def _claim(self, now: datetime) -> Job | None:
        with self._database.write() as session:
            return outbox.claim(session, now, self._lease)

    def _do(self, job: Job, now: datetime) -> None:
        """Do a job that is leased to us, and settle it."""
        duty = self._jobs.get(job.kind)
        try:
            if duty is None:
                raise LookupError(job.kind)
            if job.attempts > OUTSIDE_TRIES:
                # Whoever fails at a job counts its tries; only workers that died at it leave so many.
                raise TimeoutError(0, "workers died at it")
            duty.do(job.payload, now)
        except Exception as error:
            self._put_off(job, duty, failure_of(error))
            return
        with self._database.write() as session:
            outbox.done(session, job, self._clock())
        self._reached(JOB_DONE)

    def _put_off(self, job: Job, duty: Duty | None, failure: Failure) -> None:
        """Try the job again later, or make it a dead letter if it has had its tries."""
        now = self._clock()
        log.warning("job-failed", job=job.key, attempts=job.attempts, reason=failure.reason)
        if job.attempts < failure.tries:
            with self._database.write() as session:
                outbox.retry(session, job, failure.reason, now, rng=self._rng, at_least=failure.wait)
            return
        if duty is not None:
            duty.give_up(job.payload, failure.reason, now)
        with self._database.write() as session:
            outbox.bury(session, job, failure.reason, now)
        log.error("job-given-up", job=job.key, reason=failure.reason)

    def _is_due(self, routine: Routine, now: datetime) -> bool:
        """A routine due further ahead than its own period was put there by a clock that has been set back since."""
        due = self._next_due.get(routine.name, now)
        return due <= now or due > now + routine.every

    def _follow(self, routine: Routine, now: datetime) -> None:
        """Do a routine, its next time set first, so that one which fails is not tried in a hurry."""
        self._next_due[routine.name] = now + routine.every
        try:
            routine.do(now)
        except Exception as error:
            log.error("routine-failed", routine=routine.name, reason=failure_of(error).reason)


def stop_when_told() -> Event:
    """An event that SIGTERM and SIGINT set; for the main thread of the worker's process."""
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stop.set())
    return stop
