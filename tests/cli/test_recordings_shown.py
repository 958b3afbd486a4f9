"""What the commands show of a recording in words: on the card, in the list, and for programs."""

import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console

from phonebot.cli.message_json import message_json
from phonebot.cli.message_view import message_card, message_lines
from phonebot.domain.message import Answers, Message, State
from phonebot.domain.reference import reference_of
from phonebot.domain.transcript import Hearing, Transcript
from phonebot.services.messages.intake import take_in
from phonebot.services.messages.reading import with_gist
from phonebot.store.database import Database
from phonebot.store.messages import KeptMessage, KeptRecording
from phonebot.store.transcripts import KeptTranscript
from tests.cli.conftest import CommandLine
from tests.heard import VOICEMAIL, hear, heard, record
from tests.services.owing import TUESDAY, leave

LONDON = ZoneInfo("Europe/London")
SUMMER = datetime(2026, 7, 14, 9, 42, 5, tzinfo=UTC)
JULIE = Answers("Julie Smith", "Hartwell Dental", "+442079460143", "Invoice 4418", "Tomorrow")
RECORDING = KeptRecording("RE1", 8.2, "ab/RE1.wav")


def kept(transcript: Transcript | None, hearing: Hearing = Hearing.HEARD, answers: Answers = JULIE) -> KeptMessage:
    """A message for Sue with a recording, as far as it has been put into words."""
    message = Message("K7QM", "CA1", "sue", State.NEW, answers.complete, SUMMER, "+442079460143", answers)
    reason = "the recording is no audio" if hearing is Hearing.MISSING else None
    return with_gist(KeptMessage(message, RECORDING, heard=KeptTranscript("RE1", hearing, transcript, reason)), None)


def card(message: KeptMessage) -> str:
    """The card of a message on a screen, in one line."""
    screen = io.StringIO()
    Console(file=screen, width=200).print(message_card(message, "Sue Cohen", LONDON))
    return " ".join(screen.getvalue().replace("│", " ").split())


def both(message: KeptMessage) -> list[str]:
    """The card and the lines of the list."""
    return [card(message), " ".join(message_lines(message, "Sue Cohen"))]


def test_a_card_begins_with_who_what_and_when_and_what_staff_are_asked() -> None:
    for shown in both(kept(VOICEMAIL)):
        order = ["Julie Smith, Hartwell Dental", "Invoice 4418. When: Tomorrow.", "? The recording has", "“Hello"]
        places = [shown.index(words) for words in order]
        assert places == sorted(places)
        assert "020 7946 [0144?]; the form has 020 7946 0143" in shown
        assert "about invoice [4417?] before Friday" in shown


def test_that_words_may_be_wrong_is_said_where_any_may_be() -> None:
    assert "may have been heard wrong" in card(kept(VOICEMAIL))
    assert "may have been heard wrong" not in card(kept(heard("It was charged twice.")))


@pytest.mark.parametrize(
    ("hearing", "transcript", "words"),
    [
        (Hearing.PENDING, None, "has not been put into words yet"),
        (Hearing.MISSING, None, "could not be put into words. Please listen to it."),
        (Hearing.HEARD, Transcript(""), "heard no words"),
    ],
)
def test_a_recording_without_words_is_told_of(hearing: Hearing, transcript: Transcript | None, words: str) -> None:
    assert all(words in shown and "ab/RE1.wav" in shown for shown in both(kept(transcript, hearing)))
    assert ("the recording is no audio" in card(kept(transcript, hearing))) == (hearing is Hearing.MISSING)


def test_a_recorded_name_is_shown_and_said_to_be_there() -> None:
    name = KeptRecording("RE2", 2.9, "cd/RE2.wav")
    for shown in both(with_gist(replace(kept(None, answers=Answers()), name_recording=name), None)):
        assert "Name recorded" in shown
        assert "No name given" not in shown
        assert "3 s, cd/RE2.wav" in shown
    assert all("Their name" not in shown for shown in both(kept(None)))


def test_what_cannot_be_played_is_said_to_be_elsewhere_and_nobody_is_asked_to_listen() -> None:
    refused = replace(kept(None, Hearing.MISSING), recording=KeptRecording("RE1", 8.2, None, refused=True))
    for shown in both(refused):
        assert "could not be used" in shown
        assert "Twilio may still have its copy, RE1" in shown
        assert "listen" not in shown
        assert "still to be fetched" not in shown


