"""Weeks, weekends, months and years as callers say them, and what is counted in them: "the last Friday of March"."""

from datetime import date, timedelta

from phonebot.domain.window.calendar import DAY, WEEK, Span, month_of, nth_weekday, single, week_of
from phonebot.domain.window.names import (
    MONTH,
    NEXT,
    ORDINAL,
    WEEKDAY,
    YEAR,
    figure,
    month_number,
    weekday_of,
    year_from,
)
from phonebot.domain.window.pieces import Days
from phonebot.domain.window.rule import Found, Rule, rule

_WORKDAYS = 5


def _week(found: Found) -> Days:
    lead = found["lead"]
    on = (
        1
        if lead.startswith(("next", "following", "coming", "upcoming", "the next", "the following", "the coming"))
        else 0
    )
    on = 1 if lead == "the upcoming" else on
    first, after = week_of(found.today, on)
    if found["work"]:
        after = first + _WORKDAYS * DAY
    return Days(((first, after),), "week")


def _weeks_after(found: Found) -> Days:
    return Days((week_of(found.today, 2),), "week")


def _weekend(found: Found) -> Days:
    """Saturday and Sunday: the next there is, and for "next weekend" next week's."""
    saturday = week_of(found.today)[0] + _WORKDAYS * DAY
    if found["lead"] and found["lead"] in {"next", "following", "the following"}:
        return Days(((saturday + WEEK, saturday + WEEK + 2 * DAY),), "week", sure=found.now.weekday() >= _WORKDAYS)
    return Days(((saturday, saturday + 2 * DAY),), "week")


def _weekend_after_next(found: Found) -> Days:
    first, after = _weekend(found).spans[0]
    return Days(((first + 2 * WEEK, after + 2 * WEEK),), "week", sure=False)


def _working_days(found: Found) -> Days:
    """The next five days from Monday to Friday, today included."""
    ahead = (found.today + timedelta(days=step) for step in range(7))
    return Days(tuple(single(day) for day in ahead if day.weekday() < _WORKDAYS), "each")


def _next_working_day(found: Found) -> Days:
    ahead = (found.today + timedelta(days=step) for step in range(1, 8))
    return Days((single(next(day for day in ahead if day.weekday() < _WORKDAYS)),))


def _every_day(found: Found) -> Days:
    return Days(tuple(single(found.today + timedelta(days=step)) for step in range(7)), "each")


def _month(found: Found) -> Days:
    """A month by name is the one now running or the next of that name."""
    today = year_from(found)
    day = date(today.year + (month_number(found["month"]) < today.month), month_number(found["month"]), 1)
    return Days((month_of(day),), "month")


def _this_month(found: Found) -> Days:
    on = 2 if found["after"] else int(bool(found["lead"]) and found["lead"].split()[-1] in NEXT.split("|"))
    return Days((month_of(found.today, on),), "month")


def _year(found: Found) -> Days:
    year = found.now.year + 1 if found["lead"] in {"next", "coming"} else int(found["year"] or found.now.year)
    return Days(((date(year, 1, 1), date(year + 1, 1, 1)),), "month")


def _nth_week(found: Found) -> Days | None:
    """The nth week of a month, the first being the one with most of its days in it."""
    on = int(found["lead"] in NEXT.split("|"))
    span = _month(found).spans[0] if found["month"] else month_of(found.today, on)
    if found["nth"] == "last":
        return Days((week_of(span[1] - DAY),), "week")
    return Days((week_of(span[0] + 3 * DAY, figure(found["nth"]) - 1),), "week")


def _week_of_year(found: Found) -> Days:
    """The nth week of a year, the first being the one that holds the fourth of January (ISO 8601)."""
    return Days((week_of(date(found.now.year + (found["lead"] != "this"), 1, 4), figure(found["nth"]) - 1),), "week")


def _nth_weekday(found: Found) -> Days | None:
    """The nth weekday or day of a month, in the next year in which it is still to come."""
    weekday = None if found["weekday"] == "day" else weekday_of(found["weekday"])
    if found["month"]:
        first = _month(found).spans[0][0]
        spans = [month_of(first), month_of(date(first.year + 1, first.month, 1))]
    else:
        on = int(found["lead"] in NEXT.split("|"))
        spans = [month_of(found.today, on), month_of(found.today, on + 1)]
    days = (_nth_day(found["nth"], weekday, span) for span in spans)
    return next((Days((single(day),)) for day in days if day is not None and day >= found.today), None)


