"""Days as callers say them: "tomorrow", "a week on Tuesday", "the fifth of March", "the week after next", "Easter"."""

from datetime import date, timedelta

from phonebot.domain.window.calendar import (
    DAY,
    NAMED_DAYS,
    WEEK,
    date_of,
    next_date,
    next_day_of_month,
    next_named_day,
    next_weekday,
    single,
    week_of,
)
from phonebot.domain.window.dates import FIGURES, date_in_figures, day_first
from phonebot.domain.window.names import (
    FIGURE,
    MONTH,
    NEXT,
    NOT_A_TIME,
    ORDINAL,
    WEEKDAY,
    YEAR,
    figure,
    month_number,
    weekday_of,
    year_from,
)
from phonebot.domain.window.pieces import Days, Unknown
from phonebot.domain.window.rule import Build, Found, Rule, rule

_DATE = rf"(?:{ORDINAL}|{FIGURE})"
_THROUGH = "(?:to|-|through|thru|until|untill|till|and|up to)"
_HOURS = r"\d{1,2}(?: ?(?:am|pm)\b|:\d\d| (?:-|to|until|till|til) \d)"
_LATE_FIGURE = r"(?:1[3-9]|2\d|3[01])(?![\d:])"
_AFTER_HOURS = "|".join(rf"(?<=\d {word} \d)" for word in ("to", "or", "-", "and", "til", "till", "until"))
_ENDS_HOURS = rf"(?:{_AFTER_HOURS})(?: of)? {MONTH} (?:the )?\d{{1,2}}(?! ?(?:\d|am|pm|:|-|to))"
"""After figures that are hours: "from three to five of December 12"."""

_NIGHT_ENDS = 4
_MONTHS = 12
_LATE_IDES = {3, 5, 7, 10}
_EARLY_MONTHS, _END_OF_DAY = 6, 24


def _one(day: date | None, *, sure: bool = True) -> Days | None:
    return None if day is None else Days((single(day),), sure=sure)


def _exactly(day: date | None) -> Days | None:
    return None if day is None else Days((single(day),), dated=True)


def _ahead(days: int) -> Build:
    return lambda found: _one(found.today + timedelta(days=days))


def _same_time(found: Found) -> Days:
    day = found.today + (WEEK if "week" in found["when"] else DAY)
    return Days((single(day),), since=found.now.time().replace(second=0, microsecond=0))


def _weekday(found: Found) -> Days:
    """A weekday alone is the next one after today; "next" is of next week, as most people mean it."""
    weekday, today, lead = weekday_of(found["weekday"]), found.today, found["lead"]
    coming = next_weekday(weekday, today)
    if found.now.hour < _NIGHT_ENDS and weekday == today.weekday() and lead not in {"next", "following"}:
        # Before dawn the day that has begun is still ahead to whoever is awake.
        return Days((single(today),), weekday=weekday, sure=False)
    if lead in {"next", "following"}:
        meant = week_of(today, 1)[0] + timedelta(days=weekday)
        # On a Monday "next Friday" is in four days to some and in eleven to others.
        return Days((single(meant),), weekday=weekday, sure=meant == coming)
    if found["weekday"].endswith("days"):
        return Days((single(coming), single(coming + WEEK)), weekday=weekday)
    if lead == "this" and weekday == today.weekday():
        return Days((single(today),), weekday=weekday, sure=False)
    return Days((single(coming),), weekday=weekday)


def _weekday_after_next(found: Found) -> Days:
    return Days((single(next_weekday(weekday_of(found["weekday"]), found.today) + WEEK),))


def _weekdays_on(found: Found) -> Days | None:
    """So many of a weekday on: "two Sundays from now"."""
    first = next_weekday(weekday_of(found["weekday"]), found.today)
    return _one(first + (int(found["count"]) - 1) * WEEK)


