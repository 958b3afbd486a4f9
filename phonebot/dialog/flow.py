"""What a flow is made of: states as small frozen values, one class a kind of state."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from phonebot.domain.recording import Purpose


@dataclass(frozen=True, slots=True)
class Say:
    """Speak prompts, wait `pause` seconds, do deeds, go on."""

    prompts: tuple[str, ...]
    then: str
    pause: int = 0
    deeds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Away:
    """Speak the away message of the person rung, or the office's greeting."""

    whose: str
    then: str


@dataclass(frozen=True, slots=True)
class Ask:
    """Listen for a field. Silence, words not understood and wrong keys have prompts of their own, tapered by try.

    After `tries` failures the caller goes on to `exhausted`. `on` maps the field's outcomes to states; `revised`, where
    given, takes the place of them when the field is asked anew from the summing-up. `keys` act at once. Where there is
    a `silent`, silence leads there at once instead of being asked again. `deeds` are done as the question is put.
    """

    field: str
    prompts: tuple[str, ...]
    noinput: tuple[str, ...]
    nomatch: tuple[str, ...]
    wrongkey: tuple[str, ...]
    tries: int
    on: Mapping[str, str]
    exhausted: str
    revised: str | None
    keys: Mapping[str, str]
    silent: str | None = None
    deeds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """Record after a tone. A key of `keys` goes elsewhere with the recording kept; `silent` is where nothing came."""

    purpose: Purpose
    prompts: tuple[str, ...]
    seconds: int
    recorded: str
    silent: str
    keys: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Transfer:
    """Ring the person or the operator; `nobody` is where the caller goes when nobody accepts."""

    target: str
    accepted: str
    nobody: str


@dataclass(frozen=True, slots=True)
class Choose:
    """Go where a fact says."""

    fact: str
    when: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Play:
    """Play the caller's recording back to them."""

    then: str


@dataclass(frozen=True, slots=True)
class ComeBack:
    """Let the telephone network ask again at once, so that a wait never holds a webhook."""

    to: str


@dataclass(frozen=True, slots=True)
class Goodbye:
    """Say goodbye, telling what becomes of the message."""

    then: str


@dataclass(frozen=True, slots=True)
class HangUp:
    """The end of the call."""


@dataclass(frozen=True, slots=True)
class Reject:
    """The call is not answered."""


State = Say | Away | Ask | Record | Transfer | Choose | Play | ComeBack | Goodbye | HangUp | Reject
Listening = Ask | Record | Transfer


@dataclass(frozen=True, slots=True)
class Script:
    """All flows together. Keys are `flow.state`; targets inside states are written out in full likewise.

    `needs` says for each prompt which values it is spoken with. Every call begins at `start`; one that goes on for too
    long is taken to `wind_up`.
    """

    states: Mapping[str, State]
    needs: Mapping[str, Collection[str]]
    start: str = "line.start"
    wind_up: str = "talk.empty"

    def targets(self, name: str) -> tuple[str, ...]:
        """Every state that can follow the named one."""
        match self.states[name]:
            case Say(then=then) | Away(then=then) | Play(then=then) | Goodbye(then=then):
                return (then,)
            case Ask() as ask:
                perhaps = filter(None, (ask.revised, ask.silent))
                return (*ask.on.values(), ask.exhausted, *perhaps, *ask.keys.values())
            case Record() as record:
                return (record.recorded, record.silent, *record.keys.values())
            case Transfer(accepted=accepted, nobody=nobody):
                return (accepted, nobody)
            case Choose(when=when):
                return tuple(when.values())
            case ComeBack(to=to):
                return (to,)
            case HangUp() | Reject():
                return ()
