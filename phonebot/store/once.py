"""Inserting a row that may be there already, alike on SQLite and PostgreSQL."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from phonebot.store.tables import Base, table_of


def insert_once(session: Session, table: type[Base], **values: Any) -> bool:
    """Insert the row unless one of its unique keys is taken, and say whether it was inserted.

    On PostgreSQL this waits for another transaction that is inserting the same key, so whichever way it goes the
    row can be read afterwards.
    """
    session.flush()
    return session.execute(_insert(table, session.get_bind().dialect.name), values).first() is not None


def insert_all_once(session: Session, table: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Insert several rows alike in their columns, passing over those whose unique keys are taken."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    session.flush()
    if rows:
        session.execute(dialect.insert(table_of(table)).values(rows).on_conflict_do_nothing())


@cache
def _insert(table: type[Base], dialect_name: str) -> ReturningInsert[Any]:
    """The statement, made once for each table: making it costs more than running it."""
    dialect = postgresql if dialect_name == "postgresql" else sqlite
    into = table_of(table)
    # What is returned tells an insertion from none on both; psycopg counts no rows for an INSERT that returns some.
    statement: ReturningInsert[Any] = dialect.insert(into).on_conflict_do_nothing().returning(*into.primary_key)
    return statement
