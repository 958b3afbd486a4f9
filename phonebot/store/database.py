"""The database as the services use it: a transaction that writes, one that only reads, and whether it is ready."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker

from phonebot.store.engine import WRITES, make_engine
from phonebot.store.schema import newest_migration

__all__ = ["Database", "NotReady", "Session", "ready"]


class NotReady(Exception):
    """The database cannot be used as it is. Its text says why, in one line, and what to do."""


class Database:
    """One database and its pool of connections; one for each process.

    `url` is as `phonebot.config` gives it: sqlite:// or postgresql+psycopg://.
    """

    def __init__(self, url: str) -> None:
        self.engine = make_engine(url)
        writing = self.engine.execution_options(**{WRITES: True})
        self._reads = sessionmaker(self.engine, autoflush=False, expire_on_commit=False)
        self._writes = sessionmaker(writing, autoflush=False, expire_on_commit=False)

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction, committed at the end and undone on any exception. Flush before reading what was added.

        On SQLite one writer works at a time, and others wait; on PostgreSQL rows that matter need FOR UPDATE.
        """
        with self._writes() as session:
            yield session
            session.commit()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """One transaction that is undone at the end; raise RuntimeError if anything was left in it to be saved."""
        with self._reads() as session:
            yield session
            if session.new or session.dirty or session.deleted:
                raise RuntimeError("something was changed in a transaction that only reads")

    def close(self) -> None:
        """Close every connection. The next use opens new ones."""
        self.engine.dispose()


def ready(database: Database) -> None:
    """Return if the database answers and is at the newest migration; raise NotReady if not."""
    try:
        with database.read() as session:
            known = inspect(session.connection()).has_table("alembic_version")
            at = session.scalar(text("SELECT version_num FROM alembic_version")) if known else None
    except DBAPIError as error:
        why = str(error.orig).strip().partition("\n")[0]
        raise NotReady(f"the database does not answer: {why}") from error
    if at is None:
        raise NotReady("the database has no tables yet: run `phonebot migrate`")
    if at != newest_migration():
        raise NotReady(f"the database is at migration {at}, not {newest_migration()}: run `phonebot migrate`")
