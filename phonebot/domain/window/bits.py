"""Bits: points with what bounds or refuses them ("between two and four", "not before ten", "at work until five")."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from phonebot.domain.window.calendar import DAY, WEEK, next_day_of_month
from phonebot.domain.window.phrases import Bit, NotUnderstood, Phrases, Point
from phonebot.domain.window.pieces import Clock, Days, Piece, Sign, Stretch

_TO = ("to", "-", "through", "until", "by")
_BREAKS = ("or", "and", ",", "but")
_PASSED_OVER = {
    "through",
    "to",
    "-",
    "for",
    "free",
    "from",
    "by",
    "done",
    "starting",
}


class Bits:
    """Reads all bits out of the pieces. Raises NotUnderstood for a sign that must not be passed over."""

    def __init__(self, pieces: Sequence[Piece], today: date) -> None:
        self._phrases = Phrases(_edges_at_their_part(_apart(_in_their_week(pieces, today))), today)

    def all(self) -> list[Bit]:
        """The bits in order."""
        found: list[Bit] = []
        link, mood = "", ""
        phrases = self._phrases
        while not phrases.over:
            sign = phrases.sign()
            if sign in _BREAKS:
                link, mood = (sign if sign != "," or not link else link), "" if sign == "," else mood
                phrases.skip()
            elif sign in {"not", "busy", "free", "done"}:
                if mood == "not" and sign != "not":
                    raise NotUnderstood(sign)
                mood = sign
                phrases.skip()
                if sign == "busy" and found and not link and self._ends_here():
                    found[-1] = replace(found[-1], negative=True)
            elif sign == "instead":
                found, link, mood = [], "", ""
                phrases.skip()
            elif sign == "not that":
                if not found:
                    raise NotUnderstood(sign)
                found[-1] = replace(found[-1], negative=True)
                phrases.skip()
            else:
                bit = self._bit()
                if bit is None:
                    self._pass_over(sign)
                    continue
                found.append(replace(_in_mood(bit, mood), link=link))
                link, mood = "", "" if mood != "not" else ("not" if phrases.sign() in {"or", "and"} else "")
        if mood == "not":
            raise NotUnderstood("not what?")
        return found

    def _ends_here(self) -> bool:
        """Whether what was said before is what is meant: "between one and two I'm out"."""
        return self._phrases.over or self._phrases.sign() in _BREAKS

    def _pass_over(self, sign: str) -> None:
        if sign not in _PASSED_OVER:
            raise NotUnderstood(sign or "a piece that fits nowhere")
        self._phrases.skip()
        if sign == "to" and self._phrases.over:
            raise NotUnderstood("a time broken off")  # "twenty to"

    def _bit(self) -> Bit | None:
        """The bit that stands here; None (and nothing passed over) where there is none."""
        sign = self._phrases.sign()
        here = self._phrases.mark()
        bit = self._bounded(sign) if sign else self._plain()
        if bit is None and sign:
            self._phrases.back_to(here)
            bit = self._plain()
        if bit is None:
            self._phrases.back_to(here)
        return bit

    def _bounded(self, sign: str) -> Bit | None:
        phrases = self._phrases
        phrases.skip()
        match sign:
            case "between":
                return self._between()
            case "from" | "on from" | "starting" | "or later":
                return self._from()
            case "after":
                return self._after()
            case "before" | "until" | "by" | "through" | "or earlier":
                to_the_end = phrases.take("end of")
                end = phrases.point()
                return None if end.empty else Bit(None, end, whole=False, inclusive=to_the_end or _counts(end, sign))
            case "for" | "less than":
                return self._for()
        return None

    def _between(self) -> Bit | None:
        phrases = self._phrases
        start = phrases.point()
        if start.empty or not phrases.take("and", "to", "-", "through", "or", "until"):
            return None
        end = self._end_for(start)
        return None if end.empty else _range(start, end)

    def _end_for(self, start: Point) -> Point:
        """What ends a stretch; between two days the hours said after them are hours of each day."""
        here = self._phrases.mark()
        end = self._phrases.point()
        if not start.hours and end.days is not None and end.hours and not end.clock_first:
            self._phrases.back_to(here)
            end = self._phrases.days_alone()
        return end

    def _from(self) -> Bit | None:
        start = self._phrases.point()
        return None if start.empty else self._onwards(start, whole=False)

    def _onwards(self, start: Point, *, whole: bool) -> Bit | None:
        """What may follow a point: an end, a length, "or later"."""
        phrases = self._phrases
        here = phrases.mark()
        dash = phrases.sign() == "-"
        if phrases.take(*_TO):
            end = self._end_for(start)
            if dash and not start.hours and end.clock is not None and end.days is None:
                return self._onwards(replace(end, days=start.days), whole=whole)
            if not end.empty:
                return _range(start, end)
            phrases.back_to(here)
        if phrases.take("for"):
            length = phrases.length()
            if length is not None:
                return Bit(start, None, length, whole=False)
            phrases.back_to(here)
        if phrases.take("or later"):
            return Bit(start, None, whole=False)
        if phrases.take("or earlier"):
            return Bit(None, start, whole=False)
        return Bit(start, None, whole=whole)

    def _after(self) -> Bit | None:
        phrases = self._phrases
        start = phrases.point()
        if start.empty:
            length = phrases.length()
            return None if length is None else Bit(None, None, length, whole=False, after=True)
        return Bit(start, None, whole=False, after=True)

    def _for(self) -> Bit | None:
        """So long from a time on; "for" before a time means nothing."""
        length = self._phrases.length()
        self._phrases.take(",")
        if length is None or not self._phrases.take("from", "starting", "on from", "after", "week of"):
            return None
        start = self._phrases.point()
        return None if start.empty else Bit(start, None, length, whole=False)

    def _plain(self) -> Bit | None:
        phrases = self._phrases
        here = phrases.mark()
        length = phrases.length()
        if length is not None and phrases.take("starting"):
            start = phrases.point()
            return None if start.empty else Bit(start, None, length, whole=False)
        phrases.back_to(here)
        point = phrases.point()
        return None if point.empty else self._onwards(point, whole=True)


def _apart(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with "or after" as two signs before a time, and as "or later" behind one."""
    apart: list[Piece] = []
    for place, piece in enumerate(pieces):
        name = piece.name if isinstance(piece, Sign) else ""
        if name not in {"or after", "or before"}:
            apart.append(piece)
        elif _another_time(
            pieces[place - 1] if place else None, pieces[place + 1] if place + 1 < len(pieces) else None
        ):
            apart += [Sign("or"), Sign(name.removeprefix("or "))]
        else:
            apart.append(Sign("or later" if name == "or after" else "or earlier"))
    return apart


