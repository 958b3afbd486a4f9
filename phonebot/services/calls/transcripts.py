"""Putting recordings into words, after the message has been delivered: once, and outside every transaction."""

from contextlib import ExitStack
from datetime import datetime

import structlog

from phonebot.domain.gist import checked
from phonebot.domain.office import OfficeBook
from phonebot.domain.recording import RecordingState
from phonebot.domain.transcript import Transcript
from phonebot.domain.transcript.cleaning import cleaned
from phonebot.services.calls.hints import hints_for
from phonebot.services.failpoints import RECORDING_HEARD, Reached, pass_by
from phonebot.services.not_yet import NotYet
from phonebot.speech.errors import SpeechTrouble
from phonebot.speech.transcriber import Transcriber
from phonebot.store.audio import recording_state
from phonebot.store.database import Database
from phonebot.store.media import Media
from phonebot.store.offices import load_office
from phonebot.store.recordings import USUAL_REGION
from phonebot.store.transcripts import save_missing, save_transcript, unheard

log = structlog.get_logger(__name__)


def transcribe_recording(
    database: Database,
    media: Media,
    transcriber: Transcriber | None,
    sid: str,
    now: datetime,
    *,
    reached: Reached = pass_by,
) -> None:
    """Put a recording into words, if they are wanted and not here yet, and keep them.

    Raise SpeechTrouble where the engine cannot do it, or there is none any more; NotYet where the audio is not here.
    """
    with ExitStack() as lent:
        with database.read() as session:
            wanted = unheard(session, sid)
            if wanted is None and recording_state(session, sid) is not RecordingState.ANNOUNCED:
                return
            if transcriber is None:
                raise SpeechTrouble("recordings are not put into words here any more", retryable=False)
            file = None if wanted is None else lent.enter_context(media.lend(session, sid, wanted.path))
            book = load_office(session)
        if wanted is None or file is None:
            raise NotYet("its audio is to be fetched again")
        heard = cleaned(transcriber.transcribe(file, hints_for(wanted, book)))
    reached(RECORDING_HEARD)
    _keep(database, sid, heard, book, now)


def _keep(database: Database, sid: str, heard: Transcript, book: OfficeBook | None, now: datetime) -> None:
    """Save the words, checked against what the caller has given by now, unless they are wanted no more."""
    with database.read() as session:
        wanted = unheard(session, sid)
    if wanted is not None:
        heard = checked(heard, wanted.answers, wanted.caller_id, book.office.region if book else USUAL_REGION)
    with database.write() as session:
        kept = save_transcript(session, sid, heard, now)
    log.info("recording-heard", recording=sid, characters=len(heard.text), doubtful=len(heard.doubtful), kept=kept)


def give_up_transcript(database: Database, sid: str, reason: str, now: datetime) -> None:
    """Note that a recording will not be put into words, and why. Its message stays, with the audio."""
    with database.write() as session:
        noted = save_missing(session, sid, reason, now)
    log.error("recording-not-heard", recording=sid, reason=reason, noted=noted)
