"""The summing-up: yes, no, a field to change, or a change said at once ("no, Thursday", "my name is Smythe")."""

from collections.abc import Mapping
from dataclasses import replace

from phonebot.dialog.correction import Correction, correction, merged_name, wants_no_change, wants_some_change
from phonebot.dialog.dialogue import Dialogue
from phonebot.dialog.facts import Facts
from phonebot.dialog.heard import Heard
from phonebot.dialog.introduction import introduction
from phonebot.dialog.phrases import asks_again, spoken_key
from phonebot.dialog.understood import Failure, Filled, Understood, filled
from phonebot.dialog.yes_no import yes_or_no
from phonebot.domain.phone import spoken_number

FIELD_KEYS: Mapping[str, str] = {"1": "name", "2": "number", "3": "business", "4": "window", "5": "recording"}
_FIELD_ORDINALS = {"first": "name", "second": "number", "third": "business", "fourth": "window", "fifth": "recording"}

CHANGES = frozenset({"name", "number", "business", "window", "recording", "changed", "renumbered"})
"""What can come of a correction: a field to ask again, a field already changed, or a new number to read back."""


def summary(heard: Heard, dialogue: Dialogue, facts: Facts) -> Understood:
    """The answer to the summing-up."""
    key = heard.digits or spoken_key(heard.speech)
    if key:
        failure = Failure.WRONGKEY if heard.digits else Failure.NOMATCH
        return {"1": Filled("yes", dialogue), "2": Filled("no", dialogue)}.get(key, failure)
    if asks_again(heard.speech):
        return Failure.NOMATCH
    if wants_no_change(heard.speech):
        return Filled("yes", dialogue)
    said = yes_or_no(heard.speech)
    if said.rest or said.answer is False:
        rest = said.rest or heard.speech
        changed = _change(heard.speech, rest, dialogue, facts, after_yes=said.answer is True)
        if changed and (said.answer is not True or changed.outcome != "changed" or _differs(changed, dialogue)):
            return changed
    if said.answer is None and wants_some_change(heard.speech):
        return Filled("no", dialogue)
    if said.answer is None:
        return Failure.NOMATCH
    return Filled("yes" if said.answer else "no", dialogue)


def which(heard: Heard, dialogue: Dialogue, facts: Facts) -> Understood:
    """The answer to "which part?": a field by key or by name, or the change itself."""
    key = heard.digits or spoken_key(heard.speech)
    if key:
        field = FIELD_KEYS.get(key)
        failure = Failure.WRONGKEY if heard.digits else Failure.NOMATCH
        return _ask_again(field, dialogue) if field else failure
    if asks_again(heard.speech):
        return Failure.NOMATCH
    said = yes_or_no(heard.speech)
    words = said.rest or heard.speech
    if changed := _change(heard.speech, words, dialogue, facts, after_yes=False):
        return changed
    for ordinal, field in _FIELD_ORDINALS.items():
        if ordinal in words.lower().split()[:2]:
            return _ask_again(field, dialogue)
    return Filled("yes", dialogue) if said.answer or wants_no_change(heard.speech) else Failure.NOMATCH


def _differs(changed: Filled, dialogue: Dialogue) -> bool:
    return changed.dialogue.answers != dialogue.answers


def _ask_again(field: str, dialogue: Dialogue) -> Filled:
    return Filled(field, replace(dialogue, revising=field != "recording", changed=None))


def _change(speech: str, rest: str, dialogue: Dialogue, facts: Facts, *, after_yes: bool) -> Filled | None:
    """The change that some words ask for: `rest` is what was said besides yes or no.

    A number is looked for in all that was said, and one that is already the caller's is no change.
    """
    number = spoken_number(speech, facts.office.region).e164
    if number and number != dialogue.answers.number:
        return Filled("renumbered", replace(dialogue, offered=number, revising=True))
    found = correction(speech, dialogue.answers, certain=True) if rest != speech else None
    found = found or correction(rest, dialogue.answers, certain=after_yes)
    return _changed(found, rest, dialogue) if found else None


def _changed(found: Correction, words: str, dialogue: Dialogue) -> Filled | None:
    """The call with a correction made, or with its field to be asked again where no new value can be told."""
    match found.field:
        case "name" | "company" if not found.said:
            return _ask_again("name", dialogue)
        case "name":
            said = introduction(found.said)
            if said.name is None:
                return _ask_again("name", dialogue)
            name = _renamed(said.name, words, dialogue.answers.name)
            company = said.company or dialogue.answers.company
            return filled(dialogue, "changed", changed="name", name=name, company=company)
        case "company":
            company = introduction(found.said).name or found.said
            return filled(dialogue, "changed", changed="company", company=company)
        case "business" if found.said:
            return filled(dialogue, "changed", changed="business", business=found.said)
        case "window" if found.said:
            return filled(dialogue, "changed", changed="window", window_said=found.said)
        case _:
            return _ask_again(found.field, dialogue)


def _renamed(said: str, words: str, before: str | None) -> str:
    """The whole name where only its first or its last part was said to be another."""
    parts, lowered = (before or "").split(), words.lower()
    if len(parts) > 1 and len(said.split()) == 1:
        if "surname" in lowered or "last name" in lowered or "second name" in lowered:
            return " ".join([*parts[:-1], said])
        if "first name" in lowered:
            return " ".join([said, *parts[1:]])
    return merged_name(said, before)
