"""One number out of several groups."""

import pytest

from phonebot.domain.phone.groups import groups_of
from phonebot.domain.phone.slips import number_said


def _seven_digits(digits: str) -> str | None:
    """Stands for libphonenumber: any seven digits are a number, except those that begin with 9."""
    return digits if len(digits) == 7 and not digits.startswith("9") else None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("one two three four five six seven", "1234567"),
        ("one two three, that's four five six seven", "1234567"),
        ("one two three four five six seven, sorry, eight", "1234568"),
        ("one two three four five six, sorry, five six seven", "1234567"),
        ("one two three eight, sorry, four five six seven", "1234567"),
        ("one two three four five six eight, seven not eight", "1234567"),
        ("one two three four five six eight, not eight, seven", "1234567"),
        ("one two three one five six eight, seven not one", None),
        ("one two three four five six seven, start again, two two three four five six seven", "2234567"),
        ("one two three four five six seven or two two three four five six seven", None),
        ("1234567 1234567", "1234567"),
        ("12 1234567", "1234567"),
        ("1234567 567", "1234567"),
        ("9234567", None),
        ("", None),
    ],
)
def test_the_groups_add_up_to_one_number_or_none(text: str, number: str | None) -> None:
    assert number_said(groups_of(text), _seven_digits).e164 == number


def test_too_many_slips_are_given_up() -> None:
    told = "1234567" + ", no sorry, 1234568" * 9
    assert number_said(groups_of(told), _seven_digits).doubtful
