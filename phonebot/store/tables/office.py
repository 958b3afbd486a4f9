"""The tables of the office file, and of where people are."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from phonebot.store.tables.base import Base


class OfficeRow(Base):
    """The office, one row."""

    __tablename__ = "office"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    timezone: Mapped[str]
    region: Mapped[str]
    language: Mapped[str]
    hours: Mapped[dict[str, Any]]
    closed: Mapped[list[str]]
    return_within: Mapped[str]
    notice: Mapped[str]
    text_number: Mapped[str | None]
    countries: Mapped[list[str]]
    reception_phone: Mapped[str | None]
    loaded_at: Mapped[datetime]


class PersonRow(Base):
    """One of the office's people; `departed_at` is set when the office file no longer names them.

    `notices` is one of phonebot.domain.office.Notices.
    """

    __tablename__ = "people"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    extension: Mapped[str | None]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    cover: Mapped[str | None]
    admin: Mapped[bool]
    digest: Mapped[list[str]]
    notices: Mapped[str] = mapped_column(String(8))
    known_as: Mapped[list[str]]
    pronounced: Mapped[list[str]]
    team: Mapped[str | None]
    position: Mapped[int]
    departed_at: Mapped[datetime | None]


class LineRow(Base):
    """A telephone number phonebot answers."""

    __tablename__ = "lines"

    number: Mapped[str] = mapped_column(primary_key=True)
    answers: Mapped[str]
    ring: Mapped[int]


class StatusRow(Base):
    """An away status, valid from `starts` to `ends`. A cleared one is kept but speaks no more."""

    __tablename__ = "statuses"
    __table_args__ = (Index("ix_statuses_person_ends", "person_id", "ends"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    activity: Mapped[str]
    presence: Mapped[str]
    discreet: Mapped[bool]
    starts: Mapped[datetime]
    ends: Mapped[datetime]
    back_at: Mapped[datetime | None]
    back_grain: Mapped[str | None]
    leeway_seconds: Mapped[int]
    cover: Mapped[str | None]
    set_at: Mapped[datetime]
    cleared_at: Mapped[datetime | None]
