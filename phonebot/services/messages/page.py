"""A message as the page of a link shows it: how it stands now, whether the act is possible, and its recording."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from phonebot.domain.callback import Outcome
from phonebot.domain.digest import Act, Owed
from phonebot.domain.history import Event, EventKind, Standing, standing_of
from phonebot.domain.message import State
from phonebot.domain.moves import NOT_OWED, refusal
from phonebot.domain.office import RECEPTION, Office, OfficeBook, Person
from phonebot.domain.recording import Purpose
from phonebot.domain.reference import reference_of
from phonebot.mail.dates import Dates
from phonebot.mail.wording import outcome_words, who_of, who_rang
from phonebot.services.messages.reading import NoMessage
from phonebot.services.office.people import staff, the_office
from phonebot.services.staff.digest_items import owed_items
from phonebot.services.staff.links import Link
from phonebot.services.staff.recipients import RollCall, name_of, roll_call
from phonebot.store.database import Database
from phonebot.store.digests import all_heard
from phonebot.store.history import histories
from phonebot.store.media import Media
from phonebot.store.messages import message_numbered

MOVED_BY: Final = {
    Act.CALL: EventKind.CLAIMED,
    Act.ACCEPT: EventKind.ACCEPTED,
    Act.SAID: EventKind.SAID,
    Act.SPOKE: EventKind.SAID,
    Act.PASS: EventKind.PASSED,
}
"""What the table of moves has to allow for an act; the others need only that the call is owed."""


class HasLeft(LookupError):
    """Whoever the link was made for has left the office, and so it does nothing."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody to pass a message to: an id, or RECEPTION for the office's own list."""

    id: str
    name: str
    away: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A message before its reader (whose link it is): `owed` in full while it is owed, else `settled`, a sentence.

    `who` is a name and a company; `events` how many things have happened to it; `holding` whether a call by the reader
    is on behalf of `owner`; `why_not` the reason why the link's act cannot be done now, None where it can; `audio` the
    purposes of the recordings that are here.
    """

    reader: Person
    office: Office
    ref: str
    who: tuple[str, ...]
    owner: str
    received_at: datetime
    owed: Owed | None
    settled: str
    events: int
    holding: bool
    why_not: str | None
    colleagues: tuple[Colleague, ...]
    audio: tuple[Purpose, ...]

    @property
    def recorded(self) -> bool:
        """Whether there is anything to hear."""
        return bool(self.audio)


def page_of(database: Database, link: Link, now: datetime) -> Shown:
    """The message of a link as it stands at `now` (aware). Reading it changes nothing. Raise HasLeft, NoMessage."""
    with database.read() as session:
        book = the_office(session)
        reader = _reader(book, link)
        kept = message_numbered(session, link.number)
        if kept is None:
            raise NoMessage(reference_of(link.number))
        events = histories(session, [link.number]).get(link.number, [])
        standing = standing_of(events, kept.message.mailbox)
        owed = next(iter(owed_items(session, book, [link.number], now)), None)
        heard = all_heard(session, [link.number])
        roll = roll_call(session, book, now)
    answers = kept.message.answers
    audio = tuple(purpose for (_, purpose), recording in heard.items() if recording.here)
    return Shown(
        reader=reader,
        office=book.office,
        ref=kept.message.ref,
        who=who_of(owed) if owed else who_rang(answers.name, answers.company),
        owner=name_of(book, standing.owner),
        received_at=kept.message.received_at,
        owed=owed,
        settled=_settled(standing, book, Dates(book.office.hours.zone, now)),
        events=len(events),
        holding=standing.holding(reader.id),
        why_not=_why_not(standing, link, book, now)
        or _taken(link, reader, owed)
        or _nothing_for_it(link, reader, owed, recorded=bool(audio)),
        colleagues=tuple(_colleagues(standing, roll)),
        audio=audio,
    )


def audio_of_message(database: Database, media: Media, link: Link, purpose: Purpose) -> bytes | None:
    """The recording of that purpose of a link's message, if it is here. Raise HasLeft."""
    with database.read() as session:
        _reader(the_office(session), link)
        recording = all_heard(session, [link.number]).get((link.number, purpose))
        if recording is None or not recording.here:
            return None
        return media.read(session, recording.sid, recording.path)


def _reader(book: OfficeBook, link: Link) -> Person:
    """Whose link it is: they act, whoever holds it."""
    person = book.person(link.person)
    if person is None or person.departed:
        raise HasLeft(link.person)
    return person


def _why_not(standing: Standing, link: Link, book: OfficeBook, now: datetime) -> str | None:
    """Why the act cannot be done as things stand, with people by name; whatever it says is checked again on acting."""
    if link.act is Act.HEAR:
        return None
    # SLIPPED is allowed whenever the call is owed, and asks nothing else.
    kind = MOVED_BY.get(link.act, EventKind.SLIPPED)
    why = refusal(standing, Event(kind, now, link.person))
    if why is None:
        return None
    who, _, rest = why.partition(" ")
    return f"{name_of(book, who)} {rest}"


def _taken(link: Link, reader: Person, owed: Owed | None) -> str | None:
    """Who has promised the call already, where that is what the link is for."""
    promised = None if owed is None or link.act is not Act.ACCEPT else owed.accepted
    if promised is None or promised.slipped or promised.by_id == reader.id:
        return None
    return f"{promised.by} has accepted this call already"


def _nothing_for_it(link: Link, reader: Person, owed: Owed | None, *, recorded: bool) -> str | None:
    """Why there is nothing to ring, or nothing to hear, where that is what the link is for."""
    if link.act is Act.HEAR:
        return None if recorded else "there is no recording here, or it has not come in yet"
    if link.act is not Act.CALL or owed is None:
        return None
    if reader.phone is None:
        return "the office file has no telephone of yours, so there is none to ring"
    return None if owed.may_be_called is None else f"it cannot be called from here: {owed.may_be_called}"


def _settled(standing: Standing, book: OfficeBook, dates: Dates) -> str:
    """How a message that is owed no more came to its end."""
    if standing.settled_as is None or standing.settled_at is None:
        return "" if standing.left is State.NEW else f"Nothing is owed: {NOT_OWED[standing.left]}."
    at = dates.past(standing.settled_at)
    if standing.settled_as is State.WITHDRAWN:
        return f"Withdrawn by its caller, {at}."
    if standing.settled_as is State.UNREACHABLE:
        return f"Closed: its caller could not be reached, {at}."
    if standing.verdict:
        return f"Returned: the caller says so, {at}."
    by = f"{name_of(book, standing.reached.by)} " if standing.reached else ""
    return f"Returned: {by}{outcome_words(Outcome.REACHED)}, {at}."


def _colleagues(standing: Standing, roll: RollCall) -> Iterator[Colleague]:
    """To whom the message may be passed: everybody but its owner, and the office's own list."""
    for person in staff(roll.book):
        if person.id != standing.owner:
            yield Colleague(person.id, person.name, roll.is_away(person.id))
    if standing.owner != RECEPTION:
        yield Colleague(RECEPTION, f"Reception ({roll.book.office.name})")
