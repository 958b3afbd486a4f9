"""Where a message stands, folded from what has happened to it: never stronger than the evidence, never lost."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebot.domain.callback import Evidence, Outcome
from phonebot.domain.commitment import PHONEBOT
from phonebot.domain.history import CALLER, Event, EventKind, Standing, after, standing_of
from phonebot.domain.message import State
from phonebot.domain.moves import MOVES, refusal

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
RECEIVED = Event(EventKind.RECEIVED, NOON, PHONEBOT, {"left": "new"})


def event(kind: EventKind, by: str = "sue", minutes: int = 0, **detail: Any) -> Event:
    return Event(kind, NOON + timedelta(minutes=minutes), by, detail)


def claimed(by: str = "sue", minutes: int = 0, attempt: int | None = None) -> Event:
    until = (NOON + timedelta(minutes=minutes + 5)).isoformat()
    return event(EventKind.CLAIMED, by, minutes, until=until, attempt=attempt)


def tried(
    outcome: Outcome | None, evidence: Evidence, *, by: str = "sue", attempt: int = 1, minutes: int = 0, **more: Any
) -> Event:
    told = {"attempt": attempt, "outcome": outcome and outcome.value, "evidence": evidence.word, **more}
    return event(EventKind.ATTEMPTED, by, minutes, **told)


def said(reached: bool, minutes: int = 0) -> Event:
    return event(EventKind.VERDICT, CALLER, minutes, reached=reached)


NO_ANSWER = tried(Outcome.NO_ANSWER, Evidence.CONFIRMED)
JOINED = tried(Outcome.JOINED, Evidence.JOINED)
SPOKE = tried(Outcome.REACHED, Evidence.SPOKE)
SPOKE_LATER = tried(Outcome.REACHED, Evidence.SPOKE, attempt=2, minutes=9)
ASKED = event(EventKind.ASKED, PHONEBOT)
SAID = event(EventKind.SAID)


@pytest.mark.parametrize(
    ("events", "state"),
    [
        ([], State.NEW),
        ([claimed()], State.CLAIMED),
        ([claimed(), event(EventKind.RELEASED)], State.NEW),
        ([tried(None, Evidence.PLACED)], State.NEW),
        ([NO_ANSWER], State.ATTEMPTED),
        ([tried(Outcome.LEFT_WORD, Evidence.JOINED)], State.ATTEMPTED),
        ([tried(Outcome.JOINED, Evidence.CONFIRMED)], State.ATTEMPTED),
        ([JOINED], State.JOINED_UNCONFIRMED),
        ([JOINED, tried(Outcome.BUSY, Evidence.CONFIRMED, attempt=2)], State.JOINED_UNCONFIRMED),
        ([SPOKE], State.RETURNED),
        ([SAID], State.SAID_RETURNED),
        ([SAID, tried(None, Evidence.NONE)], State.NEW),
        ([NO_ANSWER, SAID], State.SAID_RETURNED),
        ([tried(Outcome.REACHED, Evidence.SPOKE, holding=True)], State.HELD),
        ([tried(Outcome.NO_ANSWER, Evidence.CONFIRMED, holding=True)], State.ATTEMPTED),
        ([SAID, ASKED, said(reached=True)], State.RETURNED),
        ([SAID, ASKED, said(reached=False)], State.REOPENED),
        ([SPOKE, ASKED, said(reached=False, minutes=5)], State.REOPENED),
        ([SPOKE, ASKED, said(reached=False, minutes=5), JOINED], State.REOPENED),
        ([SPOKE, ASKED, said(reached=False), SPOKE_LATER], State.RETURNED),
        ([SPOKE, ASKED, said(reached=False), said(reached=True)], State.RETURNED),
        ([event(EventKind.SETTLED, how="withdrawn")], State.WITHDRAWN),
        ([event(EventKind.SETTLED, how="unreachable")], State.UNREACHABLE),
        ([event(EventKind.WEIGHED, PHONEBOT, left="missed")], State.MISSED),
        ([event(EventKind.PASSED, to="tom"), event(EventKind.SLIPPED), event(EventKind.HEARD)], State.NEW),
    ],
)  # fmt: skip
def test_where_a_message_stands_follows_from_its_history(events: list[Event], state: State) -> None:
    assert standing_of([RECEIVED, *events], "sue").state is state


def test_a_try_that_is_over_gives_the_message_back() -> None:
    ringing = standing_of([RECEIVED, claimed(attempt=1), tried(None, Evidence.PLACED)], "sue")
    assert ringing.claim is not None
    assert after(ringing, NO_ANSWER).claim is None


def test_what_is_learnt_late_of_a_machine_takes_the_proof_away_again() -> None:
    standing = standing_of([RECEIVED, SPOKE, JOINED], "sue")
    assert (standing.state, standing.settled_at) == (State.JOINED_UNCONFIRMED, None)


def test_what_a_caller_denied_is_not_proved_again_by_the_call_they_were_asked_about() -> None:
    standing = standing_of([RECEIVED, SPOKE, ASKED, said(reached=False, minutes=30), SPOKE], "sue")
    assert standing.state is State.REOPENED


def test_passing_a_message_on_changes_who_owes_it_and_nothing_else() -> None:
    standing = standing_of([RECEIVED, event(EventKind.PASSED, to="tom")], "sue")
    assert (standing.owner, standing.passed_by, standing.state) == ("tom", "sue", State.NEW)


@pytest.mark.parametrize(
    ("mailbox", "acceptor", "by", "holding"),
    [
        ("sue", None, "sue", False),
        ("sue", None, "tom", True),
        ("sue", "tom", "tom", False),
        ("office", None, "tom", False),
    ],
)  # fmt: skip
def test_a_call_on_somebody_elses_behalf_is_a_holding_call(
    mailbox: str, acceptor: str | None, by: str, holding: bool
) -> None:
    accepted = [event(EventKind.ACCEPTED, acceptor)] if acceptor else []
    assert standing_of([RECEIVED, *accepted], mailbox).holding(by) is holding


# What has to hold whatever happens, in any order that the table of moves lets through.

PEOPLE = st.sampled_from(["sue", "tom", "ann"])
MINUTES = st.integers(0, 2_000)
ATTEMPTS = st.builds(
    lambda by, minutes, attempt, outcome, evidence, holding: tried(
        outcome, evidence, attempt=attempt, minutes=minutes, holding=holding, by=by
    ),
    PEOPLE, MINUTES, st.integers(1, 3), st.sampled_from([None, *Outcome]),
    st.sampled_from([each for each in Evidence if each is not Evidence.CALLER]), st.booleans(),
)  # fmt: skip
OTHERS = st.one_of(
    st.builds(claimed, PEOPLE, MINUTES, st.one_of(st.none(), st.integers(1, 3))),
    st.builds(lambda by, minutes, to: event(EventKind.PASSED, by, minutes, to=to), PEOPLE, MINUTES, PEOPLE),
    st.builds(
        lambda by, minutes, how: event(EventKind.SETTLED, by, minutes, how=how.value),
        PEOPLE, MINUTES, st.sampled_from([State.WITHDRAWN, State.UNREACHABLE, State.RETURNED]),
    ),
    st.builds(said, st.booleans(), MINUTES),
    st.builds(
        event,
        st.sampled_from([EventKind.RELEASED, EventKind.SAID, EventKind.ACCEPTED, EventKind.SLIPPED, EventKind.ASKED,
                         EventKind.HEARD, EventKind.DELIVERED, EventKind.TOLD]),
        PEOPLE, MINUTES,
    ),
)  # fmt: skip
ANYTHING = st.lists(st.one_of(ATTEMPTS, OTHERS), max_size=25)
STAFF_ONLY = st.lists(
    st.one_of(
        ATTEMPTS.filter(lambda one: not (one.detail["evidence"] == "spoke" and not one.detail["holding"])),
        OTHERS.filter(lambda one: one.kind not in {EventKind.VERDICT, EventKind.SETTLED}),
    ),
    max_size=25,
)


def lived(events: Sequence[Event]) -> Standing:
    """The standing after all of these that may happen."""
    standing = standing_of([RECEIVED], "sue")
    for one in events:
        if refusal(standing, one) is None:
            standing = after(standing, one)
    return standing


@given(ANYTHING)
def test_nothing_owed_is_lost(events: list[Event]) -> None:
    """Invariant 3: a message stays on somebody's list until it is settled, and is settled in the four ways only."""
    standing = lived(events)
    if standing.owed:
        assert standing.owner
        assert standing.settled_at is None
    else:
        assert standing.settled_as in {State.RETURNED, State.WITHDRAWN, State.UNREACHABLE}
        proved = standing.reached is not None or standing.verdict is True
        closed = any(one.kind is EventKind.SETTLED for one in events)
        assert proved or closed


