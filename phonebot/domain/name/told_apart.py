"""Names that sound alike told apart by a letter: "Smyth with a Y", "John without an H", "with two Ts"."""

import re
from collections.abc import Callable, Sequence

from phonebot.domain.name.letters import CERTAIN, PERHAPS
from phonebot.domain.name.sound import Likeness, likeness
from phonebot.domain.name.text import LONGEST, plain, words_of
from phonebot.domain.office import Person

_WITH = re.compile(
    r"\b(?P<how>with|without|no|has|got|hasn't got)\s+(?:just\s+)?(?P<many>an?|two|2|double|one|the|a double)\s+"
    r"(?:letter\s+)?(?P<letter>[a-z]+)(?:'?s)?\b(?P<end>\s+(?:at|on|in)\s+the\s+(?:end|middle))?",
    re.IGNORECASE,
)


def without_letters(text: str) -> str:
    """What was said without its "with a Y"."""
    return _WITH.sub(lambda match: " " if _letter(match["letter"]) else match[0], text)


def told_apart(text: str, people: Sequence[Person]) -> tuple[Person, ...]:
    """Those of the people whose name has the letters that are told; all of them if that tells nobody apart."""
    for match in _WITH.finditer(text[:LONGEST].replace("’", "'")):
        if not (letter := _letter(match["letter"])):
            continue
        letters = letter * (2 if match["many"].lower() in {"two", "2", "double", "a double"} else 1)
        at_end = match["end"] is not None and "end" in match["end"]
        negated = match["how"].lower() in {"without", "no", "hasn't got"}
        for part in _parts(words_of(text[: match.start()]), people):
            chosen = tuple(person for person in people if _has(part(person), letters, at_end) is not negated)
            if 0 < len(chosen) < len(people):
                return chosen
    return tuple(people)


def _letter(word: str) -> str:
    key = plain(word)
    if len(key) > 2:
        return CERTAIN.get(key) or (PERHAPS.get(key, "") if len(key) < 4 else "")
    return key[0] if len(key) == 1 or (len(key) == 2 and key[1] == "s") else ""


def _has(name: str, letters: str, at_end: bool) -> bool:
    return name.endswith(letters) if at_end else letters in name


def _first(person: Person) -> str:
    return plain(person.name).split()[0]


def _last(person: Person) -> str:
    return "".join(plain(person.name).split()[1:])


def _parts(said: list[str], people: Sequence[Person]) -> Sequence[Callable[[Person], str]]:
    """The parts of the names that are spoken of: the one just said, else the last name and then the first."""
    word = said[-1] if said else ""
    named = [
        part for part in (_last, _first) if any(likeness(word, part(person)) >= Likeness.TWIN for person in people)
    ]
    return named or [_last, _first]
