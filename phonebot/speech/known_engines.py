"""The engines of SpeechRecognition's that may be named, beside faster-whisper: what each needs and how it is asked.

Left out are those that cannot serve: Amazon Transcribe, since SpeechRecognition puts each recording where anybody may
fetch it; Lex and API.AI, which are no more; and TensorFlow's, which knows ten words.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, Final

from phonebot.config import SpeechSettings
from phonebot.speech.errors import SpeechTrouble

MOST_HINTED: Final = 200
"""Characters of hints in a prompt: more make an engine hear them where nobody said them."""

Arguments = Callable[[SpeechSettings, str, Sequence[str]], dict[str, Any]]
"""The arguments by their names, from the settings, the language (as in en-GB) and hints, the likeliest first."""


def _none(_settings: SpeechSettings, _language: str, _hints: Sequence[str]) -> dict[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class Known:
    """What an engine is called by SpeechRecognition (`method`) and given, and what it needs.

    `key` says what PHONEBOT_SPEECH_KEY is to hold, where there is one, `module` and `install` what Python package it
    needs and how pip comes by it. `variables` are set in the environment, for packages that look there. `longest` is
    how many seconds of sound it takes at once, and `sent` whether it gets them over the network.
    """

    method: str
    arguments: Arguments = _none
    key: str = ""
    needs_key: bool = True
    needs_region: bool = False
    takes_url: bool = False
    module: str = ""
    install: str = ""
    variables: Callable[[SpeechSettings], Mapping[str, str]] = lambda _settings: {}
    longest: float = math.inf
    sent: bool = True


def key_of(settings: SpeechSettings) -> str:
    """The secret itself; empty where none is set."""
    return settings.speech_key.get_secret_value() if settings.speech_key else ""


def short(language: str) -> str:
    """A language without its country: en for en-GB."""
    return language.partition("-")[0]


def prompt(hints: Sequence[str]) -> str:
    """As many of the hints as may be given in a prompt, the first first."""
    taken = ""
    for hint in hints:
        if len(taken) + len(hint) + 2 <= MOST_HINTED:
            taken += f"{', ' if taken else ''}{hint}"
    return taken


def _google(settings: SpeechSettings, language: str, _hints: Sequence[str]) -> dict[str, Any]:
    # Its own default sends recordings over the network as they are.
    service = settings.speech_url or "https://www.google.com/speech-api/v2/recognize"
    return {"key": key_of(settings), "language": language, "endpoint": service}


def _google_cloud(settings: SpeechSettings, language: str, hints: Sequence[str]) -> dict[str, Any]:
    wanted: dict[str, Any] = {"credentials_json_path": key_of(settings) or None, "language_code": language}
    if settings.speech_model:
        wanted["model"] = settings.speech_model
    return wanted | ({"preferred_phrases": list(hints)} if hints else {})


def _azure(settings: SpeechSettings, language: str, _hints: Sequence[str]) -> dict[str, Any]:
    # It would star out surnames.
    wanted = {"key": key_of(settings), "language": language, "profanity": "raw"}
    return wanted | {"location": settings.speech_region}


def _houndify(settings: SpeechSettings, _language: str, _hints: Sequence[str]) -> dict[str, Any]:
    client, colon, key = key_of(settings).partition(":")
    if not (client and colon and key):
        raise SpeechTrouble(f"PHONEBOT_SPEECH_KEY must be {ENGINES['houndify'].key}", retryable=False)
    return {"client_id": client, "client_key": key}


def _whisper_service(model: str) -> Arguments:
    """How a service is asked that speaks as OpenAI's does; `model` is what it listens with unless another is set."""

    def arguments(settings: SpeechSettings, language: str, hints: Sequence[str]) -> dict[str, Any]:
        wanted = {"model": settings.speech_model or model, "language": short(language)}
        return wanted | ({"prompt": prompt(hints)} if hints else {})

    return arguments


def _cohere(settings: SpeechSettings, language: str, _hints: Sequence[str]) -> dict[str, Any]:
    return {"language": short(language)} | ({"model": settings.speech_model} if settings.speech_model else {})


