"""References."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebot.domain.reference import number_of, reference_of


@given(st.integers(min_value=1, max_value=10**9))
def test_a_reference_leads_back_to_its_message_in_any_case(number: int) -> None:
    reference = reference_of(number)

    assert number == number_of(reference) == number_of(f" {reference.lower()} ")


def test_the_first_messages_have_four_characters_and_no_two_share_them() -> None:
    references = {reference_of(number) for number in range(1, 5001)}

    assert len(references) == 5000
    assert {len(reference) for reference in references} == {4}


@pytest.mark.parametrize("text", ["", "A", "OIL0", "🙂🙂🙂🙂", "A" * 500])
def test_what_cannot_be_a_reference_leads_nowhere(text: str) -> None:
    assert number_of(text) is None
