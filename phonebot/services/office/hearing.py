"""Hearing what callers hear, and seeing where everybody is, at any instant."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from phonebot.dialog.facts import Facts
from phonebot.domain.away import AwayMessage, office_message
from phonebot.domain.office import RECEPTION, Line, OfficeBook, Person
from phonebot.domain.phone import CallerId
from phonebot.domain.spoken import Prompt
from phonebot.domain.status import AwayStatus, Presence
from phonebot.domain.times import parse_instant
from phonebot.prompts import Prompts, data_folder
from phonebot.services.office.people import line_called, staff, the_office
from phonebot.store import calls
from phonebot.store.database import Database, Session

NOBODY_IN_PARTICULAR = CallerId("", None, withheld=True)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What a caller hears at an instant, and the status it rests on. `who` is a person's id or RECEPTION.

    Times are local to the office (aware). `status` is the activity or "in" or "out"; None where none speaks.
    """

    at: datetime
    who: str
    name: str
    words: str
    status: str | None = None
    starts: datetime | None = None
    ends: datetime | None = None
    back: datetime | None = None
    back_latest: datetime | None = None
    cover: str | None = None


def hear(database: Database, whom: str, at: str | None, now: datetime) -> Whereabouts:
    """What a caller hears who rings `whom` (a person's id, a line's number, "office") at `at` (ISO 8601, else now).

    Raises Nobody, NoOffice, or TimeMistake.
    """
    with database.read() as session:
        book = the_office(session)
        instant = parse_instant(at, book.office.hours.zone) if at else now
        return heard_on(session, book, line_called(book, whom), instant)


def everybody(database: Database, at: str | None, now: datetime) -> list[Whereabouts]:
    """What callers for each person hear at `at` (ISO 8601, else now), in the office's order; raises as `hear` does."""
    with database.read() as session:
        book = the_office(session)
        instant = parse_instant(at, book.office.hours.zone) if at else now
        people, statuses = calls.everybody(session, instant)
        speak = _speaker(book.office.language)
        lines = [line_called(book, person.id) for person in staff(book)]
        return [_of_person(_facts(book, line, instant, people, statuses), speak) for line in lines]


def heard_on(session: Session, book: OfficeBook, line: Line, at: datetime) -> Whereabouts:
    """What a caller hears on that line at that instant (aware)."""
    speak = _speaker(book.office.language)
    if line.answers == RECEPTION:
        said = office_message(book.office, at)
        words = " ".join(map(speak, said.prompts))
        return Whereabouts(book.office.hours.local(at), RECEPTION, book.office.name, words)
    people, statuses = calls.people_of_call(session, line.answers, line.answers, at)
    return _of_person(_facts(book, line, at, people, statuses), speak)


def _facts(
    book: OfficeBook, line: Line, at: datetime, people: Sequence[Person], statuses: Sequence[AwayStatus]
) -> Facts:
    return Facts(at, book.office, line, NOBODY_IN_PARTICULAR, people, statuses)


def _of_person(facts: Facts, speak: Callable[[Prompt], str]) -> Whereabouts:
    """The away message just as a call composes it."""
    person = facts.person(facts.line.answers)
    assert person is not None
    said: AwayMessage = facts.away(person)
    local, status = facts.office.hours.local, said.status
    return Whereabouts(
        at=local(facts.now),
        who=person.id,
        name=person.name,
        words=" ".join(map(speak, said.prompts)),
        status=None if status is None else doing(status),
        starts=None if status is None else local(status.starts),
        ends=None if status is None else local(status.ends),
        back=None if said.back is None else local(said.back),
        back_latest=None if said.back_latest is None else local(said.back_latest),
        cover=None if status is None else status.cover,
    )


def doing(status: AwayStatus) -> str:
    """The activity as it was set, or "in" or "out" where none was: for staff, who may know of leave and sickness."""
    return status.activity or ("in" if status.presence is Presence.IN else "out")


def _speaker(language: str) -> Callable[[Prompt], str]:
    prompts = Prompts.load(data_folder("prompts"), language.partition("-")[0])
    return prompts.speak
