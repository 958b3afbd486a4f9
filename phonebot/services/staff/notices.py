"""Notices: who is told of a new message at once, and one short letter or text for all that waits for one person."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import structlog

from phonebot.domain.commitment import PHONEBOT
from phonebot.domain.digest import Owed, is_urgent
from phonebot.domain.history import Event, EventKind
from phonebot.domain.office import Person
from phonebot.domain.schedule import next_slot
from phonebot.domain.texting import TextPurpose
from phonebot.mail.notice_mail import notice_letter, notice_text
from phonebot.services.messages.happenings import happen
from phonebot.services.office.people import the_office
from phonebot.services.staff.digest_items import owed_items
from phonebot.services.staff.digests import A_DAY, due_to, sent_mark
from phonebot.services.staff.mailroom import Mailroom, text_staff
from phonebot.services.staff.notice_jobs import put_notices
from phonebot.services.staff.recipients import RollCall, Way, roll_call, way_of_notice
from phonebot.store.database import Database, Session
from phonebot.store.digest_jobs import finish, marks, rewrite, take_over_notices
from phonebot.store.history import histories, lock_life

TOO_OLD: Final = timedelta(hours=24)
"""What came in earlier than this is no news: it stands in the digest."""

AT_ONCE: Final = 50
"""Messages noted as told in one transaction, since webhooks may be waiting for it to end."""

REOPENED: Final = "reopened"

log = structlog.get_logger(__name__)


def announce(database: Database, number: int, now: datetime) -> None:
    """Do the job of announcing a message: have everybody told who is to know of it at once.

    That is whoever owes it, and their cover while they are away or if it is urgent; of the office's own mailbox,
    reception's people. If its owner has left, it is about to pass to their heir, who is told then.
    """
    with database.write() as session:
        book = the_office(session)
        life = lock_life(session, number, now)
        if life is None or not life.standing.owed:
            return
        (item, *_) = owed_items(session, book, [number], now)
        if now - (item.denied_at or item.received_at) > TOO_OLD:
            return
        roll = roll_call(session, book, now)
        urgent = is_urgent(item, now, _next_digest(roll, item.owner, now))
        told = roll.told_at_once(item.owner, urgent=urgent)
        put_notices(session, book, told, number, now, REOPENED if item.reopened else "")


def _next_digest(roll: RollCall, reader: str, now: datetime) -> datetime | None:
    slot = next_slot(roll.digest_times(reader), roll.book.office.hours.zone, now)
    return slot.at if slot else None


@dataclass(frozen=True, slots=True)
class News:
    """One message of which somebody is to be told, and since when (aware)."""

    number: int
    since: datetime

    def to_json(self) -> dict[str, Any]:
        """The news as a job carries it."""
        return {"message": self.number, "since": self.since.isoformat()}


@dataclass(frozen=True, slots=True)
class Telling:
    """A notice on its way: to whom, by the roll call of this moment, what is owed, and what makes it one mail."""

    reader: Person
    roll: RollCall
    owed: Sequence[Owed]
    mail_key: str


def send_notice(room: Mailroom, payload: Mapping[str, Any], now: datetime) -> None:
    """Do the job of a notice: tell one person of a message, and of all others that wait to be told to them.

    Nothing is told that is owed no more, that they have been told already, or that their digest has shown or is
    about to. Raise MailTrouble where it cannot be sent.
    """
    person, key = str(payload["person"]), payload.get("key")
    with room.database.write() as session:
        news = _gathered(session, payload, now)
        telling = _telling(session, person, news, key, now)
        if telling is None:
            return
        if way_of_notice(telling.reader, telling.roll.book.office) is Way.TEXT:
            _text(session, telling, now)
            if key:
                finish(session, str(key), now)
            return
    _post(room, telling, now)
    _note_told(room.database, telling, key, now)


def _gathered(session: Session, payload: Mapping[str, Any], now: datetime) -> list[News]:
    """What this notice tells: its own message and those of the notices that it now stands for, each once.

    That is kept with the job before anything is sent, so that a worker that dies leaves the same notice behind.
    """
    key = payload.get("key")
    own, others = list(_carried(payload, now)), []
    if key:
        waiting = take_over_notices(session, str(payload["person"]), str(key), now)
        others = [each for carried in waiting for each in _carried(carried, now)]
    if others:
        more = [each.to_json() for each in (*own[1:], *others)]
        rewrite(session, str(key), {**payload, "with": more})
    return [*own, *others]


def _carried(payload: Mapping[str, Any], now: datetime) -> Iterable[News]:
    """The news in a job's payload, its own message first."""
    for each in (payload, *payload.get("with", ())):
        since = each.get("since")
        yield News(int(each["message"]), datetime.fromisoformat(since) if since else now)


