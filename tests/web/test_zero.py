"""Zero never bounces: if nobody takes the call the caller is told once, chooses, and goes straight to the form."""

from collections.abc import Callable

import pytest

from phonebot.simulator import LiveCall, Phone
from phonebot.store.tables import TransferRow
from tests.calling import form_of, posts
from tests.offices import JULIE, OFFICE_LINE, RECEPTION_PHONE, SUE_LINE, TOM_LINE, TOM_PHONE
from tests.running import Phonebot

Habit = Callable[[Phone], Phone]

NOBODY_TAKES_IT: dict[str, Habit] = {
    "a voicemail that greets for 45 seconds": lambda phone: phone.voicemail(45),
    "a voicemail that picks up at once": lambda phone: phone.voicemail(45, after=0),
    "an engaged phone": lambda phone: phone.busy(),
    "a phone that rings out": lambda phone: phone.rings_out(),
    "somebody who declines": lambda phone: phone.refuses(),
    "a number that cannot be reached": lambda phone: phone.unreachable(),
    "a person who hangs up on the whisper": lambda phone: phone.answers(hangs_up=True),
    "a person who says nothing": lambda phone: phone.answers(),
    "a person who presses other keys": lambda phone: phone.answers("5"),
    "a phone that forwards to the line": lambda phone: phone.forwards_to(SUE_LINE, after=10),
    "a phone that forwards as itself": lambda phone: phone.forwards_to(SUE_LINE, after=10, as_itself=True),
    "a phone that forwards to the office line": lambda phone: phone.forwards_to(OFFICE_LINE, after=10),
}


def away_messages(live: LiveCall) -> int:
    """How often the away message was heard on a call: each names the day."""
    return sum(words.count("24th of November") for words in live.heard_in_all)


@pytest.mark.parametrize("habit", NOBODY_TAKES_IT)
@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_zero_never_bounces(phonebot: Phonebot, habit: str) -> None:
    phonebot.network.lines |= {SUE_LINE, OFFICE_LINE}
    NOBODY_TAKES_IT[habit](phonebot.network.phone(RECEPTION_PHONE))
    live = phonebot.rings().presses("0").hears("nobody", "Sue", "Tom", "reception")
    assert live.seconds < 75
    live.presses("3").hears("who's calling").does_not_hear("Tuesday").says("Julie Smith").presses("1").hangs_up()
    assert away_messages(live) == 1
    listed = {(one.mailbox, one.name, one.state) for one in phonebot.messages() if one.call_sid == live.sid}
    assert listed == {("office", "Julie Smith", "new")}
    assert all(row.accepted_at is None for row in transfers(phonebot))
    assert [one.state for one in phonebot.messages() if one.call_sid != live.sid] == []


@pytest.mark.parametrize("habit", NOBODY_TAKES_IT)
@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_phone_rung_first_never_bounces(phonebot: Phonebot, habit: str) -> None:
    phonebot.network.lines |= {SUE_LINE, OFFICE_LINE, TOM_LINE}
    NOBODY_TAKES_IT[habit](phonebot.network.phone(TOM_PHONE))
    live = phonebot.rings(TOM_LINE).hears("Tom", "Tuesday", "who's calling").says("Julie Smith").hangs_up()
    assert away_messages(live) == 1
    assert [(one.name, one.state) for one in phonebot.messages()] == [("Julie Smith", "new")]


def transfers(phonebot: Phonebot) -> list[TransferRow]:
    """Every phone that was rung for a caller."""
    with phonebot.database.read() as session:
        return session.query(TransferRow).order_by(TransferRow.id).all()


def test_whoever_presses_one_is_told_who_calls_for_whom_and_is_joined(phonebot: Phonebot) -> None:
    reception = phonebot.network.phone(RECEPTION_PHONE).answers("1")
    live = phonebot.rings().says("Julie Smith, from Hartwell Dental.").presses("0").is_joined()
    assert any("Julie Smith" in words and "Sue" in words for words in reception.heard)
    live.waits().hears_goodbye()
    (transfer,) = transfers(phonebot)
    assert (transfer.whom, transfer.shown, transfer.turn) == ("office", JULIE, 2)
    assert transfer.accepted_at is not None


def test_somebody_who_presses_a_wrong_key_is_asked_again_and_may_still_take_the_call(phonebot: Phonebot) -> None:
    def second_thoughts(live: LiveCall) -> None:
        live.hears("press 1").presses("4").hears("press 1").presses("1")

    phonebot.network.phone(RECEPTION_PHONE).answers(script=second_thoughts)
    phonebot.rings().presses("0").is_joined().waits().hears_goodbye()
    assert [row.accepted_at is not None for row in transfers(phonebot)] == [True]


@pytest.mark.parametrize("caller", ["anonymous", "", "+266696687"])
def test_a_caller_who_withholds_their_number_shows_the_line_s(phonebot: Phonebot, caller: str) -> None:
    reception = phonebot.network.phone(RECEPTION_PHONE).answers("1")
    phonebot.rings(caller=caller).presses("0").is_joined().hangs_up()
    assert reception.calls[0].caller == SUE_LINE
    assert any("Somebody" in words for words in reception.heard)


