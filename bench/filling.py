"""Filling a database with messages of the past, in bulk: each with all the rows that it leaves behind.

So many have been settled in the year before; a few hundred newer ones are owed.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from bench.filled_lives import SUES_SHARE, life_statements
from bench.sql import Sql
from phonebot.dialog.dialogue import Dialogue
from phonebot.domain.outbox import lane_of
from phonebot.store.database import Database, Session

DAYS, OWED_DAYS = 340, 20
"""The settled messages are spread evenly over so many days, and after those what is owed over so many, to yesterday."""

OWED = 600
"""Messages that are owed, five in six of them by Sue."""

QUESTIONS = 100
"""Questions about settled messages that nobody has yet put to their caller."""

STATUSES_OF_DAYS = 3_600


def fill(database: Database, count: int, line: str, asked: str) -> None:
    """Add so many settled messages, and those owed, to an empty database, whose messages' rows are then 1, 2, 3, …

    Every question that is open is for the caller with the number `asked`. At the end PostgreSQL counts what it holds,
    as its vacuum would.
    """
    sql = Sql(database.engine.dialect.name)
    values = _values(count, line, asked, datetime.now(UTC))
    for statement in (*_call_statements(sql), *life_statements(sql), *_other_statements(sql)):
        # A transaction each, lest SQLite's log grow to the size of it all.
        with database.write() as session:
            _run(session, statement, values)
    if sql.kind == "postgresql":
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


def _values(count: int, line: str, asked: str, now: datetime) -> dict[str, object]:
    newest = now - timedelta(days=1)
    owed_since = newest - timedelta(days=OWED_DAYS)
    tomorrow = (now + timedelta(days=1)).replace(minute=0, second=0, microsecond=0)
    dialogue = Dialogue(state="ending.hang_up", turn=6, person="sue", mailbox="sue")
    return {
        "settled": count,
        "all": count + OWED,
        "line": line,
        "asked": asked,
        "questions": QUESTIONS,
        "dialogue": json.dumps(asdict(dialogue)),
        "window": json.dumps([[tomorrow.isoformat(), (tomorrow + timedelta(hours=2)).isoformat()]]),
        "first": _stored(owed_since - timedelta(days=DAYS)),
        "owed_since": _stored(owed_since),
        "due": _stored(now + timedelta(hours=1)),
        "step": DAYS * 86_400 / count,
        "owed_step": OWED_DAYS * 86_400 / OWED,
        "statuses": STATUSES_OF_DAYS,
        "share": SUES_SHARE,
    }


def _stored(at: datetime) -> str:
    """An instant as its column holds it."""
    return at.strftime("%Y-%m-%d %H:%M:%S.000000")


def _call_statements(sql: Sql) -> Iterable[str]:
    """Calls, and what is written while they last. Numbers are those kept for fiction, a thousand of them."""
    settled, owed = sql.later(":first", "n * :step"), sql.later(":owed_since", "(n - :settled) * :owed_step")
    at = f"CASE WHEN n <= :settled THEN {settled} ELSE {owed} END"
    yield f"""
        INSERT INTO calls (sid, line, caller, dialogue, turn, started_at, touched_at, ended_at, notice_prompt,
                           notice_version)
        WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :all)
        SELECT 'CA' || {sql.sid}, :line, '+447700900' || substr(CAST(1000 + n % 1000 AS text), 2),
               {sql.given("dialogue")}, 6, {at}, {at}, {at}, 'recording-notice', '0123456789' FROM numbers
    """
    yield f"""
        INSERT INTO messages (call_sid, mailbox, state, complete, received_at, caller_id, name, company, number,
                              business, window_said, window_parts)
        SELECT sid, 'sue', 'new', true, started_at, caller, 'Julie Smith', 'Hartwell Dental', caller,
               'Last month''s invoice, it was charged twice', 'tomorrow, after three', {sql.given("window")}
        FROM calls ORDER BY started_at
    """
    yield f"""
        INSERT INTO recordings (sid, call_sid, message_id, purpose, state, seconds, speech_seconds, cut_off, path,
                                sha256, announced_at, fetched_at)
        SELECT 'RE' || substr(call_sid, 3), call_sid, id, 'message', 'fetched', 4.0, 3.0, false,
               substr(call_sid, 3, 2) || '/RE' || substr(call_sid, 3) || '.wav', '{"0" * 64}', received_at, received_at
        FROM messages
    """
    yield """
        INSERT INTO transcripts (recording_sid, message_id, text, doubtful, made_at)
        SELECT sid, message_id, 'It is about invoice 4417, it was charged twice', '[[20, 24]]', fetched_at
        FROM recordings
    """
    yield """
        INSERT INTO webhooks (call_sid, kind, "key", received_at, posted, answer)
        SELECT sid, 'turn', '6', started_at, NULL, '<Response/>' FROM calls
    """
    yield """
        INSERT INTO commitments (message_id, basis, owner, due_at, words, rests_on, made_at, told_at)
        SELECT id, 'ours', 'phonebot', received_at, 'Sue will have this when free. I can''t say when Sue will call.',
               '{}', received_at, received_at FROM messages
    """


def _other_statements(sql: Sql) -> Iterable[str]:
    """Jobs that are done, phones that were rung, and where people were."""
    for kind, payload in (
        ("fetch-recording", sql.json(sid="'RE' || substr(call_sid, 3)")),
        ("transcribe", sql.json(sid="'RE' || substr(call_sid, 3)")),
        ("announce", sql.json(message="id")),
        ("notice", sql.json(person="mailbox", message="id")),
    ):
        lane = lane_of(kind)
        yield f"""
            INSERT INTO outbox (kind, lane, "key", payload, state, due_at, attempts, created_at, done_at)
            SELECT '{kind}', '{lane}', '{kind}:' || id, {payload}, 'done', received_at, 1, received_at, received_at
            FROM messages
        """
    yield """
        INSERT INTO transfers (call_sid, turn, whom, phone, shown, started_at, accepted_at, ended_at)
        SELECT sid, 3, 'tom', '+447700900102', caller, started_at, NULL, started_at FROM calls
    """
    yield """
        INSERT INTO statuses (person_id, activity, presence, discreet, starts, ends, leeway_seconds, set_at)
        SELECT CASE WHEN id % 2 = 0 THEN 'sue' ELSE 'tom' END, 'in meetings', 'away', false, received_at, received_at,
               1800, received_at FROM messages LIMIT :statuses
    """


def _run(session: Session, words: str, values: dict[str, object]) -> None:
    statement = text(words)
    names = statement.compile().params
    session.execute(statement, {name: values[name] for name in names})
