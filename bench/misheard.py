"""What was heard beside what was said: wrong words and digits, those of them that are marked, and loops."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import Levenshtein

from bench.tellings import DIGITS
from phonebot.domain.transcript import Span

_ONES = ("zero", *DIGITS[1:], "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen")
_SMALL = (*_ONES, "eighteen", "nineteen")
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NOUGHTS = frozenset({"oh", "o", "nought", "0"})
_FIGURES: Final = _SMALL[:10]
_NUMBERS: Final = frozenset((*_SMALL, *_TENS[2:]))

LONGEST_PHRASE, LOOP_TIMES, MOST_ALIKE = 12, 4, 6
"""A loop is a phrase of so many words at most, so many times on end; digits alike may stand in a row up to six."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word that counts, in small letters, a number as it is spoken; `span` is its place in the text."""

    word: str
    span: Span

    @property
    def is_number(self) -> bool:
        """Whether it is a number or a part of one."""
        return self.word in _NUMBERS

    def is_in(self, spans: Sequence[Span]) -> bool:
        """Whether it lies within one of these."""
        return any(span.start <= self.span.start and self.span.end <= span.end for span in spans)


@dataclass(frozen=True, slots=True)
class Alignment:
    """How many words of what was said are wrong or missing or too many, and which of the heard are wrong."""

    errors: int
    wrong: frozenset[int]


def tokens(text: str) -> list[Token]:
    """The words of a text; case, punctuation and the writing of numbers set aside: 4417 is four words, 12 is one."""
    found = re.finditer(r"\d+|[^\W\d_]+(?:['’][^\W\d_]+)*", text)
    return [Token(word, Span(*each.span())) for each in found for word in _spoken(each[0].lower().replace("’", "'"))]


def figures(heard: Sequence[Token]) -> list[Token]:
    """The digits among them, where nothing else was said."""
    return [token for token in heard if token.word in _FIGURES]


def align(said: Sequence[Token], heard: Sequence[Token]) -> Alignment:
    """The fewest changes that make one of the other."""
    changes = Levenshtein.editops([token.word for token in said], [token.word for token in heard])
    return Alignment(len(changes), frozenset(each.dest_pos for each in changes if each.tag != "delete"))


def has_loop(text: str) -> bool:
    """Whether a phrase is repeated in it as nobody repeats one."""
    words = [token.word for token in tokens(text)]
    return any(_repeats(words, at, length) for at in range(len(words)) for length in range(1, LONGEST_PHRASE + 1))


def _repeats(words: Sequence[str], at: int, length: int) -> bool:
    phrase = words[at : at + length]
    if len(phrase) < length:
        return False
    times = 1
    while words[at + length * times : at + length * (times + 1)] == phrase:
        times += 1
    enough = MOST_ALIKE + 1 if length == 1 and phrase[0] in _FIGURES else LOOP_TIMES
    alike = len(set(phrase)) == 1 and length > 1 and phrase[0] in _FIGURES
    return times >= enough and not alike


def _spoken(written: str) -> Iterator[str]:
    """A word or figures as they are said."""
    if written in _NOUGHTS:
        yield "zero"
    elif not written.isdecimal() or not written.isascii():
        yield written
    elif len(written) > 2 or written.startswith("0"):
        yield from (_SMALL[int(digit)] for digit in written)
    elif int(written) < 20:
        yield _SMALL[int(written)]
    else:
        yield from (word for word in (_TENS[int(written[0])], _SMALL[int(written[1])]) if word and word != "zero")


def names_in(text: str, names: Sequence[str], said: str | None = None) -> int:
    """How many words of these names are in a text; with `said`, how many of those that were said."""
    known = {token.word for name in names for token in tokens(name)}
    heard = Counter(token.word for token in tokens(text) if token.word in known)
    meant = heard if said is None else Counter(token.word for token in tokens(said) if token.word in known)
    return (heard & meant).total()
