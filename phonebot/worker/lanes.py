"""Workers of other lanes, each in a thread beside the main one's: what they do to themselves delays nobody else."""

from collections.abc import Sequence
from threading import Event, Thread
from time import monotonic
from typing import Final, Protocol

import structlog

GRACE_SECONDS: Final = 1.0
"""How long those beside may take to end what they do, together, once told to stop. The rest is left to its lease."""

log = structlog.get_logger(__name__)


class Beside(Protocol):
    """A worker of another lane, as whoever watches over it knows it."""

    @property
    def name(self) -> str:
        """What its lane is called."""

    @property
    def overdue(self) -> bool:
        """Whether it has been at one job for longer than any job may take."""

    def run(self, stop: Event) -> None:
        """Work until told to stop."""


class Lanes:
    """The workers beside, running. The first `watch` starts them."""

    def __init__(self, workers: Sequence[Beside], stop: Event) -> None:
        self._workers = workers
        self._stop = stop
        self._threads: dict[str, Thread] = {}
        self._stuck: set[str] = set()

    def watch(self) -> None:
        """Start each that does not run, and say so where it did before; say once of each job that takes too long."""
        for worker in self._workers:
            thread = self._threads.get(worker.name)
            if thread is None or not thread.is_alive():
                if thread is not None:
                    log.error("lane-died", lane=worker.name)
                self._start(worker)
            if worker.overdue and worker.name not in self._stuck:
                log.error("lane-stuck", lane=worker.name)
            (self._stuck.add if worker.overdue else self._stuck.discard)(worker.name)

    def end(self) -> None:
        """Wait for them, but not for long: what is not done then is left to its lease."""
        until = monotonic() + GRACE_SECONDS
        for name, thread in self._threads.items():
            thread.join(max(0.0, until - monotonic()))
            if thread.is_alive():
                log.warning("lane-left", lane=name)

    def _start(self, worker: Beside) -> None:
        # A daemon, so that one which hangs does not keep the process from ending.
        thread = Thread(target=_work, args=(worker, self._stop), name=f"lane-{worker.name}", daemon=True)
        self._threads[worker.name] = thread
        thread.start()


def _work(worker: Beside, stop: Event) -> None:
    """Run it to its end, whatever that is."""
    try:
        worker.run(stop)
    except BaseException as error:
        # What is no Exception ends a thread without a word otherwise. The watch starts another.
        log.error("lane-ended", lane=worker.name, error=type(error).__name__)
