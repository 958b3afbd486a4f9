"""What the engine may know of the world on one turn: the hour, the office, who rang and on which line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from phonebot.domain.away import AwayMessage, away_message, speaking_status
from phonebot.domain.office import RECEPTION, Line, Office, Person
from phonebot.domain.phone import CallerId
from phonebot.domain.status import AwayStatus


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts of one turn. `now` is aware; `people` holds at least everybody this turn may speak of.

    `forwarded_to_us` is true when the call comes from one of our own lines or from a phone we are ringing now;
    `recording_fetched` when the recording that counts can be played back; `asks_verdict` when it is open whether the
    number that rings was got back to; `offers_texts` when that number may be asked for leave to text it. These two are
    looked at on the first turn of a call only.
    """

    now: datetime
    office: Office
    line: Line
    caller: CallerId
    people: Sequence[Person] = ()
    statuses: Sequence[AwayStatus] = ()
    forwarded_to_us: bool = False
    recording_fetched: bool = False
    asks_verdict: bool = False
    offers_texts: bool = False

    def person(self, person_id: str | None) -> Person | None:
        """The person with that id, or None for nobody, for RECEPTION and for somebody unknown."""
        return next((person for person in self.people if person.id == person_id), None)

    def directory(self) -> tuple[Person, ...]:
        """Everybody the office line offers, in the office file's order."""
        return tuple(person for person in self.people if not person.departed)

    def cover_for(self, person_id: str | None) -> Person | None:
        """Who covers somebody now: whoever their status of the moment names, else their usual cover."""
        person = self.person(person_id)
        if person is None:
            return None
        status = self.status_of(person)
        cover = self.person((status.cover if status else None) or person.cover)
        return None if cover is None or cover.departed else cover

    def status_of(self, person: Person) -> AwayStatus | None:
        """The status of somebody that may still be believed now."""
        mine = [status for status in self.statuses if status.person == person.id]
        return speaking_status(mine, self.office.hours, self.now)

    def away(self, person: Person) -> AwayMessage:
        """The away message a caller for that person hears now."""
        rings = self.line.ring > 0 and person.phone is not None
        return away_message(person, self.office, self.statuses, self.now, rings=rings, colleagues=self.people)

    def operator(self, mailbox: str) -> tuple[str, str] | None:
        """Who takes a zero, and on which phone: reception, else the cover of the person rung; None for nobody."""
        if self.office.reception:
            return RECEPTION, self.office.reception
        cover = self.cover_for(mailbox)
        return (cover.id, cover.phone) if cover and cover.phone else None
