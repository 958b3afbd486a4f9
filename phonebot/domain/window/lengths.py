"""Lengths of time and what is reckoned from now with them: "half an hour", "in a few hours", "the next two days"."""

import re
from datetime import UTC, date, datetime, timedelta

from phonebot.domain.window.calendar import DAY, WEEK, add_months, week_of
from phonebot.domain.window.pieces import Days, Instant, Length, Piece
from phonebot.domain.window.rule import Found, Rule, rule

_UNIT = "seconds?|secs?|minutes?|mins?|min|hours?|hrs?|hr|h|days?|working days?|weeks?|wks?|fortnights?|months?|years?"
_AMOUNT = r"(?:\d{1,3}(?:\.\d+)?|an?|1)"
_ONE = (
    rf"(?:half an? (?:hour|day)|half hour|1/2 hour|(?:a )?quarter of an hour|(?:3|3rd) quarters of an hour"
    rf"|{_AMOUNT} and (?:an? )?half (?:hours?|hrs?|weeks?|months?|days?)"
    rf"|{_AMOUNT} (?:{_UNIT})(?: and an? (?:half|quarter))?)"
)
LENGTH = rf"{_ONE}(?: (?:and )?{_ONE})*"
"""The pattern of a length."""

_PIECE = re.compile(
    rf"({_AMOUNT}|half|1/2|quarter of|(?:3|3rd) quarters of) ?(?P<more>and (?:an? )?half )?(?:an? )?({_UNIT})\b"
)
_HALF_MORE = re.compile(r"(hour|hr|day|week|month)s? and an? (half|quarter)")
_MINUTES = {"s": 1 / 60, "m": 1.0, "h": 60.0}
_MOST_DAYS, _MOST_MONTHS = 800, 36
"""Further ahead nobody asks for a call."""


def read_length(said: str) -> Length:
    """The length that the words name; they fit the pattern."""
    found = Length()
    for piece in _PIECE.finditer(said):
        amount = _amount(piece[1]) + (0.5 if piece["more"] else 0)
        found = _add(found, amount, piece[3])
    half = _HALF_MORE.search(said)
    return _add(found, 0.5 if half[2] == "half" else 0.25, half[1]) if half else found


def _amount(said: str) -> float:
    words = {"a": 1.0, "an": 1.0, "half": 0.5, "1/2": 0.5, "quarter of": 0.25}
    return words.get(said) or (0.75 if "quarters" in said else float(said))


def _add(found: Length, amount: float, unit: str) -> Length:
    if unit.startswith(("month", "year")):
        months = round(amount * (12 if unit.startswith("year") else 1))
        return Length(found.months + months, found.days, found.minutes, "month")
    if unit[0] in "dwf" and not unit.startswith("working"):
        days = amount * {"d": 1, "w": 7, "f": 14}[unit[0]]
        name = "day" if unit[0] == "d" else "week"
        return Length(found.months, found.days + int(days), found.minutes + (days % 1) * 1440, name)
    if unit.startswith("working"):
        return Length(found.months, found.days + round(amount), found.minutes, "day")
    return Length(found.months, found.days, found.minutes + amount * _MINUTES[unit[0]], "minute")


def later(now: datetime, length: Length) -> datetime:
    """So much later by the calendar and the clock; no further than people plan."""
    day = add_months(now.date(), min(length.months, _MOST_MONTHS)) + timedelta(days=min(length.days, _MOST_DAYS))
    on_the_day = datetime.combine(day, now.time(), tzinfo=now.tzinfo)
    elapsed = timedelta(minutes=min(length.minutes, _MOST_DAYS * 1440))
    return (on_the_day.astimezone(UTC) + elapsed).astimezone(now.tzinfo) if elapsed else on_the_day


def _length(found: Found) -> Piece:
    return read_length(found.words)


def _from_now(found: Found) -> Piece:
    """In so long: a moment for hours and minutes; for days, that day from about this hour on."""
    length = read_length(found["length"])
    at = later(found.now, length)
    if length.unit == "minute":
        return Instant(at, timedelta(minutes=60 if length.minutes >= 60 else 30))
    if length.unit == "day":
        exact = at.replace(second=0, microsecond=0)
        start = exact if "now" in found.words else exact.replace(minute=0)
        return Days(((start.date(), start.date() + DAY),), since=start.time())
    return Days(((at.date(), at.date() + DAY),))


