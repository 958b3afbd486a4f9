"""A conversation and a message on the screen: who, when and what, in columns, as people write it."""

import io
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console

from phonebot.cli.conversation_view import ConversationView
from phonebot.cli.message_view import message_card, message_lines
from phonebot.domain.commitment import PHONEBOT, Basis, Commitment
from phonebot.domain.message import Answers, Message, State
from phonebot.store.messages import KeptCommitment, KeptMessage, KeptRecording

LONDON = ZoneInfo("Europe/London")
SUMMER = datetime(2026, 7, 14, 9, 42, 5, tzinfo=UTC)
JULIE = Answers("Julie Smith", "Hartwell Dental", "+442079460143", "The invoice", "Tomorrow")


def shown(who: str, words: str, width: int = 80) -> str:
    """One line of a conversation on a screen of that width."""
    screen = io.StringIO()
    ConversationView(Console(file=screen, width=width), LONDON, {"caller": "Julie"}).show(SUMMER, who, words)
    return screen.getvalue()


def kept(answers: Answers, state: State = State.NEW, recording: KeptRecording | None = None) -> KeptMessage:
    """A message for Sue."""
    message = Message("K7QM", "CA1", "sue", state, answers.complete, SUMMER, "+442079460143", answers)
    made = Commitment(Basis.OURS, PHONEBOT, SUMMER, "Sue will have this.", {}, SUMMER)
    commitments = (KeptCommitment(1, made, SUMMER),) if answers.anything else ()
    return KeptMessage(message, recording, commitments=commitments)


def card(message: KeptMessage) -> str:
    """The card of a message."""
    screen = io.StringIO()
    Console(file=screen, width=80).print(message_card(message, "Sue Cohen", LONDON))
    return screen.getvalue()


def test_a_line_has_the_offices_clock_who_spoke_and_the_words() -> None:
    assert shown("caller", "It's about [the] invoice.").split() == [
        "10:42:05",
        "Julie",
        *["It's", "about", "[the]", "invoice."],
    ]


def test_words_stay_in_their_column_however_many_they_are() -> None:
    lines = shown("line", "word " * 60, width=60).splitlines()
    column = lines[0].index("word")
    assert len(lines) > 3
    assert all(line[:column].strip() == "" and line[column:].startswith("word") for line in lines[1:])


def test_keys_are_pressed_one_by_one() -> None:
    assert shown("caller", "1#").split()[2:] == ["presses", "1", "#"]


def test_numbers_that_are_rung_are_written_as_people_write_them() -> None:
    assert "+44 20 7946 0199" in shown("line", "(rings +442079460199)")


def test_a_card_shows_everything_that_was_left_and_told() -> None:
    text = card(kept(JULIE, recording=KeptRecording("RE1", 8.2, "ab/RE1.wav")))
    given = ("Sue Cohen", "Julie Smith", "Hartwell Dental", "+44 20 7946 0143", "The invoice", "Tomorrow")
    assert all(word in text for word in (*given, "8 s", "ab/RE1.wav", "10:42", "Sue will have this.", "K7QM"))


def test_what_was_not_given_is_said_to_be_missing() -> None:
    message = kept(Answers(name="Julie Smith"))
    assert all(words in card(message) for words in ("What it is about was not said", "When: not said", "not given"))
    assert "incomplete" in card(message)
    assert "incomplete" in message_lines(message, "Sue Cohen")[0]


@pytest.mark.parametrize(("message", "most"), [(kept(JULIE), 3), (kept(Answers(), State.MISSED), 1)])
def test_a_message_in_short_takes_at_most_three_lines(message: KeptMessage, most: int) -> None:
    lines = message_lines(message, "Sue Cohen")
    assert len(lines) == most
    assert all(word in lines[0] for word in ("K7QM", "Sue Cohen"))
