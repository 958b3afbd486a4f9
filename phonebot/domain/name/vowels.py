"""The first vowel of a word, as the sounds it may have, and the consonants before it."""

import re
from dataclasses import dataclass
from functools import lru_cache

from jellyfish import metaphone

_FIRST = re.compile(r"([^aeiouy]*)([aeiouyw]*)(.*)")
_LONG = {"a": "ei", "e": "ii", "i": "ai", "o": "ou", "u": "uu", "y": "ai"}
_SHORT = {"a": "a", "e": "e", "i": "i", "o": "o", "u": "u", "y": "i"}
_GROUPS = {
    "ea": "ii e", "ee": "ii i", "ei": "ii ai ei", "ie": "ii ai e", "ey": "ei ii ai", "ay": "ei",
    "ai": "ei ai e", "ae": "ei ii e", "oo": "uu u", "ou": "uu au ou u", "ow": "au ou", "ue": "uu u", "ew": "uu",
    "ui": "uu i", "oe": "ou uu i", "oa": "ou", "au": "o au aw", "aw": "o aw", "eo": "e ii iou", "oi": "oi",
    "oy": "oi", "eu": "uu oi", "ia": "iia aia", "io": "iiou aiou", "ao": "au ou", "ye": "ai e", "yu": "uu",
    "uu": "uu", "aa": "a aw ei", "eau": "ou uu", "eye": "ai", "eie": "ai ei", "eigh": "ii ei", "aye": "ei ai",
    "aie": "ai ei", "iou": "uu", "ieu": "uu", "ewa": "uu",
}  # fmt: skip


_ITALIAN = {"i": {"ii"}, "u": {"uu"}}


@dataclass(frozen=True, slots=True)
class FirstVowel:
    """The consonants before the first vowel, and what that vowel may sound like."""

    onset: str
    sounds: frozenset[str]


@lru_cache(maxsize=8192)
def vowel_sounds(word: str) -> FirstVowel:
    """The first vowel of a plain word: "hart" and "heart" have one alike, "tom" and "tim" have not."""
    parts = _FIRST.match(word)
    assert parts is not None, "the expression matches any word"
    onset, vowels, rest = parts.groups()
    if onset == "" and vowels[:1] == "y" and len(vowels) > 1:
        onset, vowels = "y", vowels[1:]
    return FirstVowel(metaphone(onset + vowels[:1]) if onset.isascii() else onset, frozenset(_sounds(vowels, rest)))


def _sounds(vowels: str, rest: str) -> set[str]:
    if re.match(r"r(?:e?$|[^raeiouy])", rest):
        return _before_r(vowels, rest)
    if len(vowels) == 1:
        if not rest:
            return {_LONG.get(vowels, vowels), {"a": "a", "u": "uu", "i": "ii", "o": "uu"}.get(vowels, vowels)}
        if vowels == "a" and re.match(r"l[lkt]", rest):
            return {"a", "aw"}
        if re.match(r"h[^aeiouy]|h$", rest):
            return {_LONG[vowels], _SHORT[vowels]}
        single = re.match(r"(?:[^aeiouy]|th|ch|sh|ph)(?=[aeiouy])", rest)
        if single:
            silent_end = rest[single.end() :] in {"e", "es"}
            return {_LONG[vowels]} if silent_end else {_LONG[vowels], _SHORT[vowels], *_ITALIAN.get(vowels, ())}
        return {_SHORT.get(vowels, vowels), *({"ai"} if rest in {"nd", "ld", "gn", "the"} and vowels in "iy" else ())}
    for length in (4, 3, 2):
        if vowels[:length] in _GROUPS:
            return set(_GROUPS[vowels[:length]].split())
    return {_LONG.get(vowels[:1], vowels), _SHORT.get(vowels[:1], vowels)}


def _before_r(vowels: str, rest: str) -> set[str]:
    """Before r: "heart" and "hart", "burns" and "birns", "pierce" and "pearce"."""
    return {
        "a": {"ar", "er"} if re.match("r[ek]$", rest) else {"ar"},
        "ea": {"ar", "er", "ir"},
        "e": {"er", "ar"} if rest.startswith("rk") else {"er", "ir"} if rest.startswith("re") else {"er"},
        "i": {"er"},
        "y": {"er"},
        "u": {"er"},
        "ie": {"ir"},
        "ei": {"ir"},
        "ee": {"ir"},
        "o": {"or"},
        "oo": {"or", "uur"},
        "ou": {"or", "uur"},
        "oa": {"or"},
        "au": {"or"},
        "ai": {"air"},
        "ay": {"air"},
    }.get(vowels, {sound + "r" for sound in _GROUPS.get(vowels, vowels).split()})
