"""The tables of recordings and their audio."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from phonebot.store.tables.base import Base


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
