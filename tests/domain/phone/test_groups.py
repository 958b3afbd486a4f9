"""Groups of number words and the gaps between them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebot.domain.phone.groups import Gap, groups_of


@pytest.mark.parametrize(
    ("between", "gap"),
    [
        ("that's", Gap.SOFT),
        (". and then", Gap.SOFT),
        ("on", Gap.HARD),
        ("or maybe", Gap.HARD),
        ("no sorry", Gap.SLIP),
        (", oh no, it's", Gap.SLIP),
        (", hang on,", Gap.SLIP),
        ("not", Gap.NOT),
        ("rather than", Gap.NOT),
        ("sorry let me start again", Gap.RESTART),
        ("sorry, the area code is", Gap.RESTART),
        ("sorry my colleague changed it to", Gap.UNCLEAR),
    ],
)
def test_the_words_between_two_groups_say_how_they_belong_together(between: str, gap: Gap) -> None:
    groups = groups_of(f"one two three {between} four five six").groups
    assert [group.gap for group in groups] == [Gap.HARD, gap]


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("one two, um, three - four", 1),
        ("my invoice number is 12345", 0),
        ("extension 12", 0),
        ("one two extension three", 1),
        ("at 3:30 or 4pm on the 5th", 0),
        ("about my account, 415 555", 1),
        ("a" * 3000 + " 7", 0),
    ],
)
def test_only_what_may_be_a_telephone_number_makes_a_group(text: str, groups: int) -> None:
    assert len(groups_of(text).groups) == groups


def test_a_last_word_that_takes_it_back_is_noticed() -> None:
    assert groups_of("one two three, no, that's wrong").taken_back
    assert not groups_of("one two three, no problem").taken_back


def test_to_and_for_are_digits_only_when_asked_and_between_digits() -> None:
    assert len(groups_of("seven for two").groups) == 2
    assert len(groups_of("seven for two", homophones=True).groups) == 1
    assert len(groups_of("for two", homophones=True).groups[0].tokens) == 1


@given(st.text(max_size=400), st.booleans())
def test_any_text_has_groups_or_none(text: str, homophones: bool) -> None:
    assert all(group.tokens for group in groups_of(text, homophones=homophones).groups)
