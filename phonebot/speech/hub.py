"""Models by name: fetched from Hugging Face's hub the first time, and found on the disk after that."""

import re
import sys
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from faster_whisper.utils import _MODELS  # It has no public word for where its names lead.
from huggingface_hub import snapshot_download
from huggingface_hub.errors import LocalEntryNotFoundError, RepositoryNotFoundError
from huggingface_hub.utils.tqdm import disable_progress_bars

from phonebot.speech.errors import SpeechTrouble
from phonebot.speech.models import NEEDED, Model, missing_in, mistake, sha256_of

FETCHED: Final = [*NEEDED, "preprocessor_config.json", "vocabulary.*"]
"""What faster-whisper itself fetches of a model."""

TRIES: Final = 3
"""How often a fetch is begun; what has come already does not come again."""

OWNED: Final = re.compile(r"[\w-][\w.-]*/[\w-][\w.-]*")
"""A place at the hub, as in Systran/faster-whisper-small.en."""


def found(name: str) -> Model:
    """The model of a name, without its folder where it was not fetched yet; the network is not asked.

    Raise SpeechTrouble, not worth another try, where it can be no model's name.
    """
    place = _place_of(name)
    try:
        folder = Path(snapshot_download(place, allow_patterns=FETCHED, local_files_only=True))
    except LocalEntryNotFoundError:
        return Model(name, None)
    return Model(name, None if missing_in(folder) else folder)


def fetched(name: str) -> Model:
    """The model of a name, fetched unless it was before, with a bar of progress where standard error is a terminal.

    Raise SpeechTrouble where that cannot be done; what comes damaged is fetched again first.
    """
    model, troubles = found(name), []
    if model.folder is not None:
        return model
    if not sys.stderr.isatty():
        disable_progress_bars()
    for _ in range(TRIES):
        try:
            folder = Path(snapshot_download(_place_of(name), allow_patterns=FETCHED))
        except Exception as error:  # Each version of the hub's library lets others of its network's own through.
            troubles.append(_why(name, error))
            if not troubles[-1].retryable:
                break
            continue
        if missing := missing_in(folder):
            raise mistake(f"{name} has no {missing}: it is no model that faster-whisper can load")
        whole = [_is_whole(folder / file) for file in NEEDED]
        if all(whole):
            return Model(name, folder)
        troubles.append(SpeechTrouble(f"the model {name} came damaged over the network"))
    raise troubles[-1]


def _place_of(name: str) -> str:
    """Where a model is at the hub. Raise SpeechTrouble."""
    if name in _MODELS:
        return str(_MODELS[name])
    if OWNED.fullmatch(name):
        return name
    like = ", ".join(get_close_matches(name, _MODELS, n=3, cutoff=0))
    raise mistake(f"{name[:80]!r} is no folder, and no model that faster-whisper knows, such as {like}")


def _why(name: str, error: Exception) -> SpeechTrouble:
    """What a failed fetch means, in a line. A model that nobody may fetch will not be there the next time."""
    if isinstance(error, RepositoryNotFoundError):
        return mistake(f"{name} is no folder, and no model that anybody may fetch")
    if isinstance(error, LocalEntryNotFoundError):
        return SpeechTrouble(
            f"the model {name} is not here yet, and the hub is out of reach: fetch it elsewhere, and name its folder "
            f"in PHONEBOT_SPEECH_MODEL"
        )
    reason = error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__
    return SpeechTrouble(f"the model {name} could not be fetched: {reason}")


def _is_whole(file: Path) -> bool:
    """Whether a big file is what its name in the hub's store says, which is its hash; if not, it is taken away."""
    try:
        stored = file.parent / file.readlink()
    except OSError:
        # Where the hub's library makes no links, it keeps no hash either.
        return True
    if not re.fullmatch(r"[0-9a-f]{64}", stored.name) or sha256_of(stored) == stored.name:
        return True
    stored.unlink()
    file.unlink()
    return False
