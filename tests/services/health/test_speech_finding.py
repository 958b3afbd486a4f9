"""The doctor says what puts recordings into words, and what to do where that cannot be had."""

from pathlib import Path

import pytest

from phonebot.services.health.findings import Finding
from phonebot.services.health.speech_finding import speech_findings


@pytest.fixture(autouse=True)
def _own_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    # What looks for a model on the disk sets it for good.
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")


def found(**environ: str) -> Finding:
    (finding,) = speech_findings(environ)
    assert "\n" not in finding.says
    return finding


def test_the_engine_and_its_model_are_named() -> None:
    assert found() == Finding("speech", True, "faster-whisper, tiny.en from the wheel")


def test_no_transcripts_are_well_too() -> None:
    finding = found(PHONEBOT_SPEECH="none")
    assert finding.ok
    assert finding.says.startswith("off:")


def test_a_service_that_gets_recordings_is_named() -> None:
    finding = found(PHONEBOT_SPEECH="wit", PHONEBOT_SPEECH_KEY="a-key")
    assert finding.ok
    assert "sent to wit" in finding.says
    assert "a-key" not in finding.says


@pytest.mark.parametrize(
    ("environ", "names"),
    [
        ({"PHONEBOT_SPEECH": "wit"}, "PHONEBOT_SPEECH_KEY"),
        ({"PHONEBOT_SPEECH": "siri"}, "PHONEBOT_SPEECH:"),
        ({"PHONEBOT_SPEECH_MODEL": str(Path(__file__).parent)}, "model.bin"),
    ],
)
def test_what_cannot_be_had_is_wrong(environ: dict[str, str], names: str) -> None:
    finding = found(**environ)
    assert not finding.ok
    assert names in finding.says


def test_a_model_without_the_offices_language_is_wrong() -> None:
    (finding,) = speech_findings({}, "de-DE")
    assert not finding.ok
    assert "English only" in finding.says
    assert list(speech_findings({}, "en-GB")) == [found()]


def test_a_setting_that_cannot_be_read_is_the_settings_own_finding() -> None:
    assert list(speech_findings({"PHONEBOT_SPEECH_REGION": "west europe"})) == []
