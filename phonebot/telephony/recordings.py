"""Whether bytes that came as a recording are one: a WAV or an MP3 that is whole, with sound in it, and how long."""

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, Literal

import soundfile

STREAMED: Final = 0x7FFF_FF00
"""From here up, a WAV's length was not known when its header was written, and the file's own length counts."""

LEAST_RATE: Final = 4_000
MOST_RATE: Final = 192_000
"""Samples a second: Twilio's recordings have 8,000 and 22,050, and nothing that people make has fewer or more."""


class NotAudio(Exception):
    """What came is not a recording. Its text says why, and quotes nothing of it."""


@dataclass(frozen=True, slots=True)
class Audio:
    """What a recording turned out to be. `seconds` is its length, by its samples."""

    kind: Literal["wav", "mp3"]
    seconds: float


def check_audio(path: Path, *, whole: bool = True) -> Audio:
    """The kind and the length of the recording in a file; raise NotAudio if it holds none, or half of a `whole` one."""
    with path.open("rb") as file:
        kind = _kind(file.read(12))
        if kind == "wav":
            _check_whole(file, path.stat().st_size, whole=whole)
        file.seek(0)
        try:
            about = soundfile.info(file)
        except soundfile.LibsndfileError as error:
            raise NotAudio("cannot be decoded") from error
    if about.frames < 1 or about.samplerate < 1:
        raise NotAudio("holds no sound")
    if not LEAST_RATE <= about.samplerate <= MOST_RATE:
        raise NotAudio("has a rate at which nothing is recorded")
    return Audio(kind, about.frames / about.samplerate)


def _kind(head: bytes) -> Literal["wav", "mp3"]:
    """What the first twelve bytes say it is."""
    if not head:
        raise NotAudio("is empty")
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "wav"
    # An MP3 begins with an ID3 tag, or with the eleven set bits of a frame that is of layer III.
    if head[:3] == b"ID3" or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2):
        return "mp3"
    if head.lstrip()[:1] == b"<":
        raise NotAudio("is a page, not a recording")
    raise NotAudio("is neither WAV nor MP3")


def _check_whole(file: BinaryIO, size: int, *, whole: bool) -> None:
    """Raise NotAudio where a WAV has no sound, or less than it says: libsndfile would quietly play what there is."""
    file.seek(12)
    while len(header := file.read(8)) == 8:
        name, length = struct.unpack("<4sI", header)
        if name == b"data":
            there = size - file.tell()
            if length == 0 or there == 0:
                raise NotAudio("holds no sound")
            if whole and there < length < STREAMED:
                raise NotAudio("is cut short")
            return
        file.seek(length + length % 2, 1)
    raise NotAudio("holds no sound")
