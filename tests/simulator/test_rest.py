from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests
from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from phonebot.simulator import Delays, LiveCall, Network

from .conftest import ACCOUNT, TOKEN
from .tiny_app import TinyApp

CALLER, LINE, SUE = "+447700900143", "+442079460100", "+447700900101"
NOW = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)
EVENTS = ["initiated", "ringing", "answered", "completed"]


class Here(TwilioHttpClient):  # type: ignore[misc]  # the client library is not typed
    """The client library's own HTTP client, with the host turned to the network's REST side."""

    def __init__(self, base: str) -> None:
        super().__init__(pool_connections=False, timeout=5)
        self.base = base

    def request(self, method: str, url: str, *args: Any, **named: Any) -> Any:
        return super().request(method, url.replace("https://api.twilio.com", self.base), *args, **named)


class Clock:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def network(app: TinyApp, clock: Clock) -> Iterator[Network]:
    app.pages |= {
        "/twilio/voice": '<Record action="{app}/recorded"/>',
        "/recorded": "<Say>Goodbye</Say>",
        "/job": '<Gather action="{app}/pressed" numDigits="1"><Say>Press 1 to call</Say></Gather><Hangup/>',
        "/pressed": "<Say>Thank you</Say>",
    }
    with Network(app.url, ACCOUNT, TOKEN, now=clock, delays=Delays(refused_fetches=2)) as network:
        yield network


@pytest.fixture
def client(network: Network) -> Client:
    return Client(ACCOUNT, TOKEN, http_client=Here(network.serve_rest()))


def leaves_message(network: Network, seconds: float = 4) -> str:
    network.phone(CALLER).dials(LINE).records(seconds, "#").hears_goodbye()
    return network.recordings[-1]


def get(network: Network, path: str, auth: tuple[str, str] = (ACCOUNT, TOKEN)) -> requests.Response:
    return requests.get(f"{network.serve_rest()}/2010-04-01/Accounts/{ACCOUNT}/{path}", auth=auth, timeout=5)


@pytest.mark.parametrize("suffix", ["", ".wav"])
def test_a_recording_is_not_fetchable_at_once_and_then_is_a_wav_file(network: Network, suffix: str) -> None:
    sid = leaves_message(network)
    tries = [get(network, f"Recordings/{sid}{suffix}") for _ in range(3)]
    assert [answer.status_code for answer in tries] == [404, 404, 200]
    assert tries[0].json()["code"] == 20404
    assert tries[2].headers["Content-Type"] == "audio/x-wav"
    assert tries[2].content == network.archive.kept[sid].sound
    assert tries[2].content[:4] == b"RIFF"


def test_a_recording_may_need_its_time(app: TinyApp, clock: Clock) -> None:
    app.pages |= {"/twilio/voice": '<Record action="{app}/recorded"/>', "/recorded": "<Say>Goodbye</Say>"}
    delays = Delays(refused_fetches=0, fetchable_after=30)
    with Network(app.url, ACCOUNT, TOKEN, now=clock, delays=delays) as network:
        sid = leaves_message(network)
        assert get(network, f"Recordings/{sid}").status_code == 404
        clock.now += timedelta(seconds=60)
        assert get(network, f"Recordings/{sid}").status_code == 200


@pytest.mark.parametrize("auth", [(ACCOUNT, "wrong"), ("AC" + "2" * 32, TOKEN), ("", "")])
def test_a_stranger_is_refused(network: Network, auth: tuple[str, str]) -> None:
    answer = get(network, "Recordings.json", auth)
    assert (answer.status_code, answer.json()["code"]) == (401, 20003)


def test_recordings_are_listed_by_date_and_by_pages(network: Network, client: Client, clock: Clock) -> None:
    sids = []
    for minute in range(5):
        clock.now = NOW + timedelta(minutes=minute)
        sids.append(leaves_message(network, seconds=1))
    assert [each.sid for each in client.recordings.list()] == sids[::-1]
    assert [each.sid for each in client.recordings.list(page_size=2)] == sids[::-1]
    assert [each.sid for each in client.recordings.list(page_size=2, limit=3)] == sids[:1:-1]
    since = NOW + timedelta(minutes=2, seconds=1)
    assert [each.sid for each in client.recordings.list(date_created_after=since)] == sids[:1:-1]
    assert [each.sid for each in client.recordings.list(date_created_before=since, page_size=1)] == sids[2::-1]
    window = client.recordings.list(date_created_after=since, date_created_before=since)
    assert [each.sid for each in window] == [sids[2]]
    assert client.recordings.list(date_created=NOW.date() - timedelta(days=1)) == []
    found = client.recordings.list(call_sid=network.archive.kept[sids[3]].call_sid)
    assert [each.sid for each in found] == [sids[3]]


