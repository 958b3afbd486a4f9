"""Choosing a person on the office line by key, extension or name, and whose message it should be."""

import re
from collections.abc import Sequence
from dataclasses import replace

from phonebot.dialog.dialogue import Dialogue
from phonebot.dialog.facts import Facts
from phonebot.dialog.heard import Heard
from phonebot.dialog.phrases import asks_again, holds_phrase, spoken_key, words_of
from phonebot.dialog.understood import Failure, Filled, Understood
from phonebot.dialog.word_list import phrases, words
from phonebot.dialog.yes_no import yes_or_no
from phonebot.domain.name import MOST_OFFERED, Found, other_than, people_called
from phonebot.domain.office import RECEPTION, Line, Person
from phonebot.domain.phone import spoken_number
from phonebot.domain.spoken import Prompt

LISTED_IN = frozenset({"office.whom", "office.whom_again", "office.in_full", "office.choice", "office.proposed"})
"""The states in which the whole directory is asked for."""

PUT_RIGHT_IN = "message.name"
"""The state after a caller has heard whose line it is; on the office line they may have been put through wrongly."""

SHORT_LIST = 4
"""How many people the office line names; more would not be remembered, and extensions and names reach everybody."""

PER_PERSON = "directory-entry"
"""The prompt spoken for each person that a key is offered for, before the first prompt of the field."""

CHOOSING = frozenset({"filled", "reception", "proposed", "choice"})
"""What can come of a name said: somebody, reception, one person to be proposed, or several to choose from."""


def may_ask_for_anybody(state: str, line: Line) -> bool:
    """Whether a caller who is answered in that state may name anybody of the directory."""
    return state in LISTED_IN or (state == PUT_RIGHT_IN and line.answers == RECEPTION)


def short_list(facts: Facts) -> tuple[Person, ...]:
    """The people the office line offers by a single key, first is 1."""
    return facts.directory()[:SHORT_LIST]


def offered(dialogue: Dialogue, facts: Facts) -> tuple[Person, ...]:
    """The people the caller was last asked to choose from, in the order of their keys."""
    return tuple(filter(None, map(facts.person, dialogue.people_offered)))


# What is said for each person a key is offered for.


def directory_entries(_dialogue: Dialogue, facts: Facts) -> tuple[Prompt, ...]:
    """The short list with its keys. It is heard before the first question: only namesakes are told apart by more."""
    listed = short_list(facts)
    alike = [[other for other in listed if other.name.lower() == person.name.lower()] for person in listed]
    return tuple(_entry(person, key, among) for key, (person, among) in enumerate(zip(listed, alike, strict=True), 1))


def choice_entries(dialogue: Dialogue, facts: Facts) -> tuple[Prompt, ...]:
    """Those the caller is to choose from, who sound alike, with their keys."""
    people = offered(dialogue, facts)
    return tuple(_entry(person, key, people) for key, person in enumerate(people, start=1))


def _entry(person: Person, key: int, alike: Sequence[Person]) -> Prompt:
    values = {"name": person.name, "key": str(key), "by": _told_apart_by(person, alike)}
    return Prompt(PER_PERSON, values | {"team": person.team or "", "extension": person.extension or ""})


def _told_apart_by(person: Person, alike: Sequence[Person]) -> str:
    """What is said besides a name that others have as well, or have one like it: the team, else the extension."""
    if person.team and any(other.team != person.team for other in alike):
        return "team"
    namesakes = [other for other in alike if other is not person and other.name.lower() == person.name.lower()]
    return "extension" if namesakes and person.extension else "name"


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
    """The same, asked for more exactly: a name that still fits too many is not understood."""
    found = _person(heard, dialogue, facts)
    return Failure.NOMATCH if isinstance(found, Found) else found


def _person(heard: Heard, dialogue: Dialogue, facts: Facts) -> Understood | Found:
    """Somebody, or a choice of people; what was found where it is nobody or are too many."""
    if heard.digits:
        by_digits = _by_digits(heard.digits, facts)
        return _for_person(by_digits, dialogue) if by_digits else Failure.WRONGKEY
    if asks_again(heard.speech):
        return Failure.NOMATCH
    found = people_called(heard.speech, facts.directory())
    by_digits = _by_digits(_digits_said(heard.speech, facts), facts)
    if by_digits and (by_digits in found.people or not found.people):
        return _for_person(by_digits, dialogue)
    if not _is_sure(found) and not _RECEPTION.isdisjoint(words_of(heard.speech)):
        return Filled("reception", dialogue)
    return _choice(found, dialogue) or found


def _digits_said(speech: str, facts: Facts) -> str:
    """The key or the extension that is said, empty for none. One digit counts only alone, not in "one of you"."""
    # A telephone number's extension is no part of it, but here it is all there is.
    number_said = _EXTENSION.sub(" ", speech)
    digits = spoken_number(number_said, facts.office.region).digits
    return digits if len(digits) > 1 or number_said != speech else spoken_key(speech)


def _by_digits(digits: str, facts: Facts) -> Person | None:
    by_extension = next((person for person in facts.directory() if person.extension == digits), None)
    listed = short_list(facts)
    by_key = (
        listed[int(digits) - 1] if len(digits) == 1 and digits.isdecimal() and 0 < int(digits) <= len(listed) else None
    )
    return by_extension or by_key


def _is_sure(found: Found) -> bool:
    return found.sure or found.team


