"""A note cut into words that know where they stood, and the number words and durations in it."""

import re
from dataclasses import dataclass
from datetime import timedelta

_WORD = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:t\d{2}:\d{2}(?::\d{2})?(?:z|[+-]\d{2}:\d{2})?)?"  # ISO 8601
    r"|\d{1,2}[:.]\d{2}(?!\d)"
    r"|\d+"
    r"|[^\W\d_]+(?:['’-][^\W\d_]+)*"
    r"|\S",
    re.IGNORECASE,
)
_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
NUMBERS = {word: number for number, word in enumerate([*_UNITS.split(), "seventeen", "eighteen", "nineteen"])} | {
    "twenty": 20,
    "twenty-five": 25,
    "thirty": 30,
    "thirty-five": 35,
    "forty": 40,
    "forty-five": 45,
    "fifty": 50,
    "fifty-five": 55,
}
"""The number words a clock or a leeway is said with."""

_HOURS = {"h", "hr", "hrs", "hour", "hours"}
_MINUTES = {"m", "min", "mins", "minute", "minutes"}


@dataclass(frozen=True, slots=True)
class NoteWord:
    """One word, number or sign in small letters, and where in the note it begins and ends."""

    text: str
    start: int
    end: int


class NoteWords:
    """The words of a note; asking beyond the end gives the empty text, so that readers need not count."""

    def __init__(self, note: str) -> None:
        self._words = [NoteWord(found[0].lower(), found.start(), found.end()) for found in _WORD.finditer(note)]

    def __len__(self) -> int:
        return len(self._words)

    def __getitem__(self, index: int) -> str:
        return self._words[index].text if 0 <= index < len(self._words) else ""

    def follows(self, index: int, *words: str) -> bool:
        """Whether these very words stand from `index` on."""
        return all(self[index + step] == word for step, word in enumerate(words))

    def stretch(self, first: int, after: int) -> tuple[int, int]:
        """Where in the note the words from `first` until before `after` stand."""
        return self._words[first].start, self._words[after - 1].end


def read_number(words: NoteWords, index: int) -> tuple[int, int] | None:
    """A whole number in digits or words from `index` on, and the index after it."""
    word = words[index]
    if word.isascii() and word.isdigit():
        return (int(word), index + 1) if len(word) <= 4 else None
    if word not in NUMBERS:
        return None
    # Speech-to-text and people alike write "twenty five" as often as "twenty-five".
    joined = f"{word}-{words[index + 1]}"
    return (NUMBERS[joined], index + 2) if joined in NUMBERS else (NUMBERS[word], index + 1)


def read_span(words: NoteWords, index: int) -> tuple[timedelta, int] | None:
    """A length of time in hours and minutes ("an hour and a half", "1h30m"), and the index after it."""
    if words.follows(index, "half", "an", "hour"):
        return timedelta(minutes=30), index + 3
    for phrase in (("quarter", "of", "an", "hour"), ("a", "quarter", "of", "an", "hour")):
        if words.follows(index, *phrase):
            return timedelta(minutes=15), index + len(phrase)
    amount = (1, index + 1) if words[index] in {"a", "an"} else read_number(words, index)
    if amount is None:
        return None
    count, after = amount
    if words[after] in _MINUTES:
        return timedelta(minutes=count), after + 1
    if words[after] not in _HOURS:
        return None
    hours, after = timedelta(hours=count), after + 1
    if words.follows(after, "and", "a", "half"):
        return hours + timedelta(minutes=30), after + 3
    more = read_number(words, after + 1 if words[after] == "and" else after)
    if more is not None and words[more[1]] in _MINUTES:
        return hours + timedelta(minutes=more[0]), more[1] + 1
    return hours, after
