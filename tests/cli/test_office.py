"""The database is made and kept up to date, and the office loaded, from the command line."""

from pathlib import Path

import pytest

from tests.cli.conftest import CommandLine


def test_migrating_again_changes_nothing_and_says_so(command: CommandLine) -> None:
    assert "already" in command.says("migrate")


def test_an_empty_database_is_migrated(bare_database_url: str, tmp_path: Path) -> None:
    command = CommandLine(bare_database_url, tmp_path)
    assert "already" not in command.says("migrate")
    assert command.says("messages", "--json") == "[]\n"


def test_loading_makes_a_database_file_that_is_not_there(tmp_path: Path, office_toml: Path) -> None:
    command = CommandLine(f"sqlite:///{tmp_path / 'new' / 'phonebot.db'}", tmp_path)
    assert "Made the database" in command.says("load", str(office_toml))
    assert "Sue Cohen" in command.says("hear", "sue")


def test_no_database_is_made_for_an_office_that_cannot_be_loaded(tmp_path: Path) -> None:
    command = CommandLine(f"sqlite:///{tmp_path / 'new' / 'phonebot.db'}", tmp_path)
    assert "nowhere.toml" in command.refuses("load", str(tmp_path / "nowhere.toml"))
    assert not (tmp_path / "new").exists()


def test_loading_says_what_changed_and_the_second_time_that_nothing_has(
    command: CommandLine, office_toml: Path
) -> None:
    first = command.says("load", str(office_toml))
    assert "2 people, 3 lines" in first
    assert "people new: tom, sue" in first
    assert "Nothing has changed" in command.says("load", str(office_toml))
    office_toml.write_text(office_toml.read_text().replace('id = "tom"', 'id = "ann"').replace('"tom"', '"ann"'))
    third = command.says("load", str(office_toml))
    assert "people new: ann" in third
    assert "people changed: sue" in third
    assert "people departed: tom" in third
    assert "lines changed: +442079460102" in third


@pytest.mark.parametrize(
    ("right", "wrong", "line"),
    [('timezone = "Europe/London"', 'timezone = "Europe/Lundon"', 4), ('cover = "tom"', 'cover = "bob"', 27)],
)
def test_a_mistake_in_the_file_names_its_line_and_changes_nothing(
    loaded: CommandLine, office_toml: Path, right: str, wrong: str, line: int
) -> None:
    before = loaded.says("status", "show", "--at", "2026-11-24T10:00", "--json")
    office_toml.write_text(office_toml.read_text().replace(right, wrong).replace("Sue Cohen", "Susan Cohen"))
    assert loaded.refuses("load", str(office_toml)).startswith(f"{office_toml}:{line}: ")
    assert loaded.says("status", "show", "--at", "2026-11-24T10:00", "--json") == before
