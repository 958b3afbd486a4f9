"""Messages that are owed, for tests: Julie's to Sue, to be changed as a test needs it, on a Wednesday morning."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from phonebot.domain.digest import Act, Digest, Owed, Try
from phonebot.domain.hours import OfficeHours
from phonebot.domain.message import State
from phonebot.domain.office import Office
from phonebot.domain.window import Part

LONDON = ZoneInfo("Europe/London")
OFFICE = Office("Cohen and Hart", OfficeHours(LONDON))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of November 2026 by the office's clocks; the 25th is a Wednesday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=LONDON)


NOW = at(25, 8, 30)
NEXT = at(25, 16)

JULIE = Owed(
    number=1,
    ref="K7QM",
    owner="sue",
    owner_name="Sue Cohen",
    state=State.NEW,
    received_at=at(24, 10, 41),
    name="Julie Smith",
    company="Hartwell Dental",
    phone="+442079460143",
    caller_id="+442079460143",
    business="Last month's invoice was charged twice.",
    window_said="Tomorrow, after three",
    window_parts=(Part(at(25, 15), at(26, 0)),),
    told=((at(24, 10, 42), "Sue will have this when she is free. I can't say when she'll call."),),
)


def julie(**changes: Any) -> Owed:
    """Julie's message with these fields changed."""
    return replace(JULIE, **changes)


def digest_of(*owed: Owed, **changes: Any) -> Digest:
    """Sue's digest at half past eight with these in it."""
    return replace(Digest("sue", "Sue Cohen", NOW, owed, next_at=NEXT), **changes)


def tried(outcome: str, by: str = "Sue Cohen", **changes: Any) -> Try:
    """A try on Tuesday at five past two."""
    return replace(Try(at(24, 14, 5), by, outcome), **changes)


def link(owed: Owed, act: Act) -> str:
    """An address that tells what it is for."""
    return f"https://phonebot.example.com/do/{owed.number}-{act.value}.signed"
