"""What the engine answers: things to say, then one thing to wait for. Telephony turns it into TwiML."""

from dataclasses import dataclass

from phonebot.domain.recording import Purpose
from phonebot.domain.spoken import Prompt


@dataclass(frozen=True, slots=True)
class Pause:
    """A silence, in seconds."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Playback:
    """A recording played back to the caller who left it."""

    recording_sid: str


Utterance = Prompt | Pause | Playback


@dataclass(frozen=True, slots=True)
class Listen:
    """Wait for keys or speech. With `one_key` a single key acts at once; without, hash or a pause ends them."""

    field: str
    speech: bool = True
    one_key: bool = True
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """Wait for a recording after a tone, `max_seconds` at most; any key of `ends_on` ends it."""

    purpose: Purpose
    max_seconds: int
    ends_on: str


@dataclass(frozen=True, slots=True)
class Transfer:
    """Ring a phone (E.164) for so many seconds and join the caller if whoever answers presses 1.

    `whom` is the id of the person rung, or RECEPTION; `shows_line` puts the line's own number on the display because
    the caller withheld theirs.
    """

    whom: str
    phone: str
    seconds: int
    shows_line: bool


@dataclass(frozen=True, slots=True)
class ComeBack:
    """Nothing to wait for: ask for the next turn at once."""


@dataclass(frozen=True, slots=True)
class HangUp:
    """The call is over."""


@dataclass(frozen=True, slots=True)
class Reject:
    """The call is not answered at all: the caller's network gives a busy tone."""


Wait = Listen | Record | Transfer | ComeBack | HangUp | Reject


@dataclass(frozen=True, slots=True)
class Turn:
    """One answer to one webhook."""

    said: tuple[Utterance, ...]
    wait: Wait
