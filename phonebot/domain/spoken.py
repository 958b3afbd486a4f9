"""What is to be said: a prompt's id with the values it is spoken with. Wording lives in prompts/, never here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

SpokenValue = str | int | date | time
"""Text is spoken as it stands; an int is a number; a date or a time is put into words by the prompt's own functions."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt to speak: its id in prompts/<language>/*.ftl and the variables it needs.

    Dates and times are local to the office (naive `date` and `time` values, never instants); a telephone number is
    its E.164 text.
    """

    id: str
    values: Mapping[str, SpokenValue] = field(default_factory=dict)
