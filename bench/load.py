"""The load generator: callers on sockets of their own, waiting for answers (closed) or by the clock (open)."""

import heapq
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import urlsplit

from bench.posts import Call, Post

SLOWEST = 15.0
"""Seconds after which an answer is none, as on the real network."""


@dataclass
class Loaded:
    """What came of a load: seconds each answer took, answers that were wrong, seconds in all, and our own CPU."""

    latencies: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0
    own_cpu: float = 0.0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.latencies) / self.seconds

    def percentile(self, share: float) -> float:
        """The latency that this share of answers did not exceed, in seconds."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    def must_be_right(self) -> "Loaded":
        """Itself; RuntimeError if any answer was wrong, since the figures would mean nothing."""
        if self.wrong:
            raise RuntimeError(f"{len(self.wrong)} wrong answers, the first: {self.wrong[0]}")
        return self


class Line:
    """One connection after another to a server, each kept alive or used once."""

    def __init__(self, base: str, *, keep_alive: bool) -> None:
        host = urlsplit(base)
        self._address = (host.hostname or "127.0.0.1", host.port or 80)
        self._keep_alive = keep_alive
        self._socket: socket.socket | None = None

    def exchange(self, request: bytes) -> tuple[int, bytes]:
        """Send a request; its answer's status and body. OSError where there is none."""
        if self._socket is None:
            self._socket = socket.create_connection(self._address, timeout=SLOWEST)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            self._socket.sendall(request)
            status, body, stays = _read_answer(self._socket)
        except OSError:
            self.close()
            raise
        if not (self._keep_alive and stays):
            self.close()
        return status, body

    def close(self) -> None:
        """Hang up."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None


def _read_answer(wire: socket.socket) -> tuple[int, bytes, bool]:
    """The status and body of an answer with a Content-Length or with none at all, and whether the line stays open."""
    data = b""
    while b"\r\n\r\n" not in data:
        piece = wire.recv(65_536)
        if not piece:
            raise ConnectionResetError("the answer broke off")
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    length = next((int(line[15:]) for line in lines if line.startswith(b"content-length:")), 0)
    while len(body) < length:
        piece = wire.recv(65_536)
        if not piece:
            raise ConnectionResetError("the answer broke off")
        body += piece
    return int(head[9:12]), body, b"connection: close" not in lines


def closed_loop(base: str, calls: Iterable[Call], *, callers: int = 8, floor: bool = False) -> Loaded:
    """So many callers at once, each waiting for every answer and then going on; connections are kept alive.

    Requests are made and signed beforehand, so that our own CPU is little. `floor`: any document is right.
    """
    ready = [[(post, post.request(base, keep_alive=True)) for post in call] for call in calls]
    loaded, waiting = Loaded(), iter(ready)
    lock = threading.Lock()

    def call_after_call() -> None:
        line = Line(base, keep_alive=True)
        while True:
            with lock:
                call = next(waiting, None)
            if call is None:
                break
            for post, request in call:
                _send(line, post, request, loaded, floor=floor)
        line.close()

    return _timed(loaded, call_after_call, callers)


def open_loop(
    base: str, calls: Iterable[Call], *, calls_a_second: float, gap: float, callers: int = 32, floor: bool = False
) -> Loaded:
    """Calls that begin by the clock, each with `gap` seconds between its requests; every request its own connection.

    A latency is counted from the instant a request was due, so a server that stalls is not spared.
    """
    loaded, due = Loaded(), schedule(calls, calls_a_second, gap)
    lock = threading.Lock()
    began = time.monotonic()

    def take_what_is_due() -> None:
        line = Line(base, keep_alive=False)
        while True:
            with lock:
                item = next(due, None)
            if item is None:
                return
            at, post, before, after = item
            time.sleep(max(0.0, began + at - time.monotonic()))
            before.wait()
            _send(line, post, post.request(base, keep_alive=False), loaded, floor=floor, since=began + at)
            after.set()

    return _timed(loaded, take_what_is_due, callers)


def schedule(
    calls: Iterable[Call], calls_a_second: float, gap: float
) -> Iterator[tuple[float, Post, threading.Event, threading.Event]]:
    """Every request in the order of the seconds at which it is due, with what must have been answered before it.

    Calls are made as they begin, so an hour of them needs no memory.
    """
    heap: list[tuple[float, int, int, Call, threading.Event]] = []
    for number, call in zip(count(), calls, strict=False):
        starts = number / calls_a_second
        while heap and heap[0][0] <= starts:
            yield _next_due(heap, gap)
        answered = threading.Event()
        answered.set()
        heapq.heappush(heap, (starts, number, 0, call, answered))
    while heap:
        yield _next_due(heap, gap)


def _next_due(
    heap: list[tuple[float, int, int, Call, threading.Event]], gap: float
) -> tuple[float, Post, threading.Event, threading.Event]:
    at, number, step, call, before = heapq.heappop(heap)
    after = threading.Event()
    if step + 1 < len(call):
        heapq.heappush(heap, (at + gap, number, step + 1, call, after))
    return at, call[step], before, after


def _send(line: Line, post: Post, request: bytes, loaded: Loaded, *, floor: bool, since: float | None = None) -> None:
    """Send one request and note how long its answer took, and whether it was the right one."""
    if post.before is not None:
        post.before()
    began = time.monotonic() if since is None else since
    try:
        status, body = line.exchange(request)
    except OSError as error:
        loaded.wrong.append(f"{post.kind}: {error!r}")
        return
    loaded.latencies.append(time.monotonic() - began)
    expected = b"</Response>" if floor else post.answered_by
    if not 200 <= status < 300 or expected not in body:
        loaded.wrong.append(f"{post.kind}: {status} {body[:600]!r}")


def _timed(loaded: Loaded, work: Callable[[], None], callers: int) -> Loaded:
    threads = [threading.Thread(target=work, daemon=True) for _ in range(callers)]
    began, cpu = time.monotonic(), time.process_time()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    loaded.seconds, loaded.own_cpu = time.monotonic() - began, time.process_time() - cpu
    return loaded
