"""Histories as rows: only ever added to, and the message's own columns in step with what they say."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from phonebot.domain.callback import Evidence, Outcome
from phonebot.domain.history import Event, EventKind, standing_of
from phonebot.domain.message import State
from phonebot.domain.outbox import JobKind
from phonebot.domain.recording import Purpose, RecordingState
from phonebot.store.database import Database
from phonebot.store.history import append, histories, in_state, lock_life, owed_by, standings, to_take_in
from phonebot.store.recordings import attach_recording
from phonebot.store.tables import MessageRow, OutboxRow
from tests.left_messages import leave, load_office
from tests.running import TUESDAY

LATER = TUESDAY + timedelta(minutes=3)


def columns(database: Database, number: int) -> tuple[str, str | None, bool]:
    """What the message's own columns say: its state, who owes it, and whether it is settled."""
    with database.read() as session:
        row = session.get_one(MessageRow, number)
        return row.state, row.owner, row.settled_at is not None


def happens(database: Database, number: int, *events: Event) -> None:
    with database.write() as session:
        life = lock_life(session, number, LATER)
        assert life is not None
        for event in events:
            life = append(session, life, event)


def tried(evidence: Evidence, outcome: Outcome) -> Event:
    told = {"attempt": 1, "outcome": outcome.value, "evidence": evidence.word}
    return Event(EventKind.ATTEMPTED, LATER, "sue", told)


def test_a_message_is_taken_in_once_whoever_comes_first(database: Database) -> None:
    number = leave(database)
    with database.read() as session:
        assert to_take_in(session, 9) == [number]
    happens(database, number)
    happens(database, number)
    with database.read() as session:
        assert to_take_in(session, 9) == []
        assert [event.kind for event in histories(session, [number])[number]] == [EventKind.RECEIVED]
        assert session.scalars(select(OutboxRow.kind)).all() == [JobKind.ANNOUNCE]
        assert owed_by(session, "sue", 9) == [number]


def test_a_missed_call_is_taken_in_owed_to_nobody_and_announced_to_nobody(database: Database) -> None:
    number = leave(database, state=State.MISSED)
    happens(database, number)
    assert columns(database, number) == (State.MISSED, "sue", True)
    with database.read() as session:
        assert owed_by(session, "sue", 9) == []
        assert session.scalars(select(OutboxRow.kind)).all() == []


def test_a_draft_has_no_life_yet(database: Database) -> None:
    number = leave(database, state=State.DRAFT)
    with database.write() as session:
        assert lock_life(session, number, LATER) is None
        assert lock_life(session, number + 1, LATER) is None
        assert to_take_in(session, 9) == []


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([], (State.NEW, "sue", False)),
        ([Event(EventKind.PASSED, LATER, "sue", {"to": "tom"})], (State.NEW, "tom", False)),
        ([tried(Evidence.CONFIRMED, Outcome.BUSY)], (State.ATTEMPTED, "sue", False)),
        ([tried(Evidence.SPOKE, Outcome.REACHED)], (State.RETURNED, "sue", True)),
    ],
)
def test_the_columns_say_what_the_history_says(
    database: Database, events: list[Event], expected: tuple[str, str, bool]
) -> None:
    number = leave(database)
    happens(database, number, *events)
    assert columns(database, number) == expected
    with database.read() as session:
        standing = standings(session, [(number, "sue")])[number]
        assert standing == standing_of(histories(session, [number])[number], "sue")
        assert in_state(session, State(expected[0]), 9) == [number]


def test_a_recording_that_turns_out_to_hold_words_makes_a_message_of_a_missed_call(
    database: Database, tmp_path: Path
) -> None:
    load_office(database, tmp_path)
    nothing: dict[str, Any] = {"name": None, "company": None, "number": None, "business": None, "window_said": None}
    number = leave(database, state=State.MISSED, **nothing)
    happens(database, number)
    with database.write() as session:
        call_sid = session.get_one(MessageRow, number).call_sid
        attach_recording(
            session,
            call_sid=call_sid,
            recording_sid="RE" + "1" * 32,
            seconds=9.0,
            state=RecordingState.ANNOUNCED,
            purpose=Purpose.MESSAGE,
            now=LATER,
        )
    happens(database, number)
    assert columns(database, number) == (State.NEW, "sue", False)
    with database.read() as session:
        kinds = [event.kind for event in histories(session, [number])[number]]
    assert kinds == [EventKind.RECEIVED, EventKind.WEIGHED]
