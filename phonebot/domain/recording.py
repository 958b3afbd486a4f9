"""A recording: what it is for, and how far it has come from Twilio to us."""

import re
from enum import StrEnum

RECORDING_SID = re.compile(r"RE[0-9a-f]{32}")
"""How Twilio names a recording (twilio.com/docs/voice/api/recording). Nothing else is ever fetched."""


LEAST_SPEECH = 0.5
"""Seconds of speech below which nobody has said anything: a cough or a click is shorter."""


class Purpose(StrEnum):
    """What the caller was asked to record."""

    MESSAGE = "message"
    NAME = "name"


def holds_words(purpose: Purpose, seconds: float) -> bool:
    """Whether a recording of that length can hold what was asked for: a name takes no time at all, a message does."""
    return seconds > (1 if purpose is Purpose.MESSAGE else 0)


class RecordingState(StrEnum):
    """How far a recording has come. REPLACED: the caller recorded again. UNWANTED: it may not be kept any longer."""

    ANNOUNCED = "announced"
    FETCHED = "fetched"
    ABSENT = "absent"
    REFUSED = "refused"
    REPLACED = "replaced"
    UNWANTED = "unwanted"
    DELETED = "deleted"
