"""What the pages of links show of a recording: its words with their doubts, questions, or why there are no words."""

from pathlib import Path

import pytest

from phonebot.domain.digest import Act
from phonebot.domain.recording import RecordingState
from phonebot.domain.transcript import Transcript
from phonebot.store.database import Database
from phonebot.store.tables import RecordingRow
from phonebot.store.transcripts import save_missing, save_transcript, want_transcript
from tests.heard import VOICEMAIL, heard
from tests.left_messages import load_office
from tests.running import TUESDAY
from tests.web.pages import SID, Page, Reading, page_on, record

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


@pytest.fixture
def page(database: Database, tmp_path: Path) -> Page:
    """The pages, in the sample office."""
    load_office(database, tmp_path)
    return page_on(database)


@pytest.fixture
def number(page: Page) -> int:
    """A message of Julie's to Sue, with a recording that is to be put into words."""
    number = page.left()
    record(page, number)
    with page.database.write() as session:
        want_transcript(session, SID, TUESDAY)
    return number


def hear(page: Page, transcript: Transcript) -> None:
    with page.database.write() as session:
        assert save_transcript(session, SID, transcript, TUESDAY)


def test_words_are_shown_with_their_doubts_marked_and_the_questions_above_them(page: Page, number: int) -> None:
    hear(page, VOICEMAIL)
    read = Reading.of(page.opens(number, Act.CALL))

    assert "about invoice 4417? before Friday" in read.words
    assert '<mark class="doubt">4417?</mark>' in page.opens(number, Act.CALL).text
    order = ("When:", "? The recording has", "rang Tuesday", "as a machine heard it")
    places = [read.words.index(words) for words in order]
    assert places == sorted(places)
    assert "may have been heard wrong" in read.words


def test_where_nothing_is_doubtful_nothing_is_said_of_doubts(page: Page, number: int) -> None:
    hear(page, heard("It was charged twice."))
    read = Reading.of(page.opens(number, Act.CALL))

    assert "It was charged twice." in read.words
    assert "heard wrong" not in read.words


@pytest.mark.parametrize("act", [Act.HEAR, Act.CALL])
def test_until_it_is_heard_the_page_says_so_and_has_the_recording(page: Page, number: int, act: Act) -> None:
    read = Reading.of(page.opens(number, act))

    assert "not been put into words yet" in read.words
    assert "audio" in read.tags


def test_a_recording_that_could_not_be_heard_is_there_to_listen_to(page: Page, number: int) -> None:
    with page.database.write() as session:
        assert save_missing(session, SID, "the recording is no audio", TUESDAY)
    read = Reading.of(page.opens(number, Act.CALL))

    assert "could not be put into words. Please listen to it." in read.words
    assert "audio" in read.tags


def test_where_what_came_cannot_be_played_nobody_is_asked_to_listen(page: Page) -> None:
    number = page.left()
    record(page, number)
    with page.database.write() as session:
        row = session.get_one(RecordingRow, SID)
        row.state, row.reason, row.fetched_at = RecordingState.REFUSED, "what came is empty", None
    for act in (Act.CALL, Act.HEAR):
        read = Reading.of(page.opens(number, act))
        assert "could not be used" in read.words
        assert "Please listen" not in read.words
        assert "audio" not in read.tags


def test_a_recording_that_breaks_off_says_so_once(page: Page, number: int) -> None:
    with page.database.write() as session:
        session.get_one(RecordingRow, SID).cut_off = True

    assert Reading.of(page.opens(number, Act.CALL)).words.count("breaks off") == 1


def test_a_caller_who_gave_no_name_has_the_one_they_said(page: Page) -> None:
    number = page.left(name=None, company=None)
    record(page, number)
    hear(page, heard("Hello, this is Amir Khan, please call me back.", "Khan"))
    read = Reading.of(page.opens(number, Act.CALL))

    assert "Amir" in read.words
    assert "No name given" not in read.words


HOSTILE = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}", "\u202egnorw", "</mark></bdi>"]


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("whole", [True, False])
def test_fault_62_what_is_said_on_a_recording_is_inert(page: Page, number: int, words: str, whole: bool) -> None:
    said = f"This is {words}"
    hear(page, heard(said, said if whole else words))
    answer = page.opens(number, Act.CALL)
    read = Reading.of(answer)

    assert not {"script", "img"} & set(read.tags)
    assert "\u202e" not in answer.text
    assert "{{ 7*7 }}" in answer.text or "7*7" not in words
