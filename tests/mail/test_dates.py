"""Dates and windows for the eye."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebot.domain.window import Part, understand
from phonebot.mail.dates import Dates
from tests.owing import LONDON, NOW, at

DATES = Dates(LONDON, NOW)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("tomorrow after three", "Thursday 26 Nov after 15:00"),
        ("before three", "Wednesday 25 Nov 08:30–15:00"),
        ("between two and three", "Wednesday 25 Nov 14:00–15:00"),
        ("Friday", "Friday 27 Nov"),
        ("Thursday or Friday", "Thursday 26 Nov or Friday 27 Nov"),
        ("any morning next week", "Monday 30 Nov to Friday 4 Dec, each 08:00–12:00"),
        ("from Friday on", "from Friday 27 Nov on"),
        ("any time", "any time"),
        ("the 4th of January", "Monday 4 Jan 2027"),
    ],
)
def test_a_window_is_written_with_its_dates(said: str, written: str) -> None:
    assert DATES.window(understand(said, NOW, LONDON).parts) == written


@pytest.mark.parametrize(
    ("part", "written"),
    [
        (Part(None, at(27, 12)), "Friday 27 Nov before 12:00"),
        (Part(None, at(28, 0)), "Friday 27 Nov"),
        (Part(at(27, 12), None), "from Friday 27 Nov 12:00 on"),
        (Part(at(26, 0), at(28, 0)), "Thursday 26 Nov to Friday 27 Nov"),
        (Part(at(26, 14), at(27, 11)), "Thursday 26 Nov 14:00 to Friday 27 Nov 11:00"),
        (Part(at(26, 0), at(26, 12)), "Thursday 26 Nov before 12:00"),
    ],
)
def test_every_shape_of_part_has_its_words(part: Part, written: str) -> None:
    assert DATES.window([part]) == written


def test_many_parts_that_are_no_row_of_days_end_with_the_last() -> None:
    parts = [Part(at(day, 9), at(day, 9 + day % 4)) for day in (26, 27, 28, 29, 30)]

    assert "and so on until Monday 30 Nov" in DATES.window(parts)


def test_times_are_the_offices_wherever_the_instant_comes_from() -> None:
    assert Dates(LONDON, NOW).at(datetime(2026, 7, 1, 12, 0, tzinfo=UTC)) == "Wednesday 1 Jul 13:00"


@pytest.mark.parametrize(
    ("instant", "past", "since"),
    [
        (at(25, 7), "Wednesday 07:00", "07:00"),
        (at(24, 23, 59), "Tuesday 23:59", "yesterday"),
        (at(20, 9), "Friday 09:00", "Friday"),
        (at(18, 9), "Wednesday 18 Nov 09:00", "18 Nov"),
        (at(25, 9) - timedelta(days=365), "Tuesday 25 Nov 2025 09:00", "25 Nov 2025"),
        (at(26, 9), "Thursday 26 Nov 09:00", "26 Nov"),
    ],
)
def test_a_weekday_alone_is_never_a_week_away(instant: datetime, past: str, since: str) -> None:
    assert (DATES.past(instant), DATES.since(instant)) == (past, since)


INSTANTS = st.none() | st.integers(-5000, 5000).map(lambda minutes: NOW + timedelta(minutes=minutes))


@given(st.lists(st.tuples(INSTANTS, INSTANTS), min_size=1, max_size=6))
def test_every_window_can_be_written(pairs: list[tuple[datetime | None, datetime | None]]) -> None:
    parts = [Part(start, end) for start, end in pairs if start is None or end is None or start < end]

    written = DATES.window(parts)

    assert bool(written) == bool(parts)
    assert "None" not in written
    assert written == " ".join(written.split())
