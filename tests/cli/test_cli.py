"""The command line as a whole: help comes at once, and every mistake is one line on standard error."""

import importlib
import subprocess
import sys

import pytest
from sqlalchemy.exc import OperationalError

from phonebot.cli import COMMANDS
from phonebot.cli.mistakes import DATABASE_TROUBLE, OWN_WORDS, said_of
from tests.cli.conftest import CommandLine

HEAVY = ("sqlalchemy", "pydantic", "flask", "twilio", "structlog", "rich", "babel")


@pytest.fixture
def database_kind() -> str:
    """What is tested here is the same on both databases."""
    return "sqlite"


def test_help_lists_every_command_with_what_it_does(command: CommandLine) -> None:
    said = command.says("--help")
    assert all(name in said for name in COMMANDS)


def test_nothing_asked_is_answered_with_help(command: CommandLine) -> None:
    assert command.says() == command.says("--help")


def test_help_loads_nothing_that_takes_long() -> None:
    asks = "import sys, phonebot.cli; sys.argv = ['phonebot', '--help']\ntry: phonebot.cli.main()\nexcept SystemExit: "
    asks += f"print('LOADED', [name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("LOADED []\n")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_listed_is_there_and_says_how_it_is_used(command: CommandLine, name: str) -> None:
    assert command.says(name, "--help").startswith(f"Usage: phonebot {name}")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["telephone"], "telephone"),
        (["hear"], "PERSON-OR-LINE"),
        (["hear", "sue", "tom"], "tom"),
        (["hear", "--loud", "sue"], "--loud"),
        (["hear", "bob"], "tom, sue, office, +442079460100"),
        (["hear", "+12125550143"], "+12125550143"),
        (["hear", ""], "''"),
        (["hear", "sue", "--at", "tomorrow"], "2026-11-24T14:30"),
        (["hear", "sue", "--at", "2027-03-28T01:30"], "does not exist"),
        (["status", "show", "--at", "0000-00-00"], "not a time"),
        (["status", "put", "sue"], "put"),
        (["status", "set"], "PERSON"),
        (["status", "set", "sue"], "for example"),
        (["status", "set", "bob", "in"], "there are tom, sue"),
        (["status", "set", "sue", "gone until the cows come home"], "for example"),
        (["status", "set", "sue", "in", "--leeway", "soon"], "30m"),
        (["status", "set", "sue", "in", "--until", "25 o'clock"], "not a time"),
        (["status", "set", "sue", "out", "--cover", "bob"], "bob"),
        (["status", "set", "sue", "", "--from", "2027-03-28T09:00", "--until", "2027-03-28T09:00"], "until"),
        (["status", "set", "sue", "", "--from", "2027-03-28T09:00", "--back", "2027-03-28T08:00"], "back"),
        (["status", "clear", "bob"], "bob"),
        (["messages", "--for", "bob"], "office, tom, sue"),
        (["messages", "--state", "draft"], "'missed', 'new'"),
        (["message", "K7QM"], "K7QM"),
        (["message", "not a reference"], "not a reference"),
        (["load", "nowhere.toml"], "nowhere.toml"),
        (["worker", "now"], "now"),
    ],
)
def test_a_mistake_is_one_line_that_says_what_is_wrong(
    loaded: CommandLine, arguments: list[str], expected: str
) -> None:
    assert expected in loaded.refuses(*arguments)


@pytest.mark.parametrize("arguments", [["hear", "sue"], ["status", "show"], ["status", "set", "sue", "in"]])
def test_without_an_office_one_is_told_to_load_it(command: CommandLine, arguments: list[str]) -> None:
    assert "phonebot load" in command.refuses(*arguments)


@pytest.mark.parametrize("arguments", [["hear", "sue"], ["messages"], ["message", "K7QM"], ["status", "show"]])
def test_a_database_that_is_not_there_is_named_and_not_made(command: CommandLine, arguments: list[str]) -> None:
    missing = command.folder / "elsewhere" / "mistyped.db"
    said = command.refuses(*arguments, DATABASE_URL=f"sqlite:///{missing}")
    assert str(missing) in said
    assert "phonebot migrate" in said
    assert not missing.parent.exists()


@pytest.mark.parametrize("arguments", [["hear", "sue"], ["messages", "--json"], ["load", "office.toml"]])
def test_a_database_without_tables_is_to_be_migrated(command: CommandLine, arguments: list[str]) -> None:
    bare = command.folder / "bare.db"
    bare.touch()
    assert "phonebot migrate" in command.refuses(*arguments, DATABASE_URL=f"sqlite:///{bare}")


def test_a_file_that_is_no_database_is_one_line(command: CommandLine) -> None:
    text = command.folder / "letter.txt"
    text.write_text(
        "Dear Sue, this is not a database, but it is rather longer than a header of one hundred bytes is.\n"
    )
    assert "not a database" in command.refuses("messages", DATABASE_URL=f"sqlite:///{text}")


@pytest.mark.parametrize("name", ["hear", "messages", "migrate", "load"])
def test_a_bad_setting_is_named_without_its_value(command: CommandLine, name: str) -> None:
    more = {"hear": ["sue"], "load": ["office.toml"]}.get(name, [])
    said = command.refuses(name, *more, DATABASE_URL="mysql://root:hunter2@db.example.com/phonebot")
    assert said.startswith("DATABASE_URL")
    assert "hunter2" not in said


@pytest.mark.parametrize("name", ["serve", "worker"])
def test_what_runs_all_day_needs_every_setting_and_names_each_that_is_missing(command: CommandLine, name: str) -> None:
    result = command(name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert [line.removeprefix("phonebot: ") for line in result.stderr.splitlines()] == [
        f"{variable} is not set" for variable in ("PUBLIC_URL", "SECRET_KEY", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN")
    ]


@pytest.mark.parametrize("name", sorted(OWN_WORDS | {DATABASE_TROUBLE}))
def test_every_exception_that_is_told_exists(name: str) -> None:
    module, _, kind = name.rpartition(".")
    found = getattr(importlib.import_module(module), kind)
    assert issubclass(found, Exception)
    assert f"{found.__module__}.{found.__qualname__}" == name


def test_database_trouble_is_told_without_what_was_in_the_statement() -> None:
    trouble = OperationalError("INSERT INTO messages VALUES (?)", ("Julie Smith",), Exception("disk full\nmore of it"))
    assert said_of(trouble) == "the database: disk full"


def test_a_fault_of_our_own_is_not_passed_off_as_a_mistake() -> None:
    assert said_of(KeyError("name")) is None
