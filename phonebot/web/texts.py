"""The webhooks of text messages: one comes in, and what became of one that was sent."""

import structlog
from flask import Blueprint, Response, request

from phonebot.services.callers.received_texts import receive_text
from phonebot.services.callers.texts import text_reported
from phonebot.services.house import House
from phonebot.telephony.text_twiml import render_reply
from phonebot.web.gate import posted
from phonebot.web.voice import Clock

log = structlog.get_logger(__name__)


def text_webhooks(house: House, clock: Clock) -> Blueprint:
    """The routes of text messages. `clock` gives aware instants.

    Where one cannot be taken in, it is answered 503, and Twilio tries again if its address asks for that; a STOP is
    heeded by Twilio all the same.
    """
    webhooks = Blueprint("texts", __name__, url_prefix="/twilio")

    @webhooks.post("/sms")
    def text_came_in() -> Response:
        try:
            words = receive_text(house, posted(), clock())
        except Exception:
            log.exception("webhook-failed", kind="sms")
            return Response(status=503)
        return Response(status=204) if words is None else Response(render_reply(words), mimetype="text/xml")

    @webhooks.post("/text-status")
    def text_got_further() -> Response:
        try:
            text_reported(house, _row("text") or 0, _row("about"), posted().fields, clock())
        except Exception:
            log.exception("webhook-failed", kind="text-status")
            return Response(status=503)
        return Response(status=204)

    return webhooks


def _row(name: str) -> int | None:
    """The number of a row out of the query; what is none counts as none."""
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None
