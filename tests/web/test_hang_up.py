"""A hang-up keeps what was given: wherever the caller goes, what was posted is kept, marked incomplete and listed."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phonebot.services.messages.reading import messages_listed
from phonebot.simulator import LiveCall
from phonebot.simulator.audio import silence
from tests.calling import worker_goes_on
from tests.offices import OFFICE_LINE, RECEPTION_PHONE, SUE_LINE, TOM_LINE, TOM_PHONE
from tests.running import Phonebot

Act = Callable[[LiveCall], LiveCall]


@dataclass(frozen=True)
class Given:
    """What a caller has given by some point of a call."""

    name: str | None = None
    company: str | None = None
    number: str | None = None
    business: str | None = None
    window_said: str | None = None
    recordings: int = 0

    @property
    def complete(self) -> bool:
        return all((self.name, self.number, self.business, self.window_said))


@dataclass(frozen=True)
class Move:
    """One thing a caller does, and what it gives."""

    says: str
    does: Act
    gives: dict[str, object] = field(default_factory=dict)


def said(words: str, **gives: object) -> Move:
    return Move(words, lambda live: live.says(words), gives)


def pressed(keys: str, **gives: object) -> Move:
    return Move(keys, lambda live: live.presses(keys), gives)


SILENT = Move("(silence)", lambda live: live.stays_silent())
MUMBLED = said("um, er, well")
RECORDED = Move("(records)", lambda live: live.records(6, "#"), {"recordings": 1})
OTHER_NUMBER = (pressed("2"), pressed("02079460177#"), pressed("1", number="+442079460177"))
THIS_NUMBER = (pressed("1", number="+447700900143"),)
NAME = st.sampled_from([
    (said("Julie Smith, from Hartwell Dental.", name="Julie Smith", company="Hartwell Dental"),),
    (said("It's Bob", name="Bob"),),
])  # fmt: skip
NUMBER = st.sampled_from([THIS_NUMBER, OTHER_NUMBER])
BUSINESS = st.just((said("The invoice", business="The invoice"),))
WINDOW = st.sampled_from([
    (said("Thursday after three", window_said="Thursday after three"),),
    (pressed("2", window_said="in the afternoon"),),
])  # fmt: skip
ADDED = st.just((RECORDED,))
CORRECTED = st.sampled_from([
    (),
    (said("my name is Ann Lee", name="Ann Lee"),),
    (said("no, Friday morning", window_said="Friday morning"),),
    (pressed("2"), pressed("3"), said("The garden", business="The garden")),
    (said("no"), pressed("1"), said("Ann Lee", name="Ann Lee")),
])  # fmt: skip
DETOUR = st.sampled_from([(), (), (SILENT,), (MUMBLED,)])


@st.composite
def conversations(draw: st.DrawFn) -> tuple[Move, ...]:
    """A caller's way through the form: detours before each field, other answers, a correction at the end."""
    moves: list[Move] = []
    for fields in (NAME, NUMBER, BUSINESS, WINDOW):
        moves += draw(DETOUR)
        moves += draw(fields)
    return (*moves, *draw(ADDED), *draw(CORRECTED))


@given(moves=conversations(), share=st.floats(0, 1), how=st.sampled_from(["listening", "mid-word"]))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_hang_up_keeps_what_was_given(phonebot: Phonebot, moves: tuple[Move, ...], share: float, how: str) -> None:
    taken = moves[: round(share * len(moves))]
    given_by_then: dict[str, object] = {}
    live = phonebot.rings()
    for number, move in enumerate(taken, start=1):
        if how == "mid-word" and number == len(taken):
            # The caller goes while the line is still speaking after their last words.
            live.call.hangs_up_at = live.seconds + 12
        move.does(live)
        given_by_then |= move.gives
    if not live.call.over:
        live.hangs_up()
    expected = Given(**given_by_then)  # type: ignore[arg-type]  # the names and kinds of Given's own fields
    kept = {one.message.call_sid: one for one in messages_listed(phonebot.database)}[live.sid]
    answers = kept.message.answers
    found = Given(
        answers.name,
        answers.company,
        answers.number,
        answers.business,
        answers.window_said,
        int(kept.recording is not None),
    )
    assert found == expected, str(live)
    assert kept.message.complete == expected.complete
    assert kept.message.state == ("new" if expected != Given() else "missed")


FORM = [
    said("Julie Smith, from Hartwell Dental."),
    pressed("1"),
    said("The invoice"),
    said("Thursday"),
    RECORDED,
    pressed("2"),
    pressed("5"),
    pressed("2"),
    RECORDED,
]
"""Every waiting state of the form and the summing-up, one after the other."""


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("steps", range(len(FORM) + 1))
def test_a_call_hung_up_at_each_step_is_listed_when_the_webhook_that_ended_it_is_answered(
    phonebot: Phonebot, steps: int
) -> None:
    live = phonebot.rings()
    for move in FORM[:steps]:
        move.does(live)
    live.hangs_up()
    (kept,) = messages_listed(phonebot.database)
    given_by_then = (kept.message.answers.name, kept.message.answers.number, kept.message.answers.business)
    asked = ("Julie Smith", "+447700900143", "The invoice")
    assert given_by_then == asked[:steps] + (None,) * (3 - min(steps, 3))
    assert kept.message.state == ("new" if steps else "missed")
    assert kept.message.complete == (steps >= 4)
    assert (kept.recording is not None) == (steps >= 5)
    assert kept.told == ()


