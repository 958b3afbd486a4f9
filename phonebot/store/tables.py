"""The tables. Names, numbers, words and audio sit in columns that can be blanked; events hold none of them."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, MetaData, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

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
    """One of the office's people; `departed_at` is set when the office file no longer names them."""

    __tablename__ = "people"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    extension: Mapped[str | None]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    cover: Mapped[str | None]
    admin: Mapped[bool]
    digest: Mapped[list[str]]
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


class CallRow(Base):
    """A call that came in: where its dialogue stands, and whether it is over."""

    __tablename__ = "calls"
    __table_args__ = (Index("ix_calls_open", "ended_at", "touched_at"),)

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


class MessageRow(Base):
    """A message or a missed call. `state` is one of phonebot.domain.message.State; a draft has none of them yet."""

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("call_sid", "mailbox"),
        Index("ix_messages_mailbox_received", "mailbox", "received_at"),
        Index("ix_messages_received", "received_at"),
        Index("ix_messages_state_received", "state", "received_at"),
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


class CommitmentRow(Base):
    """A thing a caller may expect, in the exact words. `basis` is one of phonebot.domain.commitment.Basis.

    `told_at` is when the caller was told; None for an accepted call nobody has told them of. `window` holds the parts
    of an accepted call's window, as pairs of ISO 8601 instants.
    """

    __tablename__ = "commitments"

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


class RecordingRow(Base):
    """A recording at Twilio and here. `state` is one of phonebot.domain.recording.RecordingState."""

    __tablename__ = "recordings"
    __table_args__ = (Index("ix_recordings_call", "call_sid"), Index("ix_recordings_message", "message_id"))

    sid: Mapped[str] = mapped_column(String(64), primary_key=True)
    call_sid: Mapped[str] = mapped_column(String(64))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"))
    purpose: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16))
    seconds: Mapped[float | None]
    speech_seconds: Mapped[float | None]
    cut_off: Mapped[bool]
    path: Mapped[str | None]
    sha256: Mapped[str | None]
    announced_at: Mapped[datetime]
    fetched_at: Mapped[datetime | None]
    reason: Mapped[str | None]


class RecordingAudioRow(Base):
    """The audio itself, where PHONEBOT_MEDIA=database."""

    __tablename__ = "recording_audio"

    sid: Mapped[str] = mapped_column(String(64), primary_key=True)
    audio: Mapped[bytes] = mapped_column(LargeBinary)


class OutboxRow(Base):
    """Something to be done outside, written in the transaction of what caused it. `payload` holds ids only."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_due", "state", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(32))
    key: Mapped[str] = mapped_column(String(160), unique=True)
    payload: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(16))
    due_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    attempts: Mapped[int]
    reason: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class EventRow(Base):
    """Something that happened, without anybody's name, number or words."""

    __tablename__ = "events"
    __table_args__ = (Index("ix_events_subject", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    subject: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(32))
    detail: Mapped[dict[str, Any]]


class WatermarkRow(Base):
    """How far a repeated duty has got, such as listing recordings at Twilio."""

    __tablename__ = "watermarks"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    at: Mapped[datetime]


def table_of(row: type[Base]) -> Table:
    """The table behind a row class, for statements that need no objects made."""
    table = row.__table__
    assert isinstance(table, Table)
    return table
