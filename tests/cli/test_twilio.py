"""A number is connected from the command line: what will change is said first, and nothing changes unasked."""

import json
from collections.abc import Iterator

import pytest
from click.testing import CliRunner

from phonebot.cli.twilio import twilio
from phonebot.simulator import Network
from tests.cli.conftest import CommandLine
from tests.offices import SUE_LINE
from tests.outside import ACCOUNT, TOKEN, network

HERE = "https://phone.example.com"
OLD = "https://demo.example.com/welcome"


@pytest.fixture
def database_kind() -> str:
    """Only the office is read."""
    return "sqlite"


@pytest.fixture
def outside() -> Iterator[Network]:
    with network() as one:
        one.owns(SUE_LINE, voice_url=OLD)
        yield one


@pytest.fixture
def environ(outside: Network, loaded: CommandLine) -> dict[str, str]:
    return {
        "DATABASE_URL": loaded.database_url,
        "PUBLIC_URL": HERE,
        "SECRET_KEY": "made-up",
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_API_URL": outside.serve_rest(),
    }


def voice_url(outside: Network) -> str:
    owned = outside.owned(SUE_LINE)
    assert owned is not None
    return owned.settings.voice_url


@pytest.mark.parametrize(("answer", "leads_to"), [("y\n", f"{HERE}/twilio/voice"), ("n\n", OLD)])
def test_what_will_change_is_said_and_nothing_is_done_before_the_answer(
    outside: Network, environ: dict[str, str], answer: str, leads_to: str
) -> None:
    result = CliRunner(env=environ).invoke(twilio, ["connect", SUE_LINE], input=answer)
    assert result.exit_code == 0, result.output
    said, asked, rest = result.output.partition("Change it?")
    assert asked
    assert f"voice_url: {OLD} → {HERE}/twilio/voice\n" in said
    assert "status_callback: nothing → " in said
    assert ("Nothing was changed" in rest) == (leads_to == OLD)
    assert voice_url(outside) == leads_to


def test_with_yes_nobody_is_asked_and_the_second_time_there_is_nothing_to_change(
    outside: Network, environ: dict[str, str]
) -> None:
    first = CliRunner(env=environ).invoke(twilio, ["connect", SUE_LINE, "--yes"])
    assert "Change it?" not in first.output
    assert voice_url(outside) == f"{HERE}/twilio/voice"
    second = CliRunner(env=environ).invoke(twilio, ["connect", SUE_LINE])
    assert (second.exit_code, "nothing to change" in second.output) == (0, True)
    assert "Change it?" not in second.output


def test_as_json_the_changes_are_shown_and_made_only_with_yes(outside: Network, environ: dict[str, str]) -> None:
    shown = json.loads(CliRunner(env=environ).invoke(twilio, ["connect", SUE_LINE, "--json"]).output)
    assert shown.keys() == {"number", "changes", "notes", "changed"}
    assert shown["changes"][0] == {"what": "voice_url", "old": OLD, "new": f"{HERE}/twilio/voice", "why": ""}
    assert (shown["changed"], voice_url(outside)) == (False, OLD)
    made = json.loads(CliRunner(env=environ).invoke(twilio, ["connect", SUE_LINE, "--json", "--yes"]).output)
    assert (made["changed"], voice_url(outside)) == (True, f"{HERE}/twilio/voice")
    again = json.loads(CliRunner(env=environ).invoke(twilio, ["connect", SUE_LINE, "--json", "--yes"]).output)
    assert (again["changes"], again["changed"]) == ([], False)


def test_a_mistake_is_one_line(environ: dict[str, str]) -> None:
    result = CliRunner(env=environ).invoke(twilio, ["connect", "+442079460177"])
    assert result.exit_code != 0
    assert len(result.stderr.splitlines()) == 1
    assert SUE_LINE in result.stderr
