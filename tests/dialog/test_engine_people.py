"""Reaching people: zero, the office line, a line that rings first, and whose message it becomes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from phonebot.dialog.engine import RING_SECONDS
from phonebot.dialog.heard import Heard
from phonebot.dialog.said import HangUp, Reject, Transfer
from phonebot.domain.office import Line
from phonebot.domain.status import AwayStatus, Presence
from tests.dialog.conversing import (
    ALONE,
    FIRST,
    FORM,
    KNOWN,
    NAME,
    WITHHELD,
    calls,
    ids,
    presses,
    says,
)
from tests.dialog.offices import ALIKE, OFFICE, OFFICE_LINE, SUE, SUE_LINE, TOM, TUESDAY, facts_of


def test_zero_rings_reception_once_and_what_was_given_is_kept() -> None:
    steps = calls(KNOWN, [NAME, presses("0"), Heard(), presses("1")])
    ringing = steps[2].turn.wait
    assert ringing == Transfer("office", "+442079460199", RING_SECONDS, shows_line=False)
    assert [taken.dialogue.state for taken in steps[3:]] == ["operator.whose", "message.number_offer"]
    assert ids(steps[3]) == ["nobody-came", "whose-message"]
    assert steps[-1].dialogue.answers.name == "Julie Smith"


def test_zero_taken_by_somebody_ends_the_dialogue() -> None:
    taken = calls(KNOWN, [presses("0"), Heard(accepted=True)])[-1]
    assert isinstance(taken.turn.wait, HangUp)
    assert taken.dialogue.connected


def test_a_second_zero_rings_nobody_again() -> None:
    taken = calls(KNOWN, [presses("0"), Heard(), presses("1"), presses("0")])[-1]
    assert taken.dialogue.state == "operator.whose"
    assert not isinstance(taken.turn.wait, Transfer)


def test_zero_with_nobody_to_ring_goes_straight_to_the_form() -> None:
    taken = calls(ALONE, [presses("0")])[-1]
    assert taken.dialogue.state == "message.name"
    assert "nobody-to-ring" in ids(taken)


def test_zero_without_a_reception_rings_the_cover() -> None:
    taken = calls(facts_of(office=replace(OFFICE, reception=None)), [presses("0")])[-1]
    assert isinstance(taken.turn.wait, Transfer)
    assert (taken.turn.wait.whom, taken.turn.wait.phone) == ("tom", TOM.phone)


def test_a_caller_who_withheld_their_number_is_shown_as_the_line() -> None:
    taken = calls(WITHHELD, [presses("0")])[-1]
    assert isinstance(taken.turn.wait, Transfer)
    assert taken.turn.wait.shows_line


def test_zero_during_the_recording_goes_on_to_reception_with_the_recording_kept() -> None:
    taken = calls(KNOWN, [*FORM, Heard(digits="0", recorded=FIRST)])[-1]
    assert isinstance(taken.turn.wait, Transfer)
    assert taken.dialogue.recording == FIRST.sid


def test_a_message_for_the_cover_is_theirs() -> None:
    taken = calls(KNOWN, [presses("0"), Heard(), presses("2")])[-1]
    assert (taken.dialogue.mailbox, taken.dialogue.state) == ("tom", "message.name")


@pytest.mark.parametrize(
    ("heard", "state"),
    [
        (presses("1"), "message.name"),
        (presses("102"), "message.name"),
        (says("Tom Hart"), "message.name"),
        (says("reception"), "message.name"),
        (presses("*"), "talk.start"),
        (presses("0"), "operator.transfer"),
        (presses("9"), "office.whom"),
    ],
)
def test_the_office_line_reaches_people_by_key_extension_and_name(heard: Heard, state: str) -> None:
    office = facts_of(line=Line(OFFICE_LINE, "office"))
    assert calls(office, [heard])[-1].dialogue.state == state


def states_after(*heard: Heard) -> list[str]:
    """Where a call to the office line of people who sound alike waits, turn by turn."""
    alike = facts_of(line=Line(OFFICE_LINE, "office"), people=ALIKE)
    return [taken.dialogue.state for taken in calls(alike, heard)[1:]]


def test_a_choice_that_is_not_made_is_put_three_times_then_asked_for_and_then_a_message_is_taken() -> None:
    nonsense = [says("blue cheese")] * 5
    assert states_after(says("Tom"), *nonsense) == [
        *["office.choice"] * 3, "office.whom_again", "office.whom_again", "office.unclear",
    ]  # fmt: skip


def test_a_choice_put_again_says_its_people_and_keys_again() -> None:
    alike = facts_of(line=Line(OFFICE_LINE, "office"), people=ALIKE)
    first, again = calls(alike, [says("Tom"), Heard()])[1:]
    assert ids(first) == ["directory-entry", "directory-entry", "choose-person"]
    assert ids(again) == ["choose-person-noinput", "directory-entry", "directory-entry"]


def test_the_directory_is_read_out_once() -> None:
    alike = facts_of(line=Line(OFFICE_LINE, "office"), people=ALIKE)
    steps = calls(alike, [says("blue cheese"), says("Tom"), says("neither")])
    assert ["directory" in ids(taken) for taken in steps] == [True, False, False, False]


def test_a_no_to_everybody_of_a_name_is_not_asked_about_again() -> None:
    told = states_after(says("Tom"), says("the other Tom"), says("no"), says("Tom"), says("no"), says("Tom"))
    assert told == [
        "office.choice", "office.proposed", "office.whom_again", "office.proposed", "office.whom_again",
        "office.whom_again",
    ]  # fmt: skip


def test_zero_and_star_work_wherever_somebody_is_asked_for() -> None:
    for before in ([], [says("Tom")], [says("Tom"), says("the other Tom")], [says("Tom"), says("neither")]):
        assert states_after(*before, presses("0"))[-1] == "operator.transfer"
        assert states_after(*before, presses("*"))[-1] == "talk.start"


def test_a_line_that_rings_rings_its_person_first_when_they_are_in() -> None:
    rings = facts_of(line=Line(SUE_LINE, "sue", ring=15))
    steps = calls(rings, [Heard()])
    assert steps[0].turn.wait == Transfer("sue", SUE.phone or "", 15, shows_line=False)
    assert steps[1].dialogue.state == "message.name"


def test_a_line_that_rings_does_not_ring_somebody_who_is_away() -> None:
    away = AwayStatus(
        "sue",
        "out",
        Presence.AWAY,
        TUESDAY - timedelta(hours=1),
        datetime(2026, 11, 24, 23, 59, tzinfo=UTC),
        None,
        timedelta(minutes=30),
        None,
        TUESDAY - timedelta(hours=1),
    )
    taken = calls(facts_of(line=Line(SUE_LINE, "sue", ring=15), statuses=[away]), [])[0]
    assert taken.dialogue.state == "message.name"


def test_a_call_from_our_own_line_is_rejected() -> None:
    assert isinstance(calls(replace(KNOWN, forwarded_to_us=True), [])[0].turn.wait, Reject)