def _nth_day(nth: str, weekday: int | None, span: Span) -> date | None:
    count = -1 if nth == "last" else figure(nth)
    if weekday is not None:
        return nth_weekday(count, weekday, span)
    day = span[1] - DAY if count < 0 else span[0] + (count - 1) * DAY
    return day if day < span[1] else None


_NTH = rf"(?:the )?(?P<nth>last|{ORDINAL})"
_OF_MONTH = rf"(?:of |in )?(?:the )?(?:(?P<month>{MONTH})|(?:(?P<lead>this|next|following|coming) )?month)"
RULES: tuple[Rule, ...] = (
    rule(
        rf"(?:any ?time |sometime |some time |in |during )?(?:(?P<lead>this|the|same|the same|current|all"
        rf"|the current|rest the|{NEXT}|the next"
        rf"|the following|the coming|the upcoming|my|my whole|whole|this whole|this current) )(?P<work>work"
        rf"|working|business|work )? ?week"
        r"(?! (?:of|after(?! (?:\d|lunch|work|school|noon|midday|about|around))|ends?|starting|beginning|commencing))"
        r"(?: of)?",
        _week,
    ),
    rule(r"(?:(?<=of )|(?<=rest )|(?<=mid ))(?P<lead>)(?P<work>)week", _week),
    rule(
        r"(?:the )?week after next(?: week)?|the week after(?: that)|(?:the )?week after(?! (?:christmas|easter"
        r"|new|good|the|\d|[a-z]+day|my|his|her))",
        _weeks_after,
    ),
    rule(r"(?:the )?week after this(?: week| 1)?", lambda found: Days((week_of(found.today, 1),), "week")),
    rule(r"(?:early )?in the new year", lambda found: Days((month_of(date(found.today.year + 1, 1, 1)),), "days")),
    rule(
        r"(?:any ?time |some ?time )?this week or (?:the )?next(?: week)?",
        lambda found: Days((week_of(found.today), week_of(found.today, 1)), "week"),
    ),
    rule(r"(?:the )?week ?end after next", _weekend_after_next),
    rule(
        rf"(?:any ?time |some ?time )?(?:at |over |on )?"
        rf"(?:(?P<lead>this|the|this coming|{NEXT}|the following) )?week ?ends?",
        _weekend,
    ),
    rule(r"(?:on )?(?:the )?(?:next|following) (?:working|business|work|week) ?day", _next_working_day),
    rule(r"(?:on )?(?:a |any |every )?(?:week ?days?|working days?|work days?|business days?)", _working_days),
    rule(r"(?:any|every|each|most) ?days?|everyday|daily|all days|any day of the week|any day at all", _every_day),
    rule(rf"(?:in |during |the month of |(?P<lead>this|next) )?(?P<month>(?!may){MONTH}){YEAR}", _month),
    rule(
        r"(?:(?:in|during|the month of|this|next) |(?<=after )|(?<=until )|(?<=before )|(?<=mid )|(?<=of )"
        r"|(?<=late )|(?<=early ))(?P<month>may)",
        _month,
    ),
    rule(
        rf"(?:any ?time |sometime |some time )?(?:in )?(?:the )?(?P<lead>this|the|same|current|the current|{NEXT}"
        rf"|my)? ?month(?P<after> after next)?",
        _this_month,
    ),
    rule(r"(?:(?<=of )|(?<=rest ))(?:the |my )?(?P<lead>)year", _year),
    rule(r"(?:in )?(?:the )?(?:(?P<lead>this|next|coming|current) year|(?P<year>20[12]\d))", _year),
    rule(rf"{_NTH} week {_OF_MONTH}{YEAR}", _nth_week),
    rule(
        rf"(?:the )?(?P<nth>{ORDINAL}) week (?:of |in )?(?:the )?(?P<lead>this|next|following|coming) year",
        _week_of_year,
    ),
    rule(rf"(?:the )?(?P<nth>[1-5](?:st|nd|rd|th)) (?P<weekday>{WEEKDAY})(?P<month>)", _nth_weekday),
    rule(rf"{_NTH} (?P<weekday>{WEEKDAY}|day) {_OF_MONTH}{YEAR}", _nth_weekday),
)
