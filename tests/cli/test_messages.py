"""What a caller leaves is read from the command line, as soon as the call is over."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import CommandLine
from tests.offices import JULIE
from tests.running import Phonebot, running

KEYS = {"ref", "for", "owner", "name", "company", "number", "caller_id", "business", "window", "added", "complete"}
KEYS |= {"state", "received_at", "call_sid", "recording", "name_recording", "transcript", "attempts"}
KEYS |= {"commitments", "told", "transcript_doubtful", "transcript_state", "gist"}


@pytest.fixture
def phonebot(tmp_path: Path, database_url: str) -> Iterator[Phonebot]:
    with running(tmp_path, database_url) as one:
        yield one


def leave_a_message(phonebot: Phonebot) -> None:
    """Julie Smith leaves Sue a whole message."""
    call = phonebot.rings()
    call.hears("calling").says("Julie Smith, from Hartwell Dental")
    call.hears("ending").says("yes")
    call.hears("about").says("last month's invoice")
    call.hears("suit").says("tomorrow, after three")
    call.hears_tone().records(4)
    call.hears("Julie").says("yes")
    call.hears_goodbye()


def messages(command: CommandLine, *arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(command.says("messages", *arguments, "--json"))
    return found


def test_a_whole_message_has_every_key_at_once_and_its_audio_once_it_is_fetched(
    phonebot: Phonebot, command: CommandLine
) -> None:
    leave_a_message(phonebot)
    (one,) = messages(command)
    assert one.keys() == KEYS
    assert (one["for"], one["name"], one["company"]) == ("sue", "Julie Smith", "Hartwell Dental")
    assert (one["number"], one["caller_id"]) == (JULIE, JULIE)
    assert "invoice" in one["business"]
    after_three = {"start": "2026-11-25T15:00:00+00:00", "end": "2026-11-26T00:00:00+00:00"}
    assert one["window"] == {**after_three, "said": "tomorrow, after three", "parts": [after_three]}
    assert (one["state"], one["complete"], one["received_at"]) == ("new", True, "2026-11-24T10:42:00+00:00")
    assert one["recording"]["path"] is None
    (told,) = one["told"]
    assert told.keys() == {"at", "words", "commitment"}
    assert "Sue" in told["words"]
    for _ in range(2):
        # A recording cannot be fetched at the first try.
        phonebot.clock.goes_on(minutes=1)
        phonebot.worker.drain()
    (one,) = messages(command, "--for", "sue", "--state", "new")
    assert one["recording"].keys() == {"sid", "seconds", "path"}
    assert (phonebot.settings.media_dir / one["recording"]["path"]).is_file()
    assert json.loads(command.says("message", one["ref"].lower(), "--json")) == one | {"texts": []}
    shown = command.says("message", one["ref"]) + command.says("messages")
    assert all(words in shown for words in ("Julie Smith", one["ref"], "Tue 24 Nov 2026 10:42", "Sue Cohen"))


def test_a_missed_call_is_listed_apart_and_nothing_is_listed_of_a_call_in_progress(
    phonebot: Phonebot, command: CommandLine
) -> None:
    call = phonebot.rings()
    call.hears("calling")
    assert messages(command) == []
    assert command.says("messages") == "No messages.\n"
    call.hangs_up()
    assert [one["state"] for one in messages(command)] == ["missed"]
    assert messages(command, "--state", "new") == []
    assert messages(command, "--for", "tom") == []
    (one,) = messages(command, "--state", "missed", "--for", "sue")
    assert (one["name"], one["number"], one["recording"], one["told"]) == (None, None, None, [])


def test_before_an_office_is_loaded_there_are_no_messages(command: CommandLine) -> None:
    assert messages(command) == []
