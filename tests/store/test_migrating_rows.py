"""Migrations keep what is in the tables: jobs go to the lane that does them, and none is left that nobody knows."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from phonebot.domain.outbox import Lane
from phonebot.store import outbox
from phonebot.store.database import Database, ready
from phonebot.store.schema import migrate, undo_migrations

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
LEASE = timedelta(minutes=5)
WITHOUT_LANES = (
    "INSERT INTO outbox (kind, key, payload, state, due_at, attempts, created_at) "
    "VALUES (:kind, :key, '{}', 'pending', '2026-11-24 10:00:00', 0, '2026-11-24 10:00:00')"
)


def before_lanes(url: str) -> Database:
    """A database as it was before there were any lanes."""
    migrate(url)
    undo_migrations(url, "0003")
    return Database(url)


def add(database: Database, kind: str, key: str) -> None:
    with database.write() as session:
        session.execute(text(WITHOUT_LANES), {"kind": kind, "key": key})


def claimed(database: Database, lane: Lane) -> str | None:
    with database.write() as session:
        job = outbox.claim(session, NOW, LEASE, lane)
    return job.key if job else None


def test_jobs_from_before_there_were_lanes_are_done_in_their_own(bare_database_url: str) -> None:
    database = before_lanes(bare_database_url)
    add(database, "notice", "notice:1")
    add(database, "transcribe", "transcribe:1")
    migrate(bare_database_url)
    ready(database)
    assert [claimed(database, Lane.SPEECH) for _ in range(2)] == ["transcribe:1", None]
    assert [claimed(database, Lane.MAIN) for _ in range(2)] == ["notice:1", None]
    database.close()


def test_undoing_lanes_leaves_no_job_that_an_older_worker_would_fail_at(bare_database_url: str) -> None:
    migrate(bare_database_url)
    database = Database(bare_database_url)
    with database.write() as session:
        for kind in ("notice", "transcribe"):
            outbox.put(session, kind, f"{kind}:1", {}, due_at=NOW, now=NOW)
    undo_migrations(bare_database_url, "0003")
    with database.read() as session:
        assert session.scalars(text("SELECT key FROM outbox")).all() == ["notice:1"]
    migrate(bare_database_url)
    assert [claimed(database, lane) for lane in (Lane.SPEECH, Lane.MAIN)] == [None, "notice:1"]
    database.close()
