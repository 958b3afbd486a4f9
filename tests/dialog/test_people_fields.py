"""Choosing a person on the office line, and whose message it should be."""

import json
from dataclasses import replace

import pytest

from phonebot.dialog.dialogue import Dialogue
from phonebot.dialog.engine import step
from phonebot.dialog.fields import understand
from phonebot.dialog.heard import Heard
from phonebot.dialog.people_fields import LISTED_IN, alternatives, choice_entries, directory_entries
from phonebot.dialog.people_found import SHORT_LIST, short_list
from phonebot.dialog.understood import Failure, Filled
from phonebot.domain.office import Line, Person
from phonebot.domain.spoken import Prompt
from tests.dialog.conversing import PROMPTS, SCRIPT, stored
from tests.dialog.offices import ALIKE, OFFICE, OFFICE_LINE, SUE, TOM, facts_of, fresh_call
from tests.dialog.understanding import OF_ALIKE, PUT_THROUGH, after_offering, understood

OFFICE_CALL = facts_of(line=Line(OFFICE_LINE, "office"))
SUES_LINE = facts_of()
SURNAMES = ("Adams", "Baker", "Clark", "Davis", "Evans")


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


def test_somebody_called_may_can_be_asked_for() -> None:
    may = facts_of(people=[SUE, Person("may", "May Call", None, "may@example.com", None)])
    understood = understand("person", Heard(speech="May please"), fresh_call(may), may)
    assert isinstance(understood, Filled)
    assert understood.dialogue.person == "may"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Sue", ("filled", "sue")),
        ("Sue Cone", ("filled", "sue")),
        ("could I speak to Susan Cohen please", ("filled", "sue")),
        ("C O H E N", ("filled", "sue")),
        ("C for Charlie, O, H, E, N", ("filled", "sue")),
        ("Tom Hartley", ("filled", "hartley")),
        ("H A R T L E Y", ("filled", "hartley")),
        ("Tom in accounts", ("filled", "hartley")),
        ("somebody in sales", ("filled", "tom")),
        ("Sue on one oh one", ("filled", "sue")),
        ("Tom on one oh three", ("filled", "hartley")),
        ("one oh four", ("filled", "anne")),
        ("two", ("filled", "tom")),
        ("one of the accounts people", ("choice", "sue", "hartley")),
        ("Tom", ("choice", "tom", "hartley")),
        ("the other Tom", ("choice", "tom", "hartley")),
        ("the accounts people", ("choice", "sue", "hartley")),
        ("Sally Brown", ("nomatch",)),
        ("is anybody there", ("nomatch",)),
        ("it's about the invoice", ("nomatch",)),
        ("reception", ("reception",)),
    ],
)
def test_a_name_is_taken_as_it_sounds_as_it_is_spelled_and_by_team(words: str, expected: tuple[str, ...]) -> None:
    assert understood("person", words, Dialogue()) == expected


def test_a_name_of_more_people_than_can_be_offered_is_asked_for_in_full() -> None:
    toms = [replace(TOM, id=f"tom{number}", name=f"Tom {name}") for number, name in enumerate(SURNAMES)]
    many = facts_of(line=Line(OFFICE_LINE, "office"), people=toms)
    assert understood("person", "Tom", Dialogue(), many) == ("many",)
    assert understood("person_in_full", "Tom", Dialogue(), many) == ("nomatch",)
    assert understood("person", "Tom", Dialogue(), replace(many, people=toms[1:]))[0] == "choice"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("two", ("filled", "hartley")),
        ("the second one", ("filled", "hartley")),
        ("Hartley", ("filled", "hartley")),
        ("the one in accounts", ("filled", "hartley")),
        ("not Tom Hart", ("filled", "hartley")),
        ("no, Tom Hart", ("filled", "tom")),
        ("the other Tom", ("proposed", "hartley")),
        ("Sue", ("filled", "sue")),
        ("no, I want Sue Cohen", ("filled", "sue")),
        ("reception please", ("reception",)),
        ("no", ("none",)),
        ("neither", ("none",)),
        ("none of those", ("none",)),
        ("somebody else", ("none",)),
        ("Tom", ("nomatch",)),
        ("yes", ("nomatch",)),
        ("blue cheese", ("nomatch",)),
        ("say that again", ("nomatch",)),
    ],
)
def test_one_of_those_offered_is_told_by_whatever_tells_them_apart(words: str, expected: tuple[str, ...]) -> None:
    assert understood("person_choice", words, after_offering("tom", "hartley")) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("yes", ("filled", "tom")),
        ("yes, that's him", ("filled", "tom")),
        ("Tom Hart", ("filled", "tom")),
        ("one", ("filled", "tom")),
        ("no", ("none",)),
        ("two", ("none",)),
        ("no, somebody else", ("none",)),
        ("the other Tom", ("filled", "hartley")),
        ("no, the other one", ("filled", "hartley")),
        ("no, Hartley", ("filled", "hartley")),
        ("no, Sue", ("filled", "sue")),
        ("the other Sue", ("filled", "sue")),
        ("reception", ("reception",)),
        ("blue cheese", ("nomatch",)),
    ],
)
def test_one_who_is_proposed_is_taken_or_put_right(words: str, expected: tuple[str, ...]) -> None:
    assert understood("person_proposed", words, after_offering("tom")) == expected


