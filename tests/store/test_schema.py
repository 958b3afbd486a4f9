"""Migrations end at the tables that the code knows, on both databases."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from phonebot.store.database import Database, NotReady, ready
from phonebot.store.schema import migrate, newest_migration, undo_migrations
from phonebot.store.tables import Base


def test_migrating_from_nothing_gives_the_tables_of_the_code(bare_database_url: str) -> None:
    migrate(bare_database_url)
    database = Database(bare_database_url)
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    database.close()


def test_a_copied_database_is_ready(database: Database) -> None:
    ready(database)


def test_migrating_again_changes_nothing(database: Database, database_url: str) -> None:
    migrate(database_url)
    ready(database)


def test_four_migrations_at_once_make_one_database(bare_database_url: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(migrate, [bare_database_url] * 4))
    database = Database(bare_database_url)
    ready(database)
    database.close()


def test_what_is_undone_leaves_no_table_and_can_be_migrated_again(bare_database_url: str) -> None:
    migrate(bare_database_url)
    undo_migrations(bare_database_url, "base")
    database = Database(bare_database_url)
    assert inspect(database.engine).get_table_names() == ["alembic_version"]
    with pytest.raises(NotReady, match="phonebot migrate"):
        ready(database)
    migrate(bare_database_url)
    ready(database)
    database.close()


def test_every_migration_has_a_number_and_the_newest_is_the_last() -> None:
    assert newest_migration().isdigit()
