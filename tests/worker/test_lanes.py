"""Recordings are put into words in a lane of their own: whatever becomes of it, nobody is told of anything later."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import psutil
import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from phonebot.app import make_worker
from phonebot.domain.outbox import JobKind, JobState, Lane
from phonebot.domain.transcript import Hearing, Transcript
from phonebot.simulator import Network
from phonebot.speech.child import ChildTranscriber, Limits
from phonebot.speech.errors import EngineFailed, NotReady, SpeechTrouble
from phonebot.speech.transcriber import Transcriber
from phonebot.store import outbox
from phonebot.store.database import Database
from phonebot.store.media_files import FileMedia
from phonebot.store.tables import OutboxRow
from phonebot.store.transcripts import KeptTranscript, transcript_of
from phonebot.worker.jobs import DEATHS_AT_SPEECH, ENGINE_FAILURES, SPEECH_WAIT, Duty
from phonebot.worker.lanes import GRACE_SECONDS
from phonebot.worker.loop import LEASE, Worker
from tests.listening import INVOICE, Listener, leave_speech
from tests.outside import NOW, RECORDING, network, settings

HOUR = timedelta(hours=1)


class Clock:
    """A clock the test sets."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def outside() -> Iterator[Network]:
    with network() as one:
        yield one


@pytest.fixture
def media(tmp_path: Path) -> FileMedia:
    return FileMedia(tmp_path / "media")


def whole_worker(
    outside: Network, database: Database, media: FileMedia, listener: Transcriber | None, clock: Callable[[], datetime]
) -> Worker:
    own = settings(
        outside.serve_rest(), MEDIA_DIR=str(media.folder), PHONEBOT_SPOOL_DIR=str(media.folder.parent / "spool")
    )
    return make_worker(own, database, clock=clock, transcriber=listener)


def put(database: Database, *keys: str) -> None:
    """A job for each key, of the lane its first word names."""
    with database.write() as session:
        for key in keys:
            kind = JobKind.TRANSCRIBE if key.startswith("speech") else JobKind.NOTICE
            outbox.put(session, kind, key, {"key": key}, due_at=NOW, now=NOW)


def state_of(database: Database, key: str) -> str:
    with database.read() as session:
        return session.scalars(select(OutboxRow.state).where(OutboxRow.key == key)).one()


def hearing(database: Database, message: int) -> KeptTranscript | None:
    with database.read() as session:
        return transcript_of(session, message)


def by_and_by(what: Callable[[], bool], seconds: float = 10) -> None:
    """Wait until something is so; fail if it is not by then."""
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "it never came to be"
        time.sleep(0.02)


def two_lanes(database: Database, speak: Callable[[str], object], lease: timedelta = LEASE) -> Worker:
    """A worker whose notices are sent by doing nothing, and whose other lane does as it is told with each key."""
    known: dict[str, Duty] = {
        JobKind.NOTICE: Duty(lambda job, now: None),
        JobKind.TRANSCRIBE: Duty(lambda job, now: speak(str(job["key"]))),
    }
    beside = Worker(database, known, clock=lambda: NOW, lane=Lane.SPEECH, lease=lease)
    return Worker(database, known, clock=lambda: NOW, beside=(beside,))


class Run:
    """A worker running in a thread, as it does in its process."""

    def __init__(self, worker: Worker) -> None:
        self.stop = threading.Event()
        self.thread = threading.Thread(target=worker.run, args=(self.stop,), daemon=True)

    def __enter__(self) -> "Run":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ends()

    def ends(self) -> float:
        """Tell it to stop; the seconds it took."""
        began = time.monotonic()
        self.stop.set()
        self.thread.join(20)
        assert not self.thread.is_alive()
        return time.monotonic() - began


