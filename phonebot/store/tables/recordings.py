"""The tables of recordings, their audio, and what was made of it in words."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
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


class TranscriptRow(Base):
    """What a recording says, as a machine heard it. Without a row it is still to be heard, or nobody is to hear it.

    `text` is None where that could not be done (`reason` says why), empty where nobody speaks. `doubtful` holds the
    stretches of the text that may be wrong, as pairs of the places where each begins and ends.
    """

    __tablename__ = "transcripts"
    __table_args__ = (Index("ix_transcripts_message", "message_id"),)

    recording_sid: Mapped[str] = mapped_column(ForeignKey("recordings.sid"), primary_key=True)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"))
    text: Mapped[str | None] = mapped_column(Text)
    doubtful: Mapped[list[Any]]
    reason: Mapped[str | None]
    made_at: Mapped[datetime]
