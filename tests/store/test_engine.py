"""An engine keeps its connections usable: locks are not waited for without end, and dropped connections are noticed."""

import multiprocessing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from phonebot.store.engine import WRITES, make_engine

on_postgresql = pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)


def ask(engine: Engine) -> int:
    with engine.begin() as connection:
        return int(connection.scalar(text("SELECT 1")) or 0)


def drop_connections(server: str, engine: Engine) -> None:
    """End every connection to the engine's database at the server, as hosts do to idle ones."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", [engine.url.database]
        )


@on_postgresql
def test_a_connection_dropped_while_idle_is_replaced_before_it_is_used(
    bare_database_url: str, postgres_server: str
) -> None:
    engine = make_engine(bare_database_url, idle_seconds=0)
    assert ask(engine) == 1
    drop_connections(postgres_server, engine)
    assert ask(engine) == 1
    engine.dispose()


@on_postgresql
def test_a_connection_dropped_in_use_fails_once_and_no_more(bare_database_url: str, postgres_server: str) -> None:
    engine = make_engine(bare_database_url)
    assert ask(engine) == 1
    drop_connections(postgres_server, engine)
    with pytest.raises(OperationalError):
        ask(engine)
    assert ask(engine) == 1
    engine.dispose()


def test_a_lock_is_waited_for_only_so_long(bare_database_url: str) -> None:
    engine = make_engine(bare_database_url, wait_seconds=1)
    with engine.execution_options(**{WRITES: True}).begin() as first:
        first.execute(text("CREATE TABLE held (id INTEGER)"))
        with pytest.raises(OperationalError, match="lock"), engine.begin() as second:
            # SQLite has one lock for everything; PostgreSQL one for the name of a table that is being made.
            second.execute(text("CREATE TABLE held (id INTEGER)"))
    engine.dispose()


def count_up(url: str, times: int) -> None:
    engine = make_engine(url)
    writing = engine.execution_options(**{WRITES: True})
    for _ in range(times):
        with writing.begin() as connection:
            connection.execute(text("CREATE TABLE IF NOT EXISTS tally (n INTEGER)"))
            n = connection.scalar(text("SELECT count(*) FROM tally"))
            connection.execute(text("INSERT INTO tally VALUES (:n)"), {"n": n})
    engine.dispose()


def test_processes_that_begin_a_new_sqlite_file_together_all_get_their_turn(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    context = multiprocessing.get_context("fork")
    processes = [context.Process(target=count_up, args=(url, 10)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0, 0]
    engine = make_engine(url)
    with engine.begin() as connection:
        assert connection.scalars(text("SELECT n FROM tally ORDER BY n")).all() == list(range(40))
    engine.dispose()
