"""A call the app makes to staff and then joins with a caller: what each side hears, and what is reported of it."""

from collections.abc import Iterator

import pytest
from twilio.rest import Client

from phonebot.simulator import LiveCall, Mischief, Network

from .conftest import ACCOUNT, TOKEN
from .test_rest import Here
from .tiny_app import Seen, TinyApp

STAFF, CALLER, LINE = "+447700900101", "+447700900143", "+442079460100"
EVENTS = ["initiated", "ringing", "answered", "completed"]
NUMBER = f'<Number statusCallback="{{app}}/leg" statusCallbackEvent="{" ".join(EVENTS)}"'
DIAL = f'<Dial action="{{app}}/ended" callerId="{LINE}" hangupOnStar="true" timeLimit="300">'
ASKS = '<Gather action="{app}/said" numDigits="1"><Say>Did you speak to them?</Say></Gather><Hangup/>'


def job(seen: Seen) -> str:
    """Ask for a 1; dial once it is there."""
    if seen.form.get("Digits") == "1":
        return f"{DIAL}{NUMBER}>{CALLER}</Number></Dial>"
    return '<Gather action="{app}/job" numDigits="1"><Say>Press 1 to ring Julie</Say></Gather><Hangup/>'


@pytest.fixture(autouse=True)
def _pages(app: TinyApp) -> None:
    app.pages |= {"/job": job, "/ended": ASKS, "/said": "<Say>Thank you</Say>"}


@pytest.fixture
def network(app: TinyApp) -> Iterator[Network]:
    with Network(app.url, ACCOUNT, TOKEN) as network:
        network.owns(LINE)
        yield network


def returns(network: Network, app: TinyApp, *, joins: bool = True, **options: object) -> str:
    """Have the app ring staff for a call to the caller, and see it through; the call's sid."""
    network.expects_call(STAFF)
    if joins:
        network.expects_call(CALLER)
    made = Client(ACCOUNT, TOKEN, http_client=Here(network.serve_rest())).calls.create(
        to=STAFF,
        from_=LINE,
        url=f"{app.url}/job",
        status_callback=f"{app.url}/staff",
        status_callback_event=EVENTS,
        **options,
    )
    network.settle()
    return str(made.sid)


def joined_seconds(app: TinyApp) -> int:
    (form,) = app.asked("/ended")
    return int(form["DialCallDuration"])


def test_staff_press_one_talk_and_say_what_happened_once_the_caller_hangs_up(app: TinyApp, network: Network) -> None:
    def staff(call: LiveCall) -> None:
        call.hears("Press 1").presses("1").is_joined().waits().hears("Did you speak").presses("1").hears("Thank you")

    network.phone(STAFF).answers(script=staff)
    network.phone(CALLER).answers(talks_for=90)
    sid = returns(network, app)
    (ended,) = app.asked("/ended")
    assert (ended["CallSid"], ended["DialCallStatus"], ended["DialBridged"]) == (sid, "completed", "true")
    assert (ended["DialCallDuration"], ended["CallStatus"]) == ("90", "in-progress")
    assert app.asked("/said")[0]["Digits"] == "1"


def test_every_step_of_both_legs_is_reported(app: TinyApp, network: Network) -> None:
    network.phone(STAFF).answers("1")
    network.phone(CALLER).answers(talks_for=90)
    sid = returns(network, app)
    steps = ["initiated", "ringing", "in-progress", "completed"]
    assert [form["CallStatus"] for form in app.asked("/leg")] == steps
    assert [form["CallStatus"] for form in app.asked("/staff")] == steps
    assert {(form["ParentCallSid"], form["From"], form["To"]) for form in app.asked("/leg")} == {(sid, LINE, CALLER)}
    assert app.asked("/leg")[3]["CallDuration"] == "90"
    assert {form["CallSid"] for form in app.asked("/staff")} == {sid}
    assert int(app.asked("/staff")[3]["CallDuration"]) > 90


def test_a_voicemail_is_joined_like_a_person_and_lasts_as_long_as_it_greets(app: TinyApp, network: Network) -> None:
    network.phone(STAFF).answers("1")
    network.phone(CALLER).voicemail(greets_for=45)
    returns(network, app)
    assert app.asked("/ended")[0]["DialBridged"] == "true"
    assert joined_seconds(app) == 45


def test_staff_may_talk_to_a_voicemail_after_its_tone(app: TinyApp, network: Network) -> None:
    network.phone(STAFF).answers(
        script=lambda call: call.presses("1").talks(45).talks(20).presses("*").hears("Did you speak").presses("2")
    )
    network.phone(CALLER).voicemail(greets_for=45)
    returns(network, app)
    assert joined_seconds(app) == 65
    assert app.asked("/said")[0]["Digits"] == "2"


def test_staff_may_hang_up_on_a_joined_call(app: TinyApp, network: Network) -> None:
    network.phone(STAFF).answers(script=lambda call: call.presses("1").talks(12).hangs_up())
    network.phone(CALLER).answers(talks_for=90)
    returns(network, app)
    assert joined_seconds(app) == 12
    assert app.asked("/ended")[0]["CallStatus"] == "completed"
    assert app.asked("/said") == []


@pytest.mark.parametrize(("habit", "length"), [("answers", 30), ("voicemail", 300)])
def test_talking_ends_with_a_callers_patience_and_with_the_dials_limit(
    app: TinyApp, network: Network, habit: str, length: int
) -> None:
    network.phone(STAFF).answers(script=lambda call: call.presses("1").talks(1000).hears("Did you speak"))
    if habit == "answers":
        network.phone(CALLER).answers(talks_for=30)
    else:
        network.phone(CALLER).voicemail(greets_for=30)
    returns(network, app)
    assert joined_seconds(app) == length


