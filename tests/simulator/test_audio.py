import io
import wave

import pytest

from phonebot.simulator import audio


@pytest.mark.parametrize("make", [audio.silence, audio.tone, audio.speech_like])
def test_a_sound_is_a_telephones_wav_of_the_length_asked_for(make: "audio.Maker") -> None:
    with wave.open(io.BytesIO(make(3.5)), "rb") as sound:
        assert (sound.getframerate(), sound.getnchannels(), sound.getsampwidth()) == (8000, 1, 2)
        assert sound.getnframes() == 28000


def test_the_same_request_gives_the_same_bytes() -> None:
    assert audio.speech_like(2.0) == audio.speech_like(2.0)
    assert audio.say_aloud("Hello there") == audio.say_aloud("Hello there")


def test_words_spoken_aloud_last_about_as_long_as_it_takes_to_say_them() -> None:
    spoken = audio.say_aloud("Last month's invoice was charged twice, would you look into it please")
    assert 2.0 < audio.seconds_in(spoken) < 9.0


def test_speech_is_louder_than_silence_and_never_overflows() -> None:
    with wave.open(io.BytesIO(audio.speech_like(1.0)), "rb") as sound:
        samples = memoryview(sound.readframes(-1)).cast("h")
    assert 5000 < max(samples) < 32767
    assert audio.silence(1.0)[44:] == bytes(16000)


@pytest.mark.parametrize(
    "garbage", [b"", b"<html>", audio.silence(1)[:30], b"RIFF\x00\x01\x00\x00WAVEjunk\xff\xff\xff\x7f"]
)
def test_what_is_no_wav_file_has_no_length_and_nothing_to_cut(garbage: bytes) -> None:
    with pytest.raises(wave.Error):
        audio.seconds_in(garbage)
    assert audio.cut(garbage, 1.0) == garbage
