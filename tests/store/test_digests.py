"""What digests read, and the jobs and marks of digests and notices, on both databases."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, text

from phonebot.domain.commitment import Basis
from phonebot.domain.message import State
from phonebot.domain.outbox import JobKind, JobState
from phonebot.domain.recording import Purpose, RecordingState
from phonebot.store import outbox
from phonebot.store.database import Database
from phonebot.store.digest_jobs import (
    bring_forward,
    finish,
    marks,
    move_marks,
    open_digests,
    put_off,
    rewrite,
    take_over_notices,
)
from phonebot.store.digests import owed_messages, owed_numbers, recordings_heard, settled_since, words_of
from phonebot.store.slips import asked_to_hold
from phonebot.store.tables import CallRow, CommitmentRow, MessageRow, OutboxRow, RecordingRow
from phonebot.store.texts import callers_named, received_about, unseen_texts

NOW = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)
HOUR = timedelta(hours=1)
LEASE = timedelta(minutes=5)


def message(database: Database, sid: str, owner: str | None = "sue", **columns: object) -> int:
    """A message's row; owed by its owner unless `columns` say otherwise."""
    usual = {"mailbox": "sue", "state": State.NEW, "complete": True, "received_at": NOW}
    with database.write() as session:
        session.add(CallRow(sid=sid, line="", dialogue={}, turn=0, started_at=NOW, touched_at=NOW, ended_at=NOW + HOUR))
        session.flush()
        row = MessageRow(call_sid=sid, owner=owner, **{**usual, **columns})
        session.add(row)
        session.flush()
        return row.id


def add(database: Database, row: object) -> None:
    with database.write() as session:
        session.add(row)


def accepted(number: int, owner: str, **columns: object) -> CommitmentRow:
    usual = {"due_at": NOW + HOUR, "words": "Tom will call you.", "rests_on": {}, "made_at": NOW}
    return CommitmentRow(message_id=number, basis=Basis.ACCEPTED, owner=owner, **{**usual, **columns})


def recording(number: int, sid: str, **columns: object) -> RecordingRow:
    usual = {"purpose": Purpose.MESSAGE, "state": RecordingState.FETCHED, "seconds": 9.0, "speech_seconds": 4.0}
    more = {"call_sid": "", "cut_off": False, "announced_at": NOW}
    return RecordingRow(sid=sid, message_id=number, **{**usual, **more, **columns})


def test_what_is_owed_is_what_these_owe_and_what_one_has_taken_on(database: Database) -> None:
    hers = message(database, "CA1")
    his = message(database, "CA2", owner="tom")
    taken_on, let_go = message(database, "CA3", owner="ben"), message(database, "CA4", owner="ben")
    message(database, "CA5", settled_at=NOW)
    message(database, "CA6", owner=None)
    message(database, "CA7", received_at=NOW + HOUR)
    add(database, accepted(taken_on, "tom"))
    add(database, accepted(let_go, "tom", closed_at=NOW, closed_as="slipped"))

    with database.read() as session:
        assert owed_numbers(session, ["sue"], "sue", NOW) == [hers]
        assert owed_numbers(session, ["tom", "sue"], "tom", NOW) == [hers, his, taken_on]
        assert owed_numbers(session, ["ben"], "nobody", NOW) == [taken_on, let_go]
        assert owed_numbers(session, [], "nobody", NOW) == []


def test_only_messages_that_are_owed_are_read(database: Database) -> None:
    number = message(database, "CA1", number="+442079460143", window_parts=[[NOW.isoformat(), None]])
    settled, new = message(database, "CA2", settled_at=NOW), message(database, "CA3", owner=None)

    with database.read() as session:
        (found,) = owed_messages(session, [number, settled, new])
    assert (found.number, found.owner, found.answers.number) == (number, "sue", "+442079460143")
    assert found.answers.window_parts[0].start == NOW


