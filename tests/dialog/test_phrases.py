"""Fillers, asking back, times of day, keys said aloud and words said back."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebot.dialog.phrases import (
    as_phrase,
    asks_again,
    is_only_a_time,
    says_nothing,
    sounds_like_a_time,
    spoken_key,
)


@pytest.mark.parametrize("words", ["", "um", "um, hello?", "hi there", "yes please", "sorry", "...", "😀", "\0"])
def test_fillers_and_greetings_say_nothing(words: str) -> None:
    assert says_nothing(words)


@pytest.mark.parametrize("words", ["the invoice", "it's private", "Julie", "счёт", "um, invoices", "4432"])
def test_anything_else_says_something(words: str) -> None:
    assert not says_nothing(words)


@pytest.mark.parametrize(
    "words", ["can you repeat that", "Say again?", "who is this?", "what did you say", "I didn't catch that, sorry"]
)
def test_a_question_back_is_known(words: str) -> None:
    assert asks_again(words)


@pytest.mark.parametrize("words", ["what's the status of my order", "I didn't hear from you about the invoice of May"])
def test_what_somebody_wants_is_no_question_back(words: str) -> None:
    assert not asks_again(words)


@pytest.mark.parametrize(
    "words",
    [
        "Thursday",
        "tomorrow after three",
        "any time",
        "after 3",
        "at half past two",
        "half three",
        "3 pm",
        "10 a.m.",
        "15:30",
        "three o'clock",
        "the 4th of May",
        "in an hour",
        "early evening",
        "as soon as possible",
        "not before ten",
        "next week",
        "Monday’s better",
    ],
)
def test_days_and_times_of_day_sound_like_a_time(words: str) -> None:
    assert sounds_like_a_time(words)


@pytest.mark.parametrize(
    "words",
    ["April", "May", "you may", "June Brown", "the invoice", "Smythe", "at 07700 900123", "Daisy", "mundane", "", "\0"],
)
def test_names_and_numbers_do_not(words: str) -> None:
    assert not sounds_like_a_time(words)


@pytest.mark.parametrize(("words", "only"), [("about three", True), ("about the Thursday delivery", False)])
def test_a_time_alone_is_told_from_a_matter_that_names_one(words: str, only: bool) -> None:
    assert is_only_a_time(words) is only


@pytest.mark.parametrize(
    ("words", "key"),
    [("two", "2"), ("press one please", "1"), ("number 3", "3"), ("two o'clock", "")],
)
def test_a_key_may_be_said(words: str, key: str) -> None:
    assert spoken_key(words) == key


@pytest.mark.parametrize(
    ("words", "phrase"),
    [
        ("My invoice.", "your invoice"),
        ("It's about last month's invoice", "last month's invoice"),
        ("I was charged twice", "you were charged twice"),
        ("Tomorrow after three", "tomorrow after three"),
        ("Thursday", "Thursday"),
        ("IBM contract", "IBM contract"),
        ("April rent", "April rent"),
        ("um, regarding our order", "your order"),
        ("", ""),
    ],
)
def test_what_was_said_is_said_back_from_our_side(words: str, phrase: str) -> None:
    assert as_phrase(words) == phrase


GRAMMARS: tuple[Callable[[str], object], ...] = (
    says_nothing,
    asks_again,
    sounds_like_a_time,
    is_only_a_time,
    spoken_key,
    as_phrase,
)


@given(st.text(max_size=300), st.sampled_from(GRAMMARS))
def test_any_text_is_taken(text: str, grammar: Callable[[str], object]) -> None:
    grammar(text)


@pytest.mark.parametrize("grammar", GRAMMARS)
@pytest.mark.parametrize("unit", ["at ", "um, ", "half ", "in a ", "1", "'", " ", "first ", "a", "my "])
def test_ten_thousand_characters_take_no_longer_than_a_moment(grammar: Callable[[str], object], unit: str) -> None:
    begun = time.process_time()
    grammar((unit * 10_000)[:10_000])
    assert time.process_time() - begun < 0.02
