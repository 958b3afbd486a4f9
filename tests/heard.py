"""Recordings as a machine heard them, for tests: of messages that are owed, with their gist, and in a database."""

from dataclasses import replace

from phonebot.domain.digest import Owed
from phonebot.domain.gist import gist_of
from phonebot.domain.message import Answers
from phonebot.domain.recording import Purpose, RecordingState
from phonebot.domain.transcript import Hearing, Span, Transcript
from phonebot.store.database import Database
from phonebot.store.tables import RecordingRow
from phonebot.store.transcripts import save_transcript, want_transcript
from tests.owing import LONDON
from tests.running import TUESDAY


def heard(text: str, *doubtful: str) -> Transcript:
    """The words of a recording; of those that are doubtful, each where it first stands in it."""
    spans = (Span(text.index(words), text.index(words) + len(words)) for words in doubtful)
    return Transcript(text, tuple(sorted(spans)))


VOICEMAIL = heard(
    "Hello, please call me on 020 7946 0144 about invoice 4417 before Friday, it was charged twice.", "0144", "4417"
)
"""Another number than Julie's, and doubtful digits."""


def with_words(owed: Owed, transcript: Transcript | None, hearing: Hearing = Hearing.HEARD) -> Owed:
    """The message with a recording of 42 seconds, heard or not, and its gist."""
    answers = Answers(owed.name, owed.company, owed.phone, owed.business, owed.window_said, owed.window_parts)
    gist = gist_of(answers, transcript, owed.received_at, LONDON, "GB", owed.caller_id)
    return replace(owed, recording_seconds=42.0, transcript=transcript, hearing=hearing, gist=gist)


def record(database: Database, number: int, sid: str = "", **columns: object) -> str:
    """A recording of a message, fetched, with the job to put it into words; its sid."""
    sid = sid or f"RE{number:032x}"
    usual: dict[str, object] = {"cut_off": False, "purpose": Purpose.MESSAGE, "state": RecordingState.FETCHED}
    lengths = {"seconds": 9.0, "speech_seconds": 6.0}
    times = {"announced_at": TUESDAY, "fetched_at": TUESDAY}
    with database.write() as session:
        session.add(RecordingRow(sid=sid, call_sid="", message_id=number, **{**usual, **lengths, **times, **columns}))
        session.flush()
        want_transcript(session, sid, TUESDAY)
    return sid


def hear(database: Database, sid: str, transcript: Transcript) -> None:
    """A recording has been put into these words."""
    with database.write() as session:
        assert save_transcript(session, sid, transcript, TUESDAY)
