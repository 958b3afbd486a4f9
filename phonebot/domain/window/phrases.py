"""Phrases: pieces put together to points ("Friday at half four") and to bits, which bound a time or refuse one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from phonebot.domain.window.calendar import DAY, WEEK, next_weekday, week_of
from phonebot.domain.window.part_rules import early_half, late_from
from phonebot.domain.window.pieces import Clock, Days, Instant, Length, Piece, Sign, Stretch


class NotUnderstood(ValueError):
    """Words that may turn the meaning round and fit nowhere: better to ask again than to guess."""


@dataclass(frozen=True, slots=True)
class Point:
    """What is said of one time: days, a time of day, a part of the day, or an instant reckoned from now."""

    days: Days | None = None
    clock: Clock | None = None
    part: Stretch | None = None
    instant: Instant | None = None
    clock_first: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing is said at all."""
        return self.days is None and not self.hours

    @property
    def hours(self) -> bool:
        """Whether anything within the day is said."""
        return not (self.clock is None and self.part is None and self.instant is None)


@dataclass(frozen=True, slots=True)
class Bit:
    """A point, or what lies between two: either may be missing. `link` is the sign that stood before it.

    `after` leaves out the day named ("after the fifth"); `negative` is a time refused.
    """

    start: Point | None = None
    end: Point | None = None
    length: Length | None = None
    whole: bool = True
    after: bool = False
    inclusive: bool = True
    negative: bool = False
    link: str = ""

    @property
    def points(self) -> tuple[Point, ...]:
        """The points said."""
        return tuple(point for point in (self.start, self.end) if point is not None)


_WEEKS = {"week of": 0, "week before": -1, "week after": 1}
_EDGES = {"begin of", "mid of", "end of", "rest of", "later"}
_DAY_EDGES = {
    "begin of": Stretch("morning", time(8), time(10)),
    "mid of": Stretch("midday", time(10), time(14)),
    "end of": Stretch("end of the day", time(16), time(18)),
}
_WEEK_EDGES = {"begin of": (0, 3), "mid of": (2, 4), "end of": (4, 7)}
_MONTH_EDGES = {"begin of": (0, 10), "mid of": (10, 20), "end of": (20, 31)}
_MONTH_DAYS = 31


