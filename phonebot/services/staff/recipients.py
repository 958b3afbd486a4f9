"""Who is told of what is owed, and by which way: whoever owes it, who stands in for them, reception's people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from phonebot.domain.away import speaking_status
from phonebot.domain.office import RECEPTION, Notices, Office, OfficeBook, Person
from phonebot.domain.status import AwayStatus, Presence
from phonebot.services.office.people import staff
from phonebot.store.database import Session
from phonebot.store.statuses import statuses_of


class Way(StrEnum):
    """How something is sent to one of the staff."""

    MAIL = "mail"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class RollCall:
    """The office and where its people are at one instant: the status that speaks, by the person's id."""

    book: OfficeBook
    statuses: Mapping[str, AwayStatus]

    def is_away(self, person: str) -> bool:
        """Whether that person is away just now, by a status that may still be believed."""
        status = self.statuses.get(person)
        return status is not None and status.presence is Presence.AWAY

    def present(self, person: str | None) -> Person | None:
        """The person with that id who has not left, or None."""
        found = None if person is None else self.book.person(person)
        return None if found is None or found.departed else found

    def cover_of(self, person: str) -> Person | None:
        """Who stands in for that person: by their status, else by the office file; None where nobody does."""
        status, known = self.statuses.get(person), self.book.person(person)
        cover = (status.cover if status else None) or (known.cover if known else None)
        return None if cover == person else self.present(cover)

    def reader_of(self, person: str) -> Person | None:
        """Who that person's digest goes to: themself, or while they are away whoever covers; None: they have left."""
        cover = self.cover_of(person) if self.is_away(person) else None
        return None if self.present(person) is None else cover or self.present(person)

    @property
    def reception(self) -> tuple[Person, ...]:
        """The people of the office's own mailbox: the admins, else everybody with an email address, else everybody."""
        everybody = staff(self.book)
        admins = tuple(person for person in everybody if person.admin)
        return admins or tuple(person for person in everybody if person.email) or everybody

    def mailboxes(self, reader: str) -> tuple[str, ...]:
        """Whose messages are on that person's list: their own, those of people away whom they cover, the office's."""
        covered = [one.id for one in staff(self.book) if one.id != reader and self._reads(reader, one.id)]
        office = [RECEPTION] if self.is_reception(reader) else []
        return (reader, *covered, *office)

    def texts_of(self, reader: str) -> tuple[str, ...]:
        """Whose callers' texts that person reads: those on their list, and of reception's people whoever reads none.

        That is who has left, or has no digest to come and nobody who reads it for them.
        """
        listed = self.mailboxes(reader)
        return (*listed, *self._reading_nothing()) if self.is_reception(reader) else listed

    def is_reception(self, person: str) -> bool:
        """Whether that person is one of reception's people."""
        return any(one.id == person for one in self.reception)

    def digest_times(self, reader: str) -> tuple[time, ...]:
        """The local times of day at which a digest goes to that person, as things are now."""
        times = {at for one in staff(self.book) if self._reads(reader, one.id) for at in one.digest}
        return tuple(sorted(times))

    def told_at_once(self, owner: str, *, urgent: bool) -> tuple[Person, ...]:
        """Who has a notice of a message at once: its owner, and the cover of one who is away or if it is urgent."""
        if owner == RECEPTION:
            return self.reception
        cover = self.cover_of(owner) if urgent or self.is_away(owner) else None
        return tuple(person for person in (self.present(owner), cover) if person is not None)

    def _reading_nothing(self) -> list[str]:
        """The people whose digests nobody ever has."""
        readers = {person.id: self.reader_of(person.id) for person in self.book.people}
        sent = {reader.id for person in self.book.people if person.digest and (reader := readers[person.id])}
        reached = {one for one in sent if (found := self.present(one)) and way_of_digest(found, self.book.office)}
        return [person for person, reader in readers.items() if reader is None or reader.id not in reached]

    def _reads(self, reader: str, person: str) -> bool:
        found = self.reader_of(person)
        return found is not None and found.id == reader


def roll_call(session: Session, book: OfficeBook, now: datetime) -> RollCall:
    """Where everybody who has not left is at that instant (aware)."""
    ids = [person.id for person in staff(book)]
    of: dict[str, list[AwayStatus]] = {}
    for status in statuses_of(session, ids, now):
        of.setdefault(status.person, []).append(status)
    speaking = {person: speaking_status(known, book.office.hours, now) for person, known in of.items()}
    return RollCall(book, {person: status for person, status in speaking.items() if status is not None})


def name_of(book: OfficeBook, who: str) -> str:
    """The name of a person, of the office for its own mailbox, and of anybody else what they are called by."""
    person = book.person(who)
    return person.name if person else book.office.name if who == RECEPTION else who


def way_of_notice(person: Person, office: Office) -> Way | None:
    """How that person has a notice at once, as they chose; None where they want none, or there is no way."""
    if person.notices is Notices.TEXT:
        return _by_text(person, office)
    return Way.MAIL if person.notices is Notices.MAIL and person.email else None


def way_of_digest(person: Person, office: Office) -> Way | None:
    """How a digest goes to that person: by mail, else by a text message if they chose those; None: no way."""
    if person.email:
        return Way.MAIL
    return _by_text(person, office) if person.notices is Notices.TEXT else None


def _by_text(person: Person, office: Office) -> Way | None:
    return Way.TEXT if person.phone and office.text_number else None
