"""What people are called for short: Bob for Robert, Liz for Elizabeth, both ways."""

import re
from enum import IntEnum
from functools import cache

from nicknames import NickNamer

from phonebot.domain.name.text import word_set

_IRREGULAR = word_set(
    "bob bobby bill billy dick ted teddy ned peg peggy jack harry hank chuck molly polly sally betsy bess betty jim "
    "jimmy jimmie meg maggie sandy trish tricia libby kit tony nell nelly larry mick mickey bella sukey becky"
)
"""Short forms everybody knows that are no piece of the name they stand for."""


class Usual(IntEnum):
    """Whether a short form is usual, or a name of its own that the data gives too: Hannah for Susan."""

    SELDOM = 1
    USUAL = 2


@cache
def _names() -> NickNamer:
    return NickNamer()


@cache
def also_called(first_name: str) -> dict[str, Usual]:
    """Lower-case first names that go for this one: its short forms, and what it may be short for."""
    name = first_name.lower()
    others = (_names().nicknames_of(name) | _names().canonicals_of(name)) - {name}
    return {
        other: Usual.USUAL if _is_usual(other, name) or _is_usual(name, other) else Usual.SELDOM for other in others
    }


def _is_usual(short: str, name: str) -> bool:
    if short in _IRREGULAR and len(name) >= len(short):
        return True
    if len(short) >= 4 and re.fullmatch(r"l?e|l?a|ne|ina|t?ta|ette", name.removeprefix(short)):
        # Danielle is no Daniel and Paula no Paul, though each has what the other is called for short.
        return False
    stem = re.sub(r"(?:ie|ey|y|e)$", "", folded(short))
    if not folded(name).startswith(stem) and len(name) < len(short) + 2:
        return False
    return len(stem) >= 2 and stem in folded(name) and stem != re.sub(r"(?:ie|ey|y|e|a)$", "", folded(name))


def folded(name: str) -> str:
    """The name with its sounds written in one way: c, ck and qu as k, th as t, ph inside as v, no letter twice."""
    alike = re.sub(r"ck|ch(?=[aeiouy])|qu|c", "k", name.replace("th", "t"))
    return re.sub(r"(.)\1", r"\1", re.sub(r"(?<=.)ph", "v", alike).replace("ks", "x"))
