"""Ringing a line from the terminal: by script or by typing, the phonebot at PUBLIC_URL or one of its own."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from phonebot.app import make_worker, utc_now
from phonebot.cli.own_phonebot import SAMPLE_OFFICE, OwnPhonebot, logging_to, own_phonebot
from phonebot.config import Settings
from phonebot.simulator.script import read_conversation
from tests.cli.conftest import CommandLine, sqlite_only
from tests.cli.processes import run_phonebot
from tests.offices import JULIE, SUE_LINE

TURNS = "Julie Smith, from Hartwell Dental.\n1\nLast month's invoice.\nAny time.\n/record 6\nYes.\n"
DEAD_URL = "http://127.0.0.1:9"


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """Julie's turns, everything right the first time."""
    path = tmp_path / "turns.txt"
    path.write_text(TURNS, encoding="utf-8")
    return path


def told(printed: str) -> list[dict[str, Any]]:
    """What was printed as JSON, a line each."""
    return [json.loads(line) for line in printed.splitlines()]


def messages(command: CommandLine) -> list[dict[str, Any]]:
    """The messages staff see."""
    listed: list[dict[str, Any]] = json.loads(command.says("messages", "--json"))
    return listed


def environment(settings: Settings) -> dict[str, str]:
    """What somebody who rings a running phonebot has in their environment."""
    return {
        "PUBLIC_URL": settings.public_url,
        "DATABASE_URL": settings.database_url.get_secret_value(),
        "TWILIO_ACCOUNT_SID": settings.twilio_account_sid,
        "TWILIO_AUTH_TOKEN": settings.twilio_auth_token.get_secret_value(),
        "TWILIO_API_URL": settings.twilio_api_url,
    }


@contextmanager
def running_elsewhere(folder: Path) -> Iterator[OwnPhonebot]:
    """A phonebot that answers at its PUBLIC_URL, with a worker and no network outside yet."""
    stop = threading.Event()
    folder = folder / "elsewhere"
    folder.mkdir()
    with logging_to(folder / "log"), own_phonebot(folder, {}) as own:
        own.network.close()
        worker = make_worker(own.settings, own.database)
        working = threading.Thread(target=worker.run, args=(stop,))
        working.start()
        try:
            yield own
        finally:
            stop.set()
            working.join()


@sqlite_only
def test_a_scripted_call_is_told_line_by_line(command: CommandLine, script: Path) -> None:
    lines = told(command.says("call", SUE_LINE, "--from", JULIE, "--script", str(script), "--json"))
    assert all(set(line) in ({"at", "who", "words"}, {"at", "who", "keys"}) for line in lines)
    instants = [datetime.fromisoformat(line["at"]) for line in lines]
    assert instants == sorted(instants)
    assert abs(instants[0] - utc_now()) < timedelta(minutes=5)
    assert [line.get("keys") for line in lines if line["who"] == "caller"] == [None, "1", None, None, None, None]
    assert "Sue Cohen" in lines[0]["words"]
    assert lines[-1]["who"] == "line"


def test_staff_have_the_message_of_a_call_to_a_phonebot_of_its_own(command: CommandLine, script: Path) -> None:
    command.says("call", SUE_LINE, "--from", JULIE, "--script", str(script), "--json")
    (message,) = messages(command)
    assert (message["name"], message["number"], message["complete"]) == ("Julie Smith", JULIE, True)
    assert message["recording"]["seconds"] == 6


@sqlite_only
def test_an_office_that_is_loaded_stays_as_it_is(command: CommandLine, script: Path, tmp_path: Path) -> None:
    office = tmp_path / "another.toml"
    office.write_text(SAMPLE_OFFICE.read_text("utf-8").replace("Sue Cohen", "Susan Kohn"), "utf-8")
    command.says("load", str(office))
    assert "Susan Kohn" in told(command.says("call", "sue", "--script", str(script), "--json"))[0]["words"]


