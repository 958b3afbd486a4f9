"""What callers say when asked whether they were got back to, and what is kept of what they say besides."""

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebot.dialog.heard import Heard
from phonebot.dialog.reached_words import was_reached
from phonebot.dialog.understood import Failure, Filled
from phonebot.dialog.verdict_field import verdict
from phonebot.domain.message import Answers
from tests.dialog.offices import facts_of, fresh_call

CALL = fresh_call(facts_of())

REACHED = (
    *("yes", "Yes, thanks.", "yep", "mm hmm", "correct", "absolutely", "I think so", "indeed you did", "oh yes"),
    *("you did", "they did", "she has", "Tom did", "somebody did", "yeah Sue rang me yesterday", "Sue called me back"),
    *("a lady rang me", "I spoke to Sue", "we spoke on Monday", "I got a call", "he got back to me", "I had a call"),
    *(
        "I've heard from her",
        "my wife spoke to Sue yesterday",
        "one of your colleagues rang back",
        "I was called by Sue",
    ),
)
NOT_REACHED = (
    *(
        "no",
        "nope",
        "not yet",
        "never",
        "nothing",
        "not really",
        "not that I know of",
        "not once",
        "ooh no they didn't",
    ),
    *("nobody did", "no one rang me", "nobody's called", "nobody bothered", "no reply", "no call back", "Tom hasn't"),
    *(
        "no you didn't",
        "you haven't",
        "you never rang",
        "she never did",
        "I haven't heard anything",
        "I don't think so",
    ),
    *("I'm still waiting", "still waiting for a call", "they have not been in touch", "I haven't spoken to anyone"),
    *("I never got a call", "hasn't rung me", "I rang twice and nobody called me back", "you were supposed to call me"),
    *("you left a voicemail", "you tried but I missed it", "I've just missed a call from you", "yes nobody rang"),
)
CANNOT_SAY = (
    *("I don't know", "not sure", "I can't remember", "wrong person", "that wasn't me", "I haven't called before"),
    *("I've never rung you before", "no, I haven't rung before", "it must have been my colleague"),
)
NO_ANSWER = (
    *(
        "thanks",
        "hello",
        "um",
        "ok",
        "great",
        "right",
        "bye",
        "go ahead",
        "no problem",
        "yes and no",
        "sort of",
        "Jones",
    ),
    *("sorry?", "what was that", "who is this", "can I speak to Sue please", "I got a text"),
    # What points both ways is asked about again, since a yes settles what is owed.
    *("yes but I missed it", "yes, you left a voicemail", "no, Sue rang me"),
)


def outcome(words: str) -> str:
    """What comes of some words."""
    understood = verdict(Heard(speech=words), CALL)
    return understood.outcome if isinstance(understood, Filled) else understood.value


def left_by(words: str) -> Answers:
    """What is kept of some words besides the answer."""
    understood = verdict(Heard(speech=words), CALL)
    assert isinstance(understood, Filled), understood
    return understood.dialogue.answers


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        *((words, "yes") for words in REACHED),
        *((words, "no") for words in NOT_REACHED),
        *((words, "passed") for words in CANNOT_SAY),
        *((words, "nomatch") for words in NO_ANSWER),
    ],
)
def test_a_callers_word_is_understood_as_a_person_would(words: str, expected: str) -> None:
    assert outcome(words) == expected


@pytest.mark.parametrize("words", [*REACHED, *NOT_REACHED, *CANNOT_SAY])
def test_an_answer_alone_leaves_nothing_for_the_form(words: str) -> None:
    assert left_by(words) == Answers()


@pytest.mark.parametrize(("key", "expected"), [("1", "yes"), ("2", "no"), ("5", "wrongkey")])
def test_one_and_two_answer_and_other_keys_are_wrong(key: str, expected: str) -> None:
    understood = verdict(Heard(digits=key), CALL)
    assert (understood.outcome if isinstance(understood, Filled) else understood.value) == expected


@pytest.mark.parametrize(
    ("words", "answer", "kept"),
    [
        ("no, and I want my money back", "no", Answers(business="I want my money back")),
        ("you didn't, I want my money back please", "no", Answers(business="I want my money back please")),
        ("no, not yet, it's about the invoice", "no", Answers(business="the invoice")),
        ("nobody got back to me about the boiler", "no", Answers(business="the boiler")),
        (
            "no, I'm still waiting for the plumber to come",
            "no",
            Answers(business="I'm still waiting for the plumber to come"),
        ),
        (
            "yes, thank you, but I have another question about the boiler",
            "yes",
            Answers(business="I have another question about the boiler"),
        ),
        (
            "no it's Julie Smith from Hartwell Dental about the invoice",
            "no",
            Answers("Julie Smith", "Hartwell Dental", business="the invoice"),
        ),
        ("no, can I speak to Sue please", "no", Answers()),
        (
            "no I want to talk to Sue about the boiler",
            "no",
            Answers(business="I want to talk to Sue about the boiler"),
        ),
        ("No, my name is Julie Smith", "no", Answers("Julie Smith")),
        (
            "No, my name is Julie Smith and the boiler is leaking again",
            "no",
            Answers("Julie Smith", business="the boiler is leaking again"),
        ),
        ("I need to change my appointment", "passed", Answers(business="I need to change my appointment")),
        (
            "I haven't called before, I need a new boiler fitted",
            "passed",
            Answers(business="I need a new boiler fitted"),
        ),
    ],
)
def test_what_is_said_besides_goes_into_the_form(words: str, answer: str, kept: Answers) -> None:
    assert (outcome(words), left_by(words)) == (answer, kept)


def test_what_it_is_about_is_not_written_over() -> None:
    before = replace(CALL, answers=Answers(business="the roof"))
    understood = verdict(Heard(speech="no, and I want my money back"), before)
    assert isinstance(understood, Filled)
    assert understood.dialogue.answers.business == "the roof"


@pytest.mark.parametrize("words", REACHED)
def test_a_denial_after_a_yes_never_settles_anything(words: str) -> None:
    assert was_reached(f"{words} but nobody called me back") is not True


@given(
    st.lists(st.sampled_from(["thanks", "ok", "um", "great", "well", "bye", "right", "hello", "please"]), max_size=6)
)
def test_courtesies_are_never_an_answer(said: list[str]) -> None:
    assert was_reached(" ".join(said)) is None


@pytest.mark.parametrize(
    "unit", ["Sue rang me, ", "nobody ", "you did not ", "I have not just ", "still waiting for you to ", "one of the "]
)
def test_ten_thousand_characters_take_no_longer_than_a_moment(unit: str) -> None:
    heard = Heard(speech=(unit * 10_000)[:10_000])
    verdict(heard, CALL)
    begun = time.process_time()
    assert isinstance(verdict(heard, CALL), Filled | Failure)
    assert time.process_time() - begun < 0.02
