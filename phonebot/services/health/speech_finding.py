"""What a doctor finds of speech: what puts recordings into words, if anything does."""

from collections.abc import Iterator, Mapping

from phonebot.config import SettingsMistake, load_speech_settings
from phonebot.services.health.findings import Finding, right, wrong
from phonebot.speech.engine import examine
from phonebot.speech.errors import SpeechTrouble


def speech_findings(environ: Mapping[str, str], language: str = "en") -> Iterator[Finding]:
    """Which engine there is, with which model, or why none is to be; nothing is fetched, and no service is asked.

    `language` is the office's, as in en-GB.
    """
    try:
        yield right("speech", examine(load_speech_settings(environ), language))
    except SpeechTrouble as trouble:
        yield wrong("speech", str(trouble))
    except SettingsMistake:
        # The settings' own lines say so already.
        return
