"""Telephone numbers: as they come in, from the mouth and from the keypad, and as they are said."""

from phonebot.domain.phone.reading import (
    CallerId,
    Refusal,
    SpokenNumber,
    caller_id,
    ending,
    keyed_number,
    masked,
    may_be_called,
    read_aloud,
    spoken_number,
)
from phonebot.domain.phone.rules import is_fixed_line

__all__ = [
    "CallerId",
    "Refusal",
    "SpokenNumber",
    "caller_id",
    "ending",
    "is_fixed_line",
    "keyed_number",
    "masked",
    "may_be_called",
    "read_aloud",
    "spoken_number",
]