def test_one_can_only_talk_to_somebody(network: Network, app: TinyApp) -> None:
    app.pages["/twilio/voice"] = ASKS
    network.owns("+442079460101", voice_url=f"{app.url}/twilio/voice")
    call = network.phone(CALLER).dials("+442079460101")
    with pytest.raises(AssertionError, match="not joined"):
        call.talks(10)


def test_the_network_ends_a_call_that_lasts_longer_than_the_app_allowed(app: TinyApp, network: Network) -> None:
    network.phone(STAFF).answers("1")
    network.phone(CALLER).answers(talks_for=200)
    sid = returns(network, app, time_limit=60)
    assert joined_seconds(app) < 60
    assert app.asked("/ended")[0]["CallStatus"] == "completed"
    assert app.asked("/staff")[-1]["CallDuration"] == "60"
    assert (network.calls[sid].ended_by, app.asked("/said")) == ("network", [])


def test_a_call_whose_time_is_up_asks_for_nothing_more(app: TinyApp, network: Network) -> None:
    app.pages["/job"] = '<Pause length="70"/><Redirect>{app}/said</Redirect>'
    network.phone(STAFF).answers()
    sid = returns(network, app, joins=False, time_limit=60)
    assert (network.calls[sid].ended_by, app.asked("/said")) == ("network", [])


@pytest.mark.parametrize("habit", ["voicemail", "answers"])
def test_without_a_key_the_caller_is_never_rung(app: TinyApp, network: Network, habit: str) -> None:
    getattr(network.phone(STAFF), habit)()
    returns(network, app, joins=False)
    assert app.asked("/leg") == []
    assert app.asked("/staff")[-1]["CallStatus"] == "completed"


@pytest.mark.parametrize(
    ("detection", "habit", "taken_for", "answered_by"),
    [
        ("Enable", "answers", "", "human"),
        ("Enable", "voicemail", "", "machine_start"),
        ("DetectMessageEnd", "voicemail", "", "machine_end_beep"),
        ("Enable", "answers", "machine_start", "machine_start"),
        ("Enable", "voicemail", "unknown", "unknown"),
    ],
)
def test_machine_detection_says_what_it_takes_the_callers_telephone_for(
    app: TinyApp, network: Network, detection: str, habit: str, taken_for: str, answered_by: str
) -> None:
    detected = f'<Number machineDetection="{detection}" amdStatusCallback="{{app}}/machine">{CALLER}</Number>'
    app.pages["/job"] = f"{DIAL}{detected}</Dial>"
    network.phone(STAFF).answers()
    getattr(network.phone(CALLER), habit)(taken_for=taken_for)
    returns(network, app)
    (told,) = app.asked("/machine")
    assert (told["AnsweredBy"], told["CallSid"]) == (answered_by, app.asked("/ended")[0]["DialCallSid"])
    assert int(told["MachineDetectionDuration"]) > 0
    client = Client(ACCOUNT, TOKEN, http_client=Here(network.serve_rest()))
    (leg,) = client.calls.list(to=CALLER)
    assert leg.answered_by == answered_by


@pytest.mark.parametrize("asked", ['machineDetection="Enable"', ""])
def test_nobody_is_told_what_answered_unless_they_asked(app: TinyApp, network: Network, asked: str) -> None:
    app.pages["/job"] = f"{DIAL}<Number {asked}>{CALLER}</Number></Dial>"
    network.phone(STAFF).answers()
    network.phone(CALLER).voicemail()
    sid = returns(network, app)
    assert app.asked("/machine") == []
    assert network.calls[sid].legs[0].answered_by == ("machine_start" if asked else "")


def test_what_the_app_has_recorded_is_kept_and_nothing_else(app: TinyApp, network: Network) -> None:
    network.phone(STAFF).answers("1")
    network.phone(CALLER).answers(talks_for=90)
    returns(network, app, record=False)
    assert network.recordings == []
    app.pages["/job"] = f'{DIAL[:-1]} record="record-from-answer"><Number>{CALLER}</Number></Dial>'
    returns(network, app, record=True)
    kept = network.archive.kept.values()
    assert [(recording.source, recording.duration >= 90) for recording in kept] == [
        ("DialVerb", True),
        ("OutboundAPI", True),
    ]
    shown = Client(ACCOUNT, TOKEN, http_client=Here(network.serve_rest())).recordings.list()
    assert {recording.source for recording in shown} == {"DialVerb", "OutboundAPI"}


def test_the_end_of_a_dial_may_be_told_by_the_leg_alone_or_by_the_dial_alone(app: TinyApp) -> None:
    for unreachable, told, untold in (("/ended", "/leg", "/ended"), ("/leg", "/ended", "/leg")):
        app.seen.clear()
        with Network(app.url, ACCOUNT, TOKEN, mischief=Mischief(unreachable={unreachable})) as network:
            network.lines.add(LINE)
            network.phone(STAFF).answers("1")
            network.phone(CALLER).answers()
            returns(network, app)
        assert app.asked(told)
        assert app.asked(untold) == []
        assert app.asked("/staff")[-1]["CallStatus"] == "completed"


def test_the_reports_of_both_legs_may_come_late_and_in_any_order(app: TinyApp) -> None:
    orders = set()
    for seed in range(6):
        app.seen.clear()
        with Network(app.url, ACCOUNT, TOKEN, seed=seed, mischief=Mischief(reorder=True)) as network:
            network.lines.add(LINE)
            network.phone(STAFF).answers("1")
            network.phone(CALLER).answers()
            returns(network, app)
        legs = tuple(form["SequenceNumber"] for form in app.asked("/leg"))
        assert sorted(legs) == ["0", "1", "2", "3"]
        orders.add(legs)
    assert len(orders) > 1
