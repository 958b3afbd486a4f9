"""Having staff's phone rung: once, whatever becomes of Twilio's answer or of the worker."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from phonebot.domain.callback import Evidence, Outcome
from phonebot.domain.outbox import JobKind, JobState
from phonebot.services.callbacks.placing import place_call
from phonebot.services.failpoints import CALL_ASKED, CALL_PLACED
from phonebot.services.not_yet import NotYet
from phonebot.simulator.mischief import Delays, Mischief
from phonebot.store.database import Database
from phonebot.telephony.errors import Unavailable
from phonebot.worker.loop import Worker
from tests.offices import JULIE, OFFICE_LINE, SUE_LINE, SUE_PHONE, TOM_LINE, TOM_PHONE
from tests.returning import Returning, duties, returning

UNTOLD = Mischief(drop=["dial-status", "status"])
"""A network that tells nothing of how a call goes."""

sqlite = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


@pytest.fixture
def office(tmp_path: Path, database: Database) -> Iterator[Returning]:
    """An office in which nobody answers the phone."""
    with returning(tmp_path, database) as one:
        one.network.phone(SUE_PHONE).rings_out()
        yield one


def goes_on(office: Returning, minutes: int = 3) -> None:
    """The worker works, and again and again while the clock goes on."""
    for _ in range(minutes * 6):
        office.works()
        office.clock.goes_on(seconds=10)
    office.works()


def test_the_phone_of_whoever_clicked_is_rung_once_from_the_line_the_message_came_in_on(office: Returning) -> None:
    office.expects(SUE_PHONE)
    office.clicks(office.message())
    goes_on(office)

    (call,) = office.network.phone(SUE_PHONE).calls
    assert (call.caller, call.longest) == (SUE_LINE, 3600)
    assert office.attempt().call_sid == call.sid
    assert office.attempt().outcome is Outcome.STAFF_NOT_REACHED


@sqlite
@pytest.mark.parametrize(
    ("came_in_on", "shown"), [(OFFICE_LINE, OFFICE_LINE), (TOM_LINE, TOM_LINE), ("+442079460109", SUE_LINE)]
)
def test_a_line_that_is_gone_gives_way_to_the_offices_first(office: Returning, came_in_on: str, shown: str) -> None:
    office.network.phone(TOM_PHONE).rings_out()
    office.expects(TOM_PHONE)
    office.clicks(office.message(line=came_in_on), "tom")
    office.works()

    assert office.network.phone(TOM_PHONE).calls[0].caller == shown


def test_fault_39_a_lost_answer_is_looked_up_and_nobody_is_rung_twice(office: Returning) -> None:
    office.network.rest_faults.lose_answers(method="POST", path="/Calls.json")
    office.network.phone(SUE_PHONE).answers()
    office.expects(SUE_PHONE)
    office.clicks(office.message())
    goes_on(office)

    assert office.calls_to(SUE_PHONE) == 1
    assert office.attempt().call_sid == office.network.phone(SUE_PHONE).calls[0].sid
    assert office.attempt().outcome is Outcome.STAFF_NOT_REACHED


@pytest.mark.parametrize("status", [500, 503, 408])
@sqlite
def test_fault_39_a_create_that_failed_after_the_deed_is_looked_up(office: Returning, status: int) -> None:
    office.network.rest_faults.fail(status, method="POST", path="/Calls.json", done=True)
    office.expects(SUE_PHONE)
    office.clicks(office.message())
    goes_on(office)

    assert office.calls_to(SUE_PHONE) == 1
    assert office.attempt().outcome is Outcome.STAFF_NOT_REACHED


@sqlite
def test_fault_39_a_call_that_only_twilios_list_tells_of_is_found_there_though_it_shows_late(
    tmp_path: Path, database: Database
) -> None:
    with returning(tmp_path, database, delays=Delays(listed_after=25), mischief=UNTOLD) as office:
        office.network.phone(SUE_PHONE).busy()
        office.network.rest_faults.lose_answers(method="POST", path="/Calls.json")
        office.expects(SUE_PHONE)
        office.clicks(office.message())
        goes_on(office)

        assert office.attempt().call_sid == office.network.phone(SUE_PHONE).calls[0].sid
        assert office.attempt().outcome is None
        goes_on(office)
        office.looks()
        assert office.attempt().outcome is Outcome.STAFF_NOT_REACHED
        assert office.calls_to(SUE_PHONE) == 1


def test_a_call_that_was_never_made_is_given_up_after_a_minute_and_not_made_again(office: Returning) -> None:
    office.network.rest_faults.lose_requests(method="POST", path="/Calls.json")
    office.clicks(office.message())
    office.works()
    assert office.attempt().outcome is None
    goes_on(office)

    assert office.calls_to(SUE_PHONE) == 0
    assert (office.attempt().outcome, office.attempt().evidence) == (Outcome.NOT_PLACED, Evidence.NONE)
    assert office.standing().claim is None
    assert office.standing().owed


@sqlite
def test_while_the_list_cannot_be_had_nothing_is_concluded(tmp_path: Path, database: Database) -> None:
    with returning(tmp_path, database, mischief=UNTOLD) as office:
        office.network.phone(SUE_PHONE).busy()
        office.network.rest_faults.lose_answers(method="POST", path="/Calls.json")
        office.network.rest_faults.fail(503, method="GET", path="/Calls.json", times=4)
        office.expects(SUE_PHONE)
        office.clicks(office.message())
        goes_on(office, minutes=8)

        assert office.attempt().call_sid == office.network.phone(SUE_PHONE).calls[0].sid
        assert office.calls_to(SUE_PHONE) == 1


@sqlite
def test_fault_38_what_was_certainly_not_placed_is_placed_a_little_later(office: Returning) -> None:
    office.network.rest_faults.fail(429, method="POST", path="/Calls.json", times=2)
    office.expects(SUE_PHONE)
    office.clicks(office.message())
    goes_on(office)

    assert office.calls_to(SUE_PHONE) == 1


@sqlite
def test_nobody_is_rung_long_after_the_click(office: Returning) -> None:
    office.network.rest_faults.fail(429, method="POST", path="/Calls.json", retry_after=600)
    office.clicks(office.message())
    office.works()
    office.clock.goes_on(minutes=11)
    office.works()

    assert office.calls_to(SUE_PHONE) == 0
    assert office.attempt().outcome is Outcome.NOT_PLACED


@sqlite
def test_nobody_is_rung_by_a_worker_that_was_away(office: Returning) -> None:
    office.clicks(office.message())
    office.clock.goes_on(minutes=3)
    office.works()

    assert office.calls_to(SUE_PHONE) == 0
    assert office.attempt().outcome is Outcome.NOT_PLACED


@pytest.mark.parametrize("code", [21211, 21215, 10004])
@sqlite
def test_fault_42_what_twilio_refuses_is_over_at_once(office: Returning, code: int) -> None:
    office.network.rest_faults.fail(400, method="POST", path="/Calls.json", code=code)
    office.clicks(office.message())
    office.works()

    assert office.attempt().outcome is Outcome.NOT_PLACED
    assert office.standing().claim is None


class Killed(BaseException):
    """The worker's process is gone at this point."""


