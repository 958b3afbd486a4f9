"""Callers who say whom they want, spell it or ask for a team, and who spell their own name; on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from phonebot.domain.message import State
from phonebot.domain.office import RECEPTION
from phonebot.domain.recording import Purpose
from phonebot.simulator import LiveCall
from tests.offices import OFFICE_LINE, OFFICE_TOML
from tests.running import Phonebot, running

NAMES_TOML = (
    OFFICE_TOML.replace('extension = "101"\n', 'extension = "101"\npronounced = ["cone"]\nteam = "accounts"\n').replace(
        'extension = "102"\n', 'extension = "102"\nteam = "sales"\n'
    )
    + """
[[people]]
id = "hartley"
name = "Tom Hartley"
extension = "103"
email = "hartley@example.com"
team = "accounts"
"""
)
"""The sample office with a second Tom, and with two people in accounts."""


@pytest.fixture
def phonebot(tmp_path: Path, database_url: str) -> Iterator[Phonebot]:
    with running(tmp_path, database_url, office=NAMES_TOML) as one:
        yield one


def leaves_a_name(live: LiveCall, phonebot: Phonebot) -> str:
    """Say who is calling and hang up; whose message it is."""
    live.hears("who's calling").says("Julie Smith").hears("number").hangs_up()
    return phonebot.the_message().mailbox


@pytest.mark.parametrize(
    ("words", "line", "person"),
    [
        ("Sue", "Sue Cohen's line", "sue"),
        ("Sue Cone", "Sue Cohen's line", "sue"),
        ("C O H E N", "Sue Cohen's line", "sue"),
        ("hello, could I speak to Susan about my invoice please", "Sue Cohen's line", "sue"),
        ("somebody in sales", "Tom Hart's line", "tom"),
        ("H A R T L E Y", "Tom Hartley's line", "hartley"),
    ],
)
def test_a_name_said_or_spelled_or_a_team_reaches_its_person(
    phonebot: Phonebot, words: str, line: str, person: str
) -> None:
    live = phonebot.rings(OFFICE_LINE).hears("say a name").says(words).hears(line)
    assert leaves_a_name(live, phonebot) == person


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        ("Hartley", "Tom Hartley's line"),
        ("the first one", "Tom Hart's line"),
        ("the one in accounts", "Tom Hartley's line"),
    ],
)
def test_two_who_sound_alike_are_a_choice_by_voice(phonebot: Phonebot, answer: str, line: str) -> None:
    live = phonebot.rings(OFFICE_LINE).says("Tom please")
    live.hears("Tom Hart in sales, press 1", "Tom Hartley in accounts, press 2").says(answer).hears(line).hangs_up()


def test_two_who_sound_alike_are_a_choice_by_key(phonebot: Phonebot) -> None:
    live = phonebot.rings(OFFICE_LINE).says("Tom").hears("press 2").presses("7").hears("Tom Hartley in accounts")
    assert leaves_a_name(live.presses("2").hears("Tom Hartley's line"), phonebot) == "hartley"


def test_the_other_tom_is_asked_about_and_a_no_goes_back_to_asking(phonebot: Phonebot) -> None:
    live = phonebot.rings(OFFICE_LINE).says("Tom").says("the other Tom").hears("Tom Hartley").says("yes")
    live.hears("Tom Hartley's line").hangs_up()
    live = phonebot.rings(OFFICE_LINE).says("Tom").says("neither").hears("who would you like").says("Sue Cohen")
    live.hears("Sue Cohen's line").hangs_up()


def test_somebody_put_through_to_the_wrong_tom_can_say_so(phonebot: Phonebot) -> None:
    live = phonebot.rings(OFFICE_LINE).says("Tom Hart").hears("Tom Hart's line").says("no, the other Tom")
    live.hears("this is for Tom Hartley").does_not_hear("Tuesday")
    assert leaves_a_name(live, phonebot) == "hartley"


def test_on_ones_own_line_the_other_tom_is_nobody(phonebot: Phonebot) -> None:
    phonebot.rings().says("I wanted the other Tom").does_not_hear("Hartley").hangs_up()
    assert phonebot.the_message().mailbox == "sue"


def test_a_team_of_several_is_a_choice_of_its_people(phonebot: Phonebot) -> None:
    live = phonebot.rings(OFFICE_LINE).says("the accounts people").hears("Sue Cohen, press 1", "Tom Hartley, press 2")
    live.says("Tom").hears("Tom Hartley's line").hangs_up()


def test_a_name_nobody_has_is_asked_again_and_then_the_message_is_taken(phonebot: Phonebot) -> None:
    live = phonebot.rings(OFFICE_LINE).says("Zebedee Quickfall").hears("surname").says("Zebedee")
    live.hears("can't find that name", "zero").says("Mr Quickfall").hears("who it's for").hears_tone()
    live.records(9, "#").hears("number").presses("1").hears("the office will have this").hears_goodbye()
    phonebot.worker.drain()
    message = phonebot.the_message()
    assert (message.mailbox, message.state, message.number) == (RECEPTION, State.NEW, "+447700900143")
    assert [recording.purpose for recording in phonebot.recordings()] == [Purpose.MESSAGE]


def test_whoever_is_not_reached_is_asked_about_by_the_sound_of_names_too(phonebot: Phonebot) -> None:
    phonebot.network.expects_call("+442079460199")
    phonebot.network.phone("+442079460199").rings_out()
    live = phonebot.rings(OFFICE_LINE).says("Sue").presses("0").hears("to Sue, press 1").says("it's for Sue Cone")
    assert leaves_a_name(live, phonebot) == "sue"


def test_a_caller_spells_their_own_name_at_once_and_the_message_holds_it(phonebot: Phonebot) -> None:
    live = phonebot.rings().says("Julie Smith, that's S M Y T H E, from Hartwell Dental").hears("Julie").presses("1")
    live.says("The invoice").says("Any time").hears_tone().presses("#").hears("Julie Smythe of Hartwell Dental")
    live.says("yes").hears_goodbye()
    message = phonebot.the_message()
    assert (message.name, message.company, message.complete) == ("Julie Smythe", "Hartwell Dental", True)


def test_a_name_is_spelled_at_the_summing_up(phonebot: Phonebot) -> None:
    live = phonebot.rings().says("Julie Smith").presses("1").says("The invoice").says("Any time").hears_tone()
    live.presses("#").hears("Julie Smith").says("no, it's Smythe, S for sugar, M, Y, T, H, E").hears("Julie Smythe")
    live.says("yes").hears_goodbye()
    assert phonebot.the_message().name == "Julie Smythe"


def test_a_name_not_understood_twice_is_recorded_and_staff_can_hear_it(phonebot: Phonebot) -> None:
    live = phonebot.rings().says("um").hears("spell it").says("er").hears("record it").hears_tone().records(3, "#")
    live.hears("number").presses("1").says("The invoice").says("Any time").hears_tone().presses("#")
    live.hears("your message").says("yes").hears_goodbye()
    phonebot.worker.drain()
    message = phonebot.the_message()
    (recording,) = [each for each in phonebot.recordings() if each.purpose == Purpose.NAME]
    assert (message.name, message.state, message.complete) == (None, State.NEW, False)
    assert recording.message_id == message.id


def test_a_name_spelled_after_it_was_recorded_is_the_name(phonebot: Phonebot) -> None:
    live = phonebot.rings().says("um").says("er").hears_tone().records(3, "#").presses("1").says("The invoice")
    live.says("Any time").hears_tone().presses("#").says("my name is S M Y T H E").hears("Smythe").says("yes")
    live.hears_goodbye()
    message = phonebot.the_message()
    assert message.name == "Smythe"


def test_a_call_in_progress_holds_who_was_offered(phonebot: Phonebot) -> None:
    live = phonebot.rings(OFFICE_LINE).says("Tom")
    (call,) = phonebot.calls()
    assert call.dialogue["people_offered"] == ["tom", "hartley"]
    live.hangs_up()
