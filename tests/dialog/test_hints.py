"""What a recogniser is told to expect, within what Twilio takes."""

from dataclasses import replace

import pytest

from phonebot.dialog.dialogue import Dialogue
from phonebot.dialog.facts import Facts
from phonebot.dialog.fields import FIELDS
from phonebot.dialog.hints import LONGEST_HINTS, MOST_HINTS
from phonebot.dialog.said import Listen
from phonebot.domain.office import Line, Person
from tests.dialog.conversing import calls, says
from tests.dialog.offices import ALIKE, OFFICE_LINE, facts_of

OFFICE_CALL = facts_of(line=Line(OFFICE_LINE, "office"), people=ALIKE)


def crowded(most: int, name: str) -> Facts:
    """The office line of many people, all of a name as long as that."""
    people = [Person(f"p{number}", f"{name} {number}") for number in range(most)]
    return facts_of(line=Line(OFFICE_LINE, "office"), people=people)


def hints(field: str, facts: Facts = OFFICE_CALL, call: Dialogue = Dialogue()) -> tuple[str, ...]:  # noqa: B008 - frozen
    return FIELDS[field].hints(call, facts)


def test_the_office_line_expects_everybody_as_they_are_called() -> None:
    wait = calls(OFFICE_CALL, [])[0].turn.wait
    assert isinstance(wait, Listen)
    assert {"reception", "extension", "Sue Cohen", "Tom Hartley", "Hartley", "cone", "accounts"} <= set(wait.hints)


def test_a_choice_expects_those_offered_before_everybody_else() -> None:
    wait = calls(OFFICE_CALL, [says("Tom")])[-1].turn.wait
    assert isinstance(wait, Listen)
    assert wait.hints.index("Tom Hartley") < wait.hints.index("Sue Cohen")
    assert "neither" in wait.hints


def test_whose_message_it_is_expects_only_those_it_can_be_for() -> None:
    assert set(hints("mailbox", call=replace(Dialogue(), person="sue"))) >= {"reception", "Sue Cohen", "Tom Hart"}
    assert "Anne O'Neill" not in hints("mailbox", call=replace(Dialogue(), person="sue"))


def test_whoever_is_calling_is_not_expected_to_be_one_of_us() -> None:
    assert hints("name") == ()


@pytest.mark.parametrize("facts", [crowded(700, "Al"), crowded(400, "Bartholomew " * 6), crowded(3, "x" * 200)])
@pytest.mark.parametrize("field", FIELDS)
def test_hints_keep_within_what_the_network_takes(field: str, facts: Facts) -> None:
    expected = hints(field, facts, replace(Dialogue(), person="p1", people_offered=("p1", "p2")))
    assert len(expected) <= MOST_HINTS
    assert all(0 < len(hint) <= 100 and "," not in hint for hint in expected)
    assert len(", ".join(expected)) <= LONGEST_HINTS
