"""What `phonebot check` refuses in a flow, each shown by a flow that has just that wrong."""

from dataclasses import replace
from pathlib import Path

import pytest

from phonebot.dialog.fields import FIELDS
from phonebot.dialog.flow import Script
from phonebot.dialog.flow_file import read_script
from phonebot.dialog.lint import GOODBYE_PROMPTS, PER_PERSON_VALUES, mistakes
from phonebot.dialog.people_fields import PER_PERSON
from phonebot.prompts import Prompts, data_folder
from tests.dialog.flows_in import PROMPTS, script_of

END = '\n[end]\nsay = ["bye"]\nthen = "off"\n[off]\nhangup = true\n'
ASK = """
ask = "business"
prompts = ["ask"]
noinput = ["ask"]
nomatch = ["ask"]
wrongkey = ["ask"]
tries = 2
on = { filled = "end" }
exhausted = "end"
"""
RECORD = """
record = "message"
prompts = ["ask"]
seconds = 60
recorded = "end"
silent = "end"
"""
SAY = 'say = ["hello"]\nthen = "end"\n'
LOOP = 'choose = "loop"\nwhen = { yes = "end", no = "end" }\n'


def small(folder: Path, *states: str) -> Script:
    """A script of one flow "line": the first state is its start, those after are a, b, c…, then a kind end."""
    names = ("start", *"abcd")
    text = "".join(f"\n[{name}]\n{state}" for name, state in zip(names, states, strict=False))
    return replace(script_of(folder, line=text + END), wind_up="line.end")


def shipped() -> Script:
    """The flows as they are shipped."""
    prompts = Prompts.load(data_folder("prompts"))
    return read_script(data_folder("flows"), {name: prompts.variables(name) for name in prompts.ids})


def test_the_shipped_flows_have_no_mistake() -> None:
    assert mistakes(shipped()) == []


@pytest.mark.parametrize("state", [SAY, ASK, RECORD, LOOP])
def test_a_flow_in_order_has_no_mistake(tmp_path: Path, state: str) -> None:
    assert mistakes(small(tmp_path, state)) == []


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (SAY.replace('"end"', '"nowhere"'), "unknown state line.nowhere"),
        (ASK.replace('filled = "end"', 'filled = "nowhere"'), "unknown state line.nowhere"),
        (SAY.replace("hello", "helo"), "unknown prompt helo"),
        (ASK.replace('nomatch = ["ask"]', 'nomatch = ["aks"]'), "unknown prompt aks"),
        (ASK.replace('"business"', '"busy"'), "unknown field busy"),
        (LOOP.replace("loop", "lop"), "unknown fact lop"),
        (SAY + 'deeds = ["whistle"]', "unknown deed whistle"),
        ('away = "nobody"\nthen = "end"', "nobody's away message"),
        ('transfer = "moon"\naccepted = "end"\nnobody = "end"', "unknown target moon"),
        (LOOP.replace('yes = "end", ', ""), "no way on when loop is yes"),
        (LOOP.replace("no =", 'maybe = "end", no ='), "loop is never maybe"),
        (ASK.replace('filled = "end"', ""), "no way on when the field is filled"),
        (ASK.replace("filled =", 'empty = "end", filled ='), "field business is never empty"),
        (ASK.replace('prompts = ["ask"]', "prompts = []"), "prompts has nothing to say"),
        (ASK.replace('noinput = ["ask"]', "noinput = []"), "noinput has nothing to say"),
        (ASK.replace('nomatch = ["ask"]', "nomatch = []"), "nomatch has nothing to say"),
        (ASK.replace('wrongkey = ["ask"]', "wrongkey = []"), "wrongkey has nothing to say"),
        (ASK.replace("tries = 2", "tries = 0"), "tries should be at least 1"),
        (ASK + 'keys = { "10" = "end" }', "'10' is not a key"),
        (ASK + 'deeds = ["whistle"]', "unknown deed whistle"),
        (ASK + 'silent = "end"', "noinput is never said"),
        (ASK + 'silent = "nowhere"', "unknown state line.nowhere"),
        (ASK.replace("tries = 2", "tries = 1"), "nomatch is never said"),
        (ASK.replace('noinput = ["ask"]\n', ""), "noinput has nothing to say"),
        (RECORD + 'keys = { "5" = "end" }', "key 5 does not end a recording"),
        (RECORD.replace("60", "0"), "seconds should be from 1"),
        (RECORD.replace("60", "3600"), "seconds should be from 1"),
        (RECORD.replace('["ask"]', "[]"), "prompts has nothing to say"),
        ('say = []\nthen = "end"', "say has nothing to say"),
        (SAY + "pause = -1", "pause should be"),
    ],
)
def test_what_is_unknown_or_missing_in_a_state_is_refused(tmp_path: Path, state: str, words: str) -> None:
    found = mistakes(small(tmp_path, state))
    assert any(line.startswith("line.start: ") and words in line for line in found), found


@pytest.mark.parametrize("silent", ["", 'silent = "end"\n'])
def test_a_question_put_once_has_no_words_to_ask_again(tmp_path: Path, silent: str) -> None:
    bare = "".join(line + "\n" for line in ASK.splitlines() if not line.startswith(("noinput", "nomatch", "wrongkey")))
    assert mistakes(small(tmp_path, bare.replace("tries = 2", "tries = 1") + silent)) == []


