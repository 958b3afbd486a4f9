"""The record: how many messages were taken and really returned, how fast, and which promises were kept."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby

from phonebot.domain.message import State
from phonebot.domain.window import Part


class Kept(StrEnum):
    """How a promise has turned out. RELEASED: its message was settled, or it was replaced, before it was due."""

    KEPT = "kept"
    SLIPPED_BUT_TOLD = "slipped-but-told"
    BROKEN = "broken"
    OPEN = "open"
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class Promise:
    """A call that somebody took on. Instants are aware; `due` is the last at which it is kept.

    `told_slip_at` is when the caller was told that it would not be, and `closed_at` when it ended without a call.
    """

    due: datetime
    kept_at: datetime | None = None
    told_slip_at: datetime | None = None
    closed_at: datetime | None = None

    def outcome(self, now: datetime) -> Kept:
        """How it has turned out by that aware instant. Late is a slip, whatever came of it; told after is not told."""
        if self.kept_at is not None and self.kept_at <= self.due:
            return Kept.KEPT
        ended = self.kept_at or self.closed_at
        if ended is None and now <= self.due:
            return Kept.OPEN
        if self.told_slip_at is not None and (ended is None or self.told_slip_at <= ended):
            return Kept.SLIPPED_BUT_TOLD
        return Kept.RELEASED if ended is not None and ended <= self.due else Kept.BROKEN


@dataclass(frozen=True, slots=True)
class Case:
    """One message as the record sees it, without personal data. Instants are aware.

    `owner` is a person's id or RECEPTION; `reached_at` is when the call that reached the caller was answered, if that
    is known; `evidence` the strongest there is for it; `said_no` whether the caller ever said nobody had called.
    """

    owner: str
    received_at: datetime
    state: State
    reached_at: datetime | None = None
    evidence: str | None = None
    windows: tuple[Part, ...] = ()
    promises: tuple[Promise, ...] = ()
    said_no: bool = False
    settled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """What the record says of some messages.

    `taken` is `returned`, `said_so`, `owed`, `withdrawn` and `unreachable` together; `missed` calls are apart.
    `returned_by` splits `returned` by evidence. Times to reach are by the clock, of returned messages alone.
    """

    taken: int
    returned: int
    returned_by: Mapping[str, int]
    said_so: int
    owed: int
    oldest_owed_age: timedelta | None
    median_to_reach: timedelta | None
    p90_to_reach: timedelta | None
    windows_met: int
    windows_missed: int
    promises_kept: int
    slipped_but_told: int
    broken: int
    said_no: int
    withdrawn: int
    unreachable: int
    missed: int


OWED = frozenset(
    {State.NEW, State.CLAIMED, State.ATTEMPTED, State.HELD, State.JOINED_UNCONFIRMED, State.REOPENED},
)
"""The states of a message that is still owed. One said to be returned is counted apart: nobody has confirmed it."""

TAKEN = OWED | {State.SAID_RETURNED, State.RETURNED, State.WITHDRAWN, State.UNREACHABLE}
"""The states of a message, as against a call that left none."""

NO_EVIDENCE = "none"


def figures(cases: Iterable[Case], now: datetime) -> Figures:
    """The figures of those messages at that aware instant."""
    cases = tuple(cases)
    states = Counter(case.state for case in cases)
    taken = [case for case in cases if case.state in TAKEN]
    returned = [case for case in taken if case.state is State.RETURNED]
    times = sorted(_time_to_reach(case.received_at, case.reached_at) for case in returned if case.reached_at)
    windows = Counter(window_met(case, now) for case in taken)
    promises = Counter(promise.outcome(now) for case in taken for promise in case.promises)
    return Figures(
        taken=len(taken),
        returned=len(returned),
        returned_by=dict(sorted(Counter(case.evidence or NO_EVIDENCE for case in returned).items())),
        said_so=states[State.SAID_RETURNED],
        owed=sum(states[state] for state in OWED),
        oldest_owed_age=max((now - case.received_at for case in taken if case.state in OWED), default=None),
        median_to_reach=nearest_rank(times, 50),
        p90_to_reach=nearest_rank(times, 90),
        windows_met=windows[True],
        windows_missed=windows[False],
        promises_kept=promises[Kept.KEPT],
        slipped_but_told=promises[Kept.SLIPPED_BUT_TOLD],
        broken=promises[Kept.BROKEN],
        said_no=sum(case.said_no for case in taken),
        withdrawn=states[State.WITHDRAWN],
        unreachable=states[State.UNREACHABLE],
        missed=states[State.MISSED],
    )


def by_owner(cases: Iterable[Case], now: datetime) -> Mapping[str, Figures]:
    """The figures of each owner's messages at that aware instant, in the order of their ids."""
    ordered = sorted(cases, key=lambda case: case.owner)
    return {owner: figures(theirs, now) for owner, theirs in groupby(ordered, key=lambda case: case.owner)}


def window_met(case: Case, now: datetime) -> bool | None:
    """Whether the caller was reached when they had asked to be; None where there is no saying (yet).

    It is missed once every part of it is over, or the message settled otherwise after that, with no evidence of a call
    that reached them inside one. A message settled while its window was open, or to come, is neither.
    """
    if not case.windows:
        return None
    if case.state is State.RETURNED:
        reached_at = case.reached_at
        return None if reached_at is None else any(_holds(part, reached_at) for part in case.windows)
    until = case.settled_at or now
    return False if all(part.end is not None and part.end <= until for part in case.windows) else None


def nearest_rank(ordered: Sequence[timedelta], percent: int) -> timedelta | None:
    """The smallest of the ordered values that at least so many percent of them do not exceed; None of none."""
    return ordered[(len(ordered) * percent + 99) // 100 - 1] if ordered else None


def _time_to_reach(received_at: datetime, reached_at: datetime) -> timedelta:
    # Two machines' clocks may disagree by a moment; nobody is reached before they rang.
    return max(reached_at - received_at, timedelta(0))


def _holds(part: Part, at: datetime) -> bool:
    return (part.start is None or part.start <= at) and (part.end is None or at < part.end)
