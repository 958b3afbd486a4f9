"""When the office is open, at the boundary second, across the clocks changing, and what of office.toml is refused."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebot.domain.hours import HoursMistake, OfficeHours, parse_hours

LONDON = ZoneInfo("Europe/London")
HOURS = parse_hours(
    {"mon-thu": "09:00-12:30, 13:30-17:00", "fri": "09:00-13:00", "sat": "closed"}, ["2026-12-25"], LONDON
)


def london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        ("2026-11-24T08:59:59.999999", False),
        ("2026-11-24T09:00", True),
        ("2026-11-24T12:29:59.999999", True),
        ("2026-11-24T12:30", False),
        ("2026-11-24T13:30", True),
        ("2026-11-24T16:59:59", True),
        ("2026-11-24T17:00", False),
        ("2026-11-28T10:00", False),  # Saturday
        ("2026-12-25T10:00", False),  # a Friday, and closed
    ],
)
def test_a_spans_first_second_is_open_and_its_last_is_not(at: str, is_open: bool) -> None:
    assert HOURS.is_open(london(at)) is is_open
    assert HOURS.is_open(london(at).astimezone(ZoneInfo("Asia/Tokyo"))) is is_open


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        ("2026-11-24T08:59", "2026-11-24T09:00"),
        ("2026-11-24T09:00", "2026-11-24T13:30"),
        ("2026-11-24T12:45", "2026-11-24T13:30"),
        ("2026-11-24T18:00", "2026-11-25T09:00"),
        ("2026-11-27T14:00", "2026-11-30T09:00"),
        ("2026-12-24T18:00", "2026-12-28T09:00"),
        ("2027-03-26T14:00", "2027-03-29T09:00"),  # the clocks go forward in between
    ],
)
def test_the_next_opening_steps_over_lunch_weekends_and_closed_days(at: str, opens: str) -> None:
    assert HOURS.opens_next(london(at)) == london(opens).astimezone(UTC)


def test_a_range_of_days_may_wrap_the_week() -> None:
    hours = parse_hours({"fri-mon": "10:00-16:00"}, [], LONDON)
    assert [bool(spans) for spans in hours.weekly] == [True, False, False, False, True, True, True]


def test_an_office_may_be_open_until_midnight_and_all_night() -> None:
    hours = parse_hours({"mon-sun": "00:00-24:00"}, [], LONDON)
    assert hours.is_open(london("2027-03-27T23:59:59"))
    assert hours.closes(date(2027, 3, 27)) == london("2027-03-28T00:00").astimezone(UTC)


def test_an_office_open_all_day_is_open_25_hours_when_the_clocks_go_back() -> None:
    hours = parse_hours({"sun": "00:00-24:00"}, [], LONDON)
    day = date(2026, 10, 25)
    opens, closes = hours.opens(day), hours.closes(day)
    assert opens is not None
    assert closes is not None
    assert closes - opens == timedelta(hours=25)


def test_an_office_without_hours_never_opens() -> None:
    assert OfficeHours(LONDON).opens_next(london("2026-11-24T10:00")) is None
    assert OfficeHours(LONDON).is_closed_day(date(2026, 11, 24))
    assert OfficeHours(LONDON).opens(date(2026, 11, 24)) is None
    assert OfficeHours(LONDON).closes(date(2026, 11, 24)) is None


@pytest.mark.parametrize(
    ("hours", "closed", "key"),
    [
        ({"someday": "09:00-17:00"}, [], "someday"),
        ({"mon-": "09:00-17:00"}, [], "mon-"),
        ({"mon": "9-17"}, [], "mon"),
        ({"mon": ""}, [], "mon"),
        ({"mon": "17:00-09:00"}, [], "mon"),
        ({"mon": "09:00-25:00"}, [], "mon"),
        ({"mon": "09:00-09:00"}, [], "mon"),
        ({"mon": "09:00-13:00, 12:00-17:00"}, [], "mon"),
        ({"mon": "20:00-24:00, 09:00-17:00"}, [], "mon"),
        ({"mon-wed": "09:00-17:00", "wed": "closed"}, [], "wed"),
        ({"mon": "09:00-17:00"}, ["25 December"], "closed"),
        ({"mon": "09:00-17:00"}, ["2026-02-30"], "closed"),
    ],
)
def test_hours_that_cannot_be_meant_are_refused_by_their_key(
    hours: dict[str, str], closed: list[str], key: str
) -> None:
    with pytest.raises(HoursMistake) as refused:
        parse_hours(hours, closed, LONDON)
    assert refused.value.key == key
    assert "\n" not in str(refused.value)


@given(
    at=st.integers(0, 2 * 365 * 24 * 60).map(
        lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    ),
    zone=st.sampled_from(["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"]),
)
def test_the_office_is_open_at_its_next_opening_and_closed_until_then(at: datetime, zone: str) -> None:
    hours = OfficeHours(ZoneInfo(zone), ((((time(9), time(17))),),) * 5 + ((),) * 2, frozenset({date(2026, 12, 25)}))
    opens = hours.opens_next(at)
    assert opens is not None
    assert opens > at
    assert hours.is_open(opens)
    assert not hours.is_open(opens - timedelta(microseconds=1))
