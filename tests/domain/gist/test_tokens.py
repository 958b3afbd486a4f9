"""How the text of a recording is cut, and that nothing of it is lost."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebot.domain.gist.tokens import Shape, Token, sentences_of, tokens_of


@pytest.mark.parametrize(
    ("text", "keys", "shape"),
    [
        ("Don’t", ["don't"], Shape.WORD),
        ("2.30 p.m.", ["2.30 p.m", "."], Shape.CLOCK),
        ("a.m", ["a.m"], Shape.CLOCK),
        ("3pm", ["3pm"], Shape.CLOCK),
        ("14th", ["14th"], Shape.ORDINAL),
        ("07700 900123", ["07700", "900123"], Shape.NUMERAL),
        ("B7x", ["b7x"], Shape.CODE),
        ("£40.50", ["£40.50"], Shape.MONEY),
        ("don't5", ["don't", "5"], Shape.WORD),
        ("?", ["?"], Shape.MARK),
    ],
)
def test_a_text_is_cut_into_words_figures_and_marks(text: str, keys: list[str], shape: Shape) -> None:
    tokens = tokens_of(text)
    assert [token.key for token in tokens] == keys
    assert tokens[0].shape is shape


@given(st.text(st.characters() | st.sampled_from("apm.: 0123£%'’-"), max_size=80))
def test_every_character_but_spaces_belongs_to_one_token_in_order(text: str) -> None:
    tokens = tokens_of(text)
    joined = "".join(text[token.start : token.end] for token in tokens)
    assert "".join(joined.split()) == "".join(text.split())
    assert all(one.end <= other.start for one, other in pairwise(tokens))


@given(st.text(st.sampled_from("ab. !?,1JD"), max_size=60))
def test_sentences_hold_every_token_once(text: str) -> None:
    tokens = tokens_of(text)
    rejoined: list[Token] = [token for sentence in sentences_of(tokens) for token in sentence]
    assert rejoined == tokens
