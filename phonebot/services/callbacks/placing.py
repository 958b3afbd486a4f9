"""Ringing the phone of whoever returns a call: asked of Twilio once, looked for where its answer was lost, given up."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog

from phonebot.domain.callback import Gathered, Outcome
from phonebot.domain.office import OfficeBook
from phonebot.services.callbacks.desk import CallDesk, Held, hold, learn
from phonebot.services.failpoints import CALL_ASKED, CALL_PLACED
from phonebot.services.not_yet import NotYet
from phonebot.services.office.people import the_office
from phonebot.store.attempts import Attempt, bind_call, bound_calls, line_rung, set_sending
from phonebot.store.database import Session
from phonebot.telephony.client import TwilioClient
from phonebot.telephony.errors import TwilioError, Unknown
from phonebot.telephony.twiml import LONGEST_JOINED_CALL, RETRIES

RINGS_FOR: Final = 25
STALE: Final = timedelta(minutes=2)
"""How long after the click the phone may still begin to ring: nobody wants to be rung an hour later."""

LISTED_BY: Final = timedelta(minutes=1)
"""When a call that was placed is surely in Twilio's list, which lags."""

LOOKED_BACK: Final = timedelta(minutes=1)
"""How far clocks may differ."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Placing:
    """What is to be rung, showing which number; `asked_at` is when Twilio was asked before, and gave no answer."""

    to: str
    shown: str
    asked_at: datetime | None


def place_call(desk: CallDesk, twilio: TwilioClient, number: int, now: datetime) -> None:
    """Have the phone of whoever makes that try rung, unless that was done before or is of no use any more.

    Where it is not known whether it was done, it is never done again: raise NotYet while Twilio's list may still show
    it. Raise TwilioError where it was certainly not done, and may be tried again.
    """
    with desk.house.database.write() as session:
        placing = _begin(session, desk, number, now)
    if placing is None:
        return
    if placing.asked_at is not None:
        _look_for(desk, twilio, number, placing, placing.asked_at, now)
        return
    desk.house.reached(CALL_ASKED)
    try:
        sid = _place(desk, twilio, number, placing)
    except Unknown as error:
        raise NotYet("whether the call was placed is not known") from error
    except TwilioError as error:
        _not_placed(desk, number, error, now)
        if error.retryable:
            raise
        return
    desk.house.reached(CALL_PLACED)
    _bind(desk, number, sid, now)


def _begin(session: Session, desk: CallDesk, number: int, now: datetime) -> _Placing | None:
    """Note that Twilio is about to be asked. None: there is nothing to ask any more."""
    held = hold(session, number, now)
    if held is None or held.attempt.outcome is not None or held.attempt.call_sid is not None:
        return None
    book = the_office(session)
    person = book.person(held.attempt.by)
    shown = shown_number(session, book, held.attempt)
    asked_at = held.attempt.sending_at
    too_late = asked_at is None and now - held.attempt.made_at > STALE
    if too_late or person is None or not person.phone or shown is None:
        _stop(session, desk, held, now)
        return None
    if asked_at is None:
        set_sending(session, number, now)
    return _Placing(person.phone, shown, asked_at)


def shown_number(session: Session, book: OfficeBook, attempt: Attempt) -> str | None:
    """The number that staff and the caller are shown: the line the message came in on, else the office's first."""
    lines = [line.number for line in book.lines]
    rung = line_rung(session, attempt.message)
    return rung if rung in lines else next(iter(lines), None)


def _place(desk: CallDesk, twilio: TwilioClient, number: int, placing: _Placing) -> str:
    """Ask Twilio to ring; the call's sid."""
    return twilio.place_call(
        to=placing.to,
        from_=placing.shown,
        url=desk.address("staff", number),
        status_url=desk.address("status", number) + RETRIES,
        ring_seconds=RINGS_FOR,
        longest_seconds=LONGEST_JOINED_CALL,
    )


def _not_placed(desk: CallDesk, number: int, error: TwilioError, now: datetime) -> None:
    """Twilio has certainly not placed it: it may be asked again where that can help, else the try is over."""
    log.warning("callback-not-placed", attempt=number, why=str(error))
    with desk.house.database.write() as session:
        held = hold(session, number, now)
        if held is None or held.attempt.call_sid is not None:
            return
        if error.retryable:
            set_sending(session, number, None)
        else:
            _stop(session, desk, held, now)


def _look_for(
    desk: CallDesk, twilio: TwilioClient, number: int, placing: _Placing, asked_at: datetime, now: datetime
) -> None:
    """Look for a call whose placing was never answered. One that never shows is given up, and not placed again."""
    placed = twilio.calls_placed(to=placing.to, from_=placing.shown, since=asked_at - LOOKED_BACK)
    with desk.house.database.read() as session:
        taken = bound_calls(session, [call.sid for call in placed])
    ours = [call for call in placed if call.sid not in taken]
    if ours:
        # Somebody who clicked twice in a minute may have two calls that nobody was told of.
        nearest = min(ours, key=lambda call: abs(call.created - asked_at))
        _bind(desk, number, nearest.sid, now)
    elif now - asked_at < LISTED_BY:
        raise NotYet("whether the call was placed is not known")
    else:
        give_up_call(desk, number, "Twilio knows of no such call", now)


def _bind(desk: CallDesk, number: int, sid: str, now: datetime) -> None:
    """From now on that call is the try's; a webhook of it may have come first and have said so already."""
    with desk.house.database.write() as session:
        held = hold(session, number, now)
        if held is None:
            return
        if held.attempt.call_sid is None:
            bind_call(session, number, sid)
        learn(session, held, Gathered(staff="queued"), desk.joined_seconds, now)


def give_up_call(desk: CallDesk, number: int, reason: str, now: datetime) -> None:
    """The phone was not rung, as far as anybody knows; a try that has a call or an outcome is left alone."""
    with desk.house.database.write() as session:
        held = hold(session, number, now)
        if held is not None and held.attempt.call_sid is None and held.attempt.outcome is None:
            log.error("callback-given-up", attempt=number, why=reason)
            _stop(session, desk, held, now)


def _stop(session: Session, desk: CallDesk, held: Held, now: datetime) -> None:
    """The try is over before anything was dialled."""
    learn(session, held, Gathered(stopped=Outcome.NOT_PLACED.value), desk.joined_seconds, now)
