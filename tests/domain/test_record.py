"""The record: what is counted as what, times to reach, windows met, and how promises turned out."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebot.domain.message import LISTED, State
from phonebot.domain.record import TAKEN, Case, Figures, Kept, Promise, by_owner, figures, nearest_rank, window_met
from phonebot.domain.window import Part

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
COUNTS = [each.name for each in fields(Figures) if each.type is int]


def case(state: State = State.RETURNED, reached: float | None = None, **given: Any) -> Case:
    """A message received at noon, and reached so many hours later."""
    reached_at = None if reached is None else NOON + reached * HOUR
    return replace(Case(owner="sue", received_at=NOON, state=state, reached_at=reached_at), **given)


def part(start: float | None, end: float | None) -> Part:
    return Part(*(None if hours is None else NOON + hours * HOUR for hours in (start, end)))


MOMENTS = st.integers(-50, 50).map(lambda hours: NOON + hours * HOUR)
MAYBE = st.none() | MOMENTS
PROMISES = st.builds(Promise, MOMENTS, MAYBE, MAYBE, MAYBE)
CASES = st.builds(
    Case,
    owner=st.sampled_from(["sue", "tom", "office"]),
    received_at=MOMENTS,
    state=st.sampled_from(State),
    reached_at=MAYBE,
    evidence=st.sampled_from([None, "said", "joined", "spoke", "caller"]),
    windows=st.lists(st.builds(Part, MAYBE, MAYBE), max_size=2).map(tuple),
    promises=st.lists(PROMISES, max_size=2).map(tuple),
    said_no=st.booleans(),
    settled_at=MAYBE,
)


def counts(found: Figures) -> list[int]:
    return [getattr(found, name) for name in COUNTS]


def test_every_message_that_staff_see_is_taken_or_missed() -> None:
    assert TAKEN | {State.MISSED} == LISTED


@pytest.mark.parametrize(
    ("state", "counted"),
    [
        (State.NEW, "owed"),
        (State.CLAIMED, "owed"),
        (State.ATTEMPTED, "owed"),
        (State.HELD, "owed"),
        (State.JOINED_UNCONFIRMED, "owed"),
        (State.REOPENED, "owed"),
        (State.SAID_RETURNED, "said_so"),
        (State.RETURNED, "returned"),
        (State.WITHDRAWN, "withdrawn"),
        (State.UNREACHABLE, "unreachable"),
    ],
)
def test_a_message_is_counted_as_what_it_is_and_as_nothing_else(state: State, counted: str) -> None:
    found = figures([case(state)], NOON)
    assert {name for name in COUNTS if getattr(found, name)} == {"taken", counted}


def test_a_missed_call_is_counted_apart_and_a_call_put_through_not_at_all() -> None:
    found = figures([case(State.MISSED), case(State.PUT_THROUGH), case(State.DRAFT)], NOON)
    assert (found.taken, found.missed, found.owed, sum(counts(found))) == (0, 1, 0, 1)


@given(st.lists(CASES, max_size=12))
def test_what_was_taken_is_returned_or_said_so_or_owed_or_closed(cases: list[Case]) -> None:
    found = figures(cases, NOON)
    assert found.taken == found.returned + found.said_so + found.owed + found.withdrawn + found.unreachable
    assert sum(found.returned_by.values()) == found.returned
    assert found.windows_met + found.windows_missed <= found.taken
    assert (found.oldest_owed_age is None) == (found.owed == 0)


@given(st.lists(CASES, max_size=8), st.lists(CASES, max_size=8))
def test_the_figures_of_two_lots_add_up_and_do_not_depend_on_their_order(some: list[Case], more: list[Case]) -> None:
    apart = [sum(pair) for pair in zip(counts(figures(some, NOON)), counts(figures(more, NOON)), strict=True)]
    assert counts(figures(some + more, NOON)) == apart
    assert figures(some + more, NOON) == figures(more[::-1] + some[::-1], NOON)


@given(st.lists(CASES, max_size=12))
def test_owners_figures_add_up_to_the_offices(cases: list[Case]) -> None:
    theirs = by_owner(iter(cases), NOON)
    assert list(theirs) == sorted({each.owner for each in cases})
    whole = counts(figures(cases, NOON))
    assert [sum(column) for column in zip(*map(counts, theirs.values()), strict=True)] == (whole if cases else [])


def test_returned_messages_are_split_by_their_evidence() -> None:
    cases = [case(evidence="spoke"), case(evidence="caller"), case(evidence="spoke"), case()]
    cases.append(case(State.SAID_RETURNED, evidence="said"))
    assert figures(cases, NOON).returned_by == {"caller": 1, "none": 1, "spoke": 2}


def test_the_oldest_debt_is_as_old_as_its_message_whatever_was_received_before_it() -> None:
    cases = [
        case(State.RETURNED, received_at=NOON - 90 * HOUR),
        case(State.SAID_RETURNED, received_at=NOON - 80 * HOUR),
        case(State.HELD, received_at=NOON - 5 * HOUR),
        case(State.NEW, received_at=NOON - HOUR),
    ]
    assert figures(cases, NOON).oldest_owed_age == 5 * HOUR


@pytest.mark.parametrize(
    ("hours", "median", "ninetieth"),
    [
        ([], None, None),
        ([3], 3, 3),
        ([1, 2], 1, 2),
        ([3, 1, 2], 2, 3),
        ([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 5, 9),
        ([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 6, 10),
    ],
)
def test_times_to_reach_are_nearest_ranks(hours: list[int], median: int | None, ninetieth: int | None) -> None:
    found = figures([case(reached=each) for each in hours], NOON)
    assert found.median_to_reach == (None if median is None else median * HOUR)
    assert found.p90_to_reach == (None if ninetieth is None else ninetieth * HOUR)


def test_only_returned_messages_have_a_time_to_reach() -> None:
    unproven = [case(state, reached=1) for state in State if state is not State.RETURNED]
    assert figures([*unproven, case(), case(reached=7)], NOON).median_to_reach == 7 * HOUR


def test_nobody_is_reached_before_they_rang() -> None:
    assert figures([case(reached=-0.01)], NOON).median_to_reach == timedelta(0)


@given(st.lists(st.timedeltas(), min_size=1).map(sorted), st.integers(1, 100))
def test_a_nearest_rank_is_the_smallest_value_that_enough_do_not_exceed(
    ordered: Sequence[timedelta], percent: int
) -> None:
    found = nearest_rank(ordered, percent)
    assert found is not None
    assert found in ordered
    assert sum(each <= found for each in ordered) * 100 >= percent * len(ordered)
    assert sum(each < found for each in ordered) * 100 < percent * len(ordered)


@pytest.mark.parametrize(
    ("told", "met"),
    [
        (case(reached=3, windows=(part(3, 5),)), True),
        (case(reached=5, windows=(part(3, 5),)), False),
        (case(reached=2, windows=(part(3, 5),)), False),
        (case(reached=30, windows=(part(3, 5), part(27, 31))), True),
        (case(reached=9, windows=(part(3, None),)), True),
        (case(reached=1, windows=(part(None, 5),)), True),
        (case(reached=9, windows=(part(None, None),)), True),
        (case(reached=3), None),
        (case(windows=(part(3, 5),)), None),
        (case(State.NEW, windows=(part(3, 5),)), False),
        (case(State.NEW, windows=(part(3, 10),)), False),
        (case(State.NEW, windows=(part(3, 11),)), None),
        (case(State.NEW, windows=(part(3, 5), part(20, 21))), None),
        (case(State.NEW, windows=(part(3, None),)), None),
        (case(State.JOINED_UNCONFIRMED, reached=4, windows=(part(3, 5),)), False),
        (case(State.SAID_RETURNED, reached=4, windows=(part(3, 5),)), False),
        (case(State.WITHDRAWN, windows=(part(3, 5),), settled_at=NOON + HOUR), None),
        (case(State.WITHDRAWN, windows=(part(3, 5),), settled_at=NOON + 6 * HOUR), False),
        (case(State.UNREACHABLE, windows=(part(3, 5),), settled_at=NOON + 4 * HOUR), None),
    ],
)
def test_a_window_is_met_by_a_call_that_reached_them_in_it_and_missed_when_it_is_over(
    told: Case, met: bool | None
) -> None:
    ten_hours_on = NOON + 10 * HOUR
    assert window_met(told, ten_hours_on) is met
    found = figures([told], ten_hours_on)
    assert (found.windows_met, found.windows_missed) == (int(met is True), int(met is False))


@pytest.mark.parametrize(
    ("kept", "told", "closed", "outcome"),
    [
        # Due an hour after noon; it is three hours after noon now.
        (0.5, None, None, Kept.KEPT),
        (1, None, None, Kept.KEPT),
        (1, 0.5, None, Kept.KEPT),
        (1.01, None, None, Kept.BROKEN),
        (2, 1, None, Kept.SLIPPED_BUT_TOLD),
        (1.5, 2, None, Kept.BROKEN),
        (None, None, None, Kept.BROKEN),
        (None, 2, None, Kept.SLIPPED_BUT_TOLD),
        (None, None, 0.5, Kept.RELEASED),
        (None, 0.5, 0.5, Kept.SLIPPED_BUT_TOLD),
        (None, None, 1.5, Kept.BROKEN),
        (None, 2, 1.5, Kept.BROKEN),
    ],
)
def test_a_promise_turns_out_as_it_was_kept_and_told(
    kept: float | None, told: float | None, closed: float | None, outcome: Kept
) -> None:
    at = [None if hours is None else NOON + hours * HOUR for hours in (kept, told, closed)]
    assert Promise(NOON + HOUR, *at).outcome(NOON + 3 * HOUR) is outcome


@pytest.mark.parametrize("told", [None, NOON])
def test_a_promise_is_open_until_the_instant_after_it_is_due(told: datetime | None) -> None:
    promise = Promise(NOON, told_slip_at=told)
    assert promise.outcome(NOON) is Kept.OPEN
    assert promise.outcome(NOON + timedelta(microseconds=1)) is (Kept.SLIPPED_BUT_TOLD if told else Kept.BROKEN)


@given(PROMISES, st.integers(0, 100))
def test_what_has_become_of_a_promise_stays_so(promise: Promise, hours: int) -> None:
    outcome = promise.outcome(NOON)
    if outcome is not Kept.OPEN:
        assert promise.outcome(NOON + hours * HOUR) is outcome


def test_promises_are_counted_by_how_they_turned_out() -> None:
    promises = (
        Promise(NOON, kept_at=NOON),
        Promise(NOON, told_slip_at=NOON),
        Promise(NOON),
        Promise(NOON, kept_at=NOON + HOUR),
        Promise(NOON + 9 * HOUR),
        Promise(NOON, closed_at=NOON),
    )
    found = figures([case(promises=promises[:3]), case(State.NEW, promises=promises[3:], said_no=True)], NOON + HOUR)
    assert (found.promises_kept, found.slipped_but_told, found.broken, found.said_no) == (1, 1, 2, 1)