@given(STAFF_ONLY)
def test_returned_means_reached(events: list[Event]) -> None:
    """Invariant 4: no click, dial, busy tone, voicemail, joined call or colleague's word makes a message returned."""
    standing = lived(events)
    assert standing.state is not State.RETURNED
    assert not standing.evidence.settles


@given(ANYTHING)
def test_the_state_shown_is_never_stronger_than_the_evidence(events: list[Event]) -> None:
    standing = lived(events)
    least = {State.RETURNED: Evidence.SPOKE, State.SAID_RETURNED: Evidence.SAID}
    assert standing.evidence >= least.get(standing.state, Evidence.NONE)


@given(ANYTHING, ANYTHING)
def test_a_history_folds_the_same_in_one_go_or_in_two(first: list[Event], second: list[Event]) -> None:
    halfway = standing_of([RECEIVED, *first], "sue")
    folded = halfway
    for one in second:
        folded = after(folded, one)
    assert folded == standing_of([RECEIVED, *first, *second], "sue")


@given(ANYTHING)
def test_staff_cannot_overwrite_a_caller_who_says_that_nobody_got_back(events: list[Event]) -> None:
    standing = after(lived(events), said(reached=False, minutes=2_000))
    for word in (SAID, event(EventKind.SETTLED, how="unreachable"), event(EventKind.SETTLED, how="returned")):
        if refusal(standing, word) is None:
            # Only enough tries on record let somebody close it, by name, as unreachable.
            assert word.detail.get("how") == "unreachable"


def test_every_event_has_its_row_in_the_table_of_moves() -> None:
    assert set(MOVES) == set(EventKind)