def test_where_there_is_no_other_the_other_is_a_no() -> None:
    assert understood("person_proposed", "the other Sue", after_offering("sue")) == ("none",)


def test_whoever_was_refused_is_not_offered_again_but_can_be_named() -> None:
    refused = after_offering("tom", "hartley", refused=("tom", "hartley"))
    assert understood("person_in_full", "Tom", refused) == ("nomatch",)
    assert understood("person_in_full", "Tom", replace(refused, people_refused=("tom",))) == ("proposed", "hartley")
    assert understood("person_in_full", "Tom Hart", refused) == ("filled", "tom")


@pytest.mark.parametrize(
    ("field", "keys", "expected"),
    [
        ("person_choice", "2", "hartley"),
        ("person_choice", "3", Failure.WRONGKEY),
        ("person_choice", "*", Failure.WRONGKEY),
        ("person_proposed", "1", "tom"),
        ("person_proposed", "3", Failure.WRONGKEY),
    ],
)
def test_those_offered_are_taken_by_key(field: str, keys: str, expected: str | Failure) -> None:
    made = understand(field, Heard(digits=keys), after_offering("tom", "hartley"), OF_ALIKE)
    assert (made.dialogue.person if isinstance(made, Filled) else made) == expected


def entries(prompts: tuple[Prompt, ...]) -> list[str]:
    """The prompts in words."""
    return [PROMPTS.speak(prompt) for prompt in prompts]


def test_those_who_sound_alike_are_told_apart_by_team_or_else_by_extension() -> None:
    assert entries(choice_entries(after_offering("tom", "hartley"), OF_ALIKE)) == [
        "Tom Hart in sales, press 1.",
        "Tom Hartley in accounts, press 2.",
    ]
    namesakes = replace(OF_ALIKE, people=[TOM, replace(TOM, id="tom2", extension="107")])
    assert entries(choice_entries(after_offering("tom", "tom2"), namesakes)) == [
        "Tom Hart, extension one oh two, press 1.",
        "Tom Hart, extension one oh seven, press 2.",
    ]
    assert entries(choice_entries(after_offering("sue", "hartley"), OF_ALIKE))[0] == "Sue Cohen, press 1."


def test_on_the_short_list_only_namesakes_are_told_with_their_team() -> None:
    assert entries(directory_entries(Dialogue(), OF_ALIKE))[1] == "Tom Hart, press 2."
    namesakes = replace(OF_ALIKE, people=[SUE, *ALIKE[1:], replace(TOM, id="tom2", extension="107", team="stores")])
    listed = replace(namesakes, people=[namesakes.people[4], *namesakes.people[:3]])
    assert entries(directory_entries(Dialogue(), listed)) == [
        "Tom Hart in stores, press 1.",
        "Sue Cohen, press 2.",
        "Tom Hart in sales, press 3.",
        "Tom Hartley, press 4.",
    ]


def test_a_call_kept_before_people_were_offered_goes_on() -> None:
    asked = step(SCRIPT, fresh_call(OF_ALIKE), Heard(), OF_ALIKE).dialogue
    kept = {name: value for name, value in asked.to_json().items() if not name.startswith("people_")}
    before = Dialogue.from_json(json.loads(json.dumps(kept)))
    offered = step(SCRIPT, before, Heard(speech="Tom"), OF_ALIKE).dialogue
    chosen = step(SCRIPT, stored(offered), Heard(speech="Hartley"), OF_ALIKE).dialogue
    assert (offered.people_offered, chosen.person) == (("tom", "hartley"), "hartley")


def test_the_whole_directory_is_there_wherever_anybody_may_be_asked_for() -> None:
    asked = {name for name, state in SCRIPT.states.items() if getattr(state, "field", "").startswith("person")}
    assert asked == LISTED_IN


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("no, the other Tom", ("elsewhere", "hartley")),
        ("the other Tom", ("elsewhere", "hartley")),
        ("I wanted Tom Hartley", ("elsewhere", "hartley")),
        ("can I speak to Sue instead", ("elsewhere", "sue")),
        ("Julie Smith", ("filled", "tom")),
        ("it's Tom Hartley", ("filled", "tom")),
        ("I want to leave a message, it's Sue Brown", ("filled", "tom")),
        ("I want to speak to Tom", ("matter", "tom")),
        ("um", ("nomatch",)),
    ],
)
def test_whoever_was_put_through_to_the_wrong_person_may_say_so(words: str, expected: tuple[str, ...]) -> None:
    assert understood("name", words, PUT_THROUGH) == expected


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
        (Heard(speech="Sue Cohn"), "sue"),
        (Heard(speech="C O H E N"), "sue"),
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