class Phrases:
    """Reads the pieces one after the other."""

    def __init__(self, pieces: Sequence[Piece], today: date) -> None:
        self._pieces = pieces
        self._today = today
        self._at = 0

    def sign(self, ahead: int = 0) -> str:
        """The sign that stands here or so many pieces on; empty if something else does."""
        place = self._at + ahead
        piece = self._pieces[place] if place < len(self._pieces) else None
        return piece.name if isinstance(piece, Sign) else ""

    @property
    def over(self) -> bool:
        """Whether nothing is left."""
        return self._at >= len(self._pieces)

    def skip(self) -> None:
        """Passes one piece over."""
        self._at += 1

    def take(self, *names: str) -> bool:
        """Passes the sign over if it is one of these."""
        found = self.sign() in names
        self._at += found
        return found

    def mark(self) -> int:
        """The place reached, to come back to."""
        return self._at

    def back_to(self, mark: int) -> None:
        """Goes back to a place marked before."""
        self._at = mark

    def length(self) -> Length | None:
        """The length that stands here, passed over; None if something else does."""
        piece = None if self.over else self._pieces[self._at]
        if not isinstance(piece, Length):
            return None
        self._at += 1
        return piece

    def point(self) -> Point:
        """The point that stands here, as far as it goes; empty if there is none."""
        point, edge = Point(), ""
        while not self.over:
            piece = self._pieces[self._at]
            if isinstance(piece, Sign) and piece.name in _EDGES:
                if edge:
                    break
                edge, self._at = piece.name, self._at + 1
                continue
            more: Point | None
            if isinstance(piece, Sign):
                more = self._signed(point, piece)
            elif isinstance(piece, Length):
                more = self._counted(point, piece)
            else:
                more = self._joined(point, piece, edge)
                edge = "" if more is not None and isinstance(piece, Days | Stretch) else edge
            if more is None:
                break
            point = more
        if edge and point.days is not None:
            point = self._edged(replace(point, days=None), point.days, edge)
        return point

    def days_alone(self) -> Point:
        """The days that stand here without the hours said with them."""
        piece = None if self.over else self._pieces[self._at]
        if not isinstance(piece, Days):
            return Point()
        self._at += 1
        return Point(days=piece)

    def _signed(self, point: Point, sign: Sign) -> Point | None:
        """The signs that may stand inside a point: a comma between a weekday and its date, "the week of"."""
        here = self._at
        if sign.name in _WEEKS:
            self._at += 1
            anchor = self.point()
            if anchor.days is not None and point.days is None:
                return replace(anchor, days=Days((week_of(anchor.days.first, _WEEKS[sign.name]),), "week"))
        following = self._pieces[here + 1] if here + 1 < len(self._pieces) else None
        if sign.name in {",", "for"} and following is not None and not point.empty:
            single = not isinstance(following, Sign | Length)
            joined = self._peeked(point, following, here + 1) if single else None
            if joined is not None:
                return joined
        self._at = here
        return None

    def _peeked(self, point: Point, piece: Piece, place: int) -> Point | None:
        """The point with a piece from beyond a comma, if they are of one time."""
        here, self._at = self._at, place
        joined = self._joined(point, piece, "")
        if joined is None:
            self._at = here
        return joined

    def _joined(self, point: Point, piece: Piece, edge: str) -> Point | None:
        """The point with one more piece; None where the piece belongs to something else."""
        joined: Point | None = None
        if isinstance(piece, Days):
            joined = self._with_days(point, piece, edge)
        elif isinstance(piece, Clock) and point.clock is None and point.instant is None:
            joined = replace(point, clock=piece, clock_first=point.days is None)
        elif isinstance(piece, Stretch) and point.part is None and point.instant is None:
            joined = replace(point, part=_edged_part(piece, edge), clock_first=point.clock_first or point.days is None)
        elif isinstance(piece, Stretch) and point.part is not None and _lies_in(piece, point.part):
            joined = replace(point, part=piece if _lies_in(piece, point.part) == 1 else point.part)
        elif isinstance(piece, Instant) and not point.hours:
            joined = self._with_instant(point, piece)
        if joined is not None:
            self._at += 1
        return joined

    def _with_days(self, point: Point, days: Days, edge: str) -> Point | None:
        if edge:
            return self._edged(point, days, edge)
        if point.instant is not None:
            return self._with_instant(replace(point, days=days, instant=None), point.instant)
        if point.days is None:
            return replace(point, days=days)
        both = point.days.narrowed(days, self._today)
        if both is None and days.dated and point.days.weekday is not None:
            raise NotUnderstood("a date that is another weekday")
        return None if both is None else replace(point, days=both)

    def _with_instant(self, point: Point, instant: Instant) -> Point | None:
        """ "In three days, on Friday" must agree; "as soon as possible tomorrow" is tomorrow."""
        if point.days is None:
            return replace(point, instant=instant)
        if instant.lasts is None:
            return point
        until = instant.at + instant.lasts
        if instant.lasts >= DAY:
            within = all(
                instant.at.date() <= first and after <= until.date() + DAY for first, after in point.days.spans
            )
            return point if within else None
        inside = any(first <= instant.at.date() < after for first, after in point.days.spans)
        return replace(point, days=None, instant=instant) if inside else None

    def _edged(self, point: Point, days: Days, edge: str) -> Point:
        """The beginning, middle, end or rest of the days named."""
        first, after = days.spans[0]
        length = (after - first).days
        if edge == "later":
            edge = "rest of" if first <= self._today and length > 1 else "end of"
        if edge == "rest of":
            return replace(point, days=replace(days, spans=((max(first, self._today), after),)))
        if length == 1:
            return replace(point, days=days, part=point.part or _DAY_EDGES[edge])
        start, end = (_WEEK_EDGES if length <= WEEK.days else _MONTH_EDGES)[edge]
        if length > _MONTH_DAYS:
            start, end = start * length // 31, end * length // 31
        spans = ((first + start * DAY, min(first + end * DAY, after)),)
        if spans[0][0] >= spans[0][1]:
            raise NotUnderstood("the end of what is itself an end")
        return replace(point, days=Days(spans, "days", sure=days.sure))

    def _counted(self, point: Point, length: Length) -> Point | None:
        """A length counted from a day: "three weeks from tomorrow", "a week before Christmas"."""
        here = self._at
        way = self.sign(1)
        if way in {"from", "after", "before", "on from"} and point.instant is None:
            self._at += 2
            anchor = self.point()
            if anchor.days is not None:
                return self._moved(point, anchor, length, way)
        self._at = here
        return None

    def _moved(self, point: Point, anchor: Point, length: Length, way: str) -> Point:
        if anchor.days is None:
            return point
        if length.unit == "minute":
            raise NotUnderstood("hours counted from another time")
        unit = length.unit
        if way == "before":
            length = Length(-length.months, -length.days, -length.minutes)
        day = length.after(anchor.days.first)
        if point.days is not None and point.days.weekday is not None and unit == "week":
            # So many of that weekday behind the day, or before it.
            back = (DAY, timedelta(0)) if way == "before" else (timedelta(0), WEEK)
            day = next_weekday(point.days.weekday, anchor.days.first - back[0]) + timedelta(days=length.days) - back[1]
        days = Days(((day, day + DAY),), sure=anchor.days.sure)
        return replace(point, days=days, clock=point.clock or anchor.clock, part=point.part or anchor.part)


def _lies_in(one: Stretch, other: Stretch) -> int:
    """1 if the one lies within the other ("first thing" in the morning), -1 the other way round, else 0."""
    if other.start <= one.start and time(0) != one.end <= other.end:
        return 1
    return -1 if one.start <= other.start and time(0) != other.end <= one.end else 0


def _edged_part(part: Stretch, edge: str) -> Stretch:
    """The early or late half of a part of the day, where the words for it stand apart ("late in the afternoon")."""
    if edge == "begin of":
        start, end = early_half(part.name) or (part.start, part.end)
        return replace(part, start=start, end=end)
    middle = late_from(part.name) if edge in {"end of", "later"} else None
    return part if middle is None else replace(part, start=max(part.start, middle))
