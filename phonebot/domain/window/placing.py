"""Clauses put on the calendar and the clock: which stretches of local time they are. A bare hour is an office's."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from phonebot.domain.window.calendar import DAY
from phonebot.domain.window.clauses import Clause
from phonebot.domain.window.phrases import Bit, NotUnderstood, Point
from phonebot.domain.window.pieces import Clock, Days, Instant, Stretch

Stretched = tuple[datetime | None, datetime | None]
"""A start and an end, aware, either open."""

_OPENS, _SHUTS = time(7), time(19)
"""The hours in which some office may ring: what a bare hour is looked for in."""

_MOMENT = timedelta(minutes=30)
"""How long a time of day said as one lasts: "at three" is not later than half past."""

_HALVES = ("am", "pm")
_HALF_DAY = timedelta(hours=12)
_MOST_DAYS = 31
_WORKDAYS = 5
_SMALL_HOURS = 5
_STILL_TIME = timedelta(hours=1)


def place(clause: Clause, now: datetime) -> list[Stretched]:
    """The stretches of one clause in the order of time, as far as they are not past."""
    if clause.fixed and clause.bit is not None:
        return _fixed(clause.bit, now)
    if clause.bit is None:
        return [] if clause.days is None else _whole_days(clause.days, now)
    if clause.days is None:
        return _on_the_next_day(clause.bit, now)
    if clause.days.grain == "month" and clause.bit.whole and clause.bit.start is not None and clause.bit.start.clock:
        return []  # "October at three" wants its day
    days = [day for day in days_within(clause.days) if day >= now.date()]
    return [found for day in days[:_MOST_DAYS] if (found := _hours(clause.bit, day, now)) is not None]


def _whole_days(days: Days, now: datetime) -> list[Stretched]:
    return [(_at(first, days.since or time(0), now), _midnight(after, now)) for first, after in days.spans]


def days_within(days: Days) -> Iterator[date]:
    """Every day of them one by one; of a week the working days."""
    for first, after in days.spans:
        week = days.grain == "week" and first.weekday() < _WORKDAYS
        for ahead in range(min((after - first).days, 366)):
            day = first + timedelta(days=ahead)
            if not week or day.weekday() < _WORKDAYS:
                yield day


def _midnight(day: date, now: datetime) -> datetime:
    return _at(day, time(0), now)


def _at(day: date, clock: time, now: datetime) -> datetime:
    return datetime.combine(day, clock, tzinfo=now.tzinfo)


def office_times(clock: Clock) -> list[time]:
    """The times of day that may be meant: those at which an office could ring, else both."""
    if clock.half:
        return [clock.at()]
    both = [clock.at(half) for half in _HALVES]
    return [each for each in both if _OPENS <= each <= _SHUTS] or both


def _half_of(part: Stretch | None, clock: Clock) -> str:
    """The half of the day that a part of it puts a bare hour in; empty where it does not."""
    if part is None or clock.half or part.name in {"working day", "midday"}:
        return ""
    if part.name == "morning" or (part.name == "night" and (clock.hour == 12 or clock.hour < _SMALL_HOURS)):
        return "am"
    return "am" if part.end <= time(12) and part.end != time(0) else "pm"


def _times(point: Point) -> list[time]:
    """The times of day the point may begin at; for a part of the day its start."""
    if point.clock is None:
        return [time(0) if point.part is None else point.part.start]
    half = _half_of(point.part, point.clock)
    return [point.clock.at(half)] if half else office_times(point.clock)


def _hours(bit: Bit, day: date, now: datetime) -> Stretched | None:
    """The hours of that day; None where they are past or end before they start."""
    if bit.whole:
        return None if bit.start is None else _whole(bit.start, day, now)
    start, end = _bounds(bit, day, now)
    if start is None or end is None:
        return start, end
    return None if end <= start else (start, end)


def _whole(point: Point, day: date, now: datetime) -> Stretched | None:
    if point.clock is None and point.part is not None:
        end = _at(day + DAY if point.part.end == time(0) else day, point.part.end, now)
        return (_at(day, point.part.start, now), end) if end > now else None
    small = point.part is not None and point.part.name == "night"
    starts = [_at(day, each, now) for each in _times(point)]
    if point.clock is not None and point.clock.at() == time(0) and point.clock.half and not starts[0] >= now:
        starts = [starts[0] + DAY]
    start = next((each for each in starts if each >= now), None)
    if start is None and small and starts[0].hour < _SMALL_HOURS:
        start = starts[0] + DAY
    if start is None:
        return None
    # Half an hour that passes, also where the clocks change within it.
    return start, (start.astimezone(UTC) + _MOMENT).astimezone(start.tzinfo)


def _bounds(bit: Bit, day: date, now: datetime) -> Stretched:
    """From the start to the end said, the missing one being the day's."""
    today = day == now.date()
    if bit.start is None:
        end = None if bit.end is None else _end_after(bit.end, None, day, now)
        return now if today else _midnight(day, now), end
    if bit.end is None:
        after = bit.start.part if bit.after and bit.start.clock is None else None
        starts = [_at(day, each, now) for each in ([after.end] if after else _times(bit.start))]
        start = next((each for each in starts if each >= now), starts[0])
        last = bit.start.part if bit.start.clock is not None else None
        until = _at(day, last.end, now) if last is not None and last.end > start.time() else _midnight(day + DAY, now)
        return start, until
    return _both(bit.start, bit.end, day, now)


