"""Questions to staff: what the recording differs in from what was given, and from what of it."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What two things said differ in. NUMBER is a telephone number, REFERENCE one of an invoice, an order and such."""

    NUMBER = "number"
    REFERENCE = "reference"
    DATE = "date"
    NAME = "name"


class Source(StrEnum):
    """What the recording differs from: the caller's answers, the number that they rang from, or nothing at all."""

    FORM = "form"
    CALLER_ID = "caller-id"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Question:
    """Something that staff must settle: `said` as the recording has it, doubtful stretches marked; `given` as people
    read it, empty where nothing was given."""

    kind: Kind
    said: str
    given: str
    source: Source = Source.FORM
