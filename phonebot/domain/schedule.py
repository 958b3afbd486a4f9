"""When daily things are due: the times of an office's day, once each, whatever the clocks do.

A planner keeps a mark, the instant up to which it has planned. It goes on from `resume_from(mark, now)`, does what
`latest_slot` gives, once for its key, and then moves the mark to the later of the two.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from phonebot.domain.times import instant_of, start_of_day

TEXTS_FROM, TEXTS_UNTIL = time(8), time(21)
"""Texts to callers go between these, in the office's day; the second is excluded."""

_A_DAY = timedelta(days=1)
_REACH = timedelta(days=3)
"""Any stretch so long holds every daily time at least once, even where a zone has left out a whole day."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One occurrence of a daily time: the local day and time (whole minutes), and its instant (aware, UTC)."""

    day: date
    time: time
    at: datetime

    @property
    def key(self) -> str:
        """What makes this occurrence exist once among those of one plan: "2026-11-24T08:30", local."""
        return f"{self.day.isoformat()}T{self.time.isoformat('minutes')}"


def slots(times: Sequence[time], zone: ZoneInfo, after: datetime, until: datetime) -> Iterator[Slot]:
    """The occurrences with after < at <= until (both aware), in order; never two at one instant.

    A local time the clocks leave out is had as much later as they went forward; one they show twice counts at the
    first. Where that makes two fall together, only the later of them is given.
    """
    # A day more at either end: around a change of the clocks, an instant's local date can differ from its slot's.
    first = after.astimezone(zone).date() - _A_DAY
    days = (until.astimezone(zone).date() - first).days + 2
    found = {
        (at, day, clock)
        for day in (first + timedelta(days=step) for step in range(days))
        if _happens(day, zone)
        for clock in times
        if after < (at := instant_of(day, clock, zone)) <= until
    }
    by_instant = {at: Slot(day, clock, at) for at, day, clock in sorted(found)}
    yield from by_instant.values()


def latest_slot(times: Sequence[time], zone: ZoneInfo, after: datetime, until: datetime) -> Slot | None:
    """The last occurrence with after < at <= until, which stands for those before it; None if there is none."""
    return max(slots(times, zone, max(after, until - _REACH), until), key=lambda slot: slot.at, default=None)


def next_slot(times: Sequence[time], zone: ZoneInfo, after: datetime) -> Slot | None:
    """The first occurrence after that aware instant; None if there are no times."""
    return next(slots(times, zone, after, after + _REACH), None)


def resume_from(mark: datetime | None, now: datetime) -> datetime:
    """The instant (aware) that planning goes on from, given how far it had come: never before the mark.

    A clock set back so repeats nothing. A mark more than a day ahead was made by a clock that was wrong, and would
    keep everything waiting: then, as without a mark, planning goes on from now.
    """
    if mark is None or mark - now > _A_DAY:
        return now
    return mark


def within_texting_hours(now: datetime, zone: ZoneInfo) -> datetime:
    """When a text to a caller may go (aware, UTC): now, between 08:00 and 21:00 there, else the next 08:00."""
    if TEXTS_FROM <= now.astimezone(zone).time() < TEXTS_UNTIL:
        return now.astimezone(UTC)
    return next(slot.at for slot in slots((TEXTS_FROM,), zone, now, now + _REACH))


def _happens(day: date, zone: ZoneInfo) -> bool:
    """Whether the zone has that day at all: Samoa went from the 29th to the 31st of December 2011."""
    return start_of_day(day, zone) < start_of_day(day + _A_DAY, zone)
