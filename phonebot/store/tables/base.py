"""The declarative base: how every table and constraint is named, and how Python's types are stored."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, Index, MetaData, Table, text
from sqlalchemy.orm import DeclarativeBase

from phonebot.store.types import Instant


class Base(DeclarativeBase):
    """The declarative base. Every constraint has a name, so that SQLite's batch migrations can find it."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Instant(),
        dict[str, Any]: JSON(),
        list[str]: JSON(),
        list[Any]: JSON(),
    }


def table_of(row: type[Base]) -> Table:
    """The table behind a row class, for statements that need no objects made."""
    table = row.__table__
    assert isinstance(table, Table)
    return table


def partial_index(name: str, *columns_and_which: str) -> Index:
    """An index of some rows only: the last argument says which, in SQL that both databases read alike."""
    *columns, which = columns_and_which
    return Index(name, *columns, sqlite_where=text(which), postgresql_where=text(which))
