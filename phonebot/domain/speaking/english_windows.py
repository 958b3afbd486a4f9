"""Callback windows in British English, to be read back: "Thursday between ten and noon", "Thursday or Friday"."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from phonebot.domain.speaking.english import clock, date_in_month, full_day, weekday
from phonebot.domain.window import Part

MOST_PARTS = 3
"""More than three are not held in the head: "any morning next week" is then said by its first and last day."""

NEXT_DAYS = 7


def window(parts: Sequence[Part], today: date) -> str:
    """The parts in words, as one would ask about them; `today` is the local day. No words for no parts."""
    if len(parts) > MOST_PARTS:
        first, last = _part(parts[0], today), _part(parts[-1], today)
        return f"{first}, and so on until {last}"
    return " or ".join(_part(part, today) for part in parts)


def _part(part: Part, today: date) -> str:
    match part:
        case Part(start=None, end=None):
            return "any time"
        case Part(start=None, end=datetime() as end):
            return _on(f"before {clock(end.time())}", end.date(), today)
        case Part(start=datetime() as start, end=None):
            return _after(start, today)
        case Part(start=datetime() as start, end=datetime() as end):
            return _between(start, end, today)
    raise AssertionError(part)


def _after(start: datetime, today: date) -> str:
    if start.time() == time(0):
        return f"from {_day(start.date(), today)} on"
    return _on(f"after {clock(start.time())}", start.date(), today)


def _between(start: datetime, end: datetime, today: date) -> str:
    """Whole days are said as days; an end at midnight is the day's own, and so is left out."""
    last = (end - timedelta(microseconds=1)).date()
    whole = start.time() == time(0) and end.time() == time(0)
    if last > start.date():
        return f"{_day(start.date(), today)} to {_day(last, today)}"
    if whole:
        return _day(start.date(), today)
    if start.time() == time(0):
        return _on(f"before {clock(end.time())}", start.date(), today)
    if end.time() == time(0):
        return _on(f"after {clock(start.time())}", start.date(), today)
    if end - start <= timedelta(minutes=30):
        return _on(f"at about {clock(start.time())}", start.date(), today)
    return _on(f"between {clock(start.time())} and {clock(end.time())}", start.date(), today)


def _on(times: str, day: date, today: date) -> str:
    return f"{_day(day, today)} {times}"


def _day(day: date, today: date) -> str:
    """A day as it is named from today; one further off than a week with its date."""
    away = (day - today).days
    if away in {0, 1}:
        return ("today", "tomorrow")[away]
    return weekday(day) if 1 < away < NEXT_DAYS else full_day(day)


def part_of_day(day: date, part: str, today: date) -> str:
    """A part ("morning") of a day, as it is offered: "this afternoon", "tomorrow morning", "Thursday afternoon"."""
    away = (day - today).days
    if away == 0:
        return f"this {part}"
    if away == 1:
        return f"tomorrow {part}"
    return f"{weekday(day)} {part}" if away < NEXT_DAYS else f"{weekday(day)} {part}, {date_in_month(day)}"
