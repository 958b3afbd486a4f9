"""What a person on the telephone can do (acts), and what a call can be waiting for (waits)."""

from dataclasses import dataclass

from phonebot.simulator.verbs import Dial, Gather, Record


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys pressed one after another; `at_once` interrupts what is being said."""

    keys: str
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class Speech:
    """Words spoken; `confidence` from 0 to 1, or None to leave the parameter out."""

    words: str
    confidence: float | None = 0.9
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing, for as long as the line is ready to wait."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recording: its sound (a WAV file), its length in seconds, and what ended it: a key, `hangup` or `silence`."""

    wav: bytes
    seconds: float
    then: str


@dataclass(frozen=True, slots=True)
class HangUp:
    """The person hangs up."""


@dataclass(frozen=True, slots=True)
class Patience:
    """The person stays on the line and lets a Dial take its course."""


@dataclass(frozen=True, slots=True)
class Talk:
    """The person talks for so many seconds on a joined call, and stays on it."""

    seconds: float


Act = Keys | Speech | Silence | Recorded | HangUp | Patience | Talk


@dataclass(frozen=True, slots=True)
class Listening:
    """The call listens for keys or words."""

    gather: Gather


@dataclass(frozen=True, slots=True)
class Recording:
    """The tone has sounded (or is about to) and the call records."""

    record: Record


@dataclass(frozen=True, slots=True)
class Ringing:
    """The call rings other telephones."""

    dial: Dial


@dataclass(frozen=True, slots=True)
class Joined:
    """Two telephones are joined and talk."""

    dial: Dial


Wait = Listening | Recording | Ringing | Joined


@dataclass(frozen=True, slots=True)
class Next:
    """The document to follow next, with the parameters that the last verb adds to the request."""

    url: str
    method: str = "POST"
    parameters: tuple[tuple[str, str], ...] = ()


class HungUp(Exception):
    """The person hung up while the call was waiting for them."""


class TimeUp(HungUp):
    """The call has lasted as long as the app allowed when it created it, and the network ends it."""


class LineDropped(Exception):
    """Neither the URL nor its fallback gave a document to follow: the network apologises and ends the call."""
