"""Messages owed in a small office, and a mailroom with a real post office, for the tests of notices and digests."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from itertools import count
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from phonebot.domain.callback import Evidence, Outcome
from phonebot.domain.history import Event, EventKind
from phonebot.domain.hours import parse_hours
from phonebot.domain.message import State
from phonebot.domain.office import Line, Notices, Office, OfficeBook, Person
from phonebot.domain.outbox import JobKind
from phonebot.domain.reference import reference_of
from phonebot.domain.status import AwayStatus, Presence
from phonebot.mail import MailDoor
from phonebot.services.callbacks.desk import attempted
from phonebot.services.messages.happenings import happen
from phonebot.services.messages.intake import take_in
from phonebot.services.staff.digests import plan_digests, send_digest
from phonebot.services.staff.links import Links
from phonebot.services.staff.mailroom import Mailroom
from phonebot.services.staff.notices import announce, send_notice
from phonebot.store.attempts import attempt_numbered, keep_gathered, new_attempt
from phonebot.store.database import Database
from phonebot.store.history import lock_life
from phonebot.store.media_database import DatabaseMedia
from phonebot.store.offices import save_office
from phonebot.store.statuses import add_status
from phonebot.store.tables import CallRow, MessageRow, OutboxRow
from phonebot.worker.jobs import Duty
from phonebot.worker.loop import Worker
from phonebot.worker.routines import Routine
from tests.mail.post_office import PostOffice
from tests.outside import settings
from tests.running import Clock

TUESDAY = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LONDON = ZoneInfo("Europe/London")
JULIE = "+442079460143"
SERIAL = count(1)

TOM = Person("tom", "Tom Hart", email="tom@example.com", phone="+447700900102")
SUE = Person(
    "sue",
    "Sue Cohen",
    email="sue@example.com",
    phone="+447700900101",
    cover="tom",
    admin=True,
    digest=(time(8, 30), time(16)),
)
BEN = Person("ben", "Ben Ali", phone="+447700900103", notices=Notices.TEXT, digest=(time(9),))
OFFICE = Office(
    "Cohen and Hart",
    parse_hours({"mon-fri": "09:00-17:30", "sat-sun": "closed"}, [], LONDON),
    countries=("GB", "IE"),
    text_number="+447700900999",
)
BOOK = OfficeBook(OFFICE, (TOM, SUE, BEN), (Line("+442079460100", "sue"), Line("+442079460101", "office")))


def open_office(database: Database, book: OfficeBook = BOOK, now: datetime = TUESDAY) -> None:
    """Load an office: Sue, who is admin and covered by Tom, and Ben, who has texts and no email."""
    with database.write() as session:
        save_office(session, book, now)


def with_people(*changed: Person) -> OfficeBook:
    """The office with these people in place of those with the same ids, or besides them."""
    people = {person.id: person for person in (*BOOK.people, *changed)}
    return replace(BOOK, people=tuple(people.values()))


def leave(
    database: Database, mailbox: str = "sue", at: datetime = TUESDAY, *, state: State = State.NEW, **columns: Any
) -> int:
    """A call that is over and what it left; its message's row. Nobody has taken it in yet."""
    sid = f"CA{next(SERIAL):032x}"
    usual = {"name": "Julie Smith", "company": "Hartwell Dental", "number": JULIE, "business": "the invoice"}
    columns = {"caller_id": JULIE, **(usual if state is State.NEW else {}), **columns}
    ended = columns.pop("ended_at", at)
    with database.write() as session:
        session.add(
            CallRow(sid=sid, line="", caller=None, dialogue={}, turn=0, started_at=at, touched_at=at, ended_at=ended)
        )
        session.flush()
        row = MessageRow(call_sid=sid, mailbox=mailbox, state=state, complete=True, received_at=at, **columns)
        session.add(row)
        session.flush()
        return row.id


def reference(number: int) -> str:
    """The reference by which a letter names the message in that row."""
    return reference_of(number)


def away(database: Database, person: str, since: datetime, until: datetime, cover: str | None = None) -> None:
    """Somebody is away between two instants."""
    status = AwayStatus(person, "in meetings", Presence.AWAY, since, until, None, timedelta(), cover, since)
    with database.write() as session:
        add_status(session, status)


