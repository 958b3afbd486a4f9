"""Names as they are written: letters spelled out joined to words, and capitals where a recogniser gave none."""

import re

from phonebot.dialog.name_words import RELATIONS, WHOSE
from phonebot.dialog.word_list import words

_SPELLED = re.compile(r"(?:\w-){2,}\w")
LOWER_IN_A_NAME = words("of and the for at in on du de del della der den da di la le van von bin ibn al y e zu")
_CAPITAL_AFTER = re.compile(r"(?:^|(?<=-)|(?<=^o')|(?<=^d')|(?<=^mc))[^\W\d_]")


def join_spelled(words: list[str]) -> list[str]:
    """The words with letters spelled out ("S-M-Y-T-H-E", "s m y t h e") joined, in place of the word they spell."""
    joined: list[str] = []
    letters: list[str] = []
    for word in [*words, ""]:
        if len(word) == 1 and word.isalpha():
            letters.append(word)
            continue
        _put(joined, letters)
        letters = []
        if _SPELLED.fullmatch(word):
            _put(joined, word.split("-"))
        elif word:
            joined.append(word)
    return joined


def _put(joined: list[str], letters: list[str]) -> None:
    """Add letters that stood in a row: three or more spell a word, fewer are initials."""
    if len(letters) < 3:
        joined += letters
        return
    together = "".join(letters)
    word = together if together.islower() else together.capitalize()
    if joined and similar(joined[-1], word):
        joined.pop()
    joined.append(word)


def similar(heard: str, spelled: str) -> bool:
    """Whether the letters may spell the word heard: both begin alike and are about as long."""
    return heard[:1].lower() == spelled[:1].lower() and abs(len(heard) - len(spelled)) <= 3


def in_capitals(name: str) -> str:
    """A name with its capitals; one that has some is left as it is."""
    if name != name.lower() and not (name == name.upper() and len(name) > 4):
        return name
    parts = name.lower().split()
    return " ".join(_capital(part) if _is_capital(parts, at) else part for at, part in enumerate(parts))


_TITLES = words("mr mrs ms miss mx dr doctor prof professor sir lady lord rev reverend captain")


def form_of_address(name: str) -> str:
    """How to address somebody by what they called themselves: "Julie", "Dr O'Brien"; empty for "Sue's mother"."""
    parts = name.split()
    lowered = [part.strip(".,").lower() for part in parts]
    if not parts or lowered[0] in {"the", *WHOSE} or not RELATIONS.isdisjoint(lowered[1:]):
        return ""
    if lowered[0] in _TITLES:
        return f"{parts[0]} {parts[-1]}" if len(parts) > 1 else ""
    return name if len(lowered[0]) == 1 else parts[0]


def _is_capital(parts: list[str], at: int) -> bool:
    if at == 0:
        return True
    somebodys = parts[at] in RELATIONS and parts[at - 1].endswith("'s")
    return parts[at] not in LOWER_IN_A_NAME and not somebodys


def _capital(word: str) -> str:
    return _CAPITAL_AFTER.sub(lambda letter: letter[0].upper(), word)
