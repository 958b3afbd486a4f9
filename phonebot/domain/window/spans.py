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
    real = {(_real(start), _real(end)) for start, end in found}
    left = sorted((each for each in real if _to_come(*each, now)), key=lambda each: each[0] or first)
    return tuple(Part(start, end) for start, end in left[:_MOST_PARTS])


def _to_come(start: datetime | None, end: datetime | None, now: datetime) -> bool:
    """Whether anything is left; what lay wholly within an hour that the clocks leave out has no length."""
    if end is None:
        return True
    return end > now and (start is None or start.astimezone(UTC) < end.astimezone(UTC))


def _real(local: datetime | None) -> datetime | None:
    return None if local is None else local.astimezone(UTC).astimezone(local.tzinfo)
