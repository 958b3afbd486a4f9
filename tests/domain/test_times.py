"""Instants and durations as they are typed."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebot.domain.times import TimeMistake, is_date_alone, parse_duration, parse_instant

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-11-24T14:30", "2026-11-24T14:30+00:00"),
        ("2026-07-24T14:30", "2026-07-24T13:30+00:00"),
        ("2026-07-24T14:30Z", "2026-07-24T14:30+00:00"),
        ("2026-07-24T14:30+02:00", "2026-07-24T12:30+00:00"),
        ("2026-07-24", "2026-07-23T23:00+00:00"),
        (" 2026-07-24 14:30 ", "2026-07-24T13:30+00:00"),
        ("2026-10-25T01:30", "2026-10-25T00:30+00:00"),  # shown twice: the first
        ("2027-03-28T00:59", "2027-03-28T00:59+00:00"),
        ("2027-03-28T02:01", "2027-03-28T01:01+00:00"),
    ],
)
def test_a_time_without_an_offset_is_the_offices(text: str, instant: str) -> None:
    assert parse_instant(text, LONDON) == datetime.fromisoformat(instant)


@pytest.mark.parametrize(
    "text", ["", "tomorrow", "14:30", "2026-02-30", "2026-11-24T25:00", "2027-03-28T01:30", "0001-01-01T00:00+14:00"]
)
def test_a_time_that_cannot_be_meant_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(TimeMistake) as refused:
        parse_instant(text, LONDON)
    assert "\n" not in str(refused.value)


def test_a_date_alone_is_its_first_instant_even_where_midnight_does_not_exist() -> None:
    assert parse_instant("2026-03-29", ZoneInfo("Asia/Beirut")) == datetime(2026, 3, 28, 22, tzinfo=UTC)
    assert is_date_alone("2026-03-29")
    assert not is_date_alone("2026-03-29T00:00")


@pytest.mark.parametrize(
    ("text", "minutes"), [("30m", 30), ("2h", 120), ("1h30m", 90), ("0m", 0), (" 45M ", 45), ("90m", 90)]
)
def test_durations_are_hours_and_minutes(text: str, minutes: int) -> None:
    assert parse_duration(text) == timedelta(minutes=minutes)


@pytest.mark.parametrize("text", ["", " ", "30", "m", "30m1h", "-5m", "1.5h", "half an hour", "99999h", "٣m"])
def test_anything_else_is_no_duration(text: str) -> None:
    with pytest.raises(TimeMistake):
        parse_duration(text)


@given(st.text(max_size=30))
def test_no_text_raises_anything_but_a_time_mistake(text: str) -> None:
    with suppress(TimeMistake):
        assert parse_instant(text, LONDON).tzinfo is UTC
    with suppress(TimeMistake):
        assert parse_duration(text) >= timedelta(0)
