"""Digits held against the number given: those that agree lose their doubt, those that differ gain it, no others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebot.domain.gist import checked
from phonebot.domain.message import Answers
from phonebot.domain.phone.digits import words_of
from phonebot.domain.transcript import Span, Transcript
from tests.domain.gist.said import NUMBER

_GIVEN = Answers(number=NUMBER)


def _marked(said: str, answers: Answers = _GIVEN, caller_id: str | None = None, region: str = "GB") -> str:
    """The text with its marks after checking; in `said` a doubtful stretch stands in brackets as in `marked`."""
    text, spans, rest = "", [], said
    while "[" in rest:
        before, _, rest = rest.partition("[")
        inside, _, rest = rest.partition("?]")
        text += before
        spans.append(Span(len(text), len(text) + len(inside)))
        text += inside
    return checked(Transcript(text + rest, tuple(spans)), answers, caller_id, region).marked


@pytest.mark.parametrize(
    ("said", "marked"),
    [
        ("call 07700 [900?] 123 now", "call 07700 900 123 now"),
        ("call [oh?] seven seven double oh nine hundred one two [three?]", None),
        ("call +44 7700 [900123?]", None),
        ("call [07700 900123?] about invoice [4417?]", "call 07700 900123 about invoice [4417?]"),
        ("[call 07700?] 900123", "call 07700 900123"),
        ("it's 07700 900123, [07700 900123?]", None),
    ],
)
def test_a_number_that_agrees_is_no_longer_doubtful(said: str, marked: str | None) -> None:
    assert _marked(said) == (said.replace("[", "").replace("?]", "") if marked is None else marked)


@pytest.mark.parametrize(
    ("said", "marked"),
    [
        ("call 07700 900124", "call 07700 90012[4?]"),
        ("call 07700 [900?] 124 now", "call 07700 900 12[4?] now"),
        ("call 0790 0900123", "call 07[9?]0 0900123"),
        (
            "call oh seven seven double oh nine hundred one two four",
            "call oh seven seven double oh nine hundred one two [four?]",
        ),
        ("call 07700 900145", "call [07700 900145?]"),
        ("call +44 7700 900124", "call +44 7700 90012[4?]"),
        ("call me on 07700 90012 please", "call me on [07700 90012?] please"),
        ("call me on 020 7946 0199 please", "call me on [020 7946 0199?] please"),
    ],
)
def test_a_number_that_differs_is_marked_where_it_differs(said: str, marked: str) -> None:
    assert _marked(said) == marked


@pytest.mark.parametrize(
    "said",
    [
        "invoice [4417?] before [Friday?]",
        "order number 07700 [900?] 124",
        "call 07700 900123 or 020 7946 [0199?]",
        "I rang 020 7946 0199 twice",
        "no number [at all?]",
        "",
    ],
)
def test_everything_else_stays_as_it_was(said: str) -> None:
    assert _marked(said) == said


def test_a_number_is_held_against_the_callers_own_too() -> None:
    assert _marked("call 07700 [900?] 123", Answers(), NUMBER) == "call 07700 900 123"
    assert _marked("call 07700 900124", Answers(), NUMBER) == "call 07700 90012[4?]"
    assert _marked("call 07700 [900?] 123", Answers(number="+442079460143"), NUMBER) == "call 07700 900 123"


def test_a_number_unlike_the_callers_own_may_be_another_telephone() -> None:
    assert _marked("call 020 7946 [0199?]", Answers(), NUMBER) == "call 020 7946 [0199?]"


def test_a_local_number_agrees_with_its_longer_form() -> None:
    american = Answers(number="+12125550143")
    assert _marked("call [555-0143?]", american, region="US") == "call 555-0143"
    assert _marked("call 555-0147", american, region="US") == "call 555-014[7?]"


def test_nothing_is_checked_where_no_number_is_known() -> None:
    assert _marked("call 07700 [900?] 124", Answers()) == "call 07700 [900?] 124"


@given(
    digits=st.lists(st.integers(0, 9), min_size=11, max_size=11),
    wrong=st.sets(st.integers(2, 10), max_size=3),
)
def test_every_wrong_digit_of_a_number_is_marked_and_one_alone_by_itself(digits: list[int], wrong: set[int]) -> None:
    right = "07700900123"
    said = "".join(
        str((int(value) + 1 + digits[at] % 9) % 10) if at in wrong else value for at, value in enumerate(right)
    )
    result = checked(Transcript(f"call me on {said} please"), _GIVEN, None, "GB")
    places = {at - len("call me on ") for span in result.doubtful for at in range(span.start, span.end)}
    assert wrong <= places
    assert len(wrong) > 1 or places == wrong


@given(
    text=st.lists(
        st.sampled_from(sorted(words_of("call 07700 900124 900123 on oh one , . double £4 \u202e")))
        | st.text(max_size=4)
    ).map(" ".join),
    cuts=st.lists(st.integers(0, 60), max_size=6, unique=True).map(sorted),
)
def test_the_stretches_stay_in_order_apart_and_within_the_text(text: str, cuts: list[int]) -> None:
    spans = tuple(Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False) if b <= len(text))
    result = checked(Transcript(text, spans), _GIVEN, "+442079460143", "GB")
    assert result.text == text
    ends = [end for span in result.doubtful for end in (span.start, span.end)]
    assert ends == sorted(ends)
    assert all(0 <= end <= len(text) for end in ends)
    assert all(span.start < span.end for span in result.doubtful)
