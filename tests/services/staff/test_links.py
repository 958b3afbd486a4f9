"""Links in digests: read back as they were made, by nobody else, and not for ever."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebot.domain.digest import Act, Owed
from phonebot.domain.message import State
from phonebot.services.staff.links import GOOD_FOR, Link, Links

NOW = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)
LINKS = Links.signed_with("a secret for tests")
IDS = st.from_regex(r"[a-z0-9_-]{1,40}", fullmatch=True)


@given(number=st.integers(1, 10**12), person=IDS, act=st.sampled_from(Act))
def test_a_link_is_read_as_it_was_made_and_is_fit_for_an_address(number: int, person: str, act: Act) -> None:
    token = LINKS.token(number, person, act, NOW)
    assert LINKS.read(token, NOW) == Link(number, person, act)
    assert re.fullmatch(r"[A-Za-z0-9_.-]+", token)
    assert not token.endswith(".")


def test_no_name_and_no_number_can_be_read_in_a_link() -> None:
    token = LINKS.token(987_654_321, "josephine", Act.CALL, NOW)
    assert "987" not in token
    assert "jos" not in token.lower()


def test_a_link_is_good_for_two_weeks() -> None:
    token = LINKS.token(7, "sue", Act.CALL, NOW)
    assert LINKS.read(token, NOW + GOOD_FOR) == Link(7, "sue", Act.CALL)
    assert LINKS.read(token, NOW + GOOD_FOR + timedelta(seconds=1)) is None


def test_a_link_from_the_future_was_made_by_a_clock_that_was_wrong() -> None:
    token = LINKS.token(7, "sue", Act.CALL, NOW + timedelta(days=30))
    assert LINKS.read(token, NOW) is None
    assert LINKS.read(LINKS.token(7, "sue", Act.CALL, NOW + timedelta(minutes=5)), NOW) is not None


def test_a_link_signed_with_another_secret_is_forged() -> None:
    other = Links.signed_with("another secret")
    assert LINKS.read(other.token(7, "sue", Act.CALL, NOW), NOW) is None


@given(st.data())
def test_a_link_changed_in_any_character_is_forged(data: st.DataObject) -> None:
    token = LINKS.token(7, "sue", Act.CALL, NOW)
    named, _, signature = token.rpartition(".")
    place = data.draw(st.integers(0, len(named) - 1))
    instead = data.draw(st.sampled_from("ABCXYZabcxyz012789-_").filter(lambda one: one != named[place]))
    assert LINKS.read(f"{named[:place]}{instead}{named[place + 1 :]}.{signature}", NOW) is None


@pytest.mark.parametrize("nonsense", ["", ".", "a.b", "é", "x" * 10_000, "\x00", "....", "../../etc/passwd"])
def test_nonsense_is_no_link(nonsense: str) -> None:
    assert LINKS.read(nonsense, NOW) is None


@given(st.text())
def test_no_text_makes_reading_fail(text: str) -> None:
    assert LINKS.read(text, NOW) is None


def test_a_letter_has_its_links_under_the_public_address() -> None:
    owed = Owed(7, "K7QM", "sue", "Sue Cohen", State.NEW, NOW)
    address = LINKS.writer("https://phone.example.com", "sue", NOW)(owed, Act.HEAR)
    assert address.startswith("https://phone.example.com/do/")
    assert LINKS.read(address.rpartition("/")[2], NOW) == Link(7, "sue", Act.HEAR)
