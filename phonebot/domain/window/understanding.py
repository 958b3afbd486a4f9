"""From what a caller said to a window: the pieces, the clauses, their place in time, and whether that is sure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from phonebot.domain.window.bits import Bits
from phonebot.domain.window.calendar import DAY
from phonebot.domain.window.clauses import Clause, clauses_of
from phonebot.domain.window.lexer import pieces_of
from phonebot.domain.window.lexicon import REFUSED, SPEECH
from phonebot.domain.window.meaning import Part, Window
from phonebot.domain.window.phrases import Bit
from phonebot.domain.window.pieces import Clock, Days, Instant, Piece, Unknown
from phonebot.domain.window.placing import Stretched, place
from phonebot.domain.window.spans import in_order, without
from phonebot.domain.window.wording import in_one_form

_DAYS_AHEAD = 7
_FROM, _TO = time(7), time(21)
_EVENING = time(18)
_UNCERTAIN_HOURS = {6, 7, 8}
"""Bare hours that may well be of the other half of the day."""

_HOURS_ON_A_FACE = 12
_MOST_UNKNOWN = 3
_THE_PAST = re.compile(
    r"\b(?:i|we|he|she|they|you) (?:rang|called|phoned|spoke|tried|missed|left|said|was|were)\b"
    r"|\b(?:this|the|these) past\b|\d+th (?:to|from) (?:the )?last\b|\bnext to (?:the )?last\b|\blast but\b"
)
_FIGURE = re.compile(r"\d")
_POINTING = re.compile(r"\b(?:this|that|another|the other|the last|next) 1\b(?! (?:in|oclock|am|pm|to|-|or|and))")
"""Words that point at a time spoken of before: "the Sunday after this one"."""


def understand(text: str, now: datetime, zone: ZoneInfo, language: str = "en") -> Window:
    """What the caller meant, reckoned from `now` (aware) and told in `zone`; no parts where it was not understood.

    Any text may come: only its first 300 characters are read. Only English ("en", "en-GB") is understood.
    """
    local = now.astimezone(zone)
    if not language.lower().startswith("en"):
        return Window((), text)
    try:
        return _understood(text, in_one_form(text), local)
    except (ValueError, OverflowError):
        # NotUnderstood, or a day beyond the years a calendar can show.
        return Window((), text)


def _understood(text: str, said: str, now: datetime) -> Window:
    pieces, sure = pieces_of(said, now)
    unknown = [piece.word for piece in pieces if isinstance(piece, Unknown)]
    known = [piece for piece in pieces if not isinstance(piece, Unknown)]
    if any(word in REFUSED or _FIGURE.search(word) for word in unknown) or len(unknown) > max(
        _MOST_UNKNOWN, len(known)
    ):
        return Window((), text)
    if unknown and not SPEECH.intersection(said.split()):
        return Window((), text)
    if len(said) <= 2 and said.isdigit() and int(said) > _HOURS_ON_A_FACE:
        return Window((), text)  # a day of the month as well as an hour
    if _THE_PAST.search(said) or _POINTING.search(said) or _numbers_something(pieces):
        return Window((), text)
    clauses = clauses_of(Bits(known, now.date()).all(), now.date())
    parts = in_order(_stretches(clauses, now), now)
    return Window(parts, text, bool(parts) and sure and not unknown and not _doubtful(known))


def _numbers_something(pieces: Sequence[Piece]) -> bool:
    """Whether a bare number stands before a word unknown ("3 Acacia Avenue"), or one is something of a month."""
    for first, second in pairwise(pieces):
        if isinstance(second, Unknown) and isinstance(first, Clock) and not first.half and not first.minute:
            return True
        if isinstance(first, Unknown) and isinstance(second, Days) and second.grain == "month":
            return True
    return False


def _stretches(clauses: list[Clause], now: datetime) -> list[Stretched]:
    """What is wanted, less what is refused; with nothing wanted, the days to come."""
    wanted = [clause for clause in clauses if not clause.negative]
    refused = [clause for clause in clauses if clause.negative]
    found = [each for clause in wanted for each in place(clause, now)]
    if refused and not wanted:
        found = _days_to_come(refused, now)
    for clause in refused:
        for each in _refusals(clause, now):
            found = without(found, each)
    return found


def _days_to_come(refused: list[Clause], now: datetime) -> list[Stretched]:
    """Any time from now on where days are refused; where hours are, the waking hours of the coming week."""
    if all(clause.bit is None or clause.fixed for clause in refused):
        return [(now, None)]
    days = [now.date() + timedelta(days=ahead) for ahead in range(_DAYS_AHEAD)]
    spans = [(datetime.combine(d, _FROM, tzinfo=now.tzinfo), datetime.combine(d, _TO, tzinfo=now.tzinfo)) for d in days]
    return [(max(start, now), end) for start, end in spans if end > now]


def _refusals(clause: Clause, now: datetime) -> Iterable[Stretched]:
    """Hours refused without a day are refused on every one."""
    if not clause.takes_days:
        return place(clause, now)
    first = now.date()
    days = Days(((first, first + (_DAYS_AHEAD + 1) * DAY),), "days")
    return place(Clause(days, clause.bit and _widely(clause.bit)), now)


def _widely(bit: Bit) -> Bit:
    """ "Not in the morning" refuses all that is before noon."""
    if bit.start is None or bit.start.part is None or bit.start.clock is not None or not bit.whole:
        return bit
    start, end = bit.start.part.start, bit.start.part.end
    start, end = (time(0), end) if end <= time(12) and end != time(0) else (start, end)
    end = time(0) if start >= _EVENING else end
    return replace(bit, start=replace(bit.start, part=replace(bit.start.part, start=start, end=end)))


def _doubtful(pieces: Sequence[Piece]) -> bool:
    """Whether a piece has another reading that is likely enough to ask."""
    parts_named = any(getattr(piece, "name", "") in {"morning", "afternoon", "evening", "night"} for piece in pieces)
    for piece in pieces:
        if isinstance(piece, Days | Instant) and not piece.sure:
            return True
        if isinstance(piece, Clock) and not piece.half and piece.hour in _UNCERTAIN_HOURS and not parts_named:
            return True
    return False


def warm() -> None:
    """Pays what the first understanding costs (patterns, dateparser's languages), so that no caller does."""
    now = datetime(2026, 1, 1, 9, tzinfo=ZoneInfo("UTC"))
    understand("5/1/2026", now, ZoneInfo("UTC"))


__all__ = ["Part", "Window", "understand", "warm"]
