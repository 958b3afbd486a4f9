"""Days as callers say them: "tomorrow", "a week on Tuesday", "the fifth of March", "the week after next", "Easter"."""

import re
from datetime import date, datetime, timedelta

from phonebot.domain.window.calendar import (
    DAY,
    NAMED_DAYS,
    WEEK,
    Span,
    date_of,
    month_of,
    next_date,
    next_day_of_month,
    next_named_day,
    next_weekday,
    nth_weekday,
    single,
    week_of,
)
from phonebot.domain.window.dates import FIGURES, date_in_figures, day_first
from phonebot.domain.window.pieces import Days
from phonebot.domain.window.rule import Build, Rule, rule

_DAY_STEMS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTH_STEMS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAY = (
    r"(?:mondays?|mon|tuesdays?|tues|tue|wednesdays?|weds|wed|thursdays?|thurs|thur|thu|fridays?|fri"
    r"|saturdays?|sat|sundays?|sun)"
)
MONTH = (
    r"(?:january|jan|february|feb|march|mar|april|apr|may|june|jun|july|jul|august|aug|september|sept|sep"
    r"|october|oct|november|nov|december|dec)"
)
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)"
_FIGURE = r"\d{1,2}"
_DATE = rf"(?:{_ORDINAL}|{_FIGURE})"
_THROUGH = "(?:to|-|through|thru|until|untill|till|and|up to)"
_NOT_A_TIME = (
    r"(?! ?(?:am|pm|oclock|ish|:\d|- \d|to \d|\d|hours?|hrs?|minutes?|mins?|days?|weeks?|months?|past|hundred))"
)
_LATE_FIGURE = r"(?:1[3-9]|2\d|3[01])(?!\d)"
_YEAR = r"(?:(?: ,)? (?:in |of )?(?P<year>20\d\d)(?! (?:hours|hrs)))?"
_NEXT = "next|following|upcoming|coming"
_WORKDAYS = 5
_NIGHT_ENDS = 4
_MONTHS = 12


def weekday_of(word: str) -> int:
    """0 for Monday to 6 for Sunday."""
    return _DAY_STEMS.index(word[:3])


def month_number(word: str) -> int:
    """1 for January to 12."""
    return _MONTH_STEMS.index(word[:3]) + 1


def figure(word: str) -> int:
    """The number of "5" or "5th"."""
    return int(word.rstrip("stndrh"))


def _one(day: date | None, *, sure: bool = True) -> Days | None:
    return None if day is None else Days((single(day),), sure=sure)


def _exactly(day: date | None) -> Days | None:
    return None if day is None else Days((single(day),), dated=True)


def _ahead(days: int) -> Build:
    return lambda found, now: _one(now.date() + timedelta(days=days))


def _weekday(found: re.Match[str], now: datetime) -> Days:
    """A weekday alone is the next one after today; "next" is of next week, as most people mean it."""
    weekday, today, lead = weekday_of(found["weekday"]), now.date(), found["lead"] or ""
    coming = next_weekday(weekday, today)
    if now.hour < _NIGHT_ENDS and weekday == today.weekday() and lead not in {"next", "following"}:
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


def _weekday_after_next(found: re.Match[str], now: datetime) -> Days:
    return Days((single(next_weekday(weekday_of(found["weekday"]), now.date()) + WEEK),))


def _week_on(found: re.Match[str], now: datetime) -> Days | None:
    """A week, or so many, on from a day: "a week on Tuesday", "Tuesday week", "a fortnight today"."""
    anchor = found["anchor"]
    days = {"today": 0, "tomorrow": 1}.get(anchor)
    day = next_weekday(weekday_of(anchor), now.date()) if days is None else now.date() + timedelta(days=days)
    count = found.groupdict().get("count") or "1"
    weeks = 2 if "fortnight" in found[0] else 1 if count in {"a", "1"} else int(count)
    return _one(day + min(weeks, 60) * WEEK)


def _dated(found: re.Match[str], now: datetime) -> Days | None:
    """A day of a named month, in the year given or the next that has it."""
    month, day = month_number(found["month"]), figure(found["day"])
    if found["year"]:
        return _exactly(date_of(int(found["year"]), month, day))
    return _exactly(next_date(month, day, now.date()))


