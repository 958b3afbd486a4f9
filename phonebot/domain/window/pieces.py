"""The pieces that what a caller says is made of: days, a time of day, a part of the day, a length, an instant."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from phonebot.domain.window.calendar import Span, add_months, next_day_of_month


@dataclass(frozen=True, slots=True)
class Days:
    """One or more stretches of days. `grain` is what was named: "day", "days", "week", "month"; "each" for "any day".

    A weekday or a day of the month said alone is kept as such, since more words may yet move it: "Tuesday next week".
    `dated` has its month; `since` is the hour of its first day that was meant ("in three days", said at ten).
    """

    spans: tuple[Span, ...]
    grain: str = "day"
    weekday: int | None = None
    day_of_month: int | None = None
    sure: bool = True
    dated: bool = False
    since: time | None = None

    @property
    def first(self) -> date:
        """The first day of all."""
        return self.spans[0][0]

    @property
    def after(self) -> date:
        """The day after the last of all."""
        return self.spans[-1][1]

    def narrowed(self, other: "Days", today: date) -> "Days | None":
        """What both say together ("Tuesday" and "next week"); None where they contradict each other."""
        broad, fine = (self, other) if other.grain == "day" else (other, self)
        if fine.grain == "day" and broad.grain != "day":
            return fine._within(broad)
        if fine.grain != "day":
            return self._inner(other)
        if self.weekday is not None and other.weekday is None:
            return other._on(self.weekday, today)
        if other.weekday is not None and self.weekday is None:
            return self._on(other.weekday, today)
        if self.day_of_month is not None and self.day_of_month == other.first.day and other.dated:
            return other
        return self if self.spans == other.spans else None

    def _inner(self, other: "Days") -> "Days | None":
        """The one that lies within the other."""
        for inner, outer in ((self, other), (other, self)):
            if inner.grain == "each":
                return inner._each_within(outer)
            if outer.first <= inner.first and inner.after <= outer.after:
                return inner
        return None

    def _each_within(self, broad: "Days") -> "Days | None":
        """ "Any day", "weekdays": those days of the stretch named."""
        weekdays = {first.weekday() for first, _ in self.spans}
        days = (first + timedelta(days=ahead) for first, after in broad.spans for ahead in range((after - first).days))
        spans = tuple((day, day + timedelta(days=1)) for day in days if day.weekday() in weekdays)
        return replace(self, spans=spans) if spans else None

    def _within(self, broad: "Days") -> "Days | None":
        """A weekday or a day of the month in the weeks or months named."""
        spans = []
        for first, after in broad.spans:
            for ahead in range((after - first).days):
                day = first + timedelta(days=ahead)
                if self._fits(day):
                    spans.append((day, day + timedelta(days=1)))
        return replace(self, spans=tuple(spans), sure=True) if spans else None

    def _fits(self, day: date) -> bool:
        if self.weekday is None and self.day_of_month is None:
            return any(first <= day < after for first, after in self.spans)
        return self.weekday in {None, day.weekday()} and self.day_of_month in {None, day.day}

    def _on(self, weekday: int, today: date) -> "Days | None":
        """The same day as long as it is that weekday, and for a day of the month the next that is."""
        if self.day_of_month is not None:
            day = next_day_of_month(self.day_of_month, today, weekday)
            return None if day is None else replace(self, spans=((day, day + timedelta(days=1)),), weekday=weekday)
        if self.since is not None:
            return self._near(weekday)
        return self if all(first.weekday() == weekday for first, _ in self.spans) else None

    def _near(self, weekday: int) -> "Days | None":
        """ "In three days, on Friday": people count the days differently, and the weekday says which is meant."""
        days = (self.first + timedelta(days=step) for step in (-1, 0, 1))
        spans = tuple((day, day + timedelta(days=1)) for day in days if day.weekday() == weekday)
        return Days(spans, sure=False) if spans else None


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day: hour and minute as said; `half` is "am" or "pm", "24" where the hour says it, "" where unknown."""

    hour: int
    minute: int = 0
    half: str = ""

    def at(self, half: str = "") -> time:
        """The time in its own half of the day, else in the one given."""
        half = self.half or half
        if half == "24":
            return time(self.hour % 24, self.minute)
        return time(self.hour % 12 + (12 if half == "pm" else 0), self.minute)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the day by name; an end of midnight is the one that ends the day.

    `today` counts the day it is in ("tonight" is 0, "the next evening" 1); None where any day may be meant.
    """

    name: str
    start: time
    end: time
    today: int | None = None
    each: bool = False


@dataclass(frozen=True, slots=True)
class Instant:
    """A time reckoned from now, aware, and how long it lasts; None for on and on.

    A `loose` one ("any time", "as soon as possible") says nothing more beside a time that is named.
    """

    at: datetime
    lasts: timedelta | None
    sure: bool = True
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time in months, days and minutes; `unit` is the one named last."""

    months: int = 0
    days: int = 0
    minutes: float = 0
    unit: str = "minute"

    def after(self, day: date) -> date:
        """The day so much later."""
        return add_months(day, self.months) + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Sign:
    """A word that joins, bounds or refuses: "to", "after", "not", …"""

    name: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """A word that says nothing known here."""

    word: str


Piece = Days | Clock | Stretch | Instant | Length | Sign | Unknown