def test_notices_go_out_while_the_engine_hangs_and_stopping_waits_for_neither(database: Database) -> None:
    let_go, hung = threading.Event(), threading.Event()

    def hang(_key: str) -> None:
        hung.set()
        let_go.wait(30)

    put(database, "speech")
    with Run(two_lanes(database, hang)) as running:
        assert hung.wait(10)
        began = time.monotonic()
        put(database, "notice")
        by_and_by(lambda: state_of(database, "notice") == JobState.DONE)
        assert time.monotonic() - began < 3
        assert running.ends() < GRACE_SECONDS + 2
    assert state_of(database, "speech") == JobState.LEASED
    let_go.set()
    by_and_by(lambda: state_of(database, "speech") == JobState.DONE)


def test_a_lane_that_dies_is_started_again_and_its_death_is_on_record(database: Database) -> None:
    def die_at_first(key: str) -> None:
        if key == "speech-1":
            raise SystemExit

    put(database, "speech-1", "speech-2", "notice")
    with capture_logs() as logs, Run(two_lanes(database, die_at_first)):
        by_and_by(lambda: state_of(database, "speech-2") == JobState.DONE)
        by_and_by(lambda: state_of(database, "notice") == JobState.DONE)
    assert state_of(database, "speech-1") == JobState.LEASED
    assert {"event": "lane-ended", "lane": "speech", "error": "SystemExit", "log_level": "error"} in logs
    assert [line["event"] for line in logs].count("lane-died") == 1


def test_a_lane_that_is_stuck_is_on_record_once(database: Database) -> None:
    let_go = threading.Event()
    put(database, "speech")
    with capture_logs() as logs, Run(two_lanes(database, lambda _: let_go.wait(30), timedelta(seconds=0.2))):
        by_and_by(lambda: "lane-stuck" in [line["event"] for line in logs])
        time.sleep(1.2)
        let_go.set()
    assert [line["event"] for line in logs].count("lane-stuck") == 1


def test_what_the_main_lane_has_due_comes_before_anything_of_the_other(database: Database) -> None:
    done: list[str] = []
    known: dict[str, Duty] = {kind: Duty(lambda job, now: done.append(str(job["key"]))) for kind in JobKind}
    beside = Worker(database, known, clock=lambda: NOW, lane=Lane.SPEECH)
    put(database, "speech-1", "notice-1", "speech-2", "notice-2")
    assert Worker(database, known, clock=lambda: NOW, beside=(beside,)).drain() == 4
    assert done == ["notice-1", "notice-2", "speech-1", "speech-2"]


def test_workers_at_once_put_each_recording_into_words_once(
    database: Database, outside: Network, media: FileMedia
) -> None:
    listener = Listener()
    messages = [leave_speech(database, media, outside, f"RE{n:032x}") for n in range(8)]
    workers = [whole_worker(outside, database, media, listener, lambda: NOW) for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(Worker.drain, workers))
    for message in messages:
        heard = hearing(database, message)
        assert heard is not None
        assert (heard.hearing, heard.transcript) == (Hearing.HEARD, INVOICE)
    assert len(listener.heard) == len(messages)


def test_an_engine_that_fails_five_times_leaves_the_recording_missing_and_says_why(
    database: Database, outside: Network, media: FileMedia
) -> None:
    message = leave_speech(database, media, outside)
    listener, clock = Listener([EngineFailed("the transcriber gave no answer in 150 seconds")]), Clock()
    worker = whole_worker(outside, database, media, listener, clock)
    for n in range(1, ENGINE_FAILURES + 3):
        pending = KeptTranscript(RECORDING, Hearing.PENDING)
        assert (hearing(database, message) == pending) is (n <= ENGINE_FAILURES)
        worker.drain()
        clock.now += HOUR
    why = "the transcriber gave no answer in 150 seconds"
    assert hearing(database, message) == KeptTranscript(RECORDING, Hearing.MISSING, reason=why)
    assert len(listener.heard) == ENGINE_FAILURES == 5


def test_a_lane_whose_database_fell_away_in_the_midst_of_a_job_is_not_stuck(database: Database) -> None:
    class Gone(BaseException):
        """What ends the whole try."""

    def fall_away(_key: str) -> None:
        raise Gone

    put(database, "speech")
    duty = Duty(lambda job, now: fall_away(str(job["key"])))
    one = Worker(
        database, {JobKind.TRANSCRIBE: duty}, clock=lambda: NOW, lane=Lane.SPEECH, lease=timedelta(seconds=0.01)
    )
    with pytest.raises(Gone):
        one.do_one(NOW)
    time.sleep(0.05)
    assert not one.overdue


