"""Fetching recordings from Twilio, judging whether anybody speaks in them, and deleting those that were replaced."""

from datetime import datetime
from pathlib import Path
from typing import Final

import soundfile
import structlog

from phonebot.domain.recording import RecordingState
from phonebot.services.failpoints import (
    RECORDING_DELETED_HERE,
    RECORDING_DELETED_THERE,
    RECORDING_STORED,
    Reached,
    pass_by,
)
from phonebot.services.not_yet import NotYet
from phonebot.speech.voice_activity import spoken_seconds
from phonebot.store.audio import (
    Fate,
    fate_of_unneeded,
    mark_deleted,
    recording_state,
    refuse_recording,
    still_awaited,
    store_fetched,
)
from phonebot.store.database import Database
from phonebot.store.media import Media, Received
from phonebot.telephony.client import TwilioClient
from phonebot.telephony.recordings import NotAudio, check_audio

ENOUGH_SPEECH: Final = 5.0
"""Seconds of speech after which nobody needs to listen on: somebody spoke."""

log = structlog.get_logger(__name__)


def fetch_recording(
    database: Database,
    twilio: TwilioClient,
    media: Media,
    sid: str,
    now: datetime,
    *,
    reached: Reached = pass_by,
    transcribes: bool = False,
) -> None:
    """Fetch a recording's audio, if it is wanted, and keep it; then weigh whether its message holds any words.

    The audio is durable before its row says so; where phonebot `transcribes`, it is put into words next. Raise
    TwilioError, NotAudio or OSError where that fails: then nothing has changed, and it may be tried again. What came
    and is no audio is set aside, where nobody plays it.
    """
    with database.read() as session:
        if recording_state(session, sid) is not RecordingState.ANNOUNCED:
            return
    received = media.find(sid) or media.receive(sid, twilio.recording_audio(sid))
    try:
        _keep(database, media, received, now, reached, transcribes=transcribes)
    except NotAudio:
        with database.write() as session:
            if still_awaited(session, sid):
                media.set_aside(session, received)
        raise
    finally:
        media.clear(received)


def _keep(
    database: Database,
    media: Media,
    received: Received,
    now: datetime,
    reached: Reached,
    *,
    transcribes: bool,
    cut_short: str | None = None,
) -> None:
    """Publish what was received and note that it is here, unless nobody wants it any more; raise NotAudio."""
    audio = check_audio(received.file, whole=cut_short is None)
    speech = _speech(received.file)
    path = media.publish(received, audio.kind, reached)
    with database.write() as session:
        kept = store_fetched(
            session,
            received.sid,
            seconds=audio.seconds,
            speech_seconds=speech,
            path=path,
            sha256=received.sha256,
            now=now,
            transcribes=transcribes,
            cut_short=cut_short,
        )
        if kept:
            media.keep(session, received)
    reached(RECORDING_STORED)
    if not kept:
        media.erase(path)
    log.info("recording-fetched", recording=received.sid, seconds=round(audio.seconds, 1), kept=kept, cut=cut_short)


def _speech(file: Path) -> float:
    try:
        return spoken_seconds(file, ENOUGH_SPEECH)
    except soundfile.LibsndfileError as error:
        raise NotAudio("cannot be decoded") from error


def make_do(
    database: Database,
    media: Media,
    sid: str,
    reason: str,
    now: datetime,
    *,
    reached: Reached = pass_by,
    transcribes: bool = False,
) -> None:
    """Where a recording cannot be had whole, keep as much of it as can be played, and mark it; else give it up.

    `reason` says what was wrong with it.
    """
    with database.read() as session:
        came = media.lend_aside(session, sid)
    if came is not None:
        try:
            _keep(database, media, came, now, reached, transcribes=transcribes, cut_short=reason)
            return
        except NotAudio:
            log.info("recording-set-aside", recording=sid, sha256=came.sha256)
        finally:
            media.clear(came)
    give_up_recording(database, sid, reason, now)


def give_up_recording(database: Database, sid: str, reason: str, now: datetime) -> None:
    """Note that a recording cannot be had. Its message stays, with everything the caller gave."""
    with database.write() as session:
        refuse_recording(session, sid, reason, now)
    log.error("recording-refused", recording=sid, reason=reason)


def delete_recording(
    database: Database,
    twilio: TwilioClient,
    media: Media,
    sid: str,
    now: datetime,
    *,
    reached: Reached = pass_by,
    transcribes: bool = False,
) -> None:
    """Delete a recording that was replaced, or may not be kept any longer, at Twilio and here.

    One that turns out to be the message after all is kept, and put into words where phonebot `transcribes`. Raise
    NotYet while its call goes on, or what replaced it is still to be fetched.
    """
    with database.write() as session:
        fate = fate_of_unneeded(session, sid, now, transcribes=transcribes)
    if fate is Fate.WAIT:
        raise NotYet("its call is not over, or what replaced it has not been fetched")
    if fate is Fate.LEAVE:
        return
    twilio.delete_recording(sid)
    reached(RECORDING_DELETED_THERE)
    with database.write() as session:
        path = mark_deleted(session, sid, now)
        media.forget(session, sid)
    reached(RECORDING_DELETED_HERE)
    media.erase(path)
    log.info("recording-deleted", recording=sid)
