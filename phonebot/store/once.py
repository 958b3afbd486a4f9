"""Inserting a row that may be there already, alike on SQLite and PostgreSQL."""

from functools import cache
from typing import Any

from sqlalchemy import CursorResult, Insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from phonebot.store.tables import Base, table_of


def insert_once(session: Session, table: type[Base], **values: Any) -> bool:
    """Insert the row unless one of its unique keys is taken, and say whether it was inserted.

    On PostgreSQL this waits for another transaction that is inserting the same key, so whichever way it goes the
    row can be read afterwards.
    """
    session.flush()
    result = session.execute(_insert(table, session.get_bind().dialect.name), values)
    return isinstance(result, CursorResult) and result.rowcount == 1


@cache
def _insert(table: type[Base], dialect_name: str) -> Insert:
    """The statement, made once for each table: making it costs more than running it."""
    dialect = postgresql if dialect_name == "postgresql" else sqlite
    statement: Insert = dialect.insert(table_of(table)).on_conflict_do_nothing()
    return statement
