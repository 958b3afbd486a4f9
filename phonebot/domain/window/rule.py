"""A rule of the grammar: what words it takes and what piece it makes of them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from phonebot.domain.window.pieces import Piece


@dataclass(frozen=True, slots=True)
class Found:
    """The words a rule has found, and the local time now (aware) from which they are reckoned."""

    match: re.Match[str]
    now: datetime

    def __getitem__(self, group: str) -> str:
        """The words of a group; empty where it took none."""
        return self.match.groupdict().get(group) or ""

    @property
    def words(self) -> str:
        """All the words found."""
        return self.match[0]

    @property
    def today(self) -> date:
        """The local day."""
        return self.now.date()


Build = Callable[[Found], Piece | None]
"""Makes the piece of what was found; None where the words cannot be meant so."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Whole words in the one form, and what they make."""

    pattern: re.Pattern[str]
    build: Build


def rule(pattern: str, build: Build) -> Rule:
    """A rule whose pattern ends where a word does."""
    return Rule(re.compile(rf"(?:{pattern})(?![\w:])"), build)