def happens(database: Database, number: int, kind: EventKind, at: datetime, by: str, **detail: Any) -> None:
    """Something happens to a message."""
    with database.write() as session:
        life = lock_life(session, number, at)
        assert life is not None
        happen(session, life, Event(kind, at, by, detail))


def tries(
    database: Database,
    number: int,
    by: str,
    at: datetime,
    outcome: Outcome,
    evidence: Evidence,
    *,
    holding: bool = False,
) -> int:
    """Somebody has tried to return the call; the try's row."""
    with database.write() as session:
        life = lock_life(session, number, at)
        made = attempt_numbered(session, new_attempt(session, number, by, JULIE, at, holding=holding))
        assert life is not None
        assert made is not None
        made = replace(made, outcome=outcome, evidence=evidence)
        keep_gathered(session, made, at)
        happen(session, life, attempted(made, at))
        return made.number


def events(database: Database, number: int, kind: EventKind) -> list[Event]:
    """What of that kind has happened to a message."""
    with database.write() as session:
        life = lock_life(session, number, TUESDAY)
        assert life is not None
        return [event for event in life.events if event.kind is kind]


def jobs_of(database: Database, *kinds: JobKind) -> dict[str, str]:
    """The state of each job of these kinds, by its key."""
    with database.read() as session:
        rows = session.scalars(select(OutboxRow).where(OutboxRow.kind.in_(kinds)).order_by(OutboxRow.id))
        return {row.key: row.state for row in rows}


@dataclass
class Desk:
    """A mailroom at work: its post office, a clock to set, and workers that know notices and digests."""

    database: Database
    post: PostOffice
    room: Mailroom
    clock: Clock

    @classmethod
    def at(cls, database: Database, post: PostOffice, *, attach: bool = False) -> "Desk":
        """A mailroom whose mail goes to that post office."""
        needed = settings(SMTP_URL=post.url, MAIL_FROM="phone@example.com")
        links = Links.signed_with("a secret for tests")
        room = Mailroom(database, MailDoor(needed), links, DatabaseMedia(), needed.public_url, attach)
        return cls(database, post, room, Clock(TUESDAY))

    def worker(self, seed: int = 1) -> Worker:
        """A worker that takes in, announces, tells and sends, and plans digests."""
        duties = {
            JobKind.ANNOUNCE: Duty(lambda payload, now: announce(self.database, payload["message"], now), _leave_it),
            JobKind.NOTICE: Duty(lambda payload, now: send_notice(self.room, payload, now), _leave_it),
            JobKind.DIGEST: Duty(lambda payload, now: send_digest(self.room, payload, now), _leave_it),
        }
        routines = (
            Routine("intake", timedelta(seconds=2), lambda now: take_in(self.database, now)),
            Routine("digests", timedelta(seconds=20), lambda now: plan_digests(self.database, now)),
        )
        known = {kind.value: duty for kind, duty in duties.items()}
        return Worker(self.database, known, routines=routines, clock=self.clock, rng=Random(seed))

    def work(self) -> None:
        """Do all that is due."""
        self.worker().drain()

    def subjects(self, person: str) -> list[str]:
        """The subjects of the mails that somebody has had."""
        return [str(mail.message["Subject"]) for mail in self.post.taken_by(f"{person}@example.com")]

    def texts(self, person: str) -> Sequence[str]:
        """The plain words of the mails that somebody has had."""
        return [mail.text for mail in self.post.taken_by(f"{person}@example.com")]

    def message_ids(self, person: str) -> list[str]:
        """What makes each of somebody's mails one."""
        return [str(mail.message["Message-ID"]) for mail in self.post.taken_by(f"{person}@example.com")]


def _leave_it(payload: object, reason: str, now: datetime) -> None:
    """Nothing else hangs on it."""


def told(database: Database, number: int) -> set[str]:
    """Who has been told of a message by mail, as its history has it."""
    return {event.detail["to"] for event in events(database, number, EventKind.DELIVERED)}


def notices(database: Database) -> dict[str, str]:
    """The jobs that tell somebody at once, each with how far it got."""
    return jobs_of(database, JobKind.NOTICE)
