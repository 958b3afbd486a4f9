"""The tables of messages: what was left, what became of it, and what its caller may expect."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from phonebot.store.tables.base import Base, partial_index


class MessageRow(Base):
    """A message or a missed call. `state` is one of phonebot.domain.message.State; a draft has none of them yet.

    Where it stands is folded from its events (phonebot.domain.history); `state`, `owner` and `settled_at` are what
    came of that, kept for the indexes. `owner` is empty until the worker has taken the message in. `blanked_at` is
    when whatever the caller left was taken out of it.
    """

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("call_sid", "mailbox"),
        Index("ix_messages_mailbox_received", "mailbox", "received_at"),
        Index("ix_messages_received", "received_at"),
        Index("ix_messages_state_received", "state", "received_at"),
        partial_index("ix_messages_to_take_in", "id", "owner IS NULL"),
        partial_index("ix_messages_owed", "owner", "received_at", "settled_at IS NULL"),
        Index("ix_messages_settled", "owner", "settled_at"),
        Index("ix_messages_number", "number"),
        Index("ix_messages_caller_id", "caller_id"),
        partial_index("ix_messages_to_blank", "settled_at", "blanked_at IS NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    call_sid: Mapped[str] = mapped_column(ForeignKey("calls.sid"))
    mailbox: Mapped[str]
    state: Mapped[str] = mapped_column(String(20))
    complete: Mapped[bool]
    received_at: Mapped[datetime]
    caller_id: Mapped[str | None]
    name: Mapped[str | None]
    company: Mapped[str | None]
    number: Mapped[str | None]
    business: Mapped[str | None] = mapped_column(Text)
    window_said: Mapped[str | None] = mapped_column(Text)
    window_parts: Mapped[list[Any] | None]
    owner: Mapped[str | None]
    settled_at: Mapped[datetime | None]
    blanked_at: Mapped[datetime | None]


class EventRow(Base):
    """Something that happened to a message, without anybody's name, number or words. Rows are only ever added.

    `kind` is one of phonebot.domain.history.EventKind; `by` a person's id, phonebot or the caller.
    """

    __tablename__ = "events"
    __table_args__ = (partial_index("ix_events_holding_asked", "message_id", "kind = 'holding-asked'"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"), index=True)
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(32))
    by: Mapped[str]
    detail: Mapped[dict[str, Any]]


class CommitmentRow(Base):
    """A thing a caller may expect, in the exact words. `basis` is one of phonebot.domain.commitment.Basis.

    `told_at` is when the caller was told; None for an accepted call nobody has told them of. `window` holds the parts
    of an accepted call's window, as pairs of ISO 8601 instants. An accepted call stands until `closed_at`, when it
    becomes what `closed_as` says (phonebot.domain.commitment.Fate); `warned_at` is when its owner was told that it is
    about to be missed, `slip_told_at` when the caller was told that it has been.
    """

    __tablename__ = "commitments"
    __table_args__ = (partial_index("ix_commitments_standing", "due_at", "basis = 'accepted' AND closed_at IS NULL"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), index=True)
    basis: Mapped[str] = mapped_column(String(16))
    owner: Mapped[str]
    due_at: Mapped[datetime]
    words: Mapped[str] = mapped_column(Text)
    rests_on: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]
    told_at: Mapped[datetime | None]
    window: Mapped[list[Any] | None]
    closed_at: Mapped[datetime | None]
    closed_as: Mapped[str | None] = mapped_column(String(16))
    warned_at: Mapped[datetime | None]
    slip_told_at: Mapped[datetime | None]