@pytest.mark.parametrize("where", ["name", "added", "star", "again"])
def test_a_hang_up_in_the_middle_of_a_recording_keeps_the_recording(phonebot: Phonebot, where: str) -> None:
    live = phonebot.rings()
    match where:
        case "name":
            live.says("um").stays_silent()
        case "added":
            live.says("Julie Smith").presses("1").says("The invoice").says("Thursday")
        case "star":
            live.presses("*")
        case "again":
            live.says("Julie Smith").presses("1").says("The invoice").says("Thursday").records(5)
            live.presses("2").presses("5").presses("2")
    live.hears_tone().records(7, "hangup")
    (kept,) = messages_listed(phonebot.database)
    kept_sound = kept.name_recording if where == "name" else kept.recording
    assert kept_sound is not None
    assert (kept.message.state, kept_sound.seconds) == ("new", 7)
    worker_goes_on(phonebot)
    assert sorted(one.state for one in phonebot.recordings()) == ["deleted"] * (where == "again") + ["fetched"]
    assert phonebot.the_message().state == "new"


def test_a_hang_up_before_the_tone_is_a_missed_call_when_nothing_was_given(phonebot: Phonebot) -> None:
    phonebot.rings().presses("*").hears_tone().hangs_up()
    (kept,) = messages_listed(phonebot.database)
    assert (kept.message.state, kept.recording) == ("missed", None)
    worker_goes_on(phonebot)
    assert phonebot.the_message().state == "missed"


@pytest.mark.parametrize("line", [SUE_LINE, OFFICE_LINE])
def test_a_caller_who_gives_nothing_is_a_missed_call(phonebot: Phonebot, line: str) -> None:
    phonebot.rings(line).stays_silent().hangs_up()
    assert [one.message.state for one in messages_listed(phonebot.database)] == ["missed"]


def test_a_recording_in_which_nobody_speaks_is_a_message_until_the_worker_has_listened(phonebot: Phonebot) -> None:
    phonebot.rings().presses("*").records(wav=silence(6), then="hangup")
    assert phonebot.the_message().state == "new"
    worker_goes_on(phonebot)
    assert (phonebot.the_message().state, phonebot.recordings()[0].speech_seconds) == ("missed", 0)


def test_a_caller_with_nothing_to_add_has_left_a_complete_message(phonebot: Phonebot) -> None:
    live = phonebot.rings().says("Julie Smith").presses("1").says("The invoice").says("Thursday")
    live.records(1, "#", wav=silence(0.6)).says("yes").hears_goodbye()
    worker_goes_on(phonebot)
    (kept,) = messages_listed(phonebot.database)
    assert (kept.message.state, kept.message.complete, kept.recording) == ("new", True, None)


def asked_for(phonebot: Phonebot) -> LiveCall:
    return phonebot.rings().says("Julie Smith, from Hartwell Dental.").presses("0")


@pytest.mark.parametrize("phase", ["ringing", "greeted", "told nobody came", "at the choice", "back at the form"])
def test_a_hang_up_in_a_transfer_that_nobody_took_keeps_what_was_given_before(phonebot: Phonebot, phase: str) -> None:
    reception = phonebot.network.phone(RECEPTION_PHONE)
    if phase == "greeted":
        reception.voicemail(45)
    else:
        reception.rings_out()
    live = asked_for(phonebot).hears("reception")
    match phase:
        case "told nobody came":
            live.call.hangs_up_at = live.seconds + 26
            live.waits()
        case "greeted" | "at the choice":
            live.hears("press 1")
        case "back at the form":
            live.presses("1").hears("number")
    if not live.call.over:
        live.hangs_up()
    (kept,) = messages_listed(phonebot.database)
    message = kept.message
    assert (message.state, message.complete, message.mailbox) == ("new", False, "sue")
    assert (message.answers.name, message.answers.company) == ("Julie Smith", "Hartwell Dental")


@pytest.mark.parametrize(("chosen", "mailbox"), [("1", "sue"), ("2", "tom"), ("3", "office")])
def test_a_hang_up_after_the_choice_leaves_the_message_where_it_was_put(
    phonebot: Phonebot, chosen: str, mailbox: str
) -> None:
    phonebot.network.phone(RECEPTION_PHONE).busy()
    asked_for(phonebot).presses(chosen).presses("1").hangs_up()
    (kept,) = messages_listed(phonebot.database)
    assert (kept.message.mailbox, kept.message.answers.number) == (mailbox, "+447700900143")


@pytest.mark.parametrize("phase", ["ringing", "told nobody came"])
def test_a_hang_up_with_nothing_given_while_a_phone_rings_is_a_missed_call(phonebot: Phonebot, phase: str) -> None:
    phonebot.network.phone(TOM_PHONE).rings_out()
    live = phonebot.rings(TOM_LINE)
    if phase != "ringing":
        live.hears("Tom")
    live.hangs_up()
    (kept,) = messages_listed(phonebot.database)
    assert (kept.message.state, kept.message.mailbox) == ("missed", "tom")


@pytest.mark.parametrize("ends", ["the caller", "whoever took the call"])
def test_a_caller_who_was_put_through_is_not_listed(phonebot: Phonebot, ends: str) -> None:
    phonebot.network.phone(TOM_PHONE).answers("1")
    live = phonebot.rings(TOM_LINE).is_joined()
    if ends == "the caller":
        live.hangs_up()
    else:
        live.waits()
    assert list(messages_listed(phonebot.database)) == []
    assert phonebot.the_message().state == "put-through"


def test_a_caller_who_was_put_through_after_giving_their_name_is_still_listed(phonebot: Phonebot) -> None:
    phonebot.network.phone(RECEPTION_PHONE).answers("1")
    asked_for(phonebot).is_joined().hangs_up()
    (kept,) = messages_listed(phonebot.database)
    assert kept.message.answers.name == "Julie Smith"
