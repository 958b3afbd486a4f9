"""The telephones outside once the show is over: staff who are rung answer and return the call, and callers talk."""

import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, Request, build_opener

from phonebot.cli.conversation_view import ConversationView
from phonebot.cli.demo_clock import DemoClock
from phonebot.cli.demo_stage import CALLERS
from phonebot.cli.own_phonebot import OwnPhonebot, quietly_closed
from phonebot.simulator import LiveCall, Network, Served

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ANSWERED_AFTER, TALKED = 4.0, 40.0
"""Seconds until callers answer, and that they talk."""

GIVES_UP_AFTER: Final = 10.0
"""Seconds that a network elsewhere may take to answer."""


@contextmanager
def telephones_outside(own: OwnPhonebot, clock: DemoClock, view: ConversationView) -> Iterator[str]:
    """Have calls that phonebot places answered, and show them; gives where a network of somebody else's is looked for.

    The network of a `phonebot call` keeps what is recorded on that call: what is asked of recordings is asked there.
    """
    settings = own.settings
    token = settings.twilio_auth_token.get_secret_value()
    port = urlsplit(settings.twilio_api_url).port or 0
    with quietly_closed(
        Network(settings.public_url, settings.twilio_account_sid, token, seed=None, now=clock)
    ) as network:
        network.lines |= {line.number for line in own.book.lines}
        for person in own.book.people:
            network.phone(person.phone or "").answers(script=_returns_calls(view, person.first_name))
        for caller in CALLERS:
            network.phone(caller).answers(after=ANSWERED_AFTER, talks_for=TALKED)
        elsewhere = f"http://127.0.0.1:{_free_port()}"
        with Served(_either(network.serve_rest(), elsewhere), port=port):
            yield elsewhere


def _returns_calls(view: ConversationView, name: str) -> Callable[[LiveCall], None]:
    """Somebody who presses 1, talks with whoever answers, and presses 1 for having spoken to them."""

    def acts(live: LiveCall) -> None:
        live.presses("1").waits()
        if not live.ended:
            live.presses("1").waits()
        view.labels = {"caller": name}
        view.console.print()
        for at, who, words in live.transcript:
            view.show(live.call.began + timedelta(seconds=at), who, words)

    return acts


def _free_port() -> int:
    """A port on which nobody listens just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _either(ours: str, elsewhere: str) -> "WSGIApplication":
    """Pass each request on: about a recording to the network elsewhere, about anything else to ours."""
    # Blind to the machine's proxies, as the networks are.
    opener = build_opener(ProxyHandler({}))

    def passed_on(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        status, kind, body = HTTPStatus.NOT_FOUND.value, "text/plain", b""
        try:
            with opener.open(_same_request(environ, ours, elsewhere), timeout=GIVES_UP_AFTER) as answer:
                status, kind, body = answer.status, answer.headers.get_content_type(), answer.read()
        except HTTPError as refusal:
            status, kind, body = refusal.code, refusal.headers.get_content_type(), refusal.read()
        except OSError:
            pass  # Nobody is there any more, and so is no recording.
        start_response(f"{status} {HTTPStatus(status).phrase}", [("Content-Type", kind)])
        return [body]

    return passed_on


def _same_request(environ: "WSGIEnvironment", ours: str, elsewhere: str) -> Request:
    """The request as it came, to the network it is for."""
    path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
    base = elsewhere if "/Recordings/" in path else ours
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    headers = {"Authorization": environ.get("HTTP_AUTHORIZATION", "")}
    if body:
        headers["Content-Type"] = environ.get("CONTENT_TYPE", "")
    address = f"{base}{path}?{query}" if query else f"{base}{path}"
    return Request(address, body or None, headers, method=environ["REQUEST_METHOD"])  # noqa: S310 -- both are http
