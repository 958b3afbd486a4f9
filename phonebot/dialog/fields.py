"""The fields of a flow: what each makes of keys and words, and the outcomes it can have."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from phonebot.dialog.dialogue import Dialogue
from phonebot.dialog.facts import Facts
from phonebot.dialog.heard import Heard
from phonebot.dialog.people_fields import mailbox, person
from phonebot.dialog.phrases import introduction, says_nothing, yes_or_no
from phonebot.dialog.summary_field import CHANGES, summary, which
from phonebot.dialog.understood import Failure, Filled, Understood, filled
from phonebot.domain.phone import keyed_number, spoken_number

Understand = Callable[[Heard, Dialogue, Facts], Understood]


@dataclass(frozen=True, slots=True)
class Field:
    """A field: how it understands, every outcome it can have, and how it listens.

    With `one_key` a single key acts at once; `speech` is false where only keys are taken. `hints` help a recogniser.
    """

    understand: Understand
    outcomes: frozenset[str]
    one_key: bool = True
    hints: tuple[str, ...] = ()


def name(heard: Heard, dialogue: Dialogue, facts: Facts) -> Understood:
    """A caller's name, with the business they ring from and what it is about where they say so at once."""
    if heard.digits:
        return Failure.WRONGKEY
    said = introduction(heard.speech)
    if said.name is None:
        return Failure.NOMATCH
    extra = {"business": said.business} if said.business and not dialogue.answers.business else {}
    return filled(dialogue, changed="name", name=said.name, company=said.company, **extra)


def number_offer(heard: Heard, dialogue: Dialogue, facts: Facts) -> Understood:
    """Yes or no to the number the caller rings from, or another number said straight away."""
    accepted = filled(dialogue, "yes", number=facts.caller.e164)
    understood = _agreement(heard, dialogue, facts, accepted)
    if isinstance(understood, Filled) and understood.outcome != "yes":
        return replace(understood, dialogue=replace(understood.dialogue, declined=True))
    return understood


def number_confirm(heard: Heard, dialogue: Dialogue, facts: Facts) -> Understood:
    """Yes or no to a number read back, or the number again."""
    accepted = filled(replace(dialogue, offered=None), "yes", changed="number", number=dialogue.offered)
    return _agreement(heard, dialogue, facts, accepted)


def _agreement(heard: Heard, dialogue: Dialogue, facts: Facts, accepted: Filled) -> Understood:
    if heard.digits:
        return {"1": accepted, "2": Filled("no", dialogue)}.get(heard.digits, Failure.WRONGKEY)
    said = spoken_number(heard.speech, facts.office.region)
    if said.e164:
        return Filled("number", replace(dialogue, offered=said.e164))
    match yes_or_no(heard.speech).answer:
        case True:
            return accepted
        case False:
            return Filled("no", dialogue)
    return Failure.NOMATCH


def number(heard: Heard, dialogue: Dialogue, facts: Facts) -> Understood:
    """A telephone number, keyed (star starts again) or said."""
    if heard.digits:
        given = keyed_number(heard.digits, facts.office.region)
    else:
        given = spoken_number(heard.speech, facts.office.region)
    return Filled("number", replace(dialogue, offered=given.e164)) if given.e164 else Failure.NOMATCH


def business(heard: Heard, dialogue: Dialogue, facts: Facts) -> Understood:
    """What the call is about, in the caller's own words."""
    if heard.digits:
        return Failure.WRONGKEY
    if says_nothing(heard.speech):
        return Failure.NOMATCH
    return filled(dialogue, changed="business", business=heard.speech)


DAYPART_KEYS: Mapping[str, str] = {"1": "in the morning", "2": "in the afternoon", "3": "any time"}


def window(heard: Heard, dialogue: Dialogue, facts: Facts) -> Understood:
    """When a call would suit, kept as the words spoken; 1 is the morning, 2 the afternoon, 3 any time."""
    if heard.digits:
        said = DAYPART_KEYS.get(heard.digits)
        return filled(dialogue, changed="window", window_said=said) if said else Failure.WRONGKEY
    if says_nothing(heard.speech):
        return Failure.NOMATCH
    return filled(dialogue, changed="window", window_said=heard.speech)


_HEAR = re.compile(r"\b(?:hear|play|listen|one)\b", re.IGNORECASE)
_AGAIN = re.compile(r"\b(?:record|again|redo|new|over|two|change)\b", re.IGNORECASE)
_LEAVE = re.compile(r"\b(?:leave|keep|fine|no|okay|ok|yes|three|nothing|done)\b", re.IGNORECASE)


def recording(heard: Heard, dialogue: Dialogue, facts: Facts) -> Understood:
    """Whether the caller wants to hear the recording, record it again, or leave it."""
    if heard.digits:
        chosen = {"1": "hear", "2": "again", "3": "leave"}.get(heard.digits)
        return Filled(chosen, dialogue) if chosen else Failure.WRONGKEY
    for outcome, pattern in (("again", _AGAIN), ("hear", _HEAR), ("leave", _LEAVE)):
        if pattern.search(heard.speech):
            return Filled(outcome, dialogue)
    return Failure.NOMATCH


_YES_NO = ("yes", "no", "correct", "that's right", "use this number", "another number")
_DIGITS = ("oh", "zero", "double", "triple", "plus four four")
_TIMES = (
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
_PARTS = ("the name", "the number", "what it's about", "the time", "the recording")

FIELDS: Mapping[str, Field] = {
    "name": Field(name, frozenset({"filled"})),
    "number_offer": Field(number_offer, frozenset({"yes", "no", "number"}), hints=_YES_NO + _DIGITS),
    "number": Field(number, frozenset({"number"}), one_key=False, hints=_DIGITS),
    "number_confirm": Field(number_confirm, frozenset({"yes", "no", "number"}), hints=_YES_NO + _DIGITS),
    "business": Field(business, frozenset({"filled"})),
    "window": Field(window, frozenset({"filled"}), hints=_TIMES),
    "summary": Field(summary, CHANGES | {"yes", "no"}, hints=_YES_NO + _PARTS + _TIMES),
    "which": Field(which, CHANGES | {"yes"}, hints=_PARTS + _TIMES),
    "recording": Field(
        recording, frozenset({"hear", "again", "leave"}), hints=("hear it", "record it again", "leave it")
    ),
    "person": Field(person, frozenset({"filled", "reception"}), one_key=False),
    "mailbox": Field(mailbox, frozenset({"filled"})),
}


def understand(field: str, heard: Heard, dialogue: Dialogue, facts: Facts) -> Understood:
    """What a field makes of one turn. Silence is told apart before any field is asked."""
    return Failure.NOINPUT if heard.silent else FIELDS[field].understand(heard, dialogue, facts)
