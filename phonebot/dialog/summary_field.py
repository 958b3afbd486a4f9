"""The summing-up: yes, no, a field to change, or a change said at once ("no, Thursday", "my name is Smythe")."""

import re
from collections.abc import Mapping
from dataclasses import replace

from phonebot.dialog.dialogue import Dialogue
from phonebot.dialog.facts import Facts
from phonebot.dialog.heard import Heard
from phonebot.dialog.phrases import introduction, sounds_like_a_time, yes_or_no
from phonebot.dialog.understood import Failure, Filled, Understood, filled
from phonebot.domain.phone import spoken_number

FIELD_KEYS: Mapping[str, str] = {"1": "name", "2": "number", "3": "business", "4": "window", "5": "recording"}

CHANGES = frozenset({"name", "number", "business", "window", "recording", "changed", "renumbered"})
"""What can come of a correction: a field to ask again, a field already changed, or a new number to read back."""

_CHANGE = (
    r"(?:(?:please |can you |could you |i(?:'d| would) like to |i want to )?(?:change|correct|alter|fix|redo)\s+)?"
    r"(?:the |my |your )?"
)
_FIELD_WORDS: Mapping[str, re.Pattern[str]] = {
    field: re.compile(
        rf"{_CHANGE}(?:{words})(?:'s)?(?: (?:is |was )?(?:wrong|not right|please|isn't right|has changed))?",
        re.IGNORECASE,
    )
    for field, words in {
        "name": r"(?:sur|first |last )?name|spelling",
        "number": r"(?:phone |telephone |mobile )?number|phone|telephone|mobile",
        "business": r"business|subject|reason|matter|what it(?:'s| is) about|what about",
        "window": r"time|day|date|when|call time|time of the call|when to call",
        "recording": r"recording|message|what i (?:said|added)|addition|last (?:part|bit)",
    }.items()
}
_NAME_IS = re.compile(
    r"(?:(?:my|the) (?:sur|last |first )?name(?:'s| is| should be)|name(?:'s| is)|it'?s spelled|i'?m called)"
    r"\s+(?P<said>.+)",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?:it'?s |it is |that'?s )?(?:about|regarding|concerning|to do with)\s+(?P<said>.+)", re.IGNORECASE
)
_THE_TIME = re.compile(
    r"(?:(?:make (?:it|that)|change (?:it|that|the time) to|i said|the time(?:'s| is)|call me|rather)\s+)",
    re.IGNORECASE,
)


def summary(heard: Heard, dialogue: Dialogue, facts: Facts) -> Understood:
    """The answer to the summing-up."""
    if heard.digits:
        return {"1": Filled("yes", dialogue), "2": Filled("no", dialogue)}.get(heard.digits, Failure.WRONGKEY)
    said = yes_or_no(heard.speech)
    if not said.rest:
        return Filled("yes" if said.answer else "no", dialogue) if said.answer is not None else Failure.NOMATCH
    changed = _change(said.rest, dialogue, facts)
    if changed is not None:
        return changed
    match said.answer:
        case True:
            return Filled("yes", dialogue)
        case False:
            return Filled("no", dialogue)
    return Failure.NOMATCH


def which(heard: Heard, dialogue: Dialogue, facts: Facts) -> Understood:
    """The answer to "which part?": a field by key or by name, or the change itself."""
    if heard.digits:
        field = FIELD_KEYS.get(heard.digits)
        return _ask_again(field, dialogue) if field else Failure.WRONGKEY
    said = yes_or_no(heard.speech)
    if said.rest and (changed := _change(said.rest, dialogue, facts)):
        return changed
    nothing = re.search(r"\b(?:nothing|none|never ?mind)\b", heard.speech, re.IGNORECASE)
    return Filled("yes", dialogue) if nothing or said.answer else Failure.NOMATCH


def _ask_again(field: str, dialogue: Dialogue) -> Filled:
    return Filled(field, replace(dialogue, revising=field != "recording", changed=None))


def _change(words: str, dialogue: Dialogue, facts: Facts) -> Filled | None:
    """The change that some words ask for, if they ask for one that can be told for certain."""
    for field, pattern in _FIELD_WORDS.items():
        if pattern.fullmatch(words):
            return _ask_again(field, dialogue)
    if match := _NAME_IS.fullmatch(words):
        said = introduction(match["said"])
        company = said.company or dialogue.answers.company
        return filled(dialogue, "changed", changed="name", name=said.name, company=company) if said.name else None
    number = spoken_number(words, facts.office.region)
    if number.e164:
        return Filled("renumbered", replace(dialogue, offered=number.e164, revising=True))
    about = _ABOUT.fullmatch(words)
    if about and not sounds_like_a_time(words):
        return filled(dialogue, "changed", changed="business", business=about["said"])
    if sounds_like_a_time(words):
        return filled(dialogue, "changed", changed="window", window_said=_THE_TIME.sub("", words, count=1))
    return None
