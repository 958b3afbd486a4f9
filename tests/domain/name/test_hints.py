"""Hints for a recogniser out of the directory, within Twilio's limits."""

from hypothesis import given
from hypothesis import strategies as st

from phonebot.domain.name import hints_for
from phonebot.domain.office import Person
from tests.domain.name.directories import OFFICE

PEOPLE = st.lists(
    st.builds(
        Person,
        st.uuids().map(str),
        st.text(min_size=1, max_size=130).filter(lambda name: name.split()),
        known_as=st.lists(st.text(max_size=30), max_size=2).map(tuple),
        pronounced=st.lists(st.text(max_size=30), max_size=2).map(tuple),
        team=st.none() | st.text(max_size=120),
    ),
    max_size=30,
)


def test_hints_are_names_parts_of_names_other_names_sounds_and_teams() -> None:
    hints = hints_for([OFFICE["sue"], OFFICE["hart"]])
    assert hints == ("Sue Cohen", "Tom Hart", "Sue", "Cohen", "Tom", "Hart", "Susie", "cone", "accounts", "sales")


def test_everybody_has_their_full_name_in_before_anybody_has_a_second_hint() -> None:
    people = [Person(f"p{at}", f"First{at} Last{at}") for at in range(600)]
    assert hints_for(people) == tuple(person.name for person in people[:500])
    assert set(hints_for(people[:490])) >= {person.name for person in people[:490]}


@given(PEOPLE, st.integers(0, 40))
def test_hints_keep_the_limits_and_hold_no_comma(people: list[Person], most: int) -> None:
    hints = hints_for(people, most=most, longest=100)
    assert len(hints) <= most
    assert all(0 < len(hint) <= 100 and "," not in hint and hint == " ".join(hint.split()) for hint in hints)
    assert len({hint.casefold() for hint in hints}) == len(hints)
