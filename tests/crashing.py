"""Processes of a phonebot that can be killed: servers that are started again at once, and workers that drain."""

import multiprocessing
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Any, Self

from sqlalchemy import event
from sqlalchemy.engine import Engine
from werkzeug.serving import make_server

from phonebot.app import FAILPOINT, create_app, make_worker
from phonebot.config import Settings
from phonebot.store.database import Database
from tests.running import Clock

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.crashing"])
"""Every process is a fork of one that has imported phonebot already: imports are what a start costs."""

COUNTED = "nth "
"""A failpoint "nth 7" is the seventh time that the process commits or changes a file's name, just before it does."""

AFTER = "after "
"""A failpoint "after 7" is just after its seventh commit, before anything else is done or answered."""


class SharedClock(Clock):
    """A clock that shows the same in every process it is given to, and stands until it is told to go on."""

    def __init__(self, now: datetime) -> None:
        self._seconds = FORKS.Value("d", now.timestamp())

    @property
    def now(self) -> datetime:
        """The instant it shows."""
        return datetime.fromtimestamp(self._seconds.value, UTC)

    @now.setter
    def now(self, now: datetime) -> None:
        self._seconds.value = now.timestamp()

    def __call__(self) -> datetime:
        return self.now

    def goes_on(self, **by: float) -> None:
        """Move on by so many seconds, minutes, hours or days."""
        self._seconds.value += timedelta(**by).total_seconds()


def die_when_told(database: Database, failpoint: str) -> None:
    """Set the named failpoint; or count the commits and renames, and die just before or after the nth."""
    os.environ[FAILPOINT] = failpoint
    if failpoint.startswith(AFTER):
        die_after_commit(database, int(failpoint.removeprefix(AFTER)))
    if not failpoint.startswith(COUNTED):
        return
    left = [int(failpoint.removeprefix(COUNTED))]

    def count() -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def audit(name: str, _arguments: tuple[Any, ...]) -> None:
        if name in {"os.rename", "os.remove"}:
            count()

    def commit(_connection: Any) -> None:
        count()

    engine: Engine = database.engine
    event.listen(engine, "commit", commit)
    sys.addaudithook(audit)


def die_after_commit(database: Database, nth: int) -> None:
    """Die just after the nth commit, when its connection is given back."""
    left = [nth]

    def commit(_connection: Any) -> None:
        left[0] -= 1

    def given_back(*_about: Any) -> None:
        if left[0] <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    engine: Engine = database.engine
    event.listen(engine, "commit", commit)
    event.listen(engine, "checkin", given_back)


def serve(settings: Settings, listening: socket.socket, failpoint: str, clock: Clock) -> None:
    """The web application in a process of its own, on a socket that outlives it."""
    database = Database(settings.database_url.get_secret_value())
    die_when_told(database, failpoint)
    app = create_app(settings, database, clock=clock)
    make_server("127.0.0.1", 0, app, threaded=True, fd=listening.fileno()).serve_forever()


def drain(settings: Settings, failpoint: str, clock: Clock) -> None:
    """The worker in a process of its own, until nothing is due."""
    database = Database(settings.database_url.get_secret_value())
    die_when_told(database, failpoint)
    make_worker(settings, database, clock=clock).drain()


def drained(settings: Settings, failpoint: str, clock: Clock) -> bool:
    """Let a worker's process drain; whether it was killed."""
    process = FORKS.Process(target=drain, args=(settings, failpoint, clock), daemon=True)
    process.start()
    process.join(60)
    return process.exitcode == -signal.SIGKILL


def work(settings: Settings, failpoint: str, orders: Any) -> None:
    """The worker in a process of its own: told an instant it drains, and then says so; None ends it."""
    clock = Clock()
    database = Database(settings.database_url.get_secret_value())
    die_when_told(database, failpoint)
    worker = make_worker(settings, database, clock=clock)
    while (now := orders.recv()) is not None:
        clock.now = now
        worker.drain()
        orders.send(True)


class WorkerProcess:
    """A worker's process that drains when it is told to; killed, it is started again without a failpoint.

    `deaths` counts the kills. Whatever it was at when it was killed is left for the next time.
    """

    def __init__(self, settings: Settings, failpoint: str = "") -> None:
        self.deaths = 0
        self._settings = settings
        self._begin(failpoint)

    def begins(self, now: datetime) -> None:
        """Tell it to drain at that instant, and do not wait."""
        self._orders.send(now)

    def ends(self) -> bool:
        """Wait until it has drained; False: it was killed at it."""
        try:
            assert self._orders.poll(60), "a worker that drains for a minute"
            return bool(self._orders.recv())
        except (EOFError, ConnectionResetError):
            self._process.join()
            assert self._process.exitcode == -signal.SIGKILL
            self.deaths += 1
            self._begin("")
            return False

    def drains(self, now: datetime) -> bool:
        """Have it drain at that instant; False: it was killed at it."""
        self.begins(now)
        return self.ends()

    def _begin(self, failpoint: str) -> None:
        self._orders, theirs = FORKS.Pipe()
        self._process = FORKS.Process(target=work, args=(self._settings, failpoint, theirs), daemon=True)
        self._process.start()
        theirs.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.join()
        self._orders.close()


class Server:
    """A server process; killed, it is started again without a failpoint, as whoever runs phonebot would do.

    The socket stays open between, so that requests wait for the next process. `deaths` counts the kills.
    """

    def __init__(self, settings: Callable[[str], Settings]) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self.settings = settings(self.url)
        self.deaths = 0
        self._closing = False
        self._process: Any = None
        self._others: list[Any] = []
        self._keeper: threading.Thread | None = None

    def start(self, failpoint: str, clock: Clock, *, others: int = 0) -> None:
        """Start with a failpoint set; a process that still runs is ended first. `others` more share the socket."""
        self.stop()
        self._closing = False
        self._others = [self._begin("", clock) for _ in range(others)]
        self._process = self._begin(failpoint, clock)
        self._keeper = threading.Thread(target=self._keep, args=(clock,), daemon=True)
        self._keeper.start()

    def stop(self) -> None:
        """End the process."""
        if self._keeper is not None:
            self._closing = True
            self._process.terminate()
            self._keeper.join()
            self._keeper = None
        for other in self._others:
            other.terminate()
            other.join()

    def _begin(self, failpoint: str, clock: Clock) -> Any:
        process = FORKS.Process(target=serve, args=(self.settings, self._listening, failpoint, clock), daemon=True)
        process.start()
        return process

    def _keep(self, clock: Clock) -> None:
        """Start the server again for as long as it is killed."""
        while True:
            self._process.join()
            if self._closing or self._process.exitcode != -signal.SIGKILL:
                return
            self.deaths += 1
            self._process = self._begin("", clock)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        self._listening.close()
