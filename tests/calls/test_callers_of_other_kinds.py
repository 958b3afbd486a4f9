"""Callers without a number, without a word, for nobody in particular, of somebody who has left; and one who stops."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from phonebot.domain.digest import Act
from phonebot.domain.history import EventKind
from phonebot.domain.message import State
from phonebot.domain.reference import reference_of
from tests.calls.telling import STORY_TOML, TEXT_NUMBER, WEDNESDAY, Telling, telling
from tests.offices import JULIE, OFFICE_LINE, SUE_PHONE, TOM_PHONE

BOB = "+447700900871"
WITHOUT_SUE = STORY_TOML[: STORY_TOML.index('[[people]]\nid = "sue"')] + STORY_TOML[
    STORY_TOML.index("[[lines]]") :
].replace('answers = "sue"', 'answers = "tom"')


@pytest.fixture
def story(tmp_path: Path, database_url: str) -> Iterator[Telling]:
    with telling(tmp_path, database_url) as one:
        yield one


def test_whoever_withheld_their_number_and_gave_none_is_owed_until_somebody_closes_it(story: Telling) -> None:
    live = story.phonebot.rings(caller="anonymous").says("Bob Jones")
    live.stays_silent().stays_silent().hears("number").hangs_up()
    story.works()
    story.stands(State.NEW, ("sue", "Bob Jones"))
    assert "No number given" in story.mailed_words("sue")
    assert "Call now" not in story.mailed_words("sue")
    reference = reference_of(1)
    assert "nothing to ring" in story.is_refused("return", reference, "--by", "sue")
    story.stands(State.ATTEMPTED)
    assert story.shown()["attempts"][0]["outcome"] == "withheld"
    assert "after 3" in story.is_refused("close", reference, "--as", "unreachable", "--by", "sue")
    story.it_is("16:00")
    story.stands(State.ATTEMPTED, ("sue", "1 call owed"))
    assert "no number on which they could be asked" in story.types("said", reference, "--by", "tom")
    story.stands(State.SAID_RETURNED)
    story.types("close", reference, "--as", "withdrawn", "--by", "tom")
    story.it_is("08:30", WEDNESDAY)
    story.stands(State.WITHDRAWN)
    counted = story.report()
    assert (counted["withdrawn"], counted["returned"], counted["owed"]) == (1, 0, 0)


def test_a_missed_call_is_told_in_a_line_and_owed_by_nobody(story: Telling) -> None:
    story.phonebot.rings(caller=BOB).hears("who's calling").hangs_up()
    story.works()
    story.stands(State.MISSED)
    assert "missed call" in story.is_refused("return", reference_of(1), "--by", "sue")
    story.it_is("10:00")
    story.leaves_a_message(when="Any time.", texts="No.")
    story.stands(State.NEW, ("sue", "New message"), number=2)
    story.it_is("16:00")
    story.stands(State.MISSED, ("sue", "1 call owed, since 10:00"))
    assert "1 call that left nothing: +44 7700 900871 Tuesday 09:30" in story.mailed_words("sue")
    counted = story.report()
    assert (counted["taken"], counted["missed_calls"]) == (1, 1)


def test_what_somebody_owed_who_leaves_is_passed_to_their_cover_who_returns_it(story: Telling) -> None:
    story.it_is("10:00")
    story.leaves_a_message(when="Any time.", texts="No.")
    story.stands(State.NEW, ("sue", "New message"))
    hers = story.link("sue", Act.CALL)
    path = story.phonebot.folder / "office.toml"
    path.write_text(WITHOUT_SUE, encoding="utf-8")
    story.types("load", str(path))
    assert "has left the office" in story.opens(hers).words
    story.it_is("10:05")
    story.stands(State.NEW, ("tom", "New message"))
    assert story.standing().owner == "tom"
    story.it_is("12:00")
    story.stands(State.NEW, ("tom", "1 call owed, since 10:00"))
    story.expects_ringing(TOM_PHONE, JULIE)
    story.caller_answers()
    story.picks_up("tom", talks=60, then="1")
    story.presses(story.link("tom", Act.CALL))
    story.works()
    story.stands(State.RETURNED)
    assert not story.standing().tries[1].holding
    story.it_is("16:00")
    story.stands(State.RETURNED)


def test_a_message_for_the_office_is_whoevers_returns_it(story: Telling) -> None:
    story.it_is("10:00")
    live = story.phonebot.rings(OFFICE_LINE).says("Anybody.").hears("who's calling").says("Julie Smith.")
    live.hears("number").presses("1").hears("about").says("The survey.").hears("when").says("Any time.")
    live.hears_tone().presses("#").says("Yes.").hears("may we text").says("No.").hears_goodbye()
    story.works()
    story.stands(State.NEW, ("sue", "New message for Cohen and Hart: Julie Smith"))
    assert story.standing().owner == "office"
    story.expects_ringing(TOM_PHONE, JULIE)
    story.caller_answers()
    story.picks_up("tom", talks=60, then="1")
    story.types("return", reference_of(1), "--by", "tom")
    story.works()
    story.stands(State.RETURNED)
    story.it_is("16:00")
    story.stands(State.RETURNED)
    assert story.report()["returned_by"] == {"spoke": 1}


def test_after_a_stop_nothing_is_texted_and_a_slip_is_told_by_a_colleagues_call(story: Telling) -> None:
    story.it_is("10:00")
    story.leaves_a_message(when="This afternoon.", texts="Yes.")
    story.stands(State.NEW, ("sue", "Urgent"), ("tom", "Urgent"))
    assert story.phonebot.network.phone(JULIE).texts(TEXT_NUMBER, "Stop") == []
    assert story.phonebot.network.phone(JULIE).told_by_network != []
    story.types("accept", reference_of(1), "--by", "sue", "--window", "between two and three today")
    story.it_is("15:01")
    story.it_is("15:02")
    assert "Please ring Julie Smith, Hartwell Dental for Sue Cohen" in [subject for _, subject in story.mails()]
    assert EventKind.HOLDING_ASKED in story.kinds()
    assert EventKind.TOLD not in story.kinds()
    story.expects_ringing(TOM_PHONE, JULIE)
    story.caller_answers()
    story.picks_up("tom", talks=60, then="1")
    story.presses(story.link("tom", Act.CALL))
    story.works()
    story.stands(State.HELD)
    assert story.kinds()[-1] is EventKind.TOLD
    story.expects_ringing(SUE_PHONE, JULIE)
    story.picks_up("sue", talks=60, then="1")
    story.types("return", reference_of(1), "--by", "sue")
    story.works()
    story.it_is("15:30")
    story.stands(State.RETURNED)
    assert story.texts_kept() == []
    counted = story.report()
    assert (counted["promises_kept"], counted["slipped_but_told"], counted["broken"]) == (0, 1, 0)
