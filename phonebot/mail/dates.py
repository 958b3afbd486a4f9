"""Dates, times and callback windows for the eye: "Wednesday 25 Nov after 15:00"; for the ear see domain.speaking."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from babel import Locale

from phonebot.domain.window import Part

_LOCALE = Locale("en", "GB")
_WEEKDAYS = {False: _LOCALE.days["format"]["wide"], True: _LOCALE.days["format"]["abbreviated"]}
_MONTHS = _LOCALE.months["format"]["abbreviated"]

_MOST_PARTS = 4
_INSTANT = timedelta(microseconds=1)
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Dates:
    """Writes instants (aware) as the clocks of `zone` show them, to somebody who reads on the local day of `now`.

    `short` names days by three letters, for a text message. A year is written only where it is not this one.
    """

    zone: ZoneInfo
    now: datetime
    short: bool = False

    @property
    def today(self) -> date:
        """The local day on which it is read."""
        return self.now.astimezone(self.zone).date()

    def weekday(self, day: date) -> str:
        """The day of the week: "Wednesday"."""
        return str(_WEEKDAYS[self.short][day.weekday()])

    def date_alone(self, day: date) -> str:
        """The date without its weekday: "25 Nov"."""
        year = "" if day.year == self.today.year else f" {day.year}"
        return f"{day.day} {_MONTHS[day.month]}{year}"

    def day(self, day: date) -> str:
        """A day in full: "Wednesday 25 Nov"."""
        return f"{self.weekday(day)} {self.date_alone(day)}"

    def at(self, instant: datetime) -> str:
        """An instant in full: "Wednesday 25 Nov 15:00"."""
        local = instant.astimezone(self.zone)
        return f"{self.day(local.date())} {_clock(local)}"

    def past(self, instant: datetime) -> str:
        """An instant gone by: "Tuesday 10:42" within the week, else with its date."""
        local = instant.astimezone(self.zone)
        if timedelta() <= self.today - local.date() < _WEEK:
            return f"{self.weekday(local.date())} {_clock(local)}"
        return self.at(instant)

    def since(self, instant: datetime) -> str:
        """Since when something has been waiting: "10:42" of today, "yesterday", "Friday", "3 Nov"."""
        local = instant.astimezone(self.zone)
        ago = self.today - local.date()
        if not timedelta() <= ago < _WEEK:
            return self.date_alone(local.date())
        if ago == timedelta():
            return _clock(local)
        return "yesterday" if ago == timedelta(days=1) else self.weekday(local.date())

    def window(self, parts: Sequence[Part]) -> str:
        """The parts of a window: "Thursday 26 Nov 14:00–15:00 or Friday 27 Nov"; no words for no parts."""
        if len(parts) > 1 and (daily := self._daily(parts)):
            return daily
        said = [self._part(part) for part in parts]
        if len(said) > _MOST_PARTS:
            said = [*said[: _MOST_PARTS - 1], f"so on until {said[-1]}"]
            return " or ".join(said[:-1]) + f", and {said[-1]}"
        return " or ".join(said)

    def _daily(self, parts: Sequence[Part]) -> str | None:
        """Days in a row with the same hours: "Monday 30 Nov to Friday 4 Dec, each 08:00–12:00"; None for others."""
        days = [
            (part.start.astimezone(self.zone), part.end.astimezone(self.zone))
            for part in parts
            if part.start is not None and part.end is not None
        ]
        in_a_row = all(
            then[0].date() - first[0].date() == timedelta(days=1)
            and (then[0].time(), then[1].time()) == (first[0].time(), first[1].time())
            for first, then in pairwise(days)
        )
        if len(days) != len(parts) or len(days) <= 2 or not in_a_row or not _within_a_day(*days[0]):
            return None
        hours = _hours(*days[0])
        span = f"{self.day(days[0][0].date())} to {self.day(days[-1][0].date())}"
        return f"{span}, each {hours}" if hours else span

    def _part(self, part: Part) -> str:
        start = part.start.astimezone(self.zone) if part.start else None
        end = part.end.astimezone(self.zone) if part.end else None
        if start is None:
            return "any time" if end is None else f"{self.day(_last_day(end))} {_before(end)}".rstrip()
        if end is None:
            # What has no end and has begun says no more than that the caller is free.
            return "any time" if start <= self.now else f"from {self._from(start)} on"
        if _within_a_day(start, end):
            return f"{self.day(start.date())} {_hours(start, end)}".rstrip()
        return f"{self._from(start)} to {self.day(_last_day(end))} {_until(end)}".rstrip()

    def _from(self, start: datetime) -> str:
        return self.day(start.date()) if start.time() == time(0) else f"{self.day(start.date())} {_clock(start)}"


def _clock(local: datetime) -> str:
    # strftime takes several times as long, and a list of five hundred tells thousands of times.
    return f"{local.hour:02}:{local.minute:02}"


def _last_day(end: datetime) -> date:
    """The day an end, which is excluded, belongs to: one at midnight is the day before's."""
    return (end - _INSTANT).date()


def _within_a_day(start: datetime, end: datetime) -> bool:
    return start.date() == _last_day(end)


def _hours(start: datetime, end: datetime) -> str:
    """The hours of a stretch within one day; none for the whole of it."""
    if start.time() == time(0):
        return _before(end)
    return f"after {_clock(start)}" if end.time() == time(0) else f"{_clock(start)}–{_clock(end)}"


def _before(end: datetime) -> str:
    return "" if end.time() == time(0) else f"before {_clock(end)}"


def _until(end: datetime) -> str:
    return "" if end.time() == time(0) else _clock(end)
