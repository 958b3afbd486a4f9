"""The tables of calls that come in: their dialogue, their webhooks, the phones rung for them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from phonebot.store.tables.base import Base


class CallRow(Base):
    """A call that came in: where its dialogue stands, and whether it is over."""

    __tablename__ = "calls"
    __table_args__ = (Index("ix_calls_open", "ended_at", "touched_at"), Index("ix_calls_caller", "caller"))

    sid: Mapped[str] = mapped_column(String(64), primary_key=True)
    line: Mapped[str]
    caller: Mapped[str | None]
    dialogue: Mapped[dict[str, Any]]
    turn: Mapped[int]
    started_at: Mapped[datetime]
    touched_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    notice_prompt: Mapped[str | None]
    notice_version: Mapped[str | None]


class WebhookRow(Base):
    """One webhook as it was posted, once: `key` tells two of a kind apart. `answer` is what a repeat gets again."""

    __tablename__ = "webhooks"
    __table_args__ = (UniqueConstraint("call_sid", "kind", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_sid: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(16))
    key: Mapped[str] = mapped_column(String(128))
    received_at: Mapped[datetime]
    posted: Mapped[dict[str, Any] | None]
    answer: Mapped[str | None] = mapped_column(Text)


class TransferRow(Base):
    """A phone rung to take a caller. `accepted_at` is set when whoever answered pressed 1, by nothing else."""

    __tablename__ = "transfers"
    __table_args__ = (
        UniqueConstraint("call_sid", "turn"),
        Index("ix_transfers_ringing", "phone", "started_at"),
        Index("ix_transfers_shown", "shown", "started_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    call_sid: Mapped[str] = mapped_column(ForeignKey("calls.sid"))
    turn: Mapped[int]
    whom: Mapped[str]
    phone: Mapped[str]
    shown: Mapped[str]
    started_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
