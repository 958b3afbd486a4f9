"""What a caller meant, cut to the office's hours and the person's return; and what to offer where nothing is left."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from phonebot.domain.hours import OfficeHours
from phonebot.domain.status import DAYPART_STARTS, Daypart, daypart_of
from phonebot.domain.times import instant_of, start_of_day
from phonebot.domain.window import Part, Window

_DAYS_AHEAD = 14
"""How far an open end reaches: calls are chosen for the days to come, not for the year."""

_DAYS_OFFERED = 60
_MOST_PARTS = 31
_SHORTEST_OFFER = timedelta(minutes=30)
_SETTLING_IN = timedelta(hours=1)
"""What must be left of the part of the day in which somebody comes back, for that part to be offered."""


class Misfit(StrEnum):
    """Why nothing that was meant can be had: the office is closed then, the person away, or the time is past."""

    CLOSED = "closed"
    AWAY = "away"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Offer:
    """A part of a day to ask the caller about instead; `part` is the longest opening in it."""

    day: date
    daypart: Daypart
    part: Part


@dataclass(frozen=True, slots=True)
class Fitted:
    """The parts that can be had, in order, in the office's zone; where there are none, why, and what to offer."""

    parts: tuple[Part, ...]
    misfit: Misfit | None = None
    offered: Offer | None = None


def fit(window: Window, *, hours: OfficeHours, away_until: datetime | None, now: datetime) -> Fitted:
    """The window cut to the opening hours from `now` and from the return on; both aware, `away_until` None if not away.

    A window that was not understood fits nothing and is offered nothing: the caller is asked again.
    """
    if not window.parts:
        return Fitted(())
    ready = now if away_until is None else max(now, away_until)
    parts = tuple(_cut(window.parts, hours, ready))[:_MOST_PARTS]
    if parts:
        return Fitted(parts)
    return Fitted((), _misfit(window, hours, now), _offer(window, hours, ready, away=ready > now))


def _misfit(window: Window, hours: OfficeHours, now: datetime) -> Misfit:
    if all(part.end is not None and part.end <= now for part in window.parts):
        return Misfit.PAST
    return Misfit.AWAY if next(_cut(window.parts, hours, now), None) is not None else Misfit.CLOSED


def _cut(parts: tuple[Part, ...], hours: OfficeHours, ready: datetime) -> Iterator[Part]:
    """What the office's opening leaves of the parts, from `ready` on; those that touch become one."""
    left: list[tuple[datetime, datetime]] = []
    for part in parts:
        start = ready if part.start is None else max(ready, part.start)
        end = max(start, ready) + timedelta(days=_DAYS_AHEAD) if part.end is None else part.end
        left += _open_between(hours, start.astimezone(UTC), end.astimezone(UTC))
    joined: list[tuple[datetime, datetime]] = []
    for start, end in sorted(left):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return (Part(hours.local(start), hours.local(end)) for start, end in joined)


def _open_between(hours: OfficeHours, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The opening spans between two instants (UTC), no further than an open end reaches."""
    last = min(end, start + timedelta(days=2 * _MOST_PARTS))
    day = hours.local_day(start)
    while start_of_day(day, hours.zone) < last:
        for opens, closes in hours.spans(day):
            first, after = max(opens, start), min(closes, last)
            if first < after:
                yield first, after
        day += timedelta(days=1)


def _offer(window: Window, hours: OfficeHours, ready: datetime, *, away: bool) -> Offer | None:
    """The first part of a day to be had, on the day asked for or after the return; the one asked for comes first."""
    wanted = _wanted(window, hours)
    first = hours.local_day(max(ready, window.start or ready))
    for ahead in range(_DAYS_OFFERED):
        day = first + timedelta(days=ahead)
        offers = [offer for offer in _dayparts(hours, day, ready) if not (away and _too_soon(offer, ready, hours))]
        if offers:
            return next((offer for offer in offers if offer.daypart is wanted), offers[0])
    return None


def _wanted(window: Window, hours: OfficeHours) -> Daypart | None:
    """The part of the day that the first part lies in, if it lies in one."""
    start, end = window.parts[0].start, window.parts[0].end
    if start is None or end is None:
        return None
    parts = daypart_of(hours.local(start)), daypart_of(hours.local(end - timedelta(seconds=1)))
    return parts[0] if parts[0] is parts[1] and end - start < timedelta(days=1) else None


def _dayparts(hours: OfficeHours, day: date, ready: datetime) -> Iterator[Offer]:
    """What can be had of the morning, afternoon and evening of that day."""
    midnight = start_of_day(day + timedelta(days=1), hours.zone)
    starts = [instant_of(day, DAYPART_STARTS[part], hours.zone) for part in Daypart]
    for daypart, (start, end) in zip(Daypart, pairwise([*starts, midnight]), strict=True):
        spans = list(_open_between(hours, max(start, ready.astimezone(UTC)), end))
        longest = max(spans, key=lambda span: span[1] - span[0], default=None)
        if longest is not None and longest[1] - longest[0] >= _SHORTEST_OFFER:
            yield Offer(day, daypart, Part(hours.local(longest[0]), hours.local(longest[1])))


def _too_soon(offer: Offer, ready: datetime, hours: OfficeHours) -> bool:
    """Whether the person comes back in that very part of the day: a later one is kinder, if the day has one.

    Somebody expected "on Thursday" may come at any time of it, so the afternoon is offered; where they come back in
    the last part of the day, what is left of it must be an hour.
    """
    back = hours.local(ready)
    if offer.day != back.date() or offer.daypart is not daypart_of(back) or offer.part.end is None:
        return False
    closes = hours.closes(offer.day)
    last = closes is None or closes <= offer.part.end
    return not last or offer.part.end - back < _SETTLING_IN