def _another_time(before: Piece | None, behind: Piece | None) -> bool:
    """Whether a new time follows: a day behind an hour is the day of that hour ("six or after on Wednesday")."""
    return isinstance(behind, Clock | Stretch) or (isinstance(behind, Days) and not isinstance(before, Clock))


def _edges_at_their_part(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with "late" put where it belongs: "late tomorrow afternoon" is tomorrow, late in the afternoon."""
    moved = list(pieces)
    for place in range(len(moved) - 2):
        edge, day, part = moved[place : place + 3]
        named = isinstance(edge, Sign) and edge.name in {"begin of", "mid of", "end of"}
        if named and isinstance(day, Days) and day.grain == "day" and isinstance(part, Stretch):
            moved[place : place + 2] = [day, edge]
    return moved


def _in_their_week(pieces: Sequence[Piece], today: date) -> Sequence[Piece]:
    """The pieces with their weekdays in the one week that is named: "next week between Wednesday and Friday"."""
    weeks = [piece for piece in pieces if isinstance(piece, Days) and piece.grain in {"week", "month"}]
    weekdays = [piece for piece in pieces if isinstance(piece, Days) and piece.weekday is not None]
    # One weekday alone finds its week beside it, or is another time; a refused one is of the week that is wanted.
    several = len(weekdays) > 1 or (weekdays and Sign("not") in pieces)
    if len(weeks) != 1 or not several:
        return pieces
    return [
        (piece.narrowed(weeks[0], today) or piece) if isinstance(piece, Days) and piece.weekday is not None else piece
        for piece in pieces
    ]


def _counts(end: Point, sign: str) -> bool:
    """Whether the days that end a stretch belong to it: "by Friday" has Friday in it, "by next week" not the week."""
    broad = end.days is not None and end.days.grain in {"week", "month"}
    return sign in {"until", "through"} or (sign == "by" and not broad)


def _range(start: Point, end: Point) -> Bit:
    """From one point to another; two days become all the days between."""
    if not start.hours and not end.hours and start.days is not None and end.days is not None:
        days = _stretch(start.days, end.days)
        if days is None:
            raise NotUnderstood("a range that ends before it starts")
        return Bit(Point(days=days))
    return Bit(start, end, whole=False)


def _stretch(start: Days, end: Days) -> Days | None:
    """All days from one to another; the first takes its month from the last, a weekday comes after the first."""
    first, after = start.first, end.after
    same_month = start.day_of_month is not None and end.day_of_month is None and end.weekday is None
    if same_month and start.day_of_month is not None and start.day_of_month <= end.first.day:
        first = end.first.replace(day=start.day_of_month)
    if end.day_of_month is not None and after <= first:
        later = next_day_of_month(end.day_of_month, first)
        after = after if later is None else later + DAY
    while end.weekday is not None and after <= first:
        after += WEEK
    return None if after <= first else Days(((first, after),), "days", sure=start.sure and end.sure)


def _in_mood(bit: Bit, mood: str) -> Bit:
    """The bit as it is meant when somebody says that they are busy, free, or done then."""
    ends_only = bit.start is None and bit.end is not None
    if mood == "not":
        return replace(bit, negative=True)
    if mood == "busy":
        if ends_only:
            return Bit(bit.end, None, whole=False)
        return replace(bit, negative=True)
    if mood == "done" and (bit.whole or ends_only):
        return Bit(bit.start or bit.end, None, whole=False)
    return bit
