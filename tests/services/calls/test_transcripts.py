"""Putting recordings into words: once, never in the way, and never for somebody who asked to be forgotten."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import func, select

from phonebot.dialog.heard import Recorded
from phonebot.domain.outbox import JobKind
from phonebot.domain.recording import Purpose
from phonebot.domain.transcript import Hearing, Span, Transcript
from phonebot.services.calls.hints import MOST_CHARACTERS, MOST_HINTS, hints_for
from phonebot.services.calls.recordings import fetch_recording
from phonebot.services.calls.transcripts import give_up_transcript, transcribe_recording
from phonebot.services.messages.forgetting import forget
from phonebot.services.not_yet import NotYet
from phonebot.simulator import Network
from phonebot.simulator.audio import silence
from phonebot.speech.errors import SpeechTrouble
from phonebot.store.announcements import Announcement, announce
from phonebot.store.audio import want_again
from phonebot.store.database import Database
from phonebot.store.media import Media
from phonebot.store.media_database import DatabaseMedia
from phonebot.store.media_files import FileMedia
from phonebot.store.offices import load_office as loaded_office
from phonebot.store.tables import MessageRow, OutboxRow, RecordingRow, TranscriptRow
from phonebot.store.transcripts import KeptTranscript, transcript_of, unheard
from tests.left_messages import load_office
from tests.listening import INVOICE, Listener, leave_recording, leave_speech
from tests.offices import JULIE
from tests.outside import NOW, OTHER, RECORDING, SPEECH, client, keep, network


@pytest.fixture
def outside() -> Iterator[Network]:
    with network() as one:
        yield one


@pytest.fixture(params=["files", "database"])
def media(request: pytest.FixtureRequest, tmp_path: Path) -> Media:
    return FileMedia(tmp_path / "media") if request.param == "files" else DatabaseMedia()


def kept(database: Database, message: int) -> KeptTranscript | None:
    with database.read() as session:
        return transcript_of(session, message)


def transcripts(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(TranscriptRow)) or 0


def transcribe_jobs(database: Database) -> int:
    with database.read() as session:
        wanted = select(func.count()).select_from(OutboxRow).where(OutboxRow.kind == JobKind.TRANSCRIBE)
        return session.scalar(wanted) or 0


def test_a_recording_is_put_into_words_once_and_its_file_is_lent_for_that_alone(
    database: Database, media: Media, outside: Network
) -> None:
    message, listener = leave_speech(database, media, outside), Listener()
    assert kept(database, message) == KeptTranscript(RECORDING, Hearing.PENDING)
    for _ in range(2):
        transcribe_recording(database, media, listener, RECORDING, NOW)
    assert kept(database, message) == KeptTranscript(RECORDING, Hearing.HEARD, INVOICE)
    assert (listener.heard, listener.modes) == ([SPEECH], [0o600])
    assert listener.files[0].exists() is isinstance(media, FileMedia)


def test_the_engine_works_while_nobody_waits_for_the_database(
    database: Database, media: Media, outside: Network
) -> None:
    message = leave_speech(database, media, outside)

    def writes() -> Transcript:
        with database.write() as session:
            session.get_one(MessageRow, message).company = "Hartwell"
        return INVOICE

    transcribe_recording(database, media, Listener([writes]), RECORDING, NOW)
    assert kept(database, message) == KeptTranscript(RECORDING, Hearing.HEARD, INVOICE)


@pytest.mark.parametrize(
    ("transcribes", "sound", "jobs"), [(False, SPEECH, 0), (True, silence(2), 0), (True, SPEECH, 1)]
)
def test_only_speech_is_put_into_words_and_only_where_that_is_wanted(
    database: Database, outside: Network, tmp_path: Path, transcribes: bool, sound: bytes, jobs: int
) -> None:
    leave_recording(database)
    keep(outside, sound=sound)
    for _ in range(2):
        media = FileMedia(tmp_path / "media")
        fetch_recording(database, client(outside), media, RECORDING, NOW, transcribes=transcribes)
    assert transcribe_jobs(database) == jobs


def test_a_name_said_aloud_is_not_put_into_words(database: Database, media: Media, outside: Network) -> None:
    leave_recording(database)
    with database.write() as session:
        session.get_one(RecordingRow, RECORDING).purpose = Purpose.NAME
    keep(outside)
    fetch_recording(database, client(outside), media, RECORDING, NOW, transcribes=True)
    assert transcribe_jobs(database) == 0


def test_what_fails_changes_nothing_and_is_tried_again(database: Database, media: Media, outside: Network) -> None:
    message = leave_speech(database, media, outside)
    listener = Listener([SpeechTrouble("the engine died"), INVOICE])
    with pytest.raises(SpeechTrouble):
        transcribe_recording(database, media, listener, RECORDING, NOW)
    assert kept(database, message) == KeptTranscript(RECORDING, Hearing.PENDING)
    assert listener.files[0].exists() is isinstance(media, FileMedia)
    transcribe_recording(database, media, listener, RECORDING, NOW)
    assert kept(database, message) == KeptTranscript(RECORDING, Hearing.HEARD, INVOICE)


def test_one_given_up_is_missing_with_the_reason_and_keeps_its_audio(
    database: Database, media: Media, outside: Network
) -> None:
    message = leave_speech(database, media, outside)
    give_up_transcript(database, RECORDING, "the engine died", NOW)
    assert kept(database, message) == KeptTranscript(RECORDING, Hearing.MISSING, reason="the engine died")
    with database.read() as session:
        assert media.read(session, RECORDING, session.get_one(RecordingRow, RECORDING).path) == SPEECH
    give_up_transcript(database, OTHER, "nobody knows it", NOW)
    assert transcripts(database) == 1


def test_where_phonebot_puts_nothing_into_words_any_more_that_is_said(
    database: Database, media: Media, outside: Network
) -> None:
    leave_speech(database, media, outside)
    with pytest.raises(SpeechTrouble) as trouble:
        transcribe_recording(database, media, None, RECORDING, NOW)
    assert not trouble.value.retryable


def test_who_was_forgotten_while_the_engine_listened_does_not_come_back(
    database: Database, media: Media, outside: Network, tmp_path: Path
) -> None:
    load_office(database, tmp_path)
    leave_speech(database, media, outside)

    def forgets() -> Transcript:
        forget(database, JULIE, "sue", NOW)
        return INVOICE

    transcribe_recording(database, media, Listener([forgets]), RECORDING, NOW)
    assert transcripts(database) == 0


def test_a_recording_replaced_while_the_engine_listened_says_nothing(
    database: Database, media: Media, outside: Network
) -> None:
    message = leave_speech(database, media, outside)

    def records_again() -> Transcript:
        with database.write() as session:
            call = session.get_one(MessageRow, message).call_sid
            again = Announcement(call, Recorded(OTHER, 5.0), Purpose.MESSAGE, cut_off=False)
            announce(session, again, replaces=[RECORDING], now=NOW)
        return INVOICE

    transcribe_recording(database, media, Listener([records_again]), RECORDING, NOW)
    assert transcripts(database) == 0
    assert kept(database, message) is None


def test_audio_that_is_not_here_is_waited_for(database: Database, media: Media, outside: Network) -> None:
    leave_speech(database, media, outside)
    with database.write() as session:
        media.forget(session, RECORDING)
        media.erase(session.get_one(RecordingRow, RECORDING).path)
    with pytest.raises(NotYet):
        transcribe_recording(database, media, Listener(), RECORDING, NOW)
    with database.write() as session:
        want_again(session, RECORDING, NOW)
    with pytest.raises(NotYet):
        transcribe_recording(database, media, Listener(), RECORDING, NOW)


def test_two_workers_at_one_recording_keep_it_once(database: Database, media: Media, outside: Network) -> None:
    message, listener = leave_speech(database, media, outside), Listener()
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: transcribe_recording(database, media, listener, RECORDING, NOW), range(2)))
    assert transcripts(database) == 1
    assert kept(database, message) == KeptTranscript(RECORDING, Hearing.HEARD, INVOICE)


def test_garbage_is_bounded_and_harmless(database: Database, media: Media, outside: Network) -> None:
    message = leave_speech(database, media, outside)
    garbage = Transcript("\x00\x1b[2J\ud800 07700 900 " * 60_000, tuple(Span(n, n + 9) for n in range(0, 10**6, 7)))
    transcribe_recording(database, media, Listener([garbage]), RECORDING, NOW)
    heard = kept(database, message)
    assert heard is not None
    assert heard.transcript is not None
    assert len(heard.transcript.text) <= 10_000
    assert not {"\x00", "\x1b", "\ud800"} & set(heard.transcript.text)
    assert heard.transcript.doubtful[-1].end <= len(heard.transcript.text)


def test_no_words_at_all_are_kept_as_none(database: Database, media: Media, outside: Network) -> None:
    message = leave_speech(database, media, outside)
    transcribe_recording(database, media, Listener([Transcript(" \n ")]), RECORDING, NOW)
    assert kept(database, message) == KeptTranscript(RECORDING, Hearing.HEARD, Transcript(""))


def test_digits_that_differ_from_the_number_given_are_marked(
    database: Database, media: Media, outside: Network, tmp_path: Path
) -> None:
    load_office(database, tmp_path)
    message = leave_speech(database, media, outside)
    said = Transcript("Ring me on 07700 900 149, thank you.")
    transcribe_recording(database, media, Listener([said]), RECORDING, NOW)
    heard = kept(database, message)
    assert heard is not None
    assert heard.transcript is not None
    assert heard.transcript.text == said.text
    assert "9?]" in heard.transcript.marked


def hints(database: Database) -> tuple[str, ...]:
    with database.read() as session:
        wanted = unheard(session, RECORDING)
        assert wanted is not None
        return hints_for(wanted, loaded_office(session))


def test_hints_name_who_is_asked_for_then_what_the_caller_told_us_then_everybody(
    database: Database, media: Media, outside: Network, tmp_path: Path
) -> None:
    leave_speech(database, media, outside, mailbox="sue")
    assert hints(database) == ("Julie Smith", "Hartwell Dental", "last month's invoice")
    load_office(database, tmp_path)
    found = hints(database)
    with database.read() as session:
        book = loaded_office(session)
    assert book is not None
    sue = book.person("sue")
    assert sue is not None
    assert found[0] == sue.name
    assert found.index("Hartwell Dental") < found.index(book.office.name)
    assert {person.name for person in book.people} <= set(found)
    assert len(found) == len(set(found))


def test_hints_are_few_however_much_was_said(database: Database, media: Media, outside: Network) -> None:
    leave_speech(database, media, outside, business="word " * 300, company="c" * 2000, name=None)
    found = hints(database)
    assert "c" * 2000 not in found
    assert len(found) <= MOST_HINTS
    assert sum(map(len, found)) <= MOST_CHARACTERS
