"""Finding the calls no webhook told us of, and the ends of calls nobody told us of, by asking Twilio."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

import structlog

from phonebot.domain.phone import caller_id
from phonebot.store import listed_calls
from phonebot.store.calls import close_by_sid
from phonebot.store.database import Database, Session
from phonebot.store.offices import load_office
from phonebot.store.watermarks import move_watermark, watermark
from phonebot.telephony.calls import CameIn
from phonebot.telephony.client import TwilioClient

WATERMARK: Final = "calls"
LOOKED: Final = "reconciled"
"""The watermark of when this was last done to its end: it tells that a worker is there, and reaches Twilio."""

OVERLAP: Final = timedelta(minutes=15)
"""Listed again each time: Twilio's lists lag behind, and clocks differ."""

FIRST_LOOK: Final = timedelta(days=1)
"""How far back to look the first time at most, and how long to wait for a call that Twilio never ends."""

YOUNG: Final = timedelta(minutes=1)
"""How long after a call began its first webhook may still be on its way: Twilio gives up after 15 seconds."""

AT_ONCE: Final = 200
MOST_ASKED_AFTER: Final = 100
"""Calls asked after one by one in one go. They began long ago and nobody told us of their end, so they are few."""

log = structlog.get_logger(__name__)


def reconcile_calls(database: Database, twilio: TwilioClient, now: datetime) -> int:
    """Keep each call to our lines since the watermark that we know nothing of as a missed one; say how many there were.

    Calls that go on by our rows and are over at Twilio are ended. Each is a transaction of its own. The watermark moves
    only when all are done, and not past a call that goes on, so whatever interrupts this, the next time finds the same.
    Recordings are to be looked for first: a call with words is then no missed one. Raise TwilioError.
    """
    since = _since(database, now)
    found, reaches = 0, now
    for batch in _batches(twilio.calls_received(since)):
        with database.read() as session:
            known = listed_calls.known_calls(session, [call.sid for call in batch])
            lines = listed_calls.lines_answered(session)
        for call in batch:
            if call.over and known.get(call.sid) is False:
                _end(database, call.sid, now)
            elif call.sid in known or call.to not in lines:
                continue
            elif call.over and call.began <= now - YOUNG:
                found += _keep(database, call, lines[call.to], now)
            else:
                reaches = min(reaches, max(call.began, now - FIRST_LOOK))
    _ask_after_the_long_ones(database, twilio, since, now)
    with database.write() as session:
        move_watermark(session, WATERMARK, reaches)
        move_watermark(session, LOOKED, now)
    return found


def _since(database: Database, now: datetime) -> datetime:
    """From when on to list: the watermark, with an overlap; before there is one, from when the office was loaded.

    What came to a number before phonebot was there was somebody else's to answer.
    """
    with database.read() as session:
        mark = watermark(session, WATERMARK)
        begun = listed_calls.office_loaded_at(session) or now
    return max(begun, now - FIRST_LOOK) if mark is None else min(mark, now) - OVERLAP


def _batches(calls: Iterable[CameIn]) -> Iterator[Sequence[CameIn]]:
    every = iter(calls)
    while batch := list(islice(every, AT_ONCE)):
        yield batch


def _keep(database: Database, call: CameIn, mailbox: str, now: datetime) -> bool:
    """Keep a call as a missed one, unless it was made by us; say whether it was new."""
    with database.write() as session:
        book = load_office(session)
        caller = caller_id(call.from_, book.office.region).e164 if book else None
        if caller is not None and _is_ours(session, caller, call.began):
            return False
        new = listed_calls.add_missed_call(
            session,
            sid=call.sid,
            line=call.to,
            mailbox=mailbox,
            caller=call.from_,
            caller_id=caller,
            began=call.began,
            now=now,
        )
    if new:
        log.warning("call-found", call=call.sid)
    return new


def _is_ours(session: Session, caller: str, began: datetime) -> bool:
    """Whether a call came from one of our lines, or from a phone that we were ringing: then nobody else rang."""
    return caller in listed_calls.lines_answered(session) or listed_calls.rang_for_us(session, caller, began)


def _ask_after_the_long_ones(database: Database, twilio: TwilioClient, since: datetime, now: datetime) -> None:
    """End the calls that began before what was listed, go on by our rows, and are over at Twilio."""
    with database.read() as session:
        long_ones = listed_calls.going_on_since(session, since, MOST_ASKED_AFTER)
    for sid in long_ones:
        call = twilio.call_status(sid)
        if call is not None and call.over:
            _end(database, sid, now)


def _end(database: Database, sid: str, now: datetime) -> None:
    with database.write() as session:
        close_by_sid(session, sid, now)
    log.info("call-end-found", call=sid)