def test_a_recordings_facts_are_shown(network: Network, client: Client) -> None:
    sid = leaves_message(network, seconds=12)
    shown = client.recordings(sid).fetch()
    assert (shown.duration, shown.status, shown.source, shown.channels) == ("12", "completed", "RecordVerb", 1)
    assert shown.start_time == NOW
    assert shown.date_created == NOW + timedelta(seconds=12)
    assert shown.call_sid == network.archive.kept[sid].call_sid


def test_a_deleted_recording_is_gone_for_good(network: Network, client: Client) -> None:
    sid = leaves_message(network)
    assert client.recordings(sid).delete()
    assert {get(network, f"Recordings/{sid}").status_code for _ in range(4)} == {404}
    with pytest.raises(TwilioRestException) as again:
        client.recordings(sid).delete()
    assert (again.value.status, again.value.code) == (404, 20404)


def test_a_call_created_over_rest_rings_and_reports_its_progress(
    app: TinyApp, network: Network, client: Client
) -> None:
    network.phone(SUE).answers("1", after=6)
    network.expects_call(SUE)
    made = client.calls.create(
        to=SUE, from_=LINE, url=f"{app.url}/job", status_callback=f"{app.url}/progress", status_callback_event=EVENTS
    )
    assert made.status == "queued"
    network.settle()
    assert network.phone(SUE).heard == ["Press 1 to call", "Thank you"]
    progress = app.asked("/progress")
    assert [form["CallStatus"] for form in progress] == ["initiated", "ringing", "in-progress", "completed"]
    assert [form["SequenceNumber"] for form in progress] == ["0", "1", "2", "3"]
    assert progress[3]["CallSid"] == made.sid
    assert int(progress[3]["CallDuration"]) > 0
    assert (app.asked("/pressed")[0]["Digits"], app.asked("/job")[0]["Direction"]) == ("1", "outbound-api")
    assert client.calls(made.sid).fetch().status == "completed"
    assert app.asked("/twilio/status") == []


@pytest.mark.parametrize(("habit", "status"), [("busy", "busy"), ("rings_out", "no-answer"), ("unreachable", "failed")])
def test_a_call_that_is_not_answered_says_so(
    app: TinyApp, network: Network, client: Client, habit: str, status: str
) -> None:
    getattr(network.phone(SUE), habit)()
    network.expects_call(SUE)
    made = client.calls.create(to=SUE, from_=LINE, url=f"{app.url}/job", status_callback=f"{app.url}/progress")
    network.settle()
    assert [form["CallStatus"] for form in app.asked("/progress")] == [status]
    assert client.calls(made.sid).fetch().status == status
    assert app.asked("/job") == []


def test_a_script_can_speak_for_the_called_person(app: TinyApp, network: Network, client: Client) -> None:
    def person(call: LiveCall) -> None:
        call.hears("Press 1").presses("1").hears("Thank you")

    network.phone(SUE).answers(script=person)
    network.expects_call(SUE)
    client.calls.create(to=SUE, from_=LINE, url=f"{app.url}/job")
    network.settle()
    assert app.asked("/pressed")[0]["Digits"] == "1"


def test_what_a_script_misses_is_a_complaint(app: TinyApp) -> None:
    app.pages["/job"] = "<Say>Hello</Say>"
    network = Network(app.url, ACCOUNT, TOKEN)
    network.phone(SUE).answers(script=lambda call: call.hears("Press 1"))
    network.expects_call(SUE)
    Client(ACCOUNT, TOKEN, http_client=Here(network.serve_rest())).calls.create(
        to=SUE, from_=LINE, url=app.url + "/job"
    )
    with pytest.raises(AssertionError, match="did not hear"):
        network.close()


