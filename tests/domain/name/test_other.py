"""Answers once somebody was proposed or a choice was offered."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebot.domain.name import other_than
from tests.domain.name.directories import ALIKE, OFFICE
from tests.domain.name.heard import expected, verdict_of

TOMS = "hart hartley"
ANSWERS = [
    ("the other Tom", "hart", "=hartley"),
    ("no, the other Tom", "hart", "=hartley"),
    ("the other one", "hartley", "=hart"),
    ("no the other one please", "hart", "=hartley"),
    ("the other Tom", "sue", "hart/hartley"),
    ("the other Tom", TOMS, "hart/hartley"),
    ("the other one", TOMS, "?hartley"),
    ("the other one", "sue", "-"),
    ("the first", TOMS, "=hart"),
    ("the first one please", TOMS, "=hart"),
    ("first", TOMS, "=hart"),
    ("the second one", TOMS, "=hartley"),
    ("um, the second", TOMS, "=hartley"),
    ("number two", TOMS, "=hartley"),
    ("option one", TOMS, "=hart"),
    ("two", TOMS, "=hartley"),
    ("the last one", TOMS, "=hartley"),
    ("the latter", TOMS, "=hartley"),
    ("the third", TOMS, "-"),
    ("the third one", "sue hart will", "=will"),
    ("the last", "sue hart will", "=will"),
    ("Hartley", TOMS, "=hartley"),
    ("Hart", TOMS, "=hart"),
    ("Heart", TOMS, "=hart"),
    ("Tom Hart", TOMS, "=hart"),
    ("it's Tom Hartley", TOMS, "=hartley"),
    ("Tom", TOMS, "hart/hartley"),
    ("H A R T L E Y", TOMS, "=hartley"),
    ("H for Harry, A R T", TOMS, "=hart"),
    ("the one in accounts", TOMS, "=hartley"),
    ("the one in sales", TOMS, "=hart"),
    ("Tom in accounts", TOMS, "=hartley"),
    ("accounts", TOMS, "=hartley"),
    ("not Hart, Hartley", TOMS, "=hartley"),
    ("not Tom Hart", TOMS, "?hartley"),
    ("neither, I want Sue Cohen", TOMS, "=sue"),
    ("Sue Cohen", TOMS, "=sue"),
    ("no, Hartley", "hart", "=hartley"),
    ("no, Tom Hartley", "hart", "=hartley"),
    ("no I said Sue", "hart", "=sue"),
    ("no", "hart", "-"),
    ("no not him", "hart", "-"),
    ("nobody", "hart", "-"),
    ("yes", TOMS, "-"),
    ("I don't know", TOMS, "-"),
    ("I'm not sure", TOMS, "-"),
    ("what was the first one again", TOMS, "-"),
    ("what is her surname", TOMS, "-"),
    ("the first name is Tom", TOMS, "hart/hartley"),
    ("hello", TOMS, "-"),
]


@pytest.mark.parametrize(("said", "offered", "verdict"), ANSWERS)
def test_an_answer_to_a_choice_or_a_proposal_says_whom(said: str, offered: str, verdict: str) -> None:
    found = other_than(said, [OFFICE[person_id] for person_id in offered.split()], list(OFFICE.values()))
    assert verdict_of(found) == expected(verdict)


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("S M Y T H", "=smyth"),
        ("Smith with an I", "=smith"),
        ("Smyth with a Y", "=smyth"),
        ("with a Y", "=smyth"),
        ("the one with an I", "=smith"),
        ("John with an H", "=smith"),
        ("without an H", "=smyth"),
        ("Smith", "smith/smyth"),
    ],
)
def test_those_who_sound_alike_are_told_apart_by_their_letters(said: str, verdict: str) -> None:
    found = other_than(said, [ALIKE["smith"], ALIKE["smyth"]], list(ALIKE.values()))
    assert verdict_of(found) == expected(verdict)


@given(st.text(max_size=80), st.sets(st.sampled_from(sorted(OFFICE)), max_size=4))
def test_whatever_is_said_only_people_of_the_directory_are_found(said: str, offered: set[str]) -> None:
    found = other_than(said, [OFFICE[person_id] for person_id in sorted(offered)], list(OFFICE.values()))
    assert set(found.people) <= set(OFFICE.values())
    assert not found.sure or len(found.people) == 1


@pytest.mark.parametrize("unit", ["no ", "not ", "the other Tom ", "with a y ", "a ", "i ", "wrong ", "Tom "])
@pytest.mark.parametrize("offered", [1, 3])
def test_ten_thousand_characters_take_no_longer_than_a_moment(unit: str, offered: int) -> None:
    people = list(OFFICE.values())
    begun = time.process_time()
    other_than(unit * (10_000 // len(unit)), people[:offered], people)
    assert time.process_time() - begun < 0.1
