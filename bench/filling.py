"""Filling a database with messages of the past, in bulk: each with all the rows that a call leaves behind."""

import json
from dataclasses import asdict
from datetime import UTC, datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from phonebot.dialog.dialogue import Dialogue
from phonebot.store.database import Database

DAYS = 700
"""The messages are spread evenly over so many days, the newest of yesterday."""

RANDOM_SID = {"sqlite": "lower(hex(randomblob(16)))", "postgresql": "md5(random()::text)"}
EARLIER = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f000', :newest, '-' || (n * :step) || ' seconds')",
    "postgresql": "CAST(:newest AS timestamp) - n * :step * interval '1 second'",
}
JSON = {"sqlite": "{}", "postgresql": "CAST({} AS json)"}
PAYLOAD = {
    "sqlite": "json_object('sid', 'RE' || substr(sid, 3))",
    "postgresql": "json_build_object('sid', 'RE' || substr(sid, 3))",
}

CALLS = """
INSERT INTO calls (sid, line, caller, dialogue, turn, started_at, touched_at, ended_at, notice_prompt, notice_version)
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :count)
SELECT 'CA' || {sid}, :line, :caller, {dialogue}, 6, {at}, {at}, {at}, 'recording-notice', '0123456789' FROM numbers
"""
MESSAGES = """
INSERT INTO messages (call_sid, mailbox, state, complete, received_at, caller_id, name, company, number, business,
                      window_said)
SELECT sid, 'sue', 'new', true, started_at, caller, 'Julie Smith', 'Hartwell Dental', caller,
       'Last month''s invoice, it was charged twice', 'tomorrow, after three' FROM calls
"""
RECORDINGS = """
INSERT INTO recordings (sid, call_sid, message_id, purpose, state, seconds, speech_seconds, cut_off, path, sha256,
                        announced_at, fetched_at)
SELECT 'RE' || substr(call_sid, 3), call_sid, id, 'message', 'fetched', 4.0, 3.0, false,
       substr(call_sid, 3, 2) || '/RE' || substr(call_sid, 3) || '.wav', '{sha}', received_at, received_at FROM messages
"""
OUTBOX = """
INSERT INTO outbox (kind, "key", payload, state, due_at, attempts, created_at, done_at)
SELECT 'fetch-recording', 'fetch-recording:RE' || substr(sid, 3), {payload}, 'done', started_at, 1, started_at,
       started_at FROM calls
"""
WEBHOOKS = """
INSERT INTO webhooks (call_sid, kind, "key", received_at, posted, answer)
SELECT sid, 'turn', '6', started_at, NULL, '<Response/>' FROM calls
"""
COMMITMENTS = """
INSERT INTO commitments (message_id, basis, owner, due_at, words, rests_on, made_at, told_at)
SELECT id, 'ours', 'phonebot', received_at, 'Sue will have this when free. I can''t say when Sue will call.', '{{}}',
       received_at, received_at FROM messages
"""
EVENTS = """
INSERT INTO events (at, subject, kind, detail)
SELECT started_at, sid, 'received', {detail} FROM calls
"""
TRANSFERS = """
INSERT INTO transfers (call_sid, turn, whom, phone, shown, started_at, accepted_at, ended_at)
SELECT sid, 3, 'tom', '+447700900102', caller, started_at, NULL, started_at FROM calls
"""
STATUSES = """
INSERT INTO statuses (person_id, activity, presence, discreet, starts, ends, leeway_seconds, set_at)
SELECT 'sue', 'in meetings', 'away', false, started_at, started_at, 1800, started_at FROM calls LIMIT :days
"""
STATEMENTS = (CALLS, MESSAGES, RECORDINGS, OUTBOX, WEBHOOKS, COMMITMENTS, EVENTS, TRANSFERS, STATUSES)


def fill(database: Database, count: int, line: str, caller: str) -> None:
    """Add so many messages to an empty database, and let PostgreSQL count what it holds, as its vacuum would."""
    kind = database.engine.dialect.name
    values = {
        "count": count,
        "line": line,
        "caller": caller,
        "dialogue": json.dumps(asdict(Dialogue(state="summary.hang_up", turn=6, person="sue", mailbox="sue"))),
        "detail": '{"state": "new"}',
        "newest": datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S"),
        "days": DAYS,
        "step": DAYS * 86_400 / count,
    }
    words = {
        "sid": RANDOM_SID[kind],
        "at": EARLIER[kind],
        "payload": PAYLOAD[kind],
        "dialogue": JSON[kind].format(":dialogue"),
        "detail": JSON[kind].format(":detail"),
        "sha": "0" * 64,
    }
    with database.write() as session:
        for statement in STATEMENTS:
            _run(session, statement.format(**words), values)
    if kind == "postgresql":
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


def _run(session: Session, words: str, values: dict[str, object]) -> None:
    statement = text(words)
    names = statement.compile().params
    session.execute(statement, {name: values[name] for name in names})
