"""Placing calls over REST, and finding out what became of them, also when the answer was lost."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from phonebot.simulator import Delays, Network
from phonebot.telephony.calls import CallNow
from phonebot.telephony.client import TwilioClient
from phonebot.telephony.errors import Refused, Unknown
from tests.outside import ACCOUNT, TOKEN, client
from tests.simulator.tiny_app import TinyApp

STAFF, CALLER, OFFICE = "+447700900101", "+447700900143", "+442079460100"
BEGAN = datetime(2026, 11, 24, 23, 59, 30, tzinfo=UTC)
JOB = '<Dial action="{app}/dialled" callerId="' + OFFICE + '"><Number>' + CALLER + "</Number></Dial>"


class Clock:
    """A clock that stands until it is set."""

    now = BEGAN

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def app() -> Iterator[TinyApp]:
    with TinyApp({"/job": JOB, "/dialled": "<Say>Goodbye</Say>"}) as tiny:
        yield tiny


@pytest.fixture
def outside(app: TinyApp, clock: Clock) -> Iterator[Network]:
    with Network(app.url, ACCOUNT, TOKEN, now=clock, delays=Delays(listed_after=5)) as one:
        one.owns(OFFICE, voice_url=f"{app.url}/twilio/voice")
        yield one


def place(outside: Network, app: TinyApp, to: str = STAFF, asking: TwilioClient | None = None) -> str:
    return (asking or client(outside)).place_call(
        to=to,
        from_=OFFICE,
        url=f"{app.url}/job",
        status_url=f"{app.url}/status#rc=2&rp=ct,5xx",
        ring_seconds=25,
        longest_seconds=60,
    )


def test_a_call_rings_reports_every_step_and_is_never_recorded(app: TinyApp, outside: Network) -> None:
    outside.phone(STAFF).answers()
    outside.phone(CALLER).busy()
    outside.expects_call(STAFF)
    outside.expects_call(CALLER)
    sid = place(outside, app)
    outside.settle()
    steps = app.asked("/status")
    assert [step["CallStatus"] for step in steps] == ["initiated", "ringing", "in-progress", "completed"]
    assert {step["CallSid"] for step in steps} == {sid}
    assert app.asked("/job")[0]["From"] == OFFICE
    assert outside.recordings == []


def test_it_rings_no_longer_and_lasts_no_longer_than_was_said(app: TinyApp, outside: Network) -> None:
    outside.expects_call(STAFF, 2)
    outside.phone(STAFF).answers(after=26)
    late = place(outside, app)
    outside.settle()
    outside.phone(STAFF).answers()
    outside.phone(CALLER).answers(talks_for=600)
    long = place(outside, app)
    outside.expects_call(CALLER)
    outside.settle()
    asking = client(outside)
    assert asking.call_status(late) == CallNow(late, STAFF, OFFICE, "no-answer", 0)
    assert asking.call_status(long) == CallNow(long, STAFF, OFFICE, "completed", 60)


@pytest.mark.parametrize(
    ("habit", "status", "answered"),
    [("answers", "completed", True), ("busy", "busy", False), ("unreachable", "failed", False)],
)
def test_what_became_of_a_call_can_be_asked(
    app: TinyApp, outside: Network, habit: str, status: str, *, answered: bool
) -> None:
    app.pages["/job"] = "<Pause length='2'/><Say>Goodbye</Say>"
    getattr(outside.phone(STAFF), habit)()
    outside.expects_call(STAFF)
    sid = place(outside, app)
    outside.settle()
    now = client(outside).call_status(sid)
    assert now is not None
    assert (now.status, now.over, now.answered) == (status, True, answered)
    assert now.seconds is not None
    assert (now.seconds > 0) is answered


def test_a_call_that_goes_on_has_no_length_yet(outside: Network) -> None:
    for status, answered in (("queued", False), ("ringing", False), ("in-progress", True)):
        call = outside.new_call(caller=OFFICE, called=STAFF, direction="outbound-api", status=status)
        now = client(outside).call_status(call.sid)
        assert now is not None
        assert (now.over, now.answered, now.seconds) == (False, answered, None)


def test_a_call_unknown_or_no_call_at_all_is_none(outside: Network) -> None:
    assert client(outside).call_status("CA" + "9" * 32) is None
    assert client(outside).call_status("../Recordings") is None


def test_the_legs_of_a_call_are_told_apart_from_other_calls(app: TinyApp, outside: Network) -> None:
    outside.phone(STAFF).answers()
    outside.phone(CALLER).voicemail(greets_for=45)
    outside.expects_call(STAFF)
    outside.expects_call(CALLER)
    sid = place(outside, app)
    outside.settle()
    outside.archive.delays = Delays()
    (leg,) = client(outside).children_of(sid)
    assert (leg.to, leg.from_, leg.status, leg.seconds) == (CALLER, OFFICE, "completed", 45)
    assert client(outside).children_of(leg.sid) == []


def test_a_call_whose_answer_was_lost_is_found_once_the_list_has_caught_up(
    app: TinyApp, outside: Network, clock: Clock
) -> None:
    outside.phone(STAFF).rings_out()
    outside.expects_call(STAFF)
    outside.rest_faults.lose_answers(path="Calls", method="POST")
    asking = client(outside)
    attempted = clock.now + timedelta(milliseconds=600)
    with pytest.raises(Unknown):
        place(outside, app, asking=asking)
    outside.settle()
    assert asking.calls_placed(to=STAFF, from_=OFFICE, since=attempted) == []
    clock.now += timedelta(seconds=40)
    (found,) = asking.calls_placed(to=STAFF, from_=OFFICE, since=attempted)
    assert (found.to, found.from_, found.status, found.created) == (STAFF, OFFICE, "no-answer", BEGAN)
    assert asking.calls_placed(to=STAFF, from_=OFFICE, since=attempted + timedelta(seconds=1)) == []
    assert asking.calls_placed(to=CALLER, from_=OFFICE, since=attempted) == []
    assert asking.calls_placed(to=STAFF, from_=CALLER, since=attempted) == []


def test_a_request_that_was_lost_itself_leaves_nothing_to_find(app: TinyApp, outside: Network, clock: Clock) -> None:
    outside.rest_faults.lose_requests(path="Calls", method="POST")
    with pytest.raises(Unknown):
        place(outside, app)
    clock.now += timedelta(minutes=1)
    assert client(outside).calls_placed(to=STAFF, from_=OFFICE, since=BEGAN) == []


def test_calls_that_queue_are_found_and_those_nobody_asked_for_over_rest_are_not(
    outside: Network, clock: Clock
) -> None:
    for seconds, direction, status in (
        (3, "outbound-api", "completed"),
        (2, "outbound-dial", "completed"),
        (1, "inbound", "completed"),
        (0, "outbound-api", "queued"),
    ):
        clock.now = BEGAN - timedelta(seconds=seconds)
        outside.new_call(caller=OFFICE, called=STAFF, direction=direction, status=status)
    clock.now = BEGAN + timedelta(minutes=1)
    found = client(outside).calls_placed(to=STAFF, from_=OFFICE, since=BEGAN - timedelta(minutes=1))
    assert [(BEGAN - call.created, call.status) for call in found] == [
        (timedelta(seconds=3), "completed"),
        (timedelta(), "queued"),
    ]


def test_a_live_call_is_ended_and_one_that_is_over_or_unknown_is_fine(app: TinyApp, outside: Network) -> None:
    app.pages["/twilio/voice"] = '<Gather action="{app}/x"><Say>Hello</Say></Gather>'
    asking = client(outside)
    live = outside.phone(CALLER).dials(OFFICE)
    queued = outside.new_call(caller=OFFICE, called=STAFF, direction="outbound-api", status="queued")
    for _ in range(2):
        asking.hang_up(live.sid)
        asking.hang_up(queued.sid)
    asking.hang_up("CA" + "9" * 32)
    assert (live.ended, live.status, queued.status) == (True, "completed", "canceled")
    with pytest.raises(ValueError, match="sid"):
        asking.hang_up("../Calls")


def test_a_refusal_to_hang_up_for_another_reason_is_told(outside: Network) -> None:
    outside.rest_faults.fail(400, code=20001)
    with pytest.raises(Refused) as error:
        client(outside).hang_up("CA" + "9" * 32)
    assert error.value.code == 20001


@pytest.mark.parametrize(("to", "from_", "code"), [("0123", OFFICE, 21211), (STAFF, CALLER, 21210)])
def test_a_number_that_cannot_be_rung_or_shown_is_refused_with_its_code(
    app: TinyApp, outside: Network, to: str, from_: str, code: int
) -> None:
    with pytest.raises(Refused) as error:
        client(outside).place_call(
            to=to, from_=from_, url=f"{app.url}/job", status_url=app.url, ring_seconds=25, longest_seconds=60
        )
    assert error.value.code == code
