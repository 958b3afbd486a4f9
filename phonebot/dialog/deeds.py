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


@dataclass(frozen=True, slots=True)
class VerdictAsked:
    """The caller is asked in this turn whether they were got back to. It is asked once, answered or not."""


@dataclass(frozen=True, slots=True)
class VerdictGiven:
    """The caller's own word on whether they were got back to."""

    reached: bool


@dataclass(frozen=True, slots=True)
class TextsAnswered:
    """Whether the caller lets us text the number they ring from; `prompts` are the words they were asked in.

    Silence and words not understood are a no.
    """

    agreed: bool
    prompts: tuple[Prompt, ...]


Deed = NoticeGiven | RecordingReplaced | Told | VerdictAsked | VerdictGiven | TextsAnswered
