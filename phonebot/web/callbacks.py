"""The webhooks of a returned call. Whatever goes wrong in one, the phone is let go politely, and nobody is joined."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import structlog
from flask import Blueprint, Response, request

from phonebot.services.callbacks import legs as callback_legs
from phonebot.services.callbacks.desk import LONGEST_TOKEN, CallDesk
from phonebot.web.gate import posted
from phonebot.web.voice import LastResort

log = structlog.get_logger(__name__)

Clock = Callable[[], datetime]


def callback_webhooks(desk: CallDesk, clock: Clock, spool: Path) -> Blueprint:
    """The routes of the two legs, below /twilio/callback. `clock` gives aware instants."""
    callbacks = Blueprint("callbacks", __name__, url_prefix="/twilio/callback")
    rescue = LastResort(desk.house, clock, spool)

    @callbacks.post("/staff")
    def staff_answered() -> Response:
        return rescue.unless_let_go(lambda: callback_legs.staff_answered(desk, posted(), _job(), clock()))

    @callbacks.post("/pressed")
    def staff_pressed() -> Response:
        return rescue.unless_let_go(lambda: callback_legs.staff_pressed(desk, posted(), _job(), _tried(), clock()))

    @callbacks.post("/ended")
    def caller_leg_ended() -> Response:
        return rescue.unless_let_go(lambda: callback_legs.caller_leg_ended(desk, posted(), _job(), clock()))

    @callbacks.post("/said")
    def staff_said() -> Response:
        return rescue.unless_let_go(lambda: callback_legs.staff_said(desk, posted(), _job(), _tried(), clock()))

    @callbacks.post("/status")
    def staff_leg_told() -> Response:
        return _kept(lambda: callback_legs.staff_leg_told(desk, posted(), _job(), clock()))

    @callbacks.post("/caller")
    def caller_leg_told() -> Response:
        return _kept(lambda: callback_legs.caller_leg_told(desk, posted(), _job(), clock()))

    return callbacks


def _kept(work: Callable[[], None]) -> Response:
    """204 once it is kept. Else Twilio tells it again, and what it tells in vain it is asked for later."""
    try:
        work()
    except Exception:
        log.exception("webhook-failed", kind="callback-status")
        return Response(status=500)
    return Response(status=204)


def _job() -> str:
    """The try that an address names."""
    return request.args.get("job", "")[:LONGEST_TOKEN]


def _tried() -> int:
    """How often staff have been asked; what is no number counts as too often."""
    tried = request.args.get("tried", "")
    return int(tried) if tried.isascii() and tried.isdecimal() and len(tried) < 3 else callback_legs.TRIES
