"""`when`, `number` and `guard`: one text or many, and never an exception."""

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from phonebot.cli import cli

NOW = ("--now", "2026-11-24T10:42", "--tz", "Europe/London")


def run(*words: str, sent: str = "") -> Result:
    """Run a command as a person would, with JSON lines on standard input."""
    return CliRunner().invoke(cli, list(words), input=sent)


def answer(*words: str) -> dict[str, Any]:
    """The one JSON line a command prints."""
    result = run(*words)
    assert result.stdout.count("\n") == 1, result.output
    read: dict[str, Any] = json.loads(result.stdout)
    return read


def test_when_says_what_was_meant_part_by_part() -> None:
    meant = answer("when", "Thursday or Friday, not before ten", *NOW)

    assert list(meant) == ["text", "start", "end", "parts", "said", "sure"]
    assert [part["start"] for part in meant["parts"]] == ["2026-11-26T10:00:00+00:00", "2026-11-27T10:00:00+00:00"]
    assert (meant["start"], meant["end"]) == ("2026-11-26T10:00:00+00:00", "2026-11-28T00:00:00+00:00")


def test_when_is_null_at_both_ends_where_nothing_was_understood() -> None:
    meant = answer("when", "when the cows come home", *NOW)

    assert (meant["start"], meant["end"], meant["parts"], meant["sure"]) == (None, None, [], False)


def test_when_reads_many_each_at_its_own_moment() -> None:
    rows = [{"text": "tomorrow", "reference_time": f"2026-11-{day}T09:00:00"} for day in (24, 25)]
    result = run("when", "--batch", "--tz", "UTC", sent="".join(json.dumps(row) + "\n" for row in rows))

    starts = [json.loads(line)["start"] for line in result.stdout.splitlines()]
    assert starts == ["2026-11-25T00:00:00+00:00", "2026-11-26T00:00:00+00:00"]


def test_number_is_null_where_it_is_not_sure() -> None:
    assert answer("number", "oh double seven double oh nine double oh one four three")["e164"] == "+447700900143"
    assert answer("number", "two one two five five five oh one four three", "--region", "us")["e164"] == "+12125550143"
    assert answer("number", "invoice four four one seven")["e164"] is None


def test_a_text_that_promises_exits_1_and_says_what_to_write_instead() -> None:
    promising, plain = run("guard", "I'll call you back within the hour"), run("guard", "I will pass this on to Sue.")

    assert (promising.exit_code, plain.exit_code) == (1, 0)
    found = json.loads(promising.stdout)
    assert found["promises"][0]["kind"]
    assert found["instead"]
    assert json.loads(plain.stdout) == {"text": "I will pass this on to Sue.", "promises": [], "instead": None}


def test_many_texts_exit_0_whether_or_not_they_promise() -> None:
    result = run("guard", "--batch", sent='{"text": "I\'ll ring you"}\n{"text": "We are closed."}\n')

    assert result.exit_code == 0
    assert [bool(json.loads(line)["promises"]) for line in result.stdout.splitlines()] == [True, False]


@pytest.mark.parametrize(
    "words",
    [
        ("when",),
        ("number",),
        ("guard",),
        ("when", "tomorrow", "--tz", "Mars/Olympus"),
        ("when", "tomorrow", "--now", "soon"),
        ("when", "morgen", "--language", "de"),
        ("guard", "Wir rufen zurück", "--language", "de"),
        ("number", "--batch", "oh seven"),
    ],
)
def test_a_mistake_is_one_line_and_exit_2(words: tuple[str, ...]) -> None:
    result = run(*words)

    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


@pytest.mark.parametrize("line", ["not json", "[]", '{"words": "tomorrow"}', '{"text": 4}'])
@pytest.mark.parametrize("command", ["when", "number", "guard"])
def test_a_line_that_is_not_a_row_is_named(command: str, line: str) -> None:
    result = run(command, "--batch", sent='{"text": "tomorrow"}\n' + line + "\n")

    assert result.exit_code == 2
    assert "line 2" in result.stderr


@settings(max_examples=40)
@given(st.sampled_from(["when", "number", "guard"]), st.text(max_size=80))
def test_whatever_is_asked_there_is_an_answer(command: str, text: str) -> None:
    result = run(command, "--batch", sent=json.dumps({"text": text}) + "\n")

    assert result.exit_code == 0
    assert json.loads(result.stdout)["text"] == text


@pytest.mark.parametrize("text", ["", "a" * 10_000, "🙂" * 300, "0123456789" * 100, "завтра в три", "fuck off"])
def test_odd_texts_have_an_answer_too(text: str) -> None:
    for command in ("when", "number", "guard"):
        result = run(command, "--batch", sent=json.dumps({"text": text}) + "\n")
        assert result.exit_code == 0
