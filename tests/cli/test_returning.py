"""`phonebot return` and `phonebot held`."""

import json
from datetime import timedelta

import pytest

from phonebot.cli.opening import utc_now
from phonebot.domain.message import State
from phonebot.domain.reference import reference_of
from phonebot.store.database import Database
from tests.cli.conftest import CommandLine, sqlite_only
from tests.offices import SUE_LINE
from tests.returning import leave

pytestmark = sqlite_only


@pytest.fixture
def message(loaded: CommandLine, database: Database) -> str:
    """The reference of a message for Sue."""
    assert loaded
    return reference_of(leave(database, utc_now() - timedelta(minutes=20), "sue", SUE_LINE))


def test_return_says_whose_phone_rings_and_what_to_press(command: CommandLine, message: str) -> None:
    said = command.says("return", message.lower(), "--by", "SUE")

    assert "The worker rings Sue on the number ending 0101" in said
    assert "press 1 there to ring Julie Smith." in said


def test_a_colleague_hears_on_whose_behalf_they_ring(command: CommandLine, message: str) -> None:
    assert "on behalf of Sue Cohen" in command.says("return", message, "--by", "tom")


def test_return_prints_the_message_with_its_try(command: CommandLine, message: str) -> None:
    printed = json.loads(command.says("return", message, "--by", "sue", "--json"))

    assert (printed["ref"], printed["state"]) == (message, "claimed")
    (attempt,) = printed["attempts"]
    assert {key: attempt[key] for key in ("by", "outcome", "evidence", "holding")} == {
        "by": "sue", "outcome": None, "evidence": "none", "holding": False,
    }  # fmt: skip


def test_what_cannot_be_done_is_one_line(command: CommandLine, database: Database, message: str) -> None:
    withheld = leave(database, utc_now(), "sue", SUE_LINE, number=None, caller_id=None)
    missed = leave(database, utc_now(), "sue", SUE_LINE, state=State.MISSED)

    assert "withheld" in command.refuses("return", reference_of(withheld), "--by", "sue")
    assert "missed call" in command.refuses("return", reference_of(missed), "--by", "sue")
    assert "no message" in command.refuses("return", "ZZZZ", "--by", "sue")
    assert "tim" in command.refuses("return", message, "--by", "tim")
    command.says("return", message, "--by", "sue")
    assert "Sue Cohen has it in hand" in command.refuses("return", message, "--by", "tom")


def test_the_days_cap_is_a_setting(command: CommandLine, database: Database, message: str) -> None:
    another = reference_of(leave(database, utc_now(), "sue", SUE_LINE))
    command.says("return", message, "--by", "sue", PHONEBOT_CALLS_A_DAY="1")

    assert "as many calls" in command.refuses("return", another, "--by", "sue", PHONEBOT_CALLS_A_DAY="1")
    assert "whole number" in command.refuses("return", another, "--by", "sue", PHONEBOT_CALLS_A_DAY="many")


def test_what_was_said_is_noted_with_the_try(command: CommandLine, message: str) -> None:
    command.says("return", message, "--by", "tom")

    assert "until Friday" in command.says("held", message, "It can wait until Friday.", "--by", "tom")
    printed = json.loads(command.says("held", message, "No, until Monday.", "--by", "tom", "--json"))
    assert printed["attempts"][0]["note"] == "No, until Monday."
    assert "has not rung" in command.refuses("held", message, "Hello", "--by", "sue")
