"""A commitment: a thing a caller was told to expect, with who owes it, by when, in the exact words, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

PHONEBOT = "phonebot"
"""The owner of what phonebot itself does."""


class Basis(StrEnum):
    """What a commitment is: there are three kinds, and only the last is a call.

    OURS: what phonebot itself does, such as passing the message on. SAID: what a named person has said of themselves.
    ACCEPTED: a call that somebody has taken on.
    """

    OURS = "ours"
    SAID = "said"
    ACCEPTED = "accepted"


class Fate(StrEnum):
    """What became of an accepted call.

    KEPT: the caller was rung in time. SAID_KEPT: staff say so, who rang by a telephone of their own; nobody counts
    that, and nobody tells the caller that they were not called. SLIPPED: they were not rung in time.
    """

    KEPT = "kept"
    SAID_KEPT = "said-kept"
    SLIPPED = "slipped"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Commitment:
    """What a caller may expect. `owner` is a person's id or PHONEBOT; `due` is the last instant (aware) it is kept at.

    `rests_on` names what it stands upon, by ids and instants, never by anybody's words.
    """

    basis: Basis
    owner: str
    due: datetime
    words: str
    rests_on: Mapping[str, str]
    made_at: datetime
