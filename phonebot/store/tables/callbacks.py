"""The tables of calling back: tries, texts, what callers agreed to, and what they said of us."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from phonebot.store.tables.base import Base, partial_index


class AttemptRow(Base):
    """One try to return a call. `gathered` is all that is known of it (phonebot.domain.callback.Gathered).

    `by` rings; `phone` is the caller's, as it was dialled. `sending_at` is set before Twilio is asked to place the
    call: set without a `call_sid`, whether it was placed is not known. `call_sid` is the leg to staff, and no other
    call may use this try. `over_at` is when its outcome was known; `note` is what the one who rang wrote down.
    """

    __tablename__ = "attempts"
    __table_args__ = (
        Index("ix_attempts_by_made", "by", "made_at"),
        partial_index("ix_attempts_going_on", "id", "outcome IS NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), index=True)
    by: Mapped[str]
    holding: Mapped[bool]
    phone: Mapped[str | None]
    made_at: Mapped[datetime]
    sending_at: Mapped[datetime | None]
    call_sid: Mapped[str | None] = mapped_column(String(64), unique=True)
    gathered: Mapped[dict[str, Any]]
    outcome: Mapped[str | None] = mapped_column(String(20))
    evidence: Mapped[str] = mapped_column(String(12))
    over_at: Mapped[datetime | None]
    answered_in_digest: Mapped[str | None] = mapped_column(String(16))
    note: Mapped[str | None] = mapped_column(Text)


class TextRow(Base):
    """A text message to be sent or sent. `purpose` and `state` are of phonebot.domain.texting.

    `person_id` is whom of the staff it goes to, None for a caller. `sending_at` is as in AttemptRow. `code` is
    Twilio's error.
    """

    __tablename__ = "texts"
    __table_args__ = (Index("ix_texts_number", "number", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(String(16))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"), index=True)
    person_id: Mapped[str | None]
    number: Mapped[str | None]
    words: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16))
    sid: Mapped[str | None] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
    sending_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]
    code: Mapped[int | None]


class ReceivedTextRow(Base):
    """A text message that came in. `meaning` is one of phonebot.domain.reply.Reply; `seen_at` when staff were told."""

    __tablename__ = "received_texts"
    __table_args__ = (partial_index("ix_received_texts_unseen", "received_at", "seen_at IS NULL"),)

    sid: Mapped[str] = mapped_column(String(64), primary_key=True)
    number: Mapped[str | None] = mapped_column(index=True)
    words: Mapped[str] = mapped_column(Text)
    meaning: Mapped[str] = mapped_column(String(16))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"), index=True)
    received_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]


class ConsentRow(Base):
    """What a caller answered when asked whether we may text them, in the exact words of the question.

    `agreed` is their answer; `ended_at` when they, or their network, put an end to texts. The newest row of a number
    counts.
    """

    __tablename__ = "consents"
    __table_args__ = (Index("ix_consents_number", "number", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str | None]
    agreed: Mapped[bool]
    words: Mapped[str] = mapped_column(Text)
    call_sid: Mapped[str | None] = mapped_column(String(64))
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None] = mapped_column(String(32))


class VerdictRow(Base):
    """The one question that a caller is asked about a message: did we get back to you?

    `asked_at` is when it was put, on the call `call_sid` or by text; `reached` is the answer.
    """

    __tablename__ = "verdicts"
    __table_args__ = (
        Index("ix_verdicts_number", "number", "asked_at"),
        Index("ix_verdicts_call", "call_sid"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), unique=True)
    number: Mapped[str | None]
    opened_at: Mapped[datetime]
    asked_at: Mapped[datetime | None]
    call_sid: Mapped[str | None] = mapped_column(String(64))
    reached: Mapped[bool | None]
    answered_at: Mapped[datetime | None]