def _within(found: Found) -> Piece:
    return _stretch_of(found, found["length"])


def _stretch_of(found: Found, said: str) -> Instant:
    length = read_length(said)
    return Instant(found.now, later(found.now, length) - found.now)


def _coming(found: Found) -> Piece | None:
    """The next so many days, weeks or months begin tomorrow, and next Monday or month."""
    count, unit = min(int(found["count"]), 60), found["unit"][0]
    if unit in "smh":
        return Instant(found.now, timedelta(minutes=count * _MINUTES[unit]))
    first, after = _ahead(unit, found.today, count)
    return Days(((first, after),), "week")


def _ahead(unit: str, today: date, count: int) -> tuple[date, date]:
    """So many whole days or weeks from tomorrow on, or from next Monday."""
    if unit == "d":
        return today + DAY, today + (count + 1) * DAY
    first = week_of(today, 1)[0]
    return first, first + count * WEEK


def _nth_coming(found: Found) -> Piece | None:
    """Of "two upcoming weeks" the second, of "upcoming two days" the second: the plainest of two readings, unsure."""
    count, unit = min(int(found["count"] or found["count2"]), 60), (found["unit"] or found["unit2"])[0]
    if unit in "smh":
        return Instant(found.now, timedelta(minutes=count * _MINUTES[unit]))
    after = _ahead(unit, found.today, count)[1]
    return Days(((after - (DAY if unit == "d" else WEEK), after),), "day" if unit == "d" else "week", sure=False)


_MINUTES_BARE = r"(?P<length>\d{1,2})(?! ?(?:or|to|-|am|pm|:|/|st|nd|rd|th|january|february|march|[a-z]+s\b))"


def _bare_minutes(found: Found) -> Piece:
    return Instant(found.now + timedelta(minutes=int(found["length"])), timedelta(minutes=30), sure=False)


RULES: tuple[Rule, ...] = (
    rule(LENGTH, _length),
    rule(
        r"(?:the )?(?:day|month)(?= (?:after|before|following) \w)",
        lambda found: read_length(f"a {found.words.split()[-1]}"),
    ),
    rule(
        rf"(?:today )?in (?:about |around |roughly |say |exactly |(?:just |a little |a bit )?over |just under )?"
        rf"(?:the |like )?"
        rf"(?P<length>{LENGTH})(?: or so)?(?: time)?(?: from today| from now)?(?! (?:from|after|before) )",
        _from_now,
    ),
    rule(
        rf"(?:a |about )?(?P<length>{LENGTH}) (?:hence|later|away|out|time"
        r"|from (?:right |just )?now|from this moment|on from now)",
        _from_now,
    ),
    rule(r"(?:in |over |during |for )(?:the )?next (?P<count>\d{1,2}) (?P<unit>days)", _coming),
    rule(
        rf"(?:any ?time )?(?:within|inside|over the|during|in|in (?:under|less than|no more than|at most|up to))"
        rf" (?:the )?(?:(?:next|following|coming) )?(?P<length>{LENGTH})",
        _within,
    ),
    rule(rf"in (?:about |the )?(?:next )(?P<length>{LENGTH})", _within),
    rule(
        r"(?:any ?time )?(?:within|inside|in) (?:the |a )?next (?P<length>day|week|fortnight|month)",
        lambda found: _stretch_of(found, f"1 {found['length']}"),
    ),
    rule(
        r"(?:any ?time )?(?:within |in |inside |over |during )?(?:the )?next "
        r"(?P<length>hour|half hour|half an hour|minute)",
        lambda found: Instant(found.now, timedelta(minutes={"hour": 60, "minute": 1}.get(found["length"], 30))),
    ),
    rule(r"within (?:the|an|1) hour", lambda found: Instant(found.now, timedelta(hours=1))),
    rule(rf"in {_MINUTES_BARE}", _bare_minutes),
    rule(
        r"(?:in |over |within |during |for )?(?:the )?next "
        r"(?P<count>\d{1,2}) (?P<unit>days|hours|minutes|mins|weeks|hrs)",
        _coming,
    ),
    rule(
        r"(?:the )?(?:upcoming|coming) (?P<count>\d{1,2}) (?P<unit>days?|weeks?|minutes?|hours?)"
        r"|(?P<count2>\d{1,2}) (?:upcoming|coming) (?P<unit2>days?|weeks?|minutes?|hours?)",
        _nth_coming,
    ),
)