@pytest.mark.parametrize("status", ["completed", "answered", "in-progress"])
@pytest.mark.parametrize("bridged", ["", "false"])
@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_what_the_network_calls_completed_is_not_acceptance(phonebot: Phonebot, status: str, bridged: str) -> None:
    live = phonebot.rings().hears("who's calling")
    assert b"<Dial" in posts(phonebot, "/twilio/voice/turn?n=1", form_of(live.sid, Digits="0")).content
    result = form_of(live.sid, DialCallStatus=status, DialBridged=bridged, DialCallDuration="40")
    assert b"Nobody" in posts(phonebot, "/twilio/voice/turn?n=2", result).content
    live.hangs_up()
    assert phonebot.the_message().state == "missed"


def test_joined_by_the_network_s_own_word_is_acceptance(phonebot: Phonebot) -> None:
    live = phonebot.rings().hears("who's calling")
    assert b"<Dial" in posts(phonebot, "/twilio/voice/turn?n=1", form_of(live.sid, Digits="0")).content
    joined = form_of(live.sid, DialCallStatus="completed", DialBridged="true")
    assert b"Goodbye" in posts(phonebot, "/twilio/voice/turn?n=2", joined).content
    live.hangs_up()
    assert phonebot.the_message().state == "put-through"


def test_a_one_pressed_after_the_ringing_is_over_takes_nothing(phonebot: Phonebot) -> None:
    phonebot.network.phone(RECEPTION_PHONE).rings_out()
    live = phonebot.rings().presses("0").hears("nobody")
    late = posts(phonebot, f"/twilio/voice/accept?call={live.sid}&n=1&tried=1", form_of(Digits="1"))
    assert b"<Hangup" in late.content
    assert [row.accepted_at for row in transfers(phonebot)] == [None]
    strangers = posts(phonebot, f"/twilio/voice/accept?call=CA{'9' * 32}&n=1&tried=1", form_of(Digits="1"))
    assert b"<Hangup" in strangers.content
    live.hangs_up()
    assert phonebot.the_message().state == "missed"


def test_a_caller_who_hangs_up_while_it_rings_has_missed_and_nobody_is_joined(phonebot: Phonebot) -> None:
    phonebot.network.phone(RECEPTION_PHONE).answers("1", after=12)
    live = phonebot.rings().presses("0").hears("reception").hangs_up()
    assert [row.accepted_at for row in transfers(phonebot)] == [None]
    assert transfers(phonebot)[0].ended_at is not None
    assert [(one.call_sid, one.state) for one in phonebot.messages()] == [(live.sid, "missed")]


def test_a_joined_caller_who_hangs_up_is_not_missed(phonebot: Phonebot) -> None:
    phonebot.network.phone(RECEPTION_PHONE).answers("1")
    phonebot.rings().presses("0").is_joined().hangs_up()
    assert phonebot.the_message().state == "put-through"


@pytest.mark.parametrize("quiet_for", [6, 30, 55])
def test_a_long_talk_is_not_taken_for_a_call_that_broke_off(phonebot: Phonebot, quiet_for: int) -> None:
    phonebot.network.phone(RECEPTION_PHONE).answers("1", talks_for=3500)
    live = phonebot.rings().presses("0").is_joined()
    phonebot.clock.goes_on(minutes=quiet_for)
    phonebot.worker.drain()
    assert phonebot.the_message().state == "draft"
    live.hangs_up()
    assert phonebot.the_message().state == "put-through"


def test_zero_rings_once_a_call(phonebot: Phonebot) -> None:
    reception = phonebot.network.phone(RECEPTION_PHONE).busy()
    live = phonebot.rings().presses("0").presses("1").hears("who's calling").presses("0").hears("press 1")
    live.presses("1").says("Julie Smith").presses("0").hears("press 1").hangs_up()
    assert len(reception.calls) == 1


def test_zero_during_the_recording_goes_to_reception_with_the_recording_kept(phonebot: Phonebot) -> None:
    phonebot.network.phone(RECEPTION_PHONE).answers("1")
    phonebot.rings().presses("*").records(9, "0").is_joined().hangs_up()
    assert (phonebot.the_message().state, phonebot.recordings()[0].seconds) == ("new", 9)


@pytest.mark.parametrize("caller", [OFFICE_LINE, TOM_LINE, SUE_LINE])
def test_a_call_from_one_of_our_own_lines_is_rejected_and_not_listed(phonebot: Phonebot, caller: str) -> None:
    live = phonebot.rings(caller=caller)
    assert (live.ended, live.heard_in_all) == (True, [])
    assert phonebot.messages() == []


def test_a_colleague_who_calls_from_their_own_phone_is_answered(phonebot: Phonebot) -> None:
    phonebot.rings(caller=TOM_PHONE).hears("Sue", "who's calling").hangs_up()
    assert phonebot.the_message().state == "missed"


@pytest.mark.parametrize("again", [JULIE, RECEPTION_PHONE])
def test_once_the_caller_has_hung_up_on_the_ringing_whoever_rings_next_is_answered(
    phonebot: Phonebot, again: str
) -> None:
    live = phonebot.rings()
    posts(phonebot, "/twilio/voice/turn?n=1", form_of(live.sid, CallStatus="in-progress", Digits="0"))
    posts(phonebot, "/twilio/status", form_of(live.sid, CallStatus="completed"))
    phonebot.rings(caller=again).hears("Sue", "who's calling").hangs_up()
