"""Loops: words that a recogniser repeats though nobody did, which Whisper does where it has lost the thread."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from phonebot.domain.transcript.doubt import Word, bare, is_number

LONGEST_PHRASE: Final = 30
"""Words in the longest phrase looked for: a sentence or two."""

TIMES: Final = 4
"""Nobody says one phrase so many times on end; "bye bye bye" they do."""

MOST_ALIKE: Final = 6
"""So many times one digit may stand in a row in a real number."""

MOST_DIGITS: Final = 16
"""So many digits a real number may have, however often it repeats itself: "one two one two"."""

QUICKEST: Final = 0.09
"""Seconds a spoken word takes at least, on the average."""


LONGEST_WORD: Final = 24
"""Letters and digits of the longest word that is taken for one; in longer ones a loop is looked for."""

_IN_A_WORD = re.compile(r"(\S{1,8}?)\1{5,}")


def without_loops(words: Sequence[Word]) -> list[Word]:
    """The words, with every phrase that is repeated on end left once, and doubtful; so too those loops within loops."""
    kept = _cut([_shortened(word) for word in words])
    return kept if len(kept) == len(words) else without_loops(kept)


def _shortened(word: Word) -> Word:
    """The word; one such as "nonononononononononononono" with what is repeated in it left once, and doubtful."""
    if len(bare(word)) <= LONGEST_WORD or not _IN_A_WORD.search(word.text):
        return word
    return replace(word, text=_IN_A_WORD.sub(r"\1", word.text), probability=0.0)


def _cut(words: Sequence[Word]) -> list[Word]:
    keys = [bare(word) for word in words]
    kept: list[Word] = []
    at = 0
    while at < len(words):
        length, times = _loop_at(words, keys, at)
        phrase = words[at : at + length]
        kept += phrase if times == 1 else [replace(word, probability=0.0) for word in phrase]
        at += length * times
    return kept


def _loop_at(words: Sequence[Word], keys: Sequence[str], at: int) -> tuple[int, int]:
    """How many words the phrase has that is repeated from here on, and how often it stands; (1, 1) where none is."""
    for length in range(1, min(LONGEST_PHRASE, (len(words) - at) // 2) + 1):
        times = 1
        while keys[at : at + length] == keys[at + length * times : at + length * (times + 1)]:
            times += 1
        if _is_loop(words[at : at + length * times], length, times):
            return length, times
    return 1, 1


def _is_loop(repeated: Sequence[Word], length: int, times: int) -> bool:
    if times < 2:
        return False
    if sum(word.seconds for word in repeated) < QUICKEST * len(repeated) and times >= TIMES - 1:
        return True
    if all(map(is_number, repeated[:length])):
        return times > MOST_ALIKE if length == 1 else len(repeated) > MOST_DIGITS
    return times >= TIMES
