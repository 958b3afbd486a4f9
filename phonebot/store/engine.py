"""How the database is spoken to: one SQLAlchemy engine, with what SQLite and PostgreSQL each need to be safe."""

from pathlib import Path
from time import monotonic
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DisconnectionError

THREADS = 4
"""Connections kept open by one process: gunicorn runs 4 threads, and each holds one connection while it works."""

BUSY_SECONDS = 5
"""How long a writer waits for another: a webhook has 15 seconds, and must still be able to say something kind."""

IDLE_SECONDS = 30
"""A PostgreSQL connection unused for longer is tried before it is used again: hosts drop idle ones without a word."""

WRITES = "phonebot_writes"
"""The execution option that marks a transaction as one that will write."""


def make_engine(
    url: str, *, foreign_keys: bool = True, wait_seconds: int = BUSY_SECONDS, idle_seconds: float = IDLE_SECONDS
) -> Engine:
    """An engine for a sqlite:// or postgresql+psycopg:// URL; nothing is connected yet.

    SQLite's folder and file are made, the file readable by us alone; raise OSError where that cannot be.
    `foreign_keys=False` is for migrations, which rebuild SQLite's tables; `wait_seconds` bounds waits for locks;
    a PostgreSQL connection unused for more than `idle_seconds` is tried first.
    """
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        return _sqlite(address, foreign_keys=foreign_keys, wait_seconds=wait_seconds)
    return _postgresql(address, wait_seconds=wait_seconds, idle_seconds=idle_seconds)


def _sqlite(url: URL, *, foreign_keys: bool, wait_seconds: int) -> Engine:
    path = Path(url.database or "")
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.touch(mode=0o600)
    # isolation_level None leaves BEGIN to us: the driver's own would come too late, after the first read.
    engine = create_engine(
        url,
        pool_size=THREADS,
        max_overflow=THREADS,
        connect_args={"isolation_level": None, "timeout": wait_seconds},
    )

    def prepare(connection: Any, _record: object) -> None:
        # sqlite3's `timeout` is busy_timeout. Only the first connection ever turns WAL on; the file remembers it.
        connection.execute(f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")

    def begin(connection: Connection) -> None:
        # A deferred BEGIN that reads and then writes fails at once with "database is locked", whatever the timeout.
        writes = connection.get_execution_options().get(WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", begin)
    return engine


def _postgresql(url: URL, *, wait_seconds: int, idle_seconds: float) -> Engine:
    engine = create_engine(
        url,
        pool_size=THREADS,
        max_overflow=THREADS,
        pool_use_lifo=True,
        pool_timeout=wait_seconds,
        connect_args={"connect_timeout": wait_seconds},
    )

    def prepare(connection: Any, _record: object) -> None:
        # PostgreSQL would wait for a lock for ever, as SQLite does not.
        connection.execute(f"SET lock_timeout = '{wait_seconds}s'")
        connection.commit()

    def remember(_connection: object, record: Any) -> None:
        record.info["used"] = monotonic()

    def try_if_idle(connection: Any, record: Any, _proxy: object) -> None:
        # pool_pre_ping would cost a round trip on every turn; this costs one after a silence only.
        if monotonic() - record.info.get("used", monotonic()) > idle_seconds:
            try:
                engine.dialect.do_ping(connection)
            except engine.dialect.loaded_dbapi.Error as error:
                raise DisconnectionError from error

    event.listen(engine, "connect", prepare)
    event.listen(engine, "checkin", remember)
    event.listen(engine, "checkout", try_if_idle)
    return engine
