"""Asking Twilio: only where we were told to, only for what is a recording, and never for ever."""

import socket
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from werkzeug.wrappers import Request, Response

from phonebot.simulator import Network
from phonebot.telephony.client import TwilioClient
from phonebot.telephony.errors import NotThere, Refused, TwilioError, Unauthorised, Unavailable
from tests.outside import ACCOUNT, CALL, NOW, OTHER, RECORDING, SPEECH, client, keep, network, settings
from tests.telephony.answering import server


@pytest.fixture
def outside() -> Iterator[Network]:
    with network() as one:
        yield one


def test_audio_comes_piece_by_piece_and_whole(outside: Network) -> None:
    keep(outside)
    assert b"".join(client(outside).recording_audio(RECORDING)) == SPEECH


def test_audio_that_is_not_ready_is_not_there_yet(outside: Network) -> None:
    with pytest.raises(NotThere) as error:
        list(client(outside).recording_audio(RECORDING))
    assert error.value.retryable


@pytest.mark.parametrize(
    ("status", "kind", "retryable"),
    [
        (400, Refused, False),
        (401, Unauthorised, True),
        (403, Unauthorised, True),
        (410, Refused, False),
        (429, Unavailable, True),
        (500, Unavailable, True),
        (503, Unavailable, True),
    ],
)
def test_every_refusal_tells_whether_it_passes(
    outside: Network, status: int, kind: type[TwilioError], *, retryable: bool
) -> None:
    keep(outside)
    asking = client(outside)
    outside.rest_faults.fail(status, times=4)
    for ask in (
        lambda: list(asking.recording_audio(RECORDING)),
        lambda: list(asking.list_recordings(NOW)),
        lambda: asking.delete_recording(RECORDING),
        lambda: asking.look_up_call(CALL),
    ):
        with pytest.raises(kind) as error:
            ask()
        assert error.value.retryable is retryable


def test_a_broken_connection_passes(outside: Network) -> None:
    keep(outside)
    asking = client(outside)
    outside.rest_faults.lose_answers(times=2)
    with pytest.raises(Unavailable):
        list(asking.recording_audio(RECORDING))
    with pytest.raises(Unavailable):
        list(asking.list_recordings(NOW))


def test_nobody_listening_passes() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
    with pytest.raises(Unavailable):
        TwilioClient(settings(url)).look_up_call(CALL)


@pytest.mark.parametrize(
    "sid", ["../../etc/passwd", "..%2f", "RE" + "A" * 32, RECORDING + "/", "", "http://169.254.169.254/"]
)
def test_nothing_but_a_recordings_sid_is_ever_asked_for(outside: Network, sid: str) -> None:
    asking = client(outside)
    with pytest.raises(ValueError, match="sid"):
        asking.recording_audio(sid)
    with pytest.raises(ValueError, match="sid"):
        asking.delete_recording(sid)


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1:{port}/elsewhere",
        "http://169.254.169.254/latest/meta-data",
        "https://media.twiliocdn.example.com/RE",
        "//api.twilio.com.evil.example/RE",
        "https://api.twilio.com/elsewhere",
        "",
    ],
)
def test_on_this_machine_no_redirect_is_followed(location: str) -> None:
    asked = []

    def answer(request: Request) -> Response:
        asked.append(request.path)
        return Response(status=302, headers={"Location": location.format(port=request.server[1])})  # type: ignore[index]  # a server has a port

    with server(answer) as url, pytest.raises(Refused):
        list(TwilioClient(settings(url)).recording_audio(RECORDING))
    assert asked == [f"/2010-04-01/Accounts/{ACCOUNT}/Recordings/{RECORDING}.wav"]


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://media.twilio.com/RE", True),
        ("https://com-twilio-us1.s3.amazonaws.com/RE?X-Amz-Signature=1", True),
        ("https://api.twilio.com:443/RE", True),
        ("https://API.Twilio.com./RE", True),
        ("http://media.twilio.com/RE", False),
        ("https://media.twilio.com:8443/RE", False),
        ("https://media.twilio.com@evil.example/RE", False),
        ("https://user:secret@media.twilio.com/RE", False),
        ("https://nottwilio.com/RE", False),
        ("https://twilio.com.evil.example/RE", False),
        ("https://169.254.169.254/RE", False),
        ("https://[::1", False),
        ("ftp://media.twilio.com/RE", False),
    ],
)
def test_redirects_lead_to_twilios_own_hosts_only(url: str, *, allowed: bool) -> None:
    from phonebot.telephony.client import is_media_host  # noqa: PLC0415 - beside its one test

    assert is_media_host(url) is allowed


