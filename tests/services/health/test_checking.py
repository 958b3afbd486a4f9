"""The check finds what is wrong with settings, prompts, wording, flows, database, office and storage."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from phonebot.prompts import data_folder
from phonebot.services.health.checking import check_everything
from phonebot.services.office.loading import load
from phonebot.store.database import Database, NotReady
from phonebot.store.media_files import FileMedia
from tests.offices import OFFICE_TOML
from tests.services.messages.test_reading import keep, record

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
ENOUGH = {
    "PUBLIC_URL": "https://phone.example.com",
    "SECRET_KEY": "made-up",
    "TWILIO_ACCOUNT_SID": "AC" + "1" * 32,
    "TWILIO_AUTH_TOKEN": "made-up",
}


class House:
    """Flows and prompts to spoil, a database with an office, and an environment."""

    def __init__(self, folder: Path, database: Database) -> None:
        self.flows, self.prompts = folder / "flows", folder / "prompts"
        shutil.copytree(data_folder("flows"), self.flows)
        shutil.copytree(data_folder("prompts"), self.prompts)
        self.database = database
        self.office = folder / "office.toml"
        self.office.write_text(OFFICE_TOML)
        load(database, self.office, NOON)
        self.environ = {**ENOUGH, "MEDIA_DIR": str(folder / "media"), "DATABASE_URL": "postgresql://db/phonebot"}
        self.media = FileMedia(folder / "media")

    def spoil(self, file: str, old: str, new: str) -> None:
        path = self.prompts.parent / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def problems(self, *, ready: bool = True) -> dict[str, tuple[str, ...]]:
        """Everything that is not right, by what was looked at."""

        @contextmanager
        def opened() -> Iterator[Database]:
            if not ready:
                raise NotReady("the database has no tables yet")
            yield self.database

        checked = list(check_everything(self.environ, self.flows, self.prompts, opened))
        names = ["settings", "prompts", "wording", "flows", "database", *(["office"] if ready else []), "storage"]
        assert [one.what for one in checked] == names
        return {one.what: one.problems for one in checked if not one.right}


@pytest.fixture
def database_kind() -> str:
    """What is checked is the same on both databases."""
    return "sqlite"


@pytest.fixture
def house(tmp_path: Path, database: Database) -> House:
    return House(tmp_path, database)


def test_nothing_is_wrong_with_what_we_ship(house: House) -> None:
    assert house.problems() == {}


def test_settings_that_are_missing_or_bad_are_named(house: House) -> None:
    del house.environ["SECRET_KEY"]
    house.environ["PUBLIC_URL"] = "http://phone.example.com"
    (bad, missing) = house.problems()["settings"]
    assert bad.startswith("PUBLIC_URL: must be https")
    assert missing == "SECRET_KEY is not set"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("goodbye = Goodbye.", "goodbye = We'll call you back. Goodbye.", "goodbye promises"),
        ("goodbye = Goodbye.", "goodbye = " + "word " * 26, "goodbye has 26 words, and may have 25"),
        ("What you say is recorded.", "What you say from now is being recorded.", "recording-notice has 8 words"),
        ("tell me what to change.", "tell me what to change" + " again" * 20 + ".", "sum-up has 42 words"),
    ],
)
def test_wording_that_promises_or_goes_on_is_refused_with_its_place(
    house: House, old: str, new: str, expected: str
) -> None:
    house.spoil("prompts/en/dialogue.ftl", old, new)
    (line,) = house.problems()["wording"]
    assert line.startswith("en/dialogue.ftl:")
    assert expected in line


def test_a_promise_may_be_made_by_a_prompt_that_says_so_in_its_id(house: House) -> None:
    house.spoil(
        "prompts/en/dialogue.ftl", "goodbye = Goodbye.", "commit-call = We'll call you back.\ngoodbye = Goodbye."
    )
    assert "wording" not in house.problems()


def test_a_prompt_that_cannot_be_read_stops_neither_the_rest_nor_the_telling(house: House) -> None:
    house.spoil("prompts/en/dialogue.ftl", "goodbye = Goodbye.", "goodbye = { $oops")
    problems = house.problems()
    assert problems.keys() == {"prompts", "flows"}
    assert "en/dialogue.ftl" in problems["prompts"][0]


def test_a_language_that_is_not_whole_is_told_prompt_by_prompt(house: House) -> None:
    shutil.copytree(house.prompts / "en", house.prompts / "en-US")
    path = house.prompts / "en-US" / "dialogue.ftl"
    path.write_text(path.read_text().replace("goodbye = Goodbye.", "farewell = Goodbye."))
    problems = house.problems()
    assert any("goodbye" in line for line in problems["prompts"])


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("flows/line.toml", "hangup", "hungup", "line.toml"),
        ("flows/message.toml", '"ask-name"', '"ask-nome"', "ask-nome"),
    ],
)
def test_a_flow_that_is_wrong_is_told(house: House, file: str, old: str, new: str, expected: str) -> None:
    house.spoil(file, old, new)
    assert any(expected in line for line in house.problems()["flows"])


def test_a_database_that_is_not_ready_is_told(house: House) -> None:
    assert house.problems(ready=False) == {"database": ("the database has no tables yet",)}


def test_an_office_without_lines_or_without_our_language_is_told(house: House) -> None:
    text = OFFICE_TOML[: OFFICE_TOML.index("[[lines]]")].replace('"en-GB"', '"cy-GB"')
    house.office.write_text(text)
    load(house.database, house.office, NOON)
    language, lines = house.problems()["office"]
    assert "cy-GB" in language
    assert "no lines" in lines


def test_audio_in_files_is_refused_where_processes_share_no_disk(house: House) -> None:
    house.environ["DYNO"] = "web.1"
    (line,) = house.problems()["storage"]
    assert line.startswith("PHONEBOT_MEDIA=files")
    del house.environ["SECRET_KEY"]
    assert house.problems()["storage"] == (line,)
    house.environ["PHONEBOT_MEDIA"] = "database"
    assert "storage" not in house.problems()
    del house.environ["DATABASE_URL"]
    assert house.problems()["storage"][0].startswith("DATABASE_URL")


def test_audio_that_another_process_keeps_where_we_cannot_see_it_is_told(house: House) -> None:
    keep(house.database, 1)
    record(house.database, 1, "RE1")
    (line,) = house.problems()["storage"]
    assert "ab/RE1.wav" in line
    file = house.media.path_of("ab/RE1.wav")
    file.parent.mkdir(parents=True)
    file.touch()
    assert house.problems() == {}
