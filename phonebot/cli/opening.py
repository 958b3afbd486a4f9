"""How a command comes by the database and the time. The app itself, with the web and Twilio, would be slow to load."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from phonebot.cli.logs import configure_logs
from phonebot.config import DatabaseSettings, load_database_settings
from phonebot.store.database import Database, NotReady, ready


def utc_now() -> datetime:
    """The present instant, aware."""
    return datetime.now(UTC)


@contextmanager
def opened() -> Iterator[Database]:
    """The database that DATABASE_URL names; raise NotReady where it cannot be used, and make nothing."""
    configure_logs()
    settings = load_database_settings(os.environ)
    file = missing_file(settings)
    if file is not None:
        # A mistyped address must not look like an office without messages.
        raise NotReady(f"there is no database at {file}: run `phonebot migrate`")
    database = Database(settings.database_url.get_secret_value())
    try:
        ready(database)
        yield database
    finally:
        database.close()


def missing_file(settings: DatabaseSettings) -> Path | None:
    """The SQLite file that the settings name and that is not there; None where all is well, or it is PostgreSQL."""
    kind, _, place = settings.database_url.get_secret_value().partition(":///")
    file = Path(place.partition("?")[0])
    return None if kind != "sqlite" or file.exists() else file
