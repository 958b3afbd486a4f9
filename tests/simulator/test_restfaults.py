"""Faults of the REST side where they hurt most: on a request that rings or texts somebody."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from time import monotonic

import pytest
import requests
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from phonebot.simulator import Delays, Network

from .conftest import ACCOUNT, TOKEN
from .test_rest import Here
from .tiny_app import TinyApp

STAFF, LINE = "+447700900101", "+442079460100"
NOW = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)


def call(client: Client) -> object:
    return client.calls.create(to=STAFF, from_=LINE, twiml="<Response><Say>Hello</Say></Response>")


def text(client: Client) -> object:
    return client.messages.create(to=STAFF, from_=LINE, body="Hello")


CREATES: list[tuple[Callable[[Client], object], str]] = [(call, "call"), (text, "text")]


@pytest.fixture
def network(app: TinyApp) -> Iterator[Network]:
    with Network(app.url, ACCOUNT, TOKEN, now=lambda: NOW) as network:
        network.phone(STAFF).rings_out()
        yield network


@pytest.fixture
def client(network: Network) -> Client:
    return Client(ACCOUNT, TOKEN, http_client=Here(network.serve_rest()))


def made(network: Network) -> int:
    network.settle()
    return len(network.calls) + len(network.texts)


@pytest.mark.parametrize(("create", "kind"), CREATES)
@pytest.mark.parametrize(("status", "code"), [(429, 20429), (500, 20500), (503, 20503), (400, 21215)])
def test_a_refused_create_makes_nothing(
    network: Network, client: Client, create: Callable[[Client], object], kind: str, status: int, code: int
) -> None:
    network.rest_faults.fail(status, method="POST", code=code if status == 400 else 0)
    with pytest.raises(TwilioRestException) as failed:
        create(client)
    assert (failed.value.status, failed.value.code) == (status, code)
    assert made(network) == 0


@pytest.mark.parametrize(("create", "kind"), CREATES)
def test_a_server_error_may_come_after_the_deed(
    network: Network, client: Client, create: Callable[[Client], object], kind: str
) -> None:
    network.expected.claim(kind, STAFF, 1)
    network.rest_faults.fail(502, method="POST", done=True)
    with pytest.raises(TwilioRestException):
        create(client)
    assert made(network) == 1


@pytest.mark.parametrize(("create", "kind"), CREATES)
@pytest.mark.parametrize(("lost", "expected"), [("lose_answers", 1), ("lose_requests", 0)])
def test_a_cut_connection_does_not_tell_whether_it_was_done(
    network: Network, client: Client, create: Callable[[Client], object], kind: str, lost: str, expected: int
) -> None:
    if expected:
        network.expected.claim(kind, STAFF, expected)
    getattr(network.rest_faults, lost)(method="POST")
    with pytest.raises(requests.ConnectionError):
        create(client)
    assert made(network) == expected


def test_an_answer_may_stay_away_until_the_client_gives_up(network: Network) -> None:
    network.expects_call(STAFF)
    network.rest_faults.lose_answers(path="Calls", after=30)
    impatient = Here(network.serve_rest())
    impatient.timeout = 0.2
    began = monotonic()
    with pytest.raises(requests.ReadTimeout):
        call(Client(ACCOUNT, TOKEN, http_client=impatient))
    assert monotonic() - began < 10
    assert made(network) == 1


def test_a_refusal_may_ask_for_patience(network: Network) -> None:
    network.rest_faults.fail(429, retry_after=7)
    url = f"{network.serve_rest()}/2010-04-01/Accounts/{ACCOUNT}/Calls.json"
    answer = requests.get(url, auth=(ACCOUNT, TOKEN), timeout=5)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "7")


def test_lists_lag_behind_what_was_created(app: TinyApp) -> None:
    now = NOW
    with Network(app.url, ACCOUNT, TOKEN, now=lambda: now, delays=Delays(listed_after=10)) as network:
        client = Client(ACCOUNT, TOKEN, http_client=Here(network.serve_rest()))
        network.phone(STAFF).rings_out()
        network.expects_call(STAFF)
        network.expects_text(STAFF)
        call(client)
        text(client)
        network.settle()
        assert (client.calls.list(), client.messages.list()) == ([], [])
        now += timedelta(seconds=10)
        assert (len(client.calls.list()), len(client.messages.list())) == (1, 1)


def test_a_call_that_queues_has_not_started_and_can_be_called_off(network: Network, client: Client) -> None:
    queued = network.new_call(caller=LINE, called=STAFF, direction="outbound-api", status="queued")
    assert client.calls.list(start_time_after=NOW - timedelta(days=1)) == []
    (found,) = client.calls.list(status="queued")
    assert (found.sid, found.start_time) == (queued.sid, None)
    client.calls(queued.sid).update(status="completed")
    assert queued.status == "canceled"


def test_the_legs_of_one_call_can_be_listed(network: Network, client: Client) -> None:
    parent = network.new_call(caller=LINE, called=STAFF, direction="outbound-api")
    leg = network.new_call(caller=LINE, called="+447700900143", direction="outbound-dial", parent_sid=parent.sid)
    assert [each.sid for each in client.calls.list(parent_call_sid=parent.sid)] == [leg.sid]
