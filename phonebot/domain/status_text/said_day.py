"""A day read out of a note's words: "tomorrow", "Thursday", "Monday the 5th", "7 December", "5/10/2026"."""

from datetime import date, timedelta

from phonebot.domain.status_text.words import NoteWords

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"),
    *("twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
    *("twentieth", "twenty-first", "twenty-second", "twenty-third", "twenty-fourth", "twenty-fifth"),
    *("twenty-sixth", "twenty-seventh", "twenty-eighth", "twenty-ninth", "thirtieth", "thirty-first"),
)
"""The days of the month in words, from the first."""

_SHORTENED = {"tues": "tuesday", "weds": "wednesday", "thur": "thursday", "thurs": "thursday", "sept": "september"}
_DAYS_AHEAD_OF_A_DATE = 62
_DAYS_AHEAD_OF_A_WEEKDAY_WITH_DATE = 183
_DAYS_AHEAD_OF_A_MONTH = 300
"""How far ahead a date without its year may lie; further is far likelier a slip than a plan."""


class SaidTimeMistake(ValueError):
    """Words that begin a time and cannot be meant as one; the text says why."""


def weekday_number(word: str) -> int | None:
    """0 for Monday to 6 for Sunday, also for "mon", "tues", …; None for any other word."""
    return _named(word, _WEEKDAYS)


def month_number(word: str) -> int | None:
    """1 to 12, also for "jan", "sept", …; None for any other word."""
    found = _named(word, _MONTHS)
    return None if found is None else found + 1


def read_day(words: NoteWords, index: int, today: date, *, month_first: bool = False) -> tuple[date, int] | None:
    """The day that stands from `index` on, counted from `today`, and the index after it; None where none does.

    Raises SaidTimeMistake for a day that does not exist, has passed, or could be either of two.
    """
    word = words[index]
    if word in {"today", "tomorrow"}:
        return today + timedelta(days=word == "tomorrow"), index + 1
    if len(word) == 10 and word[4] == word[7] == "-":
        return _iso(word), index + 1
    if word == "next" and weekday_number(words[index + 1]) is not None:
        raise SaidTimeMistake(f'"next {words[index + 1]}" could be either of two days; give its date')
    start = index + 1 if word in {"this", "coming"} else index
    weekday = weekday_number(words[start])
    if weekday is None:
        return _read_date(words, index, today, None, month_first=month_first)
    after = start + 1
    while words[after] in {",", "the"}:
        after += 1
    dated = _read_date(words, after, today, weekday, month_first=month_first)
    if dated is not None:
        return dated
    if weekday == today.weekday():
        raise SaidTimeMistake(f'today is {_WEEKDAYS[weekday].title()}; say "today", or give the date')
    return today + timedelta(days=(weekday - today.weekday()) % 7), start + 1


def _named(word: str, names: tuple[str, ...]) -> int | None:
    word = _SHORTENED.get(word, word)
    short = len(word) == 3
    return next((place for place, name in enumerate(names) if word == (name[:3] if short else name)), None)


def _iso(word: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise SaidTimeMistake(f"there is no {word}") from None


def _read_date(
    words: NoteWords, index: int, today: date, weekday: int | None, *, month_first: bool
) -> tuple[date, int] | None:
    """A day of the month, with its month and year where they are given."""
    slashed = _read_slashed(words, index, today, weekday, month_first=month_first)
    if slashed is not None:
        return slashed
    month = month_number(words[index])
    if month is not None:
        found = _day_of_month(words, index + 1, bare=True)
        return None if found is None else _finish(words, found[1], (found[0], month), today, weekday)
    found = _day_of_month(words, index, bare=True)
    if found is None:
        return None
    day, after = found
    month_at = after + 1 if words[after] == "of" else after
    month = month_number(words[month_at])
    if month is not None:
        return _finish(words, month_at + 1, (day, month), today, weekday)
    if _day_of_month(words, index, bare=False) is None:
        return None  # a bare number is an hour unless a month stands beside it
    return _nearest(day, today, weekday), after


def _day_of_month(words: NoteWords, index: int, *, bare: bool) -> tuple[int, int] | None:
    """A day of the month such as "5th" or "fifth", or with `bare` also "5": (day, index after)."""
    word = words[index]
    if words.follows(index, "first", "thing"):
        return None
    if word in ORDINALS:
        return ORDINALS.index(word) + 1, index + 1
    if f"{word}-{words[index + 1]}" in ORDINALS:
        return ORDINALS.index(f"{word}-{words[index + 1]}") + 1, index + 2
    if not (word.isascii() and word.isdigit() and len(word) <= 2):
        return None
    if words[index + 1] in {"st", "nd", "rd", "th"}:
        return int(word), index + 2
    return (int(word), index + 1) if bare else None


def _read_slashed(
    words: NoteWords, index: int, today: date, weekday: int | None, *, month_first: bool
) -> tuple[date, int] | None:
    if not (words[index].isdigit() and words[index + 1] == "/" and words[index + 2].isdigit()):
        return None
    day, month = int(words[index]), int(words[index + 2])
    if month_first:
        day, month = month, day
    after = index + 3
    year = int(words[after + 1]) if words[after] == "/" and words[after + 1].isdigit() else None
    if year is None:
        return _finish(words, after, (day, month), today, weekday)
    return _checked(year if year > 99 else 2000 + year, month, day, weekday), after + 2


def _finish(words: NoteWords, after: int, dated: tuple[int, int], today: date, weekday: int | None) -> tuple[date, int]:
    """The date of a (day, month), in the year that follows in the words or the next in which it falls."""
    day, month = dated
    if len(words[after]) == 4 and words[after].startswith("20") and words[after].isdigit():
        return _checked(int(words[after]), month, day, weekday), after + 1
    # Only the month and day are checked in a leap year first: the 29th of February exists in some years.
    _checked(2000, month, day, None)
    year = today.year if (month, day) >= (today.month, today.day) else today.year + 1
    found = _checked(year, month, day, weekday)
    if (found - today).days > _DAYS_AHEAD_OF_A_MONTH:
        raise SaidTimeMistake(f"the {day} of {_MONTHS[month - 1].title()} has passed; give the year if it is the next")
    return found, after


def _checked(year: int, month: int, day: int, weekday: int | None) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        name = _MONTHS[month - 1].title() if 1 <= month <= 12 else f"month {month}"
        raise SaidTimeMistake(f"there is no {day} of {name}") from None
    if weekday is not None and found.weekday() != weekday:
        raise SaidTimeMistake(f"{found.isoformat()} is a {_WEEKDAYS[found.weekday()].title()}")
    return found


def _nearest(day: int, today: date, weekday: int | None) -> date:
    """The next date with that day of the month, and with that weekday where one is given."""
    far = _DAYS_AHEAD_OF_A_DATE if weekday is None else _DAYS_AHEAD_OF_A_WEEKDAY_WITH_DATE
    for ahead in range(far):
        found = today + timedelta(days=ahead)
        if found.day == day and weekday in {None, found.weekday()}:
            return found
    name = "day" if weekday is None else _WEEKDAYS[weekday].title()
    raise SaidTimeMistake(f"no {name} in the coming months is the {day}th; give the month")
