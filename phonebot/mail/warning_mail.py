"""Warnings about a call that somebody took on: it is nearly due, or it was missed; as a mail and as a text message."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto

from phonebot.domain.digest import Owed
from phonebot.domain.office import Office
from phonebot.mail.dates import Dates
from phonebot.mail.digest_mail import FOOTER
from phonebot.mail.item import LinkTo, Reader, item_of
from phonebot.mail.letter import Letter, rendered
from phonebot.mail.short_text import fitted
from phonebot.mail.wording import caller_words


class Alarm(Enum):
    """Why somebody is warned: their own call is nearly due, a colleague's is, or a colleague's was missed."""

    OWN = auto()
    COLLEAGUES = auto()
    MISSED = auto()


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning to one reader, by name: the message, who took its call on (a name), and when that is or was due."""

    alarm: Alarm
    reader: str
    owed: Owed
    promised_by: str
    due: datetime


def warning_letter(warned: Warned, office: Office, link: LinkTo, now: datetime) -> Letter:
    """The warning with the message and its links, as a notice shows it."""
    dates = Dates(office.hours.zone, now)
    named = warned.owed.name or warned.owed.company
    who = caller_words(warned.owed.name, warned.owed.company, 60) if named else "a caller"
    heading = {
        Alarm.OWN: f"Your call to {who} is due by {_clock(warned, dates)}",
        Alarm.COLLEAGUES: f"{warned.promised_by} has not rung {who} yet",
        Alarm.MISSED: f"Please ring {who} for {warned.promised_by}",
    }[warned.alarm]
    return rendered(
        "notice",
        heading,
        heading=heading,
        preamble=f"{warned.reader}, {office.name}, {dates.at(now)}. {_why(warned, dates)}",
        items=[item_of(warned.owed, Reader(warned.reader, None, dates), link)],
        footer=FOOTER,
    )


def warning_text(warned: Warned, office: Office, now: datetime) -> str:
    """The same in two segments at most."""
    dates = Dates(office.hours.zone, now, short=True)
    asked = f"Please ring for {warned.promised_by}. " if warned.alarm is Alarm.MISSED else ""
    # What is asked has been said by then, and the room of a text is small.
    return fitted(asked + _why(warned, dates), [replace(warned.owed, asked=None)], Reader(warned.reader, None, dates))


def _why(warned: Warned, dates: Dates) -> str:
    """What is the matter, in a sentence."""
    if warned.alarm is Alarm.MISSED:
        return f"The call was due by {dates.past(warned.due)}, and the caller does not know that it was not made."
    whose = "Your call" if warned.alarm is Alarm.OWN else f"The call that {warned.promised_by} took on"
    return f"{whose} is due by {_clock(warned, dates)} and has not been made."


def _clock(warned: Warned, dates: Dates) -> str:
    return f"{warned.due.astimezone(dates.zone):%H:%M}"
