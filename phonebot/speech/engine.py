"""The choice of the engine that puts recordings into words, and having it ready, here or in a process of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from phonebot.config import SpeechSettings, load_speech_settings
from phonebot.speech.child import ChildTranscriber, Limits
from phonebot.speech.errors import SpeechTrouble
from phonebot.speech.known_engines import ENGINES, check, is_installed, short
from phonebot.speech.models import (
    Model,
    hears_english_only,
    is_folder,
    mistake,
    model_in,
    model_of_wheel,
    wheel_is_there,
)
from phonebot.speech.transcriber import Transcriber

OFF: Final = "none"
FASTER_WHISPER: Final = "faster-whisper"


@dataclass(frozen=True, slots=True)
class Choice:
    """The engine that the settings choose; none: nothing is put into words. `says` is a line on it for people."""

    engine: str | None
    says: str


def choose(settings: SpeechSettings) -> Choice:
    """The engine's name, found without importing or loading any.

    Raise SpeechTrouble, not worth another try, where the settings name one that cannot be had.
    """
    name = settings.speech.strip().lower().replace("_", "-")
    if name == OFF:
        return Choice(None, "off: PHONEBOT_SPEECH is none; to have one, leave it out or name an engine")
    if settings.speech_url and name in ("", FASTER_WHISPER):
        raise SpeechTrouble(
            f"PHONEBOT_SPEECH_URL is set, and {FASTER_WHISPER} sends nothing anywhere: leave it out, or name the "
            f"engine that is there in PHONEBOT_SPEECH",
            retryable=False,
        )
    if not name and not settings.speech_model:
        missing = _missing()
        if missing:
            return Choice(None, f'off: {missing} is installed; to have one: pip install "phonebot[speech-offline]"')
    name = name or FASTER_WHISPER
    if name == FASTER_WHISPER:
        if not _whisper_is_there():
            raise SpeechTrouble(f'{FASTER_WHISPER} is not installed: pip install "phonebot[speech]"', retryable=False)
        return Choice(name, f"{FASTER_WHISPER}, {settings.speech_model or 'the model from the wheel'}")
    if name not in ENGINES:
        known = ", ".join(sorted([FASTER_WHISPER, OFF, *ENGINES]))
        raise SpeechTrouble(
            f"PHONEBOT_SPEECH: {settings.speech[:40]!r} is no engine; it may be {known}", retryable=False
        )
    check(name, settings)
    return Choice(name, f"{name}: each recording is sent to {_place(name, settings)}" if ENGINES[name].sent else name)


def examine(settings: SpeechSettings, language: str = "en") -> str:
    """A line on what there is, the model looked at as well; raise SpeechTrouble where it cannot be had.

    Nor can a model that lacks the language, which is as in en-GB.
    """
    choice = choose(settings)
    if choice.engine != FASTER_WHISPER:
        return choice.says
    model = _model(settings.speech_model, fetch=False)
    if short(language) != "en" and hears_english_only(model.says, model.folder):
        raise mistake(f"{FASTER_WHISPER}, {model.says}, hears English only, and the office speaks {language}")
    return f"{FASTER_WHISPER}, {model.says}{'' if model.folder else ', which is fetched when it is first needed'}"


def transcriber_for(settings: SpeechSettings, language: str = "en") -> Transcriber | None:
    """The engine in this very process, loaded, its model fetched; None where there is to be none.

    `language` is as in en-GB. Raise SpeechTrouble with one line that says what to do.
    """
    name = choose(settings).engine
    if name == FASTER_WHISPER:
        model = _model(settings.speech_model, fetch=True)
        assert model.folder is not None
        from phonebot.speech.whisper import WhisperTranscriber  # noqa: PLC0415 - heavy; and reads what was just set

        return WhisperTranscriber(model.folder, short(language))
    if name is not None:
        from phonebot.speech.recognisers import Recogniser  # noqa: PLC0415 - heavy, and an extra

        return Recogniser(name, settings, language)
    return None


def child_for(settings: SpeechSettings, language: str = "en", limits: Limits | None = None) -> ChildTranscriber | None:
    """The engine in a process of its own, not started yet; None where there is to be none. Raise SpeechTrouble."""
    if choose(settings).engine is None:
        return None
    arguments = {"environ": settings.speech_environ, "language": language}
    return ChildTranscriber("phonebot.speech.engine:of_environ", arguments, limits)


def of_environ(environ: Mapping[str, str], language: str) -> Transcriber:
    """What the process of its own makes, from the variables that it is given. Raise SpeechTrouble."""
    transcriber = transcriber_for(load_speech_settings(environ), language)
    if transcriber is None:
        raise SpeechTrouble("no engine is there any more", retryable=False)
    return transcriber


def _model(wanted: str, *, fetch: bool) -> Model:
    """The model meant by PHONEBOT_SPEECH_MODEL, where nothing means the wheel's. Raise SpeechTrouble."""
    if not wanted:
        return model_of_wheel()
    if is_folder(wanted):
        return model_in(wanted)
    from phonebot.speech import hub  # noqa: PLC0415 - heavy, and an extra

    return hub.fetched(wanted) if fetch else hub.found(wanted)


def _whisper_is_there() -> bool:
    return is_installed("speech_recognition") and is_installed("faster_whisper")


def _missing() -> str:
    """What faster-whisper with a model at hand lacks; empty: nothing."""
    if not _whisper_is_there():
        return "no engine"
    return "" if wheel_is_there() else "no model"


def _place(name: str, settings: SpeechSettings) -> str:
    return settings.speech_url or name
