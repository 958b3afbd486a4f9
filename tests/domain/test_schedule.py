"""Daily times: once each across clock changes, missing days and clocks that step, and when texts may go."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from phonebot.domain.schedule import Slot, latest_slot, next_slot, resume_from, slots, within_texting_hours
from phonebot.domain.times import local_exists

LONDON = ZoneInfo("Europe/London")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
APIA = ZoneInfo("Pacific/Apia")
ZONES = st.sampled_from(
    [LONDON, LORD_HOWE, APIA, *map(ZoneInfo, ("America/Havana", "Asia/Beirut", "America/St_Johns", "Asia/Kathmandu"))]
)
CLOCKS = st.builds(time, st.integers(0, 23), st.integers(0, 59))
INSTANTS = st.timedeltas(timedelta(0), timedelta(days=7600)).map(lambda since: datetime(2009, 1, 1, tzinfo=UTC) + since)
AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def keys(clocks: list[str], zone: ZoneInfo, after: str, until: str) -> list[str]:
    return [slot.key for slot in slots([time.fromisoformat(each) for each in clocks], zone, utc(after), utc(until))]


def test_slots_come_in_order_with_the_first_instant_left_out_and_the_last_let_in() -> None:
    found = keys(["16:00", "08:30"], LONDON, "2026-11-23T16:00", "2026-11-25T08:30")
    assert found == ["2026-11-24T08:30", "2026-11-24T16:00", "2026-11-25T08:30"]


@pytest.mark.parametrize(
    ("clocks", "zone", "after", "until", "expected"),
    [
        # 01:30 is left out on 29 March, and had at 02:30; twice on 25 October.
        (["01:30"], LONDON, "2026-03-28T12:00", "2026-03-30T12:00", ["2026-03-29T01:30", "2026-03-30T01:30"]),
        (["01:30", "02:00"], LONDON, "2026-03-28T12:00", "2026-03-29T12:00", ["2026-03-29T02:00", "2026-03-29T01:30"]),
        (["01:30", "02:30"], LONDON, "2026-03-28T12:00", "2026-03-29T12:00", ["2026-03-29T02:30"]),
        (["01:30"], LONDON, "2026-10-24T12:00", "2026-10-26T12:00", ["2026-10-25T01:30", "2026-10-26T01:30"]),
        (["08:30"], LONDON, "2028-02-28T12:00", "2028-03-01T12:00", ["2028-02-29T08:30", "2028-03-01T08:30"]),
        (["08:30"], APIA, "2011-12-29T12:00", "2011-12-31T00:00", ["2011-12-29T08:30", "2011-12-31T08:30"]),
        ([], LONDON, "2026-01-01T00:00", "2027-01-01T00:00", []),
        (["08:30"], LONDON, "2026-11-24T12:00", "2026-11-24T11:00", []),
    ],
)
def test_a_time_left_out_or_shown_twice_comes_once(
    clocks: list[str], zone: ZoneInfo, after: str, until: str, expected: list[str]
) -> None:
    assert keys(clocks, zone, after, until) == expected


def test_a_time_the_clocks_leave_out_comes_as_much_later_as_they_went_forward() -> None:
    [slot] = slots([time(1, 30)], LONDON, utc("2026-03-29T00:00"), utc("2026-03-29T12:00"))
    assert slot == Slot(date(2026, 3, 29), time(1, 30), utc("2026-03-29T01:30"))
    assert slot.at.astimezone(LONDON).time() == time(2, 30)


@given(ZONES, st.lists(CLOCKS, max_size=4), INSTANTS, st.lists(st.timedeltas(timedelta(0), timedelta(days=9))))
@example(APIA, [time(8, 30), time(16)], utc("2011-12-28T00:00"), [A_DAY, AN_HOUR, A_DAY, A_DAY])
def test_stretches_end_to_end_hold_what_the_whole_holds(
    zone: ZoneInfo, clocks: list[time], start: datetime, stretches: list[timedelta]
) -> None:
    at, pieces = start, list[Slot]()
    for stretch in stretches:
        pieces += slots(clocks, zone, at, at + stretch)
        at += stretch
    assert pieces == list(slots(clocks, zone, start, at))
    assert [slot.at for slot in pieces] == sorted({slot.at for slot in pieces})


@given(ZONES, CLOCKS, INSTANTS)
def test_every_day_that_exists_has_its_time_once(zone: ZoneInfo, clock: time, start: datetime) -> None:
    found = [slot.day for slot in slots([clock], zone, start, start + timedelta(days=40))]
    middle = {start.astimezone(zone).date() + timedelta(days=step) for step in range(2, 38)}
    existing = {day for day in middle if local_exists(datetime.combine(day, time(12)), zone)}
    assert existing <= set(found)
    assert len(found) == len(set(found))


@given(ZONES, st.lists(CLOCKS, min_size=1, max_size=4), INSTANTS, st.timedeltas(timedelta(0), timedelta(days=30)))
def test_the_next_and_the_latest_are_the_first_and_the_last_of_all(
    zone: ZoneInfo, clocks: list[time], start: datetime, stretch: timedelta
) -> None:
    every = list(slots(clocks, zone, start, start + stretch))
    assert latest_slot(clocks, zone, start, start + stretch) == (every[-1] if every else None)
    coming = next_slot(clocks, zone, start)
    assert coming is not None
    assert coming.at > start
    assert not every or coming == every[0]


def test_without_times_there_is_no_next_one() -> None:
    assert next_slot([], LONDON, utc("2026-11-24T12:00")) is None
    assert latest_slot([], LONDON, utc("2026-11-24T12:00"), utc("2027-11-24T12:00")) is None


@pytest.mark.parametrize(
    ("mark", "resumed"),
    [
        (None, "2026-11-24T12:00"),
        ("2026-11-20T12:00", "2026-11-20T12:00"),
        ("2026-11-24T13:00", "2026-11-24T13:00"),  # the clock was set back an hour
        ("2026-11-25T12:00", "2026-11-25T12:00"),
        ("2026-11-25T12:01", "2026-11-24T12:00"),  # made by a clock that was wrong
    ],
)
def test_planning_goes_on_from_its_mark_unless_that_cannot_be_right(mark: str | None, resumed: str) -> None:
    assert resume_from(None if mark is None else utc(mark), utc("2026-11-24T12:00")) == utc(resumed)


@given(
    ZONES,
    st.lists(CLOCKS, min_size=1, max_size=4),
    INSTANTS,
    st.lists(st.timedeltas(-AN_HOUR, timedelta(days=3)), min_size=1, max_size=30),
)
@example(LONDON, [time(1, 30)], utc("2026-10-25T00:00"), [timedelta(minutes=40), -AN_HOUR, AN_HOUR, AN_HOUR, A_DAY])
def test_a_clock_that_steps_repeats_no_slot_and_skips_none_that_a_later_one_does_not_cover(
    zone: ZoneInfo, clocks: list[time], start: datetime, steps: list[timedelta]
) -> None:
    mark, now, furthest, done = start, start, start, list[Slot]()
    for step in steps:
        now += step
        furthest = max(furthest, now)
        after = resume_from(mark, now)
        if (due := latest_slot(clocks, zone, after, now)) is not None:
            assert due.at <= now
            done.append(due)
        mark = max(after, now)
        # Clocks that keep stepping back may fall a day behind in all, and are then believed.
        if furthest - now > A_DAY:
            return
        every = list(slots(clocks, zone, start, furthest))
        assert len({slot.key for slot in done}) == len(done)
        assert done == sorted(done, key=lambda slot: slot.at)
        assert not every or done[-1] == every[-1]


@pytest.mark.parametrize(
    ("now", "may_go"),
    [
        ("2026-11-24T08:00", "2026-11-24T08:00"),
        ("2026-11-24T20:59:59.999999", "2026-11-24T20:59:59.999999"),
        ("2026-11-24T21:00", "2026-11-25T08:00"),
        ("2026-11-24T07:59:59", "2026-11-24T08:00"),
        ("2026-12-31T23:30", "2027-01-01T08:00"),
        ("2026-03-28T22:00", "2026-03-29T07:00"),  # the clocks go forward that night
        ("2026-07-01T20:30", "2026-07-02T07:00"),  # 21:30 in London
    ],
)
def test_texts_to_callers_wait_for_the_morning(now: str, may_go: str) -> None:
    assert within_texting_hours(utc(now), LONDON) == utc(may_go)


@given(ZONES, INSTANTS)
def test_a_text_never_goes_by_night_and_never_waits_for_more_than_one(zone: ZoneInfo, now: datetime) -> None:
    may_go = within_texting_hours(now.astimezone(zone), zone)
    assert now <= may_go <= now + timedelta(hours=13)
    assert may_go.tzinfo is UTC
    assert time(8) <= may_go.astimezone(zone).time() < time(21)