def test_messages_that_come_while_the_model_is_fetched_for_an_hour_are_put_into_words_after_it(
    database: Database, outside: Network, media: FileMedia
) -> None:
    message = leave_speech(database, media, outside)
    listener, clock = Listener([NotReady("the transcriber is not ready yet")]), Clock()
    worker, began = whole_worker(outside, database, media, listener, clock), clock.now
    while clock.now < began + HOUR:
        worker.drain()
        assert hearing(database, message) == KeptTranscript(RECORDING, Hearing.PENDING)
        clock.now += timedelta(minutes=1)
    assert ENGINE_FAILURES < len(listener.heard) < DEATHS_AT_SPEECH
    listener.says[:] = [INVOICE]
    clock.now += HOUR
    worker.drain()
    assert hearing(database, message) == KeptTranscript(RECORDING, Hearing.HEARD, INVOICE)


@pytest.mark.parametrize(
    ("listener", "why"),
    [(Listener([SpeechTrouble("no key", retryable=False)]), "no key"), (None, "not put into words here any more")],
)
def test_what_another_try_would_not_help_is_missing_at_once(
    database: Database, outside: Network, media: FileMedia, listener: Listener | None, why: str
) -> None:
    message = leave_speech(database, media, outside)
    whole_worker(outside, database, media, listener, lambda: NOW).drain()
    missing = hearing(database, message)
    assert missing is not None
    assert missing.hearing is Hearing.MISSING
    assert why in (missing.reason or "")


def test_a_recording_that_workers_die_at_is_given_up_in_the_end(
    database: Database, outside: Network, media: FileMedia
) -> None:
    message, clock, listener = leave_speech(database, media, outside), Clock(), Listener()
    for _ in range(DEATHS_AT_SPEECH):
        with database.write() as session:
            assert outbox.claim(session, clock.now, LEASE, Lane.SPEECH)
        clock.now += LEASE
    whole_worker(outside, database, media, listener, clock).drain()
    missing = hearing(database, message)
    assert missing is not None
    assert (missing.hearing, listener.heard) == (Hearing.MISSING, [])


def test_an_engine_at_work_keeps_no_transaction_open(database: Database, outside: Network, media: FileMedia) -> None:
    """The other lane fetches and the web answers calls meanwhile; on SQLite one writer would hold up all of them."""
    message = leave_speech(database, media, outside)

    def others_write() -> Transcript:
        put(database, "notice-meanwhile")
        return INVOICE

    worker = whole_worker(outside, database, media, Listener([others_write]), lambda: NOW)
    assert worker.do_one(NOW)
    worker.drain()
    assert hearing(database, message) == KeptTranscript(RECORDING, Hearing.HEARD, INVOICE)


@pytest.fixture
def hung_engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[ChildTranscriber]:
    """A process that never answers, and is given a moment to do so."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    with ChildTranscriber("tests.hanging_engine:HangingEngine", {}, Limits(each=0.2, per_second=0.0)) as one:
        yield one


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_process_that_hangs_is_ended_and_its_recording_waits_for_the_next_try(
    database: Database, outside: Network, media: FileMedia, hung_engine: ChildTranscriber
) -> None:
    message = leave_speech(database, media, outside)
    whole_worker(outside, database, media, hung_engine, lambda: NOW).drain()
    assert hearing(database, message) == KeptTranscript(RECORDING, Hearing.PENDING)
    with database.read() as session:
        job = session.scalars(select(OutboxRow).where(OutboxRow.kind == JobKind.TRANSCRIBE)).one()
    assert (job.state, job.due_at) == (JobState.PENDING, NOW + SPEECH_WAIT)
    assert "no answer" in (job.reason or "")
    assert not [child for child in psutil.Process().children() if "child_main" in " ".join(child.cmdline())]
