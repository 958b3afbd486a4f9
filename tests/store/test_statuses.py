"""Statuses are read back as they were set, between their first and last instant, unless cleared."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from phonebot.domain.hours import parse_hours
from phonebot.domain.office import Office, OfficeBook, Person
from phonebot.domain.status import AwayStatus, ExpectedBack, Grain, Presence, status_at
from phonebot.store.database import Database
from phonebot.store.offices import save_office
from phonebot.store.statuses import add_status, clear_statuses, statuses_of

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
INSTANT = timedelta(microseconds=1)

MEETINGS = AwayStatus(
    person="sue",
    activity="in meetings",
    presence=Presence.AWAY,
    starts=NOON,
    ends=NOON + 4 * HOUR,
    back=ExpectedBack(NOON + 2 * HOUR, Grain.INSTANT),
    leeway=timedelta(minutes=30),
    cover="tom",
    set_at=NOON - HOUR,
)
LEAVE = replace(
    MEETINGS, activity="on leave", back=ExpectedBack(NOON + 48 * HOUR, Grain.DAY), set_at=NOON, discreet=True
)


@pytest.fixture
def office(database: Database) -> Database:
    people = tuple(Person(name.lower(), name) for name in ("Sue", "Tom", "Ann"))
    with database.write() as session:
        save_office(session, OfficeBook(Office("Hart", parse_hours({}, [], ZoneInfo("UTC"))), people), NOON)
    return database


def set_statuses(database: Database, *statuses: AwayStatus) -> None:
    with database.write() as session:
        for status in statuses:
            add_status(session, status)


def at(database: Database, instant: datetime, *people: str) -> list[AwayStatus]:
    with database.read() as session:
        return statuses_of(session, people or ("sue",), instant)


@pytest.mark.parametrize(
    "status",
    [
        MEETINGS,
        LEAVE,
        replace(MEETINGS, back=None, cover=None, activity="", presence=Presence.IN, leeway=timedelta(0)),
        replace(MEETINGS, back=ExpectedBack(NOON, Grain.DAYPART)),
    ],
)
def test_a_status_is_read_back_as_it_was_set(office: Database, status: AwayStatus) -> None:
    set_statuses(office, status)
    assert at(office, NOON) == [status]


@pytest.mark.parametrize(
    ("instant", "speaks"),
    [
        (MEETINGS.starts - INSTANT, False),
        (MEETINGS.starts, True),
        (MEETINGS.ends, True),
        (MEETINGS.ends + INSTANT, False),
        (MEETINGS.ends.astimezone(ZoneInfo("Asia/Tokyo")), True),
    ],
)
def test_a_status_is_found_from_its_first_to_its_last_instant(
    office: Database, instant: datetime, speaks: bool
) -> None:
    set_statuses(office, MEETINGS)
    assert bool(at(office, instant)) is speaks
    assert MEETINGS.covers(instant) is speaks


def test_of_two_that_overlap_the_later_set_comes_first_whichever_was_written_first(office: Database) -> None:
    set_statuses(office, LEAVE, MEETINGS)
    assert at(office, NOON) == [LEAVE, MEETINGS]


def test_of_two_set_at_one_instant_the_later_written_speaks(office: Database) -> None:
    second = replace(MEETINGS, activity="travelling")
    set_statuses(office, MEETINGS, second)
    assert status_at(at(office, NOON), NOON) == second


def test_statuses_of_several_people_are_found_and_nobody_elses(office: Database) -> None:
    set_statuses(office, *(replace(MEETINGS, person=person) for person in ("sue", "tom", "ann")))
    assert {status.person for status in at(office, NOON, "sue", "ann")} == {"sue", "ann"}
    with office.read() as session:
        assert statuses_of(session, [], NOON) == []


def test_what_is_cleared_speaks_no_more_and_what_is_set_afterwards_does(office: Database) -> None:
    tomorrow = replace(LEAVE, starts=NOON + 24 * HOUR, ends=NOON + 48 * HOUR)
    set_statuses(office, MEETINGS, tomorrow, replace(MEETINGS, person="tom"))
    with office.write() as session:
        assert clear_statuses(session, "sue", NOON + HOUR) == 2
        assert clear_statuses(session, "sue", NOON + HOUR) == 0
    assert at(office, NOON + HOUR) == at(office, tomorrow.starts) == []
    assert [status.person for status in at(office, NOON + HOUR, "tom")] == ["tom"]
    set_statuses(office, LEAVE)
    assert at(office, NOON + HOUR) == [LEAVE]


def test_clearing_leaves_what_is_over_as_it_was(office: Database) -> None:
    set_statuses(office, MEETINGS)
    with office.write() as session:
        assert clear_statuses(session, "sue", MEETINGS.ends + INSTANT) == 0
    assert at(office, NOON) == [MEETINGS]
