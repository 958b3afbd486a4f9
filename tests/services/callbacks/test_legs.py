"""The two legs of a returned call, told of by hand: what comes late, twice, alone, or from somebody else's call."""

from collections.abc import Iterator, Sequence
from itertools import permutations
from pathlib import Path
from xml.etree import ElementTree

import pytest

from phonebot.domain.callback import Evidence, Outcome
from phonebot.domain.history import Event, EventKind
from phonebot.domain.message import State
from phonebot.domain.reference import reference_of
from phonebot.services.callbacks import legs as callback_legs
from phonebot.services.callbacks.placing import give_up_call
from phonebot.services.messages.happenings import happen
from phonebot.services.office.loading import load
from phonebot.services.office.people import the_office
from phonebot.store.attempts import bind_call, set_sending
from phonebot.store.database import Database
from phonebot.store.history import lock_life
from phonebot.telephony.request import Posted, read_posted
from tests.offices import JULIE, OFFICE_TOML, RECEPTION_PHONE, SUE_LINE
from tests.returning import Returning, returning

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)

LEG = "CA" + "5" * 32
CHILD = "CA" + "6" * 32
OTHER = "CA" + "9" * 32


@pytest.fixture
def office(tmp_path: Path, database: Database) -> Iterator[Returning]:
    """An office in which Sue has clicked, and Twilio was asked to ring her."""
    with returning(tmp_path, database) as one:
        attempt = one.clicks(one.message())
        with database.write() as session:
            set_sending(session, attempt.number, one.clock())
        yield one


def posted(sid: str = LEG, status: str = "in-progress", **fields: str) -> Posted:
    """What Twilio posts of a call."""
    return read_posted({name: [value] for name, value in {"CallSid": sid, "CallStatus": status, **fields}.items()})


def token(office: Returning) -> str:
    """The token of the one try."""
    return office.desk.links.token(1)


def answers(office: Returning, sid: str = LEG) -> str:
    """The phone is answered."""
    return callback_legs.staff_answered(office.desk, posted(sid), token(office), office.clock())


def presses(office: Returning, digits: str = "1", sid: str = LEG, tried: int = 1) -> str:
    """A key is pressed when asked to ring the caller."""
    return callback_legs.staff_pressed(office.desk, posted(sid, Digits=digits), token(office), tried, office.clock())


def ended(office: Returning, status: str = "completed", *, now: str = "in-progress", **fields: str) -> str:
    """The Dial is over."""
    told = posted(LEG, now, DialCallStatus=status, **fields)
    return callback_legs.caller_leg_ended(office.desk, told, token(office), office.clock())


def said(office: Returning, digits: str, tried: int = 1) -> str:
    """A key is pressed when asked what happened."""
    return callback_legs.staff_said(office.desk, posted(Digits=digits), token(office), tried, office.clock())


def child(office: Returning, status: str, **fields: str) -> None:
    """The called leg's status is told."""
    told = posted(CHILD, status, ParentCallSid=LEG, **fields)
    callback_legs.caller_leg_told(office.desk, told, token(office), office.clock())


def staff(office: Returning, status: str, **fields: str) -> None:
    """The leg to staff's status is told."""
    callback_legs.staff_leg_told(office.desk, posted(LEG, status, **fields), token(office), office.clock())


def dials(document: str) -> list[str]:
    """The numbers that a document rings."""
    return [number.text or "" for number in ElementTree.fromstring(document).iter("Number")]


def test_who_and_why_is_said_and_only_a_1_rings_the_caller_on_the_offices_number(office: Returning) -> None:
    asked = answers(office)
    joining = presses(office)

    assert "Julie Smith of Hartwell Dental" in asked
    assert dials(asked) == []
    assert dials(joining) == [JULIE]
    dial = ElementTree.fromstring(joining).find("Dial")
    assert dial is not None
    assert dial.get("callerId") == SUE_LINE
    assert dial.get("timeLimit") == "3600"
    assert dial.get("record") is None
    assert office.attempt().evidence is Evidence.CONFIRMED


@pytest.mark.parametrize("digits", ["", "2", "*", "11", "hangup"])
def test_anything_but_a_1_asks_once_more_and_then_lets_go(office: Returning, digits: str) -> None:
    answers(office)
    again, last = presses(office, digits), presses(office, digits, tried=2)

    assert "<Gather" in again
    assert "<Gather" not in last
    assert dials(again) == dials(last) == []
    assert not office.attempt().gathered.pressed


