"""Calls of whose end nobody told us: asked after at Twilio, and ended; and claims that nothing came of, given back."""

from datetime import datetime, timedelta
from typing import Final

import structlog

from phonebot.domain.callback import OVER, Gathered, merged
from phonebot.domain.commitment import PHONEBOT
from phonebot.domain.history import Event, EventKind
from phonebot.domain.message import State
from phonebot.services.callbacks.desk import CallDesk, hold, learn
from phonebot.services.callbacks.placing import LISTED_BY, STALE, give_up_call
from phonebot.store.attempts import Attempt, going_on
from phonebot.store.database import Database
from phonebot.store.history import append, in_state, lock_life
from phonebot.telephony.client import TwilioClient
from phonebot.telephony.errors import TwilioError
from phonebot.telephony.twiml import LONGEST_JOINED_CALL

QUIET: Final = timedelta(minutes=5)
"""How long after it was placed a call that we know no end of is asked after: by then a claim has run out, too."""

LONGEST: Final = timedelta(seconds=LONGEST_JOINED_CALL) + timedelta(minutes=15)
"""How long after it was placed every call has ended, whatever we were told."""

MOST: Final = 200
"""What is looked at in one go: far more than anybody has going on at once."""

log = structlog.get_logger(__name__)


def settle_lapsed(desk: CallDesk, twilio: TwilioClient, now: datetime) -> None:
    """End the tries that should have ended, by what Twilio says of them, and give back the claims that have lapsed.

    For every minute or so. Two workers may do it at once.
    """
    with desk.house.database.read() as session:
        open_ones = going_on(session, MOST)
    answers = True
    for attempt in open_ones:
        since = now - (attempt.sending_at or attempt.made_at)
        if attempt.call_sid is None:
            _give_up_unplaced(desk, attempt, since, now)
        elif since >= QUIET:
            # A Twilio that does not answer for one call is not asked after the others as well.
            told = _as_twilio_has_it(twilio, attempt) if answers else None
            answers = answers and told is not None
            _end(desk, attempt, told or Gathered(), now, ended=since >= LONGEST)
    _give_back_claims(desk.house.database, now)


def _give_up_unplaced(desk: CallDesk, attempt: Attempt, since: timedelta, now: datetime) -> None:
    """A try without a call: its job rings, or looks for the call, while there is hope; after that it is over."""
    hope = STALE if attempt.sending_at is None else LONGEST
    if since > hope + LISTED_BY:
        give_up_call(desk, attempt.number, "nobody has placed it", now)


def _as_twilio_has_it(twilio: TwilioClient, attempt: Attempt) -> Gathered | None:
    """What Twilio says of both legs, nothing where it does not know the call; None where it does not answer."""
    assert attempt.call_sid is not None
    try:
        staff = twilio.call_status(attempt.call_sid)
        children = twilio.children_of(attempt.call_sid) if staff is not None else []
    except TwilioError as error:
        log.warning("callback-not-asked-after", attempt=attempt.number, why=str(error))
        return None
    told = Gathered(staff=staff.status if staff is not None else "")
    for child in children:
        told = merged(told, Gathered(caller=child.status, seconds=child.seconds or 0))
    return told


def _end(desk: CallDesk, attempt: Attempt, told: Gathered, now: datetime, *, ended: bool) -> None:
    """Add what Twilio says. Where staff pressed 1 and their leg ended without another, nobody was rung."""
    told = merged(told, Gathered(staff="completed")) if ended else told
    with desk.house.database.write() as session:
        held = hold(session, attempt.number, now)
        if held is None or held.attempt.outcome is not None:
            return
        known = merged(held.attempt.gathered, told)
        alone = known.staff in OVER and (ended or not known.caller)
        if known.pressed and alone and known.caller not in OVER and not known.dial:
            told = merged(told, Gathered(dial="failed"))
        learn(session, held, told, desk.joined_seconds, now)


def _give_back_claims(database: Database, now: datetime) -> None:
    """Release what somebody took in hand and did nothing about."""
    with database.read() as session:
        claimed = in_state(session, State.CLAIMED, MOST)
    for number in claimed:
        with database.write() as session:
            life = lock_life(session, number, now)
            claim = None if life is None else life.standing.claim
            if life is not None and claim is not None and claim.until <= now:
                append(session, life, Event(EventKind.RELEASED, now, PHONEBOT, {"lapsed": True}))
                log.info("claim-lapsed", by=claim.by)