def _both(first: Point, last: Point, day: date, now: datetime) -> Stretched:
    """Two times of a day: what one leaves out the other says ("between two and half past four pm")."""
    part = first.part or last.part
    first = Point(clock=first.clock, part=first.part or (None if first.clock is None else part))
    if first.clock is not None and not first.clock.half and last.clock is not None and last.clock.half and part is None:
        end = _at(day, last.clock.at(), now)
        if end.time() == time(0):
            end += DAY
        starts = [_at(day, first.clock.at(half), now) for half in _HALVES]
        start = max((each for each in starts if each < end), default=starts[0])
        return start, end
    start = _at(day, _times(first)[0], now)
    end = _end_after(last, start, day, now)
    if end > _midnight(day + DAY, now) and first.clock is not None and not first.clock.half:
        raise NotUnderstood("hours that run backwards")
    return start, end


def _end_after(last: Point, start: datetime | None, day: date, now: datetime) -> datetime:
    """The end said, the first after the start; a part of the day ends where it does, or begins if it bounds alone."""
    if last.clock is None and last.part is not None:
        if start is None:
            return _at(day, last.part.end if last.part.name == "end of the day" else last.part.start, now)
        return _at(day + DAY if last.part.end == time(0) else day, last.part.end, now)
    if last.clock is None:
        raise NotUnderstood("an end without a time")
    if start is None:
        ends = [_at(day, each, now) for each in _times(last)]
        return next((each for each in ends if each > now), ends[-1])
    half = _half_of(last.part, last.clock)
    ends = [_at(day, each, now) for each in ([last.clock.at(half)] if half or last.clock.half else _either(last.clock))]
    ends += [each + DAY for each in ends]
    return min(each for each in ends if each > start)


def _either(clock: Clock) -> list[time]:
    return [clock.at(half) for half in _HALVES]


def _on_the_next_day(bit: Bit, now: datetime) -> list[Stretched]:
    """Hours without a day: the next time they come round, counting what is still to come of today."""
    parts = [point.part for point in bit.points if point.part is not None]
    if bit.whole and parts and parts[0].each:
        days = [now.date() + timedelta(days=ahead) for ahead in range(8)]
        return [found for day in days if (found := _hours(bit, day, now)) is not None]
    named = next((part.today for part in parts if part.today is not None), None)
    days = [now.date() + timedelta(days=ahead) for ahead in ((named,) if named is not None else (0, 1))]
    for day in days:
        found = _hours(bit, day, now)
        if found is not None and _to_come(bit, found, now, said=named is not None):
            return [found]
    return []


def _to_come(bit: Bit, found: Stretched, now: datetime, *, said: bool) -> bool:
    """Whether hours without a day can be today's: not those that have begun, unless the end is still some way off."""
    start, end = found
    if start is not None and start >= now:
        return True
    if end is None or end <= now:
        return False
    one_sided = bit.end is None and not bit.whole
    begun_morning = (
        bit.whole and bit.start is not None and bit.start.part is not None and bit.start.part.name == "morning"
    )
    return said or not (one_sided or begun_morning or (bit.whole and end - now < _STILL_TIME))


def _fixed(bit: Bit, now: datetime) -> list[Stretched]:
    """A stretch whose ends have days of their own, or are reckoned from now."""
    if bit.start is None and bit.end is None:
        return [] if bit.length is None else [(_moved(now, bit), None)]
    if bit.length is not None and bit.start is not None:
        start = _start_of(bit.start, now)
        return [] if start is None else [(start, _moved(start, bit))]
    if bit.whole and bit.start is not None and bit.start.instant is not None:
        return [_instant(bit.start.instant)]
    start = now if bit.start is None else _start_of(bit.start, now, after=bit.after)
    end = None if bit.end is None else _end_of(bit.end, now, inclusive=bit.inclusive)
    if start is not None and end is not None and end <= start:
        return []
    return [(start, end)]


def _instant(instant: Instant) -> Stretched:
    return instant.at, None if instant.lasts is None else instant.at + instant.lasts


def _moved(start: datetime, bit: Bit) -> datetime:
    if bit.length is None:
        return start
    day = bit.length.after(start.date())
    return _at(day, start.time(), start) + timedelta(minutes=bit.length.minutes)


def _start_of(point: Point, now: datetime, *, after: bool = False) -> datetime | None:
    if point.instant is not None:
        return point.instant.at
    if point.days is None:
        found = _on_the_next_day(Bit(point), now)
        return found[0][0] if found else None
    if not point.hours:
        return _midnight(point.days.after if after else point.days.first, now)
    if point.clock is None and point.part is not None and after:
        return _at(point.days.first, point.part.end, now)
    return _at(point.days.first, _times(point)[0], now)


def _end_of(point: Point, now: datetime, *, inclusive: bool) -> datetime | None:
    if point.instant is not None:
        return point.instant.at
    if point.days is None:
        found = _on_the_next_day(Bit(point), now)
        return found[0][0] if found else None
    if not point.hours:
        return _midnight(point.days.after if inclusive else point.days.first, now)
    return _at(point.days.first, _times(point)[0], now)
