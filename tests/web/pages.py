"""Pages of links as somebody at a browser without scripts sees them, and a message with its recording to look at."""

import io
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

import soundfile
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from phonebot.domain.digest import Act
from phonebot.domain.history import Event, EventKind
from phonebot.domain.message import State
from phonebot.domain.recording import Purpose, RecordingState
from phonebot.services.messages.intake import take_in
from phonebot.services.staff.links import Links
from phonebot.store.database import Database
from phonebot.store.history import append, lock_life, standings
from phonebot.store.media_database import DatabaseMedia
from phonebot.store.tables import Base, RecordingAudioRow, RecordingRow
from phonebot.web.doing import Desk, doing_routes
from tests.left_messages import leave
from tests.outside import settings
from tests.running import TUESDAY, Clock

SID = "RE" + "0" * 32
SECRET = "a secret for tests"


@dataclass
class Page:
    """Somebody at a browser, with the links of their digest."""

    database: Database
    client: FlaskClient
    links: Links
    clock: Clock

    def address(self, number: int, act: Act, person: str = "sue") -> str:
        return f"/do/{self.links.token(number, person, act, self.clock())}"

    def opens(self, number: int, act: Act, person: str = "sue") -> TestResponse:
        return self.client.get(self.address(number, act, person))

    def presses(self, number: int, act: Act, person: str = "sue", **form: str) -> TestResponse:
        """Press the button of the page as it was opened, having filled in its form."""
        fields = Reading.of(self.opens(number, act, person)).fields
        return self.client.post(self.address(number, act, person), data=fields | form)

    def left(self, **more: Any) -> int:
        """A message of Julie's to Sue, taken in; `more` are its columns."""
        number = leave(self.database, **more)
        take_in(self.database, self.clock())
        return number

    def state(self, number: int) -> State:
        with self.database.read() as session:
            return standings(session, [(number, "sue")])[number].state

    def rows(self) -> dict[str, list[Any]]:
        """All that is in the database."""
        with self.database.read() as session:
            tables = Base.metadata.sorted_tables
            return {table.name: [tuple(row) for row in session.execute(select(table))] for table in tables}


class Reading(HTMLParser):
    """A page as a browser without scripts reads it: its words, what its form would post, and what it loads."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.choices: list[str] = []
        self.tags: list[str] = []
        self.isolated: list[str] = []
        self.loads: list[str] = []
        self.labelled: set[str] = set()
        self.style = ""
        self._words: list[str] = []
        self._within: list[str] = []

    @classmethod
    def of(cls, response: TestResponse) -> "Reading":
        page = cls()
        page.feed(response.text)
        return page

    @property
    def words(self) -> str:
        return " ".join(" ".join(self._words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.loads += [given[name] for name in ("src", "href", "action", "background") if name in given]
        assert "style" not in given, "the policy lets no style stand in a tag"
        assert not [name for name in given if name.startswith("on")]
        if tag == "label" and "for" in given:
            self.labelled.add(given["for"])
        if tag == "input" and given.get("type") == "radio":
            self.choices.append(given["value"])
            if "checked" in given:
                self.fields[given["name"]] = given["value"]
        elif tag == "input":
            self.fields[given["name"]] = given.get("value", "")
        if tag not in {"input", "meta", "br"}:
            self._within.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._within.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" in self._within:
            self.style += data
            return
        self._words.append(data)
        if "bdi" in self._within:
            self.isolated.append(data)


def page_on(database: Database, clock: Clock | None = None) -> Page:
    """The pages over that database, and nothing else of phonebot."""
    clock, links = clock or Clock(), Links.signed_with(SECRET)
    app = Flask("pages", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = 1_000_000
    app.register_blueprint(doing_routes(Desk.of(settings(SECRET_KEY=SECRET), database, DatabaseMedia()), clock))
    return Page(database, app.test_client(), links, clock)


def record(page: Page, number: int, purpose: Purpose = Purpose.MESSAGE, sid: str = SID) -> bytes:
    """Julie's recording of two seconds, or of one where it is just her name, fetched."""
    wave, seconds = io.BytesIO(), 2 if purpose is Purpose.MESSAGE else 1
    soundfile.write(wave, [0.0] * 8_000 * seconds, 8_000, format="WAV")
    with page.database.write() as session:
        times = {"announced_at": TUESDAY, "fetched_at": TUESDAY}
        about = {"message_id": number, "purpose": purpose, "state": RecordingState.FETCHED, "seconds": seconds}
        session.add(RecordingRow(sid=sid, call_sid="CA1", speech_seconds=1.0, cut_off=False, **about, **times))
        session.add(RecordingAudioRow(sid=sid, audio=wave.getvalue()))
    return wave.getvalue()


def happened(page: Page, number: int, kind: EventKind, by: str, **detail: object) -> None:
    """Something that others brought about, as it is."""
    with page.database.write() as session:
        life = lock_life(session, number, page.clock())
        assert life is not None
        append(session, life, Event(kind, page.clock(), by, detail))
