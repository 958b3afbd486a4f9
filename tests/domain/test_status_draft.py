"""An away status made of a note and its options: the defaults, and which contradictions are refused."""

from datetime import timedelta

import pytest

from phonebot.domain.status import ExpectedBack, Grain, Presence, parse_back
from phonebot.domain.status_draft import StatusDraft, StatusMistake, StatusOptions, make_status
from tests.whereabouts import OFFICE, PEOPLE, SUE, london, status

NOW = "2026-11-24T10:42"


def test_a_status_lasts_from_now_until_midnight_with_half_an_hours_leeway() -> None:
    made = status("in meetings until two", NOW)
    assert (made.starts, made.ends) == (london(NOW), london("2026-11-25T00:00"))
    assert (made.leeway, made.set_at, made.person) == (timedelta(minutes=30), london(NOW), "sue")


@pytest.mark.parametrize(
    ("note", "ends"),
    [
        ("back tomorrow at nine", "2026-11-25T09:30"),
        ("back tomorrow at nine, leeway 0m", "2026-11-25T09:00"),
        ("back tomorrow", "2026-11-25T17:30"),
        ("back tomorrow morning", "2026-11-25T12:00"),
        ("back tomorrow afternoon", "2026-11-25T17:30"),
        ("back at 23:45", "2026-11-25T00:15"),
        ("back on Saturday", "2026-11-29T00:00"),  # a closed day lasts until its midnight
        ("from Thursday travelling", "2026-11-27T00:00"),
    ],
)
def test_a_status_lasts_until_the_return_and_its_leeway_where_that_is_after_midnight(note: str, ends: str) -> None:
    assert status(note, NOW).ends == london(ends)


def test_an_option_wins_over_the_note() -> None:
    options = StatusOptions(
        from_=london("2026-11-24T12:00"),
        until=london("2026-11-24T20:00"),
        back=parse_back("2026-11-24T15:00", OFFICE.hours),
        leeway=timedelta(minutes=10),
        cover="ann1",
    )
    made = status("in meetings until two, leeway 1h, tom covers", NOW, options)
    assert (made.starts, made.ends) == (options.from_, options.until)
    assert (made.back, made.leeway, made.cover) == (options.back, options.leeway, "ann1")
    assert status("in meetings until two", NOW, StatusOptions(leeway=timedelta(0))).leeway == timedelta(0)


def test_a_date_alone_is_a_return_some_time_that_day() -> None:
    assert parse_back("2026-12-07", OFFICE.hours) == ExpectedBack(london("2026-12-07T09:00"), Grain.DAY)


@pytest.mark.parametrize(
    "options",
    [
        StatusOptions(until=london(NOW)),
        StatusOptions(until=london("2026-11-23T10:00")),
        StatusOptions(from_=london("2026-11-25T10:00"), until=london("2026-11-25T09:00")),
        StatusOptions(back=ExpectedBack(london("2026-11-24T10:00"))),
        StatusOptions(from_=london("2026-11-25T10:00"), back=ExpectedBack(london("2026-11-25T09:59"))),
        StatusOptions(back=ExpectedBack(london("2026-11-23T09:00"), Grain.DAY)),
        StatusOptions(cover="bob"),
        StatusOptions(cover="sue"),
        StatusOptions(cover="gus"),
    ],
)
def test_times_that_contradict_each_other_and_covers_who_are_nobody_are_mistakes(options: StatusOptions) -> None:
    with pytest.raises(StatusMistake) as refused:
        status("in meetings", NOW, options)
    assert "\n" not in str(refused.value)


def test_somebody_expected_back_today_may_still_be_so_after_the_opening() -> None:
    draft = StatusDraft("", Presence.AWAY, back=parse_back("2026-11-24", OFFICE.hours))
    made = make_status(draft, person=SUE, now=london(NOW), office=OFFICE, people=PEOPLE)
    assert made.latest(OFFICE.hours) == london("2026-11-24T17:30")
