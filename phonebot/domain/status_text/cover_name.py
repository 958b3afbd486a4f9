"""Who covers, read out of a note: "tom covers", "covered by Tom Hart", "cover: tom"."""

import re
from collections.abc import Sequence

from phonebot.domain.office import Person

_NAME = r"[^\W\d_][\w'’-]*"
_BEFORE = re.compile(
    rf"(?:\b(?:and|with|but)\s+)?(?P<name>\b{_NAME}(?:\s+(?!is\b){_NAME})?)\s+"
    r"(?:is\s+covering|will\s+cover|to\s+cover|covering|covers|is\s+standing\s+in|standing\s+in|stands\s+in)\b"
    r"(?:\s+for\s+(?:me|her|him|them|us|(?P<self>[^\W\d_]+)))?",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"\b(?:covered\s+by|cover\s+(?:by|is|from)|cover\s*:|cover)\s*(?P<name>\b{_NAME}(?:\s+{_NAME})?)", re.IGNORECASE
)


class CoverMistake(ValueError):
    """A cover who is nobody here, or could be two people; the text says who there is."""


def read_cover(note: str, people: Sequence[Person], person: Person) -> tuple[str | None, str]:
    """The id of the colleague who covers `person`, and the note with those words cut to NUL. Raises CoverMistake."""
    for pattern, last_word_first in ((_BEFORE, True), (_AFTER, False)):
        found = pattern.search(note)
        if found is None:
            continue
        name, spoken_for = found["name"], found.groupdict().get("self")
        if spoken_for is not None and spoken_for.lower() != person.first_name.lower():
            continue
        parts = name.split()
        shorter = parts[-1] if last_word_first else parts[0]
        tries = [name, shorter] if len(parts) > 1 else [name]
        cover, used = _who(tries, people, person)
        start, end = found.start(), found.end()
        if used != name:
            # Only the last (or first) of two words is the name; the other is part of what the person is doing.
            if last_word_first:
                start = found.start("name") + len(name) - len(used)
            else:
                end = found.start("name") + len(used)
        return cover, f"{note[:start]}\0{note[end:]}"
    return None, note


def _who(tries: Sequence[str], people: Sequence[Person], person: Person) -> tuple[str, str]:
    """The id of whoever the first fitting name is, and that name."""
    others = [each for each in people if each.id != person.id and not each.departed]
    for name in tries:
        lower = " ".join(name.split()).lower()
        by_id = [each for each in others if each.id.lower() == lower]
        named = by_id or [each for each in others if lower in {each.name.lower(), each.first_name.lower()}]
        if len(named) > 1:
            ids = " or ".join(each.id for each in named)
            raise CoverMistake(f"{name} could be {ids}: give the id")
        if named:
            return named[0].id, name
    there = ", ".join(each.id for each in others) or "nobody else"
    raise CoverMistake(f"nobody here is called {tries[-1]!r}; there are: {there}")
