"""Phonebot inside our own process: for what can only be counted there, such as statements."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from sqlalchemy import event

from bench.ground import Ground, environment
from bench.posts import Call, Post
from phonebot.app import create_app
from phonebot.config import load_settings
from phonebot.store.database import Database

BASE = "http://127.0.0.1:1"
"""The public address; nobody listens there, since the application is called and not asked over HTTP."""

BOUNDARIES = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "SET ", "SHOW ")
"""What begins and ends a transaction or sets up a connection is not counted as a statement of a turn."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement as it went to the driver, with its parameters."""

    words: str
    parameters: Any


@dataclass
class Inside:
    """An application in this process, and the statements it has sent since they were last taken."""

    app: Flask
    database: Database
    statements: list[Statement] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Make the client, and listen."""
        self._client = self.app.test_client()

        def note(_c: Any, _cursor: Any, words: str, parameters: Any, _context: Any, _many: bool) -> None:
            if not words.startswith(BOUNDARIES):
                self.statements.append(Statement(words, parameters))

        event.listen(self.database.engine, "before_cursor_execute", note)

    def post(self, post: Post) -> None:
        """Post one request; RuntimeError if its answer is not the right one."""
        answer = self._client.post(post.path, data=post.body, headers=post.headers(BASE))
        if answer.status_code >= 300 or post.answered_by not in answer.data:
            raise RuntimeError(f"{post.kind}: {answer.status} {answer.data[:600]!r}")

    def follow(self, call: Call) -> dict[str, list[Statement]]:
        """Post a whole call; the statements of each of its requests, by its kind. The longer list of two."""
        sent: dict[str, list[Statement]] = {}
        for post in call:
            self.statements.clear()
            self.post(post)
            sent[post.kind] = max(sent.get(post.kind, []), self.statements, key=len).copy()
        return sent


@contextmanager
def inside(ground: Ground, url: str) -> Iterator[Inside]:
    """Phonebot on a database that is there."""
    database = Database(url)
    app = create_app(load_settings(environment(ground.new_folder(), url, BASE)), database)
    try:
        yield Inside(app, database)
    finally:
        database.close()
