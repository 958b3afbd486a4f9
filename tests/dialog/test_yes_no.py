"""Yes and no in the forms people give them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebot.dialog.yes_no import YesNo, yes_or_no

YES = (
    "yes",
    "Yes.",
    "yeah",
    "yep, that's fine",
    "yes please that's fine",
    "yes that's all fine thanks",
    "correct",
    "that's correct",
    "that is all correct",
    "yeah no that's right",
    "no, that's right",
    "no no, it's fine",
    "no problem",
    "not a problem",
    "of course",
    "all right",
    "it's all right",
    "everything's right",
    "it is",
    "yes it is",
    "um yes",
    "sure",
    "I think so",
    "use that one",
    "this number is fine",
    "that'll do",
    "that would be great, thanks",
    "sounds good",
    "thank you",
    "please",
    "why not",
    "That’s right",
    "thats right",
    "not wrong",
    "uh huh",
)
NO = (
    "no",
    "No!",
    "nope",
    "nope it's wrong",
    "no thanks",
    "no thank you very much",
    "not that one",
    "that's not correct",
    "that isn't right",
    "not quite right",
    "thats wrong",
    "it's all wrong",
    "absolutely not",
    "of course not",
    "don't use that",
    "I don't think so",
    "I'd rather not",
    "yeah, no",
    "okay, no",
    "no okay",
    "right, well, no",
    "no it isn't",
    "no it's not",
    "another number",
)
NEITHER = (
    "",
    "   ",
    "?!",
    "um",
    "I don't know",
    "I'm not sure",
    "not sure",
    "no idea",
    "maybe",
    "yes and no",
    "Thursday",
    "it's Smythe",
    "not Smith",
    "what",
    "north",
    "nobody",
    "yesterday",
    "notes",
    "да",
    "是",
    "😀",
    "\0",
)


@pytest.mark.parametrize("words", YES)
def test_a_yes_is_understood_with_nothing_left_over(words: str) -> None:
    assert yes_or_no(words) == YesNo(True, "")


@pytest.mark.parametrize("words", NO)
def test_a_no_is_understood_with_nothing_left_over(words: str) -> None:
    assert yes_or_no(words) == YesNo(False, "")


@pytest.mark.parametrize("words", NEITHER)
def test_what_is_neither_is_not_guessed(words: str) -> None:
    assert yes_or_no(words).answer is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("no, Thursday", YesNo(False, "Thursday")),
        ("No. My name is Smythe.", YesNo(False, "My name is Smythe")),
        ("no it's Smythe", YesNo(False, "it's Smythe")),
        ("yes, but change the time", YesNo(True, "but change the time")),
        ("um, the number", YesNo(None, "the number")),
        ("İ yes", YesNo(None, "İ yes")),
    ],
)
def test_what_is_said_besides_is_kept_as_it_was_said(words: str, expected: YesNo) -> None:
    assert yes_or_no(words) == expected


@given(st.text(max_size=300))
def test_any_text_has_an_answer_and_a_rest_that_was_in_it(text: str) -> None:
    assert yes_or_no(text).rest in text


@pytest.mark.parametrize("unit", ["yes ", "no, ", "not ", "all ", "that is ", "a", " ", "'", "it's "])
def test_ten_thousand_characters_take_no_longer_than_a_moment(unit: str) -> None:
    begun = time.process_time()
    yes_or_no((unit * 10_000)[:10_000])
    assert time.process_time() - begun < 0.02
