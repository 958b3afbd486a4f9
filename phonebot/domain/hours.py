"""When the office is open: weekly hours and closed days in the office's zone."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from phonebot.domain.times import instant_of, start_of_day

Span = tuple[time, time]
"""From opening to closing, local; a closing time of 00:00 is the midnight that ends the day."""

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LOOK_AHEAD_DAYS = 400
_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})", re.ASCII)


class HoursMistake(ValueError):
    """Hours that cannot be read: `key` is the entry of office.toml at fault and `why` says what is wrong with it."""

    def __init__(self, key: str, why: str) -> None:
        super().__init__(f"{key}: {why}")
        self.key = key
        self.why = why


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """Weekly opening spans, Monday first, and the days closed besides. A span's start is open, its end is not."""

    zone: ZoneInfo
    weekly: tuple[tuple[Span, ...], ...] = ((),) * 7
    closed: frozenset[date] = frozenset()

    def spans(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """The opening spans of that local day as instants (aware, UTC), in order; none on a closed day."""
        if day in self.closed:
            return ()
        return tuple(
            (instant_of(day, start, self.zone), self._end(day, end)) for start, end in self.weekly[day.weekday()]
        )

    def is_open(self, at: datetime) -> bool:
        """Whether the office is open at that aware instant: the closing second itself is closed."""
        return any(start <= at.astimezone(UTC) < end for start, end in self.spans(self.local_day(at)))

    def is_closed_day(self, day: date) -> bool:
        """Whether the office does not open at all on that local day."""
        return not self.spans(day)

    def opens(self, day: date) -> datetime | None:
        """The first opening instant (aware, UTC) of that local day; None on a closed day."""
        spans = self.spans(day)
        return spans[0][0] if spans else None

    def closes(self, day: date) -> datetime | None:
        """The last closing instant (aware, UTC) of that local day; None on a closed day."""
        spans = self.spans(day)
        return spans[-1][1] if spans else None

    def opens_next(self, at: datetime) -> datetime | None:
        """The first opening instant (aware, UTC) after `at`; None if the office does not open within 400 days."""
        day = self.local_day(at)
        for ahead in range(_LOOK_AHEAD_DAYS):
            for start, _ in self.spans(day + timedelta(days=ahead)):
                if start > at:
                    return start
        return None

    def local(self, at: datetime) -> datetime:
        """The same instant as the office's clocks show it."""
        return at.astimezone(self.zone)

    def local_day(self, at: datetime) -> date:
        """The date in the office at that instant."""
        return at.astimezone(self.zone).date()

    def _end(self, day: date, end: time) -> datetime:
        if end == time(0):
            return start_of_day(day + timedelta(days=1), self.zone)
        return instant_of(day, end, self.zone)


def parse_hours(hours: Mapping[str, str], closed: Iterable[str | date], zone: ZoneInfo) -> OfficeHours:
    """The hours of office.toml: {"mon-fri": "09:00-12:30, 13:30-17:00", "sat": "closed"}, and ISO dates closed besides.

    Days not named are closed; a range may wrap the week ("fri-mon"). Raises HoursMistake.
    """
    weekly: dict[int, tuple[Span, ...]] = {}
    for key, text in hours.items():
        spans = _read_spans(key, text)
        for number in _read_days(key):
            if number in weekly:
                raise HoursMistake(key, f"{DAYS[number]} is given twice")
            weekly[number] = spans
    days = frozenset(_read_closed(day) for day in closed)
    return OfficeHours(zone, tuple(weekly.get(number, ()) for number in range(7)), days)


def _read_days(key: str) -> list[int]:
    first, dash, last = key.strip().lower().partition("-")
    names = (first.strip(), last.strip() if dash else first.strip())
    if any(name not in DAYS for name in names):
        raise HoursMistake(key, "is not a day or a range of days such as mon-fri")
    start, end = (DAYS.index(name) for name in names)
    return [(start + step) % 7 for step in range((end - start) % 7 + 1)]


def _read_spans(key: str, text: object) -> tuple[Span, ...]:
    if not isinstance(text, str):
        raise HoursMistake(key, 'must be text such as "09:00-17:30" or "closed"')
    if text.strip().lower() == "closed":
        return ()
    spans = tuple(_read_span(key, part.strip()) for part in text.split(","))
    for (_, end), (start, _) in pairwise(spans):
        if end == time(0) or start < end:
            raise HoursMistake(key, "its spans overlap or are out of order")
    return spans


def _read_span(key: str, text: str) -> Span:
    match = _SPAN.fullmatch(text)
    if match is None:
        raise HoursMistake(key, f'{text!r} is not a span such as "09:00-17:30", nor "closed"')
    start_hour, start_minute, end_hour, end_minute = (int(part) for part in match.groups())
    try:
        start = time(start_hour, start_minute)
        end = time(0) if (end_hour, end_minute) == (24, 0) else time(end_hour, end_minute)
    except ValueError:
        raise HoursMistake(key, f"{text!r} holds a time that no clock shows") from None
    if end != time(0) and end <= start:
        raise HoursMistake(key, f"{text!r} ends before it starts; give hours after midnight under the next day")
    return start, end


def _read_closed(day: str | date) -> date:
    if isinstance(day, datetime):
        raise HoursMistake("closed", f"{day} is not a date alone, such as 2026-12-25")
    if isinstance(day, date):
        return day
    try:
        return date.fromisoformat(day.strip())
    except (ValueError, AttributeError):
        raise HoursMistake("closed", f"{day!r} is not a date such as 2026-12-25") from None