def _week_on(found: Found) -> Days | None:
    """A week, or so many, on from a day: "a week on Tuesday", "Tuesday week", "a fortnight today"."""
    anchor = found["anchor"]
    days = {"today": 0, "tomorrow": 1}.get(anchor)
    day = next_weekday(weekday_of(anchor), found.today) if days is None else found.today + timedelta(days=days)
    count = found["count"] or "1"
    weeks = 2 if "fortnight" in found.words else 1 if count in {"a", "1"} else int(count)
    return _one(day + min(weeks, 60) * WEEK)


def _dated(found: Found) -> Days | Unknown:
    """A day of a named month, in the year given or the next that has it; a word unknown where no year has it."""
    month, day = month_number(found["month"]), figure(found["day"])
    if found["year"]:
        return _exactly(date_of(int(found["year"]), month, day)) or Unknown(found.words)
    return _exactly(next_date(month, day, found.today)) or Unknown(found.words)


def _dates(found: Found) -> Days | None:
    """Two days of one month and all between."""
    month, first, last = month_number(found["month"]), figure(found["day"]), figure(found["last"])
    start = date_of(int(found["year"]), month, first) if found["year"] else next_date(month, first, found.today)
    end = None if start is None else date_of(start.year, month, last)
    return None if start is None or end is None or end < start else Days(((start, end + DAY),), "days")


def _day_of_month(found: Found) -> Days | None:
    day = next_day_of_month(figure(found["day"]), found.today)
    return None if day is None else Days((single(day),), day_of_month=day.day)


def _weekday_dated(found: Found) -> Days | None:
    weekday, number = weekday_of(found["weekday"]), figure(found["day"])
    day = next_day_of_month(number, found.today, weekday)
    return None if day is None else Days((single(day),), day_of_month=number, weekday=weekday)


def _slashed(found: Found) -> Days | None:
    """A month and a day in figures, in the order that makes a date, else in the order of the zone."""
    one, two = int(found["one"]), int(found["two"])
    month, day = (two, one) if two <= _MONTHS and (one > _MONTHS or day_first(found.now)) else (one, two)
    return _one(next_date(month, day, found.today), sure=False) if 1 <= month <= _MONTHS else None


def _dashed(found: Found) -> Days | Unknown | None:
    """Two figures with a dash: a month and its day, unless both may as well be hours, and that is anybody's guess."""
    if int(found["one"]) > _EARLY_MONTHS and int(found["two"]) < _END_OF_DAY:
        return Unknown(found.words)
    return _slashed(found)


def _ides(found: Found) -> Days | None:
    """The middle of a month in the Roman calendar: the 15th in four of them, else the 13th."""
    month = month_number(found["month"])
    return _exactly(next_date(month, 15 if month in _LATE_IDES else 13, year_from(found)))


def _named(found: Found) -> Days | None:
    return _one(next_named_day(found["name"], year_from(found)))


