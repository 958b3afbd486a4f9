"""Which stretches of what a machine heard may be wrong: words it was not sure of, and every number."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from phonebot.domain.phone.digits import words_of
from phonebot.domain.transcript.text_heard import Span, Transcript

SURE: Final = 0.6
"""The probability from which a word is taken as heard.

Measured on real telephone calls with Whisper's tiny.en: below it stand 45 of 100 wrong words and 6 of 100 right ones.
"""

SURE_OPENING: Final = 0.24
"""The same for the first word, of which Whisper is never sure: it has nothing before it to go by."""

NUMBER_WORDS: Final = frozenset(
    words_of(
        "zero oh o nought naught one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred "
        "thousand million double triple treble dozen first second third fourth fifth sixth seventh eighth ninth tenth "
        "eleventh twelfth "
        "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth"
    )
)
NOT_ALONE: Final = words_of("one oh o double first second")
"""Number words that are mostly something else where no number stands beside them: "this one", "oh dear"."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it was heard, with the space before it and the punctuation after; `probability` is from 0 to 1.

    `opening` is true for the first of a stretch, `seconds` how long it takes to say.
    """

    text: str
    probability: float = 1.0
    opening: bool = False
    seconds: float = 1.0


def transcript_of(words: Sequence[Word]) -> Transcript:
    """The text of the words, one after the other as they are, with what may be wrong in it.

    A number is always doubtful. Whisper is wrong about one digit in eleven of unclear strings, and as sure of most of
    those (0.97 and more) as of the others, so no probability can clear it: only what the caller gave otherwise can.
    """
    numbers = _in_numbers(words)
    text, spans, last = "", [], None
    for at, word in enumerate(words):
        core = _core(word.text)
        kind = at in numbers
        if core and (kind or _unsure(word)):
            span = Span(len(text) + core.start, len(text) + core.end)
            if last is kind and not re.search(r"[^\W_]|[.!?]\s", text[spans[-1].end :] + word.text[: core.start]):
                span = Span(spans.pop().start, span.end)
            spans.append(span)
            last = kind
        text += word.text
    start = len(text) - len(text.lstrip())
    return Transcript(text.strip(), tuple(Span(span.start - start, span.end - start) for span in spans))


def _core(text: str) -> Span | None:
    """Where the letters and digits of a word begin and end, with the marks upon the last; None where it has none."""
    places = [at for at, character in enumerate(text) if character.isalnum()]
    if not places:
        return None
    end = places[-1] + 1
    while end < len(text) and unicodedata.category(text[end]).startswith("M"):
        end += 1
    return Span(places[0], end)


def _unsure(word: Word) -> bool:
    return word.probability < (SURE_OPENING if word.opening else SURE)


def _in_numbers(words: Sequence[Word]) -> set[int]:
    """The words that belong to numbers; one other word between two number words belongs to them: it was a digit."""
    found: set[int] = set()
    for run in _runs([is_number(word) for word in words]):
        if len(run) > 1 or bare(words[run[0]]) not in NOT_ALONE:
            found.update(run)
    return found


def _runs(numeric: Sequence[bool]) -> Iterator[list[int]]:
    """Stretches of number words, with single other words between them."""
    run: list[int] = []
    for at in (at for at, is_number in enumerate(numeric) if is_number):
        if run and at - run[-1] > 2:
            yield run
            run = []
        run += range(run[-1] + 1, at + 1) if run else [at]
    if run:
        yield run


def bare(word: Word) -> str:
    """The letters and digits of a word, in small letters."""
    return re.sub(r"\W", "", word.text).lower()


def is_number(word: Word) -> bool:
    """Whether a word is a number or holds one, in figures or in letters: "4417", "B7", "twenty-first"."""
    parts = re.findall(r"[^\W_]+", word.text.lower())
    return any(part in NUMBER_WORDS or any(map(str.isnumeric, part)) for part in parts)
