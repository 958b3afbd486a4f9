"""`phonebot serve` and `phonebot worker`: the two processes of a phonebot that answers calls."""

import os
from collections.abc import Callable
from contextlib import ExitStack
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, Final, Protocol

import click
import structlog
from flask import Flask, g
from gunicorn.app.base import BaseApplication
from gunicorn.config import Config
from gunicorn.glogging import Logger

from phonebot.app import create_app, make_worker, open_database, utc_now
from phonebot.cli.logs import configure_logs, json_formatter
from phonebot.config import Settings, load_settings
from phonebot.services.office.people import NoOffice, the_office
from phonebot.speech.errors import SpeechTrouble
from phonebot.store.database import Database, NotReady, ready
from phonebot.telephony.request import Posted
from phonebot.worker.loop import stop_when_told

if TYPE_CHECKING:
    from phonebot.speech.child import ChildTranscriber

PROCESSES: Final = 2
THREADS: Final = 4

WARM_AGAIN_SECONDS: Final = 300.0
"""After the engine could not be made ready: whatever keeps it from that takes people minutes to mend."""

log = structlog.get_logger(__name__)


class Warmed(Protocol):
    """What can be had ready before it is needed."""

    def start(self) -> None:
        """Be ready; raise SpeechTrouble if that cannot be."""


class JsonLogger(Logger):
    """Gunicorn's own lines in the form of ours."""

    def setup(self, cfg: Config) -> None:
        """Set up as gunicorn does, and then change the form."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(json_formatter())


class WebServer(BaseApplication):
    """Gunicorn with our application. Workers are forked; each opens a database of its own."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Set what differs from gunicorn's own. Nothing is read from files or from gunicorn's own variables."""
        chosen: dict[str, Any] = {
            "bind": f"0.0.0.0:{self._settings.port}",
            "worker_class": "gthread",
            "workers": PROCESSES,
            "threads": THREADS,
            "control_socket_disable": True,
            "accesslog": None,
            "logger_class": JsonLogger,
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The Flask application, in a process that has just been forked."""
        app = create_app(self._settings, open_database(self._settings))
        name_the_call(app)
        return app


@click.command()
def serve() -> None:
    """Answer calls: run the web application on PORT, until told to stop by SIGTERM."""
    configure_logs()
    settings = load_settings(os.environ)
    database = open_database(settings)
    try:
        # Once before forking: a flow or prompt that cannot be read shows at once, and what is imported is shared.
        create_app(settings, database)
        _warn_unless_ready(database)
    finally:
        database.close()
    WebServer(settings).run()


@click.command()
@click.option("--drain", is_flag=True, help="Stop when nothing is due.")
def worker(*, drain: bool) -> None:
    """Send notices, digests and texts, place calls, fetch recordings and put them into words, forget what is old.

    Until told to stop.
    """
    configure_logs()
    settings = load_settings(os.environ)
    with ExitStack() as closing:
        database = open_database(settings)
        closing.callback(database.close)
        stop = stop_when_told()
        transcriber = _transcriber(settings, database)
        if transcriber is not None:
            closing.enter_context(transcriber)
            _aside(lambda: _close_when_told(transcriber, stop))
        working = make_worker(settings, database, transcriber=transcriber)
        if not drain:
            _warn_unless_ready(database)
            if transcriber is not None:
                _aside(lambda: warm(transcriber, stop))
            working.run(stop)
            return
        ready(database)
        while not stop.is_set() and working.do_one(utc_now()):
            pass


def _transcriber(settings: Settings, database: Database) -> "ChildTranscriber | None":
    """What puts recordings into words, in the office's language and a process of its own; None where nothing does."""
    from phonebot.speech.engine import child_for  # noqa: PLC0415 - the web puts nothing into words

    try:
        ready(database)
        with database.read() as session:
            return child_for(settings, the_office(session).office.language)
    except (NotReady, NoOffice):
        # Nobody knows the office's language yet.
        return child_for(settings)


def _aside(what: Callable[[], None]) -> None:
    """Do something that may take long, and that nobody waits for at the end."""
    Thread(target=what, daemon=True).start()


def _close_when_told(transcriber: "ChildTranscriber", stop: Event) -> None:
    """Whoever tells the worker to stop does not wait for a recording to be heard to its end."""
    stop.wait()
    transcriber.close()


def warm(transcriber: Warmed, stop: Event, wait: float = WARM_AGAIN_SECONDS) -> None:
    """Have the model loaded before the first recording comes, and fetched if need be, however long that takes.

    Where it cannot be had, try again after `wait` seconds until told to stop: recordings wait for it meanwhile.
    """
    while not stop.is_set():
        try:
            transcriber.start()
        except SpeechTrouble as trouble:
            if not stop.is_set():
                log.error("speech-trouble", why=str(trouble))
            stop.wait(wait)
        else:
            return


def name_the_call(app: Flask) -> None:
    """Put the call's sid on every line logged while one of its webhooks is answered. For an app that has its gate."""

    @app.before_request
    def bind() -> None:
        posted = g.get("posted")
        if isinstance(posted, Posted):
            structlog.contextvars.bind_contextvars(call_sid=posted.call_sid)

    @app.teardown_request
    def unbind(_error: BaseException | None) -> None:
        # The thread's next request may be another call's, or nobody's.
        structlog.contextvars.clear_contextvars()


def _warn_unless_ready(database: Database) -> None:
    """A database that is away or not migrated yet keeps nobody from starting: callers can still leave a message."""
    try:
        ready(database)
    except NotReady as why:
        log.warning("not-ready", why=str(why))
