"""Calls that reach a voicemail: whatever staff press, or do not press, the caller is still owed the call."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from phonebot.domain.digest import Act
from phonebot.domain.message import State
from tests.calls.telling import TEXT_NUMBER, WEDNESDAY, Telling, telling
from tests.offices import JULIE, SUE_PHONE

GREETING_AND_WORDS = 45.0 + 20.0
"""Seconds that Sue is joined with a voicemail: it greets for 45, and she talks for 20 after its tone."""


@pytest.fixture
def story(tmp_path: Path, database_url: str) -> Iterator[Telling]:
    """A message of Julie's for Sue, who is in; Julie does not pick up, and her voicemail greets for 45 seconds."""
    with telling(tmp_path, database_url) as one:
        one.it_is("10:00")
        one.leaves_a_message(when="Any time.", texts="Yes.")
        one.stands(State.NEW, ("sue", "Julie Smith"))
        one.phonebot.network.phone(JULIE).voicemail(greets_for=45)
        yield one


def returns_the_call(story: Telling, then: str) -> None:
    """Sue presses "Call now", talks to the voicemail, and presses that afterwards, or nothing."""
    story.expects_ringing(SUE_PHONE, JULIE)
    story.picks_up("sue", talks=GREETING_AND_WORDS, then=then)
    story.presses(story.link("sue", Act.CALL))
    story.works()


def test_word_left_with_a_voicemail_is_a_try_and_the_call_is_still_owed(story: Telling) -> None:
    returns_the_call(story, then="2")
    assert "still owed" in story.heard_by("sue")
    story.stands(State.ATTEMPTED)
    story.it_is("16:00")
    story.stands(State.ATTEMPTED, ("sue", "1 call owed, since 10:00"))
    assert "Tried Tuesday 10:00 by Sue Cohen: left word" in story.mailed_words("sue")
    assert "What happened?" not in story.mailed_words("sue")
    (attempt,) = story.shown()["attempts"]
    assert (attempt["outcome"], attempt["evidence"]) == ("left-word", "joined")
    counted = story.report()
    assert (counted["returned"], counted["owed"]) == (0, 1)


def test_where_nobody_presses_a_key_the_digest_asks_and_the_call_is_still_owed(story: Telling) -> None:
    returns_the_call(story, then="")
    story.stands(State.JOINED_UNCONFIRMED)
    story.it_is("16:00")
    story.stands(State.JOINED_UNCONFIRMED, ("sue", "1 call owed, since 10:00"))
    assert "You were joined to them, or to their voicemail. What happened?" in story.mailed_words("sue")
    assert "Noted: left word." in story.presses(story.link("sue", Act.LEFT_WORD)).words
    story.stands(State.ATTEMPTED)
    story.it_is("08:30", WEDNESDAY)
    story.stands(State.ATTEMPTED, ("sue", "1 call owed, since yesterday"))
    assert "left word" in story.mailed_words("sue")
    assert "What happened?" not in story.mailed_words("sue")


def test_i_spoke_to_them_in_a_digest_is_only_said_and_its_caller_is_asked(story: Telling) -> None:
    returns_the_call(story, then="")
    story.it_is("16:00")
    story.stands(State.JOINED_UNCONFIRMED, ("sue", "1 call owed, since 10:00"))
    assert "said to be returned" in story.presses(story.link("sue", Act.SPOKE)).words
    story.stands(State.SAID_RETURNED)
    story.phonebot.network.expects_text(JULIE)
    story.it_is("16:10")
    story.stands(State.SAID_RETURNED, texts=["Did we get back to you?"])
    counted = story.report()
    assert (counted["returned"], counted["said_so"]) == (0, 1)
    story.it_is("16:20")
    replies = story.phonebot.network.phone(JULIE).texts(TEXT_NUMBER, "No, just a voicemail")
    assert "open again" in " ".join(replies)
    story.works()
    story.stands(State.REOPENED, ("sue", "Reopened message: Julie Smith"))
    assert story.report()["said_no"] == 1


def test_a_voicemail_that_answers_in_place_of_staff_rings_nobody(story: Telling) -> None:
    story.expects_ringing(SUE_PHONE)
    story.phonebot.network.phone(SUE_PHONE).voicemail(greets_for=45)
    story.presses(story.link("sue", Act.CALL))
    story.works()
    story.stands(State.ATTEMPTED)
    assert story.calls_to(JULIE) == 0
    (attempt,) = story.shown()["attempts"]
    assert (attempt["outcome"], attempt["evidence"]) == ("staff-not-reached", "placed")
