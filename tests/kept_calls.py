"""The kept conversations of tests/calls: the words in *.call files, and in setting.toml what stands around each."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from phonebot.services.office.statuses import Note, set_status
from phonebot.simulator import Phone
from phonebot.simulator.script import Conversation, Replay, read_conversation, replay
from tests.offices import OFFICE_LINE, SUE_LINE, TOM_LINE
from tests.running import Phonebot

FOLDER = Path(__file__).parent / "calls"

HABITS: Mapping[str, Callable[[Phone], Phone]] = {
    "answers": lambda phone: phone.answers("1"),
    "voicemail": lambda phone: phone.voicemail(45),
    "rings out": lambda phone: phone.rings_out(),
    "busy": lambda phone: phone.busy(),
}
"""What a telephone of a kept conversation may do."""


@dataclass(frozen=True)
class Setting:
    """What stands around a kept conversation: statuses by person, telephones by number, and what the caller leaves.

    A status is its text as a person would write it, set an hour before the call.
    """

    statuses: Mapping[str, str] = field(default_factory=dict)
    phones: Mapping[str, str] = field(default_factory=dict)
    leaves: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class KeptCall:
    """A kept conversation with its setting, and the file it is kept in."""

    path: Path
    conversation: Conversation
    setting: Setting

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.path.stem


def kept_calls() -> list[KeptCall]:
    """Every kept conversation, by name; KeyError for a setting of a conversation that is not there."""
    settings = tomllib.loads((FOLDER / "setting.toml").read_text(encoding="utf-8"))
    paths = {path.stem: path for path in sorted(FOLDER.glob("*.call"))}
    if strays := settings.keys() - paths.keys():
        raise KeyError(f"settings without a conversation: {', '.join(sorted(strays))}")
    return [
        KeptCall(path, read_conversation(path.read_text(encoding="utf-8")), Setting(**settings.get(name, {})))
        for name, path in paths.items()
    ]


def replayed(phonebot: Phonebot, kept: KeptCall) -> Replay:
    """Have a kept conversation again, at its own instant and in its own setting."""
    at = kept.conversation.at
    phonebot.clock.now = at
    phonebot.clock.goes_on(hours=-1)
    for person, note in kept.setting.statuses.items():
        set_status(phonebot.database, person, Note(note), phonebot.clock.now)
    phonebot.clock.now = at
    phonebot.network.lines |= {SUE_LINE, OFFICE_LINE, TOM_LINE}
    for number, habit in kept.setting.phones.items():
        HABITS[habit](phonebot.network.phone(number))
    return replay(kept.conversation, phonebot.network)
