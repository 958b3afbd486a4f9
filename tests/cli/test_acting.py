"""Passing a message on, closing it, and saying that its caller was called, from the command line."""

import json
from typing import Any

import pytest

from phonebot.domain.reference import reference_of
from phonebot.services.messages.acting import could_not_reach
from phonebot.store.database import Database
from tests.cli.conftest import CommandLine, sqlite_only
from tests.left_messages import leave
from tests.running import TUESDAY

pytestmark = [sqlite_only, pytest.mark.usefixtures("on_a_tuesday")]


@pytest.fixture
def ref(loaded: CommandLine, database: Database) -> str:
    """The reference of a message of Julie's to Sue."""
    return reference_of(leave(database))


def shown(command: CommandLine, ref: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(command.says("message", ref, "--json"))
    return found


def test_said_is_shown_as_said_and_said_again_changes_nothing(loaded: CommandLine, ref: str) -> None:
    first = loaded.says("said", ref, "--by", "sue")
    second = loaded.says("said", ref.lower(), "--by", "sue")

    assert "said to be returned" in first
    assert second.startswith("Done already.")
    assert shown(loaded, ref)["state"] == "said-returned"


def test_a_message_is_passed_to_a_colleague_by_id(loaded: CommandLine, ref: str) -> None:
    assert "Tom Hart" in loaded.says("pass", ref, "--to", "tom", "--by", "sue")
    assert "tim" in loaded.refuses("pass", ref, "--to", "tim", "--by", "sue")


def test_a_message_is_closed_as_withdrawn_and_then_nothing_more_is_done(loaded: CommandLine, ref: str) -> None:
    closed = json.loads(loaded.says("close", ref, "--as", "withdrawn", "--by", "sue", "--json"))

    assert (closed["ref"], closed["state"]) == (ref, "withdrawn")
    assert "withdrawn" in loaded.refuses("said", ref, "--by", "sue")


def test_unreachable_needs_three_tries_and_returned_is_not_offered(
    loaded: CommandLine, ref: str, database: Database
) -> None:
    assert "tried 0 times" in loaded.refuses("close", ref, "--as", "unreachable", "--by", "sue")
    for _ in range(3):
        could_not_reach(database, 1, "sue", TUESDAY)
    loaded.says("close", ref, "--as", "unreachable", "--by", "sue")

    assert shown(loaded, ref)["state"] == "unreachable"
    assert "returned" in loaded.refuses("close", ref, "--as", "returned", "--by", "sue")


@pytest.mark.parametrize(
    "words", [("said",), ("pass", "--to", "tom"), ("close", "--as", "withdrawn")], ids=lambda words: words[0]
)
@pytest.mark.parametrize("ref_given", ["ZZZZ", "no such", ""])
def test_an_unknown_message_or_person_is_named_in_one_line(
    loaded: CommandLine, ref: str, words: tuple[str, ...], ref_given: str
) -> None:
    command, *options = words

    assert "message" in loaded.refuses(command, ref_given, *options, "--by", "sue")
    assert "'tim'" in loaded.refuses(command, ref, *options, "--by", "tim")
