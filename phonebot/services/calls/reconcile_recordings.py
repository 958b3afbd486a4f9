"""Finding the recordings no webhook told us of, by listing what Twilio has."""

from datetime import datetime, timedelta
from typing import Final

import structlog

from phonebot.domain.recording import RecordingState
from phonebot.services.failpoints import RECORDING_FOUND, Reached, pass_by
from phonebot.store.audio import recording_state, want_again
from phonebot.store.database import Database
from phonebot.store.recordings import attach_recording
from phonebot.store.watermarks import move_watermark, watermark
from phonebot.telephony.client import CallAtTwilio, ListedRecording, TwilioClient
from phonebot.telephony.errors import Refused, Unauthorised

WATERMARK: Final = "recordings"
OVERLAP: Final = timedelta(minutes=15)
"""Listed again each time: Twilio's lists lag behind, and clocks differ."""

FIRST_LOOK: Final = timedelta(days=1)
"""How far back to look the first time, and how long to wait for a recording Twilio never finishes."""

RECORDED_BY_US: Final = "RecordVerb"
"""The source of what a caller records after our tone. Whatever else an account records is not ours."""

UNFINISHED: Final = frozenset({"in-progress", "paused", "stopped", "processing"})
HERE_TO_STAY: Final = frozenset({"completed", "absent"})

log = structlog.get_logger(__name__)


def reconcile(database: Database, twilio: TwilioClient, now: datetime, reached: Reached = pass_by) -> int:
    """Attach every recording made since the watermark that we do not know; say how many there were.

    Each is a transaction of its own. The watermark moves only when all are done, and not past one that Twilio has not
    finished, so whatever interrupts this, the next time finds the same. Raise TwilioError where Twilio cannot be asked.
    """
    with database.read() as session:
        mark = watermark(session, WATERMARK) or now - FIRST_LOOK
    found = 0
    reaches = now
    for listed in twilio.list_recordings(min(mark, now) - OVERLAP):
        if listed.source != RECORDED_BY_US or not listed.call_sid:
            continue
        if listed.status in UNFINISHED:
            reaches = min(reaches, max(listed.created, now - FIRST_LOOK))
        elif listed.status in HERE_TO_STAY:
            found += _take_in(database, twilio, listed, now, reached)
    with database.write() as session:
        move_watermark(session, WATERMARK, reaches)
    return found


def _take_in(
    database: Database, twilio: TwilioClient, listed: ListedRecording, now: datetime, reached: Reached
) -> bool:
    """Attach a recording if it is new; want one again that Twilio has and we gave up. Say whether either was so."""
    with database.read() as session:
        known = recording_state(session, listed.sid)
    if known is RecordingState.REFUSED and listed.status == "completed":
        return _want_again(database, listed.sid, now)
    if known is not None:
        return False
    call = _look_up(twilio, listed.call_sid)
    with database.write() as session:
        attach_recording(
            session,
            call_sid=listed.call_sid,
            recording_sid=listed.sid,
            seconds=listed.seconds,
            state=RecordingState.ABSENT if listed.status == "absent" else RecordingState.ANNOUNCED,
            purpose=None,
            now=now,
            line=call.to if call else None,
            caller=(call.from_ or None) if call else None,
        )
    reached(RECORDING_FOUND)
    log.warning("recording-found", recording=listed.sid, call=listed.call_sid)
    return True


def _look_up(twilio: TwilioClient, call_sid: str) -> CallAtTwilio | None:
    """Who rang whom, where Twilio will say. A key that may only read recordings is refused, and that is no reason to
    leave a message unheard.
    """
    try:
        return twilio.look_up_call(call_sid)
    except (Refused, Unauthorised):
        return None


def _want_again(database: Database, sid: str, now: datetime) -> bool:
    with database.write() as session:
        want_again(session, sid, now)
    return True
