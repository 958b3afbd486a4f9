"""The pages of the links in digests and notices: a GET shows the message and asks, a POST acts."""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Final

import structlog
from flask import Blueprint, Response, make_response, render_template, request, send_file, url_for
from markupsafe import Markup

from phonebot.config import Settings
from phonebot.domain.callback import Said
from phonebot.domain.digest import Act, Owed
from phonebot.domain.recording import Purpose
from phonebot.domain.text import clean
from phonebot.mail.dates import Dates
from phonebot.mail.item import HEAR_NAME, Reader, item_of
from phonebot.mail.recording_words import HINT, with_marks
from phonebot.services.messages import acting
from phonebot.services.messages.accepting import NotAcceptable
from phonebot.services.messages.acting import Came
from phonebot.services.messages.afterwards import what_happened
from phonebot.services.messages.happenings import NotPossible
from phonebot.services.messages.page import HasLeft, Shown, audio_of_message, page_of
from phonebot.services.messages.reading import NoMessage
from phonebot.services.office.people import Nobody, NoOffice
from phonebot.services.staff.links import Link, Links
from phonebot.store.database import Database
from phonebot.store.media import Media
from phonebot.web.doing_form import HEADINGS, form_of, outcome_chosen

LONGEST_TOKEN: Final = 400
LONGEST_WINDOW: Final = 200
ANSWERS: Final = {Act.SPOKE: Said.SPOKE, Act.LEFT_WORD: Said.LEFT_WORD, Act.WRONG_NUMBER: Said.WRONG_NUMBER}

NOT_OURS: Final = "This link is not one of ours, or has grown too old. There are fresh ones in your newest list."
LEFT: Final = "This link was made for somebody who has left the office. It does nothing any more."
WENT_WRONG: Final = "Something went wrong here, and nothing has been done. Please try again in a minute."

