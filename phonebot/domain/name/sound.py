"""How alike two words sound: consonants by Metaphone (kept by jellyfish), vowels by how they are written."""

import re
from enum import IntEnum
from functools import lru_cache

from jellyfish import metaphone
from rapidfuzz.distance import JaroWinkler, Levenshtein

from phonebot.domain.name.reading import readings
from phonebot.domain.name.vowels import vowel_sounds

NEAR = 0.9
"""Jaro-Winkler similarity of two spellings from which on one may be the other misheard."""


FOREIGN = 0.72
"""Similarity from which on two words read as they are not in English are taken for one without asking."""


class Likeness(IntEnum):
    """How well a word heard fits a name: TWIN and LIKE sound the same, of NEAR one asks."""

    NONE = 0
    NEAR = 1
    LIKE = 2
    TWIN = 3
    SAME = 4


_STOPS = re.compile(r"ch|sh|th|[dt]")
_HARD = {"g": "g", "c": "k", "k": "k", "q": "k"}
_FINAL = re.compile(r"(ie|ee|ey|ay|oe|(?<![gq])ue|oo|ou|ew|owe?|[aeiouy])$")


@lru_cache(maxsize=8192)
def sounds_of(word: str) -> tuple[str, ...]:
    """The keys of a plain word, one for each way of reading it: words that may sound the same share one."""
    return tuple(dict.fromkeys(key for reading in readings(word) for key in sorted(_keys(reading))))


_VOWEL_AT_END = {
    "ie": "i",
    "ee": "i",
    "ey": "i",
    "ay": "i",
    "y": "i",
    "ue": "u",
    "oo": "u",
    "ou": "u",
    "ew": "u",
    "ow": "o",
    "owe": "o",
}


@lru_cache(maxsize=16384)
def _keys(reading: str) -> frozenset[str]:
    """Consonants, then the vowel heard at the end; a written e there is silent."""
    if not reading.isascii():
        return frozenset({reading})
    consonants = metaphone(reading)
    final = _FINAL.search(reading)
    if not final or len(reading) < 2 or final[0] == "e":
        return frozenset({consonants})
    if final[0] == "oe":
        return frozenset({consonants, consonants + "i", consonants + "o"})
    return frozenset({consonants + _VOWEL_AT_END.get(final[0], final[0])})


@lru_cache(maxsize=32768)
def likeness(heard: str, name: str) -> Likeness:
    """How well a word heard fits a name; both plain."""
    if heard == name:
        return Likeness.SAME
    alike = [(one, two) for one in readings(heard) for two in readings(name) if _keys(one) & _keys(two)]
    if alike:
        agreeing = [pair for pair in alike if _agree(*pair)]
        close = max(Levenshtein.normalized_similarity(*pair) for pair in agreeing or alike)
        if agreeing and (close >= FOREIGN or (readings(heard)[0], readings(name)[0]) in agreeing):
            return Likeness.TWIN if close >= 0.4 else Likeness.LIKE
        return Likeness.NEAR if close >= 0.5 else Likeness.NONE
    near = nearly_as_long(heard, name) and JaroWinkler.similarity(heard, name) >= NEAR
    return Likeness.NEAR if near else Likeness.NONE


def nearly_as_long(heard: str, name: str) -> bool:
    """Whether two words of four letters at least are about as long, so that a beginning is not taken for the whole."""
    short, long = sorted((len(heard), len(name)))
    return short >= 4 and short >= 0.7 * long


def _agree(one: str, other: str) -> bool:
    """Whether two readings agree in what Metaphone drops: first vowel and its place, t or d, ch or sh, k or g."""
    first, second = vowel_sounds(one), vowel_sounds(other)
    if first.onset != second.onset or not first.sounds & second.sounds:
        return False
    if _stressed_end(one) != _stressed_end(other):
        return False
    hard, soft = _HARD.get(one[0]), _HARD.get(other[0])
    if hard and soft and hard != soft and metaphone(one)[:1] == "K":
        return False
    return [stop[0] for stop in _STOPS.findall(_undoubled(one))] == [
        stop[0] for stop in _STOPS.findall(_undoubled(other))
    ]


_LONG_END = re.compile(r"[aeiouy][^aeiouy]+(ee|ea|ai|oo|ou|oa)[^aeiouyr]+e?$")
_SILENT_E = re.compile(r"^[^aeiouy]*[aeiouy]+[^aeiouy]+([aeiouy])[^aeiouyrl]e$")
_DOUBLED_END = re.compile(r"[aeiouy].*(?:elle|ette|anne)$")
_HEARD_AS = {"ee": "e", "ea": "e", "i": "e", "y": "e", "ai": "a", "oo": "u", "ou": "u", "oa": "o"}


@lru_cache(maxsize=8192)
def _stressed_end(word: str) -> str:
    """The vowel at the end that one hears most: of "Danielle", "Simone", "Doreen"; none in "Daniel" or "Simon"."""
    if _DOUBLED_END.search(word):
        return "double"
    found = _LONG_END.search(word) or _SILENT_E.search(word)
    return _HEARD_AS.get(found[1], found[1]) if found else ""


@lru_cache(maxsize=8192)
def _undoubled(word: str) -> str:
    return re.sub(r"(.)\1", r"\1", word)