def _dates(found: re.Match[str], now: datetime) -> Days | None:
    """Two days of one month and all between."""
    month, first, last = month_number(found["month"]), figure(found["day"]), figure(found["last"])
    start = next_date(month, first, now.date())
    end = None if start is None else date_of(start.year, month, last)
    return None if start is None or end is None or end < start else Days(((start, end + DAY),), "days")


def _day_of_month(found: re.Match[str], now: datetime) -> Days | None:
    day = next_day_of_month(figure(found["day"]), now.date())
    return None if day is None else Days((single(day),), day_of_month=day.day)


def _weekday_dated(found: re.Match[str], now: datetime) -> Days | None:
    weekday, number = weekday_of(found["weekday"]), figure(found["day"])
    day = next_day_of_month(number, now.date(), weekday)
    return None if day is None else Days((single(day),), day_of_month=number, weekday=weekday)


def _slashed(found: re.Match[str], now: datetime) -> Days | None:
    """A month and a day in figures, in the order that makes a date, else in the order of the zone."""
    one, two = int(found["one"]), int(found["two"])
    month, day = (two, one) if two <= _MONTHS and (one > _MONTHS or day_first(now)) else (one, two)
    return _one(next_date(month, day, now.date()), sure=False) if 1 <= month <= _MONTHS else None


def _week(found: re.Match[str], now: datetime) -> Days:
    lead = found["lead"] or ""
    on = (
        1
        if lead.startswith(("next", "following", "coming", "upcoming", "the next", "the following", "the coming"))
        else 0
    )
    on = 1 if lead == "the upcoming" else on
    first, after = week_of(now.date(), on)
    if found["work"]:
        after = first + _WORKDAYS * DAY
    return Days(((first, after),), "week")


def _weeks_after(found: re.Match[str], now: datetime) -> Days:
    return Days((week_of(now.date(), 2),), "week")


def _weekend(found: re.Match[str], now: datetime) -> Days:
    """Saturday and Sunday: the next there is, and for "next weekend" next week's."""
    saturday = week_of(now.date())[0] + _WORKDAYS * DAY
    if found["lead"] and found["lead"] in {"next", "following", "the following"}:
        return Days(((saturday + WEEK, saturday + WEEK + 2 * DAY),), "week", sure=now.weekday() >= _WORKDAYS)
    return Days(((saturday, saturday + 2 * DAY),), "week")


def _working_days(found: re.Match[str], now: datetime) -> Days:
    """The next five days from Monday to Friday, today included."""
    ahead = (now.date() + timedelta(days=step) for step in range(7))
    return Days(tuple(single(day) for day in ahead if day.weekday() < _WORKDAYS), "days")


def _every_day(found: re.Match[str], now: datetime) -> Days:
    return Days(tuple(single(now.date() + timedelta(days=step)) for step in range(7)), "days")


def _since(found: re.Match[str], now: datetime) -> date:
    """The day from which on something is looked for: today, or the first of a year that is named."""
    year = found.groupdict().get("year")
    return date(int(year), 1, 1) if year else now.date()


def _month(found: re.Match[str], now: datetime) -> Days:
    """A month by name is the one now running or the next of that name."""
    today = _since(found, now)
    day = date(today.year + (month_number(found["month"]) < today.month), month_number(found["month"]), 1)
    return Days((month_of(day),), "month")


def _this_month(found: re.Match[str], now: datetime) -> Days:
    on = 2 if found["after"] else int(bool(found["lead"]) and found["lead"].split()[-1] in _NEXT.split("|"))
    return Days((month_of(now.date(), on),), "month")


def _year(found: re.Match[str], now: datetime) -> Days:
    year = now.year + 1 if found["lead"] == "next" else int(found["year"] or now.year)
    return Days(((date(year, 1, 1), date(year + 1, 1, 1)),), "month")


def _nth_week(found: re.Match[str], now: datetime) -> Days | None:
    """The nth week of a month, the first being the one with most of its days in it."""
    on = int(found["lead"] in _NEXT.split("|"))
    span = _month(found, now).spans[0] if found["month"] else month_of(now.date(), on)
    if found["nth"] == "last":
        return Days((week_of(span[1] - DAY),), "week")
    return Days((week_of(span[0] + 3 * DAY, figure(found["nth"]) - 1),), "week")


