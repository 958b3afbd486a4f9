"""A tiny app for the network's tests: pages of TwiML by path, and everything that was asked of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self

from flask import Flask, Response, request

from phonebot.simulator import Served

HEADER = '<?xml version="1.0" encoding="UTF-8"?>'


@dataclass(frozen=True)
class Seen:
    """One request as it arrived."""

    path: str
    method: str
    form: dict[str, str]
    signature: str
    url: str
    token: str


Answer = str | Response
Page = Answer | Callable[[Seen], Answer]


def document(verbs: str) -> Response:
    """A sound voice document of these verbs."""
    return Response(f"{HEADER}<Response>{verbs}</Response>", mimetype="text/xml")


@dataclass
class TinyApp:
    """Pages by path; a page without an entry, like every callback, is answered with 204. `{app}` is the app's URL."""

    pages: dict[str, Page] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    refuse: Callable[[Seen], bool] = lambda seen: False

    def __post_init__(self) -> None:
        flask = Flask("tiny")
        flask.add_url_rule("/<path:path>", "answer", self._answer, methods=["GET", "POST"])
        self._served = Served(flask)
        self.url = self._served.url

    def asked(self, path: str) -> list[dict[str, str]]:
        return [seen.form for seen in self.seen if seen.path == path]

    @property
    def paths(self) -> list[str]:
        return [seen.path for seen in self.seen]

    def close(self) -> None:
        self._served.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *trouble: object) -> None:
        self.close()

    def _answer(self, path: str) -> Response:
        values = {**request.args.to_dict(), **request.form.to_dict()}
        headers = request.headers
        signature, token = headers.get("X-Twilio-Signature", ""), headers.get("I-Twilio-Idempotency-Token", "")
        seen = Seen(f"/{path}", request.method, values, signature, request.environ["REQUEST_URI"], token)
        if self.refuse(seen):
            return Response(status=403)
        self.seen.append(seen)
        page = self.pages.get(f"/{path}")
        if page is None:
            return Response(status=204)
        # A Response is callable too (it is a WSGI application), so it is told apart first.
        answer = page if isinstance(page, str | Response) else page(seen)
        return answer if isinstance(answer, Response) else document(answer.replace("{app}", self.url))
