"""Inserting a row that may be there already, alike on SQLite and PostgreSQL."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from phonebot.store.tables import Base, table_of


def insert_once(session: Session, table: type[Base], **values: Any) -> bool:
    """Insert the row unless one of its unique keys is taken, and say whether it was inserted.

    On PostgreSQL this waits for another transaction that is inserting the same key, so whichever way it goes the
    row can be read afterwards.
    """
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    session.flush()
    into = table_of(table)
    # What is returned tells an insertion from none on both; psycopg counts no rows for an INSERT that returns some.
    inserting = dialect.insert(into).values(**values).on_conflict_do_nothing().returning(*into.primary_key)
    return session.execute(inserting).first() is not None
