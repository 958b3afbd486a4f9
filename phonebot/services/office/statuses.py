"""Setting and clearing where somebody is."""

from dataclasses import dataclass
from datetime import datetime

from phonebot.domain.office import OfficeBook, Person
from phonebot.domain.promise import instead, promises
from phonebot.domain.status import AwayStatus, Presence, parse_back
from phonebot.domain.status_draft import StatusDraft, StatusOptions, make_status
from phonebot.domain.status_text import StatusUnreadable, read_status
from phonebot.domain.times import parse_duration, parse_instant
from phonebot.services.office.hearing import Whereabouts, heard_on
from phonebot.services.office.people import line_called, person_called, the_office
from phonebot.store.database import Database
from phonebot.store.statuses import add_status, clear_statuses


class NotePromises(ValueError):
    """A note that promises callers something nobody has taken on; the text says what to write instead, in one line."""


@dataclass(frozen=True, slots=True)
class Note:
    """A status as it was written: the text, and the options beside it, which win over the text. None: not given.

    Times are ISO 8601, in the office's zone where they have no offset; the leeway is as 30m; the cover an id.
    """

    text: str = ""
    from_: str | None = None
    until: str | None = None
    back: str | None = None
    leeway: str | None = None
    cover: str | None = None


@dataclass(frozen=True, slots=True)
class StatusSet:
    """A status that was set, from when until when (local to the office), and what callers hear while it speaks.

    `heard_open` is what they hear once the office opens, where it is closed at first and the status lasts till then.
    """

    person: Person
    starts: datetime
    ends: datetime
    heard: Whereabouts
    heard_open: Whereabouts | None


def set_status(database: Database, whom: str, note: Note, now: datetime) -> StatusSet:
    """Keep what a note says of a person, at `now` (aware), and hear it: now, or when it begins.

    Raises NotePromises, StatusUnreadable, StatusMistake or TimeMistake, Nobody or NoOffice; then nothing is changed.
    """
    with database.write() as session:
        book = the_office(session)
        person = person_called(book, whom)
        status = _status(book, person, note, now)
        add_status(session, status)
        line, hours, begins = line_called(book, person.id), book.office.hours, max(now, status.starts)
        heard = heard_on(session, book, line, begins)
        opens = None if hours.is_open(begins) else hours.opens_next(begins)
        later = None if opens is None or opens >= status.ends else heard_on(session, book, line, opens)
    return StatusSet(person, hours.local(status.starts), hours.local(status.ends), heard, later)


def clear_status(database: Database, whom: str, now: datetime) -> tuple[int, Whereabouts]:
    """Silence what a person has set for now and later; how many statuses that were, and what callers hear instead.

    Raises Nobody or NoOffice.
    """
    with database.write() as session:
        book = the_office(session)
        person = person_called(book, whom)
        cleared = clear_statuses(session, person.id, now)
        return cleared, heard_on(session, book, line_called(book, person.id), now)


def _status(book: OfficeBook, person: Person, note: Note, now: datetime) -> AwayStatus:
    options = _options(note, book)
    if found := promises(note.text):
        said = note.text[found[0].start : found[0].end]
        raise NotePromises(f'"{said}" promises what nobody has taken on. {instead(note.text)}')
    # "back on Monday" in a note that begins next week is the Monday after it begins.
    reading = max(now, options.from_ or now)
    draft = _draft(note, options, book, person, reading)
    return make_status(draft, person=person, now=now, office=book.office, options=options, people=book.people)


def _draft(note: Note, options: StatusOptions, book: OfficeBook, person: Person, now: datetime) -> StatusDraft:
    if note.text.strip():
        return read_status(note.text, now=now, office=book.office, people=book.people, person=person, promises=promises)
    if options == StatusOptions():
        raise StatusUnreadable("it says nothing")
    return StatusDraft(activity="", presence=Presence.AWAY)


def _options(note: Note, book: OfficeBook) -> StatusOptions:
    hours = book.office.hours
    return StatusOptions(
        from_=None if note.from_ is None else parse_instant(note.from_, hours.zone),
        until=None if note.until is None else parse_instant(note.until, hours.zone),
        back=None if note.back is None else parse_back(note.back, hours),
        leeway=None if note.leeway is None else parse_duration(note.leeway),
        cover=note.cover,
    )
