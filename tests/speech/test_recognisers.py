"""Each of SpeechRecognition's engines is given what it needs, its words are taken, and its troubles are one line."""

import io
import json
import os
import wave
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from phonebot.config import load_speech_settings
from phonebot.domain.transcript import Transcript
from phonebot.speech.child import ChildTranscriber
from phonebot.speech.engine import child_for
from phonebot.speech.errors import NotReady, SpeechTrouble
from tests.speech.pretend_packages import put_in
from tests.speech.pretend_services import Answer, PretendServices, Request

HINTS = ["Sue Cohen", "Łukasz", *(f"Somebody Else {number}" for number in range(40))]

Child = Callable[..., ChildTranscriber]


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PretendServices]:
    with PretendServices(tmp_path_factory.mktemp("services")).serving() as pretended:
        yield pretended


@pytest.fixture
def services(serving: PretendServices) -> PretendServices:
    """Services that nobody has asked for anything yet."""
    serving.forget()
    return serving


@pytest.fixture(scope="module")
def children() -> Iterator[dict[str, ChildTranscriber]]:
    """One for each engine and settings: each takes most of a second to start."""
    made: dict[str, ChildTranscriber] = {}
    yield made
    for one in made.values():
        one.close()


@pytest.fixture
def child(
    services: PretendServices,
    children: dict[str, ChildTranscriber],
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> Child:
    """Makes transcribers from variables: for them services and packages are the pretended ones."""
    for name in ("no_proxy", "NO_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("https_proxy", services.url)
    monkeypatch.setenv("SSL_CERT_FILE", str(services.trusted))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(services.trusted))
    packages = tmp_path_factory.getbasetemp() / "packages"
    put_in(packages)
    monkeypatch.setenv("PYTHONPATH", str(packages))
    monkeypatch.syspath_prepend(packages)

    def make(engine: str, key: str = "", **more: str) -> ChildTranscriber:
        given = {"PHONEBOT_SPEECH": engine, "PHONEBOT_SPEECH_KEY": key}
        environ = given | {f"PHONEBOT_SPEECH_{name.upper()}": value for name, value in more.items()}
        if str(environ) not in children:
            transcriber = child_for(load_speech_settings(environ), "en-GB")
            assert transcriber is not None
            children[str(environ)] = transcriber
        return children[str(environ)]

    return make


def recording(folder: Path, seconds: float = 1.0, *, quiet_at: float | None = None) -> Path:
    """A recording as Twilio makes them, of a tone, with a tenth of a second of silence where wanted."""
    samples = (np.sin(np.arange(int(seconds * 8000)) / 5) * 9000).astype("<i2")
    if quiet_at is not None:
        samples[int(quiet_at * 8000) : int((quiet_at + 0.1) * 8000)] = 0
    path = folder / "recording.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(samples.tobytes())
    return path


def seconds_of(body: bytes) -> float:
    with wave.open(io.BytesIO(body)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (16_000, 1, 2)
        return float(file.getnframes() / 16_000)


def given(transcript: Transcript) -> dict[str, Any]:
    """What a pretended package says that it was given."""
    told: dict[str, Any] = json.loads(transcript.text)
    return told


def trouble_of(transcriber: ChildTranscriber, audio: Path) -> SpeechTrouble:
    with pytest.raises(SpeechTrouble) as caught:
        transcriber.transcribe(audio, HINTS)
    assert "\n" not in str(caught.value)
    return caught.value


def test_wit_hears_long_recordings_in_stretches_cut_where_it_is_quiet(
    services: PretendServices, child: Child, tmp_path: Path
) -> None:
    said = iter(["call me on oh seven", "", "about your invoice 4417"])
    services.answers = lambda _request: (200, {"_text": next(said)})
    heard = child("wit", "a-key").transcribe(recording(tmp_path, 45, quiet_at=17.0), HINTS)
    assert heard.marked == "call me on [oh seven?] about your invoice [4417?]"
    assert {request.headers["Authorization"] for request in services.requests} == {"Bearer a-key"}
    lengths = [seconds_of(request.body) for request in services.requests]
    assert lengths[0] == pytest.approx(17.05, abs=0.1)
    assert sum(lengths) == pytest.approx(45, abs=0.01)
    assert max(lengths) <= 20


def test_azure_is_asked_in_its_region_and_language_and_stars_nothing_out(
    services: PretendServices, child: Child, tmp_path: Path
) -> None:
    def answers(request: Request) -> Answer:
        if request.place == "westeurope.api.cognitive.microsoft.com/sts/v1.0/issueToken":
            assert request.headers["Ocp-Apim-Subscription-Key"] == "a-key"
            return 200, "a-token"
        return 200, {"RecognitionStatus": "Success", "NBest": [{"Display": "Room 101.", "Confidence": 0.99}]}

    services.answers = answers
    transcriber = child("azure", "a-key", region="westeurope")
    assert transcriber.transcribe(recording(tmp_path), HINTS).marked == "Room [101?]."
    asked = services.requests[-1]
    assert asked.headers["Authorization"] == "Bearer a-token"
    assert (asked.query["language"], asked.query["profanity"]) == (["en-GB"], ["raw"])
    assert seconds_of(asked.body) == pytest.approx(1)


def test_houndify_is_given_its_client_and_key(services: PretendServices, child: Child, tmp_path: Path) -> None:
    services.answers = lambda _request: (
        200,
        {"Disambiguation": {"ChoiceData": [{"Transcription": "hello", "ConfidenceScore": 0.9}]}},
    )
    assert child("houndify", "client==:a2V5").transcribe(recording(tmp_path)).text == "hello"
    asked = services.requests[0]
    assert asked.place == "api.houndify.com/v1/audio"
    assert asked.headers["Hound-Client-Authentication"].startswith("client==;")


def test_ibm_gets_sound_without_loss(services: PretendServices, child: Child, tmp_path: Path) -> None:
    stretch = {"alternatives": [{"transcript": "at four ", "confidence": 0.9}]}
    services.answers = lambda _request: (200, {"results": [stretch]})
    assert child("ibm", "a-key").transcribe(recording(tmp_path)).marked == "at [four?]"
    assert services.requests[0].body.startswith(b"fLaC")


def test_google_is_asked_with_our_own_key_at_the_address_that_is_set(
    services: PretendServices, child: Child, tmp_path: Path
) -> None:
    services.answers = lambda _request: (200, {"result": [{"alternative": [{"transcript": "good morning"}]}]})
    transcriber = child("google", "a-key", url=f"{services.url}/recognize")
    assert transcriber.transcribe(recording(tmp_path)) == Transcript("good morning")
    assert services.requests[0].place == "/recognize"
    assert (services.requests[0].query["key"], services.requests[0].query["lang"]) == (["a-key"], ["en-GB"])


def test_assemblyai_is_asked_until_it_is_done(services: PretendServices, child: Child, tmp_path: Path) -> None:
    def answers(request: Request) -> Answer:
        assert request.headers["Authorization"] == "a-key"
        match request.place:
            case "api.assemblyai.com/v2/upload":
                assert seconds_of(request.body) == pytest.approx(1)
                return 200, {"upload_url": "https://cdn.assemblyai.com/upload/1"}
            case "api.assemblyai.com/v2/transcript":
                return 200, {"id": "job-1"}
            case _ if services.counted[request.place] == 1:
                return 200, {"status": "processing"}
            case _:
                return 200, {"status": "completed", "confidence": 0.9, "text": "Ring 12."}

    services.answers = answers
    assert child("assemblyai", "a-key").transcribe(recording(tmp_path)).marked == "Ring [12?]."
    assert services.counted["api.assemblyai.com/v2/transcript/job-1"] == 2


def test_assemblyai_says_that_its_key_may_be_wrong(services: PretendServices, child: Child, tmp_path: Path) -> None:
    services.answers = lambda _request: (401, {"error": "Unauthorized"})
    assert "PHONEBOT_SPEECH_KEY" in str(trouble_of(child("assemblyai", "a-key"), recording(tmp_path)))


@pytest.mark.parametrize("status", [401, 429, 500])
def test_a_service_that_refuses_is_trouble_worth_another_try_and_the_key_is_not_said(
    services: PretendServices, child: Child, tmp_path: Path, status: int
) -> None:
    services.answers = lambda _request: (status, "a-key is not to be told")
    trouble = trouble_of(child("wit", "a-key"), recording(tmp_path))
    assert trouble.retryable
    assert str(trouble).startswith("wit: recognition request failed")
    assert "a-key" not in str(trouble)


def test_a_service_that_answers_nonsense_is_trouble(services: PretendServices, child: Child, tmp_path: Path) -> None:
    services.answers = lambda _request: (200, "<html>")
    assert "JSONDecodeError" in str(trouble_of(child("wit", "a-key"), recording(tmp_path)))


def test_a_service_out_of_reach_is_trouble(child: Child, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    assert trouble_of(child("wit", "another-key"), recording(tmp_path)).retryable


def test_speech_that_no_engine_understands_has_no_words(
    services: PretendServices, child: Child, tmp_path: Path
) -> None:
    services.answers = lambda _request: (200, {"_text": None})
    assert child("wit", "a-key").transcribe(recording(tmp_path)) == Transcript("")


def test_words_that_go_round_and_round_stand_once(services: PretendServices, child: Child, tmp_path: Path) -> None:
    services.answers = lambda _request: (200, {"_text": "hello " + "thank you " * 30})
    assert child("wit", "a-key").transcribe(recording(tmp_path)).text == "hello thank you"


@pytest.mark.parametrize("content", [b"", b"<html>not a recording</html>", b"RIFF" + bytes(40)])
def test_what_is_no_recording_is_sent_nowhere(
    services: PretendServices, child: Child, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "recording.wav"
    path.write_bytes(content)
    assert not trouble_of(child("wit", "a-key"), path).retryable
    assert not services.requests


def test_a_recording_without_a_sample_is_sent_nowhere(services: PretendServices, child: Child, tmp_path: Path) -> None:
    assert child("wit", "a-key").transcribe(recording(tmp_path, 0)) == Transcript("")
    assert not services.requests


@pytest.mark.parametrize(
    ("engine", "key", "url", "model"),
    [
        ("openai", "OPENAI_API_KEY", "OPENAI_BASE_URL", "whisper-1"),
        ("groq", "GROQ_API_KEY", "GROQ_BASE_URL", "whisper-large-v3-turbo"),
    ],
)
def test_services_that_speak_as_openai_does_are_given_key_address_model_and_hints(
    child: Child, tmp_path: Path, engine: str, key: str, url: str, model: str
) -> None:
    audio = recording(tmp_path)
    told = given(child(engine, "a-key").transcribe(audio, HINTS))
    assert (told[key], told[url], told["model"], told["language"]) == ("a-key", None, model, "en")
    assert told["prompt"].startswith("Sue Cohen, Łukasz, Somebody Else 0")
    assert len(told["prompt"]) <= 200
    assert (told["begins"], told["size"]) == ("RIFF", 44 + 32_000)
    own = child(engine, url="http://whisper:8000/v1/", model="small")
    told = given(own.transcribe(audio))
    assert (told[key], told[url], told["model"]) == ("none", "http://whisper:8000/v1", "small")
    assert "prompt" not in told


def test_a_packages_own_exception_is_told_by_its_name_and_status(child: Child, tmp_path: Path) -> None:
    trouble = trouble_of(child("openai", "wrong"), recording(tmp_path))
    assert str(trouble) == "openai: Refused (401)"
    assert trouble.retryable


def test_cohere_is_given_its_key_and_language(child: Child, tmp_path: Path) -> None:
    told = given(child("cohere", "a-key", model="another").transcribe(recording(tmp_path)))
    assert (told["CO_API_KEY"], told["language"], told["model"]) == ("a-key", "en", "another")


def test_google_cloud_is_given_a_file_or_finds_its_own_and_is_told_names(child: Child, tmp_path: Path) -> None:
    audio = recording(tmp_path)
    told = given(child("google_cloud", "/run/google.json").transcribe(audio, HINTS[:2]))
    assert (told["path"], told["language_code"], told["begins"]) == ("/run/google.json", "en-GB", "fLaC")
    assert told["speech_contexts"] == [{"phrases": HINTS[:2]}]
    assert given(child("Google-Cloud").transcribe(audio))["path"] is None


def test_openais_own_whisper_is_loaded_once(child: Child, tmp_path: Path) -> None:
    transcriber, audio = child("whisper", model="tiny.en"), recording(tmp_path)
    told = [given(transcriber.transcribe(audio, HINTS[:1])) for _ in range(2)]
    assert [one["loaded"] for one in told] == [1, 1]
    assert (told[0]["language"], told[0]["initial_prompt"], told[0]["samples"]) == ("en", "Sue Cohen", 16_000)


def test_vosk_is_loaded_once_from_the_folder_that_is_set(child: Child, tmp_path: Path) -> None:
    transcriber, audio = child("vosk", model=str(tmp_path)), recording(tmp_path)
    told = [given(transcriber.transcribe(audio)) for _ in range(2)]
    assert told == [{"loaded": 1, "rate": 16_000, "size": 32_000}] * 2


def test_pocketsphinx_is_there_for_whoever_names_it(child: Child, tmp_path: Path) -> None:
    assert child("pocketsphinx").transcribe(recording(tmp_path)).marked == "ring [four?] about your order [32000?]"


@pytest.mark.parametrize(
    ("engine", "model", "says"),
    [
        ("vosk", "nowhere", "needs the folder of a model"),
        ("vosk", "empty", "vosk cannot load"),
        ("whisper", "enormous", "whisper cannot load 'enormous'"),
    ],
)
def test_a_model_that_cannot_be_loaded_is_a_mistake(
    child: Child, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: str, model: str, says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    with pytest.raises(NotReady, match=says) as caught:
        child(engine, model=model).start()
    assert str(caught.value).startswith("PHONEBOT_SPEECH_MODEL: ")
    assert os.linesep not in str(caught.value)
