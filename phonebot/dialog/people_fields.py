"""Choosing a person: from the office line's short list or by extension, and whose message it should be."""

from dataclasses import replace

from phonebot.dialog.dialogue import Dialogue
from phonebot.dialog.facts import Facts
from phonebot.dialog.heard import Heard
from phonebot.dialog.understood import Failure, Filled, Understood
from phonebot.domain.office import RECEPTION, Person
from phonebot.domain.phone import spoken_number

LISTED_IN = "office.whom"
"""The state in which the whole directory can be asked for."""

SHORT_LIST = 4
"""How many people the office line names; more would not be remembered, and extensions reach everybody."""


def short_list(facts: Facts) -> tuple[Person, ...]:
    """The people the office line offers by a single key, first is 1."""
    return facts.directory()[:SHORT_LIST]


def person(heard: Heard, dialogue: Dialogue, facts: Facts) -> Understood:
    """Somebody by their key in the short list, their extension, or their name said just as it is written."""
    digits = heard.digits or spoken_number(heard.speech, facts.office.region).digits
    if digits:
        found = _by_digits(digits, facts)
        failure = Failure.WRONGKEY if heard.digits else Failure.NOMATCH
        return _for_person(found, dialogue) if found else failure
    words = _words(heard.speech)
    if words in ({"reception"}, {"office"}):
        return Filled("reception", dialogue)
    matches = [person for person in facts.directory() if words in (_words(person.name), _words(person.first_name))]
    return _for_person(matches[0], dialogue) if len(matches) == 1 else Failure.NOMATCH


def _by_digits(digits: str, facts: Facts) -> Person | None:
    by_extension = next((person for person in facts.directory() if person.extension == digits), None)
    listed = short_list(facts)
    by_key = (
        listed[int(digits) - 1] if len(digits) == 1 and digits.isdecimal() and 0 < int(digits) <= len(listed) else None
    )
    return by_extension or by_key


def _for_person(found: Person, dialogue: Dialogue) -> Filled:
    return Filled("filled", replace(dialogue, person=found.id, mailbox=found.id))


def _words(text: str) -> set[str]:
    return {word.strip(".,!?;").lower() for word in text.split()} - {"please", "for", "the", "to", ""}


def alternatives(dialogue: Dialogue, facts: Facts) -> tuple[str, ...]:
    """Whose message it can be when nobody takes the call: the person rung, their cover, reception; in that order."""
    cover = facts.cover_for(dialogue.person)
    boxes = [dialogue.person, cover.id if cover else None, RECEPTION if facts.office.reception else None]
    return tuple(dict.fromkeys(box for box in boxes if box))


def mailbox(heard: Heard, dialogue: Dialogue, facts: Facts) -> Understood:
    """Whose message it should be, by key in the order offered, or by first name or "reception"."""
    boxes = alternatives(dialogue, facts)
    if heard.digits:
        keys = {str(key): box for key, box in enumerate(boxes, start=1)}
        chosen = keys.get(heard.digits)
        return Filled("filled", replace(dialogue, mailbox=chosen)) if chosen else Failure.WRONGKEY
    said = _words(heard.speech)
    named = [box for box in boxes if said & _names(box, facts)]
    return Filled("filled", replace(dialogue, mailbox=named[0])) if len(named) == 1 else Failure.NOMATCH


def _names(box: str, facts: Facts) -> set[str]:
    person = facts.person(box)
    return _words(person.name) if person else {"reception", "office"}