Clock = Callable[[], datetime]

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Desk:
    """What the pages work with. `calls_a_day` and `joined_seconds` are the settings of those names."""

    database: Database
    media: Media
    links: Links
    calls_a_day: int
    joined_seconds: int

    @classmethod
    def of(cls, settings: Settings, database: Database, media: Media) -> "Desk":
        """The desk of a phonebot with these settings."""
        links = Links.signed_with(settings.secret_key.get_secret_value())
        return cls(database, media, links, settings.calls_a_day, settings.joined_seconds)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a POST: it was done, or why it could not be; `again` where another try may help."""

    came: Came | None = None
    why_not: str = ""
    again: bool = False


def doing_routes(desk: Desk, clock: Clock) -> Blueprint:
    """GET and POST /do/<token>, GET /do/<token>/audio. `clock` gives aware instants.

    There are no cookies, so no other site can have a browser act for somebody: the token in the address is the secret,
    and names the person who acts. That is why no page sends its address on, is kept, or may be framed.
    """
    doing = Blueprint("doing", __name__, url_prefix="/do", template_folder="templates")
    doing.add_app_template_filter(with_marks)
    style = (Path(__file__).parent / "templates" / "page.css").read_text(encoding="utf-8")
    pages = _Pages(desk, clock, style)
    headers = _headers(style)

    @doing.after_request
    def keep_to_yourself(response: Response) -> Response:
        response.headers.update(headers)
        return response

    @doing.get("/<token>")
    def ask(token: str) -> Response:
        return pages.ask(token)

    @doing.post("/<token>")
    def act(token: str) -> Response:
        return pages.act(token)

    @doing.get("/<token>/audio")
    def listen(token: str) -> Response:
        return pages.listen(token, Purpose.MESSAGE)

    @doing.get("/<token>/name")
    def listen_to_name(token: str) -> Response:
        return pages.listen(token, Purpose.NAME)

    @doing.errorhandler(500)
    def went_wrong(error: Exception) -> Response:  # noqa: ARG001 - Flask's signature; Flask has logged it
        return pages.notice(WENT_WRONG, 500)

    return doing


def _headers(style: str) -> dict[str, str]:
    """Nothing is loaded but the page's own style and the recording, nothing runs, and nothing is kept or sent on."""
    hashed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    policy = [
        "default-src 'none'",
        f"style-src 'sha256-{hashed}'",
        "media-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
    return {
        "Content-Security-Policy": "; ".join(policy),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex",
        "Cache-Control": "private, no-store",
    }


class _Pages:
    """The pages themselves, by the token of their address."""

    def __init__(self, desk: Desk, clock: Clock, style: str) -> None:
        self._desk = desk
        self._clock = clock
        # It holds nothing but our own file, and has to be written as it is for its hash to be right.
        self._style = Markup(style)  # noqa: S704

    def ask(self, token: str) -> Response:
        """The message as it stands, and the question."""
        return self._at(token, self._page)

    def act(self, token: str) -> Response:
        """The act done, or why it cannot be, and the message as it stands then."""
        return self._at(token, self._acted)

    def listen(self, token: str, purpose: Purpose) -> Response:
        """The recording of that purpose, or such parts of it as a player asks for."""
        link = self._link(token)
        try:
            audio = audio_of_message(self._desk.database, self._desk.media, link, purpose) if link else None
        except (HasLeft, NoOffice):
            return Response(status=403)
        if audio is None:
            return Response(status=404)
        kind, ending = ("audio/wav", "wav") if audio.startswith(b"RIFF") else ("audio/mpeg", "mp3")
        name = f"{purpose}.{ending}"
        response = send_file(BytesIO(audio), mimetype=kind, download_name=name, conditional=True)
        response.headers["Content-Disposition"] = f'inline; filename="{name}"'
        return response

    def notice(self, words: str, status: int) -> Response:
        """A page with nothing but a sentence."""
        return make_response(render_template("notice_page.html", style=self._style, words=words), status)

    def _link(self, token: str) -> Link | None:
        return self._desk.links.read(token, self._clock()) if len(token) <= LONGEST_TOKEN else None

    def _at(self, token: str, answer: Callable[[Link, Shown, datetime], Response]) -> Response:
        link, now = self._link(token), self._clock()
        if link is None:
            return self.notice(NOT_OURS, 404)
        try:
            return answer(link, page_of(self._desk.database, link, now), now)
        except (NoMessage, NoOffice):
            return self.notice(NOT_OURS, 404)
        except HasLeft:
            return self.notice(LEFT, 403)

    def _acted(self, link: Link, _before: Shown, now: datetime) -> Response:
        answer = self._answer(link, now)
        log.info("acted", act=link.act.value, message=link.number, by=link.person, done=answer.came is not None)
        return self._page(link, page_of(self._desk.database, link, now), now, answer)

    def _answer(self, link: Link, now: datetime) -> Answer:
        try:
            return Answer(self._do(link, now))
        except NotAcceptable as why:
            return Answer(why_not=str(why), again=True)
        except Nobody:
            # Only the choice of whom to pass it to comes from the form.
            return Answer(why_not="choose one of those below", again=True)
        except NotPossible as why:
            return Answer(why_not=str(why))

    def _do(self, link: Link, now: datetime) -> Came:
        database, number, by = self._desk.database, link.number, link.person
        choice = request.form.get("choice", "")
        match link.act:
            case Act.CALL:
                return acting.ring_back(database, number, by, self._desk.calls_a_day, now, _seen())
            case Act.ACCEPT:
                window = clean(request.form.get("window", ""), LONGEST_WINDOW)
                return acting.take_on(database, number, by, window or None, now)
            case Act.SAID:
                return acting.said_returned(database, number, by, now)
            case Act.TRIED:
                outcome = outcome_chosen(choice)
                return acting.could_not_reach(database, number, by, now, outcome=outcome, seen=_seen())
            case Act.PASS:
                return acting.pass_on(database, number, by, choice[:100], now)
            case Act.HEAR:
                return acting.heard(database, number, by, now)
            case Act.SPOKE | Act.LEFT_WORD | Act.WRONG_NUMBER:
                return what_happened(database, number, by, ANSWERS[link.act], self._desk.joined_seconds, now)

    def _page(self, link: Link, shown: Shown, now: datetime, answer: Answer | None = None) -> Response:
        """The message as it stands; what came of the POST if there was one, else why not or the question."""
        dates = Dates(shown.office.hours.zone, now)
        reader = Reader(shown.reader.name, None, dates)
        asking = answer.again if answer else shown.why_not is None
        why_not = answer.why_not if answer else shown.why_not
        item = item_of(shown.owed, reader, _no_link) if shown.owed else None
        page = render_template(
            "do.html",
            style=self._style,
            heading=HEADINGS[link.act],
            shown=shown,
            rang=dates.past(shown.received_at),
            item=item,
            hint=HINT,
            came=answer.came if answer else None,
            why_not=_sentence(why_not) if why_not else "",
            form=form_of(link.act, shown, now) if asking else None,
            typed=clean(request.form.get("window", ""), LONGEST_WINDOW),
            audio=_player(".listen") if Purpose.MESSAGE in shown.audio else "",
            name_audio=_player(".listen_to_name") if Purpose.NAME in shown.audio else "",
            hear_name=HEAR_NAME,
        )
        return make_response(page, 409 if answer and answer.came is None else 200)


def _player(endpoint: str) -> str:
    """Where the page's player finds a recording: below the page's own address, under the same token."""
    return url_for(endpoint, **(request.view_args or {}))


def _no_link(_owed: Owed, _act: Act) -> str:
    """The page has one form and no links, so that it can be left by nothing but the button."""
    return ""


def _seen() -> int | None:
    """How much had happened to the message when the page was shown; None where the form does not say."""
    seen = request.form.get("seen", "")
    return int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 7 else None


def _sentence(why: str) -> str:
    return f"{why[:1].upper()}{why[1:]}{'' if why.endswith('.') else '.'}"
