"""The gist of some hundred and fifty recordings, as a small recogniser writes them, beside the form filled in."""

import json
from pathlib import Path
from typing import Any

import pytest

from phonebot.domain.gist import gist_of
from phonebot.domain.transcript import Transcript
from tests.domain.gist.said import NOW, ZONE, answers

_RECORDINGS = [
    json.loads(line) for line in Path(__file__).with_name("recordings.jsonl").read_text(encoding="utf-8").splitlines()
]
_HEARD = " (in the recording)"


@pytest.mark.parametrize("case", _RECORDINGS, ids=lambda case: case["text"][:60])
def test_staff_are_asked_what_differs_and_nothing_else(case: dict[str, Any]) -> None:
    gist = gist_of(
        answers(case["form"]), Transcript(case["text"]), NOW, ZONE, case.get("region", "GB"), case.get("caller_id")
    )
    assert sorted(question.kind for question in gist.questions) == sorted(case["questions"])


@pytest.mark.parametrize("part", ["who", "what", "by_when"])
def test_a_recording_without_a_form_says_who_what_and_by_when(part: str) -> None:
    for case in _RECORDINGS:
        if part not in case:
            continue
        gist = gist_of(answers(case["form"]), Transcript(case["text"]), NOW, ZONE, case.get("region", "GB"))
        got = getattr(gist, part)
        if case[part]:
            assert got.endswith(_HEARD), case
            assert case[part] in got, case
        else:
            assert not got.endswith(_HEARD), case
