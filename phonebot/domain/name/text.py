"""Words as names are compared: lower case, without accents, apostrophes and full stops."""

import re
import unicodedata

_PLAIN = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "’": "'", "ʼ": "'"}
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
_CAPITAL = re.compile(r"(?:^|(?<=-)|(?<=^o['’])|(?<=^d['’])|(?<=^mc))[^\W\d_]")
LONGEST = 600
"""Characters of what was said that are looked at: whom a caller wants comes before that or not at all."""


def word_set(text: str) -> frozenset[str]:
    """The words of a list written as one text."""
    return frozenset(text.split())


_CONTRACTED = word_set("it that who what here there where how she he let name surname one when")
"""Words whose 's is short for "is", and not whose something is."""


def plain(text: str) -> str:
    """The text in lower case without accents: "Müller" is "muller"."""
    spread = unicodedata.normalize("NFKD", text.lower().translate(_PLAIN))
    return "".join(letter for letter in spread if not unicodedata.combining(letter))


def with_umlauts_spelled(text: str) -> str:
    """The text in lower case with umlauts as two letters, as many write them: "Müller" is "mueller"."""
    return plain(unicodedata.normalize("NFC", text).lower().translate(_UMLAUTS))


def words_of(text: str) -> list[str]:
    """The plain words, apart at hyphens, without apostrophes and without the 's of whose something is."""
    found = []
    for match in _WORD.finditer(plain(text.replace("\0", " ")[:LONGEST])):
        word = match[0]
        if word.endswith("'s") and word.removesuffix("'s") not in _CONTRACTED:
            word = word.removesuffix("'s")
        bare = word.replace("'", "")
        found.append("st" if bare == "saint" else bare)
    return found


def with_capitals(word: str) -> str:
    """The word with the capitals of a name: "o'brien" is "O'Brien", "mcdonald" "McDonald"."""
    return _CAPITAL.sub(lambda letter: letter[0].upper(), word)
