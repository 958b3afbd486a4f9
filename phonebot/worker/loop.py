"""The worker's loop: what has come in, then one job of its lane, then what has to be done every so often."""

import signal
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from threading import Event
from time import monotonic
from typing import Final

import structlog

from phonebot.domain.outbox import Job, Lane
from phonebot.services.failpoints import JOB_CLAIMED, JOB_DONE, Reached, pass_by
from phonebot.store import outbox
from phonebot.store.database import Database
from phonebot.worker.jobs import OUTSIDE_TRIES, Duty, Failure, failure_of
from phonebot.worker.lanes import Lanes
from phonebot.worker.routines import Routine

LEASE: Final = timedelta(minutes=5)
"""Longer than any job takes: a recording may take two minutes to come and most of one to listen to."""

POLL_SECONDS: Final = 1.0
TROUBLE_SECONDS: Final = 10.0

log = structlog.get_logger(__name__)


class Worker:
    """Does what is due in one lane, one thing after the other. Each of `feeds` looks for what came in, and counts it.

    Those `beside` do other lanes: while this one runs, each in a thread of its own, whatever becomes of it there.
    """

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
        lane: Lane = Lane.MAIN,
        beside: Sequence["Worker"] = (),
    ) -> None:
        self._database = database
        self._jobs = jobs
        self._feeds = feeds
        self._routines = routines
        self._clock = clock
        self._rng = rng or Random()  # noqa: S311 - jitter is no secret
        self._reached = reached
        self._lease = lease
        self._lane = lane
        self._beside = beside
        self._began: float | None = None
        self._alike: Counter[str] = Counter()
        self._next_due: dict[str, datetime] = {}

    @property
    def name(self) -> str:
        """What its lane is called."""
        return self._lane.value

    @property
    def overdue(self) -> bool:
        """Whether it has been at one job for longer than its lease, and so than any job may take."""
        began = self._began
        return began is not None and monotonic() - began > self._lease.total_seconds()

    def do_one(self, now: datetime) -> bool:
        """Take in what has come in, do one job that is due, and the routines that are; say whether there was any of it.

        Where there is nothing, do one thing of the lanes beside. A job or routine that fails is noted and put off.
        Raise whatever the database raises when it is away.
        """
        return self._do_own(now) or any(worker.do_one(now) for worker in self._beside)

    def _do_own(self, now: datetime) -> bool:
        came_in = sum(feed(now) for feed in self._feeds)
        job = self._claim(now)
        if job is not None:
            self._began = monotonic()
            try:
                self._reached(JOB_CLAIMED)
                self._do(job, now)
            finally:
                self._began = None
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
        log.info("worker-started", lane=self.name)
        lanes = Lanes(self._beside, stop)
        while not stop.is_set():
            lanes.watch()
            try:
                wait = 0.0 if self._do_own(self._clock()) else POLL_SECONDS
            except Exception as error:
                log.error("worker-trouble", lane=self.name, error=type(error).__name__)
                wait = TROUBLE_SECONDS
            if wait:
                stop.wait(wait)
        lanes.end()
        log.info("worker-stopped", lane=self.name)

    def _claim(self, now: datetime) -> Job | None:
        with self._database.write() as session:
            return outbox.claim(session, now, self._lease, self._lane)

    def _do(self, job: Job, now: datetime) -> None:
        """Do a job that is leased to us, and settle it."""
        duty = self._jobs.get(job.kind)
        if duty is not None and self._was_deadly(job, duty):
            self._put_off(job, duty, Failure("workers died at it", 1))
            return
        try:
            if duty is None:
                raise LookupError(job.kind)
            duty.do(job.payload, now)
        except Exception as error:
            self._put_off(job, duty, failure_of(error))
            return
        self._alike.pop(job.key, None)
        with self._database.write() as session:
            outbox.done(session, job, self._clock())
        self._reached(JOB_DONE)

    def _was_deadly(self, job: Job, duty: Duty) -> bool:
        """Whether too many workers died at a job. Whoever fails at one says why; only those that died say nothing."""
        if job.attempts <= duty.deaths:
            return False
        with self._database.read() as session:
            return job.attempts > OUTSIDE_TRIES or not outbox.failed_before(session, job)

    def _put_off(self, job: Job, duty: Duty | None, failure: Failure) -> None:
        """Try the job again later, or make it a dead letter if it has had its tries."""
        now = self._clock()
        log.warning("job-failed", job=job.key, attempts=job.attempts, reason=failure.reason)
        if job.attempts < failure.tries and not self._fails_alike(job, failure):
            with self._database.write() as session:
                outbox.retry(session, job, failure.reason, now, rng=self._rng, at_least=failure.wait)
            return
        if duty is not None:
            duty.give_up(job.payload, failure.reason, now)
        with self._database.write() as session:
            outbox.bury(session, job, failure.reason, now)
        log.error("job-given-up", job=job.key, reason=failure.reason)

    def _fails_alike(self, job: Job, failure: Failure) -> bool:
        """Whether a job has failed in such a way so often that it is over.

        They are counted here alone: a worker that starts afresh tries a few times more, which does no harm.
        """
        if failure.alike is None:
            return False
        self._alike[job.key] += 1
        if self._alike[job.key] < failure.alike:
            return False
        del self._alike[job.key]
        return True

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