def _telling(session: Session, person: str, news: Sequence[News], key: object, now: datetime) -> Telling | None:
    """The notice as it is to be sent; None where there is nothing to tell, or nobody to tell it to."""
    roll = roll_call(session, the_office(session), now)
    reader = roll.present(person)
    way = None if reader is None else way_of_notice(reader, roll.book.office)
    if reader is None or way is None:
        return None
    owed = _untold(session, roll, reader, way, news, now)
    if not owed:
        return None
    mail_key = ":".join([str(key or f"notice:{person}"), *(str(item.number) for item in owed)])
    return Telling(reader, roll, owed, mail_key)


def _untold(
    session: Session, roll: RollCall, reader: Person, way: Way, news: Sequence[News], now: datetime
) -> tuple[Owed, ...]:
    """What of the news is owed still, and what the reader has neither been told since nor finds in a digest."""
    since = {each.number: each.since for each in sorted(news, key=lambda each: each.since)}
    numbers = sorted(since)
    told = _told_to(session, reader.id, numbers)
    listed, digest = set(roll.mailboxes(reader.id)), _listed_until(session, roll, reader, way, now)

    def is_new(item: Owed) -> bool:
        in_digest = digest is not None and item.owner in listed and since[item.number] < digest
        return not in_digest and not any(at >= since[item.number] for at in told.get(item.number, ()))

    items = (item for item in owed_items(session, roll.book, numbers, now) if is_new(item))
    return tuple(sorted(items, key=lambda item: (item.received_at, item.number)))


def _told_to(session: Session, person: str, numbers: Sequence[int]) -> dict[int, list[datetime]]:
    """When that person was told of each message."""
    return {
        number: [event.at for event in events if event.kind is EventKind.DELIVERED and event.detail.get("to") == person]
        for number, events in histories(session, numbers).items()
    }


def _listed_until(session: Session, roll: RollCall, reader: Person, way: Way, now: datetime) -> datetime | None:
    """The instant before which whatever the reader's digest lists has been told by it, or is about to be.

    After a long failure of mail, a digest and a heap of notices wait side by side: then the digest is enough.
    """
    sent = marks(session, [sent_mark(reader.id)]).get(sent_mark(reader.id))
    known = [] if sent is None or sent > now + A_DAY else [sent]
    if way is Way.MAIL:
        known += [due.at for due in due_to(session, roll, reader.id, now)]
    return max(known, default=None)


def _next_list(telling: Telling, now: datetime) -> datetime | None:
    """When the reader's next digest is due; None if it will not hold all of this, some being owed by one who is in.

    What cannot wait for its owner's digest is so called to whoever is told of it for that.
    """
    listed = telling.roll.mailboxes(telling.reader.id)
    if any(item.owner not in listed for item in telling.owed):
        return None
    return _next_digest(telling.roll, telling.reader.id, now)


def _text(session: Session, telling: Telling, now: datetime) -> None:
    words = notice_text(
        telling.owed,
        telling.roll.book.office,
        telling.reader.name,
        now=now,
        next_at=_next_list(telling, now),
    )
    text_staff(session, telling.reader, words, TextPurpose.NOTICE, now)


def _post(room: Mailroom, telling: Telling, now: datetime) -> None:
    letter = notice_letter(
        telling.owed,
        telling.roll.book.office,
        telling.reader.name,
        room.link(telling.reader, now),
        now=now,
        next_at=_next_list(telling, now),
    )
    room.post(telling.reader, letter, telling.mail_key, now)
    log.info("notice-sent", person=telling.reader.id, messages=len(telling.owed))


def _note_told(database: Database, telling: Telling, key: object, now: datetime) -> None:
    """Put on record that the messages were delivered to that person; the job is done with the last of them."""
    numbers = [item.number for item in telling.owed]
    for begin in range(0, len(numbers), AT_ONCE):
        with database.write() as session:
            for number in numbers[begin : begin + AT_ONCE]:
                life = lock_life(session, number, now)
                if life is not None:
                    happen(session, life, Event(EventKind.DELIVERED, now, PHONEBOT, {"to": telling.reader.id}))
    if key:
        with database.write() as session:
            finish(session, str(key), now)
