"""The outbox on both databases: once for each key, one worker for each job."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import text

from phonebot.domain.outbox import Job, JobKind, JobState, Lane
from phonebot.store import outbox
from phonebot.store.backlog import oldest_due
from phonebot.store.database import Database
from phonebot.store.tables import OutboxRow

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
LEASE = timedelta(minutes=5)
SECOND = timedelta(seconds=1)


def put(database: Database, *keys: str, due_at: datetime = NOW) -> None:
    with database.write() as session:
        for key in keys:
            outbox.put(session, "fetch", key, {"sid": key}, due_at=due_at, now=NOW)


def claim(database: Database, now: datetime = NOW, lane: Lane = Lane.MAIN) -> Job | None:
    with database.write() as session:
        return outbox.claim(session, now, LEASE, lane)


def claimed(database: Database, now: datetime = NOW, lane: Lane = Lane.MAIN) -> Job:
    job = claim(database, now, lane)
    assert job is not None
    return job


def state_of(database: Database, job: Job) -> tuple[str, str | None]:
    with database.read() as session:
        row = session.get_one(OutboxRow, job.id)
        return row.state, row.reason


def test_the_same_key_twice_is_once(database: Database) -> None:
    with database.write() as session:
        first = outbox.put(session, "fetch", "a", {"sid": "a"}, due_at=NOW, now=NOW)
        again = outbox.put(session, "fetch", "a", {"sid": "other"}, due_at=NOW, now=NOW)
    assert (first, again) == (True, False)
    assert claimed(database).payload == {"sid": "a"}
    assert claim(database) is None


def test_a_job_is_written_with_its_cause_or_not_at_all(database: Database) -> None:
    def cause() -> None:
        with database.write() as session:
            outbox.put(session, "fetch", "a", {}, due_at=NOW, now=NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        cause()
    assert claim(database) is None


def test_nothing_is_claimed_before_it_is_due_and_the_longest_due_comes_first(database: Database) -> None:
    put(database, "later", due_at=NOW + SECOND)
    put(database, "second", due_at=NOW - SECOND)
    put(database, "first", due_at=NOW - 2 * SECOND)
    assert [claimed(database).key, claimed(database).key] == ["first", "second"]
    assert claim(database) is None
    assert claimed(database, NOW + SECOND).key == "later"


def test_many_workers_at_once_never_take_one_job_twice(database: Database) -> None:
    put(database, *(f"job-{n}" for n in range(24)))

    def work(_: int) -> list[str]:
        taken = []
        while job := claim(database):
            taken.append(job.key)
        return taken

    with ThreadPoolExecutor(4) as pool:
        taken = [key for keys in pool.map(work, range(4)) for key in keys]
    assert sorted(taken) == sorted(f"job-{n}" for n in range(24))


def test_an_expired_lease_is_taken_over_and_the_first_holder_changes_nothing_any_more(database: Database) -> None:
    put(database, "a")
    first = claimed(database)
    assert claim(database, NOW + LEASE - SECOND) is None
    second = claimed(database, NOW + LEASE)
    assert second.attempts == 2
    with database.write() as session:
        assert not outbox.done(session, first, NOW)
        assert not outbox.bury(session, first, "too late", NOW)
        assert not outbox.retry(session, first, "too late", NOW, rng=Random(1))
    assert state_of(database, second) == (JobState.LEASED, None)
    with database.write() as session:
        assert outbox.done(session, second, NOW)
    assert state_of(database, second)[0] == JobState.DONE


def test_a_clock_set_back_leaves_no_lease_stuck(database: Database) -> None:
    put(database, "a", due_at=NOW - timedelta(days=1))
    claimed(database)
    assert claimed(database, NOW - timedelta(hours=1)).attempts == 2


def test_a_failed_job_waits_its_backoff_or_what_was_asked_for_if_that_is_longer(database: Database) -> None:
    put(database, "a")
    with database.write() as session:
        outbox.retry(session, claimed_in(session), "Twilio answered 503", NOW, rng=Random(1))
    assert claim(database, NOW + 0.9 * SECOND) is None
    job = claimed(database, NOW + 2 * SECOND)
    with database.write() as session:
        outbox.retry(session, job, "Twilio answered 429", NOW, rng=Random(1), at_least=timedelta(minutes=1))
    assert claim(database, NOW + timedelta(seconds=59)) is None
    assert claimed(database, NOW + timedelta(minutes=1)).attempts == 3


def claimed_in(session: object) -> Job:
    job = outbox.claim(session, NOW, LEASE)  # type: ignore[arg-type]  # a session of the test's own
    assert job is not None
    return job


def test_a_dead_letter_keeps_its_reason_and_is_never_claimed_until_it_is_revived(database: Database) -> None:
    put(database, "a")
    job = claimed(database)
    with database.write() as session:
        outbox.bury(session, job, "Twilio answered 400", NOW)
    assert state_of(database, job) == (JobState.DEAD, "Twilio answered 400")
    assert claim(database, NOW + timedelta(days=365)) is None
    with database.write() as session:
        assert outbox.revive(session, "a", NOW)
    assert claimed(database).attempts == 1


def test_a_job_in_hand_is_not_revived(database: Database) -> None:
    put(database, "a")
    claimed(database)
    with database.write() as session:
        assert not outbox.revive(session, "a", NOW)
        assert not outbox.revive(session, "no such key", NOW)


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_claiming_walks_the_index_and_never_the_table(database: Database) -> None:
    with database.read() as session:
        for condition in ("due_at <= '2026'", "(due_at <= '2026' OR due_at > '2027')"):
            mine = f"state = 'x' AND lane = 'main' AND {condition}"
            query = f"EXPLAIN QUERY PLAN SELECT * FROM outbox WHERE {mine} ORDER BY due_at LIMIT 1"
            plan = [row.detail for row in session.execute(text(query))]
            assert all("ix_outbox_due" in step for step in plan), plan


def test_a_lane_takes_its_own_jobs_and_no_others(database: Database) -> None:
    with database.write() as session:
        outbox.put(session, JobKind.TRANSCRIBE, "speech", {}, due_at=NOW - SECOND, now=NOW)
        outbox.put_all(session, [(JobKind.NOTICE, "notice", {})], now=NOW)
    assert claimed(database).key == "notice"
    assert claim(database) is None
    assert claimed(database, lane=Lane.SPEECH).key == "speech"
    assert claim(database, NOW + LEASE, lane=Lane.SPEECH) is not None


def test_a_backlog_of_one_lane_does_not_count_as_one_of_the_other(database: Database) -> None:
    with database.write() as session:
        outbox.put(session, JobKind.TRANSCRIBE, "speech", {}, due_at=NOW - LEASE, now=NOW)
        assert oldest_due(session) is None
        assert oldest_due(session, Lane.SPEECH) == NOW - LEASE
        outbox.put(session, JobKind.NOTICE, "notice", {}, due_at=NOW, now=NOW)
        assert oldest_due(session) == NOW
