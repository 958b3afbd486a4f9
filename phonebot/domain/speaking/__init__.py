"""Putting dates, times, digits and spelled names into words, one module per language."""

from collections.abc import Callable, Mapping

from phonebot.domain.speaking import english
from phonebot.domain.speaking.length import WORDS_PER_SECOND, spoken_seconds, word_count

__all__ = ["WORDS_PER_SECOND", "SpeakingFunction", "functions_for", "spoken_seconds", "word_count"]

SpeakingFunction = Callable[..., str]
"""Takes dates, times or text, as its annotations say, and gives words."""

_LANGUAGES: Mapping[str, Mapping[str, SpeakingFunction]] = {"en": english.FUNCTIONS}


def functions_for(language: str) -> Mapping[str, SpeakingFunction]:
    """The functions a prompt of that language may call, by the name used in .ftl ("DAY").

    `language` is a tag such as "en" or "en-GB"; what follows the first hyphen is ignored. Raises LookupError where
    nobody has taught phonebot to speak the language.
    """
    family = language.partition("-")[0].lower()
    if family not in _LANGUAGES:
        raise LookupError(f"there are no speaking functions for {language!r}; there are for {', '.join(_LANGUAGES)}")
    return _LANGUAGES[family]
