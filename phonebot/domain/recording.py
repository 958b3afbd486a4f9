"""A recording: what it is for, and how far it has come from Twilio to us."""

import re
from enum import StrEnum

RECORDING_SID = re.compile(r"RE[0-9a-f]{32}")
"""How Twilio names a recording (twilio.com/docs/voice/api/recording). Nothing else is ever fetched."""


class Purpose(StrEnum):
    """What the caller was asked to record."""

    MESSAGE = "message"
    NAME = "name"


class RecordingState(StrEnum):
    """How far a recording has come."""

    ANNOUNCED = "announced"
    FETCHED = "fetched"
    ABSENT = "absent"
    REFUSED = "refused"
    REPLACED = "replaced"
    DELETED = "deleted"
