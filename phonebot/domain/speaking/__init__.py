"""Putting dates, times, digits and spelled names into words, one module per language."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Protocol

from phonebot.domain.speaking import english, english_windows
from phonebot.domain.speaking.length import WORDS_PER_SECOND, spoken_seconds, word_count
from phonebot.domain.window import Part

__all__ = ["WORDS_PER_SECOND", "SpeakingFunction", "functions_for", "spoken_seconds", "windows_for", "word_count"]

SpeakingFunction = Callable[..., str]
"""Takes dates, times or text, as its annotations say, and gives words."""


class SpeakingWindows(Protocol):
    """How a language says callback windows."""

    def window(self, parts: Sequence[Part], today: date) -> str:
        """Parts of a window in words."""

    def part_of_day(self, day: date, part: str, today: date) -> str:
        """A part of a day in words."""


_WINDOWS: Mapping[str, SpeakingWindows] = {"en": english_windows}

_LANGUAGES: Mapping[str, Mapping[str, SpeakingFunction]] = {"en": english.FUNCTIONS}


def functions_for(language: str) -> Mapping[str, SpeakingFunction]:
    """The functions a prompt of that language may call, by the name used in .ftl ("DAY").

    `language` is a tag such as "en" or "en-GB"; what follows the first hyphen is ignored. Raises LookupError where
    nobody has taught phonebot to speak the language.
    """
    return _LANGUAGES[_family(language)]


def windows_for(language: str) -> SpeakingWindows:
    """How a language says callback windows; `language` and LookupError as above."""
    return _WINDOWS[_family(language)]


def _family(language: str) -> str:
    family = language.partition("-")[0].lower()
    if family not in _LANGUAGES:
        raise LookupError(f"there are no speaking functions for {language!r}; there are for {', '.join(_LANGUAGES)}")
    return family
