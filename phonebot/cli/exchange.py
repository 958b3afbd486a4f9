"""What answers a call from the terminal: the phonebot that runs at PUBLIC_URL, or one of our own."""

import socket
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, build_opener

import click

from phonebot.app import make_media, open_database
from phonebot.cli.opening import missing_file
from phonebot.cli.own_phonebot import OwnPhonebot, errors_in, logging_to, own_phonebot, quietly_closed
from phonebot.config import DatabaseSettings, Settings, load_settings
from phonebot.domain.office import OfficeBook
from phonebot.services.calls.recordings import fetch_recording
from phonebot.simulator import Delays, Network, Served
from phonebot.simulator.rest import RestSide
from phonebot.store.database import Database, NotReady, ready
from phonebot.store.offices import load_office
from phonebot.telephony.client import TwilioClient
from phonebot.telephony.errors import TwilioError
from phonebot.telephony.recordings import NotAudio

READY_SECONDS = 3.0
FETCHED_WITHIN = 10.0
"""Seconds that a running worker has to fetch what was recorded, before the network outside is gone again."""

AT_ONCE = Delays(refused_fetches=0)
LOG = "phonebot.log"


@dataclass(frozen=True, slots=True)
class Exchange:
    """A network to ring from, and what we know of who answers: without a database we know neither office nor messages.

    `between` is done between turns, and `afterwards` when the call is over: they see to it that recordings are fetched.
    `errors` gives what an app of our own had to log as errors.
    """

    network: Network
    database: Database | None
    book: OfficeBook | None
    between: Callable[[], None]
    afterwards: Callable[[], None]
    errors: Callable[[], list[str]]


@contextmanager
def exchange(environ: Mapping[str, str]) -> Iterator[Exchange]:
    """The phonebot at PUBLIC_URL if it is ready, else one of our own, gone again at the end.

    Raises SettingsMistake, NotReady, and whatever the database raises.
    """
    public_url = environ.get("PUBLIC_URL", "")
    with ExitStack() as stack:
        if public_url and is_ready(public_url):
            # Signing needs no SECRET_KEY, and whoever only rings need not know the app's.
            settings = load_settings({"SECRET_KEY": "not used", **environ})
            yield stack.enter_context(_running(settings))
        else:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="phonebot-")))
            stack.enter_context(logging_to(folder / LOG))
            own = stack.enter_context(own_phonebot(folder, environ, delays=AT_ONCE))
            fetch = partial(_fetch, own)
            yield Exchange(own.network, own.database, own.book, fetch, fetch, partial(errors_in, folder / LOG))


def is_ready(public_url: str) -> bool:
    """Whether a phonebot answers there that could take a call."""
    if not public_url.startswith(("http://", "https://")):
        return False
    # Blind to the machine's proxies, as the network outside is.
    opener = build_opener(ProxyHandler({}))
    try:
        with opener.open(f"{public_url.rstrip('/')}/ready", timeout=READY_SECONDS) as response:
            return bool(response.status == HTTPStatus.OK)
    except (OSError, HTTPException, ValueError):
        return False


@contextmanager
def _running(settings: Settings) -> Iterator[Exchange]:
    """The phonebot that runs at PUBLIC_URL, with its database where ours is the same."""
    token = settings.twilio_auth_token.get_secret_value()
    with ExitStack() as stack:
        network = stack.enter_context(
            quietly_closed(Network(settings.public_url, settings.twilio_account_sid, token, seed=None, delays=AT_ONCE))
        )
        served = _serve_rest(stack, network, settings.twilio_api_url)
        database = _database(settings)
        book = None
        if database is not None:
            stack.callback(database.close)
            with database.read() as session:
                book = load_office(session)
        wait = partial(_wait_for_worker, network, served=served)
        yield Exchange(network, database, book, _nothing, wait, list)


def _nothing() -> None:
    """What there is to do between turns where a worker does it."""


def _serve_rest(stack: ExitStack, network: Network, api_url: str) -> bool:
    """Serve the network's REST side where the app looks for it, if that is a free port of this machine."""
    address = urlsplit(api_url)
    if address.scheme != "http" or address.port is None:
        return False
    with socket.socket() as probe:
        # Asked first, since Werkzeug ends the program where it finds a port taken.
        if probe.connect_ex(("127.0.0.1", address.port)) == 0:
            return False
    served = Served(port=address.port)
    stack.enter_context(served)
    rest = RestSide(network)
    stack.callback(rest.close)
    served.app = rest.app
    return True


def _database(settings: DatabaseSettings) -> Database | None:
    """The database that the environment names, where it is there and ready; it may well be another app's."""
    if missing_file(settings) is not None:
        return None
    database = open_database(settings)
    try:
        ready(database)
    except NotReady:
        database.close()
        return None
    return database


def _wait_for_worker(network: Network, *, served: bool) -> None:
    """Wait for the app's worker to fetch what was recorded, as long as it may reasonably take."""
    kept = list(network.archive.kept.values())
    if not kept:
        return
    until = time.monotonic() + FETCHED_WITHIN
    while served and time.monotonic() < until:
        if all(each.tries or each.status != "completed" for each in kept):
            # What was fetched last is still to be written down.
            time.sleep(0.5)
            return
        time.sleep(0.1)
    why = "no worker came for it" if served else "TWILIO_API_URL is no free port of this machine"
    click.echo(f"phonebot: the recording was not fetched: {why}", err=True)


def _fetch(own: OwnPhonebot) -> None:
    """Fetch what has been recorded on these calls, and nothing else.

    A worker would go for all that is owed in a database that is there already, and this network has none of it.
    """
    twilio, media = TwilioClient(own.settings), make_media(own.settings)
    for sid in own.network.recordings:
        with suppress(TwilioError, NotAudio, OSError):
            fetch_recording(own.database, twilio, media, sid, own.network.now())
