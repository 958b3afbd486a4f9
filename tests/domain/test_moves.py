"""What may happen to a message next, and the reason given where it may not."""

from datetime import timedelta
from typing import Any

import pytest

from phonebot.domain.callback import Evidence, Outcome
from phonebot.domain.commitment import PHONEBOT
from phonebot.domain.history import FEWEST_TRIES, Event, EventKind, standing_of
from phonebot.domain.moves import refusal
from tests.domain.test_history import ASKED, NO_ANSWER, NOON, RECEIVED, SAID, SPOKE, claimed, event, said, tried

MISSED = Event(EventKind.RECEIVED, NOON, PHONEBOT, {"left": "missed"})
THREE_NOT_PLACED = [tried(Outcome.STAFF_NOT_REACHED, Evidence.PLACED, attempt=number) for number in range(FEWEST_TRIES)]
THREE_TRIES = [tried(Outcome.BUSY, Evidence.CONFIRMED, attempt=number) for number in range(FEWEST_TRIES)]


def settle(how: str) -> Event:
    return event(EventKind.SETTLED, how=how)


@pytest.mark.parametrize(
    ("events", "wanted", "why"),
    [
        ([MISSED], claimed(), "missed call"),
        ([RECEIVED, SPOKE], claimed(), "returned already"),
        ([RECEIVED, settle("withdrawn")], claimed(), "withdrawn"),
        ([RECEIVED, claimed("tom")], claimed("sue"), "tom has it in hand"),
        ([RECEIVED, claimed("sue", attempt=1)], claimed("sue"), "being rung"),
        ([RECEIVED, claimed("tom")], SAID, "tom has it in hand"),
        ([RECEIVED, claimed("tom")], event(EventKind.PASSED, to="ann"), "tom has it in hand"),
        ([RECEIVED], event(EventKind.PASSED, to="sue"), "theirs already"),
        ([RECEIVED, claimed("sue", attempt=1)], SAID, "being rung"),
        ([RECEIVED, SAID, ASKED, said(reached=False)], settle("withdrawn"), "nobody got back to them"),
        ([RECEIVED, *THREE_TRIES, ASKED, said(reached=False)], settle("unreachable"), "tried 0 times"),
        ([RECEIVED, SAID, ASKED, said(reached=False)], SAID, "nobody got back to them"),
        ([RECEIVED], settle("returned"), "only reaching its caller"),
        ([RECEIVED, NO_ANSWER], settle("unreachable"), "tried 1 times"),
        ([RECEIVED, *THREE_NOT_PLACED], settle("unreachable"), "tried 0 times"),
        ([RECEIVED, SAID, ASKED], ASKED, "asked already"),
        ([RECEIVED, SAID], said(reached=True), "has not been asked"),
        ([RECEIVED, SAID, ASKED], event(EventKind.VERDICT, "sue", reached=True), "only its caller"),
    ],
)
def test_what_may_not_happen_is_refused_with_the_reason(events: list[Event], wanted: Event, why: str) -> None:
    assert why in (refusal(standing_of(events, "sue"), wanted) or "")


@pytest.mark.parametrize(
    ("events", "wanted"),
    [
        ([RECEIVED], claimed()),
        ([RECEIVED, claimed("sue")], claimed("sue", attempt=1)),
        ([RECEIVED, claimed("tom")], event(EventKind.RELEASED, "tom")),
        ([RECEIVED], SAID),
        ([RECEIVED, SPOKE], NO_ANSWER),
        ([RECEIVED, *THREE_TRIES], settle("unreachable")),
        ([RECEIVED], settle("withdrawn")),
        ([RECEIVED, SAID, ASKED, said(reached=True)], said(reached=False)),
        ([RECEIVED, event(EventKind.ACCEPTED, "tom"), event(EventKind.SLIPPED)], event(EventKind.ACCEPTED, "sue")),
    ],
)
def test_what_may_happen_is_let_through(events: list[Event], wanted: Event) -> None:
    assert refusal(standing_of(events, "sue"), wanted) is None


@pytest.mark.parametrize("more", [{"attempt": 1}, {}])
def test_a_claim_that_has_run_out_hinders_nobody(more: dict[str, Any]) -> None:
    standing = standing_of([RECEIVED, claimed("tom", **more)], "sue")
    later = event(EventKind.CLAIMED, "sue", minutes=5, until=(NOON + timedelta(minutes=10)).isoformat())
    assert refusal(standing, later) is None
