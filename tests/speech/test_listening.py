"""Speech is looked for first."""

import io
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from phonebot.domain.transcript import Transcript
from phonebot.simulator.audio import silence, speech_like, tone
from phonebot.speech.errors import SpeechTrouble
from phonebot.speech.listening import listen


@dataclass
class Parrot:
    """A transcriber that hears the same words in everything, and remembers what it was asked."""

    asked: list[tuple[Path, tuple[str, ...]]] = field(default_factory=list)

    def transcribe(self, audio: Path, hints: Sequence[str] = ()) -> Transcript:
        self.asked.append((audio, tuple(hints)))
        return Transcript("Thank you for watching")


def kept(folder: Path, sound: bytes) -> Path:
    path = folder / "recording.wav"
    path.write_bytes(sound)
    return path


def test_speech_is_put_into_words_and_its_length_told(tmp_path: Path) -> None:
    parrot = Parrot()
    path = kept(tmp_path, speech_like(3))
    heard = listen(path, parrot, ["Sue Cohen"])
    assert (heard.speech, heard.transcript.text) == (True, "Thank you for watching")
    assert heard.seconds == pytest.approx(3, abs=0.1)
    assert parrot.asked == [(path, ("Sue Cohen",))]


@pytest.mark.parametrize("nothing", [silence(3), tone(2), speech_like(0.3)], ids=["silence", "a tone", "a cough"])
def test_where_nobody_speaks_the_engine_is_not_even_asked(tmp_path: Path, nothing: bytes) -> None:
    parrot = Parrot()
    heard = listen(kept(tmp_path, nothing), parrot)
    assert (heard.speech, heard.transcript.text, parrot.asked) == (False, "", [])


HEADER = io.BytesIO(silence(1)).read(44)


@pytest.mark.parametrize("bad", [b"", b"RIFF", HEADER[:20], b"<html></html>", bytes(44)], ids=len)
def test_what_cannot_be_decoded_is_trouble_that_no_second_try_mends(tmp_path: Path, bad: bytes) -> None:
    with pytest.raises(SpeechTrouble) as trouble:
        listen(kept(tmp_path, bad), Parrot())
    assert not trouble.value.retryable


def test_a_header_without_sound_is_a_recording_in_which_nobody_speaks(tmp_path: Path) -> None:
    parrot = Parrot()
    empty = HEADER[:40] + bytes(4)
    assert not listen(kept(tmp_path, empty), parrot).speech
    assert parrot.asked == []


def test_a_name_that_is_not_utf8_keeps_nothing_from_being_heard(tmp_path: Path) -> None:
    parrot, path = Parrot(), tmp_path / os.fsdecode(b"caf\xe9.wav")
    path.write_bytes(speech_like(3))
    assert listen(path, parrot).speech
    assert parrot.asked == [(path, ())]


def test_a_pipe_is_refused_at_once_though_nobody_writes_to_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SpeechTrouble, match="cannot be read from a pipe"):
        listen(tmp_path / "pipe", Parrot())


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        listen(tmp_path / "none.wav", Parrot())