def dies_at(point: str) -> Callable[[str], None]:
    """Die at a point, the first time it is reached."""
    points = [point]

    def reached(name: str) -> None:
        if points == [name]:
            points.clear()
            raise Killed

    return reached


@pytest.mark.parametrize(("point", "rung"), [(CALL_ASKED, 0), (CALL_PLACED, 1)])
def test_fault_41_a_worker_killed_in_the_middle_never_rings_twice(
    tmp_path: Path, database: Database, point: str, rung: int
) -> None:
    with returning(tmp_path, database, reached=dies_at(point)) as office:
        office.network.phone(SUE_PHONE).busy()
        if rung:
            office.expects(SUE_PHONE)
        office.clicks(office.message())
        with pytest.raises(Killed):
            office.works()
        office.network.settle()
        another = Worker(database, duties(office.desk, office.twilio), clock=office.clock)
        for _ in range(3):
            office.clock.goes_on(minutes=6)
            another.drain()
            office.network.settle()

        assert office.calls_to(SUE_PHONE) == rung
        assert office.attempt().outcome is (Outcome.STAFF_NOT_REACHED if rung else Outcome.NOT_PLACED)


def test_fault_46_a_second_worker_at_the_same_try_only_looks(office: Returning) -> None:
    office.network.rest_faults.lose_answers(method="POST", path="/Calls.json")
    office.network.phone(SUE_PHONE).busy()
    office.expects(SUE_PHONE)
    attempt = office.clicks(office.message())
    with pytest.raises(NotYet):
        place_call(office.desk, office.twilio, attempt.number, office.clock())
    office.network.settle()
    place_call(office.desk, office.twilio, attempt.number, office.clock())
    place_call(office.desk, office.twilio, attempt.number, office.clock())

    assert office.calls_to(SUE_PHONE) == 1


@sqlite
def test_of_two_tries_with_lost_answers_each_finds_its_own_call(office: Returning) -> None:
    office.network.phone(SUE_PHONE).busy()
    office.network.rest_faults.lose_answers(method="POST", path="/Calls.json", times=2)
    office.network.expects_call(SUE_PHONE, 2)
    for _ in range(2):
        office.clicks(office.message())
    goes_on(office)

    sids = {attempt.call_sid for attempt in office.attempts()}
    assert sids == {call.sid for call in office.network.phone(SUE_PHONE).calls}


@sqlite
def test_a_phone_that_answers_before_twilio_has_answered_us_is_the_tries(office: Returning) -> None:
    """The phone's own webhooks come while the answer to our request is still on its way, or never comes."""
    office.network.rest_faults.lose_answers(method="POST", path="/Calls.json", after=0.3)
    office.network.phone(JULIE).answers(talks_for=600)
    office.sue_answers(says="1")
    office.expects(SUE_PHONE, JULIE)
    office.clicks(office.message())
    office.works()

    assert office.attempt().outcome is Outcome.REACHED
    goes_on(office)
    assert office.calls_to(SUE_PHONE) == 1


@sqlite
def test_a_try_that_is_over_is_not_placed(office: Returning) -> None:
    office.expects(SUE_PHONE)
    attempt = office.clicks(office.message())
    office.works()
    place_call(office.desk, office.twilio, attempt.number, office.clock() + timedelta(hours=1))
    place_call(office.desk, office.twilio, 4711, office.clock())

    assert office.calls_to(SUE_PHONE) == 1


@sqlite
def test_twilio_away_is_raised_for_the_worker_to_try_again(office: Returning) -> None:
    attempt = office.clicks(office.message())
    office.network.rest_faults.fail(429, method="POST", path="/Calls.json")
    with pytest.raises(Unavailable):
        place_call(office.desk, office.twilio, attempt.number, office.clock())

    assert office.attempt().sending_at is None
    assert [job.state for job in office.jobs(JobKind.CALL)] == [JobState.PENDING]
