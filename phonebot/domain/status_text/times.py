"""The time clauses of a note: until, back, from, for, its days and the leeway; cut out as they are read."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from phonebot.domain.hours import OfficeHours
from phonebot.domain.status import DAYPART_STARTS, Daypart, ExpectedBack, Grain
from phonebot.domain.status_text.placed_time import place
from phonebot.domain.status_text.said_day import SaidTimeMistake, read_day, weekday_number
from phonebot.domain.status_text.said_time import SaidTime, read_time
from phonebot.domain.status_text.words import NoteWords, read_span
from phonebot.domain.times import instant_of, start_of_day

_UNTIL = {"until", "till", "til", "'til", "’til", "thru", "through"}
_UNTIL_PROPER = _UNTIL - {"thru", "through"}
_BACK = {"back", "returning", "returns", "return", "free", "available"}
_BACK_BOUNDS = {"by", "before"}
_BACK_LINKS = {
    "at",
    "on",
    "around",
    "about",
    "from",
    "after",
    "again",
    "in",
    "the",
    "office",
    "here",
    ",",
    *_BACK_BOUNDS,
}
_BACK_LEADS = (
    *(("not",), ("will", "be"), ("won't", "be"), ("won’t", "be"), ("will", "not", "be"), ("should", "be")),
    *(("expects", "to", "be"), ("expected",), ("due",)),
)
_RANGE = {"to", "-", "–", *_UNTIL}
_LEEWAY = (("give", "or", "take"), ("plus", "or", "minus"), ("leeway",), ("+", "/", "-"), ("±",))
_WHOLE_DAY = tuple(
    tuple(phrase.split())
    for phrase in (
        *("all day", "the whole day", "for the day", "for today", "all of today"),
        *("for the rest of the day", "the rest of the day", "rest of the day", "the rest of today"),
        *("until the end of the day", "until end of day", "until the end of today"),
        *("until close", "until closing time", "until eod"),
    )
)
_VAGUE = {"ish", "perhaps", "maybe"}


@dataclass(slots=True)
class NoteTimes:
    """What a note says of time, and the stretches of the note that said it."""

    starts: datetime | None = None
    until: ExpectedBack | None = None
    back: ExpectedBack | None = None
    ends: datetime | None = None
    leeway: timedelta | None = None
    cut: list[tuple[int, int]] = field(default_factory=list)


class NoteTimesReader:
    """Reads one note from its first word to its last; each clause may be said once."""

    def __init__(self, note: str, hours: OfficeHours, now: datetime, *, month_first: bool) -> None:
        self._words = NoteWords(note)
        self._hours = hours
        self._now = now
        self._today = hours.local_day(now)
        self._month_first = month_first
        self._found = NoteTimes()

    def read(self) -> NoteTimes:
        """All the clauses; raises SaidTimeMistake for one that is begun and cannot be read, or is said twice."""
        clauses = (
            self._whole_day,
            self._leeway,
            self._until,
            self._back,
            self._since,
            self._from,
            self._for,
            self._window,
        )
        index = 0
        while index < len(self._words):
            after = next((found for found in (clause(index) for clause in clauses) if found is not None), None)
            if after is None:
                index += 1
                continue
            if self._words[after] in _VAGUE:
                raise SaidTimeMistake(f'"{self._words[after]}" leaves the time open')
            self._found.cut.append(self._words.stretch(index, after))
            index = after
        return self._found

    def _time(self, index: int) -> tuple[SaidTime, int] | None:
        return read_time(self._words, index, self._today, month_first=self._month_first)

    def _once(self, name: str, value: object) -> None:
        if getattr(self._found, name) is not None:
            raise SaidTimeMistake("two times are given for the same thing")
        setattr(self._found, name, value)

    def _whole_day(self, index: int) -> int | None:
        for phrase in _WHOLE_DAY:
            if self._words.follows(index, *phrase):
                after = index + len(phrase)
                # "All day tomorrow" is about tomorrow: the day that follows says which.
                if self._found.ends is None and read_day(self._words, after, self._today) is None:
                    self._span_days(self._today, self._today)
                return after
        return None

    def _leeway(self, index: int) -> int | None:
        for phrase in _LEEWAY:
            if self._words.follows(index, *phrase):
                start = index + len(phrase)
                start += self._words[start] in {"of", ":"}
                span = read_span(self._words, start)
                if span is None:
                    raise SaidTimeMistake("the leeway is not a time such as 20 minutes")
                self._once("leeway", span[0])
                return span[1]
        span = read_span(self._words, index)
        if span is not None and self._words[span[1]] in {"leeway", "either"}:
            self._once("leeway", span[0])
            return span[1] + (2 if self._words[span[1]] == "either" else 1)
        return None

    def _until(self, index: int) -> int | None:
        if self._words[index] not in _UNTIL:
            return None
        return self._end_at(index + 1, inclusive=self._words[index] not in _UNTIL_PROPER)

    def _end_at(self, index: int, *, inclusive: bool = False) -> int:
        said = self._time(index)
        if said is None:
            what = "further notice" if self._words.follows(index, "further", "notice") else self._words[index]
            raise SaidTimeMistake(f'"until {what}" names no day or time' if what else '"until" is followed by nothing')
        if said[0].clock == time(0) and said[0].sure:
            # Until midnight is until the day is over; nobody is expected back then.
            self._once("ends", place(said[0], self._hours, self._now).at)
        elif inclusive and said[0].day is not None and said[0].clock is None:
            self._once("ends", start_of_day(said[0].day + timedelta(days=1), self._hours.zone))
        else:
            self._once("until", place(said[0], self._hours, self._now))
        return said[1]

    def _back(self, index: int) -> int | None:
        lead = next((phrase for phrase in _BACK_LEADS if self._words.follows(index, *phrase)), ())
        index += len(lead)
        if self._words[index] not in _BACK:
            return None
        start = index + 1
        links = _BACK_LINKS | (_UNTIL if lead else set())
        span = read_span(self._words, start + 1) if self._words[start] in {"in", "within"} else None
        if span is not None:
            self._once("back", ExpectedBack(_to_the_minute(self._now + span[0])))
            return span[1]
        bound = False
        while self._words[start] in links:
            bound = bound or self._words[start] in _BACK_BOUNDS
            start += 1
        said = self._time(start)
        if said is not None:
            self._once("back", place(said[0], self._hours, self._now))
            if bound and self._found.leeway is None:
                # "By two" is already the later bound: nothing may be added to it.
                self._found.leeway = timedelta(0)
            return said[1]
        # "Until two, back after" says nothing new.
        afterwards = self._words[start] in {"afterwards", "then"}
        if self._found.until is not None and (afterwards or self._words[start - 1] == "after"):
            return start + afterwards
        raise SaidTimeMistake(f'"{self._words[index]}" is not followed by a time')

    def _since(self, index: int) -> int | None:
        """When it began, which is past and so never spoken: only that it was a time is seen."""
        if self._words[index] != "since":
            return None
        start = index + 1 + (self._words[index + 1] == "last")
        said = self._time(start)
        return None if said is None else said[1]

    def _from(self, index: int) -> int | None:
        if self._words[index] in {"from", "starting", "between"}:
            return self._start_at(index + 1, needs_end=self._words[index] == "between")
        # "2-4" and "1 December to 14 December" are as good as "from".
        if self._words[index][:1].isdigit():
            if self._days_of_a_month(index) is not None:
                return self._start_at(index, needs_end=True)
            start = self._range_start(index) or self._time(index)
            if start is not None and self._words[start[1]] in _RANGE and self._time(start[1] + 1) is not None:
                return self._start_at(index, needs_end=True)
        return None

    def _start_at(self, index: int, *, needs_end: bool) -> int | None:
        """A start, and the end that may follow it."""
        days = self._days_of_a_month(index)
        if days is not None:
            first, last, after = days
            self._span_days(first, last)
            return after
        said = self._range_start(index) or self._time(index)
        if said is None:
            return None  # "working from home"
        after = said[1]
        ending = self._words[after] in {*_RANGE, "and"} if needs_end else self._words[after] in _RANGE
        try:
            self._once("starts", self._beginning(place(said[0], self._hours, self._now)))
        except SaidTimeMistake:
            # "From ten to four", said at eleven, has begun: only its end is news.
            if said[0].day is not None or not ending:
                raise
        if needs_end and not ending:
            raise SaidTimeMistake('"between" needs two times')
        return self._end_at(after + 1, inclusive=self._words[after] not in _UNTIL_PROPER) if ending else after

    def _days_of_a_month(self, index: int) -> tuple[date, date, int] | None:
        """The days of "1 to 5 December", whose first number is no hour; "until" is up to the last and without it."""
        number, link = self._words[index], self._words[index + 1]
        if not (number.isdecimal() and link in {*_RANGE, "and"} and self._words[index + 2][:1].isdigit()):
            return None
        read = read_day(self._words, index + 2, self._today, month_first=self._month_first)
        if read is None:
            return None
        last, after = read
        ends_month = last if int(number) <= last.day else last.replace(day=1) - timedelta(days=1)
        try:
            first = ends_month.replace(day=int(number))
        except ValueError:
            raise SaidTimeMistake(f'"{number}" is not a day of that month') from None
        return first, last - timedelta(days=1) if link in _UNTIL_PROPER else last, after

    def _range_start(self, index: int) -> tuple[SaidTime, int] | None:
        """The first hour of "ten to four", which is a stretch of the day here and not a time to four."""
        if self._words[index + 1] not in {"to", "-", "–"}:
            return None
        alone = NoteWords(self._words[index])
        said = read_time(alone, 0, self._today)
        return None if said is None or said[0].clock is None else (said[0], index + 1)

    def _for(self, index: int) -> int | None:
        if self._words[index] != "for":
            return None
        start = index + 1 + (self._words.follows(index + 1, "about"))
        span = read_span(self._words, start)
        if span is not None:
            self._once("until", ExpectedBack(_to_the_minute(self._now + span[0])))
            return span[1]
        start += self._words[start] == "the"
        return self._window(start)

    def _window(self, index: int) -> int | None:
        """A day, days or a part of one that stands alone: "tomorrow", "on Friday", "this afternoon", "all week"."""
        start = index
        while self._words[start] in {"on", "all", "this", "the"} and start < index + 2:
            start += 1
        if self._words[start] == "week" or self._words.follows(index, "next", "week"):
            return self._week(index, start)
        begins_a_day = self._words[start] in {"today", "tomorrow"} or weekday_number(self._words[start]) is not None
        part = self._words[start] in DAYPART_STARTS and self._words[start - 1] in {"this", "all", "the"} and start > 0
        numbered = start > index and read_day(self._words, start, self._today, month_first=self._month_first)
        iso = len(self._words[start]) == 10 and self._words[start][:1].isdigit()
        if not (begins_a_day or part or numbered or iso):
            return None
        said = self._time(start)
        if said is None:
            return None
        if said[0].clock is not None or said[0].moment is not None:
            raise SaidTimeMistake('say "until" or "back at" before a time of day')
        day = said[0].day or self._today
        if self._words[said[1]] in _RANGE:
            last = read_day(self._words, said[1] + 1, day, month_first=self._month_first)
            if last is not None and said[0].part is None:
                until = self._words[said[1]] in _UNTIL_PROPER
                self._span_days(day, last[0] - timedelta(days=1) if until else last[0])
                return last[1]
        self._span_days(day, day, said[0].part)
        return said[1]

    def _week(self, index: int, start: int) -> int | None:
        monday = self._today - timedelta(days=self._today.weekday())
        if self._words.follows(index, "next", "week"):
            self._span_days(monday + timedelta(days=7), monday + timedelta(days=13))
            return index + 2
        if self._words[start - 1] not in {"this", "all", "the"} or start == index:
            return None
        self._span_days(self._today, monday + timedelta(days=6))
        return start + 1

    def _span_days(self, first: date, last: date, part: Daypart | None = None) -> None:
        """From the first day (or its part) to the end of the last; what has begun already begins now."""
        zone = self._hours.zone
        starts, ends = start_of_day(first, zone), start_of_day(last + timedelta(days=1), zone)
        if part is not None:
            starts = instant_of(first, DAYPART_STARTS[part], zone)
            later = [DAYPART_STARTS[each] for each in Daypart if DAYPART_STARTS[each] > DAYPART_STARTS[part]]
            ends = instant_of(first, min(later), zone) if later else ends
        if ends <= self._now or ends <= starts:
            raise SaidTimeMistake("that is past")
        self._once("ends", ends)
        if starts > self._now:
            self._once("starts", starts)

    def _beginning(self, starts: ExpectedBack) -> datetime:
        """The first instant of a start said as a day (its midnight), a part of one, or a time."""
        if starts.grain is Grain.DAY:
            return start_of_day(self._hours.local_day(starts.at), self._hours.zone)
        return starts.at


def _to_the_minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