def test_the_same_key_told_twice_gets_the_same_document_and_one_record(office: Returning) -> None:
    answers(office)
    first = presses(office)
    events = office.events()

    assert presses(office) == first
    assert office.events() == events


def test_fault_52_another_call_may_not_use_the_link_and_rings_nobody(office: Returning) -> None:
    answers(office)
    before = office.attempt()
    for document in (answers(office, OTHER), presses(office, sid=OTHER)):
        assert dials(document) == []
        assert "<Hangup" in document
        assert "Julie" not in document

    assert office.attempt() == before


@pytest.mark.parametrize("spoilt", ["", "x", "MQ.forged", "1"])
def test_fault_52_a_forged_link_says_nothing_of_anybody(office: Returning, spoilt: str) -> None:
    document = callback_legs.staff_answered(office.desk, posted(), spoilt, office.clock())

    assert "Julie" not in document
    assert office.attempt().call_sid is None


def test_fault_52_a_link_an_hour_old_rings_nobody_and_what_is_told_of_its_call_still_counts(office: Returning) -> None:
    answers(office)
    office.clock.goes_on(minutes=61)

    assert dials(presses(office)) == []
    staff(office, "completed")
    assert office.attempt().outcome is Outcome.STAFF_NOT_REACHED


def test_fault_57_a_key_replayed_when_all_is_over_rings_nobody_and_changes_nothing(office: Returning) -> None:
    answers(office)
    presses(office)
    ended(office, DialCallDuration="60", DialBridged="true")
    said(office, "1")
    events = office.events()

    assert dials(presses(office)) == []
    assert dials(answers(office)) == []
    staff(office, "ringing")
    child(office, "ringing")
    assert office.events() == events
    assert office.attempt().outcome is Outcome.REACHED


def test_before_twilio_was_asked_no_call_can_be_the_tries(office: Returning) -> None:
    with office.database.write() as session:
        set_sending(session, 1, None)

    assert "Julie" not in answers(office)
    assert office.attempt().call_sid is None


def test_a_call_that_is_one_tries_is_not_anothers(office: Returning) -> None:
    other = office.clicks(office.message())
    with office.database.write() as session:
        bind_call(session, other.number, LEG)

    assert "Julie" not in answers(office)


def test_who_was_overtaken_by_a_colleague_hears_so_and_the_caller_is_not_rung_twice(office: Returning) -> None:
    answers(office)
    office.clock.goes_on(minutes=6)
    office.clicks(reference_of(1), "tom")
    document = presses(office)

    assert dials(document) == []
    assert "in hand" in document
    assert office.attempts()[0].outcome is Outcome.NOT_PLACED
    assert office.claim().by == "tom"


def test_a_phone_that_rings_after_all_when_the_try_was_given_up_is_let_go(office: Returning) -> None:
    give_up_call(office.desk, 1, "Twilio knows of no such call", office.clock())
    document = answers(office)

    assert "Julie" not in document
    assert "<Hangup" in document
    assert office.attempt().outcome is Outcome.NOT_PLACED


def test_a_message_settled_while_the_phone_rang_rings_nobody(office: Returning) -> None:
    with office.database.write() as session:
        life = lock_life(session, 1, office.clock())
        assert life is not None
        withdrawn = Event(EventKind.SETTLED, office.clock(), "sue", {"how": State.WITHDRAWN.value})
        happen(session, life, withdrawn, the_office(session))

    assert dials(presses(office)) == []
    assert office.standing().state is State.WITHDRAWN


def test_fault_53_a_number_that_became_the_offices_own_while_the_phone_rang_is_not_dialled(office: Returning) -> None:
    answers(office)
    path = office.folder / "office.toml"
    path.write_text(OFFICE_TOML.replace(RECEPTION_PHONE, JULIE), encoding="utf-8")
    load(office.database, path, office.clock())

    assert dials(presses(office)) == []
    assert office.attempt().outcome is Outcome.NOT_PLACED
    assert office.standing().claim is None


def test_while_the_two_may_talk_nobody_else_can_ring(office: Returning) -> None:
    answers(office)
    presses(office)
    office.clock.goes_on(minutes=59)

    assert office.claim().until > office.clock()
    ended(office, DialCallDuration="3500", DialBridged="true")
    assert office.standing().claim is None