def _week_of_year(found: re.Match[str], now: datetime) -> Days:
    """The nth week of a year, the first being the one that holds the fourth of January (ISO 8601)."""
    return Days((week_of(date(now.year + (found["lead"] != "this"), 1, 4), figure(found["nth"]) - 1),), "week")


def _nth_weekday(found: re.Match[str], now: datetime) -> Days | None:
    """The nth weekday or day of a month, in the next year in which it is still to come."""
    weekday = None if found["weekday"] == "day" else weekday_of(found["weekday"])
    if found["month"]:
        first = _month(found, now).spans[0][0]
        spans = [month_of(first), month_of(date(first.year + 1, first.month, 1))]
    else:
        spans = [month_of(now.date(), int(found["lead"] in _NEXT.split("|")))]
    days = (_nth_day(found["nth"], weekday, span) for span in spans)
    return next((Days((single(day),)) for day in days if day is not None and day >= now.date()), None)


def _nth_day(nth: str, weekday: int | None, span: Span) -> date | None:
    count = -1 if nth == "last" else figure(nth)
    if weekday is not None:
        return nth_weekday(count, weekday, span)
    day = span[1] - DAY if count < 0 else span[0] + (count - 1) * DAY
    return day if day < span[1] else None


def _named(found: re.Match[str], now: datetime) -> Days | None:
    return _one(next_named_day(found["name"], _since(found, now)))


