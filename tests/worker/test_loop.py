"""The worker: one job after the other, none for ever, and nothing lost when it is killed."""

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

from phonebot.app import make_worker
from phonebot.domain.outbox import JobKind
from phonebot.domain.recording import RecordingState
from phonebot.services.failpoints import JOB_CLAIMED, JOB_DONE, RECORDING_HEARD, RECORDING_STORED
from phonebot.simulator import Network
from phonebot.store import outbox
from phonebot.store.database import Database
from phonebot.store.media import MEDIA_RENAMED, MEDIA_WRITTEN
from phonebot.store.media_files import FileMedia
from phonebot.store.tables import OutboxRow, RecordingRow
from phonebot.store.transcripts import transcripts_of
from phonebot.telephony.errors import Refused, Unavailable
from phonebot.telephony.recordings import NotAudio
from phonebot.worker.jobs import GARBLED_TRIES, POISON_TRIES, Duty
from phonebot.worker.loop import LEASE, Worker
from phonebot.worker.routines import Routine
from tests.listening import INVOICE, Listener
from tests.outside import NOW, RECORDING, SPEECH, keep, network, settings

DAY = timedelta(days=1)


class Clock:
    """A clock the test sets."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def outside() -> Iterator[Network]:
    with network() as one:
        yield one


def put(database: Database, kind: str = "greet") -> None:
    with database.write() as session:
        outbox.put(session, kind, f"{kind}:1", {"sid": RECORDING}, due_at=NOW, now=NOW)


def only_job(database: Database) -> OutboxRow:
    with database.read() as session:
        return session.scalars(select(OutboxRow)).one()


def worker(database: Database, clock: Clock, error: Exception | None = None) -> tuple[Worker, list[str]]:
    """A worker that knows one kind of job, which fails with the error; and what it was told."""
    said: list[str] = []

    def do(payload: object, now: datetime) -> None:
        said.append("done")
        if error is not None:
            raise error

    greet = Duty(do, lambda payload, reason, now: said.append(f"given up: {reason}"))
    return Worker(database, {"greet": greet}, clock=clock, rng=Random(1)), said


def test_a_job_is_done_once(database: Database, clock: Clock) -> None:
    put(database)
    one, said = worker(database, clock)
    assert [one.do_one(NOW), one.do_one(NOW)] == [True, False]
    assert (said, only_job(database).state) == (["done"], "done")


@pytest.mark.parametrize(
    ("error", "tries", "reason"),
    [
        (Refused("Twilio answered 400"), 1, "Twilio answered 400"),
        (NotAudio("is empty"), GARBLED_TRIES, "what came is empty"),
        (KeyError("+447700900143"), POISON_TRIES, "KeyError in "),
    ],
)
def test_a_job_that_always_fails_is_put_off_and_then_a_dead_letter_with_its_reason(
    database: Database, clock: Clock, error: Exception, tries: int, reason: str
) -> None:
    put(database)
    one, said = worker(database, clock, error)
    for _ in range(tries + 2):
        one.do_one(clock.now)
        clock.now += timedelta(hours=2)
    job = only_job(database)
    assert (job.state, job.attempts, said.count("done")) == ("dead", tries, tries)
    assert (job.reason or "").startswith(reason)
    assert "900143" not in (job.reason or "")
    assert said[-1] == f"given up: {job.reason}"


def test_a_failed_job_lets_the_others_pass(database: Database, clock: Clock) -> None:
    put(database)
    put(database, "unheard-of")
    one, said = worker(database, clock, Unavailable("Twilio answered 503"))
    assert one.drain() == 2
    assert said == ["done"]
    with database.read() as session:
        assert {row.state for row in session.scalars(select(OutboxRow))} == {"pending"}


def test_a_wait_twilio_asks_for_is_kept(database: Database, clock: Clock) -> None:
    put(database)
    one, _ = worker(database, clock, Unavailable("Twilio answered 429", timedelta(minutes=10)))
    one.do_one(NOW)
    assert only_job(database).due_at == NOW + timedelta(minutes=10)


def test_a_job_whose_workers_die_is_given_up_in_the_end(database: Database, clock: Clock) -> None:
    put(database)
    for _ in range(100):
        with database.write() as session:
            assert outbox.claim(session, clock.now, LEASE)
        clock.now += LEASE
    one, said = worker(database, clock)
    one.do_one(clock.now)
    assert (only_job(database).state, said) == ("dead", ["given up: workers died at it"])


def test_routines_keep_their_time_and_one_that_fails_stops_nothing(database: Database, clock: Clock) -> None:
    done: list[str] = []

    def fail(now: datetime) -> None:
        done.append("fails")
        raise RuntimeError

    routines = (
        Routine("fails", timedelta(minutes=5), fail),
        Routine("works", timedelta(minutes=1), lambda now: done.append("works")),
    )
    one = Worker(database, {}, routines=routines, clock=clock)
    assert one.drain() == 1
    clock.now += timedelta(minutes=1)
    one.drain()
    clock.now -= timedelta(hours=1)
    one.drain()
    assert done == ["fails", "works", "works", "fails", "works"]


def test_what_has_come_in_is_taken_in_first(database: Database, clock: Clock) -> None:
    put(database)
    order: list[str] = []
    greet = Duty(lambda payload, now: order.append("job"), lambda payload, reason, now: None)
    routine = Routine("routine", DAY, lambda now: order.append("routine"))

    def take_in(_now: datetime) -> int:
        order.append("came in")
        return 0

    Worker(database, {"greet": greet}, feeds=(take_in, take_in), routines=(routine,), clock=clock).do_one(NOW)
    assert order == ["came in", "came in", "job", "routine"]


def test_the_job_in_hand_is_finished_when_told_to_stop(database: Database, clock: Clock) -> None:
    put(database)
    put(database, "later")
    stop = threading.Event()
    greet = Duty(lambda payload, now: stop.set(), lambda payload, reason, now: None)
    Worker(database, {"greet": greet, "later": greet}, clock=clock).run(stop)
    with database.read() as session:
        assert sorted(row.state for row in session.scalars(select(OutboxRow))) == ["done", "pending"]


POINTS = (JOB_CLAIMED, MEDIA_WRITTEN, MEDIA_RENAMED, RECORDING_STORED, JOB_DONE, RECORDING_HEARD)


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("point", POINTS)
def test_a_worker_killed_at_any_point_loses_no_recording(
    database_url: str, outside: Network, tmp_path: Path, point: str
) -> None:
    keep(outside)
    command = [sys.executable, "-m", "tests.worker.killed_worker", point, database_url, outside.serve_rest()]
    root = Path(__file__).parents[2]
    killed = subprocess.run([*command, str(tmp_path / "media")], cwd=root, timeout=60, check=False)
    assert killed.returncode == -signal.SIGKILL
    database, media = Database(database_url), FileMedia(tmp_path / "media")
    own = settings(outside.serve_rest(), MEDIA_DIR=str(tmp_path / "media"), PHONEBOT_SPOOL_DIR=str(tmp_path / "spool"))
    make_worker(own, database, clock=lambda: NOW + LEASE, transcriber=Listener()).drain()
    with database.read() as session:
        row = session.get_one(RecordingRow, RECORDING)
        assert (row.state, media.read(session, RECORDING, row.path)) == (RecordingState.FETCHED, SPEECH)
        kinds = (JobKind.FETCH_RECORDING, JobKind.TRANSCRIBE)
        done = select(OutboxRow.state).where(OutboxRow.kind.in_(kinds))
        assert session.scalars(done).all() == ["done", "done"]
        assert [each.transcript for each in transcripts_of(session, [row.message_id or 0]).values()] == [INVOICE]
    media.sweep(NOW + 400 * DAY)
    assert len([path for path in media.folder.rglob("*") if path.is_file()]) == 1
    database.close()
