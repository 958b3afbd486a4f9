"""A time read out of a note's words: a day, a part of the day, a time of day, as exactly as they say and no more."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from phonebot.domain.status import Daypart
from phonebot.domain.status_text.said_day import SaidTimeMistake, read_day
from phonebot.domain.status_text.words import NoteWords, read_number

_PARTS = {part.value: part for part in Daypart} | {"am": Daypart.MORNING, "pm": Daypart.AFTERNOON}
_JOINING = {"at", "on", "in", "the", "around", "about", "approximately", "roughly", ",", "of", "this"}
_FRACTIONS = {"half": 30, "quarter": 15}
_FIGURES = re.compile(r"(\d{1,2})[:.](\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class SaidTime:
    """What words say of a time, each None where they do not say it; `sure` is whether morning or afternoon is certain.

    `moment` is a full ISO 8601 time, which says all at once and is naive where it names no offset.
    """

    day: date | None = None
    part: Daypart | None = None
    clock: time | None = None
    sure: bool = False
    moment: datetime | None = None


def read_time(words: NoteWords, index: int, today: date, *, month_first: bool = False) -> tuple[SaidTime, int] | None:
    """The time that stands from `index` on, and the index after it; None where none does.

    Days are counted from `today` in the office; `month_first` reads 5/10 as the 10th of May. Raises SaidTimeMistake
    for a time that is begun and cannot be meant.
    """
    if "t" in words[index] and words[index][0].isdigit():
        try:
            return SaidTime(moment=datetime.fromisoformat(words[index])), index + 1
        except ValueError:
            raise SaidTimeMistake(f"{words[index]!r} is no time") from None
    said, after = SaidTime(), index
    while True:
        start = after
        while words[start] in _JOINING:
            start += 1
        more = _read_piece(words, start, said, today, month_first=month_first)
        if more is None:
            break
        said, after = more
    return None if after == index else (_with_half(said), after)


def _read_piece(
    words: NoteWords, index: int, said: SaidTime, today: date, *, month_first: bool
) -> tuple[SaidTime, int] | None:
    """One more day, part of the day or time of day; None where there is none, or it has been said."""
    readers: tuple[tuple[bool, Callable[[], tuple[SaidTime, int] | None]], ...] = (
        (said.day is None, lambda: _as_day(said, read_day(words, index, today, month_first=month_first))),
        (said.clock is None, lambda: _read_clock(words, index, said)),
        (said.part is None, lambda: _read_part(words, index, said)),
    )
    for wanted, reader in readers:
        found = reader() if wanted else None
        if found is not None:
            return found
    return None


def _as_day(said: SaidTime, found: tuple[date, int] | None) -> tuple[SaidTime, int] | None:
    return None if found is None else (replace(said, day=found[0]), found[1])


def _read_part(words: NoteWords, index: int, said: SaidTime) -> tuple[SaidTime, int] | None:
    if words.follows(index, "first", "thing"):
        return replace(said, part=Daypart.MORNING), index + 2
    part = _PARTS.get(words[index])
    return None if part is None else (replace(said, part=part), index + 1)


def _read_clock(words: NoteWords, index: int, said: SaidTime) -> tuple[SaidTime, int] | None:
    """A time of day: "half past two", "14:30", "2 pm", "two thirty", "noon"."""
    if words[index] in {"noon", "midday", "midnight"}:
        clock = time(0) if words[index] == "midnight" else time(12)
        return replace(said, clock=clock, sure=True), index + 1
    found = _read_past(words, index) or _read_figures(words, index) or _read_hour(words, index)
    if found is None:
        return None
    hour, minute, after = found
    if hour > 23 or minute > 59:
        raise SaidTimeMistake(f"no clock shows {hour}:{minute:02}")
    if words[after] in {"o'clock", "o’clock", "oclock"}:
        after += 1
    sure = not 1 <= hour <= 12 or (words[index][0] == "0" and len(words[index]) > 1)
    if words[after] in {"am", "pm"}:
        if not 1 <= hour <= 12:
            raise SaidTimeMistake(f"{hour}:{minute:02} is not said with {words[after]}")
        hour, sure, after = hour % 12 + (12 if words[after] == "pm" else 0), True, after + 1
    return replace(said, clock=time(hour, minute), sure=sure), after


def _read_past(words: NoteWords, index: int) -> tuple[int, int, int] | None:
    """Minutes past or to an hour: (hour, minute, index after)."""
    start = index + 1 if words[index] == "a" and words[index + 1] == "quarter" else index
    amount = (_FRACTIONS[words[start]], start + 1) if words[start] in _FRACTIONS else read_number(words, start)
    if amount is None:
        return None
    minutes, after = amount
    if words[after] in {"minutes", "minute", "mins"} and words[after + 1] in {"past", "to"}:
        after += 1
    bare_half = words[start] == "half" and read_number(words, after) is not None  # "half two", as the British say it
    if words[after] not in {"past", "to"} and not bare_half:
        return None
    way = "past" if bare_half else words[after]
    hour = _hour_after(words, after if bare_half else after + 1)
    if hour is None:
        if way == "to" and words[start] not in _FRACTIONS:
            return None  # "from two to Thursday": the "to" joins two times
        raise SaidTimeMistake(f'"{words[start]} {way}" is not followed by an hour')
    if way == "to" and (words[start] not in _FRACTIONS and minutes not in {5, 10, 20, 25}):
        return None  # "two to four" is from one hour to another
    if not 0 < minutes < 60:
        raise SaidTimeMistake(f"{minutes} minutes {way} an hour is no time")
    if way == "past":
        return hour[0], minutes, hour[1]
    return (hour[0] - 1) % 12 or 12, 60 - minutes, hour[1]


def _hour_after(words: NoteWords, index: int) -> tuple[int, int] | None:
    """An hour of a clock face, and the index after it."""
    if words[index] in {"noon", "midday", "midnight"}:
        return 12, index + 1
    found = read_number(words, index)
    return found if found is not None and 1 <= found[0] <= 12 else None


def _read_figures(words: NoteWords, index: int) -> tuple[int, int, int] | None:
    """A time in figures with a colon or a stop, or as four digits: 14:30, 9.15, 1430."""
    word = words[index]
    if written := _FIGURES.fullmatch(word):
        return int(written[1]), int(written[2]), index + 1
    if len(word) == 4 and word.isascii() and word.isdigit():
        if word.startswith("20"):
            raise SaidTimeMistake(f"{word} could be a year; a time is written as 20:15")
        return int(word[:2]), int(word[2:]), index + 1
    return None


def _read_hour(words: NoteWords, index: int) -> tuple[int, int, int] | None:
    """An hour alone, or one with its minutes in words: "ten", "two thirty"."""
    found = read_number(words, index)
    if found is None or found[0] > 24:
        return None
    hour, after = found
    if words[after] in {"minutes", "minute", "mins", "hours", "hour", "days", "day", "weeks", "week", "months", "%"}:
        return None
    minutes = read_number(words, after)
    spelled = not words[index][0].isdigit() and minutes is not None and not words[after][0].isdigit()
    if spelled and minutes is not None and 10 <= minutes[0] < 60 and hour <= 12:
        return hour, minutes[0], minutes[1]
    return hour, 0, after


def _with_half(said: SaidTime) -> SaidTime:
    """The clock time put in the half of the day that the words name besides: "two in the afternoon"."""
    if said.clock is None or said.part is None or said.sure:
        return said
    hour = said.clock.hour % 12 + (0 if said.part is Daypart.MORNING else 12)
    return replace(said, clock=said.clock.replace(hour=hour), sure=True)
