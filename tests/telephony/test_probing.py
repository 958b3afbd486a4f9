"""Looking from outside: what is asked, as whom, and what is made of what answers."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Thread

import pytest
from werkzeug.wrappers import Request, Response

from phonebot.telephony.errors import Unavailable
from phonebot.telephony.probing import Probe, Seen
from phonebot.telephony.signature import SignatureCheck
from tests.outside import ACCOUNT, RECORDING, TOKEN, settings
from tests.telephony.answering import server


class Stranger:
    """Something that answers as told, and remembers what it was asked."""

    def __init__(self) -> None:
        self.response = Response("ready\n")
        self.asked: list[Request] = []

    def __call__(self, request: Request) -> Response:
        request.get_data()
        self.asked.append(request)
        return self.response


@contextmanager
def answers_once(words: str) -> Iterator[str]:
    """Something that answers one request with just these words: the servers in libraries add a date of their own."""

    def answer() -> None:
        connection, _ = listening.accept()
        with connection:
            connection.recv(65_536)
            connection.sendall(words.encode())

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = Thread(target=answer)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        thread.join()


@pytest.fixture
def stranger() -> Stranger:
    return Stranger()


@pytest.fixture
def probe(stranger: Stranger) -> Iterator[Probe]:
    with server(stranger) as url:
        yield Probe(settings(url, PUBLIC_URL=url))


def test_readiness_is_asked_for_and_told_as_it_is(stranger: Stranger, probe: Probe) -> None:
    assert probe.ready() == Seen(200, "ready")
    stranger.response = Response("not ready\n", 503)
    assert probe.ready() == Seen(503, "not ready")
    assert [request.path for request in stranger.asked] == ["/ready"] * 2


def test_a_knock_is_signed_as_twilio_signs_or_not_at_all(stranger: Stranger, probe: Probe) -> None:
    stranger.response = Response(status=404)
    assert [probe.knocks(signed=signed).status for signed in (True, False)] == [404, 404]
    signed, unsigned = stranger.asked
    check = SignatureCheck([TOKEN])
    form = check.verified(signed.url, signed.get_data(), signed.headers["X-Twilio-Signature"])
    assert form == {"AccountSid": [ACCOUNT]}
    assert "X-Twilio-Signature" not in unsigned.headers
    assert unsigned.path == signed.path


def test_no_redirect_is_followed_and_no_login_is_sent(stranger: Stranger, probe: Probe) -> None:
    stranger.response = Response(status=307, headers={"Location": "http://127.0.0.1:9/elsewhere"})
    assert probe.stranger_hears(RECORDING) == 307
    (request,) = stranger.asked
    assert request.path == f"/2010-04-01/Accounts/{ACCOUNT}/Recordings/{RECORDING}.wav"
    assert "Authorization" not in request.headers


def test_what_is_no_recordings_sid_becomes_no_address(probe: Probe) -> None:
    with pytest.raises(ValueError, match="sid"):
        probe.stranger_hears("../Calls")


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("Date: Tue, 24 Nov 2026 10:42:00 GMT\r\n", datetime(2026, 11, 24, 10, 42, tzinfo=UTC)),
        ("Date: soon\r\n", None),
        ("", None),
    ],
)
def test_the_time_is_read_off_whatever_answers(told: str, read: datetime | None) -> None:
    with answers_once(f"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n{told}\r\n") as url:
        assert Probe(settings(url)).twilio_time() == read


def test_nobody_there_is_said_to_be_nobody() -> None:
    probe = Probe(settings(PUBLIC_URL="http://127.0.0.1:9"))
    with pytest.raises(Unavailable, match="nobody answers"):
        probe.ready()
