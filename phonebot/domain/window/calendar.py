"""Arithmetic on the calendar: weeks from Monday, months, the nth of something, and the days known by name."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
Span = tuple[date, date]
"""From the first day to the day after the last."""

_MAY, _NOVEMBER, _SEPTEMBER, _JUNE = 5, 11, 9, 6
_MONDAY, _THURSDAY, _SUNDAY = 0, 3, 6


def single(day: date) -> Span:
    """That one day."""
    return day, day + DAY


def week_of(day: date, weeks_on: int = 0) -> Span:
    """The week, Monday to Sunday, that holds the day, or one so many weeks on."""
    first = day - timedelta(days=day.weekday()) + weeks_on * WEEK
    return first, first + WEEK


def month_of(day: date, months_on: int = 0) -> Span:
    """The month that holds the day, or one so many months on."""
    first = add_months(day.replace(day=1), months_on)
    return first, add_months(first, 1)


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months on, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def next_weekday(weekday: int, after: date) -> date:
    """The first such weekday after that day; 0 is Monday."""
    return after + timedelta(days=(weekday - after.weekday() - 1) % 7 + 1)


def date_of(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def next_date(month: int, day: int, today: date) -> date | None:
    """The next such date from today on; None where no year of the coming eight has it."""
    years = range(today.year, min(today.year + 9, date.max.year))
    dates = (date_of(year, month, day) for year in years)
    return next((found for found in dates if found is not None and found >= today), None)


def next_day_of_month(day: int, today: date, weekday: int | None = None) -> date | None:
    """The next day so numbered from today on, and on that weekday if one is given; None for a number no month has."""
    for months_on in range(48):
        first = month_of(today, months_on)[0]
        found = date_of(first.year, first.month, day)
        if found is not None and found >= today and weekday in {None, found.weekday()}:
            return found
    return None


def nth_weekday(count: int, weekday: int, span: Span) -> date | None:
    """The nth such weekday of the span, -1 for the last; None if it has not so many."""
    found = next_weekday(weekday, span[0] - DAY)
    if count < 0:
        return next_weekday(weekday, span[1] - WEEK - DAY)
    found += (count - 1) * WEEK
    return found if found < span[1] else None


def _nth_of_month(count: int, weekday: int, month: int) -> Callable[[int], date | None]:
    return lambda year: nth_weekday(count, weekday, month_of(date(year, month, 1)))


def _fixed(month: int, day: int) -> Callable[[int], date | None]:
    return lambda year: date_of(year, month, day)


def _by_easter(days: int) -> Callable[[int], date | None]:
    return lambda year: _easter(year) + timedelta(days=days)


def _easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian reckoning (Butcher's)."""
    century, of_century = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - moon - of_century % 4) % 7
    late = (year % 19 + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _black_friday(year: int) -> date | None:
    thanksgiving = nth_weekday(4, _THURSDAY, month_of(date(year, _NOVEMBER, 1)))
    return None if thanksgiving is None else thanksgiving + DAY


NAMED_DAYS: dict[str, Callable[[int], date | None]] = {
    "christmas eve": _fixed(12, 24),
    "christmas": _fixed(12, 25),
    "boxing day": _fixed(12, 26),
    "new years eve": _fixed(12, 31),
    "new years": _fixed(1, 1),
    "new year": _fixed(1, 1),
    "valentines": _fixed(2, 14),
    "st patricks": _fixed(3, 17),
    "april fools": _fixed(4, 1),
    "halloween": _fixed(10, 31),
    "independence day": _fixed(7, 4),
    "good friday": _by_easter(-2),
    "easter monday": _by_easter(1),
    "easter": _by_easter(0),
    "memorial day": _nth_of_month(-1, _MONDAY, _MAY),
    "labor day": _nth_of_month(1, _MONDAY, _SEPTEMBER),
    "labour day": _nth_of_month(1, _MONDAY, _SEPTEMBER),
    "fathers day": _nth_of_month(3, _SUNDAY, _JUNE),
    "thanksgiving": _nth_of_month(4, _THURSDAY, _NOVEMBER),
    "black friday": _black_friday,
}
"""The days people know by name, each in a given year."""


def next_named_day(name: str, today: date) -> date | None:
    """The next day of that name from today on."""
    days = (NAMED_DAYS[name](year) for year in (today.year, today.year + 1))
    return next((day for day in days if day is not None and day >= today), None)
