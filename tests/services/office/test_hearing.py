"""What is heard is what a call would say, by the office's own clocks."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from phonebot.services.office.hearing import everybody, hear
from phonebot.services.office.loading import load
from phonebot.services.office.people import Nobody, NoOffice
from phonebot.services.office.statuses import Note, clear_status, set_status
from phonebot.store.database import Database
from tests.offices import OFFICE_TOML
from tests.running import TUESDAY, Phonebot, running

NOTES = ["in", "in meetings until two", "on leave until Monday, tom covers", "travelling, back tomorrow at nine", "out"]


@pytest.fixture
def database_kind() -> str:
    """What is heard is the same on both databases, and so are the statements, which a call shares."""
    return "sqlite"


@pytest.fixture
def phonebot(tmp_path: Path, database_url: str) -> Iterator[Phonebot]:
    with running(tmp_path, database_url) as one:
        yield one


@pytest.mark.parametrize("note", NOTES)
def test_a_caller_hears_the_same_words(phonebot: Phonebot, note: str) -> None:
    heard = set_status(phonebot.database, "sue", Note(note), TUESDAY).heard
    assert heard == hear(phonebot.database, "sue", None, TUESDAY)
    call = phonebot.rings()
    call.hears(heard.words)
    call.hangs_up()


def test_everybody_is_heard_as_one_by_one(phonebot: Phonebot) -> None:
    set_status(phonebot.database, "tom", Note("out"), TUESDAY)
    set_status(phonebot.database, "sue", Note("on leave until Monday, tom covers"), TUESDAY)
    alone = [hear(phonebot.database, person, None, TUESDAY) for person in ("tom", "sue")]
    assert everybody(phonebot.database, None, TUESDAY) == alone
    # A cover who is out as well is not named.
    assert "Tom" not in alone[1].words
    clear_status(phonebot.database, "tom", TUESDAY)
    assert "Tom Hart is covering" in hear(phonebot.database, "sue", None, TUESDAY).words


def test_times_without_an_offset_are_the_offices_and_so_are_those_given_back(
    database: Database, tmp_path: Path
) -> None:
    file = tmp_path / "office.toml"
    file.write_text(OFFICE_TOML.replace("Europe/London", "America/New_York"))
    load(database, file, TUESDAY)
    note = Note("", from_="2026-12-01T09:00", back="2026-12-01T14:00")
    status = set_status(database, "sue", note, TUESDAY)
    assert status.starts.isoformat() == "2026-12-01T09:00:00-05:00"
    assert hear(database, "sue", "2026-12-01T13:59", TUESDAY).back == datetime(2026, 12, 1, 19, tzinfo=UTC)
    assert (
        hear(database, "sue", "2026-12-01T18:59Z", TUESDAY).words
        == hear(database, "sue", "2026-12-01T13:59", TUESDAY).words
    )


def test_whoever_has_left_is_not_heard(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "office.toml"
    with pytest.raises(NoOffice):
        hear(database, "tom", None, TUESDAY)
    for text in (OFFICE_TOML, OFFICE_TOML.replace('"tom"', '"ann"')):
        file.write_text(text)
        load(database, file, TUESDAY)
    with pytest.raises(Nobody, match="ann, sue"):
        hear(database, "tom", None, TUESDAY)
    assert [one.who for one in everybody(database, None, TUESDAY)] == ["ann", "sue"]


def test_many_names_are_not_all_listed() -> None:
    assert str(Nobody("person", "bob", map(str, range(25)))).endswith("18, 19 and 5 more")
