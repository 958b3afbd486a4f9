"""The recordings that go with a digest, where the office would have them attached and not linked."""

from collections.abc import Iterable
from typing import Final

from phonebot.domain.digest import Owed
from phonebot.mail import Attachment
from phonebot.store.database import Session
from phonebot.store.digests import recordings_heard
from phonebot.store.media import Media

MOST_BYTES: Final = 5_000_000
"""All that is attached to one letter: encoded it grows by a third, and many servers take no more than ten million."""

LONGEST_LIST: Final = 200
"""Messages looked at: more than could be attached, unless each were a few seconds long."""


def enclosed(session: Session, media: Media, owed: Iterable[Owed]) -> tuple[Attachment, ...]:
    """The recordings of these messages that are here, in order, as long as they fit; the others are linked."""
    items = [each for each in owed if each.recording_seconds is not None][:LONGEST_LIST]
    recordings = recordings_heard(session, [each.number for each in items])
    found: list[Attachment] = []
    room = MOST_BYTES
    for each in items:
        recording = recordings.get(each.number)
        audio = media.read(session, recording.sid, recording.path) if recording and recording.here else None
        if audio is None:
            continue
        if len(audio) > room:
            break
        room -= len(audio)
        found.append(_attachment(each.ref, audio))
    return tuple(found)


def _attachment(ref: str, audio: bytes) -> Attachment:
    kind, ending = ("audio/wav", "wav") if audio.startswith(b"RIFF") else ("audio/mpeg", "mp3")
    return Attachment(f"{ref}.{ending}", kind, audio)
