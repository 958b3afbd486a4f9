"""The text of a recording cut into words, numerals and marks that know their places, and quoted with its doubts."""

import re
from collections.abc import Sequence
from enum import Enum, auto
from typing import NamedTuple

from phonebot.domain.phone.digits import words_of
from phonebot.domain.text import clean
from phonebot.domain.transcript import Span, Transcript

MOST_READ = 10_000
"""Characters: ten minutes of speech. What comes after is not read for the gist; the transcript itself keeps it."""


class Shape(Enum):
    """How a token is written. CODE is letters and figures in one, CLOCK a time or 3pm, ORDINAL 14th, MONEY £40."""

    WORD = auto()
    NUMERAL = auto()
    CODE = auto()
    CLOCK = auto()
    ORDINAL = auto()
    MONEY = auto()
    MARK = auto()


class Token(NamedTuple):
    """A word, a numeral or a mark; `key` is it in lower case with straight apostrophes.

    A named tuple, which is made four times as fast as a frozen dataclass: a digest makes tens of thousands.
    """

    key: str
    shape: Shape
    start: int
    end: int
    capital: bool = False


# Words come first, since most tokens are words; what begins with letters and is none of them must not pass for one.
_TOKEN = re.compile(
    r"(?P<WORD>(?!\b[ap]\.m\b)[^\W\d_]+(?![^\W_])(?:['’][^\W\d_]+)*)"
    r"|(?P<MONEY>[£$€]\s?\d[\d,.]{0,15}|\d[\d,.]{0,15}\s?%)"
    r"|(?P<CLOCK>(?<![\d:])\d{1,2}:\d\d(?:\s?[ap]\.?m\b)?(?![\d:])|(?<![\d.])\d{1,2}(?:\.[0-5]\d)?\s?[ap]\.?m\b"
    r"|(?<![\d.])\d{1,2}\.[0-5]\d(?![\d.]*\d)|\b[ap]\.m\b)"
    r"|(?P<ORDINAL>(?<!\d)\d{1,2}(?:st|nd|rd|th)\b)"
    r"|(?P<NUMERAL>[0-9]+(?![^\W\d_]))"
    r"|(?P<CODE>[^\W_]*\d[^\W_]*)"
    r"|(?P<MARK>\S)",
    re.IGNORECASE,
)
_SHAPES = {group: Shape[name] for name, group in _TOKEN.groupindex.items()}
_ENDS_SENTENCE = frozenset(".!?…;")
_SHORTENED = words_of("dr mr mrs ms st prof no")


def tokens_of(text: str) -> list[Token]:
    """The tokens of the first stretch of the text, in order; marks are single characters."""
    found = []
    for match in _TOKEN.finditer(text[:MOST_READ]):
        said, (start, end) = match[0], match.span()
        key = said.lower().replace("’", "'")
        found.append(Token(key, _SHAPES[match.lastindex or 0], start, end, said[0].isupper()))
    return found


def sentences_of(tokens: Sequence[Token]) -> list[list[Token]]:
    """The tokens by sentence; a stop between figures, or after a title or an initial, ends none."""
    sentences: list[list[Token]] = [[]]
    for at, token in enumerate(tokens):
        sentences[-1].append(token)
        if token.key in _ENDS_SENTENCE and not _goes_on(tokens, at):
            sentences.append([])
    return [sentence for sentence in sentences if sentence]


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    if tokens[at].key != "." or at == 0 or at + 1 >= len(tokens):
        return False
    before, after = tokens[at - 1], tokens[at + 1]
    if before.end != tokens[at].start:
        return False
    if before.shape is after.shape is Shape.NUMERAL and after.start == tokens[at].end:
        return True
    half_of_day = before.shape is Shape.CLOCK and before.key.endswith(".m") and not after.capital
    return half_of_day or before.key in _SHORTENED or (len(before.key) == 1 and before.capital and after.capital)


def quoted(transcript: Transcript, start: int, end: int, longest: int = 200) -> str:
    """That stretch of the transcript in one harmless line, its doubtful stretches marked as `marked` does."""
    spans = [Span(max(s.start, start) - start, min(s.end, end) - start) for s in transcript.doubtful]
    inside = tuple(span for span in spans if span.start < span.end)
    return clean(Transcript(transcript.text[start:end], inside).marked, longest)
