"""What was said as plain words: lower case, short forms written out, each knowing where in the text it stood."""

import re
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_LONG_FORMS = {
    "thats": "that is", "its": "it is", "isnt": "is not", "dont": "do not", "im": "i am", "ive": "i have",
    "didnt": "did not", "havent": "have not", "hasnt": "has not",
    "cannot": "can not", "can't": "can not", "won't": "will not", "gonna": "going to",
}  # fmt: skip
_ENDINGS = {"n't": "not", "'s": "is", "'re": "are", "'ll": "will", "'d": "would", "'m": "am", "'ve": "have"}


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """One word; `start` and `end` are where the word it came from stands in the text."""

    text: str
    start: int
    end: int


def spoken_words(text: str, longest: int) -> list[SpokenWord]:
    """The words of the first `longest` characters: "that's" is "that" and "is"."""
    return [
        SpokenWord(part, match.start(), match.end())
        for match in _WORD.finditer(text[:longest])
        for part in _written_out(match[0].lower().replace("’", "'")).split()
    ]


@lru_cache(maxsize=1024)
def _written_out(word: str) -> str:
    if word in _LONG_FORMS:
        return _LONG_FORMS[word]
    for ending, long in _ENDINGS.items():
        if word.endswith(ending) and len(word) > len(ending):
            return f"{word.removesuffix(ending)} {long}"
    return word
