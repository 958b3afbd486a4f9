"""Times as people write them to a program: ISO 8601 instants in the office's zone, and durations such as 1h30m."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_DURATION = re.compile(r"(?:(\d{1,3})h)?(?:(\d{1,4})m)?", re.ASCII | re.IGNORECASE)


class TimeMistake(ValueError):
    """A time or a duration that cannot be meant; the text says what is wrong, in one line."""


def local_exists(local: datetime, zone: ZoneInfo) -> bool:
    """Whether the naive local time is ever shown by a clock in that zone (one hour a year is not)."""
    back_again = local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    return back_again.replace(tzinfo=None) == local


def instant_of(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The first instant (aware, UTC) a clock in that zone shows this; in the gap of a DST change, just after it."""
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The instant (aware, UTC) at which that local day begins."""
    return instant_of(day, time(0), zone)


def is_date_alone(text: str) -> bool:
    """Whether the text is an ISO date without a time of day."""
    try:
        date.fromisoformat(text.strip())
    except ValueError:
        return False
    return True


def parse_instant(text: str, zone: ZoneInfo) -> datetime:
    """The instant (aware, UTC) of an ISO 8601 text; a date alone is its first instant.

    Without an offset it is in `zone`; of a local time that occurs twice, the first. Raises TimeMistake for anything
    else, also for a local time that does not exist.
    """
    try:
        read = datetime.fromisoformat(text.strip())
        if read.tzinfo is not None:
            return read.astimezone(UTC)
        # A day may begin inside the gap (Beirut, Havana): the date itself still exists.
        if not is_date_alone(text) and not local_exists(read, zone):
            raise TimeMistake(f"{text.strip()} does not exist in {zone.key}: the clocks go forward over it")
        return read.replace(tzinfo=zone).astimezone(UTC)
    except TimeMistake:
        raise
    except (ValueError, OverflowError):
        raise TimeMistake(f"{text[:40]!r} is not a time such as 2026-11-24T14:30") from None


def parse_duration(text: str) -> timedelta:
    """The duration of 30m, 2h or 1h30m; zero is 0m. Raises TimeMistake."""
    match = _DURATION.fullmatch(text.strip())
    if match is None or not text.strip():
        raise TimeMistake(f"{text[:40]!r} is not a duration such as 30m, 2h or 1h30m")
    return timedelta(hours=int(match[1] or 0), minutes=int(match[2] or 0))
