"""Teams that callers ask for: "the accounts people", "someone in sales"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from phonebot.domain.name.sound import Likeness, likeness
from phonebot.domain.name.text import words_of
from phonebot.domain.name.wanted import Wanted
from phonebot.domain.name.words import ASKING, TEAM_WORDS
from phonebot.domain.office import Person

_LEADS_TO_A_TEAM = frozenset({"in", "from", "the", "at", "of", "for", "with"})
"""What stands before a team whose name is an ordinary word: "somebody from IT", but not "is it"."""


@dataclass(frozen=True, slots=True)
class Team:
    """A team asked for, its people in office order, and its words. `alone`: nothing else was asked for."""

    people: tuple[Person, ...]
    words: frozenset[str]
    alone: bool


def team_asked_for(asked: Wanted, people: Sequence[Person]) -> Team | None:
    """The team whose name was said, if any."""
    said = asked.words
    for team in dict.fromkeys(person.team for person in people if person.team):
        name = [word for word in words_of(team) if word not in TEAM_WORDS] or words_of(team)
        spoken = next((span for span in _spans(said, len(name)) if _same_team("".join(span), "".join(name))), None)
        if spoken is None:
            continue
        rest = [word for word in said if word not in spoken and word not in ASKING and word not in TEAM_WORDS]
        led = asked.asked or any(word in TEAM_WORDS for word in said)
        before = said[said.index(spoken[0]) - 1] if said[0] != spoken[0] else ""
        if not led and before not in _LEADS_TO_A_TEAM and len(said) > len(spoken) and ASKING.issuperset(spoken):
            # "Is it", "who is it": a team called IT is asked for otherwise.
            continue
        members = tuple(person for person in people if person.team == team)
        return Team(members, frozenset(spoken), alone=not rest or (led and len(rest) <= 1))
    return None


def _spans(said: Sequence[str], count: int) -> list[tuple[str, ...]]:
    lengths = dict.fromkeys((count, count + 1, max(1, count - 1)))
    return [tuple(said[at : at + each]) for each in lengths for at in range(len(said) - each + 1)]


def _same_team(heard: str, name: str) -> bool:
    alike = min(len(heard), len(name)) > 4 and likeness(heard, name) >= Likeness.LIKE
    same_root = len(_root(name)) >= 4 and len(name) > 5 and _root(heard) == _root(name)
    return heard.removesuffix("s") == name.removesuffix("s") or same_root or alike


def _root(word: str) -> str:
    """The root of a trade and of who is in it: "reception" and "receptionist", "nursing" and "nurses"."""
    return re.sub(r"(?:ing|er|or|ist|ant|ancy|ial|al|ary|e)$", "", word.removesuffix("s"))
