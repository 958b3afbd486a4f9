"""A status is kept whole or refused with nothing changed, and is read as of the time it begins."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from phonebot.domain.status_draft import StatusMistake
from phonebot.domain.status_text import StatusUnreadable
from phonebot.domain.times import TimeMistake
from phonebot.services.office.hearing import hear
from phonebot.services.office.loading import load
from phonebot.services.office.statuses import Note, NotePromises, clear_status, set_status
from phonebot.store.database import Database
from tests.offices import OFFICE_TOML

TUESDAY = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)


@pytest.fixture
def office(database: Database, tmp_path: Path) -> Database:
    file = tmp_path / "office.toml"
    file.write_text(OFFICE_TOML)
    load(database, file, TUESDAY)
    return database


def test_of_two_statuses_the_one_set_last_is_heard_until_it_is_cleared(office: Database) -> None:
    set_status(office, "sue", Note("travelling"), TUESDAY)
    set_status(office, "sue", Note("in meetings until two"), TUESDAY + timedelta(seconds=1))
    assert hear(office, "sue", None, TUESDAY + timedelta(minutes=1)).status == "in meetings"
    cleared, heard = clear_status(office, "sue", TUESDAY + timedelta(minutes=2))
    assert (cleared, heard.status) == (2, None)
    assert "Sue can't take your call just now" in heard.words


def test_a_status_for_later_is_heard_as_of_its_beginning(office: Database) -> None:
    status = set_status(office, "sue", Note("travelling, back friday at ten", from_="2026-12-01T09:00"), TUESDAY)
    assert "Tuesday the 1st of December" in status.heard.words
    assert "Friday" in status.heard.words
    assert status.heard.back == datetime(2026, 12, 4, 10, tzinfo=UTC)
    assert hear(office, "sue", None, TUESDAY).status is None


def test_a_status_set_while_the_office_is_closed_is_heard_as_of_its_opening_too(office: Database) -> None:
    before = TUESDAY.replace(hour=7)
    opening = set_status(office, "sue", Note("in meetings"), before).heard_open
    assert opening is not None
    assert opening.at == TUESDAY.replace(hour=9, minute=0)
    assert "in meetings" in opening.words
    assert set_status(office, "sue", Note("in", until="2026-11-24T08:00"), before).heard_open is None
    assert set_status(office, "sue", Note("in meetings"), TUESDAY).heard_open is None


def test_a_note_that_began_earlier_is_read_as_of_now(office: Database) -> None:
    status = set_status(office, "sue", Note("in meetings until two", from_="2026-11-23T09:00"), TUESDAY)
    assert status.heard.back == datetime(2026, 11, 24, 14, tzinfo=UTC)
    assert status.starts == datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "note",
    [Note(back="2026-11-24T14:00"), Note(" ", until="2026-11-24T14:00"), Note(cover="tom"), Note(leeway="1h")],
    ids=["back", "until", "cover", "leeway"],
)
def test_options_alone_say_that_somebody_is_out(office: Database, note: Note) -> None:
    heard = set_status(office, "sue", note, TUESDAY).heard
    assert heard.status == "out"
    assert "out of the office" in heard.words


@pytest.mark.parametrize(
    ("note", "why"),
    [
        (Note(), StatusUnreadable),
        (Note("out until the cows come home"), StatusUnreadable),
        (Note("out, we will ring you by five"), NotePromises),
        (Note("back soon, your call will be returned"), NotePromises),
        (Note("out", until="2026-11-24T10:41"), StatusMistake),
        (Note("out", back="2026-11-24T10:41"), StatusMistake),
        (Note("out", cover="sue"), StatusMistake),
        (Note("out", back="2027-03-28T01:30"), TimeMistake),
        (Note("out", leeway="a while"), TimeMistake),
    ],
)
def test_what_cannot_be_kept_is_refused_in_one_line_and_changes_nothing(
    office: Database, note: Note, why: type[Exception]
) -> None:
    with pytest.raises(why) as refused:
        set_status(office, "sue", note, TUESDAY)
    assert "\n" not in str(refused.value)
    assert hear(office, "sue", None, TUESDAY).status is None


def test_a_refused_promise_is_quoted_with_what_to_write_instead(office: Database) -> None:
    with pytest.raises(NotePromises, match=r'"we will ring you by five".*such as'):
        set_status(office, "sue", Note("out, we will ring you by five"), TUESDAY)
