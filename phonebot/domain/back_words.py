"""How expected-back is put into a prompt: with its leeway before, as its later bound during, and never more exactly."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from phonebot.domain.hours import OfficeHours
from phonebot.domain.spoken import SpokenValue
from phonebot.domain.status import AwayStatus, Grain, daypart_of

_PLAIN_FROM, _PLAIN_UNTIL = time(7), time(19)
"""Between these a bare hour is heard right ("nine" as the morning's); outside it could be heard as the other nine."""
_FAR_DAYS = 7
_HALF_A_CLOCK = timedelta(hours=10)
_ABOUT = timedelta(hours=1)
"""The longest leeway that "about" still covers."""


@dataclass(frozen=True, slots=True)
class BackWords:
    """The prompt that speaks of the return, with its own values; `day` is the day it names."""

    id: str
    values: Mapping[str, SpokenValue]
    day: date


def near(day: date, today: date) -> str:
    """How a day is named from today: "today", "tomorrow", "week" (by its weekday) or "far" (by its date)."""
    away = (day - today).days
    if away in {0, 1}:
        return ("today", "tomorrow")[away]
    return "week" if 1 < away < _FAR_DAYS else "far"


def back_words(status: AwayStatus, hours: OfficeHours, at: datetime) -> BackWords | None:
    """What may be said at that instant of when the person is back; None with no return given, or once it has lapsed."""
    latest = status.latest(hours)
    if status.back is None or latest is None or at > latest:
        return None
    if status.back.grain is Grain.INSTANT:
        return _said_exactly(status.back.at, latest, status.leeway, hours, at)
    if at >= status.back.at:
        return _end_of(status.back.grain, hours, status.back.at, at)
    day = hours.local_day(status.back.at)
    values: dict[str, SpokenValue] = {"day": day, "near": near(day, hours.local_day(at))}
    if status.back.grain is Grain.DAY:
        return BackWords("away-back-day", values, day)
    return _daypart(hours, status.back.at, at)


def _said_exactly(back: datetime, latest: datetime, leeway: timedelta, hours: OfficeHours, at: datetime) -> BackWords:
    step = timedelta(minutes=15 if leeway >= timedelta(minutes=15) else 5)
    earliest, bound = _rounded_down(back, step, hours), _rounded_up(latest, step, hours)
    day, today = earliest.date(), hours.local_day(at)
    if bound.date() != day or bound.astimezone(UTC) - earliest.astimezone(UTC) >= _HALF_A_CLOCK:
        return _end_of(Grain.DAY, hours, latest, at)
    if earliest.astimezone(UTC) <= at:
        return BackWords("away-back-by", {"time": bound.time()}, today)
    closes = hours.closes(day)
    after_closing = closes is not None and at < closes < back
    if after_closing and day != today:
        return BackWords("away-back-day-after-closing", {"day": day, "near": near(day, today)}, day)
    if not after_closing and not _PLAIN_FROM <= earliest.time() < _PLAIN_UNTIL:
        return _daypart(hours, back, at)
    # A week ahead "between ten and half past" is more than anybody takes in: "at about ten" says as much.
    far = near(day, today) == "far"
    if far and leeway > _ABOUT:
        return _daypart(hours, back, at)
    values: dict[str, SpokenValue] = {"time": earliest.time()}
    if leeway and earliest != bound and not far:
        values = {"from": earliest.time(), "to": bound.time()}
    ending = "about" if "time" in values else "between"
    if after_closing:
        return BackWords(f"away-back-{ending}-after-closing", values, day)
    return BackWords(f"away-back-{ending}", {**values, **_near(earliest, hours, at)}, day)


def _near(local: datetime, hours: OfficeHours, at: datetime) -> dict[str, SpokenValue]:
    """The day of a clock time; "later" is this afternoon heard in the small hours, when "two" could be either."""
    name = near(local.date(), hours.local_day(at))
    if name == "today" and local.hour >= 12 and local.astimezone(UTC) - at >= _HALF_A_CLOCK:
        name = "later"
    return {"day": local.date(), "near": name}


def _daypart(hours: OfficeHours, back: datetime, at: datetime) -> BackWords:
    local = hours.local(back)
    name = near(local.date(), hours.local_day(at))
    return BackWords(
        "away-back-part", {"day": local.date(), "near": name, "part": daypart_of(local).value}, local.date()
    )


def _end_of(grain: Grain, hours: OfficeHours, moment: datetime, at: datetime) -> BackWords:
    """The later bound of a return said as a day or as part of one."""
    local = hours.local(moment)
    if grain is Grain.DAYPART:
        return BackWords("away-back-by-end-of-part", {"part": daypart_of(local).value}, local.date())
    name = near(local.date(), hours.local_day(at))
    return BackWords("away-back-by-end-of-day", {"day": local.date(), "near": name}, local.date())


def _rounded_down(at: datetime, step: timedelta, hours: OfficeHours) -> datetime:
    """The earliest time in words people use: a multiple of five stays, any other goes down to the step."""
    past = _past(at, timedelta(minutes=5), hours) and _past(at, step, hours)
    # Subtracted from the instant and not from the wall clock, which jumps when the clocks change.
    return hours.local(at.astimezone(UTC) - past)


def _rounded_up(at: datetime, step: timedelta, hours: OfficeHours) -> datetime:
    """The later bound in words people use: never before the true one."""
    past = _past(at, step, hours)
    return hours.local(at.astimezone(UTC) + (step - past if past else past))


def _past(at: datetime, step: timedelta, hours: OfficeHours) -> timedelta:
    """How long ago the local clock last showed a multiple of the step within its hour."""
    local = hours.local(at)
    return timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond) % step
