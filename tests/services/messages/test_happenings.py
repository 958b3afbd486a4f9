"""What happens to a message is allowed or refused, kept, and followed by what it entails."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from phonebot.domain.callback import Evidence, Outcome
from phonebot.domain.commitment import PHONEBOT
from phonebot.domain.history import CALLER, Event, EventKind
from phonebot.domain.message import State
from phonebot.domain.reference import reference_of
from phonebot.services.messages.accepting import accept
from phonebot.services.messages.happenings import NotPossible, happen, life_called, locked
from phonebot.services.messages.reading import NoMessage
from phonebot.services.office.people import the_office
from phonebot.store.database import Database
from phonebot.store.history import histories
from phonebot.store.tables import CommitmentRow, MessageRow, OutboxRow, VerdictRow
from tests.left_messages import leave, load_office
from tests.running import TUESDAY

MINUTE = timedelta(minutes=1)


@pytest.fixture
def number(database: Database, tmp_path: Path) -> int:
    """A message for Sue."""
    load_office(database, tmp_path)
    return leave(database)


def do(
    database: Database, number: int, kind: EventKind, by: str = "sue", at: datetime = TUESDAY, **detail: Any
) -> State:
    """Let it happen, and say where the message stands then."""
    with database.write() as session:
        life = locked(session, number, "that", at)
        return happen(session, life, Event(kind, at, by, detail), the_office(session)).standing.state


def claim(database: Database, number: int, by: str, at: datetime = TUESDAY) -> State:
    return do(database, number, EventKind.CLAIMED, by, at, until=(at + 5 * MINUTE).isoformat())


def attempted(
    database: Database, number: int, outcome: Outcome, evidence: Evidence, at: datetime, **more: Any
) -> State:
    told: dict[str, Any] = {"attempt": 1, "outcome": outcome.value, "evidence": evidence.word}
    return do(database, number, EventKind.ATTEMPTED, at=at, **told, **more)


def jobs(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(select(OutboxRow.key).order_by(OutboxRow.id)))


def fates(database: Database) -> list[str | None]:
    with database.read() as session:
        return list(session.scalars(select(CommitmentRow.closed_as).order_by(CommitmentRow.id)))


def test_two_cannot_have_a_message_in_hand_and_the_second_hears_who_has(database: Database, number: int) -> None:
    assert claim(database, number, "tom") is State.CLAIMED
    with pytest.raises(NotPossible, match="Tom Hart has it in hand"):
        claim(database, number, "sue")


def test_of_two_at_the_same_moment_one_wins(database: Database, number: int) -> None:
    def tries(by: str) -> str:
        try:
            return str(claim(database, number, by))
        except NotPossible as why:
            return str(why)

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(tries, ["sue", "tom"]))[1] == "claimed"
        assert len(set(pool.map(tries, ["sue", "tom"]))) == 2


def test_a_claim_that_came_to_nothing_is_given_back_first(database: Database, number: int) -> None:
    claim(database, number, "tom")
    assert claim(database, number, "sue", TUESDAY + 6 * MINUTE) is State.CLAIMED


@pytest.mark.parametrize("said", [True, False])
def test_whoever_was_reached_or_is_said_to_be_will_be_asked_once(
    database: Database, number: int, *, said: bool
) -> None:
    if said:
        do(database, number, EventKind.SAID)
    else:
        attempted(database, number, Outcome.REACHED, Evidence.SPOKE, TUESDAY)
    attempted(database, number, Outcome.REACHED, Evidence.SPOKE, TUESDAY + MINUTE)
    assert jobs(database).count(f"ask:{number}") == 1
    with database.read() as session:
        assert session.scalars(select(VerdictRow.number)).all() == ["+447700900143"]


def test_nobody_can_be_asked_who_withheld_their_number(database: Database, tmp_path: Path) -> None:
    load_office(database, tmp_path)
    number = leave(database, number=None)
    assert do(database, number, EventKind.SAID) is State.SAID_RETURNED
    assert f"ask:{number}" not in jobs(database)


def test_a_message_that_is_opened_again_is_announced_again(database: Database, number: int) -> None:
    do(database, number, EventKind.SAID)
    do(database, number, EventKind.ASKED, PHONEBOT)
    assert do(database, number, EventKind.VERDICT, CALLER, reached=False) is State.REOPENED
    assert f"announce:{number}:reopened" in jobs(database)


@pytest.mark.parametrize(
    ("outcome", "evidence", "holding", "fate"),
    [
        (Outcome.REACHED, Evidence.SPOKE, False, "kept"),
        (Outcome.LEFT_WORD, Evidence.JOINED, False, "kept"),
        (Outcome.LEFT_WORD, Evidence.NONE, False, "said-kept"),
        (Outcome.NO_ANSWER, Evidence.CONFIRMED, False, None),
        (Outcome.STAFF_NOT_REACHED, Evidence.PLACED, False, None),
        (Outcome.REACHED, Evidence.SPOKE, True, None),
    ],
)
def test_an_accepted_call_is_kept_once_the_caller_has_been_rung(
    database: Database, number: int, outcome: Outcome, evidence: Evidence, *, holding: bool, fate: str | None
) -> None:
    accept(database, reference_of(number), "sue", None, TUESDAY)
    attempted(database, number, outcome, evidence, TUESDAY + MINUTE, holding=holding)
    assert fates(database) == [fate]


def test_a_try_in_the_window_keeps_the_promise_also_where_nobody_answers(database: Database, number: int) -> None:
    accept(database, reference_of(number), "sue", None, TUESDAY)
    attempted(database, number, Outcome.NO_ANSWER, Evidence.CONFIRMED, TUESDAY + timedelta(hours=29))
    assert fates(database) == ["kept"]


def test_what_is_learnt_late_of_a_try_made_before_keeps_no_promise(database: Database, number: int) -> None:
    attempted(database, number, Outcome.JOINED, Evidence.JOINED, TUESDAY)
    accept(database, reference_of(number), "sue", None, TUESDAY + MINUTE)
    attempted(database, number, Outcome.LEFT_WORD, Evidence.JOINED, TUESDAY + 2 * MINUTE)
    assert fates(database) == [None]


def test_accepting_twice_alike_is_once_and_anew_by_another_once_the_first_is_over(
    database: Database, number: int
) -> None:
    accept(database, reference_of(number), "tom", None, TUESDAY)
    accept(database, reference_of(number), "tom", None, TUESDAY + MINUTE)
    assert fates(database) == [None]
    attempted(database, number, Outcome.LEFT_WORD, Evidence.JOINED, TUESDAY + 2 * MINUTE)
    accept(database, reference_of(number), "sue", None, TUESDAY + 3 * MINUTE)
    assert fates(database) == ["kept", None]


def test_the_word_of_staff_keeps_no_promise_and_makes_no_slip(database: Database, number: int) -> None:
    accept(database, reference_of(number), "sue", None, TUESDAY)
    do(database, number, EventKind.SAID, at=TUESDAY + MINUTE)
    assert fates(database) == ["said-kept"]


def test_a_call_rung_too_late_keeps_no_promise(database: Database, number: int) -> None:
    accept(database, reference_of(number), "sue", "today before noon", TUESDAY)
    attempted(database, number, Outcome.REACHED, Evidence.SPOKE, TUESDAY + timedelta(hours=3))
    assert fates(database) == [None]


def slip_told(database: Database, number: int, commitment: int = 1) -> list[datetime | None]:
    """When the caller was told of each slip, after a call was missed and Tom was asked to ring them for Sue."""
    accept(database, reference_of(number), "sue", "today before noon", TUESDAY)
    late = TUESDAY + timedelta(hours=3)
    do(database, number, EventKind.SLIPPED, PHONEBOT, late, commitment=commitment)
    do(database, number, EventKind.HOLDING_ASKED, PHONEBOT, late, commitment=commitment, of="tom")
    for minutes, outcome, evidence in (
        (5, "no-answer", "confirmed"),
        (9, "reached", "spoke"),
        (10, "reached", "spoke"),
    ):
        made = {"attempt": minutes // 9 + 1, "outcome": outcome, "evidence": evidence, "holding": True}
        do(database, number, EventKind.ATTEMPTED, "tom", late + minutes * MINUTE, **made)
    with database.read() as session:
        return list(session.scalars(select(CommitmentRow.slip_told_at)))


def test_whoever_is_asked_to_ring_for_one_who_missed_a_call_has_told_of_it_once_they_spoke_to_the_caller(
    database: Database, number: int
) -> None:
    assert slip_told(database, number) == [TUESDAY + timedelta(hours=3, minutes=9)]
    with database.read() as session:
        told = [event for event in histories(session, [number])[number] if event.kind is EventKind.TOLD]
    assert [(event.by, event.detail["slip"]) for event in told] == [("tom", True)]


def test_what_is_accepted_anew_takes_the_place_of_what_stood(database: Database, number: int) -> None:
    accept(database, reference_of(number), "sue", None, TUESDAY)
    accept(database, reference_of(number), "sue", "Thursday after ten", TUESDAY)
    do(database, number, EventKind.SETTLED, how="withdrawn")
    assert fates(database) == ["superseded", "withdrawn"]


def test_a_settled_message_is_not_accepted_any_more(database: Database, number: int) -> None:
    do(database, number, EventKind.SETTLED, how="withdrawn")
    with pytest.raises(NotPossible, match="withdrawn"):
        accept(database, reference_of(number), "sue", None, TUESDAY)


def test_what_is_refused_leaves_nothing_behind(database: Database, number: int) -> None:
    claim(database, number, "tom")
    before = jobs(database)
    with pytest.raises(NotPossible):
        do(database, number, EventKind.SAID)
    assert jobs(database) == before
    with database.read() as session:
        assert session.get_one(MessageRow, number).state == State.CLAIMED


def test_a_reference_that_nobody_knows_is_said_in_a_line(database: Database, number: int) -> None:
    assert number
    with database.write() as session, pytest.raises(NoMessage, match="there is no message 'QQQQ'"):
        life_called(session, "QQQQ", TUESDAY)
