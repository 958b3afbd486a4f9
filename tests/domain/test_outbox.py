"""Waiting before a job is tried again."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebot.domain.outbox import FIRST_WAIT, LONGEST_WAIT, backoff

JITTER = st.floats(0, 1, exclude_max=True)


@given(st.integers(1, 10_000), JITTER)
def test_no_wait_is_longer_than_an_hour_or_shorter_than_half_the_first(attempts: int, jitter: float) -> None:
    assert FIRST_WAIT / 2 <= backoff(attempts, jitter) <= LONGEST_WAIT


@given(st.integers(1, 1000), JITTER)
def test_a_later_try_never_waits_less_for_the_same_jitter(attempts: int, jitter: float) -> None:
    assert backoff(attempts, jitter) <= backoff(attempts + 1, jitter)


def test_waits_double_and_jitter_takes_off_up_to_half() -> None:
    assert [backoff(n, 0.0) for n in (1, 2, 3)] == [timedelta(seconds=s) for s in (2, 4, 8)]
    assert backoff(3, 0.5) == timedelta(seconds=6)


@pytest.mark.parametrize(("attempts", "jitter"), [(0, 0.0), (1, 1.0), (1, -0.1)])
def test_what_makes_no_sense_is_refused(attempts: int, jitter: float) -> None:
    with pytest.raises(ValueError, match="try"):
        backoff(attempts, jitter)
