"""Clauses: which days and which hours belong together in "Thursday or Friday, not before ten"."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from phonebot.domain.window.calendar import DAY, date_of
from phonebot.domain.window.phrases import Bit, NotUnderstood, Point
from phonebot.domain.window.pieces import Days

_HALVES = {"am", "pm"}
_JOINED = {"", ",", "but", "for"}
_LISTED = {"or", "and", ","}


@dataclass(frozen=True, slots=True)
class Clause:
    """Days and what is said of the hours within them, either missing. A `fixed` bit holds its own days."""

    days: Days | None
    bit: Bit | None
    fixed: bool = False
    negative: bool = False
    link: str = ""
    hours_first: bool = False

    @property
    def takes_days(self) -> bool:
        """Whether the hours still want their day."""
        return self.days is None and self.bit is not None and not self.fixed


def clauses_of(bits: Iterable[Bit], today: date) -> list[Clause]:
    """The clauses, with days and hours handed on to those that go without."""
    found: list[Clause] = []
    for bit in bits:
        clause = _clause(bit)
        joined = _together(found[-1], clause, today) if found else None
        if joined is None and found and _clash(found[-1], clause):
            raise NotUnderstood("two times and nothing between")
        if joined is None:
            found.append(clause)
        else:
            found[-1] = joined
    return _handed_on([_dates_of_the_month(clause) for clause in found])


def _clash(left: Clause, right: Clause) -> bool:
    """Whether two times stand side by side with nothing to say how they belong together; weekdays make a list."""
    if left.negative or right.negative or right.link not in {"", ","}:
        return False
    if right.link:
        grains = {clause.days.grain for clause in (left, right) if clause.days is not None}
        return len(grains) > 1 and bool(grains & {"each", "week", "month"})
    both = [clause.days for clause in (left, right) if clause.bit is None and clause.days is not None]
    return not (len(both) > 1 and all(days.weekday is not None for days in both))


def _clause(bit: Bit) -> Clause:
    """One bit as a clause: the days taken out of its points where they hold for all of it."""
    named = [point.days for point in bit.points if point.days is not None]
    hours = [point for point in bit.points if point.hours]
    if bit.whole and bit.start is not None:
        rest = replace(bit, start=replace(bit.start, days=None)) if bit.start.hours else None
        instant = bit.start.instant is not None
        return Clause(bit.start.days, rest, instant, bit.negative, bit.link, bit.start.clock_first)
    if len(named) > 1 and hours and any(days.grain in {"week", "month"} for days in named):
        raise NotUnderstood("hours of a whole week or month")
    apart = len(named) > 1 or (named and not hours) or bit.length is not None
    open_before = bit.start is None and bit.end is not None and not bit.end.clock_first
    instant = any(point.instant is not None for point in bit.points)
    if apart or instant or (named and open_before):
        return Clause(None, bit, True, bit.negative, bit.link)
    stripped = replace(bit, start=_without_days(bit.start), end=_without_days(bit.end))
    day_first = bit.start is not None and bit.start.days is not None and not bit.start.clock_first
    first = bool(named) and not day_first
    return Clause(named[0] if named else None, stripped, False, bit.negative, bit.link, first)


def _without_days(point: Point | None) -> Point | None:
    return None if point is None or not point.hours else replace(point, days=None)


def _together(left: Clause, right: Clause, today: date) -> Clause | None:
    """Both as one clause, if they say different things of one time; None if they are two times."""
    if left.negative and not right.negative and not right.link and right.takes_days:
        # "I'm busy tomorrow after three" says one thing of one time.
        refused = _together(replace(left, negative=False), right, today)
        return None if refused is None else replace(refused, negative=True)
    if left.negative or right.negative:
        return None
    timed = _begins_on(left, right)
    if timed is not None:
        return timed
    bounds = _both_bounds(left, right)
    if bounds is not None:
        return bounds
    if right.link not in _JOINED:
        return None
    if left.bit is None and right.takes_days:
        return replace(right, days=left.days, link=left.link)
    if left.takes_days and right.bit is None:
        return replace(left, days=right.days, hours_first=True)
    if left.bit is None and right.bit is None and left.days is not None and right.days is not None:
        both = left.days.narrowed(right.days, today)
        return None if both is None else replace(left, days=both)
    if left.bit is None and left.days is not None and right.days is not None and not right.fixed:
        both = left.days.narrowed(right.days, today)
        return None if both is None else replace(right, days=both, link=left.link)
    return _in_the_part(left, right)


def _begins_on(left: Clause, right: Clause) -> Clause | None:
    """ "Tomorrow from three for two hours": the day before hours that last is the day they begin on."""
    bit = right.bit
    if left.bit is not None or left.days is None or left.days.grain != "day" or bit is None or bit.length is None:
        return None
    if bit.start is None or bit.start.days is not None or bit.start.clock is None:
        return None
    return replace(right, bit=replace(bit, start=replace(bit.start, days=left.days)), link=left.link)


def _dates_of_the_month(clause: Clause) -> Clause:
    """ "November between 19 and 20": within a month two numbers are dates, not hours."""
    days, bit = clause.days, clause.bit
    if days is None or days.grain != "month" or bit is None:
        return clause
    clocks = [point.clock for point in bit.points if point.clock is not None and point.part is None]
    if len(clocks) != 2 or any(clock.minute or clock.half in _HALVES for clock in clocks):
        return clause
    first, last = (date_of(days.first.year, days.first.month, clock.hour) for clock in clocks)
    if first is None or last is None or last < first:
        return clause
    return replace(clause, days=Days(((first, last + DAY),), "days"), bit=None)


def _both_bounds(left: Clause, right: Clause) -> Clause | None:
    """ "After ten but before four" is one stretch."""
    if left.bit is None or right.bit is None or left.fixed or right.fixed or right.link == "or":
        return None
    opens, shuts = (left.bit, right.bit) if left.bit.end is None else (right.bit, left.bit)
    if opens.whole or shuts.whole or opens.end is not None or shuts.start is not None:
        return None
    days = left.days or right.days
    return replace(left, days=days, bit=Bit(opens.start, shuts.end, whole=False, link=left.bit.link))


def _in_the_part(left: Clause, right: Clause) -> Clause | None:
    """ "Tomorrow afternoon, after two": the hours lie in the part of the day."""
    if left.bit is None or left.fixed or not right.takes_days or right.bit is None:
        return None
    point = left.bit.start
    if not left.bit.whole or point is None or point.clock is not None or point.part is None:
        if right.bit.whole and right.bit.start is not None and right.bit.start.clock is None and not left.bit.whole:
            return replace(left, bit=_with_part(left.bit, right.bit.start))
        return None
    return replace(left, bit=_with_part(right.bit, point))


def _with_part(bit: Bit, point: Point) -> Bit:
    """The bit in a part of the day, which tells the half of its first time; the second follows from that."""
    if bit.start is not None:
        return replace(bit, start=replace(bit.start, part=bit.start.part or point.part))
    return replace(bit, end=None if bit.end is None else replace(bit.end, part=bit.end.part or point.part))


def _handed_on(clauses: list[Clause]) -> list[Clause]:
    """Days handed to hours without any, and hours to days: "Monday at ten or eleven", "Monday or Tuesday after six"."""
    found = list(clauses)
    for here in range(1, len(found)):
        left, right = found[here - 1], found[here]
        if left.negative or right.negative or right.link not in _LISTED:
            continue
        if right.takes_days and left.days is not None:
            found[here] = replace(right, days=left.days)
        elif right.bit is None and left.bit is not None and left.hours_first and not left.fixed:
            found[here] = replace(right, bit=left.bit, hours_first=True)
    for here in range(len(found) - 1, 0, -1):
        left, right = found[here - 1], found[here]
        wanted = left.bit is None and right.bit is not None and not right.fixed and right.days is not None
        if wanted and right.link in _LISTED and not (left.negative or right.negative or right.hours_first):
            found[here - 1] = replace(left, bit=right.bit)
    return found
