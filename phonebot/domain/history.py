"""What has happened to a message, event by event, where it stands by that, and what may happen next."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from phonebot.domain.callback import Evidence, Outcome
from phonebot.domain.message import State
from phonebot.domain.office import RECEPTION

CALLER: Final = "caller"
"""Who did it, where that is the caller. Staff are named by their ids, phonebot itself as commitment.PHONEBOT."""

FEWEST_TRIES: Final = 3
"""Tries that must be on record before anybody may close a message as unreachable."""


class EventKind(StrEnum):
    """What may happen to a message. An event's `detail` holds ids, words of these enums, and numbers; nobody's words.

    RECEIVED and WEIGHED: `left`, a State: what the call left, first and as its recordings are heard. PASSED: `to`.
    CLAIMED: `until`, and `attempt` where it is dialled. ATTEMPTED: `attempt`, `outcome`, `evidence`, `holding`; again
    as more becomes known. ACCEPTED, SLIPPED and TOLD: `commitment`. HOLDING_ASKED: `commitment`, and `of`, who is
    to ring the caller on its owner's behalf. VERDICT: `reached`. SETTLED: `how`, a State.
    """

    RECEIVED = "received"
    WEIGHED = "weighed"
    DELIVERED = "delivered"
    HEARD = "heard"
    CLAIMED = "claimed"
    RELEASED = "released"
    PASSED = "passed"
    ACCEPTED = "accepted"
    ATTEMPTED = "attempted"
    SAID = "said"
    SLIPPED = "slipped"
    TOLD = "told"
    HOLDING_ASKED = "holding-asked"
    ASKED = "asked"
    VERDICT = "verdict"
    SETTLED = "settled"
    RECORDING_FETCHED = "recording-fetched"
    RECORDING_REFUSED = "recording-refused"
    RECORDING_WANTED_AGAIN = "recording-wanted-again"
    RECORDING_DELETED = "recording-deleted"
    FORGOTTEN = "forgotten"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, at an aware instant. `by` is a person's id, PHONEBOT or CALLER."""

    kind: EventKind
    at: datetime
    by: str
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody has the message in hand until that instant; `attempt` is the try they make, or None for none yet."""

    by: str
    until: datetime
    attempt: int | None = None


@dataclass(frozen=True, slots=True)
class Tried:
    """One try as it is known by now."""

    by: str
    at: datetime
    outcome: Outcome | None
    evidence: Evidence
    holding: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a message stands: its history folded up.

    `owner` owes it: a person's id or RECEPTION. `said_by` is who said it was returned, while no later try is known;
    `verdict` what the caller said last, and `denied_at` when they said that nobody had got back to them. `settled_at`
    is when it was settled, or found to be owed to nobody; `settled_as` as which State.
    """

    owner: str
    left: State = State.DRAFT
    claim: Claim | None = None
    acceptor: str | None = None
    tries: Mapping[int, Tried] = field(default_factory=dict)
    passed_by: str | None = None
    said_by: str | None = None
    asked_at: datetime | None = None
    verdict: bool | None = None
    denied_at: datetime | None = None
    settled_at: datetime | None = None
    settled_as: State | None = None
    slips: int = 0

    @property
    def state(self) -> State:
        """The strongest state that the evidence supports; a claim is shown while it lasts."""
        if self.left is not State.NEW:
            return self.left
        if self.settled_as is not None:
            return self.settled_as
        if self.claim is not None:
            return State.CLAIMED
        return State.REOPENED if self.verdict is False else self._by_tries()

    def _by_tries(self) -> State:
        if self.said_by is not None:
            return State.SAID_RETURNED
        mine = [tried for tried in self.tries.values() if not tried.holding]
        if any(tried.outcome is Outcome.JOINED and tried.evidence >= Evidence.JOINED for tried in mine):
            return State.JOINED_UNCONFIRMED
        held = any(
            tried.holding and tried.outcome in {Outcome.REACHED, Outcome.JOINED} for tried in self.tries.values()
        )
        if held:
            return State.HELD
        return State.ATTEMPTED if any(tried.outcome for tried in self.tries.values()) else State.NEW

    @property
    def owed(self) -> bool:
        """Whether somebody still owes the caller a call."""
        return self.left is State.NEW and self.settled_as is None

    @property
    def reached(self) -> Tried | None:
        """The first try that proves by itself that the caller was reached, and was not denied by them since."""
        proofs = [
            tried
            for tried in self.tries.values()
            if tried.evidence.settles and not tried.holding and (self.denied_at is None or tried.at > self.denied_at)
        ]
        return min(proofs, key=lambda tried: tried.at, default=None)

    @property
    def evidence(self) -> Evidence:
        """The strongest evidence there is that the caller was reached by whoever owes it."""
        if self.verdict:
            return Evidence.CALLER
        said = Evidence.SAID if self.said_by else Evidence.NONE
        return max((said, *(tried.evidence for tried in self.tries.values() if not tried.holding)))

    def holding(self, by: str) -> bool:
        """Whether a call by that person is on behalf of whoever owes it, and so settles nothing."""
        return by not in {self.owner, self.acceptor} and self.owner != RECEPTION


