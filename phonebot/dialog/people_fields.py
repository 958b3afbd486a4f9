"""Choosing a person on the office line by key, extension or name, and whose message it should be."""

from collections.abc import Sequence
from dataclasses import replace

from phonebot.dialog.dialogue import Dialogue
from phonebot.dialog.facts import Facts
from phonebot.dialog.heard import Heard
from phonebot.dialog.people_found import (
    RECEPTION_WORDS,
    by_digits,
    choice,
    digits_said,
    for_person,
    offered,
    short_list,
)
from phonebot.dialog.phrases import asks_again, spoken_key, words_of
from phonebot.dialog.understood import Failure, Filled, Understood
from phonebot.domain.name import MOST_OFFERED, Found, Likeness, likeness, people_called, plain
from phonebot.domain.office import RECEPTION, Line, Person
from phonebot.domain.spoken import Prompt

LISTED_IN = frozenset({"office.whom", "office.whom_again", "office.in_full", "office.choice", "office.proposed"})
"""The states in which the whole directory is asked for."""

PUT_RIGHT_IN = "message.name"
"""The state after a caller has heard whose line it is; on the office line they may have been put through wrongly."""

PER_PERSON = "directory-entry"
"""The prompt spoken for each person that a key is offered for, before the first prompt of the field."""

LONGEST_CHOICE = 20
"""Words that a choice may have, besides the five of the question or of an apology."""

CHOOSING = frozenset({"filled", "reception", "proposed", "choice"})
"""What can come of a name said: somebody, reception, one person to be proposed, or several to choose from."""


def may_ask_for_anybody(state: str, line: Line) -> bool:
    """Whether a caller who is answered in that state may name anybody of the directory."""
    return state in LISTED_IN or (state == PUT_RIGHT_IN and line.answers == RECEPTION)


# What is said for each person a key is offered for.


def directory_entries(_dialogue: Dialogue, facts: Facts) -> tuple[Prompt, ...]:
    """The short list with its keys. It is heard before the first question: only namesakes are told apart by more."""
    listed = short_list(facts)
    return tuple(_entry(person, key, _namesakes(person, listed)) for key, person in enumerate(listed, start=1))


def choice_entries(dialogue: Dialogue, facts: Facts) -> tuple[Prompt, ...]:
    """Those the caller is to choose from, who sound alike, with their keys."""
    people = offered(dialogue, facts)
    entries = tuple(_entry(person, key, people) for key, person in enumerate(people, start=1))
    if sum(map(_words_in, entries)) <= LONGEST_CHOICE:
        return entries
    # Long names tell themselves apart unless they sound the same, and so many words would not be remembered.
    return tuple(_entry(person, key, _sounding_alike(person, people)) for key, person in enumerate(people, start=1))


def _sounding_alike(person: Person, among: Sequence[Person]) -> list[Person]:
    return [other for other in among if _sound_alike(plain(person.name).split(), plain(other.name).split())]


def _sound_alike(name: list[str], other: list[str]) -> bool:
    if len(name) != len(other):
        return False
    return all(one == same or likeness(one, same) >= Likeness.TWIN for one, same in zip(name, other, strict=True))


def _words_in(entry: Prompt) -> int:
    """How many words an entry has: the name, the team where it is told, and its key."""
    team = f"in {entry.values['team']}" if entry.values["by"] == "team" else ""
    return len(f"{entry.values['name']} {team} press 1".split())


def _namesakes(person: Person, among: Sequence[Person]) -> list[Person]:
    return [other for other in among if other.name.lower() == person.name.lower()]


def _entry(person: Person, key: int, alike: Sequence[Person]) -> Prompt:
    values = {"name": person.name, "key": str(key), "by": _told_apart_by(person, alike)}
    return Prompt(PER_PERSON, values | {"team": person.team or "", "extension": person.extension or ""})


def _told_apart_by(person: Person, alike: Sequence[Person]) -> str:
    """What is said besides a name that others have as well, or have one like it: the team, else the extension."""
    if person.team and any(other.team != person.team for other in alike):
        return "team"
    return "extension" if len(_namesakes(person, alike)) > 1 and person.extension else "name"


# What is made of keys and words.


def person(heard: Heard, dialogue: Dialogue, facts: Facts) -> Understood:
    """Somebody by their key in the short list, their extension, or their name as it is said, or as it is spelled.

    `many` where a name fits more people than can be offered.
    """
    found = _person(heard, dialogue, facts)
    if isinstance(found, Found):
        return Filled("many", dialogue) if len(found.people) > MOST_OFFERED else Failure.NOMATCH
    return found


def person_in_full(heard: Heard, dialogue: Dialogue, facts: Facts) -> Understood:
    """The same, asked for more exactly: a name that still fits too many is not understood.

    `team` where a team of more people than can be offered is asked for, of whom the caller knows none.
    """
    found = _person(heard, dialogue, facts)
    if isinstance(found, Found):
        return Filled("team", dialogue) if found.team and len(found.people) > MOST_OFFERED else Failure.NOMATCH
    return found


def _person(heard: Heard, dialogue: Dialogue, facts: Facts) -> Understood | Found:
    """Somebody, or a choice of people; what was found where it is nobody or are too many."""
    if heard.digits:
        keyed = by_digits(heard.digits, facts)
        return for_person(keyed, dialogue) if keyed else Failure.WRONGKEY
    if asks_again(heard.speech):
        return Failure.NOMATCH
    found = people_called(heard.speech, facts.directory())
    rung = by_digits(digits_said(heard.speech, facts), facts)
    if rung and (rung in found.people or not found.people):
        return for_person(rung, dialogue)
    if not found.people and not RECEPTION_WORDS.isdisjoint(words_of(heard.speech)):
        return Filled("reception", dialogue)
    return choice(found, dialogue) or found


def alternatives(dialogue: Dialogue, facts: Facts) -> tuple[str, ...]:
    """Whose message it can be when nobody takes the call: the person rung, their cover, reception; in that order."""
    cover = facts.cover_for(dialogue.person)
    boxes = [dialogue.person, cover.id if cover else None, RECEPTION if facts.office.reception else None]
    return tuple(dict.fromkeys(box for box in boxes if box))


def mailbox(heard: Heard, dialogue: Dialogue, facts: Facts) -> Understood:
    """Whose message it should be, by key in the order offered, or by name as it sounds, or "reception"."""
    boxes = alternatives(dialogue, facts)
    if key := heard.digits or spoken_key(heard.speech):
        keys = {str(number): box for number, box in enumerate(boxes, start=1)}
        chosen = keys.get(key)
        failure = Failure.WRONGKEY if heard.digits else Failure.NOMATCH
        return Filled("filled", replace(dialogue, mailbox=chosen)) if chosen else failure
    named = [person.id for person in people_called(heard.speech, mailbox_people(dialogue, facts)).people]
    if RECEPTION in boxes and not RECEPTION_WORDS.isdisjoint(words_of(heard.speech)):
        named.append(RECEPTION)
    return Filled("filled", replace(dialogue, mailbox=named[0])) if len(named) == 1 else Failure.NOMATCH


def mailbox_people(dialogue: Dialogue, facts: Facts) -> tuple[Person, ...]:
    """The people whose message it can be."""
    return tuple(filter(None, map(facts.person, alternatives(dialogue, facts))))