def test_a_recording_that_breaks_off_is_shown_to() -> None:
    cut = replace(kept(VOICEMAIL), recording=replace(RECORDING, cut_off=True))

    assert all(shown.count("breaks off") == 1 for shown in both(cut))


def test_who_and_what_come_from_the_recording_where_nothing_else_says_them() -> None:
    said = "Hello, this is Amir Khan, I'm ringing about the lease for Bridge Street."
    for shown in both(kept(heard(said, "Khan"), answers=Answers())):
        assert "Amir [Khan?]" in shown[: shown.index("“Hello")]
        assert "the lease for Bridge Street" in shown[: shown.index("“Hello")]


@pytest.mark.parametrize("nasty", ["\x1b[2J\x1b]0;x\x07", "\x9b2J", "\u202egpj", "a\r\nK7QM", "[bold]x[/bold]", "\x00"])
def test_fault_62_what_is_said_on_a_recording_does_nothing_to_a_terminal(nasty: str) -> None:
    said = f"This is {nasty} 0143"
    for message in (kept(heard(said, nasty)), kept(heard(said), answers=Answers()), kept(heard(said, "0143"))):
        shown = card(message) + "".join(message_lines(message, "Sue Cohen"))
        assert shown.isprintable()
        assert all("\n" not in line for line in message_lines(message, "Sue Cohen"))
        printed = json.dumps(message_json(message, LONDON), ensure_ascii=False)
        assert printed.isprintable()
        assert printed.encode()


def test_programs_get_the_words_plain_and_the_places_of_their_doubts() -> None:
    found = message_json(kept(VOICEMAIL), LONDON)

    assert (found["transcript"], found["transcript_state"]) == (VOICEMAIL.text, "heard")
    doubted = [found["transcript"][span["start"] : span["end"]] for span in found["transcript_doubtful"]]
    assert doubted == ["0144", "4417"]
    gist = found["gist"]
    assert gist.keys() == {"who", "what", "by_when", "lines", "questions"}
    assert (gist["who"], gist["what"], gist["by_when"]) == ("Julie Smith, Hartwell Dental", "Invoice 4418", "Tomorrow")
    assert len(gist["lines"]) == 2
    assert all(isinstance(question, str) and "Which is" in question for question in gist["questions"])


def test_the_places_of_doubts_are_those_in_the_words_that_are_printed() -> None:
    found = message_json(kept(heard("\u202e\u202ering\x00\x000144 now", "0144")), LONDON)
    ((start, end),) = [(span["start"], span["end"]) for span in found["transcript_doubtful"]]

    assert found["transcript"] == "ring 0144 now"
    assert found["transcript"][start:end] == "0144"


@pytest.mark.parametrize(
    ("heard_so_far", "state"),
    [
        (None, None),
        (KeptTranscript("RE1", Hearing.PENDING), "pending"),
        (KeptTranscript("RE1", Hearing.MISSING), "missing"),
    ],
)
def test_without_words_programs_get_null_and_the_reason_why(heard_so_far: KeptTranscript | None, state: Any) -> None:
    found = message_json(replace(kept(None), heard=heard_so_far), LONDON)

    assert (found["transcript"], found["transcript_doubtful"], found["transcript_state"]) == (None, [], state)


@pytest.mark.usefixtures("on_a_tuesday")
def test_every_command_shows_what_was_heard(loaded: CommandLine, database: Database) -> None:
    number = leave(database)
    take_in(database, TUESDAY)
    hear(database, record(database, number), VOICEMAIL)
    ref = reference_of(number)

    for shown in (loaded.says("message", ref), loaded.says("messages"), loaded.says("digest", "sue")):
        assert "[4417?]" in " ".join(shown.replace("│", " ").split())
        assert "? The recording has" in shown
    (listed,) = json.loads(loaded.says("messages", "--json"))
    (owed,) = json.loads(loaded.says("digest", "sue", "--json"))["owed"]
    one = json.loads(loaded.says("message", ref, "--json"))
    for key in ("transcript", "transcript_doubtful", "transcript_state", "gist"):
        assert listed[key] == owed[key] == one[key]
    assert one["transcript"] == VOICEMAIL.text
