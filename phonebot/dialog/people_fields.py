"""Choosing a person: from the office line's short list or by extension, and whose message it should be."""

import re
from dataclasses import replace

from phonebot.dialog.dialogue import Dialogue
from phonebot.dialog.facts import Facts
from phonebot.dialog.heard import Heard
from phonebot.dialog.phrases import spoken_key, words_of
from phonebot.dialog.understood import Failure, Filled, Understood
from phonebot.dialog.word_list import words
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
    # A telephone number's extension is no part of it, but here it is all there is.
    number_said = re.sub(r"\bextension\b", " ", heard.speech, flags=re.IGNORECASE)
    digits = heard.digits or spoken_number(number_said, facts.office.region).digits
    if digits:
        found = _by_digits(digits, facts)
        failure = Failure.WRONGKEY if heard.digits else Failure.NOMATCH
        return _for_person(found, dialogue) if found else failure
    said = _whom(heard.speech, facts)
    if said and said <= _RECEPTION:
        return Filled("reception", dialogue)
    matches = [person for person in facts.directory() if said in (_parts(person.name), _parts(person.first_name))]
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


def _whom(text: str, facts: Facts) -> frozenset[str]:
    """The words that say whom, without those that ask for somebody; a word of somebody's name always counts."""
    names = frozenset[str]().union(*(_parts(person.name) for person in facts.directory()))
    return frozenset(words_of(text)) - (_ASKING - names)


def _parts(name: str) -> frozenset[str]:
    return frozenset(words_of(name))


_ASKING = words(
    "please for the to a an i i'd i'm is in can could would like want need may we you me my put through get speak talk",
    "speaking talking with call calling message leave hello hi hey um uh er good morning afternoon is it it's that",
    "thanks thank and just looking trying reach mr mrs ms miss dr who name extension there of course yes",
)
_RECEPTION = words("reception office anyone anybody somebody someone receptionist front desk operator human")


def alternatives(dialogue: Dialogue, facts: Facts) -> tuple[str, ...]:
    """Whose message it can be when nobody takes the call: the person rung, their cover, reception; in that order."""
    cover = facts.cover_for(dialogue.person)
    boxes = [dialogue.person, cover.id if cover else None, RECEPTION if facts.office.reception else None]
    return tuple(dict.fromkeys(box for box in boxes if box))


def mailbox(heard: Heard, dialogue: Dialogue, facts: Facts) -> Understood:
    """Whose message it should be, by key in the order offered, or by first name or "reception"."""
    boxes = alternatives(dialogue, facts)
    if key := heard.digits or spoken_key(heard.speech):
        keys = {str(number): box for number, box in enumerate(boxes, start=1)}
        chosen = keys.get(key)
        failure = Failure.WRONGKEY if heard.digits else Failure.NOMATCH
        return Filled("filled", replace(dialogue, mailbox=chosen)) if chosen else failure
    said = _whom(heard.speech, facts)
    named = [box for box in boxes if said & _names(box, facts)]
    return Filled("filled", replace(dialogue, mailbox=named[0])) if len(named) == 1 else Failure.NOMATCH


def _names(box: str, facts: Facts) -> frozenset[str]:
    person = facts.person(box)
    return _parts(person.name) if person else _RECEPTION
