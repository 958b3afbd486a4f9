"""Words that a recogniser is told to expect at each field: those of the question, and the names of the directory."""

from collections.abc import Callable
from itertools import accumulate

from phonebot.dialog.dialogue import Dialogue
from phonebot.dialog.facts import Facts
from phonebot.dialog.people_fields import mailbox_people
from phonebot.dialog.people_found import offered
from phonebot.domain.name import hints_for

Hints = Callable[[Dialogue, Facts], tuple[str, ...]]

MOST_HINTS = 500
LONGEST_HINTS = 8_000
"""Twilio takes so many hints of 100 characters each; together they may have so many, for every turn stores them."""

YES_NO = ("yes", "no", "correct", "that's right", "use this number", "another number")
DIGITS = ("oh", "zero", "double", "triple", "plus four four")
TIMES = (
    "tomorrow",
    "morning",
    "afternoon",
    "any time",
    "after three",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
)
PARTS = ("the name", "the number", "what it's about", "the time", "the recording")
NOBODY = ("neither", "none of them", "the other one")


def nothing(_dialogue: Dialogue, _facts: Facts) -> tuple[str, ...]:
    """No words: whatever the caller says is their own."""
    return ()


def always(*words: str) -> Hints:
    """The same words on every call."""
    return lambda _dialogue, _facts: words


def of_the_directory(_dialogue: Dialogue, facts: Facts) -> tuple[str, ...]:
    """Everybody the office line can put a caller through to, and what else can be asked for there."""
    return _within_limits("reception", "extension", *hints_for(facts.directory()))


def of_those_offered(dialogue: Dialogue, facts: Facts) -> tuple[str, ...]:
    """The people offered before all others, for the caller may ask for anybody else as well."""
    people = offered(dialogue, facts)
    return _within_limits("yes", "no", *NOBODY, *hints_for(people), *hints_for(facts.directory()))


def of_the_mailboxes(dialogue: Dialogue, facts: Facts) -> tuple[str, ...]:
    """Those whose message it can be."""
    return _within_limits("reception", *hints_for(mailbox_people(dialogue, facts)))


def _within_limits(*hints: str) -> tuple[str, ...]:
    once = list(dict.fromkeys(hints))[:MOST_HINTS]
    # Hints are joined by a comma and a space.
    reached = accumulate(len(hint) + 2 for hint in once)
    return tuple(hint for hint, length in zip(once, reached, strict=True) if length <= LONGEST_HINTS)
