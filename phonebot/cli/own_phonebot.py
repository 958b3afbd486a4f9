"""A phonebot of our own for a trial: the real app on loopback, an office, made-up credentials, a network outside."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import structlog

from phonebot.app import Clock, create_app, open_database, utc_now
from phonebot.config import Settings, load_settings
from phonebot.domain.office import OfficeBook
from phonebot.services.office.loading import load
from phonebot.simulator import Delays, Network, Served
from phonebot.store.database import Database
from phonebot.store.offices import load_office
from phonebot.store.schema import migrate

SAMPLE_OFFICE = Path(__file__).parent.parent / "data" / "sample-office.toml"
KEPT_ELSEWHERE = ("DATABASE_URL", "DATABASE_URL_FILE")
"""The variables that say that there is a database already."""
PLACES = (*KEPT_ELSEWHERE, "MEDIA_DIR", "PHONEBOT_MEDIA", "PHONEBOT_SPOOL_DIR")
"""The variables that say where things are kept, followed only together with a database that is there already."""

ERROR_MARK = "level='error'"


@dataclass(frozen=True, slots=True)
class OwnPhonebot:
    """A phonebot that answers calls from `network` while it is open."""

    settings: Settings
    database: Database
    book: OfficeBook
    network: Network


@contextmanager
def own_phonebot(
    folder: Path,
    environ: Mapping[str, str],
    *,
    clock: Clock = utc_now,
    delays: Delays | None = None,
    more: Mapping[str, str] | None = None,
) -> Iterator[OwnPhonebot]:
    """Put a phonebot together, with its database in `folder`, or where `environ` has one.

    `more` are settings beside those that every phonebot needs. The database is migrated, and the sample office loaded
    where there is none. Raises SettingsMistake, and whatever the database raises when it cannot be used.
    """
    account, token = f"AC{secrets.token_hex(16)}", secrets.token_hex(16)
    with (
        Served() as served,
        quietly_closed(Network(served.url, account, token, seed=None, now=clock, delays=delays)) as network,
    ):
        settings = load_settings(
            {
                **_places(folder, environ),
                "PUBLIC_URL": served.url,
                "SECRET_KEY": secrets.token_hex(32),
                "TWILIO_ACCOUNT_SID": account,
                "TWILIO_AUTH_TOKEN": token,
                "TWILIO_API_URL": network.serve_rest(),
                **(more or {}),
            }
        )
        migrate(settings.database_url.get_secret_value())
        database = open_database(settings)
        try:
            book = _office(database, clock)
            served.app = create_app(settings, database, clock=clock)
            yield OwnPhonebot(settings, database, book, network)
        finally:
            database.close()


@contextmanager
def logging_to(file: Path) -> Iterator[None]:
    """What the app and its worker log goes to a file meanwhile, and not among what people are reading."""
    before = structlog.get_config()
    with file.open("a", encoding="utf-8", buffering=1) as opened:
        structlog.configure(
            logger_factory=structlog.WriteLoggerFactory(opened),
            # A logger that is kept would outlive this file.
            cache_logger_on_first_use=False,
            processors=[
                structlog.processors.add_log_level,
                structlog.processors.TimeStamper(fmt="iso"),
                structlog.processors.format_exc_info,
                structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
            ],
        )
        try:
            yield
        finally:
            structlog.configure(**before)


def errors_in(log: Path) -> list[str]:
    """The errors among what was logged to that file, one a line."""
    return [line for line in log.read_text("utf-8").splitlines() if ERROR_MARK in line]


@contextmanager
def quietly_closed(network: Network) -> Iterator[Network]:
    """The network, gone at the end. Whoever wants to hear its complaints closes it before."""
    try:
        yield network
    finally:
        with suppress(AssertionError):
            network.close()


def _places(folder: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """Where things are kept: in the folder, unless the environment names a database."""
    if any(environ.get(name) for name in KEPT_ELSEWHERE):
        return {name: environ[name] for name in PLACES if environ.get(name)}
    return {
        "DATABASE_URL": f"sqlite:///{folder / 'phonebot.db'}",
        "MEDIA_DIR": str(folder / "media"),
        "PHONEBOT_SPOOL_DIR": str(folder / "spool"),
    }


def _office(database: Database, clock: Clock) -> OfficeBook:
    """The office there is, or the sample office."""
    with database.read() as session:
        book = load_office(session)
    return book or load(database, SAMPLE_OFFICE, clock())
