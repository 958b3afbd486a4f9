"""Which times of a recording are for the call, and which are of something else."""

import pytest

from phonebot.domain.gist.times import times_for_the_call
from phonebot.domain.gist.tokens import tokens_of
from tests.domain.gist.said import NOW, ZONE


def _said(text: str) -> list[str]:
    return [text[time.start : time.end] for time in times_for_the_call(text, tokens_of(text), NOW, ZONE)]


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("Please call me before Friday.", ["before Friday"]),
        ("Please ring me at 2.30 p.m. on Thursday.", ["at 2.30 p.m. on Thursday"]),
        ("Call me about invoice four four one seven before Friday.", ["before Friday"]),
        ("I'm free on Wednesday between two and four.", ["on Wednesday between two and four"]),
        ("Tuesday at ten works for me.", ["Tuesday at ten"]),
        ("Could you get back to me by the thirtieth?", ["by the thirtieth"]),
        ("Thanks. Tomorrow after three, please.", ["Tomorrow after three"]),
        ("Don't call before ten.", ["Don't call before ten"]),
        ("You can reach me at seven thirty tomorrow evening.", ["at seven thirty tomorrow evening"]),
        ("It must be paid by Monday at the latest.", ["by Monday at the latest"]),
        ("No need to ring on Thursday now, Friday morning would suit me better.", ["Friday morning"]),
    ],
)
def test_a_time_tied_to_the_call_is_heard(text: str, times: list[str]) -> None:
    assert _said(text) == times


@pytest.mark.parametrize(
    "text",
    [
        "I called on Monday.",
        "It's about last month's invoice.",
        "My appointment is on the 14th.",
        "Ring me about my appointment on the 14th.",
        "The delivery was supposed to come before Tuesday.",
        "I spoke to Tom yesterday morning.",
        "Good morning. Have a nice weekend.",
        "He said he'd call you on Friday.",
        "I was told that somebody would call me by Monday.",
        "I'm at 12 Acacia Avenue.",
        "Call me at five hundred Main Street.",
        "I'll go back tomorrow.",
        "I will be busy in an hour, so call me later.",
        "Wait a second.",
    ],
)
def test_a_time_of_something_else_is_not(text: str) -> None:
    assert _said(text) == []
