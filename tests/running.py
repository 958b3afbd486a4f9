"""A whole phonebot for a test: the app over HTTP on loopback, a worker, a clock to set, and the network outside."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from phonebot.app import create_app, make_worker
from phonebot.config import Settings, load_settings
from phonebot.services.office.loading import load
from phonebot.simulator import LiveCall, Mischief, Network, Served
from phonebot.store.database import Database
from phonebot.store.tables import CallRow, CommitmentRow, MessageRow, RecordingRow
from phonebot.worker.loop import Worker
from tests.offices import JULIE, OFFICE_TOML, SUE_LINE

ACCOUNT = "AC" + "0123456789abcdef" * 2
TOKEN = "a token for tests"
TUESDAY = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that stands until it is told to go on."""

    now: datetime = TUESDAY

    def __call__(self) -> datetime:
        return self.now

    def goes_on(self, **by: float) -> None:
        """Move on by so many seconds, minutes, hours or days."""
        self.now += timedelta(**by)


@dataclass
class Phonebot:
    """A running phonebot and everything a test looks at it through."""

    settings: Settings
    database: Database
    app: Flask
    worker: Worker
    clock: Clock
    network: Network
    folder: Path = field(repr=False)

    def rings(self, line: str = SUE_LINE, caller: str = JULIE) -> LiveCall:
        """A caller dials a line."""
        return self.network.phone(caller).dials(line)

    def messages(self) -> list[MessageRow]:
        """Every message row, drafts too, in the order they were received."""
        with self.database.read() as session:
            return list(session.scalars(select(MessageRow).order_by(MessageRow.id)))

    def the_message(self) -> MessageRow:
        """The one message there is."""
        (message,) = self.messages()
        return message

    def calls(self) -> list[CallRow]:
        """Every call row."""
        with self.database.read() as session:
            return list(session.scalars(select(CallRow).order_by(CallRow.started_at)))

    def recordings(self) -> list[RecordingRow]:
        """Every recording row."""
        with self.database.read() as session:
            return list(session.scalars(select(RecordingRow).order_by(RecordingRow.sid)))

    def told(self) -> list[str]:
        """What callers were told, in the words."""
        with self.database.read() as session:
            told = select(CommitmentRow.words).where(CommitmentRow.told_at.is_not(None))
            return list(session.scalars(told.order_by(CommitmentRow.id)))


def settings_for(folder: Path, database_url: str, public_url: str, api_url: str, **more: str) -> Settings:
    """Settings as the environment of a test would give them."""
    return load_settings(
        {
            "DATABASE_URL": database_url,
            "PUBLIC_URL": public_url,
            "SECRET_KEY": "a secret for tests",
            "TWILIO_ACCOUNT_SID": ACCOUNT,
            "TWILIO_AUTH_TOKEN": TOKEN,
            "TWILIO_API_URL": api_url,
            "MEDIA_DIR": str(folder / "media"),
            "PHONEBOT_SPOOL_DIR": str(folder / "spool"),
            **more,
        }
    )


@contextmanager
def running(
    folder: Path, database_url: str, *, mischief: Mischief | None = None, office: str = OFFICE_TOML, **more: str
) -> Iterator[Phonebot]:
    """Start a phonebot with an office loaded, and a network that complains at the end of anything unasked for."""
    clock = Clock()
    served = Served()
    network = Network(served.url, ACCOUNT, TOKEN, now=clock, mischief=mischief)
    settings = settings_for(folder, database_url, served.url, network.serve_rest(), **more)
    database = Database(database_url)
    app = served.app = create_app(settings, database, clock=clock)
    worker = make_worker(settings, database, clock=clock)
    path = folder / "office.toml"
    path.write_text(office, encoding="utf-8")
    load(database, path, clock())
    try:
        with served, network:
            yield Phonebot(settings, database, app, worker, clock, network, folder)
    finally:
        database.close()
