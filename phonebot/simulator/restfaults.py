"""Faults of the REST side by schedule: refusals, server errors, answers lost after the work was done, wrong bodies."""

import json
import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from flask import Response

CODES = {429: 20429, 503: 20503}
"""The API's codes for statuses that have one of their own."""


@dataclass(frozen=True)
class Fault:
    """What happens to one request: an answer with this `status` and `code` (429, 500, …), or none when it is 0.

    With `done` the work is done all the same. A `body` is answered in place of what the API says (HTML where sound was
    asked for). Without an answer the connection is cut, `after` so many seconds.
    """

    status: int = 0
    body: str = ""
    done: bool = False
    code: int = 0
    retry_after: int = 0
    after: float = 0.0

    def answer(self) -> Response:
        """The answer in place of the real one."""
        if self.body:
            return Response(self.body, self.status, mimetype="text/html")
        code = self.code or CODES.get(self.status, 20500)
        told = json.dumps({"code": code, "message": "by schedule", "status": self.status, "more_info": ""})
        response = Response(told, self.status, mimetype="application/json")
        if self.retry_after:
            response.headers["Retry-After"] = str(self.retry_after)
        return response

    def cut(self, environ: Mapping[str, Any], closed: threading.Event) -> None:
        """Cut the connection, so that the client sees its request vanish; at once when the network is `closed`."""
        closed.wait(self.after)
        connection: socket.socket = environ["werkzeug.socket"]
        with suppress(OSError):  # a client that had no more patience has gone already
            connection.shutdown(socket.SHUT_RDWR)


@dataclass
class RestFaults:
    """The schedule: each fault waits for its turn among the requests it is meant for."""

    waiting: list[tuple[str, str, Fault]] = field(default_factory=list)
    closed: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def fail(
        self,
        status: int,
        *,
        path: str = "",
        method: str = "",
        times: int = 1,
        body: str = "",
        code: int = 0,
        retry_after: int = 0,
        done: bool = False,
    ) -> None:
        """Answer the next `times` requests whose path holds `path` (and of this method) with this status.

        Nothing is done, unless `done` says that it is done all the same.
        """
        fault = Fault(status, body, done, code, retry_after)
        self.waiting += [(method, path, fault)] * times

    def lose_answers(self, *, path: str = "", method: str = "", times: int = 1, after: float = 0.0) -> None:
        """Do what the next requests ask, but lose the answers: the connection is cut after so many seconds' silence."""
        self.waiting += [(method, path, Fault(done=True, after=after))] * times

    def lose_requests(self, *, path: str = "", method: str = "", times: int = 1, after: float = 0.0) -> None:
        """Lose the next requests themselves: nothing is done, and the connection is cut."""
        self.waiting += [(method, path, Fault(after=after))] * times

    def take(self, method: str, path: str) -> Fault | None:
        """The fault for this request, if one is due."""
        with self._lock:
            for index, (wanted, part, fault) in enumerate(self.waiting):
                if part in path and wanted in {"", method}:
                    del self.waiting[index]
                    return fault
            return None
