"""When a call would suit, through the whole of phonebot: understood, said back, offered anew, and kept."""

from datetime import datetime
from typing import Any

import pytest

from phonebot.cli.message_json import message_json
from phonebot.domain.promise import promises
from phonebot.services.messages.reading import messages_listed
from phonebot.services.office.statuses import Note, set_status
from phonebot.simulator import LiveCall
from tests.offices import JULIE
from tests.running import Phonebot
from tests.whereabouts import LONDON


def as_far_as_the_time(phonebot: Phonebot, caller: str = JULIE) -> LiveCall:
    """A call that has come to the question when a call would suit."""
    call = phonebot.rings(caller=caller).says("Julie Smith").presses("1").says("last month's invoice")
    return call.hears("suit")


def kept(phonebot: Phonebot) -> dict[str, Any]:
    """The one message, as programs see it."""
    (message,) = messages_listed(phonebot.database)
    return message_json(message, LONDON)


def finish(call: LiveCall) -> None:
    """Nothing to add, and everything is right."""
    call.hears_tone().presses("#").says("yes").hears_goodbye()
    assert not [words for words in call.heard_in_all if promises(words)]


def away(phonebot: Phonebot, text: str) -> None:
    """Sue says where she is."""
    set_status(phonebot.database, "sue", Note(text), phonebot.clock())


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("after three tomorrow", [("2026-11-25T15:00:00+00:00", "2026-11-26T00:00:00+00:00")]),
        (
            "Thursday or Friday, not before ten",
            [
                ("2026-11-26T10:00:00+00:00", "2026-11-27T00:00:00+00:00"),
                ("2026-11-27T10:00:00+00:00", "2026-11-28T00:00:00+00:00"),
            ],
        ),
    ],
)
def test_what_a_caller_says_becomes_parts_that_staff_see(
    phonebot: Phonebot, words: str, parts: list[tuple[str, str]]
) -> None:
    finish(as_far_as_the_time(phonebot).says(words))

    window = kept(phonebot)["window"]
    assert window["said"] == words
    assert [(part["start"], part["end"]) for part in window["parts"]] == parts
    assert (window["start"], window["end"]) == (parts[0][0], parts[-1][1])


def test_a_time_at_which_the_person_is_away_is_answered_with_an_offer_and_the_offer_taken(phonebot: Phonebot) -> None:
    away(phonebot, "travelling until Thursday")
    call = as_far_as_the_time(phonebot).says("tomorrow after three")
    call.hears("Thursday", "suit you").says("yes please")
    finish(call)

    window = kept(phonebot)["window"]
    assert "Thursday" in window["said"]
    assert datetime.fromisoformat(window["start"]).date().isoformat() == "2026-11-26"


def test_an_offer_refused_leaves_what_the_caller_wanted(phonebot: Phonebot) -> None:
    away(phonebot, "travelling until Thursday")
    call = as_far_as_the_time(phonebot).says("tomorrow after three").hears("suit you").says("no")
    finish(call)

    assert kept(phonebot)["window"]["said"] == "tomorrow after three"
    assert kept(phonebot)["window"]["start"] == "2026-11-25T15:00:00+00:00"


def test_another_time_said_to_an_offer_is_taken_instead(phonebot: Phonebot) -> None:
    away(phonebot, "travelling until Thursday")
    call = as_far_as_the_time(phonebot).says("tomorrow after three").hears("suit you").says("no, Friday morning")
    finish(call)

    assert kept(phonebot)["window"]["said"] == "Friday morning"


def test_a_time_when_the_office_is_closed_is_said_to_be_and_another_offered(phonebot: Phonebot) -> None:
    call = as_far_as_the_time(phonebot).says("on Saturday").hears("closed", "suit you").presses("1")
    finish(call)

    assert "Monday" in kept(phonebot)["window"]["said"]


def test_what_is_not_understood_is_asked_once_more_and_then_kept_as_the_words_spoken(phonebot: Phonebot) -> None:
    call = as_far_as_the_time(phonebot).says("when the cows come home").hears("didn't catch")
    finish(call.says("when the cows come home"))

    window = kept(phonebot)["window"]
    assert window == {"start": None, "end": None, "said": "when the cows come home", "parts": []}


def test_a_number_put_right_while_it_is_said_is_read_back_as_meant(phonebot: Phonebot) -> None:
    call = phonebot.rings(caller="anonymous").says("Julie Smith").hears("number")
    call.says("oh seven seven double oh nine double oh one five three, no sorry, one four three")
    call.hears("one four three").says("yes").hears("about").hangs_up()

    assert phonebot.the_message().number == "+447700900143"
