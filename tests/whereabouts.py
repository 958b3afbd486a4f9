"""One office for the tests of whereabouts, and statuses and messages in it at times written as London's clocks show."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from phonebot.domain.away import AwayMessage, away_message
from phonebot.domain.hours import parse_hours
from phonebot.domain.office import Office, Person
from phonebot.domain.status import AwayStatus
from phonebot.domain.status_draft import StatusOptions, make_status
from phonebot.domain.status_text import read_status
from phonebot.prompts import Prompts

LONDON = ZoneInfo("Europe/London")
OFFICE = Office(
    "Cohen and Hart",
    parse_hours({"mon-fri": "09:00-17:30", "sat-sun": "closed"}, ["2026-12-25", "2026-12-28"], LONDON),
)
SUE = Person("sue", "Sue Cohen")
TOM = Person("tom", "Tom Hart")
PEOPLE = (SUE, TOM, Person("ann1", "Ann Lee"), Person("ann2", "Ann Marsh"), Person("gus", "Gus Old", departed=True))
PROMPTS = Prompts.load(Path(__file__).parents[1] / "prompts")


def london(text: str) -> datetime:
    """The instant at which London's clocks show this."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)


def status(note: str, set_at: str, options: StatusOptions | None = None, person: Person = SUE) -> AwayStatus:
    """The status a note makes when it is set at that time."""
    now = london(set_at)
    draft = read_status(note, now=now, office=OFFICE, people=PEOPLE, person=person)
    return make_status(draft, person=person, now=now, office=OFFICE, options=options, people=PEOPLE)


def heard(statuses: Sequence[AwayStatus], at: str, *, rings: bool = True) -> AwayMessage:
    """The message a caller of Sue's line gets at that time."""
    return away_message(SUE, OFFICE, statuses, london(at), rings=rings, colleagues=PEOPLE)


def words(message: AwayMessage) -> str:
    """The message as it is spoken."""
    return " ".join(PROMPTS.speak(prompt) for prompt in message.prompts)
