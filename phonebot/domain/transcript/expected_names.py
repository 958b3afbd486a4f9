"""Names a machine misheard, written as those that were to be expected: by sound, and only where it was not sure.

Given to Whisper beforehand, as its own hints are, the same names cost more than they mend. Measured with tiny.en on
real calls and strings of digits, with four names: wrong words from 20 to 24 in a hundred, wrong digits from one to
seven, and goodbyes that nobody said.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from rapidfuzz.distance import Levenshtein

from phonebot.domain.name import Likeness, likeness
from phonebot.domain.titles import TITLES
from phonebot.domain.transcript.doubt import SURE, Word, is_number

SHORTEST: Final = 3
"""Letters of the shortest word compared: of shorter ones too many sound alike."""

_NAME = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s$")


def as_expected(words: Sequence[Word], hints: Sequence[str]) -> list[Word]:
    """The words, each name that sounds like one of a hint spelled as the hint has it, and doubtful from then on.

    A name is what was written with a capital in a sentence, and not surely; or whatever stands beside another word of
    the same hint: "Sue cone" where Sue Cohen was told. Of several hints the first counts.
    """
    phrases = [phrase for hint in hints if (phrase := _NAME.findall(hint))]
    heard = list(words)
    for at, word in enumerate(words):
        if is_number(word) or len(_letters(word.text)) < SHORTEST:
            continue
        spelling = _spelling(words, at, phrases)
        if spelling is not None:
            heard[at] = replace(word, text=_respelled(word.text, spelling), probability=0.0)
    return heard


def _letters(text: str) -> str:
    """The letters of a word, in small letters, without the 's of what somebody has."""
    name = _NAME.search(text)
    return re.sub(r"\W", "", _POSSESSIVE.sub("", name[0])).lower() if name else ""


def _spelling(words: Sequence[Word], at: int, phrases: Sequence[Sequence[str]]) -> str | None:
    """How the word is spelled in the first hint that it sounds like; None where it is well as it is."""
    written, found = _letters(words[at].text), None
    unsure = words[at].probability < SURE and _is_capital(words, at)
    for phrase in phrases:
        for place, expected in enumerate(phrase):
            name = _letters(expected)
            if name == written:
                return None
            if found is not None or len(name) < SHORTEST:
                continue
            sounds_like = likeness(written, name) >= Likeness.LIKE
            beside = _is_beside(words, at, phrase, place)
            if (sounds_like and (unsure or beside)) or (unsure and beside and _nearly(written, name)):
                found = expected
    return found


def _is_capital(words: Sequence[Word], at: int) -> bool:
    """Whether it is written as a name: with a capital that is not its sentence's."""
    before = words[at - 1].text.strip() if at else ""
    opens = words[at].opening or at == 0 or (before.endswith((".", "!", "?")) and _letters(before) not in TITLES)
    return words[at].text.strip()[:1].isupper() and not opens


def _nearly(written: str, name: str) -> bool:
    """Whether half of the letters are those of the name."""
    return Levenshtein.normalized_similarity(written, name) >= 0.5


def _is_beside(words: Sequence[Word], at: int, phrase: Sequence[str], place: int) -> bool:
    """Whether a word next to it is the hint's next to that one."""
    return any(
        0 <= at + step < len(words)
        and 0 <= place + step < len(phrase)
        and _letters(words[at + step].text) == _letters(phrase[place + step])
        for step in (-1, 1)
    )


def _respelled(text: str, spelling: str) -> str:
    """The word with another spelling, and what stands before and after it as it was."""
    name = _NAME.search(text)
    assert name is not None
    whose = _POSSESSIVE.search(name[0])
    return text[: name.start()] + spelling + (whose[0] if whose else "") + text[name.end() :]
