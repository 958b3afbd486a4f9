"""Names as they are written, with capitals where a recogniser gave none, and how their bearers are addressed."""

from phonebot.dialog.name_words import RELATIONS, WHOSE
from phonebot.dialog.word_list import words
from phonebot.domain.name import with_capitals
from phonebot.domain.titles import TITLES

LOWER_IN_A_NAME = words("of and the for at in on du de del della der den da di la le van von bin ibn al y e zu")
_BEGINS_A_SURNAME = words("van von de der den du bin ibn")
"""With these a surname begins, and nobody is addressed by one of them."""


def in_capitals(name: str) -> str:
    """A name with its capitals; one that begins with one, or with a word that takes none, is left as it is.

    A surname that was spelled has its capital where the rest was heard without any: "julie Smythe".
    """
    parts = name.split()
    lowered = name.lower().split()
    shouted = name == name.upper() and len(name) > 4
    begun = bool(parts) and (parts[0] != lowered[0] or lowered[0] in LOWER_IN_A_NAME | WHOSE | {"the"})
    if begun and name != name.lower() and not shouted:
        return name
    kept = [low if shouted else part for part, low in zip(parts, lowered, strict=True)]
    capital = [part == lowered[at] and _is_capital(lowered, at) for at, part in enumerate(kept)]
    return " ".join(with_capitals(part) if up else part for part, up in zip(kept, capital, strict=True))


def form_of_address(name: str) -> str:
    """How to address somebody by what they called themselves: "Julie", "Dr O'Brien".

    Empty where nobody would be so addressed: "Sue's mother", "van der Berg".
    """
    parts = name.split()
    lowered = [part.strip(".,").lower() for part in parts]
    if not parts or lowered[0] in {"the", *WHOSE} | _BEGINS_A_SURNAME or not RELATIONS.isdisjoint(lowered[1:]):
        return ""
    if lowered[0] in TITLES:
        return f"{parts[0]} {parts[-1]}" if len(parts) > 1 else ""
    return name if len(lowered[0]) == 1 else parts[0]


def _is_capital(parts: list[str], at: int) -> bool:
    if at == 0:
        return True
    somebodys = parts[at] in RELATIONS and parts[at - 1].endswith("'s")
    return parts[at] not in LOWER_IN_A_NAME and not somebodys
