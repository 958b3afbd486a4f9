"""Speech services on loopback: a proxy that leads every encrypted address to itself, and keeps what it was sent."""

import json
import ssl
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BufferedIOBase
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import trustme

HOSTS = (
    "api.wit.ai",
    "api.houndify.com",
    "api.assemblyai.com",
    "gateway-wdc.watsonplatform.net",
    "westeurope.api.cognitive.microsoft.com",
    "westeurope.stt.speech.microsoft.com",
)


@dataclass(frozen=True)
class Request:
    """A request as it came: `place` is the host and path."""

    place: str
    query: dict[str, list[str]]
    headers: Message
    body: bytes


Answer = tuple[int, object]
Answers = Callable[[Request], Answer]


class PretendServices:
    """Answers each request with what `answers` makes of it: a status, and text or what becomes JSON."""

    def __init__(self, folder: Path) -> None:
        authority = trustme.CA()
        self.trusted = folder / "trusted.pem"
        authority.cert_pem.write_to_path(self.trusted)
        self.context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        authority.issue_cert(*HOSTS).configure_cert(self.context)
        self.url = ""
        self.forget()

    def forget(self) -> None:
        """Be as at the beginning."""
        self.answers: Answers = lambda _request: (500, "nobody expected that")
        self.requests: list[Request] = []
        self.counted: Counter[str] = Counter()

    @contextmanager
    def serving(self) -> Iterator["PretendServices"]:
        """Answer on loopback."""
        server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"services": self}))
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        self.url = f"http://127.0.0.1:{server.server_address[1]}"
        try:
            yield self
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


class _Handler(BaseHTTPRequestHandler):
    services: PretendServices
    protocol_version = "HTTP/1.1"
    host = ""

    def log_message(self, *_: object) -> None:
        """Nothing."""

    def do_CONNECT(self) -> None:
        """Be whoever is wanted."""
        self.host = self.path.partition(":")[0]
        self.send_response(200)
        self.end_headers()
        self.connection = self.services.context.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", buffering=0)
        self.close_connection = False

    def finish(self) -> None:
        """Close what was opened, which is more than the server knows of."""
        super().finish()
        self.connection.close()

    def do_GET(self) -> None:
        self.do_POST()

    def do_POST(self) -> None:
        parts = urlsplit(self.path)
        body = _body(self.headers, self.rfile)
        request = Request(f"{self.host}{parts.path}", parse_qs(parts.query), self.headers, body)
        self.services.requests.append(request)
        self.services.counted[request.place] += 1
        status, answer = self.services.answers(request)
        content = (answer if isinstance(answer, str) else json.dumps(answer)).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def _body(headers: Message, stream: BufferedIOBase) -> bytes:
    if headers.get("Transfer-Encoding") != "chunked":
        return stream.read(int(headers.get("Content-Length") or 0))
    body = b""
    while size := int(stream.readline(), 16):
        body += stream.read(size)
        stream.readline()
    stream.readline()
    return body