def test_a_call_needs_no_environment_and_leaves_nothing_behind(tmp_path: Path) -> None:
    done = run_phonebot(tmp_path, "call", "+44 20 7946 0100", typed=TURNS)
    assert (done.returncode, done.stderr) == (0, "")
    seen = done.stdout.partition("Staff see:")[2]
    assert all(word in seen for word in ("Sue Cohen", "Julie Smith", "+44 7700 900143", "6 s, "))
    assert [each.name for each in tmp_path.rglob("*")] == ["temporary"]


@sqlite_only
def test_the_phonebot_at_public_url_answers_and_its_worker_fetches_the_recording(
    command: CommandLine, script: Path, tmp_path: Path
) -> None:
    with running_elsewhere(tmp_path) as other:
        said = command.says("call", SUE_LINE, "--script", str(script), **environment(other.settings))
    assert "6 s, " in said.partition("Staff see:")[2]
    assert messages(command) == []


@sqlite_only
def test_a_phonebot_that_is_not_ready_is_not_rung(command: CommandLine, script: Path) -> None:
    command.says("call", SUE_LINE, "--script", str(script), PUBLIC_URL=DEAD_URL)
    assert len(messages(command)) == 1


@sqlite_only
def test_who_rings_a_running_phonebot_must_be_able_to_sign(command: CommandLine, script: Path, tmp_path: Path) -> None:
    with running_elsewhere(tmp_path) as other:
        known = environment(other.settings)
        line = command.refuses("call", SUE_LINE, "--script", str(script), **{**known, "TWILIO_AUTH_TOKEN": ""})
        assert "TWILIO_AUTH_TOKEN" in line
        result = command("call", SUE_LINE, "--script", str(script), **{**known, "TWILIO_AUTH_TOKEN": "wrong"})
        assert result.exit_code == 1
        assert "403" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("+442079460999",), ("+442079460999", "+442079460100", "+442079460101")),
        (("nobody",), ("nobody", "+442079460100")),
        ((SUE_LINE, "--from", "Julie"), ("Julie",)),
        ((SUE_LINE, "--script", "nowhere.txt"), ("nowhere.txt",)),
        ((SUE_LINE, "--keep", "nowhere/kept.call"), ("nowhere",)),
    ],
)
@sqlite_only
def test_a_mistake_is_one_line(command: CommandLine, arguments: tuple[str, ...], named: tuple[str, ...]) -> None:
    line = command.refuses("call", *arguments)
    assert all(word in line for word in named)


@pytest.mark.parametrize("turn", ["/dance", "/record", "/record 5", "/record five"])
@sqlite_only
def test_a_script_that_cannot_be_followed_stops_there_and_keeps_what_was_given(
    command: CommandLine, script: Path, turn: str
) -> None:
    script.write_text(f"Julie Smith\n{turn}\n1\nThe invoice\n", encoding="utf-8")
    result = command("call", SUE_LINE, "--script", str(script), "--json")
    assert result.exit_code == 2
    assert turn in result.stderr
    (message,) = messages(command)
    assert (message["name"], message["business"], message["complete"]) == ("Julie Smith", None, False)


@sqlite_only
def test_what_is_kept_can_be_played_again(command: CommandLine, script: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.call"
    command.says("call", SUE_LINE, "--from", JULIE, "--script", str(script), "--keep", str(kept))
    conversation = read_conversation(kept.read_text("utf-8"))
    assert (conversation.to, conversation.caller) == (SUE_LINE, JULIE)
    assert [each.words for each in conversation.spoken if each.who == "caller"] == TURNS.splitlines()


@pytest.mark.parametrize(("caller", "shown"), [("withheld", "anonymous"), ("07700 900143", JULIE), ("12345", "12345")])
@sqlite_only
def test_the_caller_id_is_what_was_asked_for(
    command: CommandLine, script: Path, tmp_path: Path, caller: str, shown: str
) -> None:
    kept = tmp_path / "kept.call"
    script.write_text("Julie Smith\n", encoding="utf-8")
    command.says("call", SUE_LINE, "--from", caller, "--script", str(script), "--keep", str(kept))
    assert read_conversation(kept.read_text("utf-8")).caller == shown
