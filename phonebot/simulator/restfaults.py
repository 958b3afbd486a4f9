"""Faults of the REST side by schedule: refusals, server errors, answers lost after the work was done, wrong bodies."""

import json
import socket
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Response


@dataclass(frozen=True)
class Fault:
    """What happens to one request: `status` (429, 500, …), or `loses_answer`: done, but the answer never arrives.

    A `body` with a status of 200 is answered in place of the real thing (HTML where sound was asked for).
    """

    status: int = 0
    body: str = ""
    loses_answer: bool = False

    def answer(self) -> Response | None:
        """The answer in place of the real one; None when the work is to be done all the same."""
        if self.loses_answer:
            return None
        if self.body:
            return Response(self.body, self.status, mimetype="text/html")
        code = {429: 20429, 503: 20503}.get(self.status, 20500)
        told = json.dumps({"code": code, "message": "by schedule", "status": self.status, "more_info": ""})
        return Response(told, self.status, mimetype="application/json")

    def cut(self, environ: Mapping[str, Any]) -> None:
        """Cut the connection, so that the client sees its request vanish."""
        connection: socket.socket = environ["werkzeug.socket"]
        connection.shutdown(socket.SHUT_RDWR)


@dataclass
class RestFaults:
    """The schedule: each fault waits for its turn among the requests it is meant for."""

    waiting: list[tuple[str, str, Fault]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def fail(self, status: int, *, path: str = "", method: str = "", times: int = 1, body: str = "") -> None:
        """Answer the next `times` requests whose path holds `path` (and of this method) with this status."""
        self.waiting += [(method, path, Fault(status, body))] * times

    def lose_answers(self, *, path: str = "", method: str = "", times: int = 1) -> None:
        """Do what the next requests ask, but lose the answers."""
        self.waiting += [(method, path, Fault(loses_answer=True))] * times

    def take(self, method: str, path: str) -> Fault | None:
        """The fault for this request, if one is due."""
        with self._lock:
            for index, (wanted, part, fault) in enumerate(self.waiting):
                if part in path and wanted in {"", method}:
                    del self.waiting[index]
                    return fault
            return None
