"""Titles before names, and what a colleague is called without one."""

import pytest

from phonebot.domain.office import Person
from phonebot.domain.titles import without_title


@pytest.mark.parametrize(
    ("name", "first_name"),
    [
        ("Sue Cohen", "Sue"),
        ("Dr Ann Able", "Ann"),
        ("Prof. Dan Dale", "Dan"),
        ("Mr Bean", "Mr Bean"),
        ("Prince", "Prince"),
        ("Doctor", "Doctor"),
    ],
)
def test_nobody_is_called_by_their_title(name: str, first_name: str) -> None:
    assert Person("ann", name).first_name == first_name


def test_a_name_without_its_title_keeps_the_rest_and_a_surname_alone_keeps_its_title() -> None:
    assert without_title("Dr. Ann van der Able") == "Ann van der Able"
    assert without_title("Mrs Cohen") == "Mrs Cohen"
