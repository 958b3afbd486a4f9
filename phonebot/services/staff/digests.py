"""Digests: planned at each person's own times, made of what is owed when they are sent, and sent once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import structlog

from phonebot.domain.digest import CallerText, Digest, order, worth_sending
from phonebot.domain.message import State
from phonebot.domain.office import RECEPTION, OfficeBook, Person
from phonebot.domain.outbox import JobKind
from phonebot.domain.schedule import Slot, latest_slot, next_slot, resume_from
from phonebot.domain.texting import TextPurpose
from phonebot.domain.times import parse_instant
from phonebot.mail.digest_mail import digest_letter, digest_text, texts_quoted
from phonebot.services.messages.intake import take_in
from phonebot.services.office.people import person_called, staff, the_office
from phonebot.services.staff.digest_items import done_items, held_items, owed_items, text_items
from phonebot.services.staff.enclosing import enclosed
from phonebot.services.staff.mailroom import Mailroom, text_staff
from phonebot.services.staff.recipients import RollCall, Way, name_of, roll_call, way_of_digest
from phonebot.store import outbox
from phonebot.store.database import Database, Session
from phonebot.store.digest_jobs import finish, marks, move_marks, open_digests
from phonebot.store.digests import owed_numbers, settled_since
from phonebot.store.offices import load_office
from phonebot.store.slips import asked_to_hold
from phonebot.store.texts import mark_seen

A_DAY: Final = timedelta(days=1)

log = structlog.get_logger(__name__)


def plan_digests(database: Database, now: datetime) -> int:
    """Put a job for each digest that has become due since the last time; say how many are new.

    Of several that were missed the newest stands for all. Once each, whatever the clocks do: see domain.schedule.
    """
    with database.write() as session:
        book = load_office(session)
        people = [person for person in staff(book) if person.digest] if book else []
        if book is None or not people:
            return 0
        planned = marks(session, [_planned(person.id) for person in people], lock=True)
        new = 0
        on: list[str] = []
        for person in people:
            after = resume_from(planned.get(_planned(person.id)), now)
            slot = latest_slot(person.digest, book.office.hours.zone, after, now)
            new += slot is not None and _put(session, person, slot, now)
            if after <= now:
                on.append(_planned(person.id))
        move_marks(session, on, now)
        return new


def _put(session: Session, person: Person, slot: Slot, now: datetime) -> bool:
    payload = {"person": person.id, "slot": slot.key, "at": slot.at.isoformat()}
    return outbox.put(session, JobKind.DIGEST, f"digest:{person.id}:{slot.key}", payload, due_at=now, now=now)


def _planned(person: str) -> str:
    """The mark up to which somebody's digests have been planned."""
    return f"digest:{person}"


def sent_mark(person: str) -> str:
    """The mark of the last digest that was sent to somebody."""
    return f"digest-sent:{person}"


def digest_for(database: Database, person_id: str, at: str | None, now: datetime) -> tuple[Digest, OfficeBook]:
    """The digest of one person as it would be sent at `at` (ISO 8601, in the office's zone; None: now), also if empty.

    Messages that nobody has taken in yet are taken in first. Raises Nobody, NoOffice or TimeMistake.
    """
    with database.read() as session:
        book = the_office(session)
        reader = person_called(book, person_id)
        instant = parse_instant(at, book.office.hours.zone) if at else now
    take_in(database, now)
    with database.read() as session:
        return digest_of(session, roll_call(session, book, instant), reader, instant), book


def digest_of(
    session: Session, roll: RollCall, reader: Person, now: datetime, planned_for: datetime | None = None
) -> Digest:
    """What stands on somebody's list at that instant (aware): theirs, that of people away whom they cover, the rest.

    On it are also the callers whom they, or those people, are asked to ring in a colleague's place. `planned_for` is
    the instant for which it was planned, where it was.
    """
    book, mailboxes = roll.book, roll.mailboxes(reader.id)
    covered = [person for person in mailboxes if person not in {reader.id, RECEPTION}]
    numbers = owed_numbers(session, mailboxes, reader.id, now)
    everybody = [RECEPTION, *(person.id for person in book.people)]
    asked = set(asked_to_hold(session, everybody, [reader.id, *covered])).difference(numbers)
    owed = owed_items(session, book, [*numbers, *sorted(asked)], now)
    listed = [item for item in owed if item.number not in asked]
    since = _since(session, roll, reader, now, planned_for or now)
    settled = settled_since(session, mailboxes, since)
    done = done_items(session, book, settled)
    upcoming = next_slot(roll.digest_times(reader.id), book.office.hours.zone, now)
    next_at = upcoming.at if upcoming else None
    by_colleagues = [item for by, item in done if item.helped and by != reader.id]
    return Digest(
        person=reader.id,
        person_name=reader.name,
        at=now,
        owed=order(owed, now, next_at),
        returned=tuple(item for by, item in done if not item.helped or by == reader.id),
        helped=(*by_colleagues, *(item for item in held_items(listed, since) if item.by != reader.name)),
        missed=tuple((each.received_at, each.caller_id) for each in settled if each.state is State.MISSED),
        next_at=next_at,
        texts=text_items(session, roll, reader.id, now),
        covers=tuple(name_of(book, person) for person in covered),
    )


