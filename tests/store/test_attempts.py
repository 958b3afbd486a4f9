"""Tries to return a call, as rows."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from phonebot.domain.callback import Evidence, Gathered, Outcome
from phonebot.store.attempts import (
    Attempt,
    attempt_numbered,
    attempts_of,
    bind_call,
    bound_calls,
    going_on,
    keep_gathered,
    keep_note,
    line_rung,
    made_since,
    message_of,
    new_attempt,
    set_sending,
)
from phonebot.store.database import Database
from tests.offices import JULIE, SUE_LINE
from tests.returning import leave
from tests.running import TUESDAY

SID = "CA" + "5" * 32


def a_try(database: Database, message: int, by: str = "sue", **later: float) -> int:
    """A try at a message, made so much later than TUESDAY."""
    with database.write() as session:
        return new_attempt(session, message, by, JULIE, TUESDAY + timedelta(**later), holding=by != "sue")


def read(database: Database, number: int) -> Attempt:
    """The try in that row."""
    with database.read() as session:
        attempt = attempt_numbered(session, number)
    assert attempt is not None
    return attempt


def test_a_new_try_knows_who_makes_it_and_nothing_else(database: Database) -> None:
    message = leave(database, TUESDAY, "sue", SUE_LINE)
    number = a_try(database, message)

    assert read(database, number) == Attempt(
        number, message, "sue", False, JULIE, TUESDAY, None, None, Gathered(), None, Evidence.NONE, None, None, None
    )


def test_what_is_gathered_is_kept_and_the_first_outcome_ends_the_try(database: Database) -> None:
    number = a_try(database, leave(database, TUESDAY, "sue", SUE_LINE))
    busy = replace(read(database, number), gathered=Gathered("completed", pressed=True, dial="busy"))
    for minutes, outcome in ((1, Outcome.BUSY), (2, Outcome.NO_ANSWER)):
        with database.write() as session:
            changed = replace(
                busy, outcome=outcome, evidence=Evidence.CONFIRMED, over_at=read(database, number).over_at
            )
            keep_gathered(session, changed, TUESDAY + timedelta(minutes=minutes))
    kept = read(database, number)

    assert kept.gathered == busy.gathered
    assert (kept.outcome, kept.evidence) == (Outcome.NO_ANSWER, Evidence.CONFIRMED)
    assert kept.over_at == TUESDAY + timedelta(minutes=1)


def test_tries_come_by_message_in_the_order_they_were_made(database: Database) -> None:
    one, other, untried = (leave(database, TUESDAY, "sue", SUE_LINE) for _ in range(3))
    numbers = [a_try(database, message, by) for message, by in ((one, "sue"), (other, "tom"), (one, "tom"))]
    with database.read() as session:
        found = attempts_of(session, [one, other, untried])

    assert {message: [each.number for each in tries] for message, tries in found.items()} == {
        one: [numbers[0], numbers[2]],
        other: [numbers[1]],
    }


def test_only_tries_without_an_outcome_are_going_on(database: Database) -> None:
    message = leave(database, TUESDAY, "sue", SUE_LINE)
    first, second = a_try(database, message), a_try(database, message)
    with database.write() as session:
        keep_gathered(session, replace(read(database, first), outcome=Outcome.BUSY), TUESDAY)
    with database.read() as session:
        assert [attempt.number for attempt in going_on(session, 10)] == [second]


def test_calls_asked_for_are_counted_by_who_asked_and_when_and_tries_by_other_telephones_are_not(
    database: Database,
) -> None:
    message = leave(database, TUESDAY, "sue", SUE_LINE)
    for by, minutes in (("sue", 0), ("sue", 5), ("tom", 5)):
        a_try(database, message, by, minutes=minutes)
    with database.write() as session:
        new_attempt(session, message, "sue", None, TUESDAY + timedelta(minutes=7), holding=False)
    with database.read() as session:
        counted = [made_since(session, "sue", TUESDAY + timedelta(minutes=minutes)) for minutes in (0, 1, 6)]

    assert counted == [2, 1, 0]


def test_a_call_at_twilio_belongs_to_one_try(database: Database) -> None:
    message = leave(database, TUESDAY, "sue", SUE_LINE)
    first, second = a_try(database, message), a_try(database, message)
    with database.write() as session:
        bind_call(session, first, SID)
        assert bound_calls(session, [SID, "CA" + "6" * 32]) == {SID}
    with pytest.raises(IntegrityError), database.write() as session:
        bind_call(session, second, SID)


def test_the_rest_of_a_try_is_set_and_read_back(database: Database) -> None:
    message = leave(database, TUESDAY, "sue", SUE_LINE)
    number = a_try(database, message)
    with database.write() as session:
        set_sending(session, number, TUESDAY)
        keep_note(session, number, "She is away until Friday.")
        assert message_of(session, number) == message
        assert message_of(session, number + 1) is None
        assert line_rung(session, message) == SUE_LINE
    assert (read(database, number).sending_at, read(database, number).note) == (TUESDAY, "She is away until Friday.")
    with database.write() as session:
        set_sending(session, number, None)
    assert read(database, number).sending_at is None


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("statement", "index"),
    [
        ("SELECT * FROM attempts WHERE outcome IS NULL ORDER BY id LIMIT 200", "ix_attempts_going_on"),
        ("SELECT count(*) FROM attempts WHERE by = 'sue' AND made_at >= '2026-11-24'", "ix_attempts_by_made"),
        ("SELECT * FROM attempts WHERE message_id IN (1, 2) ORDER BY id", "ix_attempts_message_id"),
    ],
)
def test_no_look_up_scans_the_table(database: Database, statement: str, index: str) -> None:
    with database.read() as session:
        plan = " ".join(row.detail for row in session.execute(text(f"EXPLAIN QUERY PLAN {statement}")))

    assert index in plan