def test_calls_are_listed_by_number_and_start(app: TinyApp, network: Network, client: Client, clock: Clock) -> None:
    network.phone(SUE).rings_out()
    network.expects_call(SUE, times=2)
    first = client.calls.create(to=SUE, from_=LINE, url=f"{app.url}/job")
    network.settle()
    clock.now += timedelta(hours=1)
    second = client.calls.create(to=SUE, from_=LINE, url=f"{app.url}/job")
    network.settle()
    leaves_message(network)
    assert [each.sid for each in client.calls.list(to=SUE)] == [second.sid, first.sid]
    later = client.calls.list(to=SUE, start_time_after=NOW + timedelta(minutes=1))
    assert [each.sid for each in later] == [second.sid]


def test_an_inline_document_is_read_as_strictly(network: Network, client: Client) -> None:
    network.phone(SUE).answers()
    network.expects_call(SUE)
    client.calls.create(to=SUE, from_=LINE, twiml="<Response><Say>Hello</Say></Response>")
    network.settle()
    assert network.phone(SUE).heard == ["Hello"]
    with pytest.raises(TwilioRestException, match="never reached"):
        client.calls.create(to=SUE, from_=LINE, twiml="<Response><Hangup/><Say>Hello</Say></Response>")


def test_a_live_call_can_be_sent_elsewhere_and_hung_up(app: TinyApp, network: Network, client: Client) -> None:
    call = network.phone(CALLER).dials(LINE).hears_tone()
    client.calls(call.sid).update(url=f"{app.url}/job")
    call.hears("Press 1")
    client.calls(call.sid).update(status="completed")
    assert call.ended
    assert [form["CallStatus"] for form in app.asked("/twilio/status")] == ["completed"]


def test_texts_are_sent_shown_and_reported(app: TinyApp, network: Network, client: Client) -> None:
    network.expects_text(CALLER)
    sent = client.messages.create(to=CALLER, from_=LINE, body="Zoë 😀", status_callback=f"{app.url}/sent")
    network.settle()
    assert network.phone(CALLER).texts_received == ["Zoë 😀"]
    assert [form["MessageStatus"] for form in app.asked("/sent")] == ["sent", "delivered"]
    (listed,) = client.messages.list(to=CALLER)
    assert (listed.sid, listed.status) == (sent.sid, "delivered")
    with pytest.raises(TwilioRestException):
        client.messages.create(to=CALLER, from_=LINE, body="a" * 1601)


def test_what_nobody_asked_for_and_what_never_came_are_complaints(app: TinyApp) -> None:
    network = Network(app.url, ACCOUNT, TOKEN)
    client = Client(ACCOUNT, TOKEN, http_client=Here(network.serve_rest()))
    client.messages.create(to=CALLER, from_=LINE, body="Hello")
    network.phone(SUE).answers()
    client.calls.create(to=SUE, from_=LINE, twiml="<Response><Say>Hello</Say></Response>")
    network.expects_text(SUE)
    complaints = network.unexpected()
    assert f"nobody asked for 1 text(s) to {CALLER}" in complaints
    assert f"nobody asked for 1 call(s) to {SUE}" in complaints
    assert f"1 text(s) to {SUE} never came" in complaints
    with pytest.raises(AssertionError, match="nobody asked"):
        network.close()


@pytest.mark.parametrize("status", [429, 500, 503])
def test_rest_fails_by_schedule(network: Network, client: Client, status: int) -> None:
    network.rest_faults.fail(status, path="Recordings", times=2)
    for _ in range(2):
        with pytest.raises(TwilioRestException) as failed:
            client.recordings("RE" + "0" * 32).delete()
        assert failed.value.status == status
    assert client.recordings.list() == []


def test_an_answer_can_be_lost_after_the_work_is_done(app: TinyApp, network: Network, client: Client) -> None:
    network.phone(SUE).rings_out()
    network.expects_call(SUE)
    network.rest_faults.lose_answers(path="Calls", method="POST")
    with pytest.raises(requests.ConnectionError):
        client.calls.create(to=SUE, from_=LINE, url=f"{app.url}/job")
    network.settle()
    assert [each.status for each in client.calls.list(to=SUE)] == ["no-answer"]


def test_sound_may_turn_out_to_be_a_page(network: Network) -> None:
    sid = leaves_message(network)
    network.rest_faults.fail(200, path=".wav", body="<html>Sign in</html>")
    answer = get(network, f"Recordings/{sid}.wav")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
