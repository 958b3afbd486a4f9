"""Once Twilio has refused us, nothing is asked for five minutes; then one request finds out how it is now."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from werkzeug.wrappers import Request, Response

from phonebot.telephony.circuit import Circuit
from phonebot.telephony.client import TwilioClient
from phonebot.telephony.errors import Refused, Unauthorised
from tests.outside import RECORDING, settings
from tests.telephony.answering import server


class Seconds:
    """A clock that counts up when it is told to."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_refusal_of_us_keeps_everything_back_for_five_minutes() -> None:
    clock = Seconds()
    circuit = Circuit(clock)
    circuit.pass_or_raise()
    circuit.heard(401)
    for waited, left in ((0.0, 300), (299.0, 1)):
        clock.now = 100.0 + waited
        with pytest.raises(Unauthorised) as refusal:
            circuit.pass_or_raise()
        assert refusal.value.wait == timedelta(seconds=left)
        assert refusal.value.retryable
    clock.now = 400.0
    circuit.pass_or_raise()
    circuit.heard(401)
    with pytest.raises(Unauthorised):
        circuit.pass_or_raise()


@pytest.mark.parametrize("status", [200, 403, 404, 429, 500])
def test_any_other_answer_keeps_nothing_back(status: int) -> None:
    clock = Seconds()
    circuit = Circuit(clock)
    circuit.heard(401)
    clock.now += 300
    circuit.heard(status)
    clock.now += 1
    circuit.pass_or_raise()


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
def refused(asked: list[str]) -> Iterator[TwilioClient]:
    def answer(request: Request) -> Response:
        asked.append(request.path)
        return Response('{"code": 20003}', 401)

    with server(answer) as url:
        yield TwilioClient(settings(url))


def test_a_client_that_was_refused_asks_for_nothing_else(refused: TwilioClient, asked: list[str]) -> None:
    with pytest.raises(Unauthorised):
        refused.account_is_well()
    for _ in range(3):
        with pytest.raises(Unauthorised):
            refused.numbers()
        with pytest.raises(Unauthorised):
            list(refused.recording_audio(RECORDING))
        with pytest.raises(Unauthorised):
            refused.place_call(to="+1", from_="+1", url="u", status_url="s", ring_seconds=5, longest_seconds=5)
        with pytest.raises(Unauthorised):
            list(refused.calls_received(datetime(2026, 11, 24, tzinfo=UTC)))
    assert len(asked) == 1


def test_a_refused_recording_keeps_the_rest_back_too(refused: TwilioClient, asked: list[str]) -> None:
    with pytest.raises(Unauthorised):
        list(refused.recording_audio(RECORDING))
    with pytest.raises(Unauthorised):
        refused.numbers()
    assert len(asked) == 1


def test_a_request_that_may_not_be_made_is_not_held_against_us() -> None:
    with server(lambda request: Response('{"code": 21210}', 400)) as url:
        client = TwilioClient(settings(url))
        for _ in range(2):
            with pytest.raises(Refused):
                client.account_is_well()
