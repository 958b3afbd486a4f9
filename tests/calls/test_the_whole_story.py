"""The whole story: a message, a digest, a holding call, a promise that slips, a return, the caller's yes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from phonebot.domain.digest import Act
from phonebot.domain.history import EventKind
from phonebot.domain.message import State
from tests.calls.telling import TEXT_NUMBER, Telling, telling
from tests.offices import JULIE, SUE_PHONE, TOM_PHONE

AWAY = "Sue is out of the office and expects to be back between two and half past two."
PASSED_ON = "Sue will have this when back. I can't say when Sue will call."
PROMISED = "Sue will call you on Tuesday the 24th of November between two and three."
SLIPPED = "Sue did not call you on Tuesday the 24th of November between two and three."


@pytest.fixture
def story(tmp_path: Path, database_url: str) -> Iterator[Telling]:
    with telling(tmp_path, database_url) as one:
        yield one


def test_from_a_message_at_ten_to_the_callers_yes_at_a_quarter_past_four(story: Telling) -> None:
    a_message_is_taken_at_ten(story)
    the_cover_holds_it_from_the_digest_at_noon(story)
    its_owner_accepts_it_for_three(story)
    at_three_it_slips_and_the_caller_is_told(story)
    it_is_returned_at_four(story)
    the_caller_says_yes(story)
    the_record_says_so(story)


def a_message_is_taken_at_ten(story: Telling) -> None:
    story.types("status", "set", "sue", "out until two")
    story.it_is("10:00")
    story.leaves_a_message(when="This afternoon.", texts="Yes.")
    story.stands(State.NEW, ("sue", "Urgent message: Julie Smith"), ("tom", "New message for Sue Cohen: Julie Smith"))
    assert story.told() == [AWAY, PASSED_ON]


def the_cover_holds_it_from_the_digest_at_noon(story: Telling) -> None:
    story.it_is("12:00")
    story.stands(State.NEW, ("tom", "1 call owed for Sue Cohen, since 10:00"))
    assert f'"{AWAY}"' in story.mailed_words("tom")
    call_now = story.link("tom", Act.CALL)
    assert "stays on their list" in story.opens(call_now).words
    story.works()
    story.stands(State.NEW)  # whoever opens the page has rung nobody yet
    story.expects_ringing(TOM_PHONE, JULIE)
    story.caller_answers()
    story.picks_up("tom", talks=60, then="1")
    assert "0102 rings now" in story.presses(call_now).words
    story.stands(State.CLAIMED)
    story.works()
    assert "on behalf of Sue" in story.heard_by("tom")
    assert "Sue still has this one to return" in story.heard_by("tom")
    story.stands(State.HELD)
    assert story.standing().owner == "sue"
    assert story.told() == [AWAY, PASSED_ON]


def its_owner_accepts_it_for_three(story: Telling) -> None:
    story.it_is("14:05")
    story.stands(State.HELD)
    story.phonebot.network.expects_text(JULIE)
    page = story.presses(story.link("sue", Act.ACCEPT), window="between two and three today")
    assert PROMISED in page.words
    assert story.told() == [AWAY, PASSED_ON], "nobody is told before the text has gone"
    story.works()
    story.stands(State.HELD, texts=[PROMISED])
    assert story.told() == [AWAY, PASSED_ON, PROMISED]


def at_three_it_slips_and_the_caller_is_told(story: Telling) -> None:
    story.it_is("14:44")
    story.stands(State.HELD)
    story.it_is("14:45")
    story.stands(State.HELD, ("sue", "Your call to Julie Smith, Hartwell Dental is due by 15:00"))
    story.it_is("14:55")
    story.stands(State.HELD, ("tom", "Sue Cohen has not rung Julie Smith, Hartwell Dental yet"))
    story.it_is("15:00")
    story.stands(State.HELD)
    story.phonebot.network.expects_text(JULIE)
    story.it_is("15:01")
    story.stands(State.HELD, texts=[SLIPPED])
    assert len(story.told()) == 4
    assert SLIPPED in story.told()[-1]
    assert story.kinds()[-2:] == [EventKind.SLIPPED, EventKind.TOLD]
    counted = story.report()
    assert (counted["slipped_but_told"], counted["broken"], counted["owed"]) == (1, 0, 1)


def it_is_returned_at_four(story: Telling) -> None:
    story.it_is("16:00")
    story.stands(State.HELD, ("sue", "1 call owed, since 10:00"))
    assert "Holding call Tuesday 12:00 by Tom Hart: spoke to them" in story.mailed_words("sue")
    assert SLIPPED in story.mailed_words("sue")
    assert "That time has passed." in story.mailed_words("sue")
    story.expects_ringing(SUE_PHONE, JULIE)
    story.picks_up("sue", talks=60, then="1")
    story.presses(story.link("sue", Act.CALL))
    story.works()
    assert "marked as returned" in story.heard_by("sue")
    story.stands(State.RETURNED)
    assert story.shown()["attempts"][-1] == {
        "at": "2026-11-24T16:00:00+00:00", "by": "sue", "outcome": "reached", "evidence": "spoke",
        "holding": False, "note": None,
    }  # fmt: skip


def the_caller_says_yes(story: Telling) -> None:
    story.it_is("16:09")
    story.stands(State.RETURNED)
    story.phonebot.network.expects_text(JULIE)
    story.it_is("16:10")
    story.stands(State.RETURNED, texts=["Did we get back to you?"])
    assert story.report()["returned_by"] == {"spoke": 1}
    story.it_is("16:15")
    assert story.phonebot.network.phone(JULIE).texts(TEXT_NUMBER, "Yes thanks") == ["Thank you."]
    story.works()
    story.stands(State.RETURNED)
    assert story.kinds()[-2:] == [EventKind.ASKED, EventKind.VERDICT]


def the_record_says_so(story: Telling) -> None:
    story.it_is("18:00")
    story.stands(State.RETURNED)
    assert [story.calls_to(phone) for phone in (TOM_PHONE, SUE_PHONE, JULIE)] == [1, 1, 2]
    counted = story.report()
    assert counted["returned_by"] == {"caller": 1}
    assert counted["median_seconds_to_reach"] == 6 * 3600
    ones = ("taken", "returned", "slipped_but_told", "windows_met")
    assert {name for name, figure in counted.items() if figure == 1} == set(ones)
    assert [story.report() for _ in range(2)] == [counted, counted], "reading it changes nothing"
