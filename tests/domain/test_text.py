"""What comes from outside is kept in one line of characters that do nothing to whoever reads them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebot.domain.text import clean


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Julie Smith", "Julie Smith"),
        ("  Julie\t\r\nSmith ", "Julie Smith"),
        ("Julie\x00\x1b[31mSmith\x07", "Julie [31mSmith"),
        ("Julie\x9b31mSmith\x7f", "Julie 31mSmith"),
        ("Julie\x85Smith\x80", "Julie Smith"),
        ("Julie\u202eSmith\u2066", "JulieSmith"),
        ("Zo\u00eb \u00a312 \u00a0\u20ac5 \U0001f600", "Zo\u00eb \u00a312 \u20ac5 \U0001f600"),
        ("\ud83dJulie\ufffe", "Julie"),
    ],
)
def test_a_text_keeps_its_words_and_loses_what_is_no_character_of_a_text(text: str, kept: str) -> None:
    assert clean(text) == kept


@given(st.text(st.characters() | st.sampled_from("\x7f\x80\x85\x9b\x9d\x9f\x1b\u202e"), max_size=60))
def test_no_control_is_left_whatever_comes(text: str) -> None:
    assert not re.search("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e]", clean(text))


@given(st.text(max_size=60), st.integers(1, 30))
def test_a_text_is_as_long_as_asked_at_most_and_says_where_it_was_cut(text: str, longest: int) -> None:
    kept = clean(text, longest)
    assert len(kept) <= longest
    assert kept == clean(text) or kept.endswith("…")