@pytest.mark.parametrize(
    ("columns", "heard"),
    [
        ({}, True),
        ({"state": RecordingState.ANNOUNCED, "seconds": None}, True),
        ({"seconds": 1.0, "speech_seconds": 0.9}, True),
        ({"seconds": 1.0, "speech_seconds": None}, False),
        ({"purpose": Purpose.NAME}, False),
        *(({"state": state}, False) for state in set(RecordingState) - {"announced", "fetched"}),
    ],
)
def test_only_a_recording_worth_hearing_is_told_of(database: Database, columns: dict[str, object], heard: bool) -> None:
    number = message(database, "CA1")
    add(database, recording(number, "RE1", **columns))

    with database.read() as session:
        assert (number in recordings_heard(session, [number])) is heard


def test_of_several_recordings_the_newest_counts(database: Database) -> None:
    number = message(database, "CA1")
    add(database, recording(number, "RE1", announced_at=NOW + HOUR, state=RecordingState.ANNOUNCED))
    add(database, recording(number, "RE2"))

    with database.read() as session:
        found = recordings_heard(session, [number])[number]
    assert (found.sid, found.here) == ("RE1", False)


def test_words_come_in_the_order_in_which_they_were_said(database: Database) -> None:
    number = message(database, "CA1")
    add(database, accepted(number, "sue", closed_at=NOW, closed_as="superseded", told_at=NOW))
    add(database, accepted(number, "tom"))

    with database.read() as session:
        words = words_of(session, [number])[number]
    assert [(word.owner, word.told_at, word.fate) for word in words] == [
        ("sue", NOW, "superseded"),
        ("tom", None, None),
    ]


def test_what_was_settled_since_is_what_was_returned_and_what_left_nothing(database: Database) -> None:
    before = NOW - HOUR
    returned = message(database, "CA1", state=State.RETURNED, settled_at=NOW)
    missed = message(database, "CA2", state=State.MISSED, settled_at=before - HOUR)
    message(database, "CA3", state=State.RETURNED, settled_at=before - HOUR)
    message(database, "CA4", state=State.WITHDRAWN, settled_at=NOW)
    message(database, "CA5", owner="tom", state=State.RETURNED, settled_at=NOW)
    message(database, "CA6", state=State.MISSED, settled_at=before - 5 * HOUR)
    message(database, "CA7")

    with database.read() as session:
        found = settled_since(session, ["sue"], before)
    assert [(each.number, each.state) for each in found] == [(returned, State.RETURNED), (missed, State.MISSED)]


SMALL = ("ix_commitments_standing", "ix_received_texts_unseen", "CONSTANT ROW", "(subquery-1)")
"""Indexes of what stands open, which hold few rows and grow with nothing; and lists of values, which are no tables."""


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_nothing_that_a_digest_reads_scans_a_table_that_grows(database: Database) -> None:
    said: list[tuple[str, Any]] = []
    event.listen(database.engine, "before_cursor_execute", lambda *told: said.append((told[2], told[3])))
    with database.read() as session:
        owed_numbers(session, ["sue", "office"], "sue", NOW)
        owed_messages(session, [1, 2])
        recordings_heard(session, [1, 2])
        words_of(session, [1, 2])
        settled_since(session, ["sue", "office"], NOW)
        asked_to_hold(session, ["sue", "office"], ["tom"])
        unseen_texts(session, ["sue", "office"], 9)
        unseen_texts(session, ["sue", "office"], 9, strays=True)
        received_about(session, 1)
        callers_named(session, [1, 2])
    queries = [(statement, values) for statement, values in said if statement.startswith("SELECT")]
    assert len(queries) > 10
    with database.engine.connect() as connection:
        for statement, values in queries:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
            steps = [row[3] for row in plan if not any(small in row[3] for small in SMALL)]
            assert [step for step in steps if "SCAN" in step] == [], statement
            # All messages of one owner are nearly as many as there are, and what has an owner is all of them.
            assert [step for step in steps if "(owner>?)" in step or "(owner=?)" in step] == [], statement