YES_NO = ASK.replace('"business"', '"texts"').replace('filled = "end"', 'yes = "a", no = "b"')
AGREED, REFUSED = (f'say = ["hello"]\ndeeds = ["texts-{deed}"]\nthen = "end"\n' for deed in ("agreed", "refused"))


def test_a_deed_that_keeps_an_answer_stands_where_that_answer_leads(tmp_path: Path) -> None:
    assert mistakes(small(tmp_path, YES_NO.replace('exhausted = "end"', 'exhausted = "b"'), AGREED, REFUSED)) == []


@pytest.mark.parametrize(
    "asked",
    [
        YES_NO.replace('exhausted = "end"', 'exhausted = "a"'),
        YES_NO.replace('no = "b"', 'no = "a"'),
        YES_NO + 'keys = { "0" = "a" }',
        YES_NO.replace('noinput = ["ask"]', 'silent = "a"'),
        ASK.replace('filled = "end"', 'filled = "a"'),
    ],
)
def test_a_deed_that_keeps_an_answer_nobody_gave_is_refused(tmp_path: Path, asked: str) -> None:
    found = mistakes(small(tmp_path, asked, AGREED, SAY))
    assert "line.a: texts-agreed can be done without that answer, coming from line.start" in found


def test_a_state_nobody_reaches_is_refused(tmp_path: Path) -> None:
    assert mistakes(small(tmp_path, SAY, SAY)) == ["line.a: nobody ever comes here"]


def test_a_script_without_its_beginning_or_its_winding_up_is_refused(tmp_path: Path) -> None:
    script = small(tmp_path, SAY)
    assert any("every call begins" in line for line in mistakes(replace(script, start="line.begin")))
    assert any("winds up" in line for line in mistakes(replace(script, wind_up="line.stop")))


@pytest.mark.parametrize(
    "states",
    [
        (SAY.replace('"end"', '"start"'),),
        (SAY.replace('"end"', '"a"'), LOOP.replace('yes = "end"', 'yes = "start"')),
        (ASK.replace('exhausted = "end"', 'exhausted = "start"'),),
        (
            ASK.replace('exhausted = "end"', 'exhausted = "a"'),
            ASK.replace('exhausted = "end"', 'exhausted = "start"'),
        ),
        (RECORD.replace('silent = "end"', 'silent = "start"'),),
        ('transfer = "operator"\naccepted = "end"\nnobody = "start"',),
        (SAY.replace('"end"', '"a"'), 'come_back = "b"', LOOP.replace('yes = "end"', 'yes = "start"')),
    ],
)
def test_a_loop_a_caller_can_sit_in_is_refused(tmp_path: Path, states: tuple[str, ...]) -> None:
    assert any("round here for ever" in line for line in mistakes(small(tmp_path, *states)))


def test_a_question_asked_again_a_bounded_number_of_times_is_no_such_loop(tmp_path: Path) -> None:
    assert mistakes(small(tmp_path, ASK.replace('filled = "end"', 'filled = "start"'))) == []


def test_a_path_on_which_one_away_message_is_heard_twice_is_refused(tmp_path: Path) -> None:
    away = 'away = "person"\nthen = "a"'
    ask = ASK.replace('filled = "end"', 'filled = "b"')
    once = mistakes(small(tmp_path, away, ask, 'away = "office"\nthen = "end"'))
    twice = mistakes(small(tmp_path, away, ask, 'away = "person"\nthen = "end"'))
    assert once == []
    assert any("heard twice" in line for line in twice)


def test_a_prompt_whose_value_nobody_supplies_is_refused(tmp_path: Path) -> None:
    needs = {**PROMPTS, "hello": ("ending", "shoe_size")}
    found = mistakes(replace(small(tmp_path, SAY), needs=needs))
    assert found == ["line.start: prompt hello needs $shoe_size, which nobody supplies"]


def test_the_prompt_of_the_short_list_has_values_that_other_states_cannot_give_it(tmp_path: Path) -> None:
    needs = {**PROMPTS, PER_PERSON: PER_PERSON_VALUES}
    ways_out = ", ".join(f'{outcome} = "end"' for outcome in FIELDS["person"].outcomes)
    person = ASK.replace('"business"', '"person"').replace('filled = "end"', ways_out)
    said = SAY.replace("hello", PER_PERSON)
    assert mistakes(replace(small(tmp_path, person), needs=needs)) == []
    assert any("$key, which nobody supplies" in line for line in mistakes(replace(small(tmp_path, said), needs=needs)))


def test_a_prompt_that_makes_a_commitment_is_refused_while_no_deed_writes_one(tmp_path: Path) -> None:
    needs = {**PROMPTS, "commit-call": ()}
    found = mistakes(replace(small(tmp_path, SAY.replace("hello", "commit-call")), needs=needs))
    assert found == ["line.start: prompt commit-call makes a commitment, and no deed here writes one"]


def test_the_prompts_of_a_goodbye_are_looked_at_too(tmp_path: Path) -> None:
    script = small(tmp_path, 'goodbye = true\nthen = "end"')
    assert mistakes(script) == [f"line.start: unknown prompt {prompt}" for prompt in GOODBYE_PROMPTS]
