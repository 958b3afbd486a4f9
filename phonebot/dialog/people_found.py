"""What the office line makes of whom it found: somebody chosen, one to propose, several to choose from."""

import re
from collections.abc import Sequence
from dataclasses import replace

from phonebot.dialog.dialogue import Dialogue
from phonebot.dialog.facts import Facts
from phonebot.dialog.phrases import spoken_key
from phonebot.dialog.understood import Filled
from phonebot.dialog.word_list import words
from phonebot.domain.name import MOST_OFFERED, Found
from phonebot.domain.office import Person
from phonebot.domain.phone import spoken_number

SHORT_LIST = 4
"""How many people the office line names; more would not be remembered, and extensions and names reach everybody."""

RECEPTION_WORDS = words("reception office anyone anybody somebody someone receptionist operator human")
"""Words of somebody who would speak to anybody there."""

_EXTENSION = re.compile(r"\bextension\b", re.IGNORECASE)


def short_list(facts: Facts) -> tuple[Person, ...]:
    """The people the office line offers by a single key, first is 1."""
    return facts.directory()[:SHORT_LIST]


def offered(dialogue: Dialogue, facts: Facts) -> tuple[Person, ...]:
    """The people the caller was last asked to choose from, in the order of their keys."""
    return tuple(filter(None, map(facts.person, dialogue.people_offered)))


def digits_said(speech: str, facts: Facts) -> str:
    """The key or the extension that is said, empty for none. One digit counts only alone, not in "one of you"."""
    # A telephone number's extension is no part of it, but here it is all there is.
    number_said = _EXTENSION.sub(" ", speech)
    digits = spoken_number(number_said, facts.office.region).digits
    return digits if len(digits) > 1 or number_said != speech else spoken_key(speech)


def by_key(digits: str, people: Sequence[Person]) -> Person | None:
    """Whoever of the people, offered in this order, has that key."""
    return people[int(digits) - 1] if len(digits) == 1 and digits in "123456789"[: len(people)] else None


def by_digits(digits: str, facts: Facts) -> Person | None:
    """Whoever has that key, which callers have been told, or else that extension."""
    by_extension = next((person for person in facts.directory() if person.extension == digits), None)
    return by_key(digits, short_list(facts)) or by_extension


def extension_said(speech: str, facts: Facts) -> Person | None:
    """Whoever has the extension that is said, of two digits or more: one may be a key that means something else."""
    digits = digits_said(speech, facts)
    return by_digits(digits, facts) if len(digits) > 1 else None


def choice(found: Found, dialogue: Dialogue) -> Filled | None:
    """The call with somebody chosen, proposed or several offered; None for nobody, and for too many.

    Whoever the caller has said no to is not offered again, so that no question is put twice.
    """
    if found.sure and len(found.people) == 1:
        return for_person(found.people[0], dialogue)
    people = [person for person in found.people if person.id not in dialogue.people_refused]
    if found.team and len(people) == 1:
        return for_person(people[0], dialogue)
    if not 0 < len(people) <= MOST_OFFERED:
        return None
    outcome = "proposed" if len(people) == 1 else "choice"
    return Filled(outcome, replace(dialogue, people_offered=tuple(person.id for person in people)))


def for_person(found: Person, dialogue: Dialogue) -> Filled:
    """The call with somebody chosen, whose message it will be."""
    return Filled("filled", replace(dialogue, person=found.id, mailbox=found.id))
