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
_HOURS = r"\d{1,2}(?: ?(?:am|pm)\b|:\d\d| - \d)"
_LATE_FIGURE = r"(?:1[3-9]|2\d|3[01])(?!\d)"
_NIGHT_ENDS = 4
_MONTHS = 12


def _one(day: date | None, *, sure: bool = True) -> Days | None:
    return None if day is None else Days((single(day),), sure=sure)


def _exactly(day: date | None) -> Days | None:
    return None if day is None else Days((single(day),), dated=True)


def _ahead(days: int) -> Build:
    return lambda found: _one(found.today + timedelta(days=days))


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
    start = next_date(month, first, found.today)
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


def _named(found: Found) -> Days | None:
    return _one(next_named_day(found["name"], year_from(found)))


_NAMES = "|".join(sorted(NAMED_DAYS, key=len, reverse=True))
RULES: tuple[Rule, ...] = (
    rule(r"(?<=tomorrow or )(?:the )?(?:day after|next day|following day)(?: that)?", _ahead(2)),
    rule(
        r"today|todays|this day|the day today|the same day|the day(?! (?:after|before))|current day|the current day",
        _ahead(0),
    ),
    rule(
        r"tomorrows?|tomorow|tommorow|tommorrow|tmrw|tmr|2moro|the (?:next|following) day|next day"
        rf"|the day after(?! (?:{WEEKDAY}|{MONTH}|christmas|easter|new|boxing|the|\d))",
        _ahead(1),
    ),
    rule(r"(?:the )?day after (?:tomorrow|tmrw)|overmorrow", _ahead(2)),
    rule(
        rf"(?:(?P<lead>this|this coming|the coming|{NEXT}|the next|on|any|every|each|the) )?(?P<weekday>{WEEKDAY})",
        _weekday,
    ),
    rule(rf"(?:this|the current|current) week (?:on )?(?P<lead>)(?P<weekday>{WEEKDAY})", _weekday),
    rule(rf"(?:the )?(?P<weekday>{WEEKDAY}) after next", _weekday_after_next),
    rule(
        rf"(?:(?P<count>a|\d) (?:weeks?|fortnight) (?:(?:on|from|after) )?|a week |a fortnight )(?P<anchor>{WEEKDAY}"
        rf"|today|tomorrow)",
        _week_on,
    ),
    rule(rf"(?P<count>\d) (?P<weekday>{WEEKDAY}) (?:from now|from today|later|hence|on from now)", _weekdays_on),
    rule(rf"(?:on )?(?P<anchor>{WEEKDAY}|today|tomorrow) (?:week|fortnight|in a week)(?! (?:of|from|on))", _week_on),
    rule(
        rf"(?:on )?(?:the )?(?P<day>{ORDINAL}"
        rf"|{FIGURE}(?! (?:of )?{MONTH} {_LATE_FIGURE})) (?:day )?(?:of )?(?:the )?(?:, )?(?P<month>{MONTH}){YEAR}",
        _dated,
    ),
    rule(
        rf"(?P<month>{MONTH})(?: ,)? (?:on )?(?:the )?(?P<day>{ORDINAL}|{FIGURE}(?:(?= 20\d\d| {_HOURS})"
        rf"|{NOT_A_TIME})){YEAR}",
        _dated,
    ),
    rule(rf"(?P<month>{MONTH})(?: ,)? (?:the )?(?P<day>{FIGURE})(?= - \d| to \d){YEAR}", _dated),
    rule(
        rf"(?:from |between )?(?:the )?(?P<month>{MONTH}) (?:the )?(?P<day>{_DATE}) {_THROUGH}"
        rf" (?:the )?(?P<last>{_DATE}){NOT_A_TIME}",
        _dates,
    ),
    rule(
        rf"(?:from |between )?(?:the )?(?P<day>{_DATE}) {_THROUGH}"
        rf" (?:the )?(?P<last>{_DATE}) (?:of )?(?P<month>{MONTH})(?! \d)",
        _dates,
    ),
    rule(rf"(?:on )?(?:the )?(?P<day>{ORDINAL})(?: day)?", _day_of_month),
    rule(rf"(?:on the|the|on) (?P<day>{FIGURE}){NOT_A_TIME}", _day_of_month),
    rule(r"(?P<day>[123]?\d) of(?= next| this| the)", _day_of_month),
    rule(
        rf"(?P<weekday>{WEEKDAY})(?: ,)? (?:on )?the (?P<day>{ORDINAL}|{FIGURE}){NOT_A_TIME}(?! (?:of )?{MONTH})",
        _weekday_dated,
    ),
    rule(rf"(?P<weekday>{WEEKDAY})(?: ,)? (?P<day>{ORDINAL}|1[3-9]|2\d|3[01]){NOT_A_TIME}", _weekday_dated),
    rule(r"(?:on )?(?P<one>\d{1,2})/(?P<two>\d{1,2})(?!/)", _slashed),
    rule(FIGURES, lambda found: _exactly(date_in_figures(found.words, found.now))),
    rule(r"(?P<one>[1-6]) - (?P<two>1[3-9]|2\d|3[01])(?! ?(?:am|pm|:|of|th))", _slashed),
    rule(rf"(?:on |at )?(?P<name>{_NAMES})(?: day)?{YEAR}", _named),
)
