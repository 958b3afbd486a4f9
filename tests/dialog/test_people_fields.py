"""Choosing a person on the office line, and whose message it should be."""

from dataclasses import replace

import pytest

from phonebot.dialog.fields import understand
from phonebot.dialog.heard import Heard
from phonebot.dialog.people_fields import SHORT_LIST, alternatives, short_list
from phonebot.dialog.understood import Failure, Filled
from phonebot.domain.office import Line, Person
from tests.dialog.offices import OFFICE, OFFICE_LINE, SUE, TOM, facts_of, fresh_call

OFFICE_CALL = facts_of(line=Line(OFFICE_LINE, "office"))
SUES_LINE = facts_of()


@pytest.mark.parametrize(
    ("heard", "expected"),
    [
        (Heard(digits="1"), "sue"),
        (Heard(digits="2"), "tom"),
        (Heard(digits="102"), "tom"),
        (Heard(digits="3"), Failure.WRONGKEY),
        (Heard(digits="999"), Failure.WRONGKEY),
        (Heard(speech="Sue Cohen please"), "sue"),
        (Heard(speech="can I speak to Tom"), "tom"),
        (Heard(speech="extension one oh two"), "tom"),
        (Heard(speech="Mr Brown"), Failure.NOMATCH),
        (Heard(speech="hello?"), Failure.NOMATCH),
    ],
)
def test_a_person_is_chosen_by_key_extension_or_name(heard: Heard, expected: str | Failure) -> None:
    understood = understand("person", heard, fresh_call(OFFICE_CALL), OFFICE_CALL)
    if isinstance(expected, Failure):
        assert understood is expected
    else:
        assert isinstance(understood, Filled)
        assert (understood.dialogue.person, understood.dialogue.mailbox) == (expected, expected)


@pytest.mark.parametrize("words", ["reception", "the office please", "anyone"])
def test_reception_can_be_asked_for(words: str) -> None:
    understood = understand("person", Heard(speech=words), fresh_call(OFFICE_CALL), OFFICE_CALL)
    assert isinstance(understood, Filled)
    assert understood.outcome == "reception"


def test_two_of_one_first_name_are_not_guessed_between() -> None:
    two = facts_of(people=[SUE, Person("sue2", "Sue Brown", None, "sue2@example.com", None)])
    assert understand("person", Heard(speech="Sue"), fresh_call(two), two) is Failure.NOMATCH
    assert isinstance(understand("person", Heard(speech="Sue Brown"), fresh_call(two), two), Filled)


def test_somebody_called_may_can_be_asked_for() -> None:
    may = facts_of(people=[SUE, Person("may", "May Call", None, "may@example.com", None)])
    understood = understand("person", Heard(speech="May please"), fresh_call(may), may)
    assert isinstance(understood, Filled)
    assert understood.dialogue.person == "may"


def test_the_short_list_is_short_and_leaves_out_who_has_left() -> None:
    many = [replace(TOM, id=f"p{number}", departed=number == 0) for number in range(9)]
    listed = short_list(facts_of(people=many))
    assert len(listed) == SHORT_LIST
    assert listed[0].id == "p1"


def test_a_message_can_be_for_the_person_their_cover_or_reception() -> None:
    assert alternatives(fresh_call(SUES_LINE), SUES_LINE) == ("sue", "tom", "office")
    alone = facts_of(office=replace(OFFICE, reception=None), people=[replace(SUE, cover=None)])
    assert alternatives(fresh_call(alone), alone) == ("sue",)


@pytest.mark.parametrize(
    ("heard", "expected"),
    [
        (Heard(digits="1"), "sue"),
        (Heard(digits="3"), "office"),
        (Heard(digits="4"), Failure.WRONGKEY),
        (Heard(speech="Tom"), "tom"),
        (Heard(speech="a message for Sue please"), "sue"),
        (Heard(speech="two"), "tom"),
        (Heard(speech="reception"), "office"),
        (Heard(speech="Sue or Tom"), Failure.NOMATCH),
        (Heard(speech="blue cheese"), Failure.NOMATCH),
    ],
)
def test_whose_message_it_is_is_told_by_key_or_name(heard: Heard, expected: str | Failure) -> None:
    understood = understand("mailbox", heard, fresh_call(SUES_LINE), SUES_LINE)
    if isinstance(expected, Failure):
        assert understood is expected
    else:
        assert isinstance(understood, Filled)
        assert understood.dialogue.mailbox == expected
