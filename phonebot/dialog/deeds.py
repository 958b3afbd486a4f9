"""What a turn asks to have done. The engine only names deeds; services turn them into rows."""

from dataclasses import dataclass

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
    """What the caller was told about their message, to be kept in the exact words."""

    prompts: tuple[Prompt, ...]


Deed = NoticeGiven | RecordingReplaced | Told
