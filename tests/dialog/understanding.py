"""What the fields that choose a person make of words, for tests."""

from dataclasses import replace

from phonebot.dialog.dialogue import Dialogue
from phonebot.dialog.facts import Facts
from phonebot.dialog.fields import understand
from phonebot.dialog.heard import Heard
from phonebot.dialog.understood import Failure
from phonebot.domain.office import Line
from tests.dialog.offices import ALIKE, OFFICE_LINE, facts_of

OF_ALIKE = facts_of(line=Line(OFFICE_LINE, "office"), people=ALIKE)
PUT_THROUGH = replace(Dialogue(), person="tom", mailbox="tom")
"""A call on the office line that found Tom Hart."""


def understood(field: str, words: str, call: Dialogue, facts: Facts = OF_ALIKE) -> tuple[str, ...]:
    """How a field fails; or its outcome, and who was chosen or is offered now."""
    made = understand(field, Heard(speech=words), call, facts)
    if isinstance(made, Failure):
        return (made.value,)
    chosen = made.dialogue.person or ""
    asks = made.outcome in ("proposed", "choice")
    return (made.outcome, *(made.dialogue.people_offered if asks else (chosen,) if chosen else ()))


def after_offering(*people: str, refused: tuple[str, ...] = ()) -> Dialogue:
    """A call in which these people were offered, and those refused before."""
    return replace(Dialogue(), people_offered=people, people_refused=refused)
