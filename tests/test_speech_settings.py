"""What puts recordings into words is set on its own, may be left out, and tells no key."""

from pathlib import Path

import pytest

from phonebot.config import SettingsMistake, SpeechSettings, load_settings, load_speech_settings
from tests.test_config import WHOLE

ALL = {
    "PHONEBOT_SPEECH": "openai",
    "PHONEBOT_SPEECH_MODEL": "whisper-1",
    "PHONEBOT_SPEECH_KEY": "between-us",
    "PHONEBOT_SPEECH_URL": "https://speech.example.com/v1",
    "PHONEBOT_SPEECH_REGION": "westeurope",
}


def test_nothing_has_to_be_set() -> None:
    settings = load_speech_settings({})
    assert (settings.speech, settings.speech_model, settings.speech_key) == ("", "", None)
    assert settings.speech_environ == {}


def test_everything_can_be_handed_on_as_it_came() -> None:
    assert load_speech_settings(ALL).speech_environ == ALL
    assert load_speech_settings(load_speech_settings(ALL).speech_environ) == load_speech_settings(ALL)


def test_the_worker_has_the_same_settings_among_all_of_its_own() -> None:
    assert load_settings(WHOLE | ALL).speech_environ == ALL


def test_the_key_may_be_in_a_file_and_is_never_shown(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("between-us\n", "utf-8")
    settings = load_speech_settings({"PHONEBOT_SPEECH_KEY_FILE": str(file)})
    assert settings.speech_environ == {"PHONEBOT_SPEECH_KEY": "between-us"}
    assert "between-us" not in repr(settings)


@pytest.mark.parametrize(
    "url",
    [
        "https://speech.example.com",
        "http://127.0.0.1:8000/v1/",
        "http://localhost:8000",
        "http://192.168.1.20:8000/v1",
        "http://whisper:8000/v1",
    ],
)
def test_a_service_may_be_anywhere_if_what_it_is_sent_is_private(url: str) -> None:
    assert load_speech_settings({"PHONEBOT_SPEECH_URL": url}).speech_url == url.rstrip("/")


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PHONEBOT_SPEECH_URL", "http://speech.example.com/v1"),
        ("PHONEBOT_SPEECH_URL", "http://8.8.8.8/v1"),
        ("PHONEBOT_SPEECH_URL", "speech.example.com"),
        ("PHONEBOT_SPEECH_URL", "https://me:secret@speech.example.com"),
        ("PHONEBOT_SPEECH_URL", "https://speech.example.com:port"),
        ("PHONEBOT_SPEECH_REGION", "west europe"),
        ("PHONEBOT_SPEECH_REGION", "attacker.example/"),
        ("PHONEBOT_SPEECH_KEY", "   "),
    ],
)
def test_what_cannot_be_used_is_refused_by_its_name(variable: str, value: str) -> None:
    for load in (load_speech_settings, lambda environ: load_settings(WHOLE | environ)):
        with pytest.raises(SettingsMistake) as caught:
            load({variable: value})
        assert str(caught.value).startswith(f"{variable}: ")
        assert "secret" not in str(caught.value)


def test_the_transcriber_needs_no_other_settings() -> None:
    assert isinstance(load_speech_settings({"PUBLIC_URL": "nonsense"}), SpeechSettings)
