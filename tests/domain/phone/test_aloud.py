"""Numbers as the ear gets them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebot.domain.phone import spoken_number
from phonebot.domain.phone.aloud import ending, read_aloud


@pytest.mark.parametrize(
    ("e164", "region", "words"),
    [
        ("+447700900143", "GB", "oh seven seven oh oh, nine double oh, one four three"),
        ("+447700900653", "GB", "oh seven seven oh oh, nine double oh, six five three"),
        ("+442079460143", "GB", "oh two oh, seven nine four six, oh one four three"),
        ("+442079460144", "GB", "oh two oh, seven nine four six, oh one double four"),
        ("+12125550144", "US", "two one two, five five five, oh one four four"),
        ("+442079460143", "US", "plus four four, two oh, seven nine four six, oh one four three"),
        ("+12125550143", "GB", "plus one, two one two, five five five, oh one four three"),
        ("+61491570006", "AU", "oh four nine one, five seven oh, double oh six"),
    ],
)
def test_a_number_is_read_in_the_groups_of_its_region(e164: str, region: str, words: str) -> None:
    assert read_aloud(e164, region) == words


@given(st.integers(0, 999), st.sampled_from(["+447700900{:03}", "+442079460{:03}", "+1212555{:04}"]))
def test_what_is_read_aloud_is_understood_as_the_same_number(number: int, shape: str) -> None:
    e164 = shape.format(number % 100 + 100 if shape.startswith("+1") else number)
    for region in ("GB", "US"):
        assert spoken_number(read_aloud(e164, region), region).e164 == e164


@given(st.text(max_size=40))
def test_any_text_can_be_read_aloud_and_ended(text: str) -> None:
    assert not set(read_aloud(text, "GB")) & set("0123456789+")
    assert len(ending(text).split()) <= 4


def test_the_ending_is_the_last_four_digits() -> None:
    assert ending("+447700900143") == "oh one four three"
    assert ending("+12125550199", 2) == "nine nine"
    assert ending("+12125550199", 0) == ""
