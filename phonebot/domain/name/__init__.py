"""Names of people as they are said and heard: spelled out, by sound, by nickname, and whom a caller means."""

from phonebot.domain.name.called import people_called
from phonebot.domain.name.found import MOST_OFFERED, NOBODY_FOUND, Found
from phonebot.domain.name.hints import hints_for
from phonebot.domain.name.nickname import Usual, also_called
from phonebot.domain.name.other import other_than
from phonebot.domain.name.sound import Likeness, likeness
from phonebot.domain.name.spelling import Spelled, spelled_out
from phonebot.domain.name.text import plain, with_capitals

__all__ = [
    "MOST_OFFERED",
    "NOBODY_FOUND",
    "Found",
    "Likeness",
    "Spelled",
    "Usual",
    "also_called",
    "hints_for",
    "likeness",
    "other_than",
    "people_called",
    "plain",
    "spelled_out",
    "with_capitals",
]
