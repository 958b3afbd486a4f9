"""What callers say of whether it can wait."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebot.domain.urgency import cannot_wait


@pytest.mark.parametrize(
    "words",
    [
        "It's urgent",
        "urgent: the contract",
        "quite URGENT!",
        "need a call back urgently about the invoice",
        "this really can't wait",
        "this can’t wait until Monday",
        "it cannot wait",
        "I can't wait, the boiler has burst",
        "it won't wait",
        "it can't be left",
        "as soon as possible please",
        "as soon as you can",
        "as quickly as possible",
        "ASAP",
        "a.s.a.p.",
        "a s a p please",
        "please ring me back immediately",
        "I need to speak to somebody right away",
        "my tooth broke, I need an emergency appointment",
        "it's time-critical",
        "a matter of life or death",
        "the sooner the better",
    ],
)
def test_words_of_haste_are_urgent(words: str) -> None:
    assert cannot_wait(words)


@pytest.mark.parametrize(
    "words",
    [
        "it's not urgent",
        "it isn’t urgent",
        "isnt urgent",
        "nothing too urgent",
        "not an emergency or anything",
        "non-urgent",
        "there's no urgency",
        "I don't think it's urgent",
        "I wouldn't say it was that urgent",
        "I'm not sure if it's urgent",
        "not at all urgent",
        "it doesn't need to be urgent",
        "there's no need to call me back urgently",
        "you don't have to ring back asap",
        "it doesn't have to be as soon as possible",
        "he has my mobile if it's urgent",
    ],
)
def test_what_is_denied_or_only_supposed_is_not_urgent(words: str) -> None:
    assert not cannot_wait(words)


@pytest.mark.parametrize(
    "words",
    [
        "no it's urgent",
        "not only urgent but dangerous",
        "it wasn't urgent yesterday but now it's an emergency",
        "I haven't heard back and it's urgent",
        "I can't find my keys it's urgent",
        "you did not call me back it's urgent",
        "I do not want to complain but it is urgent",
    ],
)
def test_a_no_about_something_else_denies_nothing(words: str) -> None:
    assert cannot_wait(words)


@pytest.mark.parametrize(
    "words",
    [
        "last month's invoice was charged twice",
        "a quote for the emergency lighting",
        "the urgent care centre's invoice",
        "I can't wait to meet you",
        "we can't wait for the party",
        "the insurgent",
        "any time immediately after lunch",
        "the payment left immediately",
        "it can wait",
        "",
    ],
)
def test_other_senses_of_the_words_are_not_urgent(words: str) -> None:
    assert not cannot_wait(words)


@pytest.mark.parametrize("calm", ["no rush", "no hurry", "not in a hurry", "it can wait", "it's not urgent"])
def test_haste_out_of_habit_is_taken_back_by_no_rush_but_an_emergency_is_not(calm: str) -> None:
    assert not cannot_wait(f"as soon as you can, {calm}")
    assert cannot_wait(f"{calm} with the lease, but the leak is an emergency")


@given(st.text())
def test_any_text_has_an_answer_and_case_does_not_change_it(words: str) -> None:
    assert cannot_wait(words.upper().lower()) == cannot_wait(words.lower())
