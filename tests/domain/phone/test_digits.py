"""Number words and the digits they stand for."""

import pytest

from phonebot.domain.phone.digits import MOST_TOKENS, Token, readings, token_of


def _tokens(text: str) -> tuple[Token, ...]:
    return tuple(token for word in text.split() if (token := token_of(word)))


def _costs(text: str) -> dict[str, int]:
    return {reading.digits: reading.cost for reading in reversed(readings(_tokens(text)))}


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("oh nought zero o", "0000"),
        ("double oh treble seven quadruple one", "007771111"),
        ("thirty four sixty", "3460"),
        ("eighty eight", "88"),
        ("nineteen hundred", "1900"),
        ("nine hundred", "900"),
        ("one thousand", "1000"),
        ("forty eight hundred", "4800"),
        ("three fives two nines", "55599"),
        ("07 double 70 900143", "07770900143"),
        ("four thousand five hundred", "4500"),
        ("thirty 4", "34"),
    ],
)
def test_the_likeliest_reading_comes_first(text: str, digits: str) -> None:
    assert readings(_tokens(text))[0].digits == digits


def test_a_pair_may_less_likely_be_its_parts() -> None:
    assert _costs("thirty four") == {"34": 0, "304": 1}


def test_a_hundred_may_be_filled_up_or_not() -> None:
    costs = _costs("nine hundred twelve")
    assert costs["912"] == costs["90012"] == 0


def test_a_multiplier_with_nothing_to_multiply_has_no_reading() -> None:
    assert readings(_tokens("seven double")) == []


def test_more_than_a_number_said_three_times_has_no_reading() -> None:
    assert readings(_tokens("seven " * (MOST_TOKENS + 1))) == []


@pytest.mark.parametrize("word", ["", "hello", "²", "٧", "twentyone"])
def test_other_words_are_no_number_tokens(word: str) -> None:
    assert token_of(word) is None
