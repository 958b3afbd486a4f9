"""The check prints a line for each thing it looked at, and its exit code says whether all is well."""

import json

import pytest

from tests.cli.conftest import CommandLine
from tests.running import ACCOUNT

WHOLE = {
    "PUBLIC_URL": "https://phone.example.com",
    "SECRET_KEY": "made-up",
    "TWILIO_ACCOUNT_SID": ACCOUNT,
    "TWILIO_AUTH_TOKEN": "made-up",
}


@pytest.fixture
def database_kind() -> str:
    """What is printed is the same on both databases."""
    return "sqlite"


def test_where_all_is_well_every_line_says_so(loaded: CommandLine) -> None:
    said = loaded.says("check", **WHOLE)
    assert [line.partition(": ")[2] for line in said.splitlines()] == ["all right"] * 7


def test_what_is_wrong_is_printed_a_line_each_and_ends_with_one(command: CommandLine) -> None:
    result = command("check")
    assert (result.exit_code, result.stderr) == (1, "")
    assert "settings: TWILIO_AUTH_TOKEN is not set\n" in result.stdout
    assert "office: no office is loaded: run `phonebot load office.toml`\n" in result.stdout
    assert "flows: all right\n" in result.stdout


def test_a_database_that_is_not_there_is_told_and_not_made(command: CommandLine) -> None:
    missing = command.folder / "missing.db"
    result = command("check", "--json", **WHOLE, DATABASE_URL=f"sqlite:///{missing}")
    assert result.exit_code == 1
    wrong = [one for one in json.loads(result.stdout) if not one["right"]]
    assert [one["what"] for one in wrong] == ["database"]
    assert "phonebot migrate" in wrong[0]["problems"][0]
    assert not missing.exists()