def _variables(key: str, url: str) -> Callable[[SpeechSettings], Mapping[str, str]]:
    """For packages that take their key and address from variables of these names."""

    def variables(settings: SpeechSettings) -> Mapping[str, str]:
        # Services of one's own often want no key, and these packages always do.
        given = {key: key_of(settings) or ("none" if settings.speech_url else "")}
        return given | ({url: settings.speech_url} if settings.speech_url else {})

    return variables


ENGINES: Final[dict[str, Known]] = {
    "assemblyai": Known("recognize_assemblyai", key="AssemblyAI's API key"),
    "azure": Known("recognize_azure", _azure, key="a key of an Azure Speech resource", needs_region=True, longest=60),
    "cohere": Known(
        "recognize_cohere_api",
        _cohere,
        key="Cohere's API key",
        takes_url=True,
        module="cohere",
        install="cohere-api",
        variables=_variables("CO_API_KEY", "CO_API_URL"),
    ),
    "google": Known("recognize_google", _google, key="a key of Google's Speech API", takes_url=True, longest=50),
    "google-cloud": Known(
        "recognize_google_cloud",
        _google_cloud,
        key="the path of a service account's JSON file",
        needs_key=False,
        module="google.cloud.speech",
        install="google-cloud",
        longest=55,
    ),
    "groq": Known(
        "recognize_groq",
        _whisper_service("whisper-large-v3-turbo"),
        key="Groq's API key",
        takes_url=True,
        module="groq",
        install="groq",
        variables=_variables("GROQ_API_KEY", "GROQ_BASE_URL"),
    ),
    "houndify": Known(
        "recognize_houndify", _houndify, key="Houndify's client ID, a colon, and the client key", longest=60
    ),
    "ibm": Known("recognize_ibm", lambda settings, *_: {"key": key_of(settings)}, key="an API key of Watson's"),
    "openai": Known(
        "recognize_openai",
        _whisper_service("whisper-1"),
        key="OpenAI's API key, or that of the service at PHONEBOT_SPEECH_URL",
        takes_url=True,
        module="openai",
        install="openai",
        variables=_variables("OPENAI_API_KEY", "OPENAI_BASE_URL"),
    ),
    "pocketsphinx": Known("recognize_sphinx", module="pocketsphinx", install="pocketsphinx", sent=False),
    "vosk": Known("recognize_vosk", module="vosk", install="vosk", sent=False),
    "whisper": Known("recognize_whisper", module="whisper", install="whisper-local", sent=False),
    "wit": Known("recognize_wit", lambda settings, *_: {"key": key_of(settings)}, key="Wit.ai's API key", longest=20),
}


def check(name: str, settings: SpeechSettings) -> None:
    """Raise SpeechTrouble, not worth another try, with the one line that says what an engine lacks."""
    known = ENGINES[name]
    if not is_installed("speech_recognition"):
        raise SpeechTrouble(f'{name} is not installed: pip install "phonebot[speech]"', retryable=False)
    if known.module and not is_installed(known.module):
        raise SpeechTrouble(
            f'{name} is not installed: pip install "SpeechRecognition[{known.install}]"', retryable=False
        )
    if known.key and known.needs_key and not key_of(settings) and not (known.takes_url and settings.speech_url):
        raise SpeechTrouble(f"PHONEBOT_SPEECH_KEY is not set: {name} needs {known.key}", retryable=False)
    if known.needs_region and not settings.speech_region:
        raise SpeechTrouble(f"PHONEBOT_SPEECH_REGION is not set: {name} needs the region of its key", retryable=False)
    if settings.speech_url and not known.takes_url:
        raise SpeechTrouble(f"PHONEBOT_SPEECH_URL is set, and {name} goes to no address but its own", retryable=False)
    # What they make of the settings may be a mistake too.
    known.arguments(settings, "en", ())


def is_installed(module: str) -> bool:
    """Whether a module is there to be imported; it is not imported, though the packages around it are."""
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False
