"""A message that its caller says was never returned: on top of the list again, and only reaching them settles it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from phonebot.domain.digest import Act
from phonebot.domain.message import State
from phonebot.domain.reference import reference_of
from tests.calls.telling import Telling, telling
from tests.offices import JULIE, SUE_PHONE

BOB = "+447700900871"


@pytest.fixture
def story(tmp_path: Path, database_url: str) -> Iterator[Telling]:
    with telling(tmp_path, database_url) as one:
        yield one


def test_a_no_on_the_next_call_reopens_the_message_until_its_caller_is_reached(story: Telling) -> None:
    sue_says_that_she_rang(story)
    the_caller_rings_again_and_says_no(story)
    staff_cannot_say_otherwise(story)
    it_heads_the_digest(story)
    it_is_returned_by_a_call_that_reaches_them(story)


def sue_says_that_she_rang(story: Telling) -> None:
    story.it_is("09:40")
    story.leaves_a_message(BOB, when="Any time.", texts="No.")
    story.stands(State.NEW, ("sue", "Julie Smith"), caller=BOB)
    story.it_is("10:00")
    story.leaves_a_message(when="Any time.", texts="No.")
    story.stands(State.NEW, ("sue", "Julie Smith"), number=2)
    assert "They will be asked once" in story.types("said", reference_of(2), "--by", "sue")
    story.it_is("10:30")
    story.stands(State.SAID_RETURNED, number=2)  # she agreed to no texts, so she is asked when she next rings
    counted = story.report()
    assert (counted["returned"], counted["said_so"], counted["owed"]) == (0, 1, 1)


def the_caller_rings_again_and_says_no(story: Telling) -> None:
    live = story.phonebot.rings().hears("did we get back to you").does_not_hear("Julie", "invoice")
    live.says("No, nobody did.").hears("who's calling").hangs_up()
    story.works()
    story.stands(State.REOPENED, ("sue", "Reopened message: Julie Smith"), number=2)
    assert "the caller says that nobody got back to them" in story.mailed_words("sue")
    assert story.report()["said_no"] == 1


def staff_cannot_say_otherwise(story: Telling) -> None:
    assert "nobody got back to them" in story.is_refused("said", reference_of(2), "--by", "sue")
    page = story.presses(story.link("sue", Act.CALL))
    assert "rings now" in page.words
    story.expects_ringing(SUE_PHONE, JULIE)
    story.caller_answers()
    story.picks_up("sue", talks=8, then="1")
    story.works()
    assert "too short to count" in story.heard_by("sue")
    story.stands(State.REOPENED, number=2)
    assert "after 3" in story.is_refused("close", reference_of(2), "--as", "unreachable", "--by", "sue")
    story.stands(State.REOPENED, number=2)


def it_heads_the_digest(story: Telling) -> None:
    story.it_is("16:00")
    story.stands(State.REOPENED, ("sue", "2 calls owed, the oldest since 09:40"), number=2)
    words = story.mailed_words("sue")
    assert words.index("[Reopened") < words.index(reference_of(2)) < words.index(reference_of(1))


def it_is_returned_by_a_call_that_reaches_them(story: Telling) -> None:
    story.expects_ringing(SUE_PHONE, JULIE)
    story.picks_up("sue", talks=60, then="1")
    story.presses(story.link("sue", Act.CALL))
    story.works()
    story.stands(State.RETURNED, number=2)
    assert story.state(1) is State.NEW
    story.it_is("17:00")
    story.phonebot.rings().hears("who's calling").does_not_hear("get back").hangs_up()
    story.works()
    counted = story.report()
    assert (counted["returned_by"], counted["said_no"], counted["owed"]) == ({"spoke": 1}, 1, 1)
