"""Calls of whose end nobody told us, and claims of which nothing came."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from phonebot.domain.callback import Evidence, Gathered, Outcome, merged
from phonebot.domain.history import Event, EventKind
from phonebot.domain.message import State
from phonebot.services.callbacks.lapsed import settle_lapsed
from phonebot.services.messages.happenings import happen
from phonebot.services.office.people import the_office
from phonebot.simulator import Mischief
from phonebot.store.attempts import bind_call, keep_gathered, set_sending
from phonebot.store.database import Database
from phonebot.store.history import lock_life
from tests.offices import JULIE, SUE_PHONE
from tests.returning import Returning, returning

UNTOLD = Mischief(drop=["dial-status", "status"], unreachable=["/callback/ended"])
UNKNOWN = "CA" + "8" * 32

sqlite = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


@pytest.fixture
def office(tmp_path: Path, database: Database) -> Iterator[Returning]:
    """An office on a network that tells nothing of how a call goes."""
    with returning(tmp_path, database, mischief=UNTOLD) as one:
        one.network.phone(SUE_PHONE).rings_out()
        yield one


def rung(office: Returning, *phones: str) -> None:
    """Sue clicks, and these phones are rung."""
    office.expects(*phones)
    office.clicks(office.message())
    office.works()


def test_a_call_of_whose_end_nobody_told_is_asked_after_once_its_claim_has_run_out(office: Returning) -> None:
    rung(office, SUE_PHONE)
    office.clock.goes_on(minutes=4)
    office.looks()
    assert office.attempt().outcome is None
    office.clock.goes_on(minutes=2)
    office.looks()

    assert office.attempt().outcome is Outcome.STAFF_NOT_REACHED
    assert office.standing().claim is None
    assert office.standing().state is State.ATTEMPTED


def joins_and_hangs_up(office: Returning) -> None:
    """Sue talks for a minute, and the Dial's action never arrives."""
    office.network.phone(JULIE).answers(talks_for=600)
    office.network.phone(SUE_PHONE).answers(script=lambda live: live.presses("1").talks(60).hangs_up())
    rung(office, SUE_PHONE, JULIE)


def test_fault_51_with_every_callback_lost_twilios_own_account_of_the_two_legs_settles_it(office: Returning) -> None:
    joins_and_hangs_up(office)
    assert office.attempt().outcome is None
    office.clock.goes_on(minutes=6)
    office.looks()

    assert (office.attempt().outcome, office.attempt().evidence) == (Outcome.JOINED, Evidence.JOINED)
    assert office.standing().claim is None


def test_fault_51_with_the_dials_action_lost_the_called_legs_own_status_settles_it(
    tmp_path: Path, database: Database
) -> None:
    with returning(tmp_path, database, mischief=Mischief(unreachable=["/callback/ended"])) as office:
        joins_and_hangs_up(office)

        assert (office.attempt().outcome, office.attempt().evidence) == (Outcome.JOINED, Evidence.JOINED)
        assert office.standing().claim is None


@sqlite
def test_staff_who_pressed_1_and_were_cut_off_before_anything_was_dialled_have_failed(office: Returning) -> None:
    office.network.phone(SUE_PHONE).answers()
    rung(office, SUE_PHONE)
    pressed = merged(office.attempt().gathered, Gathered(pressed=True))
    with office.database.write() as session:
        keep_gathered(session, replace(office.attempt(), gathered=pressed), office.clock())
    office.clock.goes_on(minutes=6)
    office.looks()

    assert (office.attempt().outcome, office.attempt().evidence) == (Outcome.FAILED, Evidence.CONFIRMED)
    assert office.standing().claim is None


@sqlite
def test_fault_55_a_claim_with_no_call_is_given_back(office: Returning) -> None:
    office.message()
    with office.database.write() as session:
        life = lock_life(session, 1, office.clock())
        assert life is not None
        until = (office.clock() + timedelta(minutes=5)).isoformat()
        claimed = Event(EventKind.CLAIMED, office.clock(), "sue", {"until": until})
        happen(session, life, claimed, the_office(session))
    office.clock.goes_on(minutes=4)
    office.looks()
    assert office.standing().state is State.CLAIMED
    office.clock.goes_on(minutes=2)
    office.looks()
    office.looks()

    assert office.standing().state is State.NEW
    assert [event.detail for event in office.events() if event.kind is EventKind.RELEASED] == [{"lapsed": True}]


@sqlite
def test_a_click_that_no_worker_ever_saw_is_over_in_minutes(office: Returning) -> None:
    office.clicks(office.message())
    office.clock.goes_on(minutes=2)
    office.looks()
    assert office.attempt().outcome is None
    office.clock.goes_on(minutes=2)
    office.looks()

    assert office.attempt().outcome is Outcome.NOT_PLACED
    assert office.standing().claim is None


@sqlite
def test_a_call_whose_placing_is_not_known_is_over_when_no_call_could_go_on(office: Returning) -> None:
    office.clicks(office.message())
    with office.database.write() as session:
        set_sending(session, 1, office.clock())
    office.clock.goes_on(minutes=70)
    office.looks()
    assert office.attempt().outcome is None
    office.clock.goes_on(minutes=10)
    office.looks()

    assert office.attempt().outcome is Outcome.NOT_PLACED


@sqlite
@pytest.mark.parametrize("fault", [0, 404, 503])
def test_while_twilio_does_not_say_nothing_is_concluded_before_every_call_has_ended(
    office: Returning, fault: int
) -> None:
    office.clicks(office.message())
    with office.database.write() as session:
        set_sending(session, 1, office.clock())
        bind_call(session, 1, UNKNOWN)
    for minutes in (6, 60):
        office.clock.goes_on(minutes=minutes)
        if fault:
            office.network.rest_faults.fail(fault, path="/Calls")
        office.looks()
        assert office.attempt().outcome is None
    office.clock.goes_on(minutes=15)
    if fault:
        office.network.rest_faults.fail(fault, path="/Calls")
    office.looks()

    assert office.attempt().outcome is Outcome.STAFF_NOT_REACHED


@sqlite
def test_two_workers_who_look_at_once_record_it_once(office: Returning) -> None:
    rung(office, SUE_PHONE)
    office.clock.goes_on(minutes=6)
    office.looks()
    events = office.events()
    settle_lapsed(office.desk, office.twilio, office.clock())

    assert office.events() == events
