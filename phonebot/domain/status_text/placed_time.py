"""A said time put on the office's clock: which instant it is, and how exactly it was said."""

from datetime import UTC, date, datetime, time, timedelta

from phonebot.domain.hours import OfficeHours
from phonebot.domain.status import DAYPART_STARTS, ExpectedBack, Grain, back_on, daypart_of
from phonebot.domain.status_text.said_day import SaidTimeMistake
from phonebot.domain.status_text.said_time import SaidTime
from phonebot.domain.times import instant_of, local_exists, start_of_day

_FIRST_WORKING_HOUR, _LAST_WORKING_HOUR = 7, 18
"""The half of the day a bare hour is in where the office's hours do not tell: from seven to six."""


def place(said: SaidTime, hours: OfficeHours, now: datetime) -> ExpectedBack:
    """The earliest instant the words can mean, and their grain. Raises SaidTimeMistake for what is past or ambiguous.

    A bare hour is the next one in office hours: at eleven, "two" is this afternoon's.
    """
    if said.moment is not None:
        local = said.moment
        return ExpectedBack(local.astimezone(UTC) if local.tzinfo else _on_clock(local.date(), local.time(), hours))
    if said.clock is not None:
        return ExpectedBack(_place_clock(said, said.clock, hours, now))
    today = hours.local_day(now)
    day = said.day or today
    if said.part is None:
        return back_on(start_of_day(day, hours.zone), hours)
    opens = hours.opens(day)
    if opens is not None and daypart_of(hours.local(opens)) is said.part:
        return ExpectedBack(opens, Grain.DAYPART)
    return ExpectedBack(instant_of(day, DAYPART_STARTS[said.part], hours.zone), Grain.DAYPART)


def _place_clock(said: SaidTime, clock: time, hours: OfficeHours, now: datetime) -> datetime:
    today = hours.local_day(now)
    day = said.day or today
    if clock == time(0) and said.sure:
        return start_of_day(day + timedelta(days=1), hours.zone)  # midnight ends the day it is said of
    at = _on_clock(day, _in_working_half(said, clock, day, hours), hours)
    if at > now or said.day is not None:
        return at
    tonight = not said.sure and _on_clock(day, clock.replace(hour=clock.hour % 12 + 12), hours) > now
    if tonight and (hours.is_open(now) or not _within_hours(at, day, hours)):
        raise SaidTimeMistake(f"{clock:%H:%M} could be this evening or tomorrow; say which")
    closes = hours.closes(today)
    if said.sure or (closes is not None and now < closes):
        raise SaidTimeMistake(f"{hours.local(at):%H:%M} has passed; say which day")
    opens = hours.opens_next(now)
    return at if opens is None else _place_clock(_on_day(said, hours.local_day(opens)), clock, hours, now)


def _on_day(said: SaidTime, day: date) -> SaidTime:
    return SaidTime(day=day, part=said.part, clock=said.clock, sure=said.sure)


def _in_working_half(said: SaidTime, clock: time, day: date, hours: OfficeHours) -> time:
    """The clock time in the half of the day that is meant: where the office is open, else where offices usually are."""
    if said.sure:
        return clock
    halves = [clock.replace(hour=clock.hour % 12), clock.replace(hour=clock.hour % 12 + 12)]
    open_ones = [half for half in halves if _within_hours(instant_of(day, half, hours.zone), day, hours)]
    if len(open_ones) == 1:
        return open_ones[0]
    return next(half for half in halves if _FIRST_WORKING_HOUR <= half.hour <= _LAST_WORKING_HOUR)


def _within_hours(at: datetime, day: date, hours: OfficeHours) -> bool:
    opens, closes = hours.opens(day), hours.closes(day)
    return opens is not None and closes is not None and opens <= at <= closes


def _on_clock(day: date, clock: time, hours: OfficeHours) -> datetime:
    local = datetime.combine(day, clock.replace(tzinfo=None))
    if not local_exists(local, hours.zone):
        raise SaidTimeMistake(f"{local:%H:%M} on {day.isoformat()} does not exist: the clocks go forward over it")
    return instant_of(day, clock, hours.zone)