_NAMES = "|".join(sorted(NAMED_DAYS, key=len, reverse=True))
RULES: tuple[Rule, ...] = (
    rule(r"(?<=tomorrow or )(?:the )?(?:day after|next day|following day)(?: that)?", _ahead(2)),
    rule(
        r"today|todays|this day|the day today|(?:the )?same day|the day(?! (?:after|before))"
        r"|(?:the )?current day",
        _ahead(0),
    ),
    rule(
        r"tomorrows?|tomorow|tommorow|tommorrow|tmrw|tmr|2moro|the (?:next|following) day|next day|following day"
        rf"|(?:the )?day after(?! (?:next|tomorrow|{WEEKDAY}|{MONTH}|christmas|easter|new|boxing|the|\d))",
        _ahead(1),
    ),
    rule(r"(?:the )?(?:same|this) day next week", _ahead(7)),
    rule(r"(?:at )?(?:this|the same) time (?P<when>tomorrow|next week)", _same_time),
    rule(r"(?:the )?day after (?:tomorrow|tmrw|next)|overmorrow", _ahead(2)),
    rule(
        rf"(?:(?P<lead>this|this coming|the coming|{NEXT}|the next|on|any|every|each|the) )?(?P<weekday>{WEEKDAY})",
        _weekday,
    ),
    rule(rf"(?:this|the current|current) week (?:on )?(?P<lead>)(?P<weekday>{WEEKDAY})", _weekday),
    rule(rf"(?P<weekday>{WEEKDAY}) (?P<lead>coming|next)(?! (?:week|month))", _weekday),
    rule(rf"(?:the )?(?P<weekday>{WEEKDAY}) after next", _weekday_after_next),
    rule(
        rf"(?<!than )(?:(?P<count>a|\d) (?:weeks?|fortnight) (?:(?:on|from|after) )?|a week |a fortnight )"
        rf"(?:this )?(?P<anchor>{WEEKDAY}"
        rf"|today|tomorrow)",
        _week_on,
    ),
    rule(rf"(?P<count>\d) (?P<weekday>{WEEKDAY}) (?:from now|from today|later|hence|on from now)", _weekdays_on),
    rule(
        rf"(?:on )?(?P<anchor>{WEEKDAY}|today|tomorrow) (?:week|fortnight|in a week)(?! (?:of|from|on|after))", _week_on
    ),
    rule(
        rf"(?:on )?(?:the )?(?P<day>{ORDINAL}"
        rf"|{FIGURE}(?! (?:of )?{MONTH} {_LATE_FIGURE})(?!{_ENDS_HOURS}))"
        rf" (?:day )?(?:of )?(?:the )?(?:, )?(?P<month>{MONTH}){YEAR}",
        _dated,
    ),
    rule(
        rf"(?P<month>{MONTH})(?: ,)? (?:on )?(?:the )?(?P<day>{ORDINAL}|{FIGURE}(?:(?= 20\d\d| {_HOURS})"
        rf"|{NOT_A_TIME})){YEAR}",
        _dated,
    ),
    rule(rf"(?P<month>{MONTH})(?: ,)? (?:the )?(?P<day>{FIGURE})(?= - \d| to \d){YEAR}", _dated),
    rule(
        rf"(?:(?:any ?time |sometime )?(?:from |between ))?(?:the )?(?P<month>{MONTH})"
        rf" (?:the )?(?P<day>{_DATE}) {_THROUGH}"
        rf" (?:the )?(?P<last>{_DATE}){NOT_A_TIME}",
        _dates,
    ),
    rule(
        rf"(?:(?:any ?time |sometime )?(?:from |between ))?(?:the )?(?P<day>{_DATE}) {_THROUGH}"
        rf" (?:the )?(?P<last>{_DATE}) (?:of )?(?P<month>{MONTH}){YEAR}(?! \d)",
        _dates,
    ),
    rule(rf"(?:on )?(?:the )?(?P<day>{ORDINAL})(?: day)?", _day_of_month),
    rule(rf"(?:on )?(?:the )?(?P<day>{ORDINAL}) (?:day )?of the month", _day_of_month),
    rule(rf"(?:on the|the|on) (?P<day>{FIGURE}){NOT_A_TIME}", _day_of_month),
    rule(r"(?P<day>[123]?\d) of(?= next| this| the)", _day_of_month),
    rule(
        rf"(?P<weekday>{WEEKDAY})(?: ,)? (?:on )?the (?P<day>{ORDINAL}|{FIGURE}){NOT_A_TIME}(?! (?:of )?{MONTH})",
        _weekday_dated,
    ),
    rule(rf"(?P<weekday>{WEEKDAY})(?: ,)? (?P<day>{ORDINAL}|1[3-9]|2\d|3[01]){NOT_A_TIME}", _weekday_dated),
    rule(r"(?:on )?(?P<one>\d{1,2})/(?P<two>\d{1,2})(?!/)", _slashed),
    rule(FIGURES, lambda found: _exactly(date_in_figures(found.words, found.now))),
    rule(r"(?P<one>[1-9]|1[0-2]) - (?P<two>1[3-9]|2\d|3[01])(?! ?(?:am|pm|:|of|th))", _dashed),
    rule(rf"(?:the )?ides of (?P<month>{MONTH}){YEAR}", _ides),
    rule(rf"(?:on |at )?(?P<name>{_NAMES})(?: day)?{YEAR}", _named),
)
