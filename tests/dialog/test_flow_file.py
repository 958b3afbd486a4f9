"""The strict reader of flows: what it reads, and what it refuses with file and state."""

from pathlib import Path

import pytest

from phonebot.dialog import flow
from phonebot.dialog.flow_file import FlowMistake, read_script
from phonebot.domain.recording import Purpose
from tests.dialog.flows_in import script_of

ASK = """
ask = "name"
prompts = ["ask"]
noinput = ["ask"]
nomatch = ["ask"]
wrongkey = ["ask"]
tries = 2
on = { filled = "end" }
exhausted = "end"
"""


def test_a_state_is_read_with_its_targets_written_in_full(tmp_path: Path) -> None:
    script = script_of(
        tmp_path,
        line=f'[start]\n{ASK}revised = "start"\nkeys = {{ "0" = "other.end" }}\n[end]\nhangup = true\n',
        other="[end]\nhangup = true\n",
    )
    ask = script.states["line.start"]
    assert isinstance(ask, flow.Ask)
    assert (ask.on, ask.exhausted, ask.revised) == ({"filled": "line.end"}, "line.end", "line.start")
    assert ask.keys == {"0": "other.end"}
    assert set(script.targets("line.start")) == {"line.start", "line.end", "other.end"}


def test_a_recording_is_read_with_its_purpose(tmp_path: Path) -> None:
    record = 'record = "name"\nprompts = ["ask"]\nseconds = 10\nrecorded = "end"\nsilent = "end"\n'
    script = script_of(tmp_path, line=f"[start]\n{record}[end]\nhangup = true\n")
    assert script.states["line.start"] == flow.Record(Purpose.NAME, ("ask",), 10, "line.end", "line.end", {})


def test_a_question_may_do_deeds_and_say_where_silence_leads(tmp_path: Path) -> None:
    asked_once = ASK.replace('noinput = ["ask"]\n', "")
    script = script_of(
        tmp_path, line=f'[start]\n{asked_once}silent = "end"\ndeeds = ["whistle"]\n[end]\nhangup = true\n'
    )
    ask = script.states["line.start"]
    assert isinstance(ask, flow.Ask)
    assert (ask.noinput, ask.silent, ask.deeds) == ((), "line.end", ("whistle",))
    assert "line.end" in script.targets("line.start")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ('say = ["hello"]\nthen = "start"\nsya = ["hello"]', "unknown key sya"),
        ('say = ["hello"]', "then is missing"),
        ('say = "hello"\nthen = "start"', "say should be a list"),
        ('say = [1]\nthen = "start"', "say should be a list of names"),
        ('say = ["hello"]\nthen = 3', "then should be a str"),
        ('say = ["hello"]\nthen = "start"\npause = "3"', "pause should be a int"),
        ('say = ["hello"]\nthen = "start"\npause = true', "pause should be a int"),
        ('then = "start"', "a state has just one of"),
        ('sing = ["hello"]\nthen = "start"', "a state has just one of"),
        ('say = ["hello"]\nthen = "start"\naway = "person"', "a state has just one of"),
        ('record = "song"\nprompts = ["ask"]\nseconds = 3\nrecorded = "start"\nsilent = "start"', "record should be"),
        ("hangup = false", "hangup can only be true"),
        ('play = false\nthen = "start"', "play can only be true"),
        ("reject = false", "reject can only be true"),
        ('goodbye = 1\nthen = "start"', "goodbye should be a bool"),
        ('choose = "loop"\nwhen = { yes = 1 }', "should be the name of a state"),
        ('choose = "loop"\nwhen = ["yes"]', "when should be a dict"),
        ('choose = "loop"', "when is missing"),
        (ASK.replace("noinput", "noimput"), "unknown key noimput"),
        (ASK.replace("prompts", "promps"), "prompts is missing"),
        (ASK.replace("exhausted", "exausted"), "exhausted is missing"),
        (ASK.replace("tries = 2", 'tries = "2"'), "tries should be a int"),
        ('transfer = "operator"\naccepted = "start"', "nobody is missing"),
    ],
)
def test_a_state_that_is_not_right_is_refused_with_its_place(tmp_path: Path, state: str, words: str) -> None:
    with pytest.raises(FlowMistake) as mistake:
        script_of(tmp_path, line=f"[start]\n{state}\n")
    assert words in str(mistake.value)
    assert "line.toml" in str(mistake.value)
    assert "[start]" in str(mistake.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('hangup = "keep"\n[start]\nhangup = true\n[start]\nhangup = true\n', "line.toml"),
        ('hangup = "keep"\n[start\n', "line.toml"),
        ("[start]\nhangup = true\n", "what a hang-up does"),
        ('hangup = "drop"\n[start]\nhangup = true\n', "what a hang-up does"),
        ('hangup = "keep"\nlanguage = "en"\n', "unknown key language"),
        ('hangup = "keep"\n[start]\nchoose = "loop"\nwhen = { yes = "a", yes = "b" }\n', "line.toml"),
    ],
)
def test_a_file_that_is_not_right_is_refused_by_name(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "line.toml").write_text(text, encoding="utf-8")
    with pytest.raises(FlowMistake, match=words):
        read_script(tmp_path, {})


def test_a_folder_without_flows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FlowMistake, match="no flows"):
        read_script(tmp_path, {})