def put(database: Database, kind: JobKind, key: str, **payload: object) -> None:
    with database.write() as session:
        outbox.put(session, kind, key, payload, due_at=NOW, now=NOW)


def job(database: Database, key: str) -> OutboxRow:
    with database.read() as session:
        return session.query(OutboxRow).filter_by(key=key).one()


def test_notices_that_wait_are_taken_over_but_for_others_and_those_being_sent(database: Database) -> None:
    put(database, JobKind.NOTICE, "notice:su_e:0")
    with database.write() as session:
        assert outbox.claim(session, NOW, LEASE) is not None
    for number, person in enumerate(("su_e", "su_e", "suue", "su_e2"), start=1):
        put(database, JobKind.NOTICE, f"notice:{person}:{number}", message=number)
    put(database, JobKind.WARN, "notice:su_e:9")

    with database.write() as session:
        taken = take_over_notices(session, "su_e", "notice:su_e:1", NOW)
    assert taken == [{"message": 2}]
    states = {key: job(database, key).state for key in ("notice:su_e:0", "notice:su_e:1", "notice:su_e:2")}
    assert list(states.values()) == [JobState.LEASED, JobState.PENDING, JobState.DONE]
    assert {job(database, key).state for key in ("notice:suue:3", "notice:su_e2:4", "notice:su_e:9")} == {"pending"}


def test_a_job_finished_with_its_deed_is_not_done_again_and_its_lease_is_worth_nothing(database: Database) -> None:
    put(database, JobKind.NOTICE, "notice:sue:1", message=1)
    with database.write() as session:
        leased = outbox.claim(session, NOW, LEASE)
    with database.write() as session:
        rewrite(session, "notice:sue:1", {"message": 1, "with": []})
        finish(session, "notice:sue:1", NOW)
        finish(session, "notice:sue:7", NOW)
    assert (job(database, "notice:sue:1").state, job(database, "notice:sue:1").payload["with"]) == ("done", [])
    assert leased is not None
    with database.write() as session:
        assert not outbox.done(session, leased, NOW + HOUR)
        rewrite(session, "notice:sue:1", {})
    assert job(database, "notice:sue:1").payload == {"message": 1, "with": []}


def test_only_digests_still_to_be_sent_are_open(database: Database) -> None:
    put(database, JobKind.DIGEST, "digest:sue:1", person="sue")
    put(database, JobKind.DIGEST, "digest:sue:2", person="sue")
    put(database, JobKind.NOTICE, "notice:sue:1")
    with database.write() as session:
        finish(session, "digest:sue:2", NOW)
    with database.read() as session:
        assert open_digests(session) == [{"person": "sue", "key": "digest:sue:1"}]


def test_what_was_put_off_is_brought_forward_and_nothing_else(database: Database) -> None:
    for key, kind in (
        ("a", JobKind.NOTICE),
        ("b", JobKind.DIGEST),
        ("c", JobKind.FETCH_RECORDING),
        ("d", JobKind.WARN),
    ):
        put(database, kind, key)
    with database.write() as session:
        session.execute(text("UPDATE outbox SET attempts = 1 WHERE key <> 'd'"))
        session.query(OutboxRow).update({"due_at": NOW + HOUR})
    with database.write() as session:
        waiting = put_off(session, NOW)
        bring_forward(session, waiting, NOW)

    assert {key for key in "abcd" if job(database, key).due_at == NOW} == {"a", "b"}


def test_marks_are_made_and_moved_either_way(database: Database) -> None:
    with database.write() as session:
        move_marks(session, [], NOW)
        move_marks(session, ["a", "b"], NOW)
    with database.write() as session:
        move_marks(session, ["b"], NOW - HOUR)
        assert marks(session, ["a", "b", "c"], lock=True) == {"a": NOW, "b": NOW - HOUR}
