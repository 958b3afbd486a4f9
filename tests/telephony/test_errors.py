"""What an HTTP status means for whoever asked, and above all whether a call or a text may have been made."""

import socket
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from werkzeug.wrappers import Request, Response

from phonebot.simulator import Network
from phonebot.telephony.client import TwilioClient
from phonebot.telephony.errors import NotThere, Refused, TwilioError, Unauthorised, Unavailable, Unknown, error_for
from tests.outside import NOW, client, network, settings
from tests.telephony.answering import server

STAFF, OFFICE = "+447700900101", "+442079460100"
Ask = Callable[[TwilioClient], object]


def place(asking: TwilioClient) -> str:
    return asking.place_call(
        to=STAFF,
        from_=OFFICE,
        url="http://127.0.0.1:9/job",
        status_url="http://127.0.0.1:9/status",
        ring_seconds=25,
        longest_seconds=3600,
    )


def send(asking: TwilioClient) -> str:
    return asking.send_text(to=STAFF, from_=OFFICE, body="Hello", status_url="http://127.0.0.1:9/sent")


def look(asking: TwilioClient) -> object:
    return asking.calls_placed(to=STAFF, from_=OFFICE, since=NOW)


CREATES: tuple[Ask, ...] = (place, send)
LOOKS: tuple[Ask, ...] = (
    look,
    lambda asking: asking.texts_sent(to=STAFF, from_=OFFICE, since=NOW),
    lambda asking: asking.numbers(),
    lambda asking: asking.account_is_well(),
    lambda asking: asking.call_status("CA" + "0" * 32),
    lambda asking: asking.text_status("SM" + "0" * 32),
    lambda asking: asking.hang_up("CA" + "0" * 32),
    lambda asking: asking.children_of("CA" + "0" * 32),
    lambda asking: asking.configure_number("PN" + "0" * 32, voice_url="https://phone.example.com/voice"),
)


@pytest.fixture
def outside() -> Iterator[Network]:
    with network() as one:
        yield one


@pytest.mark.parametrize(
    ("status", "kind", "creating"),
    [
        (302, Refused, Refused),
        (400, Refused, Refused),
        (401, Unauthorised, Unauthorised),
        (403, Unauthorised, Unauthorised),
        (404, NotThere, NotThere),
        (405, Refused, Refused),
        (408, Unavailable, Unknown),
        (409, Refused, Refused),
        (410, Refused, Refused),
        (425, Unavailable, Unavailable),
        (429, Unavailable, Unavailable),
        (500, Unavailable, Unknown),
        (502, Unavailable, Unknown),
        (503, Unavailable, Unknown),
        (504, Unavailable, Unknown),
    ],
)
def test_a_status_says_what_to_do_and_whether_it_may_have_been_done(
    status: int, kind: type[TwilioError], creating: type[TwilioError]
) -> None:
    assert type(error_for(status)) is kind
    assert type(error_for(status, creating=True)) is creating
    assert error_for(status, code=20003).code == 20003
    assert error_for(status).code is None


@pytest.mark.parametrize(
    ("status", "asked", "waits"),
    [
        (429, "7", timedelta(seconds=7)),
        (503, "90", timedelta(seconds=90)),
        (429, "999999999999", timedelta(hours=1)),
        (429, "Wed, 21 Oct 2026 07:28:00 GMT", timedelta()),
        (429, None, timedelta()),
        (400, "7", timedelta()),
    ],
)
def test_the_wait_is_the_one_twilio_asks_for_within_reason(status: int, asked: str | None, waits: timedelta) -> None:
    assert error_for(status, asked).wait == waits


@pytest.mark.parametrize("ask", CREATES)
@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (429, 20429, Unavailable),
        (500, 20500, Unknown),
        (503, 20503, Unknown),
        (400, 21211, Refused),
        (400, 21610, Refused),
        (401, 20003, Unauthorised),
        (403, 20403, Unauthorised),
        (404, 20404, NotThere),
    ],
)
def test_a_refused_create_tells_twilios_code_and_whether_it_may_have_happened(
    outside: Network, ask: Ask, status: int, code: int, kind: type[TwilioError]
) -> None:
    outside.rest_faults.fail(status, method="POST", code=code)
    with pytest.raises(kind) as error:
        ask(client(outside))
    assert (type(error.value), error.value.code) == (kind, code)
    assert STAFF not in str(error.value)


@pytest.mark.parametrize("ask", LOOKS)
@pytest.mark.parametrize("status", [429, 500, 503])
def test_only_what_creates_is_ever_unknown(outside: Network, ask: Ask, status: int) -> None:
    outside.rest_faults.fail(status, retry_after=7)
    with pytest.raises(Unavailable) as error:
        ask(client(outside))
    assert type(error.value) is Unavailable
    assert error.value.wait == timedelta(seconds=7)


@pytest.mark.parametrize("ask", CREATES)
def test_a_create_that_reached_nobody_was_certainly_not_made(ask: Ask) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
    with pytest.raises(Unavailable) as error:
        ask(TwilioClient(settings(url)))
    assert type(error.value) is Unavailable


@pytest.mark.parametrize("ask", CREATES)
def test_a_create_whose_host_has_no_address_was_certainly_not_made(ask: Ask) -> None:
    with pytest.raises(Unavailable) as error:
        ask(TwilioClient(settings("http://nowhere.localhost:9")))
    assert type(error.value) is Unavailable


@pytest.mark.parametrize("ask", CREATES)
def test_a_create_that_got_no_answer_in_time_is_unknown(ask: Ask) -> None:
    silent = threading.Event()

    def answer(_: Request) -> Response:
        silent.wait(2)
        return Response("{}")

    with server(answer) as url:
        with pytest.raises(Unknown):
            ask(TwilioClient(settings(url), silence_seconds=0.2))
        silent.set()


@pytest.mark.parametrize("ask", CREATES)
@pytest.mark.parametrize("body", ["", "<html>Sign in</html>", "[]", "{}", '{"sid": null}', '{"status": "queued"}'])
def test_a_create_answered_with_nonsense_is_unknown(ask: Ask, body: str) -> None:
    with server(lambda _: Response(body, 201)) as url, pytest.raises(Unknown):
        ask(TwilioClient(settings(url)))


@pytest.mark.parametrize("ask", LOOKS)
@pytest.mark.parametrize("body", ["", "<html>Sign in</html>", "[]"])
def test_nonsense_in_answer_to_a_look_passes(ask: Ask, body: str) -> None:
    with server(lambda _: Response(body, 200)) as url, pytest.raises(Unavailable) as error:
        ask(TwilioClient(settings(url)))
    assert type(error.value) is Unavailable


def test_a_create_is_asked_for_once_whatever_comes_of_it() -> None:
    asked = []

    def answer(request: Request) -> Response:
        asked.append(request.path)
        request.environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
        return Response()

    with server(answer) as url, pytest.raises(Unknown):
        place(TwilioClient(settings(url)))
    assert len(asked) == 1


def test_half_a_character_in_a_text_is_refused_and_not_tried_for_ever(outside: Network) -> None:
    with pytest.raises(Refused):
        client(outside).send_text(to=STAFF, from_=OFFICE, body="\ud83d", status_url="http://127.0.0.1:9/sent")
