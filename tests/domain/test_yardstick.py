"""The yardstick: what it may say, and by when a message is due, at the boundaries, over clock changes and holidays."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from phonebot.domain.hours import OfficeHours, parse_hours
from phonebot.domain.yardstick import Unit, Within, due_by, open_time_between, overdue, parse_within

LONDON = ZoneInfo("Europe/London")
HOURS = parse_hours({"mon-thu": "09:00-12:30, 13:30-17:00", "fri": "09:00-13:00"}, ["2026-12-25", "2026-12-28"], LONDON)
NIGHTS = parse_hours({"mon-sun": "00:00-04:00, 22:00-24:00"}, [], LONDON)
ALWAYS = parse_hours({"mon-sun": "00:00-24:00"}, [], LONDON)
NEVER = OfficeHours(LONDON)
ZERO, MINUTE = timedelta(0), timedelta(minutes=1)

CHANGES = [datetime(2026, *day, tzinfo=UTC) for day in ((3, 7), (3, 28), (4, 4), (10, 3), (10, 24), (10, 31))]
"""Shortly before the clocks change in Havana, London and on Lord Howe Island."""
INSTANTS = st.builds(
    lambda start, minutes: start + minutes * MINUTE,
    st.sampled_from([*CHANGES, datetime(2026, 11, 24, tzinfo=UTC)]),
    st.integers(0, 3000) | st.integers(0, 200_000),
)
WITHINS = st.builds(Within, st.integers(1, 12), st.sampled_from(Unit))
WEEKS = st.lists(
    st.sampled_from(
        [
            (),
            ((time(9), time(17, 30)),),
            ((time(0), time(1, 30)), (time(1, 45), time(12))),
            ((time(1, 15), time(2, 5)), (time(20), time(0))),
        ]
    ),
    min_size=7,
    max_size=7,
).map(tuple)
OFFICES = st.builds(
    OfficeHours,
    st.sampled_from([LONDON, ZoneInfo("Australia/Lord_Howe"), ZoneInfo("America/Havana")]),
    WEEKS,
    st.frozensets(st.dates(date(2026, 1, 1), date(2027, 3, 1)), max_size=20),
)


def london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("text", "within"),
    [
        ("1 day", Within(1, Unit.DAY)),
        ("2 days", Within(2, Unit.DAY)),
        ("1 hour", Within(1, Unit.HOUR)),
        ("4 hours", Within(4, Unit.HOUR)),
        ("30 minutes", Within(30, Unit.MINUTE)),
        ("1 minute", Within(1, Unit.MINUTE)),
        ("99 days", Within(99, Unit.DAY)),
    ],
)
def test_a_yardstick_is_a_number_of_minutes_hours_or_days(text: str, within: Within) -> None:
    assert parse_within(text) == within


@pytest.mark.parametrize(
    "text", ["", "day", "0 days", "1 days", "2 day", "-1 day", "1.5 hours", "100 days", "1 week", "٣ days"]
)
def test_any_other_yardstick_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(ValueError, match=r'must be as in "1 day", "4 hours" or "30 minutes"') as refused:
        parse_within(text)
    assert f'"{text}"' in str(refused.value)


@pytest.mark.parametrize(
    ("received", "within", "due"),
    [
        # Tuesday 24 November 2026; lunch is from 12:30 to 13:30, and Friday ends at 13:00.
        ("2026-11-24T10:00", "2 hours", "2026-11-24T12:00"),
        ("2026-11-24T10:30", "2 hours", "2026-11-24T12:30"),
        ("2026-11-24T10:31", "2 hours", "2026-11-24T13:31"),
        ("2026-11-24T12:30", "30 minutes", "2026-11-24T14:00"),
        ("2026-11-24T16:50", "30 minutes", "2026-11-25T09:20"),
        ("2026-11-24T16:30", "30 minutes", "2026-11-24T17:00"),
        ("2026-11-24T20:00", "7 hours", "2026-11-25T17:00"),
        ("2026-11-24T06:00", "8 hours", "2026-11-25T10:00"),
        ("2026-11-27T12:45", "30 minutes", "2026-11-30T09:15"),
        ("2026-12-24T16:45", "1 hour", "2026-12-29T09:45"),
        ("2026-03-27T12:30", "1 hour", "2026-03-30T09:30"),  # the clocks go forward on the Sunday
        ("2026-11-24T10:00", "1 day", "2026-11-25T10:00"),
        ("2026-11-24T10:00", "2 days", "2026-11-26T10:00"),
        ("2026-11-24T09:00", "1 day", "2026-11-25T09:00"),
        ("2026-11-24T16:59", "1 day", "2026-11-25T16:59"),
        ("2026-11-24T17:00", "1 day", "2026-11-26T09:00"),  # closed from that very second
        ("2026-11-24T07:00", "1 day", "2026-11-25T09:00"),
        ("2026-11-24T13:00", "1 day", "2026-11-25T13:30"),  # rang at lunch
        ("2026-11-26T15:00", "1 day", "2026-11-27T13:00"),  # Friday is over by then
        ("2026-11-26T13:30", "1 day", "2026-11-27T13:00"),
        ("2026-11-27T12:45", "1 day", "2026-11-30T12:30"),  # lunch on Monday
        ("2026-11-27T11:00", "1 day", "2026-11-30T11:00"),
        ("2026-11-28T11:00", "1 day", "2026-12-01T09:00"),  # a Saturday
        ("2026-12-24T11:00", "1 day", "2026-12-29T11:00"),
        ("2026-03-27T11:00", "1 day", "2026-03-30T11:00"),
        ("2026-10-23T11:00", "1 day", "2026-10-26T11:00"),
    ],
)
def test_a_message_is_due_in_office_hours(received: str, within: str, due: str) -> None:
    assert due_by(london(received), parse_within(within), HOURS) == london(due)


@pytest.mark.parametrize(
    ("received", "within", "due"),
    [
        ("2026-03-28T23:30", "2 hours", "2026-03-29T02:30"),  # 01:00 becomes 02:00
        ("2026-10-24T23:30", "2 hours", "2026-10-25T01:30"),
        ("2026-10-24T23:30", "3 hours", "2026-10-25T01:30+00:00"),  # and once more
        ("2026-03-28T01:30", "1 day", "2026-03-29T02:30"),  # that time is left out
        ("2026-10-24T01:30", "1 day", "2026-10-25T01:30"),
        ("2026-10-25T01:30+00:00", "1 day", "2026-10-26T01:30"),
        ("2026-11-24T12:00", "1 day", "2026-11-25T22:00"),
    ],
)
def test_clocks_that_change_take_nothing_away_and_add_nothing(received: str, within: str, due: str) -> None:
    at, expected = (
        each if each.tzinfo else each.replace(tzinfo=LONDON) for each in map(datetime.fromisoformat, (received, due))
    )
    assert due_by(at, parse_within(within), NIGHTS) == expected.astimezone(UTC)


def test_a_day_that_opens_later_is_due_no_sooner_than_it_opens() -> None:
    hours = parse_hours({"mon": "09:00-17:00", "tue": "14:00-18:00"}, [], LONDON)
    assert due_by(london("2026-11-23T10:00"), Within(1, Unit.DAY), hours) == london("2026-11-24T14:00")


def test_an_office_that_never_opens_counts_by_the_clock() -> None:
    received = london("2026-11-24T10:00")
    assert due_by(received, Within(1, Unit.DAY), NEVER) == received + timedelta(days=1)
    assert due_by(received, Within(4, Unit.HOUR), NEVER) == received + timedelta(hours=4)
    assert open_time_between(received, received + timedelta(days=999), NEVER) == ZERO


def test_an_office_closed_for_years_counts_on_once_it_opens() -> None:
    shut = frozenset(date(2026, 1, 1) + timedelta(days=step) for step in range(1500))
    hours = OfficeHours(LONDON, HOURS.weekly, shut)
    assert due_by(london("2026-01-05T10:00"), Within(1, Unit.HOUR), hours) == london("2030-02-11T10:00")
    assert due_by(london("2026-01-05T10:00"), Within(1, Unit.DAY), hours) == london("2030-02-12T09:00")


def test_a_message_is_late_only_after_the_instant_it_is_due_at() -> None:
    received, due = london("2026-11-24T10:00"), london("2026-11-25T10:00")
    assert not overdue(received, due, Within(1, Unit.DAY), HOURS)
    assert overdue(received, due + timedelta(microseconds=1), Within(1, Unit.DAY), HOURS)


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-11-24T09:00", "2026-11-24T17:00", 420),
        ("2026-11-24T12:30", "2026-11-24T13:30", 0),
        ("2026-11-24T12:29", "2026-11-24T13:31", 2),
        ("2026-11-27T12:00", "2026-11-30T10:00", 120),
        ("2026-12-24T16:00", "2026-12-29T10:00", 120),
        ("2026-11-24T17:00", "2026-11-24T09:00", 0),
        ("2026-11-23T00:00", "2026-11-30T00:00", 4 * 420 + 240),
    ],
)
def test_open_time_leaves_out_lunch_nights_weekends_and_closed_days(start: str, end: str, minutes: int) -> None:
    assert open_time_between(london(start), london(end), HOURS) == minutes * MINUTE


@given(INSTANTS, st.integers(0, 20_000))
def test_an_office_that_never_closes_is_open_all_the_time(start: datetime, minutes: int) -> None:
    assert open_time_between(start, start + minutes * MINUTE, ALWAYS) == minutes * MINUTE


@given(OFFICES, INSTANTS, st.integers(0, 3000))
def test_open_time_is_what_a_watch_stopped_at_every_closing_would_show(
    hours: OfficeHours, start: datetime, minutes: int
) -> None:
    # All spans here begin and end on a minute, so the office does not open or close within one.
    ticked = sum(hours.is_open(start + step * MINUTE) for step in range(minutes))
    assert open_time_between(start, start + minutes * MINUTE, hours) == ticked * MINUTE


@given(OFFICES, st.lists(INSTANTS, min_size=3, max_size=3))
def test_open_time_adds_up(hours: OfficeHours, instants: list[datetime]) -> None:
    first, middle, last = sorted(instants)
    parts = open_time_between(first, middle, hours) + open_time_between(middle, last, hours)
    assert parts == open_time_between(first, last, hours)


@given(OFFICES, INSTANTS, WITHINS)
def test_minutes_and_hours_are_open_time_and_end_as_soon_as_they_are_over(
    hours: OfficeHours, received: datetime, within: Within
) -> None:
    assume(any(hours.weekly) and within.unit is not Unit.DAY)
    due = due_by(received, within, hours)
    assert open_time_between(received, due, hours) == within.by_the_clock
    assert open_time_between(received, due - MINUTE, hours) < within.by_the_clock


@given(OFFICES, INSTANTS, st.integers(1, 6))
def test_a_day_is_an_instant_of_the_next_day_the_office_opens(
    hours: OfficeHours, received: datetime, days: int
) -> None:
    assume(any(hours.weekly))
    due = due_by(received, Within(days, Unit.DAY), hours)
    assert any(opens <= due <= closes for opens, closes in hours.spans(hours.local_day(due - MINUTE))) or hours.is_open(
        due
    )
    following = due_by(received, Within(days + 1, Unit.DAY), hours)
    assert following > due


@given(OFFICES, st.lists(INSTANTS, min_size=2, max_size=6), WITHINS)
def test_who_rang_first_is_never_due_later(hours: OfficeHours, instants: list[datetime], within: Within) -> None:
    due = [due_by(received, within, hours) for received in sorted(instants)]
    assert all(earlier <= later for earlier, later in pairwise(due))
    assert all(received < by for received, by in zip(sorted(instants), due, strict=True))
