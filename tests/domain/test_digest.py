"""The order of what is owed, and what is urgent."""

import random
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebot.domain.digest import Accepted, Asked, CallerText, Owed, is_urgent, order, worth_sending
from phonebot.domain.message import State
from phonebot.domain.transcript import Span, Transcript
from phonebot.domain.window import Part
from tests.owing import NEXT, NOW, at, digest_of, julie

HOURS = st.integers(-500, 500).map(lambda hours: NOW + timedelta(hours=hours))
PARTS = st.builds(
    lambda start, length, open_start, open_end: Part(
        None if open_start else start, None if open_end else start + timedelta(hours=length)
    ),
    HOURS,
    st.integers(1, 100),
    st.booleans(),
    st.booleans(),
)
STATES = [State.NEW, State.CLAIMED, State.ATTEMPTED, State.HELD, State.JOINED_UNCONFIRMED, State.SAID_RETURNED]
OWED = st.lists(
    st.builds(
        julie,
        number=st.integers(1, 10**6),
        ref=st.text("ABCDEFGH", min_size=4, max_size=4),
        state=st.sampled_from([*STATES, State.REOPENED]),
        received_at=HOURS,
        business=st.sampled_from([None, "the lease", "it's urgent"]),
        window_parts=st.lists(PARTS, max_size=3).map(tuple),
        accepted=st.none() | st.builds(Accepted, st.just("Tom"), st.just("tom"), HOURS, st.booleans()),
        denied_at=st.none() | HOURS,
    ),
    max_size=12,
    unique_by=lambda owed: owed.number,
)


@given(OWED, HOURS | st.none(), st.randoms(use_true_random=False))
def test_nothing_owed_is_left_out_and_the_order_does_not_depend_on_where_it_came_from(
    owed: list[Owed], next_at: datetime | None, chance: random.Random
) -> None:
    ordered = order(owed, NOW, next_at)
    shuffled = list(owed)
    chance.shuffle(shuffled)

    assert sorted(each.number for each in ordered) == sorted(each.number for each in owed)
    assert order(shuffled, NOW, next_at) == ordered


@given(OWED)
def test_what_the_caller_says_was_never_returned_comes_first_and_what_is_said_to_be_returned_last(
    owed: list[Owed],
) -> None:
    ordered = order(owed, NOW, NEXT)
    reopened = [each.reopened for each in ordered]
    waiting = [each.state is State.SAID_RETURNED and not each.reopened for each in ordered]

    assert reopened == sorted(reopened, reverse=True)
    assert waiting == sorted(waiting)


def refs(*owed: Owed) -> list[str]:
    return [each.ref for each in order(owed, NOW, NEXT)]


def test_a_call_taken_on_comes_before_what_is_urgent_once_it_slips_or_falls_due_before_the_next_digest() -> None:
    urgent = julie(ref="URGE", number=1, business="it's urgent", received_at=at(2, 9))
    slipped = julie(ref="SLIP", number=2, accepted=Accepted("Tom", "tom", at(24, 15), slipped=True))
    due = julie(ref="SOON", number=3, accepted=Accepted("Tom", "tom", at(25, 11)))
    later = julie(ref="LATE", number=4, accepted=Accepted("Tom", "tom", at(30, 11)), window_parts=())

    assert refs(later, urgent, due, slipped) == ["SLIP", "SOON", "URGE", "LATE"]


def test_a_caller_to_be_rung_in_a_colleagues_place_comes_before_what_is_urgent() -> None:
    urgent = julie(ref="URGE", number=1, business="it's urgent", received_at=at(2, 9))
    anew = Accepted("Sue", "sue", at(30, 11))
    asked = julie(ref="ASKD", number=2, asked=Asked("Tom", "tom", "Sue", "sue", at(24, 15)), accepted=anew)

    assert refs(urgent, asked) == ["ASKD", "URGE"]


def test_of_what_is_not_urgent_an_old_debt_stands_before_a_window_to_come_and_the_nearer_window_first() -> None:
    old = julie(ref="OLD1", number=1, received_at=at(3, 9), window_parts=())
    older_window = julie(ref="OVER", number=2, received_at=at(2, 9), window_parts=(Part(at(4, 9), at(4, 12)),))
    friday = julie(ref="FRID", number=3, received_at=at(1, 9), window_parts=(Part(at(27, 9), at(27, 12)),))
    thursday = julie(ref="THUR", number=4, window_parts=(Part(at(26, 9), at(26, 12)),))

    assert refs(friday, thursday, old, older_window) == ["OVER", "OLD1", "THUR", "FRID"]


def test_thirty_days_on_the_oldest_debt_is_still_there_and_first() -> None:
    month_on = NOW + timedelta(days=30)
    newer = julie(ref="NEWR", number=2, received_at=at(30, 9), window_parts=())

    assert [each.ref for each in order([newer, julie()], month_on, month_on + timedelta(hours=7))] == ["K7QM", "NEWR"]


@pytest.mark.parametrize(
    ("part", "urgent"),
    [
        (Part(at(25, 15), at(26, 0)), True),
        (Part(at(25, 16), at(26, 0)), False),
        (Part(at(25, 8), at(25, 9)), True),
        (Part(at(24, 8), at(24, 9)), False),
        (Part(at(25, 8), NOW), False),
        (Part(None, at(25, 12)), True),
        (Part(at(24, 10), None), False),
        (Part(None, None), False),
        (Part(at(25, 12), None), True),
    ],
)
def test_a_window_presses_when_it_opens_before_the_next_digest_and_is_not_over(part: Part, urgent: bool) -> None:
    assert is_urgent(julie(window_parts=(part,)), NOW, NEXT) is urgent


def test_without_a_digest_to_come_what_opens_within_a_day_presses() -> None:
    assert is_urgent(julie(window_parts=(Part(at(26, 8), at(26, 9)),)), NOW, None)
    assert not is_urgent(julie(window_parts=(Part(at(26, 9), at(26, 10)),)), NOW, None)


@pytest.mark.parametrize(
    "where",
    [
        {"business": "it really can't wait"},
        {"window_said": "it really can't wait"},
        {"transcript": Transcript("it really can't wait", (Span(3, 9),))},
    ],
)
def test_a_caller_may_say_anywhere_that_it_cannot_wait(where: dict[str, Any]) -> None:
    calm = julie(window_parts=(), window_said=None, transcript=Transcript("The invoice."))

    assert not is_urgent(calm, NOW, NEXT)
    assert is_urgent(replace(calm, **where), NOW, NEXT)


def test_a_digest_is_worth_sending_when_something_is_owed_or_a_text_is_to_be_read() -> None:
    assert worth_sending(digest_of(julie()))
    assert worth_sending(digest_of(texts=(CallerText("SM1", NOW, "+447700900155", "Hello?"),)))
    assert not worth_sending(digest_of(missed=((NOW, None),)))


def test_a_message_stays_reopened_while_somebody_has_it_in_hand() -> None:
    assert julie(state=State.CLAIMED, denied_at=at(24, 17)).reopened
    assert julie(state=State.REOPENED).reopened
    assert not julie(state=State.CLAIMED).reopened
