"""The messages callers have left, as staff ask for them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final
from zoneinfo import ZoneInfo

from phonebot.domain.gist import gist_of
from phonebot.domain.message import State
from phonebot.domain.office import RECEPTION, OfficeBook
from phonebot.domain.reference import number_of
from phonebot.mail.wording import who_recorded
from phonebot.services.office.people import Nobody
from phonebot.store.database import Database
from phonebot.store.messages import BEGINNING, KeptMessage, Place, message_numbered, message_page
from phonebot.store.offices import load_office
from phonebot.store.recordings import USUAL_REGION

PAGE: Final = 500
CLOCKS: Final = ZoneInfo("UTC")
"""Whose time is read by before an office is loaded."""


class NoMessage(LookupError):
    """No message has that reference; the text says so in one line."""

    def __init__(self, reference: str) -> None:
        super().__init__(f"there is no message {reference[:40]!r}")


@dataclass(frozen=True, slots=True)
class Mailboxes:
    """Every mailbox with its name, those of people who have left too, and the zone of the office's clocks."""

    names: Mapping[str, str]
    zone: ZoneInfo

    def called(self, asked: str) -> str:
        """The mailbox somebody means by a person's id or RECEPTION, in capitals or not; raise Nobody."""
        wanted = asked.strip().lower()
        if wanted not in self.names:
            raise Nobody("mailbox", asked, self.names)
        return wanted

    def name(self, mailbox: str) -> str:
        """The name of whose mailbox it is."""
        return self.names.get(mailbox, mailbox)


def mailboxes(database: Database) -> Mailboxes:
    """The mailboxes there are: none before an office is loaded."""
    with database.read() as session:
        book = load_office(session)
    if book is None:
        return Mailboxes({}, CLOCKS)
    names = {RECEPTION: book.office.name} | {person.id: person.name for person in book.people}
    return Mailboxes(names, book.office.hours.zone)


def messages_listed(
    database: Database, *, mailbox: str | None = None, state: State | None = None, page: int = PAGE
) -> Iterator[KeptMessage]:
    """The messages of a mailbox, or all, in one state, or any that is listed, in the order in which they came in.

    Each page of so many is a transaction of its own: whoever reads slowly holds nothing up.
    """
    place: Place | None = BEGINNING
    with database.read() as session:
        book = load_office(session)
    while place is not None:
        with database.read() as session:
            found, place = message_page(session, place, page, mailbox=mailbox, state=state)
        yield from (with_gist(kept, book) for kept in found)


def message_called(database: Database, reference: str) -> KeptMessage:
    """The message with that reference, in capitals or not; raise NoMessage."""
    number = number_of(reference)
    if number is None:
        raise NoMessage(reference)
    with database.read() as session:
        kept, book = message_numbered(session, number), load_office(session)
    if kept is None:
        raise NoMessage(reference)
    return with_gist(kept, book)


def with_gist(kept: KeptMessage, book: OfficeBook | None) -> KeptMessage:
    """The message with its gist, read by the clocks and the numbering rules of the office."""
    zone, region = (book.office.hours.zone, book.office.region) if book else (CLOCKS, USUAL_REGION)
    message, transcript = kept.message, kept.heard.transcript if kept.heard else None
    gist = gist_of(message.answers, transcript, message.received_at, zone, region, message.caller_id)
    return replace(kept, gist=who_recorded(gist, recorded=kept.name_recording is not None))
