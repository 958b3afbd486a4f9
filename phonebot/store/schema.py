"""Bringing the tables up to date: Alembic, run from code, so that an installed phonebot needs no alembic.ini."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from phonebot.store.engine import WRITES, make_engine

PATIENCE_SECONDS = 60
"""How long a migration waits for another one, or for writers, to be done."""

LOCK = 7_406_637
"""The key of the PostgreSQL advisory lock that lets one migration run at a time; any number of our own."""


def migrate(database_url: str) -> None:
    """Bring the database up to date, in one transaction. Again does nothing; two at once wait for each other."""
    with _alone(database_url) as connection:
        command.upgrade(_config(connection), "head")


def undo_migrations(database_url: str, back_to: str) -> None:
    """Take the database back to a revision, or to "base" for nothing at all. What was in the tables is lost."""
    with _alone(database_url) as connection:
        command.downgrade(_config(connection), back_to)


@cache
def newest_migration() -> str:
    """The revision that this phonebot's tables are at."""
    head = ScriptDirectory.from_config(_config(None)).get_current_head()
    if head is None:
        raise RuntimeError("there are no migrations")
    return head


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", "phonebot.store:migrations")
    config.attributes["connection"] = connection
    return config


@contextmanager
def _alone(database_url: str) -> Iterator[Connection]:
    """A transaction in which nobody else migrates. SQLite's foreign keys are off, and checked at the end."""
    engine = make_engine(database_url, foreign_keys=False, wait_seconds=PATIENCE_SECONDS)
    try:
        with engine.execution_options(**{WRITES: True}).begin() as connection:
            sqlite = connection.dialect.name == "sqlite"
            if not sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            yield connection
            if sqlite and (broken := connection.execute(text("PRAGMA foreign_key_check")).first()):
                raise RuntimeError(f"the migration left a row of {broken[0]} pointing at nothing")
    finally:
        engine.dispose()