def _choice(found: Found, dialogue: Dialogue) -> Filled | None:
    """The call with somebody chosen, proposed or several offered; None for nobody, and for too many.

    Whoever the caller has said no to is not offered again, so that no question is put twice.
    """
    if found.sure and len(found.people) == 1:
        return _for_person(found.people[0], dialogue)
    people = [person for person in found.people if person.id not in dialogue.people_refused]
    if found.team and len(people) == 1:
        return _for_person(people[0], dialogue)
    if not 0 < len(people) <= MOST_OFFERED:
        return None
    outcome = "proposed" if len(people) == 1 else "choice"
    return Filled(outcome, replace(dialogue, people_offered=tuple(person.id for person in people)))


def _for_person(found: Person, dialogue: Dialogue) -> Filled:
    return Filled("filled", replace(dialogue, person=found.id, mailbox=found.id))


def person_choice(heard: Heard, dialogue: Dialogue, facts: Facts) -> Understood:
    """One of those offered, by key or by whatever tells them apart; or somebody else; `none` where it is nobody."""
    people = offered(dialogue, facts)
    if key := heard.digits or spoken_key(heard.speech):
        chosen = people[int(key) - 1] if key.isdecimal() and 0 < int(key) <= len(people) else None
        failure = Failure.WRONGKEY if heard.digits else Failure.NOMATCH
        return _for_person(chosen, dialogue) if chosen else failure
    return _among(heard.speech, people, dialogue, facts)


def person_proposed(heard: Heard, dialogue: Dialogue, facts: Facts) -> Understood:
    """Yes or no to the one person proposed, or somebody else, such as "no, the other Tom"; `none` for a mere no."""
    people = offered(dialogue, facts)
    if key := heard.digits or spoken_key(heard.speech):
        failure = Failure.WRONGKEY if heard.digits else Failure.NOMATCH
        answers = {"1": _for_person(people[0], dialogue)} if people else {}
        return {**answers, "2": _refused(dialogue)}.get(key, failure)
    understood = _among(heard.speech, people, dialogue, facts)
    agrees = people and isinstance(understood, Failure) and yes_or_no(heard.speech).answer
    return _for_person(people[0], dialogue) if agrees else understood


def _among(speech: str, people: Sequence[Person], dialogue: Dialogue, facts: Facts) -> Understood:
    """Whom the words mean after people were offered: one of them, others, somebody else, or none of them."""
    if asks_again(speech):
        return Failure.NOMATCH
    answer, said = yes_or_no(speech), frozenset(words_of(speech))
    refuses = answer.answer is False or holds_phrase(speech, _NONE_OF_THEM)
    if refuses and (instead := _somebody_new(answer.rest, people, facts)):
        return _for_person(instead, dialogue)
    if holds_phrase(speech, _NONE_OF_THEM):
        return _refused(dialogue)
    found = other_than(speech, people, facts.directory())
    if not _is_sure(found) and not _RECEPTION.isdisjoint(said):
        return Filled("reception", dialogue)
    another = not _OTHER.isdisjoint(said)
    again = tuple(person for person in people if person in found.people)
    if another and len(again) == len(people) == 2:
        # Of two, "the other Tom" is more likely the one named last; only a question can tell.
        again = again[1:]
    if len(people) > 1 and len(again) == 1:
        return _choice(Found(again, sure=found.sure or not another), dialogue) or Failure.NOMATCH
    if refuses or (another and len(people) == 1):
        refused = _refused(dialogue)
        return _choice(found, refused.dialogue) or refused
    if again and len(again) == len(people):
        return _for_person(again[0], dialogue) if len(again) == 1 else Failure.NOMATCH
    return _choice(found, dialogue) or Failure.NOMATCH


def _somebody_new(rest: str, people: Sequence[Person], facts: Facts) -> Person | None:
    """Whom the words after a no name for certain, if it is nobody of those offered: "no, Sue Cohen"."""
    found = people_called(rest, [person for person in facts.directory() if person not in people])
    return found.people[0] if found.sure else None


def _refused(dialogue: Dialogue) -> Filled:
    """The call after a no to those offered."""
    refused = dict.fromkeys((*dialogue.people_refused, *dialogue.people_offered))
    return Filled("none", replace(dialogue, people_refused=tuple(refused)))


def meant_instead(speech: str, dialogue: Dialogue, facts: Facts) -> Filled | None:
    """The call for somebody else than whom the office line found: "no, the other Tom"; None where nobody is meant."""
    rung, said = facts.person(dialogue.person), words_of(speech)
    if rung is None or facts.line.answers != RECEPTION or _INSTEAD.union(_OTHER).isdisjoint(said):
        return None
    asked_for = " ".join(word for word in said if word not in _INSTEAD)
    found = other_than(yes_or_no(asked_for).rest, (rung,), facts.directory())
    if not found.sure or rung in found.people:
        return None
    somebody = found.people[0].id
    return Filled("elsewhere", replace(dialogue, person=somebody, mailbox=somebody, people_offered=(somebody,)))


_INSTEAD = words("instead meant wanted want speak rather")
_EXTENSION = re.compile(r"\bextension\b", re.IGNORECASE)
_RECEPTION = words("reception office anyone anybody somebody someone receptionist operator human")
_OTHER = words("other another")
_NONE_OF_THEM = phrases(
    "neither, none, not them, neither of them, none of them, none of those, none of these, someone different",
    "nobody, somebody else, someone else, not either, wrong people, wrong person, wrong name",
)


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
    if RECEPTION in boxes and not _RECEPTION.isdisjoint(words_of(heard.speech)):
        named.append(RECEPTION)
    return Filled("filled", replace(dialogue, mailbox=named[0])) if len(named) == 1 else Failure.NOMATCH


def mailbox_people(dialogue: Dialogue, facts: Facts) -> tuple[Person, ...]:
    """The people whose message it can be."""
    return tuple(filter(None, map(facts.person, alternatives(dialogue, facts))))
