"""Whom a caller means by what they said, out of a directory."""

from collections.abc import Sequence

from phonebot.domain.name.forms import Directory, Fit, directory_of
from phonebot.domain.name.found import MOST_OFFERED, NOBODY_FOUND, Found
from phonebot.domain.name.matching import Heard, Match, matches
from phonebot.domain.name.spelling import bare, spelled_out
from phonebot.domain.name.team import team_asked_for
from phonebot.domain.name.told_apart import told_apart, without_letters
from phonebot.domain.name.wanted import Wanted, wanted
from phonebot.domain.name.words import (
    AROUND,
    ASKING,
    BEFORE_A_DEED,
    DEEDS,
    DETERMINERS,
    DONE_TO,
    ORDINARY,
    SIGHS,
    TEAM_WORDS,
    VERBAL,
)
from phonebot.domain.office import Person

LONG_STORY = 9
"""With so many words besides a name, nobody was asked for: somebody is telling a story."""


def people_called(text: str, people: Sequence[Person]) -> Found:
    """Whom a caller means by what they said; nobody when the words are noise or name somebody else."""
    directory = directory_of(people)
    spelled = spelled_out(without_letters(text))
    asked = wanted(spelled.text)
    team = team_asked_for(asked, directory.people)
    if team and all(map(directory.knows, team.words)) and TEAM_WORDS.isdisjoint(asked.words):
        # "Mr Hart", where there is a Hart team too.
        team = None
    heard = _heard(directory, asked, frozenset(map(bare, spelled.words)), team.words if team else frozenset())
    named, firm = _judged(directory, matches(directory, heard), heard, asked)
    named = told_apart(text, named)
    if team is None:
        return Found(named, sure=firm and len(named) == 1)
    if not named:
        return Found(team.people, sure=len(team.people) == 1, team=True) if team.alone else NOBODY_FOUND
    within = tuple(person for person in named if person in team.people)
    return Found(within, sure=firm and len(within) == 1) if within else Found(named)


def _heard(directory: Directory, asked: Wanted, letters: frozenset[str], of_team: frozenset[str]) -> list[Heard]:
    """The words that may be of a name, without those of asking, unless somebody is so called."""
    heard = []
    for at, word in enumerate(asked.words):
        before, after = asked.words[at - 1 : at], asked.words[at + 1 : at + 2]
        if word in of_team or (of_team and word in TEAM_WORDS):
            continue
        named = directory.knows(word)
        if word in DEEDS and before and before[0] in BEFORE_A_DEED and after and after[0] in DONE_TO:
            # "I will sue you", where there is a Sue.
            continue
        goes_on = after and after[0] in VERBAL and asked.words[at + 1 :] != ("there",)
        sentence = goes_on or (before and before[0] in DETERMINERS)
        if word in ASKING:
            if word == "oh" or (named and not sentence):
                heard.append(Heard(word, optional=True, place=at))
        else:
            heard.append(Heard(word, letters=word in letters, initial=len(word) == 1, place=at))
    return heard


def _judged(
    directory: Directory, found: list[Match], heard: list[Heard], asked: Wanted
) -> tuple[tuple[Person, ...], bool]:
    """Who fits and whether surely: words left over that could be a name, or that make a sentence, speak against it."""
    found = _with_initials(directory, found, heard)
    if not found:
        return (), False
    best = found[0]
    left = [word for at, word in enumerate(heard) if at not in best.words and not word.optional and not word.initial]
    ordinary = sum(word.word in ORDINARY for word in left)
    if best.parts == 1 and not asked.asked:
        named = [heard[at].word for at in best.words]
        common = all(word in ORDINARY for word in named)
        determined = common and any(_follows_determiner(asked, word) for word in named)
        if determined or (common and left) or len(left) > LONG_STORY:
            return (), False
        if best.worst < Fit.SHORT and (ordinary or len(left) > 1):
            return (), False
    if len(found) > MOST_OFFERED and len(left) > ordinary:
        # "Susan Harrison" where there are many Susans and no Harrison among them: better asked again than listed.
        return (), False
    people = tuple(directory.people[match.at] for match in found)
    fits = best.worst >= Fit.LIKE and best.worst is not Fit.BEGUN
    return people, fits and not left and not _by_the_way(asked, heard, best)


def _by_the_way(asked: Wanted, heard: list[Heard], best: Match) -> bool:
    """Whether all that fits is an ordinary word in a sentence, or a sigh: "I do not know" where there is an An Do."""
    words = [heard[at].word for at in best.words]
    if best.parts > 1 or asked.asked or not all(heard[at].common for at in best.words):
        return False
    others = [word for word in asked.words if word not in words and word not in AROUND]
    return bool(others) or all(word in SIGHS for word in words)


def _follows_determiner(asked: Wanted, word: str) -> bool:
    at = asked.words.index(word) if word in asked.words else 0
    return at > 0 and asked.words[at - 1] in DETERMINERS


def _with_initials(directory: Directory, found: list[Match], heard: list[Heard]) -> list[Match]:
    """Those whose first name begins as said: "T Hart"; an initial nobody has says nothing."""
    initials = {word.word for word in heard if word.initial}
    kept = [match for match in found if bare(directory.people[match.at].name)[:1] in initials]
    return kept or found
