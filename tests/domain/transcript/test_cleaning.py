"""Whatever an engine returns is made safe to keep, and its marks stay on the words they were put on."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebot.domain.transcript import Span, Transcript
from phonebot.domain.transcript.cleaning import LONGEST, cleaned


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("about the invoice", "about the invoice"),
        ("  about\n\tthe \r\n invoice ", "about the invoice"),
        ("about\x00the\x1b[31m invoice\x07", "about the [31m invoice"),
        ("about \u202ethe\u200b \ufeffinvoice", "about the invoice"),
        ("caf\u00e9 \ud83d \ue000\U0001f600", "caf\u00e9 \U0001f600"),
        ("\x00\x01", ""),
    ],
)
def test_only_visible_characters_and_single_spaces_are_kept(text: str, kept: str) -> None:
    assert cleaned(Transcript(text)) == Transcript(kept)


def test_marks_stay_on_their_words_and_come_out_in_order_and_apart() -> None:
    text = "\x00\x00 invoice \x07 4417   before  Friday"
    digits, friday = text.index("4417"), text.index("Friday")
    spans = (Span(friday, 10**9), Span(digits - 1, digits + 2), Span(digits + 1, digits + 5), Span(-5, 2), Span(9, 3))
    heard = cleaned(Transcript(text, spans))
    assert heard.marked == "invoice [4417?] before [Friday?]"


def test_a_megabyte_is_cut_and_says_so() -> None:
    heard = cleaned(Transcript("no no no " * 120_000, tuple(Span(n, n + 2) for n in range(0, 1_000_000, 9))))
    assert len(heard.text) <= LONGEST
    assert heard.text.endswith("\u2026")
    assert all(span.end <= len(heard.text) for span in heard.doubtful)
    assert cleaned(Transcript("\x00" * 1_000_000 + "words")).text == "\u2026"


def test_the_longest_that_fits_is_left_alone() -> None:
    assert cleaned(Transcript("a" * LONGEST)).text == "a" * LONGEST


@given(st.text(st.characters(exclude_categories=()), max_size=60), st.lists(st.tuples(st.integers(), st.integers())))
def test_nothing_an_engine_returns_upsets_it(text: str, pairs: list[tuple[int, int]]) -> None:
    heard = cleaned(Transcript(text, tuple(Span(start, end) for start, end in pairs)))
    assert cleaned(heard) == heard
    assert heard.text.encode().decode() == heard.text
    assert not [char for char in heard.text if unicodedata.category(char) in {"Cc", "Cf", "Cs"}]
    places = [at for span in heard.doubtful for at in (span.start, span.end)]
    assert places == sorted(set(places))
    assert all(heard.text[span.start : span.end].strip() for span in heard.doubtful)
