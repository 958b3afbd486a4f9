"""Whom callers mean, out of directories, by what recognisers wrote."""

import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebot.domain.name import NOBODY_FOUND, people_called
from phonebot.domain.name.text import word_set
from phonebot.domain.office import Person
from tests.domain.name.directories import ALIKE, OFFICE, TONGUES
from tests.domain.name.heard import HEARD, expected, verdict_of
from tests.domain.name.heard_later import HEARD_LATER


@pytest.mark.parametrize(("said", "people", "verdict"), HEARD, ids=[case[0] for case in HEARD])
def test_what_was_heard_finds_whom_the_caller_means(said: str, people: tuple[Person, ...], verdict: str) -> None:
    assert verdict_of(people_called(said, people)) == expected(verdict)


def _fares(said: str, people: tuple[Person, ...], verdict: str) -> str:
    """How a line fares: right, offers whom is meant among others or to be asked, asks again, or wrong."""
    found = people_called(said, people)
    meant = {name.strip("=?") for name in verdict.split("/")} - {"-"}
    given_ids = {person.id for person in found.people}
    if verdict_of(found) == expected(verdict):
        return "right"
    if found.sure and not given_ids <= meant:
        return "wrong"
    return "offers" if given_ids & meant else "asks" if not given_ids else "offers another"


def test_of_names_never_seen_nearly_all_are_found_and_nobody_is_put_through_to_a_wrong_person() -> None:
    fares = Counter(_fares(*line) for line in HEARD_LATER)
    assert fares["wrong"] == 0
    assert fares["offers another"] <= len(HEARD_LATER) * 0.03
    assert fares["right"] + fares["offers"] >= len(HEARD_LATER) * 0.9


DIRECTORIES = st.sampled_from([tuple(people.values()) for people in (OFFICE, ALIKE, TONGUES)])


@given(DIRECTORIES, st.data())
def test_everybody_is_found_by_their_full_name_however_it_is_asked_for(
    people: tuple[Person, ...], data: st.DataObject
) -> None:
    person = data.draw(st.sampled_from(people))
    asking = data.draw(
        st.sampled_from(["{}", "{} please", "can I speak to {}", "I'd like {}", "is {} there", "um, {}"])
    )
    name = data.draw(st.sampled_from([person.name, person.name.lower(), person.name.upper()]))
    assert people_called(asking.format(name), people).people[0] == person


@given(DIRECTORIES, st.data())
def test_everybody_is_found_by_the_letters_of_their_surname(people: tuple[Person, ...], data: st.DataObject) -> None:
    person = data.draw(st.sampled_from(people))
    surname = "".join(filter(str.isalpha, "".join(person.name.split()[1:])))
    assert person in people_called(" ".join(surname), people).people


@given(st.text(max_size=200), DIRECTORIES)
def test_whatever_is_said_one_is_sure_at_most(text: str, people: tuple[Person, ...]) -> None:
    found = people_called(text, people)
    assert set(found.people) <= set(people)
    assert len(set(found.people)) == len(found.people)
    assert not found.sure or len(found.people) == 1


def test_nobody_is_found_in_an_empty_directory() -> None:
    assert people_called("Sue Cohen", ()) == NOBODY_FOUND


@pytest.mark.parametrize("name", ["", " ", "-", "李明", "O'", "Dr", "X", "Mr. T", "😀"])
def test_odd_names_in_a_directory_do_no_harm(name: str) -> None:
    person = Person("sue", "Sue Cohen")
    assert people_called("Sue Cohen", (Person("odd", name or "?"), person)).people[:1] == (person,)


FIRST = sorted(
    word_set("Olivia Amelia Isla Ava Ivy Freya Lily Florence Mia Noah George Oliver Leo Arthur Oscar Theo Henry Jack")
)
LAST = [
    "Smith",
    "Jones",
    "Taylor",
    "Brown",
    "Williams",
    "Wilson",
    "Johnson",
    "Davies",
    "Patel",
    "Robinson",
    "Wright",
    "Thompson",
    "Evans",
    "Walker",
    "White",
]


def test_a_turn_with_four_hundred_people_takes_a_few_milliseconds() -> None:
    people = tuple(
        Person(f"p{at}", f"{FIRST[at % len(FIRST)]} {LAST[at // len(FIRST) % len(LAST)]}{'e' * (at // 270)}")
        for at in range(400)
    )
    people_called("Olivia Smith", people)
    begun = time.process_time()
    for said in ("could you put me through to Theodora Featherstone", "Jak Tomson please", "the complaints people"):
        for _ in range(20):
            people_called(said, people)
    assert (time.process_time() - begun) / 60 < 0.02


@pytest.mark.parametrize(
    "unit",
    [
        "Sue ",
        "sue",
        "x ",
        "will ",
        "not ",
        "speak to ",
        "about ",
        "oh ",
        "with a ",
        "with a y ",
        "a ",
        "i ",
        "to sue you ",
    ],
)
def test_ten_thousand_characters_take_no_longer_than_a_moment(unit: str) -> None:
    begun = time.process_time()
    people_called(unit * (10_000 // len(unit)), tuple(OFFICE.values()))
    assert time.process_time() - begun < 0.1
