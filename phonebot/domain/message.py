"""A message: who rang, for whom, what they left, and where it stands."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

class State(StrEnum):
    """Where a message stands.

    Not listed: a draft, whose call is not over, and a caller who was put through to somebody and left nothing.
    """

    DRAFT = "draft"
    PUT_THROUGH = "put-through"
    MISSED = "missed"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Answers:
    """What a caller has given so far; None where nothing was given. Texts are as heard, already made safe to keep.

    `number` is E.164 and only ever one the caller agreed to or gave; `window_said` is when they would like the call.
    """

    name: str | None = None
    company: str | None = None
    number: str | None = None
    business: str | None = None
    window_said: str | None = None

    @property
    def anything(self) -> bool:
        """Whether the caller has given anything at all."""
        return any((self.name, self.company, self.number, self.business, self.window_said))

    @property
    def complete(self) -> bool:
        """Whether everything the form asks for has been given."""
        return all((self.name, self.number, self.business, self.window_said))


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it is kept. `mailbox` is a person's id or RECEPTION; instants are aware UTC."""

    ref: str
    call_sid: str
    mailbox: str
    state: State
    complete: bool
    received_at: datetime
    caller_id: str | None
    answers: Answers


LISTED = frozenset(set(State) - {State.DRAFT, State.PUT_THROUGH})
"""The states of messages that staff see."""


def state_when_over(answers: Answers, *, spoken_seconds: float, put_through: bool = False) -> State:
    """What a draft becomes when its call is over: a message if anything was given, else a missed call.

    `spoken_seconds` is the length of what was recorded; a second or less holds no words.
    """
    if answers.anything or spoken_seconds > 1:
        return State.NEW
    return State.PUT_THROUGH if put_through else State.MISSED
