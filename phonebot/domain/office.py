"""The office as loaded from office.toml: its people, lines, reception and manners."""

from dataclasses import dataclass, field
from datetime import time, timedelta
from enum import StrEnum

from phonebot.domain.hours import OfficeHours
from phonebot.domain.titles import TITLES, without_title

RECEPTION = "office"
"""The mailbox for messages to nobody in particular; also what a line 'answers' when it offers the directory."""


class Notices(StrEnum):
    """How somebody is told of a new message at once: by email, by a text message, or not before the digest."""

    MAIL = "mail"
    TEXT = "text"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be rung and left a message. `cover` is the id of who stands in; `phone` is E.164.

    `known_as` are other names they go by ("Susie", a maiden name), `pronounced` how their name sounds, written as it
    would be read ("cone" for Cohen), `team` what callers may ask for instead of a name ("accounts").
    """

    id: str
    name: str
    extension: str | None = None
    email: str | None = None
    phone: str | None = None
    cover: str | None = None
    admin: bool = False
    digest: tuple[time, ...] = ()
    notices: Notices = Notices.MAIL
    known_as: tuple[str, ...] = ()
    pronounced: tuple[str, ...] = ()
    team: str | None = None
    departed: bool = False

    @property
    def first_name(self) -> str:
        """The name a colleague would use: "Sue" of "Sue Cohen", "Ann" of "Dr Ann Able", all of "Mr Bean"."""
        called = without_title(self.name).split()
        return " ".join(called) if called[0].lower().strip(".") in TITLES else called[0]


@dataclass(frozen=True, slots=True)
class Line:
    """A telephone number phonebot answers. `answers` is a person's id or RECEPTION; `ring` is seconds, 0 for none."""

    number: str
    answers: str
    ring: int = 0


@dataclass(frozen=True, slots=True)
class Office:
    """What holds for everybody: name, zone, hours, region, and where calls may be returned to."""

    name: str
    hours: OfficeHours
    region: str = "GB"
    language: str = "en-GB"
    return_within: str = "1 day"
    notice: str = ""
    text_number: str | None = None
    countries: tuple[str, ...] = ()
    reception: str | None = None


@dataclass(frozen=True, slots=True)
class OfficeBook:
    """The whole office file as one value: the office, its people and its lines."""

    office: Office
    people: tuple[Person, ...] = ()
    lines: tuple[Line, ...] = field(default_factory=tuple)

    def person(self, person_id: str) -> Person | None:
        """The person with that id, or None."""
        return next((person for person in self.people if person.id == person_id), None)


DEFAULT_LEEWAY = timedelta(minutes=30)
