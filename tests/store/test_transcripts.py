"""What recordings say, as rows: saved once while anybody wants it, and read for many messages in one statement."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, select

from phonebot.domain.outbox import Job, JobKind, JobState, Lane, recording_key
from phonebot.domain.recording import Purpose, RecordingState
from phonebot.domain.transcript import Hearing, Span, Transcript
from phonebot.store import outbox
from phonebot.store.audio import Fate, fate_of_unneeded, store_fetched, want_again
from phonebot.store.database import Database
from phonebot.store.forgetting import blank, want_no_more
from phonebot.store.tables import MessageRow, OutboxRow, RecordingRow, TranscriptRow
from phonebot.store.transcripts import (
    KeptTranscript,
    save_missing,
    save_transcript,
    transcript_of,
    transcripts_of,
    unheard,
    want_transcript,
)
from tests.left_messages import leave
from tests.outside import OTHER, RECORDING
from tests.running import TUESDAY

INVOICE = Transcript("about invoice 4417 before Friday", (Span(14, 18),))
LEASE = timedelta(minutes=5)


def recorded(database: Database, message: int, sid: str = RECORDING, *, later: float = 0, **columns: Any) -> None:
    """A recording of a message that has been fetched, and in which somebody speaks, unless `columns` say otherwise."""
    with database.write() as session:
        usual = {
            "sid": sid,
            "call_sid": session.get_one(MessageRow, message).call_sid,
            "message_id": message,
            "purpose": Purpose.MESSAGE,
            "state": RecordingState.FETCHED,
            "seconds": 8.0,
            "speech_seconds": 5.0,
            "cut_off": False,
            "announced_at": TUESDAY + timedelta(seconds=later),
            "fetched_at": TUESDAY,
        }
        session.add(RecordingRow(**usual | columns))


@pytest.fixture
def message(database: Database) -> int:
    return leave(database)


def want(database: Database, sid: str = RECORDING) -> None:
    with database.write() as session:
        want_transcript(session, sid, TUESDAY)


def save(database: Database, sid: str = RECORDING, transcript: Transcript = INVOICE) -> bool:
    with database.write() as session:
        return save_transcript(session, sid, transcript, TUESDAY)


def kept(database: Database, message: int) -> KeptTranscript | None:
    with database.read() as session:
        return transcript_of(session, message)


def rows(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(TranscriptRow)) or 0


def take_job(database: Database) -> Job | None:
    with database.write() as session:
        return outbox.claim(session, TUESDAY, LEASE, Lane.SPEECH)


def set_state(database: Database, state: RecordingState, sid: str = RECORDING) -> None:
    with database.write() as session:
        session.get_one(RecordingRow, sid).state = state


def test_a_recording_is_pending_until_what_it_says_is_saved_and_the_first_to_save_wins(
    database: Database, message: int
) -> None:
    recorded(database, message)
    assert kept(database, message) is None
    want(database)
    assert kept(database, message) == KeptTranscript(RECORDING, Hearing.PENDING)
    assert save(database)
    assert not save(database, transcript=Transcript("something else"))
    assert kept(database, message) == KeptTranscript(RECORDING, Hearing.HEARD, INVOICE)


def test_a_recording_in_which_no_word_was_found_has_been_heard(database: Database, message: int) -> None:
    recorded(database, message)
    save(database, transcript=Transcript(""))
    assert kept(database, message) == KeptTranscript(RECORDING, Hearing.HEARD, Transcript(""))


def test_one_that_cannot_be_put_into_words_is_missing_with_its_reason(database: Database, message: int) -> None:
    recorded(database, message)
    want(database)
    with database.write() as session:
        assert save_missing(session, RECORDING, "the engine failed", TUESDAY)
        assert not save_missing(session, RECORDING, "another reason", TUESDAY)
    assert kept(database, message) == KeptTranscript(RECORDING, Hearing.MISSING, reason="the engine failed")


@pytest.mark.parametrize(
    "columns",
    [
        {"purpose": Purpose.NAME},
        {"speech_seconds": 0.4},
        {"speech_seconds": None},
        {"state": RecordingState.ANNOUNCED},
        {"state": RecordingState.REPLACED},
        {"state": RecordingState.UNWANTED},
        {"state": RecordingState.DELETED},
    ],
)
def test_nothing_else_is_to_be_put_into_words_or_kept_if_it_was(
    database: Database, message: int, columns: dict[str, Any]
) -> None:
    recorded(database, message, **columns)
    want(database)
    assert take_job(database) is None
    assert not save(database)
    assert kept(database, message) is None


def test_one_that_came_and_could_not_be_read_is_missing_and_says_why(database: Database, message: int) -> None:
    recorded(database, message, state=RecordingState.REFUSED, speech_seconds=None, reason="what came is empty")
    want(database)
    assert take_job(database) is None
    assert kept(database, message) == KeptTranscript(RECORDING, Hearing.MISSING, reason="what came is empty")


def test_a_job_that_is_over_leaves_nothing_pending(database: Database, message: int) -> None:
    recorded(database, message)
    want(database)
    job = take_job(database)
    assert job is not None
    assert (job.kind, dict(job.payload)) == (JobKind.TRANSCRIBE, {"sid": RECORDING})
    assert kept(database, message) == KeptTranscript(RECORDING, Hearing.PENDING)
    with database.write() as session:
        outbox.bury(session, job, "whatever", TUESDAY)
    assert kept(database, message) is None


def test_audio_that_was_lost_and_came_again_is_put_into_words_after_all(database: Database, message: int) -> None:
    recorded(database, message)
    want(database)
    with database.write() as session:
        want_again(session, RECORDING, TUESDAY)
    job = take_job(database)
    assert job is not None
    with database.write() as session:
        outbox.done(session, job, TUESDAY)
    here = {"seconds": 8.0, "speech_seconds": 5.0, "path": None, "sha256": "0" * 64}
    for transcribes in (False, True):
        with database.write() as session:
            store_fetched(session, RECORDING, **here, now=TUESDAY, transcribes=transcribes)  # type: ignore[arg-type]  # a test's shorthand
        assert (kept(database, message) is not None) is transcribes
    assert take_job(database) is not None


def test_audio_that_comes_again_after_it_was_heard_is_not_heard_twice(database: Database, message: int) -> None:
    recorded(database, message)
    save(database)
    want(database)
    assert take_job(database) is None


def test_what_a_replaced_recording_says_is_not_shown_and_goes_with_it(database: Database, message: int) -> None:
    recorded(database, message)
    save(database, transcript=Transcript("let me say that again"))
    set_state(database, RecordingState.REPLACED)
    recorded(database, message, OTHER, later=30)
    assert kept(database, message) is None
    save(database, OTHER)
    assert kept(database, message) == KeptTranscript(OTHER, Hearing.HEARD, INVOICE)
    with database.write() as session:
        assert fate_of_unneeded(session, RECORDING, TUESDAY) is Fate.DELETE
    assert rows(database) == 1


def test_a_replaced_recording_that_is_the_message_after_all_is_put_into_words(database: Database, message: int) -> None:
    recorded(database, message, state=RecordingState.REPLACED)
    recorded(database, message, OTHER, later=30, speech_seconds=0.0)
    with database.write() as session:
        assert fate_of_unneeded(session, RECORDING, TUESDAY, transcribes=True) is Fate.LEAVE
    assert kept(database, message) == KeptTranscript(RECORDING, Hearing.PENDING)


@pytest.mark.parametrize(("state", "left"), [(RecordingState.FETCHED, 1), (RecordingState.REPLACED, 0)])
def test_words_outlast_audio_that_is_too_old_but_not_those_of_a_replaced_recording(
    database: Database, message: int, state: RecordingState, left: int
) -> None:
    recorded(database, message)
    save(database)
    set_state(database, state)
    with database.write() as session:
        want_no_more(session, [RECORDING], TUESDAY)
    assert rows(database) == left
    assert (kept(database, message) is not None) is bool(left)


def test_what_is_said_goes_when_its_caller_is_forgotten_and_does_not_come_back(
    database: Database, message: int
) -> None:
    recorded(database, message)
    save(database)
    with database.write() as session:
        blank(session, [message], TUESDAY)
    assert rows(database) == 0
    assert not save(database)
    want(database)
    assert take_job(database) is None
    with database.read() as session:
        assert unheard(session, RECORDING) is None


def test_of_several_who_save_at_once_one_does(database: Database, message: int) -> None:
    recorded(database, message)
    with ThreadPoolExecutor(4) as pool:
        saved = list(pool.map(lambda n: save(database, transcript=Transcript(f"hearing {n}")), range(8)))
    assert (saved.count(True), rows(database)) == (1, 1)


@contextmanager
def statements(database: Database) -> Iterator[list[tuple[str, Any]]]:
    """What is said to the database meanwhile."""
    said: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith("SELECT"):
            said.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    yield said
    event.remove(database.engine, "before_cursor_execute", note)


def sid_of(number: int) -> str:
    return f"RE{number:032x}"


def test_many_messages_are_read_in_one_statement_each_with_its_own(database: Database) -> None:
    heard, pending, missing, silent = (leave(database) for _ in range(4))
    for number in (heard, pending, missing):
        recorded(database, number, sid_of(number))
        want(database, sid_of(number))
    recorded(database, silent, sid_of(silent), speech_seconds=0.0)
    save(database, sid_of(heard))
    with database.write() as session:
        save_missing(session, sid_of(missing), "no engine", TUESDAY)
    with database.read() as session, statements(database) as said:
        found = transcripts_of(session, [heard, pending, missing, silent, 999])
    assert len(said) == 1
    hearings = {number: each.hearing for number, each in found.items()}
    assert hearings == {heard: Hearing.HEARD, pending: Hearing.PENDING, missing: Hearing.MISSING}


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_reading_them_walks_no_table(database: Database, message: int) -> None:
    with database.read() as session:
        with statements(database) as said:
            transcripts_of(session, [message, 2, 3])
        ((statement, parameters),) = said
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
    steps = [row[3] for row in plan]
    assert steps
    assert not [step for step in steps if step.startswith("SCAN")], steps


def test_a_job_of_a_recording_is_named_for_what_is_done_and_to_which(database: Database, message: int) -> None:
    recorded(database, message)
    want(database)
    with database.read() as session:
        (job,) = session.scalars(select(OutboxRow))
    assert job.key == recording_key(JobKind.TRANSCRIBE, RECORDING)
    assert (job.lane, job.state) == (Lane.SPEECH, JobState.PENDING)
    keys = {recording_key(kind, RECORDING) for kind in (JobKind.FETCH_RECORDING, JobKind.DELETE_RECORDING)}
    assert keys == {f"fetch:{RECORDING}", f"delete:{RECORDING}"}
