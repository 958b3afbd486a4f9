"""Windows cut to what the office and the person can keep, and what is offered where nothing is left."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebot.domain.hours import parse_hours
from phonebot.domain.status import Daypart
from phonebot.domain.window import Part, understand
from phonebot.domain.window_fit import Fitted, Misfit, fit

LONDON = ZoneInfo("Europe/London")
HOURS = parse_hours({"mon-fri": "09:00-12:30, 13:30-17:30"}, ["2026-12-25"], LONDON)
TUESDAY = datetime(2026, 11, 24, 10, 20, tzinfo=LONDON)
THURSDAY_OPENING = datetime(2026, 11, 26, 9, 0, tzinfo=LONDON)


def fitted(text: str, *, away_until: datetime | None = None, now: datetime = TUESDAY) -> Fitted:
    return fit(understand(text, now, LONDON), hours=HOURS, away_until=away_until, now=now)


def spans(result: Fitted) -> list[str]:
    ends = [(part.start, part.end) for part in result.parts]
    return [f"{start:%d %H:%M}-{end:%H:%M}" for start, end in ends if start is not None and end is not None]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("tomorrow", ["25 09:00-12:30", "25 13:30-17:30"]),
        ("after three", ["24 15:00-17:30"]),
        ("today", ["24 10:20-12:30", "24 13:30-17:30"]),
        ("between twelve and two tomorrow", ["25 12:00-12:30", "25 13:30-14:00"]),
        ("Thursday or Friday, not before four", ["26 16:00-17:30", "27 16:00-17:30"]),
        ("friday to monday after five", ["27 17:00-17:30", "30 17:00-17:30"]),
    ],
)
def test_what_was_meant_is_cut_to_the_opening_hours(text: str, kept: list[str]) -> None:
    result = fitted(text)
    assert spans(result) == kept
    assert result.misfit is None
    assert result.offered is None


def test_an_open_end_reaches_two_weeks() -> None:
    parts = fitted("any time").parts
    assert parts[0].start == TUESDAY
    assert parts[-1].end is not None
    assert timedelta(days=12) < parts[-1].end - TUESDAY <= timedelta(days=14)


def test_nothing_is_kept_before_the_person_is_back() -> None:
    assert spans(fitted("this week", away_until=THURSDAY_OPENING))[0] == "26 09:00-12:30"


@pytest.mark.parametrize(
    ("text", "day", "daypart"),
    [
        ("tomorrow afternoon", date(2026, 11, 26), Daypart.AFTERNOON),
        ("tomorrow", date(2026, 11, 26), Daypart.AFTERNOON),
        ("tomorrow morning", date(2026, 11, 26), Daypart.AFTERNOON),
    ],
)
def test_somebody_back_on_thursday_is_offered_for_the_afternoon(text: str, day: date, daypart: Daypart) -> None:
    result = fitted(text, away_until=THURSDAY_OPENING)
    assert result.misfit is Misfit.AWAY
    assert result.offered is not None
    assert (result.offered.day, result.offered.daypart) == (day, daypart)


def test_somebody_back_late_in_the_day_is_offered_for_the_next() -> None:
    result = fitted("tomorrow morning", away_until=datetime(2026, 11, 26, 17, 0, tzinfo=LONDON))
    assert result.offered is not None
    assert (result.offered.day, result.offered.daypart) == (date(2026, 11, 27), Daypart.MORNING)


def test_where_the_office_is_closed_the_next_opening_is_offered() -> None:
    result = fitted("Saturday afternoon")
    assert result.misfit is Misfit.CLOSED
    assert result.offered is not None
    assert (result.offered.day, result.offered.daypart) == (date(2026, 11, 30), Daypart.AFTERNOON)
    assert result.offered.part == Part(
        datetime(2026, 11, 30, 13, 30, tzinfo=LONDON), datetime(2026, 11, 30, 17, 30, tzinfo=LONDON)
    )


def test_a_closed_day_is_not_offered() -> None:
    result = fitted("Christmas day")
    assert result.offered is not None
    assert result.offered.day == date(2026, 12, 28)


def test_a_window_gone_by_is_past_and_the_next_is_offered() -> None:
    window = understand("this morning", TUESDAY, LONDON)
    result = fit(window, hours=HOURS, away_until=None, now=TUESDAY + timedelta(hours=4))
    assert result.misfit is Misfit.PAST
    assert result.offered is not None
    assert (result.offered.day, result.offered.daypart) == (date(2026, 11, 24), Daypart.AFTERNOON)


def test_what_was_not_understood_fits_nothing_and_offers_nothing() -> None:
    assert fitted("mumble") == Fitted(())


def test_an_office_that_never_opens_has_nothing_to_offer() -> None:
    never = parse_hours({}, [], LONDON)
    result = fit(understand("tomorrow", TUESDAY, LONDON), hours=never, away_until=None, now=TUESDAY)
    assert result == Fitted((), Misfit.CLOSED, None)


@given(
    st.sampled_from(["tomorrow", "any time", "after three", "Thursday or Friday", "next week", "not today", "tonight"]),
    st.integers(0, 2 * 365 * 24 * 60),
    st.none() | st.integers(0, 20 * 24),
)
def test_every_part_kept_or_offered_is_open_and_after_the_return(
    text: str, minutes: int, hours_away: int | None
) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    away_until = None if hours_away is None else now + timedelta(hours=hours_away)
    result = fit(understand(text, now, LONDON), hours=HOURS, away_until=away_until, now=now)
    parts = result.parts or ((result.offered.part,) if result.offered else ())
    for part in parts:
        assert part.start is not None
        assert part.end is not None
        assert HOURS.is_open(part.start)
        assert part.start < part.end
        assert part.start >= (away_until or now)
    assert bool(result.parts) != bool(result.misfit)
