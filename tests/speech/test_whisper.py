"""Whisper itself, with the model of the wheel."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from phonebot.domain.gist import checked
from phonebot.domain.message import Answers
from phonebot.domain.transcript import Transcript
from phonebot.speech.decoding import RATE, samples_of
from phonebot.speech.errors import SpeechTrouble
from phonebot.speech.models import model_of_wheel
from phonebot.speech.whisper import WhisperTranscriber

VOICEMAIL = Path(__file__).parents[2] / "phonebot" / "data" / "voicemail.wav"


def figures_marked(transcript: Transcript) -> str:
    """The doubtful figures."""
    marked = "".join(transcript.text[span.start : span.end] for span in transcript.doubtful)
    return "".join(filter(str.isdigit, marked))


@pytest.fixture(scope="module")
def folder() -> Path:
    folder = model_of_wheel().folder
    assert folder is not None
    return folder


@pytest.fixture(scope="module")
def whisper(folder: Path) -> WhisperTranscriber:
    return WhisperTranscriber(folder)


def test_a_voicemail_is_heard_and_the_same_each_time(whisper: WhisperTranscriber) -> None:
    heard = whisper.transcribe(VOICEMAIL)
    assert "invoice" in heard.text.lower()
    assert "friday" in heard.text.lower()
    assert whisper.transcribe(VOICEMAIL) == heard


def test_what_whisper_leaves_off_it_is_asked_for_again(whisper: WhisperTranscriber, tmp_path: Path) -> None:
    voicemail = samples_of(VOICEMAIL)
    begun_twice = [voicemail[: 3 * RATE], np.zeros(6 * RATE // 10, np.float32), voicemail]
    soundfile.write(tmp_path / "twice.wav", np.concatenate(begun_twice), RATE)
    heard = whisper.transcribe(tmp_path / "twice.wav").text.lower()
    assert heard.count("hello") == 2
    assert "invoice" in heard
    assert "friday" in heard


def test_its_numbers_are_doubtful_until_they_agree_with_the_one_given(whisper: WhisperTranscriber) -> None:
    heard = whisper.transcribe(VOICEMAIL)
    assert figures_marked(heard) == "077009001244417"
    assert figures_marked(checked(heard, Answers(number="+447700900124"), None, "GB")) == "4417"
    assert figures_marked(checked(heard, Answers(number="+447700900123"), None, "GB")) == "44417"


def test_what_cannot_be_decoded_is_trouble_that_no_second_try_mends(
    whisper: WhisperTranscriber, tmp_path: Path
) -> None:
    (tmp_path / "page.wav").write_text("<html>")
    with pytest.raises(SpeechTrouble) as trouble:
        whisper.transcribe(tmp_path / "page.wav")
    assert not trouble.value.retryable


def test_a_folder_without_a_model_is_said_in_a_line(tmp_path: Path) -> None:
    with pytest.raises(SpeechTrouble, match="holds no model"):
        WhisperTranscriber(tmp_path)


def test_a_model_that_hears_english_only_is_not_asked_for_another_language(folder: Path) -> None:
    with pytest.raises(SpeechTrouble, match="hears English only, not de"):
        WhisperTranscriber(folder, "de")
