"""A call in progress as one plain value that is stored between webhooks."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Self

from phonebot.domain.message import Answers, parts_of, written
from phonebot.domain.office import RECEPTION
from phonebot.domain.window import Part


@dataclass(frozen=True, slots=True)
class Proposal:
    """A time put to the caller as a question: the words to keep if they agree, the parts meant, and how it is said.

    `why` is why their own time cannot be had (phonebot.domain.window_fit.Misfit), or empty where it is only read back.
    """

    said: str
    parts: tuple[Part, ...]
    spoken: str
    why: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain data for the database."""
        return {"said": self.said, "parts": written(self.parts), "spoken": self.spoken, "why": self.why}

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Self:
        """The proposal that to_json wrote."""
        return cls(**{**plain, "parts": parts_of(plain["parts"])})


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Where the call stands.

    `state` is the flow state that waits; `person` the one the caller rang; `mailbox` whose message this is by now.
    `visits` and `failures` count how often each listening state was entered, and answered with nothing usable.
    `offered` is a number read out and not yet agreed to; `declined` is set by a no to the number they ring from;
    `proposed` is a time put to them.
    `people_offered` are the ids of those the caller was asked to choose from, in the order of their keys;
    `people_refused` of those they have said no to, who are not offered again.
    `revising` is set while a field is asked again from the summing-up, and `changed` is the field last changed.
    `recording` is the message recording that counts, `waits` how often the caller was asked to hold on for it.
    `connected` is set once somebody has taken the call. `asks_verdict` and `offers_texts` are the facts of the first
    turn: what may be asked in this call, if it comes to it.
    """

    state: str = "line.start"
    turn: int = -1
    person: str | None = None
    mailbox: str = RECEPTION
    answers: Answers = field(default_factory=Answers)
    visits: Mapping[str, int] = field(default_factory=dict)
    failures: Mapping[str, int] = field(default_factory=dict)
    away_heard: tuple[str, ...] = ()
    notice_given: bool = False
    operator_rung: bool = False
    revising: bool = False
    changed: str | None = None
    offered: str | None = None
    declined: bool = False
    proposed: Proposal | None = None
    people_offered: tuple[str, ...] = ()
    people_refused: tuple[str, ...] = ()
    recording: str | None = None
    name_recording: str | None = None
    waits: int = 0
    connected: bool = False
    asks_verdict: bool = False
    offers_texts: bool = False

    @property
    def anything_given(self) -> bool:
        """Whether the caller has left anything at all: an answer or a recording."""
        return self.answers.anything or self.recording is not None or self.name_recording is not None

    def entering(self, state: str) -> Self:
        """The same call, one visit further on in `state`."""
        return replace(self, state=state, visits={**self.visits, state: self.visits.get(state, 0) + 1})

    def failing(self) -> Self:
        """The same call after its waiting state was answered with silence or something unusable."""
        return replace(self, failures={**self.failures, self.state: self.failures.get(self.state, 0) + 1})

    def to_json(self) -> dict[str, Any]:
        """Plain data for the database."""
        # dataclasses.asdict copies deeply, and a caller would wait for it.
        plain = {each.name: getattr(self, each.name) for each in fields(self)}
        proposed = self.proposed.to_json() if self.proposed else None
        return plain | {"answers": self.answers.to_json(), "proposed": proposed}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The dialogue that to_json wrote, now or before a key was added."""
        plain = dict(data)
        plain["answers"] = Answers.from_json(plain["answers"])
        plain["proposed"] = Proposal.from_json(plain["proposed"]) if plain.get("proposed") else None
        for name in ("away_heard", "people_offered", "people_refused"):
            plain[name] = tuple(plain.get(name, ()))
        return cls(**plain)
