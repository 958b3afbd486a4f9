"""What a field made of what it heard: filled with an outcome, or one of three ways of not being filled."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from phonebot.dialog.dialogue import Dialogue


class Failure(StrEnum):
    """Silence, words not understood, and wrong keys (VoiceXML's noinput and nomatch, the latter told apart)."""

    NOINPUT = "noinput"
    NOMATCH = "nomatch"
    WRONGKEY = "wrongkey"


@dataclass(frozen=True, slots=True)
class Filled:
    """The field was answered: how the flow goes on, and the call with the answer in it."""

    outcome: str
    dialogue: Dialogue


Understood = Filled | Failure


def filled(dialogue: Dialogue, outcome: str = "filled", *, changed: str | None = None, **answers: Any) -> Filled:
    """Filled, with some answers set and, where a field was changed from the summing-up, which one."""
    return Filled(
        outcome,
        replace(dialogue, answers=replace(dialogue.answers, **answers), changed=changed or dialogue.changed),
    )
