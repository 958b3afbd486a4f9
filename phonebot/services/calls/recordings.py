"""Fetching recordings from Twilio, judging whether anybody speaks in them, and deleting those that were replaced."""

from collections.abc import Iterator
from contextlib import contextmanager
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
from phonebot.store.audio import Fate, fate_of_unneeded, mark_deleted, recording_state, refuse_recording, store_fetched
from phonebot.store.database import Database
from phonebot.store.media import Media, Received
from phonebot.telephony.client import TwilioClient
from phonebot.telephony.recordings import NotAudio, check_audio

ENOUGH_SPEECH: Final = 5.0
"""Seconds of speech after which nobody needs to listen on: somebody spoke."""

log = structlog.get_logger(__name__)


def fetch_recording(
    database: Database, twilio: TwilioClient, media: Media, sid: str, now: datetime, *, reached: Reached = pass_by
) -> None:
    """Fetch a recording's audio, if it is wanted, and keep it; then weigh whether its message holds any words.

    The audio is durable before its row says so. Raise TwilioError, NotAudio or OSError where that fails: then nothing
    has changed, and it may be tried again.
    """
    with database.read() as session:
        if recording_state(session, sid) is not RecordingState.ANNOUNCED:
            return
    with _received(twilio, media, sid) as received:
        audio = check_audio(received.file)
        speech = _speech(received.file)
        path = media.publish(received, audio.kind, reached)
        with database.write() as session:
            kept = store_fetched(
                session,
                sid,
                seconds=audio.seconds,
                speech_seconds=speech,
                path=path,
                sha256=received.sha256,
                now=now,
            )
            if kept:
                media.keep(session, received)
        reached(RECORDING_STORED)
    if not kept:
        media.erase(path)
    log.info("recording-fetched", recording=sid, seconds=round(audio.seconds, 1), kept=kept)


@contextmanager
def _received(twilio: TwilioClient, media: Media, sid: str) -> Iterator[Received]:
    """What was published before a crash, or else what Twilio sends now; what is no audio does not stay."""
    received = media.find(sid) or media.receive(sid, twilio.recording_audio(sid))
    try:
        yield received
    except NotAudio:
        media.discard(received)
        raise
    finally:
        media.clear(received)


def _speech(file: Path) -> float:
    try:
        return spoken_seconds(file, ENOUGH_SPEECH)
    except soundfile.LibsndfileError as error:
        raise NotAudio("cannot be decoded") from error


def give_up_recording(database: Database, sid: str, reason: str, now: datetime) -> None:
    """Note that a recording cannot be had. Its message stays, with everything the caller gave."""
    with database.write() as session:
        refuse_recording(session, sid, reason, now)
    log.error("recording-refused", recording=sid, reason=reason)


def delete_recording(
    database: Database, twilio: TwilioClient, media: Media, sid: str, now: datetime, *, reached: Reached = pass_by
) -> None:
    """Delete a recording that was replaced, or may not be kept any longer, at Twilio and here.

    Raise NotYet while its call goes on, or what replaced it is still to be fetched.
    """
    with database.write() as session:
        fate = fate_of_unneeded(session, sid, now)
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