_NAMES = "|".join(sorted(NAMED_DAYS, key=len, reverse=True))
_NTH = rf"(?:the )?(?P<nth>last|{_ORDINAL})"
_OF_MONTH = rf"(?:of |in )?(?:the )?(?:(?P<month>{MONTH})|(?:(?P<lead>this|next|following|coming) )?month)"
RULES: tuple[Rule, ...] = (
    rule(r"(?<=tomorrow or )(?:the )?(?:day after|next day|following day)(?: that)?", _ahead(2)),
    rule(
        r"today|todays|this day|the day today|the same day|the day|current day|the current day|all day|all day today",
        _ahead(0),
    ),
    rule(
        r"tomorrows?|tomorow|tommorow|tommorrow|tmrw|tmr|2moro|the day after|the (?:next|following) day|next day",
        _ahead(1),
    ),
    rule(r"(?:the )?day after (?:tomorrow|tmrw)|overmorrow", _ahead(2)),
    rule(
        rf"(?:(?P<lead>this|this coming|the coming|{_NEXT}|the next|on|any|every|each|the) )?(?P<weekday>{WEEKDAY})",
        _weekday,
    ),
    rule(rf"(?:this|the current|current) week (?:on )?(?P<lead>)(?P<weekday>{WEEKDAY})", _weekday),
    rule(rf"(?:the )?(?P<weekday>{WEEKDAY}) after next", _weekday_after_next),
    rule(
        rf"(?:(?P<count>a|\d) (?:weeks?|fortnight) (?:on|from|after) |a week |a fortnight )(?P<anchor>{WEEKDAY}|today|tomorrow)",
        _week_on,
    ),
    rule(rf"(?:on )?(?P<anchor>{WEEKDAY}|today|tomorrow) (?:week|fortnight|in a week)(?! (?:of|from|on))", _week_on),
    rule(
        rf"(?:on )?(?:the )?(?P<day>{_ORDINAL}|{_FIGURE}(?! (?:of )?{MONTH} {_LATE_FIGURE})) (?:day )?(?:of )?(?:the )?(?:, )?(?P<month>{MONTH}){_YEAR}",
        _dated,
    ),
    rule(
        rf"(?P<month>{MONTH})(?: ,)? (?:on )?(?:the )?(?P<day>{_ORDINAL}|{_FIGURE}(?:(?= 20\d\d)|{_NOT_A_TIME})){_YEAR}",
        _dated,
    ),
    rule(rf"(?P<month>{MONTH})(?: ,)? (?:the )?(?P<day>{_FIGURE})(?= - \d| to \d){_YEAR}", _dated),
    rule(
        rf"(?:from |between )?(?:the )?(?P<month>{MONTH}) (?:the )?(?P<day>{_DATE}) {_THROUGH} (?:the )?(?P<last>{_DATE}){_NOT_A_TIME}",
        _dates,
    ),
    rule(
        rf"(?:from |between )?(?:the )?(?P<day>{_DATE}) {_THROUGH} (?:the )?(?P<last>{_DATE}) (?:of )?(?P<month>{MONTH})(?! \d)",
        _dates,
    ),
    rule(rf"(?:on )?(?:the )?(?P<day>{_ORDINAL})(?: day)?", _day_of_month),
    rule(rf"(?:on the|the|on) (?P<day>{_FIGURE}){_NOT_A_TIME}", _day_of_month),
    rule(r"(?P<day>[123]?\d) of(?= next| this| the)", _day_of_month),
    rule(rf"(?P<weekday>{WEEKDAY})(?: ,)? (?:on )?the (?P<day>{_ORDINAL}|{_FIGURE}){_NOT_A_TIME}", _weekday_dated),
    rule(rf"(?P<weekday>{WEEKDAY})(?: ,)? (?P<day>{_ORDINAL}|1[3-9]|2\d|3[01]){_NOT_A_TIME}", _weekday_dated),
    rule(r"(?:on )?(?P<one>\d{1,2})/(?P<two>\d{1,2})(?!/)", _slashed),
    rule(FIGURES, lambda found, now: _exactly(date_in_figures(found[0], now))),
    rule(r"(?P<one>[1-6]) - (?P<two>1[3-9]|2\d|3[01])(?! ?(?:am|pm|:|of|th))", _slashed),
    rule(
        rf"(?:any ?time |sometime |some time |in |during )?(?:(?P<lead>this|the|same|the same|current|all|the current|rest the|{_NEXT}|the next"
        rf"|the following|the coming|the upcoming|my|my whole|whole|this whole|this current) )(?P<work>work|working|work )? ?week(?! (?:of|after|starting|beginning|commencing))(?: of)?",
        _week,
    ),
    rule(r"(?:(?<=of )|(?<=rest )|(?<=mid ))(?P<lead>)(?P<work>)week", _week),
    rule(
        r"(?:the )?week after next(?: week)?|the week after(?: that)|(?:the )?week after(?! (?:christmas|easter|new|good|the|\d|[a-z]+day|my|his|her))",
        _weeks_after,
    ),
    rule(rf"(?:at |over |on )?(?:(?P<lead>this|the|this coming|{_NEXT}|the following) )?week ?ends?", _weekend),
    rule(r"(?:on )?(?:a |any |every )?(?:week ?days?|working days?|work days?|business days?)", _working_days),
    rule(r"(?:any|every|most) ?days?|everyday|daily|all days?|any day of the week|any day at all", _every_day),
    rule(rf"(?:in |during |the month of |(?P<lead>this|next) )?(?P<month>(?!may){MONTH}){_YEAR}", _month),
    rule(
        r"(?:(?:in|during|the month of|this|next) |(?<=after )|(?<=until )|(?<=before )|(?<=mid )|(?<=of )|(?<=late )|(?<=early ))(?P<month>may)",
        _month,
    ),
    rule(
        rf"(?:any ?time |sometime |some time )?(?:in )?(?:the )?(?P<lead>this|the|same|current|the current|{_NEXT}|my)? ?month(?P<after> after next)?",
        _this_month,
    ),
    rule(r"(?:in )?(?:(?P<lead>this|next) year|(?P<year>20[12]\d))", _year),
    rule(rf"{_NTH} week {_OF_MONTH}{_YEAR}", _nth_week),
    rule(
        rf"(?:the )?(?P<nth>{_ORDINAL}) week (?:of |in )?(?:the )?(?P<lead>this|next|following|coming) year",
        _week_of_year,
    ),
    rule(rf"{_NTH} (?P<weekday>{WEEKDAY}|day) {_OF_MONTH}{_YEAR}", _nth_weekday),
    rule(rf"(?:on |at )?(?P<name>{_NAMES})(?: day)?{_YEAR}", _named),
)