def standing_of(events: Iterable[Event], mailbox: str) -> Standing:
    """Fold a history, oldest first, into where the message stands. `mailbox` is whose it was to begin with."""
    standing = Standing(owner=mailbox)
    for event in events:
        standing = after(standing, event)
    return standing


def after(standing: Standing, event: Event) -> Standing:
    """The standing once the event has happened. It is taken as it is: `refusal` says what may happen."""
    follow = _FOLLOWED_BY.get(event.kind)
    return standing if follow is None else follow(standing, event)


def _left(standing: Standing, event: Event) -> Standing:
    left = State(event.detail["left"])
    # A missed call is owed to nobody, and so it is settled as soon as it is known for one.
    return replace(standing, left=left, settled_at=None if left is State.NEW else event.at)


def _claimed(standing: Standing, event: Event) -> Standing:
    until = datetime.fromisoformat(event.detail["until"])
    return replace(standing, claim=Claim(event.by, until, event.detail.get("attempt")))


def _released(standing: Standing, event: Event) -> Standing:
    return replace(standing, claim=None)


def _passed(standing: Standing, event: Event) -> Standing:
    return replace(standing, owner=event.detail["to"], passed_by=event.by)


def _accepted(standing: Standing, event: Event) -> Standing:
    return replace(standing, acceptor=event.by)


def _attempted(standing: Standing, event: Event) -> Standing:
    number, outcome = event.detail["attempt"], event.detail.get("outcome")
    before = standing.tries.get(number)
    tried = Tried(
        by=event.by,
        at=before.at if before else event.at,
        outcome=Outcome(outcome) if outcome else None,
        evidence=Evidence[event.detail["evidence"].upper()],
        holding=bool(event.detail.get("holding")),
    )
    # A new try takes back the word that there was no need of one.
    said_by = standing.said_by if before else None
    standing = replace(standing, tries={**standing.tries, number: tried}, said_by=said_by)
    if tried.outcome is not None and standing.claim is not None and standing.claim.attempt == number:
        standing = replace(standing, claim=None)
    return _weighed(standing, event.at)


def _weighed(standing: Standing, at: datetime) -> Standing:
    """Settled by what the tries prove. What is learnt late may take a proof away again: then it is owed once more."""
    proved = standing.reached is not None
    if proved and standing.owed:
        return _settled_as(standing, State.RETURNED, at)
    if not proved and standing.settled_as is State.RETURNED and not standing.verdict:
        return replace(standing, settled_as=None, settled_at=None)
    return standing


def _said(standing: Standing, event: Event) -> Standing:
    return replace(standing, said_by=event.by, claim=None)


def _slipped(standing: Standing, event: Event) -> Standing:
    return replace(standing, slips=standing.slips + 1, acceptor=None)


def _asked(standing: Standing, event: Event) -> Standing:
    return replace(standing, asked_at=standing.asked_at or event.at)


def _verdict(standing: Standing, event: Event) -> Standing:
    if event.detail["reached"]:
        return _settled_as(replace(standing, verdict=True), State.RETURNED, standing.settled_at or event.at)
    return replace(
        standing, verdict=False, denied_at=event.at, settled_at=None, settled_as=None, said_by=None, acceptor=None
    )


def _settled(standing: Standing, event: Event) -> Standing:
    return _settled_as(standing, State(event.detail["how"]), event.at)


def _settled_as(standing: Standing, how: State, at: datetime) -> Standing:
    return replace(standing, settled_as=how, settled_at=at, claim=None)


_FOLLOWED_BY: Final[Mapping[EventKind, Callable[[Standing, Event], Standing]]] = {
    EventKind.RECEIVED: _left,
    EventKind.WEIGHED: _left,
    EventKind.CLAIMED: _claimed,
    EventKind.RELEASED: _released,
    EventKind.PASSED: _passed,
    EventKind.ACCEPTED: _accepted,
    EventKind.ATTEMPTED: _attempted,
    EventKind.SAID: _said,
    EventKind.SLIPPED: _slipped,
    EventKind.ASKED: _asked,
    EventKind.VERDICT: _verdict,
    EventKind.SETTLED: _settled,
}
"""What each event changes. Those that are not here are on record and change nothing."""
