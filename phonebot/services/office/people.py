"""Finding the person, line or office that somebody names."""

from collections.abc import Iterable
from typing import Final

from phonenumbers import PhoneNumberFormat, format_number

from phonebot.domain.office import RECEPTION, Line, OfficeBook, Person
from phonebot.domain.phone.rules import parsed
from phonebot.store.database import Session
from phonebot.store.offices import load_office

MOST_NAMED: Final = 20


class NoOffice(LookupError):
    """No office has been loaded yet. The text says what to do."""

    def __init__(self) -> None:
        super().__init__("no office is loaded: run `phonebot load office.toml`")


class Nobody(LookupError):
    """Nobody, and no line, is called that; the text says so and names who there is, in one line."""

    def __init__(self, what: str, asked: str, names: Iterable[str]) -> None:
        known = list(names)
        more = f" and {len(known) - MOST_NAMED} more" if len(known) > MOST_NAMED else ""
        there = f"there are {', '.join(known[:MOST_NAMED])}{more}" if known else "there are none"
        super().__init__(f"no {what} is called {asked[:80]!r}: {there}")


def the_office(session: Session) -> OfficeBook:
    """The office as it was last loaded; raise NoOffice before that."""
    book = load_office(session)
    if book is None:
        raise NoOffice
    return book


def staff(book: OfficeBook) -> tuple[Person, ...]:
    """Everybody who has not left, in the office file's order."""
    return tuple(person for person in book.people if not person.departed)


def person_called(book: OfficeBook, asked: str) -> Person:
    """The person with that id, in capitals or not; raise Nobody, also for one who has left."""
    for person in staff(book):
        if person.id == asked.strip().lower():
            return person
    raise Nobody("person", asked, (person.id for person in staff(book)))


def line_called(book: OfficeBook, asked: str) -> Line:
    """The line somebody means by a person's id, by "office", or by the line's number in any usual spelling.

    One who has no line is as if reached by a line that rings nobody. Raise Nobody.
    """
    wanted = asked.strip().lower()
    number = parsed(wanted, book.office.region)
    e164 = None if number is None else format_number(number, PhoneNumberFormat.E164)
    for line in book.lines:
        if wanted == line.answers or e164 == line.number:
            return line
    if wanted == RECEPTION or any(person.id == wanted for person in staff(book)):
        return Line("", wanted)
    ids = [person.id for person in staff(book)]
    raise Nobody("person or line", asked, [*ids, RECEPTION, *(line.number for line in book.lines)])
