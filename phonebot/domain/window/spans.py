"""Stretches of time taken from one another and put in order."""

from collections.abc import Iterable
from datetime import UTC, datetime

from phonebot.domain.window.meaning import Part
from phonebot.domain.window.placing import Stretched

_MOST_PARTS = 31


def without(kept: Iterable[Stretched], refused: Stretched) -> list[Stretched]:
    """What is left of the stretches when one is taken out of them."""
    start, end = refused
    left: list[Stretched] = []
    for first, last in kept:
        before = first, start if last is None or (start is not None and start < last) else last
        after = end if first is None or (end is not None and end > first) else first, last
        if start is not None and (first is None or first < start):
            left.append(before)
        if end is not None and (last is None or end < last):
            left.append(after)
    return left


def in_order(found: Iterable[Stretched], now: datetime) -> tuple[Part, ...]:
    """The stretches that are not past, in the order of time, each once; local times no clock shows moved just after."""
    first = datetime.min.replace(tzinfo=now.tzinfo)
    left = sorted({each for each in found if each[1] is None or each[1] > now}, key=lambda each: each[0] or first)
    return tuple(Part(_real(start), _real(end)) for start, end in left[:_MOST_PARTS])


def _real(local: datetime | None) -> datetime | None:
    return None if local is None else local.astimezone(UTC).astimezone(local.tzinfo)
