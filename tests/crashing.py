"""Processes of a phonebot that can be killed: a server that is started again at once, and a worker that drains."""

import multiprocessing
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
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


def die_when_told(database: Database, failpoint: str) -> None:
    """Set the named failpoint; or count the commits and renames, and die just before the nth."""
    os.environ[FAILPOINT] = failpoint
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
        self._keeper: threading.Thread | None = None

    def start(self, failpoint: str, clock: Clock) -> None:
        """Start with a failpoint set; a process that still runs is ended first."""
        self.stop()
        self._closing = False
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
