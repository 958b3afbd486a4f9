"""A message: who rang, for whom, what they left, and where it stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from phonebot.domain.window import Part


class State(StrEnum):
    """Where a message stands.

    Not listed: a draft, whose call is not over, and a caller who was put through to somebody and left nothing. The
    states after NEW are those of a message somebody has taken up.
    """

    DRAFT = "draft"
    PUT_THROUGH = "put-through"
    MISSED = "missed"
    NEW = "new"
    CLAIMED = "claimed"
    ATTEMPTED = "attempted"
    HELD = "held"
    JOINED_UNCONFIRMED = "joined-unconfirmed"
    SAID_RETURNED = "said-returned"
    RETURNED = "returned"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Answers:
    """What a caller has given so far; None where nothing was given. Texts are as heard, already made safe to keep.

    `number` is E.164 and only ever one the caller agreed to or gave; `window_said` is when they would like the call,
    and `window_parts` what is meant by it, empty where that was not understood.
    """

    name: str | None = None
    company: str | None = None
    number: str | None = None
    business: str | None = None
    window_said: str | None = None
    window_parts: tuple[Part, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether the caller has given anything at all."""
        return any((self.name, self.company, self.number, self.business, self.window_said))

    def to_json(self) -> dict[str, Any]:
        """The answers by name, as plain data; the window's parts as pairs of ISO 8601 instants."""
        plain: dict[str, Any] = {each.name: getattr(self, each.name) for each in fields(self)}
        return plain | {"window_parts": written(self.window_parts)}

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Self:
        """The answers that to_json wrote."""
        return cls(**{**plain, "window_parts": parts_of(plain.get("window_parts"))})

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


def written(parts: Iterable[Part]) -> list[list[str | None]]:
    """Parts of a window as pairs of ISO 8601 instants, null where open."""
    return [[_iso(part.start), _iso(part.end)] for part in parts]


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def parts_of(plain: Sequence[Sequence[str | None]] | None) -> tuple[Part, ...]:
    """The parts that `written` wrote; none for None."""
    read = [[end and datetime.fromisoformat(end) for end in pair] for pair in plain or ()]
    return tuple(Part(start or None, end or None) for start, end in read)


LISTED = frozenset(set(State) - {State.DRAFT, State.PUT_THROUGH})
"""The states of messages that staff see."""


def state_when_over(answers: Answers, *, recorded: bool, put_through: bool = False) -> State:
    """What a draft becomes when its call is over: a message if anything was given, else a missed call.

    `recorded` is whether the caller recorded anything that holds words, as far as is known by now.
    """
    if answers.anything or recorded:
        return State.NEW
    return State.PUT_THROUGH if put_through else State.MISSED
