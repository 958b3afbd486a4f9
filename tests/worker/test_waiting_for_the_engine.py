"""An engine that is out or not ready costs no recording its words, and one that a recording breaks is soon let be."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from phonebot.app import make_worker
from phonebot.domain.transcript import Hearing
from phonebot.simulator import Network
from phonebot.speech.errors import EngineFailed, NotReady, SpeechTrouble
from phonebot.speech.transcriber import Transcriber
from phonebot.store.database import Database
from phonebot.store.media_files import FileMedia
from phonebot.store.transcripts import KeptTranscript, transcript_of
from phonebot.worker.jobs import ENGINE_FAILURES, OUTSIDE_TRIES, SPEECH_TRIES
from phonebot.worker.loop import Worker
from tests.listening import INVOICE, Listener, Says, leave_speech
from tests.outside import NOW, RECORDING, network, settings

HOUR = timedelta(hours=1)

# How long is waited is the same on both databases.
pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


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


def hearing(database: Database, message: int) -> KeptTranscript | None:
    with database.read() as session:
        return transcript_of(session, message)


def heard_after(
    outage: timedelta, why: Exception, database: Database, outside: Network, media: FileMedia
) -> tuple[KeptTranscript | None, int]:
    """What there is of a message after an engine was out for so long and was itself again; and how often it was asked.

    The worker looks every half hour.
    """
    message, clock, listener = leave_speech(database, media, outside), Clock(), Listener([why])
    worker, until = whole_worker(outside, database, media, listener, clock), clock.now + outage
    while clock.now < until:
        worker.drain()
        clock.now += timedelta(minutes=30)
    listener.says[:] = [INVOICE]
    for _ in range(4):
        worker.drain()
        clock.now += timedelta(minutes=30)
    return hearing(database, message), len(listener.heard)


def test_a_service_that_is_out_for_half_a_day_leaves_nothing_missing(
    database: Database, outside: Network, media: FileMedia
) -> None:
    heard, asked = heard_after(timedelta(hours=12), SpeechTrouble("wit: no network"), database, outside, media)
    assert heard == KeptTranscript(RECORDING, Hearing.HEARD, INVOICE)
    assert asked < SPEECH_TRIES


def test_a_mistake_in_the_settings_that_is_corrected_after_two_days_leaves_nothing_missing(
    database: Database, outside: Network, media: FileMedia
) -> None:
    heard, _ = heard_after(timedelta(days=2), NotReady("the model is not whole"), database, outside, media)
    assert heard == KeptTranscript(RECORDING, Hearing.HEARD, INVOICE)


@pytest.mark.parametrize("why", [SpeechTrouble("wit: no network"), NotReady("the model is not here")])
def test_an_engine_that_is_never_itself_again_leaves_the_recording_missing_for_that_very_reason(
    database: Database, outside: Network, media: FileMedia, why: SpeechTrouble
) -> None:
    message, clock = leave_speech(database, media, outside), Clock()
    worker = whole_worker(outside, database, media, Listener([why]), clock)
    for _ in range(OUTSIDE_TRIES + 2):
        worker.drain()
        clock.now += HOUR
    assert hearing(database, message) == KeptTranscript(RECORDING, Hearing.MISSING, reason=str(why))


def test_waiting_for_the_engine_is_not_held_against_the_recording(
    database: Database, outside: Network, media: FileMedia
) -> None:
    waits: list[Says] = [NotReady("the model is not here")] * 10
    crash = EngineFailed("the transcriber was ended by SIGSEGV")
    message, clock = leave_speech(database, media, outside), Clock()
    worker = whole_worker(
        outside, database, media, Listener([*waits, *[crash] * (ENGINE_FAILURES - 1), INVOICE]), clock
    )
    for _ in range(10 + ENGINE_FAILURES):
        assert hearing(database, message) == KeptTranscript(RECORDING, Hearing.PENDING)
        worker.drain()
        clock.now += HOUR
    assert hearing(database, message) == KeptTranscript(RECORDING, Hearing.HEARD, INVOICE)
