"""What a doctor finds inside: the office as it is loaded, its people, the worker, and the jobs that were given up."""

from collections.abc import Iterator, Set
from datetime import datetime, timedelta
from typing import Final

from phonebot.domain.office import Office, OfficeBook, Person
from phonebot.domain.outbox import Lane
from phonebot.domain.yardstick import parse_within
from phonebot.services.calls.reconcile_calls import LOOKED
from phonebot.services.health.findings import Finding, right, wrong
from phonebot.services.office.people import staff
from phonebot.services.office.problems import office_problems
from phonebot.services.staff.recipients import way_of_digest, way_of_notice
from phonebot.store.backlog import dead_since, oldest_due
from phonebot.store.database import Database
from phonebot.store.offices import load_office
from phonebot.store.watermarks import watermark

LATE: Final = timedelta(minutes=5)
"""How long after it was due a job is late: a worker takes one within seconds, and is busy for a minute at most."""

UNSPOKEN: Final = timedelta(minutes=30)
"""How long after it was due a recording waits to be put into words where that goes badly: one takes minutes at most."""

UNSEEN: Final = timedelta(minutes=20)
"""How long a worker may not have gone through Twilio's lists, which it does every five minutes."""

LATELY: Final = timedelta(days=7)
"""How far back jobs that were given up are still news."""


def inside_findings(database: Database, languages: Set[str], now: datetime) -> Iterator[Finding]:
    """What there is to say of what is in the database; `languages` are those there are prompts in."""
    with database.read() as session:
        book = load_office(session)
    problems = list(office_problems(database, languages))
    yield from (wrong("office", problem) for problem in problems)
    if book is not None:
        yield from _office(book, told=bool(problems))
        yield from _people(book)
    yield _worker(database, now)
    yield from _unspoken(database, now)
    yield _given_up(database, now)


def _office(book: OfficeBook, *, told: bool) -> Iterator[Finding]:
    try:
        parse_within(book.office.return_within)
    except ValueError as mistake:
        yield wrong("office", f"return_within: {mistake}: put it right in office.toml, and run `phonebot load` again")
        return
    if not told:
        yield right("office", f"{book.office.name}, {len(staff(book))} people, {len(book.lines)} lines")


def _people(book: OfficeBook) -> Iterator[Finding]:
    """Whoever cannot be told of a message, or not of what they owe."""
    found = [why for person in staff(book) for why in _untold(person, book.office)]
    yield from (wrong("people", why) for why in found)
    if not found:
        yield right("people", "everybody can be told of what is theirs")


def _untold(person: Person, office: Office) -> Iterator[str]:
    if way_of_digest(person, office) is None and way_of_notice(person, office) is None:
        have = "has digest times, and no email for them" if person.digest else "cannot be told of any message"
        yield f'{person.id} {have}: give them an email, or a phone and notices = "text", in office.toml'
    elif not person.digest and way_of_notice(person, office) is None:
        yield f"{person.id} is told of nothing: they want no notices, and have no digest times in office.toml"


def _worker(database: Database, now: datetime) -> Finding:
    with database.read() as session:
        looked, due = watermark(session, LOOKED), oldest_due(session)
    start = "is `phonebot worker` running?"
    if due is not None and now - due > LATE:
        return wrong("worker", f"a job has waited since {_clock(due)} to be done: {start}")
    if looked is None:
        return wrong("worker", f"no worker has ever asked Twilio what came in: {start}")
    if now - looked > UNSEEN:
        return wrong("worker", f"none has been able to ask Twilio what came in since {_clock(looked)}: {start}")
    return right("worker", f"nothing is late, and it asked Twilio what came in at {_clock(looked)}")


def _unspoken(database: Database, now: datetime) -> Iterator[Finding]:
    """Recordings that wait for too long to be put into words: the worker is not there, or its engine is too slow."""
    with database.read() as session:
        due = oldest_due(session, Lane.SPEECH)
    if due is not None and now - due > UNSPOKEN:
        yield wrong(
            "transcripts",
            f"a recording has waited since {_clock(due)} to be put into words: is `phonebot worker` running? If so, "
            "its log says what it does, at lane-stuck and job-failed; where there are too many for the engine, "
            "set PHONEBOT_SPEECH_MODEL to a smaller one",
        )


def _given_up(database: Database, now: datetime) -> Finding:
    with database.read() as session:
        dead = dead_since(session, now - LATELY)
    if not dead:
        return right("jobs", "none was given up in the last week")
    counted = ", ".join(f"{number} {kind}" for kind, number in dead.items())
    return wrong("jobs", f"given up in the last week: {counted}: the worker's log says why, at job-given-up")


def _clock(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
