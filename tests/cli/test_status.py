"""Where people are is set, seen and cleared from the command line."""

import json

import pytest

from tests.cli.conftest import CommandLine

pytestmark = pytest.mark.usefixtures("on_a_tuesday")


@pytest.fixture
def database_kind() -> str:
    """What is tested here is the same on both databases."""
    return "sqlite"


def test_setting_prints_from_when_till_when_and_what_callers_will_hear(loaded: CommandLine) -> None:
    said = loaded.says(
        "status", "set", "sue", "in meetings", "--from", "2027-02-02T09:00", "--back", "2027-02-02T14:00"
    )
    assert "from Tue 2 Feb 2027 09:00 until Wed 3 Feb 2027 00:00" in said
    assert "Tuesday the 2nd of February" in said
    assert "in meetings and expects to be free" in said


def test_before_hours_it_also_prints_what_callers_hear_once_the_office_opens(loaded: CommandLine) -> None:
    said = loaded.says("status", "set", "sue", "in meetings", "--from", "2027-02-02T07:00")
    assert "The office is closed" in said
    assert "Once the office opens, Tue 2 Feb 2027 09:00:" in said
    assert "Sue is in meetings" in said.splitlines()[-1]


def test_words_without_quotes_are_one_text(loaded: CommandLine) -> None:
    said = loaded.says("status", "set", "sue", "in", "meetings", "until", "two", "--from", "2027-02-02T09:00", "--json")
    assert json.loads(said)["back"] == "2027-02-02T14:00:00+00:00"


def test_an_option_wins_over_the_text(loaded: CommandLine) -> None:
    text = "out, back at two, tom covers"
    said = loaded.says(
        "status", "set", "sue", text, "--from", "2027-02-02T09:00", "--back", "2027-02-02T15:00", "--json"
    )
    one = json.loads(said)
    assert (one["back"], one["cover"], one["who"]) == ("2027-02-02T15:00:00+00:00", "tom", "sue")


def test_a_leeway_and_a_last_instant_can_be_given(loaded: CommandLine) -> None:
    times = ("--from", "2027-02-02T09:00", "--back", "2027-02-02T14:00", "--leeway", "1h15m")
    one = json.loads(loaded.says("status", "set", "sue", "out", *times, "--until", "2027-02-02T15:00", "--json"))
    assert (one["back_latest"], one["until"]) == ("2027-02-02T15:15:00+00:00", "2027-02-02T15:00:00+00:00")


def test_a_note_that_promises_is_refused_with_what_to_write_instead(loaded: CommandLine) -> None:
    said = loaded.refuses("status", "set", "sue", "travelling, will call you back tomorrow at ten")
    assert "call you back" in said
    assert "such as" in said
    assert json.loads(loaded.says("status", "show", "--json"))[1]["status"] is None


def test_leave_is_spoken_as_out_of_the_office_and_shown_to_staff(loaded: CommandLine) -> None:
    loaded.says("status", "set", "sue", "on leave", "--from", "2027-02-02T09:00", "--back", "2027-02-08")
    said = json.loads(loaded.says("status", "show", "--at", "2027-02-03T10:00", "--json"))[1]
    assert "leave" in said["status"]
    assert "leave" not in said["words"]
    assert "out of the office" in said["words"]


def test_showing_tells_of_everybody_in_the_offices_order(loaded: CommandLine) -> None:
    loaded.says("status", "set", "tom", "travelling", "--from", "2027-02-02T09:00", "--until", "2027-02-02T17:00")
    people = json.loads(loaded.says("status", "show", "--at", "2027-02-02T10:00", "--json"))
    assert [(one["who"], one["status"]) for one in people] == [("tom", "travelling"), ("sue", None)]
    assert people[0]["from"] == "2027-02-02T09:00:00+00:00"
    said = loaded.says("status", "show", "--at", "2027-02-02T10:00")
    assert "Tom Hart (tom): travelling, from Tue 2 Feb 2027 09:00 until Tue 2 Feb 2027 17:00" in said
    assert "Sue Cohen (sue): no status" in said


def test_clearing_takes_back_what_is_set_for_now_and_later(loaded: CommandLine) -> None:
    loaded.says("status", "set", "sue", "out")
    loaded.says("status", "set", "sue", "travelling", "--from", "2031-02-03T09:00", "--until", "2031-02-03T17:00")
    assert json.loads(loaded.says("status", "clear", "sue", "--json"))["cleared"] == 2
    assert json.loads(loaded.says("hear", "sue", "--at", "2031-02-03T10:00", "--json"))["status"] is None
    assert "nothing was set" in loaded.says("status", "clear", "sue")