TOLD = (
    lambda office: ended(office, DialCallDuration="65", DialBridged="true"),
    lambda office: child(office, "completed", CallDuration="65"),
    lambda office: child(office, "in-progress"),
    lambda office: staff(office, "completed", CallDuration="90"),
)


@pytest.mark.parametrize("order", [*permutations(range(4))][::5], ids=str)
def test_fault_51_in_any_order_the_end_of_a_call_is_the_same(office: Returning, order: Sequence[int]) -> None:
    presses(office)
    for step in order:
        TOLD[step](office)

    assert (office.attempt().outcome, office.attempt().evidence) == (Outcome.JOINED, Evidence.JOINED)
    assert office.standing().state is State.JOINED_UNCONFIRMED


@pytest.mark.parametrize("alone", [0, 1], ids=["the action", "the called leg's status"])
def test_fault_51_either_of_the_two_callbacks_is_enough(office: Returning, alone: int) -> None:
    presses(office)
    TOLD[alone](office)

    assert (office.attempt().outcome, office.attempt().evidence) == (Outcome.JOINED, Evidence.JOINED)


@pytest.mark.parametrize("answered_by", ["machine_start", "machine_end_beep", "machine_end_other", "fax"])
def test_fault_50_what_was_taken_for_a_machine_is_not_returned_whatever_staff_press(
    office: Returning, answered_by: str
) -> None:
    presses(office)
    child(office, "in-progress", AnsweredBy=answered_by)
    ended(office, DialCallDuration="65", DialBridged="true")
    said(office, "1")

    assert (office.attempt().outcome, office.attempt().evidence) == (Outcome.JOINED, Evidence.JOINED)
    assert office.standing().owed


@pytest.mark.parametrize("answered_by", ["human", "unknown", ""])
def test_what_was_not_taken_for_a_machine_proves_nothing_by_itself(office: Returning, answered_by: str) -> None:
    presses(office)
    ended(office, DialCallDuration="65", DialBridged="true", AnsweredBy=answered_by)

    assert office.attempt().evidence is Evidence.JOINED


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ({"ErrorCode": "13224"}, Outcome.BAD_NUMBER),
        ({"SipResponseCode": "404"}, Outcome.BAD_NUMBER),
        ({"SipResponseCode": "503"}, Outcome.FAILED),
        ({"ErrorCode": "x" * 40}, Outcome.FAILED),
        ({}, Outcome.FAILED),
    ],
)
def test_a_number_that_is_none_is_told_from_a_call_that_failed(
    office: Returning, fields: dict[str, str], outcome: Outcome
) -> None:
    presses(office)
    ended(office, "failed", **fields)

    assert office.attempt().outcome is outcome


def test_a_leg_that_was_answered_and_never_joined_is_no_conversation(office: Returning) -> None:
    presses(office)
    document = ended(office, DialCallDuration="30", DialBridged="false")

    assert office.attempt().outcome is Outcome.NO_ANSWER
    assert "Nobody answered" in document


def test_bridged_without_a_duration_is_asked_about_and_counted_once_the_duration_comes(office: Returning) -> None:
    presses(office)
    document = ended(office, DialBridged="true")

    assert "What happened" in document
    assert office.attempt().evidence is Evidence.CONFIRMED
    child(office, "completed", CallDuration="65")
    assert office.attempt().evidence is Evidence.JOINED


def test_what_is_garbled_is_kept_for_nothing(office: Returning) -> None:
    presses(office)
    ended(office, "exploded", DialCallDuration="-5", DialBridged="perhaps", now="on fire")

    assert office.attempt().outcome is None
    assert office.attempt().evidence is Evidence.CONFIRMED


def test_a_holding_call_that_reaches_the_caller_stays_owed_by_its_owner_and_says_so(
    tmp_path: Path, database: Database
) -> None:
    with returning(tmp_path, database) as office:
        office.clicks(office.message(), "tom")
        with database.write() as session:
            set_sending(session, 1, office.clock())
        asked = answers(office)
        presses(office)
        ended(office, DialCallDuration="65", DialBridged="true")
        last = said(office, "1")

        assert "rang Sue" in asked
        assert "on behalf of Sue" in asked
        assert "Sue still has this one to return" in last
        assert (office.attempt().outcome, office.attempt().evidence) == (Outcome.REACHED, Evidence.SPOKE)
        assert office.standing().state is State.HELD
        assert office.standing().owed
