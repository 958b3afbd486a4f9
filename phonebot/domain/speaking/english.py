"""Dates, times, digits and spelled names in British English, as a receptionist would say them."""

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from itertools import groupby

from babel import Locale

from phonebot.domain.phone.aloud import read_aloud

_LOCALE = Locale("en", "GB")
_WEEKDAYS: Mapping[int, str] = _LOCALE.days["format"]["wide"]
_MONTHS: Mapping[int, str] = _LOCALE.months["format"]["wide"]

_ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_NUMBERS = (*_ONES, *_TEENS, "twenty", *(f"twenty-{one}" for one in _ONES[1:]))
_DIGITS = ("oh", *_NUMBERS[1:10])
_LONGEST_GROUP = 5
"""A British area code may be five digits and is said in one breath; anything longer is said in threes."""
LONGEST_SPELLED = 60
"""Characters: no name is longer, and nobody should have to listen to nonsense spelled out."""
_SIGNS = {"+": "plus", "*": "star", "#": "hash"}
_SPELLED_SIGNS = {"-": "hyphen", "'": "apostrophe", "’": "apostrophe", " ": "space"}


def weekday(day: date) -> str:
    """The day of the week: "Thursday"."""
    return _WEEKDAYS[day.weekday()]


def ordinal(number: int) -> str:
    """A day of the month as "24th", which English voices read as "twenty-fourth" and which reads well on a screen."""
    ending = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def date_in_month(day: date) -> str:
    """The date without its weekday or year: "the 5th of October"."""
    return f"the {ordinal(day.day)} of {_MONTHS[day.month]}"


def full_day(day: date) -> str:
    """The date with its weekday: "Tuesday the 24th of November"."""
    return f"{weekday(day)} {date_in_month(day)}"


def clock(at: time) -> str:
    """A time of day as it is said, to the minute: "ten", "half past two", "twenty to four", "noon", "midnight".

    Seconds are dropped; rounding, and saying "about", are the caller's business. Which half of the day it is stays
    unsaid, except about midnight, where "twelve" would be heard as noon.
    """
    if at.minute == 0:
        return "noon" if at.hour == 12 else _hour(at.hour)
    if at.minute == 30:
        return f"half past {_hour(at.hour)}"
    if at.minute < 30:
        return f"{_minutes(at.minute)} past {_hour(at.hour)}"
    return f"{_minutes(60 - at.minute)} to {_hour((at.hour + 1) % 24)}"


def _hour(hour: int) -> str:
    """An hour of the 24 on the clock's face, with midnight by its name."""
    return "midnight" if hour == 0 else _NUMBERS[(hour - 1) % 12 + 1]


def _minutes(minutes: int) -> str:
    """1 to 29 minutes past or to the hour: fives stand alone ("five", "quarter"), others are counted in minutes."""
    if minutes == 15:
        return "quarter"
    if minutes % 5 == 0:
        return _NUMBERS[minutes]
    return f"{_NUMBERS[minutes]} minute{'' if minutes == 1 else 's'}"


def part_of_day(at: time) -> str:
    """Which part of the day a time is in, to follow CLOCK: "in the morning"; nothing after "noon" or "midnight"."""
    if "midnight" in clock(at) or clock(at) == "noon":
        return ""
    if at.hour < 12:
        return "in the morning"
    return "in the afternoon" if at.hour < 18 else "in the evening"


def digits(text: str) -> str:
    """Digits one by one, "oh" for 0 and "double" for a pair: "oh one four three", "four double oh".

    Spaces, hyphens, dots and brackets part the groups, and a group of more than five is said in threes; between
    groups stands a comma, which a voice takes as a breath. "+", "*" and "#" are named. Raises ValueError for text
    that holds anything else, or no digit.
    """
    groups = re.findall(r"[+*#]|[0-9]+", text)
    if not re.fullmatch(r"[0-9+*#\s().-]*[0-9][0-9+*#\s().-]*", text):
        raise ValueError("only digits can be said as digits")
    breaths = [breath for group in groups for breath in (_breaths(group) if group.isdigit() else [_SIGNS[group]])]
    return ", ".join(breaths).replace("plus, ", "plus ")


def _breaths(group: str) -> list[str]:
    """One group of digits as the words of one or more breaths."""
    if len(group) <= _LONGEST_GROUP:
        return [_said(group)]
    return [_said(part) for part in _split(group)]


def _split(group: str) -> list[str]:
    """A long group in threes, its last part three to five digits, after a mobile's first five where it has eleven."""
    if len(group) == 11 and group.startswith("0"):
        return [group[:5], group[5:8], group[8:]]
    cut = list(range(0, len(group), 3))
    if len(group) % 3:
        cut.pop()
    return [group[start:end] for start, end in zip(cut, [*cut[1:], len(group)], strict=True)]


def _said(group: str) -> str:
    """Digits of one breath; one pair is said "double", but two pairs or three alike are easier written down singly."""
    runs = [(_DIGITS[int(digit)], len(list(same))) for digit, same in groupby(group)]
    if sorted(length for _, length in runs if length > 1) == [2]:
        return " ".join(f"double {word}" if length == 2 else word for word, length in runs)
    return " ".join(_DIGITS[int(digit)] for digit in group)


def telephone_number(number: str, region: str = "GB") -> str:
    """An E.164 number as people of `region` (ISO 3166, two letters) say it.

    A number of that region is said as dialled at home: "oh seven nine seven one, four double oh, six five three";
    any other with its country code: "plus four four, ...". Raises ValueError for what is not E.164.
    """
    if not re.fullmatch(r"\+[0-9]{5,15}", number):
        raise ValueError("only an E.164 number can be said as a telephone number")
    return read_aloud(number, region)


def spelled(text: str) -> str:
    """Text letter by letter: "S, M, Y, T, H, E"; digits, spaces, hyphens and apostrophes by name, the rest left out.

    Stops after LONGEST_SPELLED characters.
    """
    shortened = " ".join(text.split())[:LONGEST_SPELLED]
    names = (_spelled_character(character) for character in shortened.upper())
    return ", ".join(name for name in names if name)


def _spelled_character(character: str) -> str:
    """The name of one character, or nothing where it has none worth saying."""
    if character in _SPELLED_SIGNS:
        return _SPELLED_SIGNS[character]
    if character.isascii() and character.isdigit():
        return "zero" if character == "0" else _DIGITS[int(character)]
    return character if character.isalpha() else ""


FUNCTIONS: Mapping[str, Callable[..., str]] = {
    "WEEKDAY": weekday,
    "DATE": date_in_month,
    "DAY": full_day,
    "CLOCK": clock,
    "DAYPART": part_of_day,
    "DIGITS": digits,
    "PHONE": telephone_number,
    "SPELL": spelled,
}
"""What a prompt may call, by the name it has in .ftl."""
