"""The office's own yardstick: by when a message that nobody has accepted ought to be returned, in office hours."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from phonebot.domain.hours import OfficeHours
from phonebot.domain.times import instant_of

_WITHIN = re.compile(r"(1) (minute|hour|day)|([2-9]|[1-9][0-9]) (minute|hour|day)s", re.ASCII)
_A_DAY = timedelta(days=1)


class Unit(StrEnum):
    """What a yardstick counts in."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"


_LENGTHS = {Unit.MINUTE: timedelta(minutes=1), Unit.HOUR: timedelta(hours=1), Unit.DAY: _A_DAY}


@dataclass(frozen=True, slots=True)
class Within:
    """How soon a message ought to be returned: so many minutes or hours of open time, or so many open days."""

    amount: int
    unit: Unit

    @property
    def by_the_clock(self) -> timedelta:
        """The same by the clock on the wall, a day being 24 hours."""
        return _LENGTHS[self.unit] * self.amount


def parse_within(text: str) -> Within:
    """What `return_within` of office.toml says: "30 minutes", "4 hours", "1 day". Raises ValueError, in one line."""
    match = _WITHIN.fullmatch(text)
    if match is None:
        written = json.dumps(text[:40], ensure_ascii=False)
        raise ValueError(f'{written} must be as in "1 day", "4 hours" or "30 minutes", and no more than 99 of them')
    return Within(int(match[1] or match[3]), Unit(match[2] or match[4]))


def due_by(received_at: datetime, within: Within, hours: OfficeHours) -> datetime:
    """The last instant (aware, UTC) at which a message received then (aware) is returned in time.

    The count starts at the next opening if the office is closed. Minutes and hours are open time. A day is the same
    time on the next open day, so that a long or a short one asks no more than a day of anybody; if the office is closed
    then, when it last closed before that on the same day, else when it first opens. An office that never opens counts
    by the clock, since otherwise nothing would ever be late.
    """
    received_at = received_at.astimezone(UTC)
    if not any(hours.weekly):
        return received_at + within.by_the_clock
    if within.unit is Unit.DAY:
        return _days_on(received_at, within.amount, hours)
    left = within.by_the_clock
    openings = _openings(received_at, hours)
    start, end = next(openings)
    while end - start < left:
        left -= end - start
        start, end = next(openings)
    return start + left


def overdue(received_at: datetime, now: datetime, within: Within, hours: OfficeHours) -> bool:
    """Whether a message received then is late by now (both aware); at the very instant it is due it is not."""
    return now > due_by(received_at, within, hours)


def open_time_between(start: datetime, end: datetime, hours: OfficeHours) -> timedelta:
    """For how long the office is open between two aware instants; nothing if the second is not the later."""
    total = timedelta(0)
    if not any(hours.weekly):
        return total
    for opens, closes in _openings(start.astimezone(UTC), hours):
        if opens >= end:
            break
        total += min(closes, end) - opens
    return total


def _days_on(received_at: datetime, days: int, hours: OfficeHours) -> datetime:
    start, _ = next(_openings(received_at, hours))
    local = hours.local(start)
    day = local.date()
    for _ in range(days):
        day = next(later for later in _days_from(day + _A_DAY) if _spans(later, hours))
    return _within_spans(day, local.time(), hours)


def _within_spans(day: date, clock: time, hours: OfficeHours) -> datetime:
    """That local time of an open day, moved to the close before it if the office is closed, else to its opening."""
    at = instant_of(day, clock.replace(fold=0), hours.zone)
    spans = _spans(day, hours)
    return max((min(at, closes) for opens, closes in spans if opens <= at), default=spans[0][0])


def _openings(since: datetime, hours: OfficeHours) -> Iterator[tuple[datetime, datetime]]:
    """What is left of each opening from that instant on, in order, none empty and none overlapping another."""
    for day in _days_from(hours.local_day(since) - _A_DAY):
        for opens, closes in _spans(day, hours):
            if closes > since:
                yield max(opens, since), closes
                since = closes


def _spans(day: date, hours: OfficeHours) -> tuple[tuple[datetime, datetime], ...]:
    """The spans of a day that last at all: one that begins while the clocks go forward may be over by then."""
    return tuple((opens, closes) for opens, closes in hours.spans(day) if opens < closes)


def _days_from(day: date) -> Iterator[date]:
    while True:
        yield day
        day += _A_DAY
