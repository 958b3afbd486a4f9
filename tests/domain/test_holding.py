"""A holding call that is asked for is wanted until the caller has been rung."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from phonebot.domain.commitment import PHONEBOT
from phonebot.domain.history import CALLER, Event, EventKind
from phonebot.domain.holding import holding_call_wanted

THREE = datetime(2026, 11, 24, 15, tzinfo=UTC)


def event(kind: EventKind, minutes: int = 0, by: str = "sue", **detail: Any) -> Event:
    return Event(kind, THREE + timedelta(minutes=minutes), by, detail)


def asked(of: str = "tom", commitment: int = 1) -> Event:
    return event(EventKind.HOLDING_ASKED, 1, PHONEBOT, commitment=commitment, of=of)


def tried(outcome: str | None, attempt: int = 1, by: str = "tom") -> Event:
    return event(EventKind.ATTEMPTED, 5, by, attempt=attempt, outcome=outcome, evidence="placed", holding=by != "sue")


def test_it_is_wanted_of_whoever_was_asked_last() -> None:
    wanted = holding_call_wanted([asked("tom"), asked("ben", 2)])

    assert wanted is not None
    assert wanted.detail["of"] == "ben"


@pytest.mark.parametrize(
    "later",
    [
        tried("no-answer"),
        tried("reached"),
        tried("left-word", by="ben"),
        tried("joined", by="sue"),
        event(EventKind.SAID, 5, "tom"),
    ],
)
def test_it_is_wanted_no_more_once_anybody_has_rung_the_caller_or_says_so(later: Event) -> None:
    assert holding_call_wanted([asked(), later]) is None


@pytest.mark.parametrize(
    "later",
    [
        tried(None),
        tried("staff-not-reached"),
        tried("not-placed"),
        tried("failed"),
        event(EventKind.CLAIMED, 5, "tom", until=THREE.isoformat()),
        event(EventKind.ACCEPTED, 5, "sue", commitment=2),
        event(EventKind.VERDICT, 5, CALLER, reached=False),
    ],
)
def test_it_is_wanted_still_while_the_caller_has_not_been_rung(later: Event) -> None:
    assert holding_call_wanted([asked(), later]) == asked()


def test_what_is_learnt_late_of_a_call_made_before_is_no_new_call() -> None:
    before = tried("no-answer", by="sue")

    assert holding_call_wanted([before, asked(), tried("wrong-number", by="sue")]) == asked()
    assert holding_call_wanted([before, asked(), tried("no-answer", 2)]) is None


def test_where_nobody_was_asked_nothing_is_wanted() -> None:
    assert holding_call_wanted([]) is None
    assert holding_call_wanted([event(EventKind.SLIPPED), tried("no-answer")]) is None
