"""What callers hear can be heard by anybody, at any instant."""

import json

import pytest

from tests.cli.conftest import CommandLine, sqlite_only

pytestmark = pytest.mark.usefixtures("on_a_tuesday")

KEYS = ["at", "who", "words", "status", "back", "back_latest"]


def heard(command: CommandLine, *arguments: str) -> dict[str, str | None]:
    said: dict[str, str | None] = json.loads(command.says("hear", *arguments, "--json"))
    assert list(said) == KEYS
    return said


def test_a_status_over_the_change_of_the_clocks_is_heard_rightly_at_each_instant(loaded: CommandLine) -> None:
    loaded.says("status", "set", "sue", "", "--from", "2027-03-27T22:00", "--back", "2027-03-29T10:00")
    first = heard(loaded, "sue", "--at", "2027-03-28T00:59")
    second = heard(loaded, "sue", "--at", "2027-03-28T02:01")
    assert (first["at"], second["at"]) == ("2027-03-28T00:59:00+00:00", "2027-03-28T02:01:00+01:00")
    for one in (first, second):
        words = str(one["words"])
        assert "Sunday the 28th of March" in words
        assert "tomorrow" in words
        assert "between ten and half past ten" in words
        assert (one["back"], one["back_latest"]) == ("2027-03-29T10:00:00+01:00", "2027-03-29T10:30:00+01:00")
    before = heard(loaded, "sue", "--at", "2027-03-29T09:59")
    assert "Monday the 29th of March" in str(before["words"])
    assert "between ten and half past ten" in str(before["words"])
    during = heard(loaded, "sue", "--at", "2027-03-29T10:15")
    assert "by half past ten" in str(during["words"])
    assert "at ten" not in str(during["words"])
    after = heard(loaded, "sue", "--at", "2027-03-29T10:31")
    assert "ten" not in str(after["words"])
    assert "out of the office" not in str(after["words"])
    assert (after["status"], after["back"], after["back_latest"]) == (None, None, None)


def test_the_same_in_a_note_is_read_as_of_when_it_begins(loaded: CommandLine) -> None:
    loaded.says("status", "set", "sue", "travelling, back monday at ten", "--from", "2027-03-27T22:00")
    one = heard(loaded, "sue", "--at", "2027-03-28T02:01")
    assert (one["status"], one["back"]) == ("travelling", "2027-03-29T10:00:00+01:00")
    assert heard(loaded, "sue", "--at", "2027-03-27T21:59")["status"] is None


@pytest.mark.parametrize(
    "spelling", ["+442079460100", "020 7946 0100", "+44 (0)20 7946-0100", "0044 20 7946 0100", "sue", "Sue"]
)
@sqlite_only
def test_a_line_is_known_however_its_number_is_written(loaded: CommandLine, spelling: str) -> None:
    assert heard(loaded, spelling, "--at", "2026-11-24T10:42")["who"] == "sue"


@pytest.mark.parametrize("name", ["office", "020 7946 0101"])
@sqlite_only
def test_the_offices_own_line_gives_the_offices_greeting(loaded: CommandLine, name: str) -> None:
    one = heard(loaded, name, "--at", "2026-11-28T10:42")
    assert one["who"] == "office"
    assert str(one["words"]).startswith("Cohen and Hart. It's Saturday the 28th of November.")
    assert "Monday" in str(one["words"])


@sqlite_only
def test_in_says_more_on_a_line_that_rings_than_on_one_that_does_not(loaded: CommandLine) -> None:
    for person in ("sue", "tom"):
        loaded.says("status", "set", person, "in", "--from", "2026-11-24T09:00", "--until", "2026-11-24T17:00")
    silent = heard(loaded, "sue", "--at", "2026-11-24T10:42")
    rung = heard(loaded, "tom", "--at", "2026-11-24T10:42")
    assert (silent["status"], rung["status"]) == ("in", "in")
    assert "can't take your call" in str(silent["words"])
    assert "away from the desk" in str(rung["words"])


@sqlite_only
def test_without_json_the_words_are_all_there_is(loaded: CommandLine) -> None:
    words = heard(loaded, "sue", "--at", "2026-11-24T10:42")["words"]
    assert loaded.says("hear", "sue", "--at", "2026-11-24T10:42") == f"{words}\n"