def _since(session: Session, roll: RollCall, reader: Person, now: datetime, this: datetime) -> datetime:
    """When this person had the digest before this one: one was sent, else one was due; without either, a day ago."""
    name = sent_mark(reader.id)
    sent = marks(session, [name]).get(name)
    if sent is not None and sent <= now:
        return sent
    times, zone = roll.digest_times(reader.id), roll.book.office.hours.zone
    before = latest_slot(times, zone, this - 3 * A_DAY, this - timedelta(microseconds=1))
    return before.at if before else now - A_DAY


@dataclass(frozen=True, slots=True)
class Due:
    """A digest that is still to be sent: for whom it was planned, for which instant, and its job's key."""

    person: str
    at: datetime
    key: str


def due_to(session: Session, roll: RollCall, reader: str, now: datetime) -> list[Due]:
    """The digests still to be sent, due by that instant, that go to that reader as things are now."""
    found: Iterable[Due] = (_due(payload) for payload in open_digests(session))
    return [due for due in found if due.at <= now and _reader(roll, due.person) == reader]


def _due(payload: Mapping[str, Any]) -> Due:
    return Due(str(payload["person"]), datetime.fromisoformat(str(payload["at"])), str(payload["key"]))


def _reader(roll: RollCall, person: str) -> str | None:
    reader = roll.reader_of(person)
    return reader.id if reader else None


def send_digest(room: Mailroom, payload: Mapping[str, Any], now: datetime) -> None:
    """Do the job of a digest: send what is owed now, and the texts nobody has seen, to whoever reads it now.

    Neither of them, nothing sent. One that a later one, sent or still to be sent, stands for is not sent either. Raise
    MailTrouble where it cannot be sent.
    """
    take_in(room.database, now)
    key = f"digest:{payload['person']}:{payload['slot']}"
    due = _due({**payload, "key": key})
    with room.database.read() as session:
        roll = roll_call(session, the_office(session), now)
        reader = roll.reader_of(due.person)
        if reader is None or _stood_for(session, roll, reader, due, now):
            return
        digest = digest_of(session, roll, reader, now, due.at)
        attachments = enclosed(session, room.media, digest.owed) if room.attach else ()
    if not worth_sending(digest):
        return
    office = roll.book.office
    if way_of_digest(reader, office) is Way.TEXT:
        with room.database.write() as session:
            text_staff(session, reader, digest_text(digest, office), TextPurpose.DIGEST, now)
            _note_sent(session, reader, key, texts_quoted(digest), now)
    else:
        letter = digest_letter(digest, office, room.link(reader, now))
        room.post(reader, letter, key, now, attachments)
        with room.database.write() as session:
            _note_sent(session, reader, key, digest.texts, now)
    log.info("digest-sent", person=reader.id, owed=len(digest.owed), texts=len(digest.texts))


def _stood_for(session: Session, roll: RollCall, reader: Person, due: Due, now: datetime) -> bool:
    """Whether the reader has had a digest since this one was due, or a later one of theirs is still to be sent."""
    sent = marks(session, [sent_mark(reader.id)]).get(sent_mark(reader.id))
    # A mark far ahead was made by a clock that was wrong.
    if sent is not None and due.at <= sent <= now + A_DAY:
        return True
    return any((other.at, other.key) > (due.at, due.key) for other in due_to(session, roll, reader.id, now))


def _note_sent(session: Session, reader: Person, key: str, shown: Sequence[CallerText], now: datetime) -> None:
    """Note with the end of the job that its digest has gone, and which texts it has shown."""
    if shown:
        mark_seen(session, [text.sid for text in shown], now)
    move_marks(session, [sent_mark(reader.id)], now)
    finish(session, key, now)
