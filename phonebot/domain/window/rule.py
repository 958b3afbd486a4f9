"""A rule of the grammar: what words it takes and what piece it makes of them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from phonebot.domain.window.pieces import Piece

Build = Callable[[re.Match[str], datetime], Piece | None]
"""Makes the piece from the words found and the local time now (aware); None where they cannot be meant so."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Whole words in the one form, and what they make."""

    pattern: re.Pattern[str]
    build: Build


def rule(pattern: str, build: Build) -> Rule:
    """A rule whose pattern ends where a word does."""
    return Rule(re.compile(rf"(?:{pattern})(?![\w:])"), build)
