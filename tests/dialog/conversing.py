"""Conversations with the engine for tests: what is heard, turn by turn, and what is said."""

import json
from collections.abc import Sequence
from dataclasses import replace

from phonebot.dialog.dialogue import Dialogue
from phonebot.dialog.engine import Step, step
from phonebot.dialog.facts import Facts
from phonebot.dialog.flow_file import read_script
from phonebot.dialog.heard import Heard, Recorded
from phonebot.domain.spoken import Prompt
from phonebot.prompts import Prompts, data_folder
from tests.dialog.offices import OFFICE, SUE, facts_of, fresh_call

PROMPTS = Prompts.load(data_folder("prompts"))
SCRIPT = read_script(data_folder("flows"), {name: PROMPTS.variables(name) for name in PROMPTS.ids})

KNOWN = facts_of()
WITHHELD = facts_of(caller="anonymous")
ALONE = facts_of(office=replace(OFFICE, reception=None), people=[replace(SUE, cover=None)])
FIRST, SECOND = Recorded("RE" + "1" * 32, 12), Recorded("RE" + "2" * 32, 9)
NOTHING_SAID = Recorded("RE" + "0" * 32, 0)
OTHER = "+447700900999"
ADDED = Heard(digits="#", recorded=FIRST)
NOTHING_ADDED = Heard(digits="#", recorded=NOTHING_SAID)


def says(words: str) -> Heard:
    """What a caller says."""
    return Heard(speech=words)


def presses(keys: str) -> Heard:
    """What a caller presses."""
    return Heard(digits=keys)


def stored(call: Dialogue) -> Dialogue:
    """The call as it comes back from the database."""
    return Dialogue.from_json(json.loads(json.dumps(call.to_json())))


def calls(facts: Facts, heard: Sequence[Heard]) -> list[Step]:
    """The steps of a call, the answering first, stored and reloaded between every two turns."""
    steps = [step(SCRIPT, fresh_call(facts), Heard(), facts)]
    for each in heard:
        steps.append(step(SCRIPT, stored(steps[-1].dialogue), each, facts))
    return steps


def ids(taken: Step) -> list[str]:
    """The ids of the prompts of a turn."""
    return [said.id for said in taken.turn.said if isinstance(said, Prompt)]


def words(taken: Step) -> str:
    """What a turn says, in words."""
    return " ".join(PROMPTS.speak(said) for said in taken.turn.said if isinstance(said, Prompt))


NAME, YES, ABOUT, WHEN = says("Julie Smith from Hartwell Dental"), says("yes"), says("The invoice"), says("Any time")
FORM = (NAME, YES, ABOUT, WHEN)
TO_SUMMING_UP = (*FORM, NOTHING_ADDED)
