"""The tables of what is to be done outside, and of how far repeated duties have got."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from phonebot.store.tables.base import Base


class OutboxRow(Base):
    """Something to be done outside, written in the transaction of what caused it. `payload` holds ids only.

    `lane` is one of phonebot.domain.outbox.Lane: jobs of one are never walked past to find one of another.
    """

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_due", "state", "lane", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(32))
    key: Mapped[str] = mapped_column(String(160), unique=True)
    payload: Mapped[dict[str, Any]]
    lane: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16))
    due_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    attempts: Mapped[int]
    reason: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class WatermarkRow(Base):
    """How far a repeated duty has got, such as listing recordings at Twilio."""

    __tablename__ = "watermarks"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime]