def test_audio_past_the_cap_is_refused(outside: Network) -> None:
    keep(outside, sound=bytes(300_000))
    asking = TwilioClient(settings(outside.serve_rest()), most_bytes=200_000)
    with pytest.raises(Refused, match="MB"):
        list(asking.recording_audio(RECORDING))


def drip(_: Request) -> Response:
    """Sound that never ends, a little at a time."""

    def pieces() -> Iterator[bytes]:
        pause = threading.Event()
        for _ in range(40):
            pause.wait(0.05)
            yield b"RIFF"

    return Response(pieces(), headers={"Content-Type": "audio/x-wav"})


def test_audio_that_drips_for_ever_is_given_up() -> None:
    with server(drip) as url, pytest.raises(Unavailable, match="slowly"):
        list(TwilioClient(settings(url), most_seconds=0.2).recording_audio(RECORDING))


def test_a_server_that_falls_silent_is_given_up() -> None:
    silent = threading.Event()

    def answer(_: Request) -> Response:
        silent.wait(2)
        return Response(b"")

    with server(answer) as url:
        with pytest.raises(Unavailable):
            list(TwilioClient(settings(url), silence_seconds=0.2).recording_audio(RECORDING))
        silent.set()


def test_audio_shorter_than_was_announced_is_not_taken_for_whole() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer_half() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.recv(65_536)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nConnection: close\r\n\r\n" + bytes(500))

        thread = threading.Thread(target=answer_half)
        thread.start()
        with pytest.raises(Unavailable):
            list(TwilioClient(settings(f"http://127.0.0.1:{listening.getsockname()[1]}")).recording_audio(RECORDING))
        thread.join()


def test_recordings_are_listed_from_an_instant_on_over_several_pages(outside: Network) -> None:
    for number in range(250):
        keep(outside, f"RE{number:032x}", began=NOW - timedelta(seconds=number + 2), sound=b"")
    found = list(client(outside).list_recordings(NOW - timedelta(seconds=220)))
    assert len(found) == 221
    first = found[0]
    assert (first.call_sid, first.seconds, first.status, first.source) == (CALL, 2.0, "completed", "RecordVerb")
    assert first.created == NOW


@pytest.mark.parametrize(
    "page",
    [
        '{"recordings": [], "meta": {"key": "recordings", "next_page_url": "https://evil.example/2"}}',
        '{"recordings": [], "next_page_uri": "@evil.example/2"}',
        '{"recordings": [], "next_page_uri": ".evil.example/2"}',
    ],
)
def test_a_next_page_on_another_host_is_not_asked_for(page: str) -> None:
    with server(lambda _: Response(page)) as url, pytest.raises(TwilioError):
        list(TwilioClient(settings(url)).list_recordings(NOW))


def test_deleting_is_done_there_and_what_is_gone_is_fine(outside: Network) -> None:
    keep(outside)
    asking = client(outside)
    for _ in range(2):
        asking.delete_recording(RECORDING)
    asking.delete_recording(OTHER)
    assert outside.archive.kept[RECORDING].status == "deleted"


def test_a_call_is_looked_up_and_one_unknown_is_none(outside: Network) -> None:
    call = outside.new_call(caller="+447700900143", called="+442079460100")
    found = client(outside).look_up_call(call.sid)
    assert found is not None
    assert (found.to, found.from_) == ("+442079460100", "+447700900143")
    assert client(outside).look_up_call(CALL) is None
    assert client(outside).look_up_call("../Recordings") is None
