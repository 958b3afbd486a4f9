"""The tables. Names, numbers, words and audio sit in columns that can be blanked; events hold none of them."""

from phonebot.store.tables.base import Base, table_of
from phonebot.store.tables.callbacks import AttemptRow, ConsentRow, ReceivedTextRow, TextRow, VerdictRow
from phonebot.store.tables.calls import CallRow, TransferRow, WebhookRow
from phonebot.store.tables.messages import CommitmentRow, EventRow, MessageRow
from phonebot.store.tables.office import LineRow, OfficeRow, PersonRow, StatusRow
from phonebot.store.tables.outbox import OutboxRow, WatermarkRow
from phonebot.store.tables.recordings import RecordingAudioRow, RecordingRow, TranscriptRow

__all__ = [
    "AttemptRow",
    "Base",
    "CallRow",
    "CommitmentRow",
    "ConsentRow",
    "EventRow",
    "LineRow",
    "MessageRow",
    "OfficeRow",
    "OutboxRow",
    "PersonRow",
    "ReceivedTextRow",
    "RecordingAudioRow",
    "RecordingRow",
    "StatusRow",
    "TextRow",
    "TranscriptRow",
    "TransferRow",
    "VerdictRow",
    "WatermarkRow",
    "WebhookRow",
    "table_of",
]
