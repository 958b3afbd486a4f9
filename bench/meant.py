"""What callers say of when a call would suit, what they meant, worked out by hand, and how an answer is judged."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from zoneinfo import ZoneInfo

CASES = Path(__file__).with_name("window_cases.jsonl")
LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 24, 10, 42, tzinfo=LONDON)
"""The moment at which all of them are said, a Tuesday; all is in this zone here."""

_EVER, _NEVER = datetime.min.replace(tzinfo=LONDON), datetime.max.replace(tzinfo=LONDON)
_OPEN = {"start": _EVER, "end": _NEVER}
Span = tuple[datetime, datetime]
Edge = tuple[Span, ...]


class Verdict(Enum):
    """How an answer stands to what was meant.

    RIGHT: every start and end. START: the first start only. INSIDE: a call at its start would still suit the caller.
    MISLEADING: it would not, or nothing was meant. NONE: nothing was answered where something was meant.
    """

    RIGHT = "right"
    START = "start right"
    INSIDE = "inside"
    MISLEADING = "misleading"
    NONE = "no answer"


@dataclass(frozen=True, slots=True)
class Meant:
    """Words and their parts: each edge a few ranges, since nobody can say when exactly a morning begins.

    `kind` is "day", "point" (a time of day on a day), "window", "several" (parts) or "none" (no time is meant).
    """

    said: str
    kind: str
    parts: tuple[tuple[Edge, Edge], ...]


def read_cases(path: Path = CASES) -> list[Meant]:
    """All of them; an edge is written as ranges "from/to" or instants, "|" between them, or "open"."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        Meant(row["said"], row["kind"], tuple((_edge(a, "start"), _edge(b, "end")) for a, b in row["parts"]))
        for row in rows
    ]


def _edge(written: str, side: str) -> Edge:
    return tuple(_span(each, side) for each in written.split("|"))


def _span(written: str, side: str) -> Span:
    if written == "open":
        return _OPEN[side], _OPEN[side]
    first, _, last = written.partition("/")
    return _local(first), _local(last or first)


def _local(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=LONDON)


def judge_parts(meant: Meant, parts: Sequence[tuple[datetime | None, datetime | None]]) -> Verdict:
    """Judge parts in the order of time, open where None; those that touch count as one."""
    answered = _joined([(start or _EVER, end or _NEVER) for start, end in parts])
    if not answered or not meant.parts:
        return _unanswered(meant, bool(answered))
    if len(answered) == len(meant.parts) and all(map(_fits, meant.parts, answered)):
        return Verdict.RIGHT
    if not all(_suits(meant, start) for start, _ in answered):
        return Verdict.MISLEADING
    return Verdict.START if _within(meant.parts[0][0], answered[0][0]) else Verdict.INSIDE


def judge_instant(meant: Meant, instant: datetime | None) -> Verdict:
    """Judge a library's single instant, kindly: the date is enough for a day, and a point has no end."""
    if instant is None or not meant.parts:
        return _unanswered(meant, instant is not None)
    first = meant.parts[0][0]
    if meant.kind == "day" and any(low.date() == instant.date() for low, _ in first):
        return Verdict.RIGHT
    if _within(first, instant):
        return Verdict.RIGHT if meant.kind == "point" else Verdict.START
    if any(low == high and low.hour == low.minute == 0 and low.date() == instant.date() for low, high in first):
        return Verdict.START
    return Verdict.INSIDE if _suits(meant, instant) else Verdict.MISLEADING


def _unanswered(meant: Meant, answered: bool) -> Verdict:
    if answered:
        return Verdict.MISLEADING
    return Verdict.NONE if meant.parts else Verdict.RIGHT


def _joined(parts: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in parts:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _fits(meant: tuple[Edge, Edge], answered: Span) -> bool:
    return _within(meant[0], answered[0]) and _within(meant[1], answered[1])


def _within(edge: Edge, instant: datetime) -> bool:
    return any(low <= instant <= high for low, high in edge)


def _suits(meant: Meant, instant: datetime) -> bool:
    """Whether a call then is inside what was meant, taken as widely as it may be; an open start is a call at once."""
    then = NOW if instant == _EVER else instant
    return any(min(low for low, _ in start) <= then < max(high for _, high in end) for start, end in meant.parts)
