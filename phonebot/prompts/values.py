"""Values on their way into a prompt, and words on their way out of it to a voice."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any, get_type_hints

from babel import Locale
from fluent.runtime.types import FluentInt, FluentType

from phonebot.domain.speaking import SpeakingFunction
from phonebot.domain.spoken import SpokenValue
from phonebot.prompts.source import PromptMistake

LONGEST_VALUE = 600
"""Characters of one text value that are spoken, some 40 seconds; the rest is cut, so no caller can fill a Say."""

# What XML 1.0 cannot carry, the marks that turn or isolate text on a screen, and Fluent's own braces.
_UNSPEAKABLE = re.compile(
    "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[{}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_SPACE_BEFORE_STOP = re.compile(r" +(?=[,.;:?!])")


class _Moment(FluentType):
    """A date or a time on its way to a function; said bare it is a mistake, never a date in some locale's format."""

    def __init__(self, value: date | time) -> None:
        self.value = value

    def format(self, locale: Locale) -> str:  # noqa: ARG002  fluent.runtime's signature
        """Refuse: fluent.runtime asks for this only where no function has put the value into words."""
        raise ValueError("a date or a time needs a function, as in DAY($date) or CLOCK($time)")


def for_fluent(name: str, value: SpokenValue) -> str | FluentType:
    """A value as fluent.runtime takes it without any formatting of its own: ints ungrouped, moments for functions."""
    if isinstance(value, str):
        return _legal(value[:LONGEST_VALUE])
    if isinstance(value, int) and not isinstance(value, bool):
        return FluentInt(value, useGrouping=False)
    if isinstance(value, date | time) and not isinstance(value, datetime):
        return _Moment(value)
    raise PromptMistake(f"${name} is {type(value).__name__}; only text, whole numbers, dates and times can be spoken")


def strictly(call: SpeakingFunction) -> Callable[..., Any]:
    """A speaking function as Fluent calls it: unwraps dates and times, and refuses what its annotations do not name."""
    kinds = get_type_hints(call)
    kinds.pop("return")
    in_order = tuple(kinds.values())

    def spoken(*given: object, **named: object) -> str:
        positional = [_of_kind(value, kind) for value, kind in zip(given, in_order, strict=False)]
        return call(*positional, **{name: _of_kind(value, kinds[name]) for name, value in named.items()})

    return spoken


def _of_kind(value: object, kind: type) -> object:
    """The plain value a function wants, or TypeError; fluent.runtime turns that into a mistake of the prompt."""
    plain = value.value if isinstance(value, _Moment) else value
    if not isinstance(plain, kind):
        raise TypeError(f"a {kind.__name__} is needed, and this is a {type(plain).__name__}")
    return plain


def clean(words: str) -> str:
    """One line of legal characters with single spaces, and none before a stop."""
    return _SPACE_BEFORE_STOP.sub("", " ".join(_legal(words).split()))


def _legal(text: str) -> str:
    """Text with a space for each character that XML or a voice cannot carry."""
    # Nearly every text is printable, and then there is nothing to look for but braces.
    return text if text.isprintable() and "{" not in text and "}" not in text else _UNSPEAKABLE.sub(" ", text)
