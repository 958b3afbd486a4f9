"""The voice webhooks. Whatever goes wrong in one, the caller is answered, and can still leave a message."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import structlog
from flask import Blueprint, Response, request

from phonebot.domain.spoken import Prompt
from phonebot.domain.text import clean
from phonebot.services.calls import turns, whispers
from phonebot.services.calls.spool import spool_append
from phonebot.services.house import House
from phonebot.telephony.twiml import render_last_resort, render_words
from phonebot.web.gate import posted

FALLBACK_LANGUAGE = "en-GB"
"""What is spoken when the office cannot even be asked which language it speaks."""

Clock = Callable[[], datetime]

log = structlog.get_logger(__name__)


def voice_webhooks(house: House, clock: Clock, spool: Path) -> Blueprint:
    """The routes of a call. `clock` gives aware instants; `spool` is the folder for what cannot be stored."""
    voice = Blueprint("voice", __name__, url_prefix="/twilio/voice")
    rescue = LastResort(house, clock, spool)

    @voice.post("")
    def call_comes_in() -> Response:
        return rescue.unless_answered("voice", lambda: turns.answer_call(house, posted(), clock()))

    @voice.post("/turn")
    def caller_was_heard() -> Response:
        turn = _number("n")
        return rescue.unless_answered("turn", lambda: turns.answer_turn(house, posted(), turn, clock()), turn=turn)

    @voice.post("/whisper")
    def phone_was_answered() -> Response:
        call, turn = _call(), _number("n")
        return rescue.unless_let_go(lambda: whispers.whisper(house, call, turn, tried=0))

    @voice.post("/accept")
    def phone_pressed_a_key() -> Response:
        call, turn, tried = _call(), _number("n"), _number("tried")
        return rescue.unless_let_go(lambda: whispers.accept(house, posted(), call, turn, tried, clock()))

    @voice.post("/fallback")
    def primary_failed() -> Response:
        kind, turn = _what_failed(posted().fields.get("ErrorUrl", ""))
        log.error("fallback-used", code=posted().fields.get("ErrorCode", ""), kind=kind)
        rescue.spool(kind, turn=turn)
        # Whoever has just left their words after our last resort is not asked for them again.
        return rescue.goodbye() if kind == "last" else rescue.last_resort()

    @voice.post("/last")
    def last_resort_recorded() -> Response:
        rescue.keep("last", lambda: turns.last_resort_recorded(house, posted(), clock()))
        return rescue.goodbye()

    return voice


def event_webhooks(house: House, clock: Clock, spool: Path) -> Blueprint:
    """The routes of what Twilio tells us of calls and recordings. Nobody reads their answers."""
    events = Blueprint("events", __name__, url_prefix="/twilio")
    rescue = LastResort(house, clock, spool)

    @events.post("/status")
    def call_is_over() -> Response:
        return rescue.keep("status", lambda: turns.end_call(house, posted(), clock()))

    @events.post("/recording")
    def recording_is_whole() -> Response:
        return rescue.keep("recording", lambda: turns.recording_posted(house, posted(), clock()))

    return events


class LastResort:
    """What is done when a webhook cannot be answered as it should: nothing is lost, and nobody hears a dead line."""

    def __init__(self, house: House, clock: Clock, spool: Path) -> None:
        self._house = house
        self._clock = clock
        self._spool = spool

    def unless_answered(self, kind: str, answer: Callable[[], str], *, turn: int | None = None) -> Response:
        """The answer as TwiML; if there is none, what was posted is put by and the caller may still record."""
        try:
            return _xml(answer())
        except Exception:
            log.exception("webhook-failed", kind=kind)
            self.spool(kind, turn=turn)
            return self.last_resort()

    def unless_let_go(self, answer: Callable[[], str]) -> Response:
        """The answer as TwiML; if there is none, the phone that was rung is let go and never joined unasked."""
        try:
            return _xml(answer())
        except Exception:
            log.exception("webhook-failed", kind="whisper")
            return self._words("whisper-gone")

    def keep(self, kind: str, work: Callable[[], None]) -> Response:
        """Do the work, or put by what was posted; 204, since the answer says nothing."""
        try:
            work()
        except Exception:
            log.exception("webhook-failed", kind=kind)
            if not self.spool(kind):
                return Response(status=500)
        return Response(status=204)

    def spool(self, kind: str, *, turn: int | None = None) -> bool:
        """Put by what was posted, on disk, for the worker to replay; False where not even that can be done."""
        record = {"kind": kind, "turn": turn, "at": self._clock().isoformat(), "posted": dict(posted().fields)}
        try:
            spool_append(self._spool, record, self._house.reached)
        except OSError:
            log.exception("spool-failed", kind=kind)
            return False
        return True

    def goodbye(self) -> Response:
        """What whoever has spoken after our last resort hears."""
        return self._words("last-resort-goodbye")

    def _words(self, prompt: str) -> Response:
        words = self._house.speaker(FALLBACK_LANGUAGE)(Prompt(prompt))
        return _xml(render_words(words, FALLBACK_LANGUAGE, hang_up=True))

    def last_resort(self) -> Response:
        """A document that needs no database: it says that something is wrong, and records."""
        base = self._house.public_url
        words = self._house.speaker(FALLBACK_LANGUAGE)(Prompt("last-resort"))
        document = render_last_resort(
            words, FALLBACK_LANGUAGE, action=f"{base}/twilio/voice/last", recording=f"{base}/twilio/recording"
        )
        return _xml(document)


def _xml(document: str) -> Response:
    return Response(document, mimetype="text/xml")


def _what_failed(url: str) -> tuple[str, int | None]:
    """Which webhook a fallback stands in for, by the address that failed: what was said to a turn belongs to it."""
    address = urlsplit(url)
    if address.path.endswith("/twilio/voice/turn"):
        return "turn", _small_number(dict(parse_qsl(address.query)).get("n", ""))
    return ("last" if address.path.endswith("/twilio/voice/last") else "voice"), None


def _call() -> str:
    """The call that a rung phone's address names, made safe to look up."""
    return clean(request.args.get("call", ""), 64)


def _number(name: str) -> int:
    """A small whole number out of the query."""
    return _small_number(request.args.get(name, ""))


def _small_number(text: str) -> int:
    """A small whole number; what is not one counts as 0, and is answered like the first turn."""
    return int(text) if text.isdecimal() and len(text) < 6 else 0
