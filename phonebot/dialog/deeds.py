"""What a turn asks to have done. The engine only names deeds; services turn them into rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from phonebot.domain.commitment import Basis
from phonebot.domain.spoken import Prompt


@dataclass(frozen=True, slots=True)
class NoticeGiven:
    """The recording notice is part of this turn; its id and version are stored with the call."""

    prompt: str


@dataclass(frozen=True, slots=True)
class RecordingReplaced:
    """The caller recorded again: the earlier recording goes once the later one is here."""

    before: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the caller is told to expect in this turn, to be kept as a commitment in the exact words.

    `due` is aware, and `rests_on` names what it stands upon; phonebot.domain.commitment says what the rest mean.
    """

    prompts: tuple[Prompt, ...]
    basis: Basis
    owner: str
    due: datetime
    rests_on: Mapping[str, str]


Deed = NoticeGiven | RecordingReplaced | Told
