"""Hearing a recording again."""

from phonebot.store.announcements import fetched
from phonebot.store.database import Database
from phonebot.store.media import Media


def audio_of(database: Database, media: Media, recording_sid: str) -> bytes | None:
    """The audio of a recording that has been fetched, or None."""
    with database.read() as session:
        kept = fetched(session, recording_sid)
        return media.read(session, recording_sid, kept.path) if kept else None
