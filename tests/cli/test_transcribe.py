"""`phonebot transcribe`: a line for each recording, whatever is in it."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from phonebot.cli import cli
from phonebot.simulator.audio import silence, tone

KEYS = ["file", "speech", "text", "doubtful", "seconds"]
VOICEMAIL = Path(__file__).parents[2] / "phonebot" / "data" / "voicemail.wav"


def transcribe(*words: str, **environ: str) -> Result:
    return CliRunner().invoke(cli, ["transcribe", *words], env=environ)


def lines(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_voicemail_is_put_into_words_and_every_figure_in_it_is_doubtful() -> None:
    result = transcribe(str(VOICEMAIL), "--json")
    assert result.exit_code == 0, result.output
    (heard,) = lines(result)
    assert list(heard) == KEYS
    assert heard["file"] == str(VOICEMAIL)
    assert heard["speech"] is True
    assert "invoice" in heard["text"]
    assert heard["seconds"] > 3
    marked = {at for span in heard["doubtful"] for at in range(span["start"], span["end"])}
    assert {at for at, character in enumerate(heard["text"]) if character.isdigit()} <= marked
    assert marked < set(range(len(heard["text"])))


def test_nothing_is_invented_where_nobody_speaks_and_each_file_has_its_line(tmp_path: Path) -> None:
    (tmp_path / "quiet.wav").write_bytes(silence(2))
    (tmp_path / "beep.wav").write_bytes(tone(2))
    result = transcribe(str(tmp_path / "quiet.wav"), str(tmp_path / "beep.wav"))
    assert result.exit_code == 0, result.output
    assert [(each["speech"], each["text"], each["doubtful"]) for each in lines(result)] == [(False, "", [])] * 2


def test_a_file_that_cannot_be_read_keeps_no_other_from_being_read(tmp_path: Path) -> None:
    (tmp_path / "page.wav").write_text("<html>")
    (tmp_path / "quiet.wav").write_bytes(silence(2))
    result = transcribe(*(str(tmp_path / name) for name in ("page.wav", "none.wav", "quiet.wav")))
    assert result.exit_code == 2
    assert [each["text"] for each in lines(result)] == [None, None, ""]
    said = result.stderr.splitlines()
    assert len(said) == 2
    assert "page.wav" in said[0]
    assert "none.wav: No such file" in said[1]


def test_an_engine_that_raises_what_it_likes_keeps_no_other_file_from_being_heard(tmp_path: Path) -> None:
    # libsndfile's library takes a file of this name for samples without a header, and says so with a TypeError.
    (tmp_path / "one.raw").write_bytes(silence(2))
    (tmp_path / "quiet.wav").write_bytes(silence(2))
    result = transcribe(str(tmp_path / "one.raw"), str(tmp_path / "quiet.wav"))
    assert result.exit_code == 2
    assert [each["text"] for each in lines(result)] == [None, ""]
    assert result.stderr.splitlines()[0].endswith("one.raw: the engine failed: TypeError")


def test_a_pipe_and_names_that_are_no_line_have_a_line_each(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    odd = tmp_path / os.fsdecode(b"caf\xe9.wav")
    odd.write_bytes(silence(2))
    result = transcribe(str(tmp_path / "pipe"), str(tmp_path / "two\nlines.wav"), str(odd))
    assert [each["text"] for each in lines(result)] == [None, None, ""]
    said = result.stderr.splitlines()
    assert len(said) == 2
    assert "pipe: cannot be read from a pipe" in said[0]
    assert "two lines.wav: No such file" in said[1]


def test_the_help_says_how_much_is_heard() -> None:
    assert "first ten minutes" in " ".join(transcribe("--help").output.split())


def test_without_an_engine_it_says_that_nothing_is_heard_and_what_to_do(tmp_path: Path) -> None:
    result = transcribe(str(tmp_path / "quiet.wav"), PHONEBOT_SPEECH="none")
    assert "nothing puts recordings into words: PHONEBOT_SPEECH is none; to have one" in result.stderr


@pytest.mark.parametrize(
    ("setting", "value", "says"),
    [
        ("PHONEBOT_SPEECH", "none", "PHONEBOT_SPEECH"),
        ("PHONEBOT_SPEECH_URL", "https://speech.example.com", "PHONEBOT_SPEECH_URL"),
        ("PHONEBOT_SPEECH", "parrot", "faster-whisper"),
        ("PHONEBOT_SPEECH_MODEL", "/no/such/folder", "/no/such/folder"),
    ],
)
def test_an_engine_that_cannot_be_had_is_said_in_one_line(tmp_path: Path, setting: str, value: str, says: str) -> None:
    (tmp_path / "quiet.wav").write_bytes(silence(2))
    result = transcribe(str(tmp_path / "quiet.wav"), **{setting: value})
    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1
    assert says in result.stderr
