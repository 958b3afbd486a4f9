"""The away status: where a person is, between a first and a last instant, and when they expect to be back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum

from phonebot.domain.hours import OfficeHours
from phonebot.domain.times import instant_of, is_date_alone, parse_instant, start_of_day


class Presence(StrEnum):
    """Whether the person can be rung: IN may be, AWAY may not (also in the building but in a meeting)."""

    IN = "in"
    AWAY = "away"


class Grain(StrEnum):
    """How exactly a time was set; nothing more exact is ever spoken."""

    INSTANT = "instant"
    DAYPART = "daypart"
    DAY = "day"


class Daypart(StrEnum):
    """A part of the office's day, as people name it."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


DAYPART_STARTS = {Daypart.MORNING: time(0), Daypart.AFTERNOON: time(12), Daypart.EVENING: time(18)}
"""The local time each part of the day begins; it lasts until the next, and the evening until midnight."""


def daypart_of(local: datetime) -> Daypart:
    """The part of the day a local time falls in."""
    return max(
        (part for part, start in DAYPART_STARTS.items() if start <= local.time()), key=DAYPART_STARTS.__getitem__
    )


@dataclass(frozen=True, slots=True)
class ExpectedBack:
    """The earliest instant (aware, UTC) somebody expects to be back, and how exactly that was said.

    For a day it is the office's opening, for a daypart the later of that and the daypart's start.
    """

    at: datetime
    grain: Grain = Grain.INSTANT

    def latest(self, hours: OfficeHours, leeway: timedelta) -> datetime:
        """The last instant (aware, UTC) these words cover: plus the leeway, or the end of the daypart or office day."""
        if self.grain is Grain.INSTANT:
            return self.at + leeway
        local = hours.local(self.at)
        day = local.date()
        midnight = start_of_day(day + timedelta(days=1), hours.zone)
        closes = hours.closes(day)
        if closes is None or closes <= self.at:
            closes = midnight
        if self.grain is Grain.DAY:
            return closes
        match daypart_of(local):
            case Daypart.MORNING:
                return instant_of(day, DAYPART_STARTS[Daypart.AFTERNOON], hours.zone)
            case Daypart.AFTERNOON:
                return min(closes, instant_of(day, DAYPART_STARTS[Daypart.EVENING], hours.zone))
            case Daypart.EVENING:
                return midnight


def back_on(day_start: datetime, hours: OfficeHours) -> ExpectedBack:
    """Expected back on the local day of that instant, no time given: from the opening, or from midnight if shut."""
    day = hours.local_day(day_start)
    return ExpectedBack(hours.opens(day) or start_of_day(day, hours.zone), Grain.DAY)


def parse_back(text: str, hours: OfficeHours) -> ExpectedBack:
    """Expected-back as an option gives it: ISO 8601, a date alone meaning some time that day. Raises TimeMistake."""
    at = parse_instant(text, hours.zone)
    return back_on(at, hours) if is_date_alone(text) else ExpectedBack(at)


@dataclass(frozen=True, slots=True)
class AwayStatus:
    """What one person (by id) is doing, speaking from `starts` to `ends`, both included. Instants are aware UTC.

    `activity` follows "Sue is …" ("in meetings"); empty means simply in or out. A `discreet` activity is never spoken.
    `cover` is the id of the colleague who stands in.
    """

    person: str
    activity: str
    presence: Presence
    starts: datetime
    ends: datetime
    back: ExpectedBack | None
    leeway: timedelta
    cover: str | None
    set_at: datetime
    discreet: bool = False

    def covers(self, at: datetime) -> bool:
        """Whether the status speaks at that instant, its first and last included."""
        return self.starts.astimezone(UTC) <= at <= self.ends.astimezone(UTC)

    def latest(self, hours: OfficeHours) -> datetime | None:
        """The last instant expected-back covers, leeway included; None if no return was given."""
        return None if self.back is None else self.back.latest(hours, self.leeway)


def status_at(statuses: Iterable[AwayStatus], at: datetime) -> AwayStatus | None:
    """The status of one person that speaks at that instant: of several, the one set last."""
    return max((status for status in statuses if status.covers(at)), key=lambda status: status.set_at, default=None)
