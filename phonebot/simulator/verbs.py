"""The verbs of a voice document as plain frozen values: what the strict reader gives and a call follows."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Say:
    """Words spoken `times` over; SSML is already folded into the words."""

    words: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class Play:
    """A sound to fetch by `url`, or keys to sound (`digits`); one of the two is empty."""

    url: str = ""
    digits: str = ""
    times: int = 1


@dataclass(frozen=True, slots=True)
class Pause:
    """Silence, in seconds."""

    seconds: int = 1


@dataclass(frozen=True, slots=True)
class Gather:
    """Listen for keys, speech or both; seconds are whole. `most_keys` 0 means no bound, `finish_key` '' means none."""

    action: str
    method: str = "POST"
    keys: bool = True
    speech: bool = False
    timeout: int = 5
    finish_key: str = "#"
    most_keys: int = 0
    acts_on_nothing: bool = False
    hints: tuple[str, ...] = ()
    prompts: tuple["Say | Play | Pause", ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """Record until a finishing key, `timeout` seconds of silence (0: never) or `longest` seconds."""

    action: str
    method: str = "POST"
    timeout: int = 5
    finish_keys: str = "1234567890*#"
    longest: int = 3600
    beep: bool = True
    status_url: str = ""
    status_method: str = "POST"
    status_events: frozenset[str] = frozenset({"completed"})


@dataclass(frozen=True, slots=True)
class Redirect:
    """Go on with another document."""

    url: str
    method: str = "POST"


@dataclass(frozen=True, slots=True)
class Hangup:
    """End the call."""


@dataclass(frozen=True, slots=True)
class Reject:
    """Do not answer the call at all; the reason is `rejected` or `busy`."""

    reason: str = "rejected"


@dataclass(frozen=True, slots=True)
class Target:
    """One telephone a Dial rings: a number, `client:name` or a SIP address; `whisper` runs on it before joining.

    `detection` is how it is to be told whether a machine answers (Enable, DetectMessageEnd), empty for not at all.
    """

    address: str
    whisper: str = ""
    whisper_method: str = "POST"
    status_url: str = ""
    status_method: str = "POST"
    status_events: frozenset[str] = frozenset({"completed"})
    detection: str = ""
    detection_url: str = ""
    detection_method: str = "POST"


@dataclass(frozen=True, slots=True)
class Dial:
    """Ring the targets at once and join the first that answers; seconds are whole."""

    action: str
    targets: tuple[Target, ...]
    method: str = "POST"
    timeout: int = 30
    longest: int = 14400
    caller_id: str = ""
    star_hangs_up: bool = False
    recorded: bool = False


Verb = Say | Play | Pause | Gather | Record | Redirect | Hangup | Reject | Dial
Document = tuple[Verb, ...]
