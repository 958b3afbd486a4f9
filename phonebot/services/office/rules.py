"""What must fit together in office.toml: hours that can be read, covers who exist, phones that are not lines."""

from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from phonebot.domain.hours import HoursMistake, parse_hours
from phonebot.domain.office import RECEPTION
from phonebot.services.office.file import OfficeFile, OfficeTable, quoted
from phonebot.services.office.toml_lines import KeyPath

Found = tuple[KeyPath, str]
"""A mistake: the path of the key at fault, and what is wrong with it."""


def mistakes_between(file: OfficeFile) -> Iterator[Found]:
    """Every mistake in a file whose values are each right by themselves."""
    yield from _hours_mistakes(file.office)
    yield from _people_mistakes(file)
    yield from _line_mistakes(file)


def _hours_mistakes(office: OfficeTable) -> Iterator[Found]:
    zone = ZoneInfo(office.timezone)
    try:
        parse_hours(office.hours, [], zone)
    except HoursMistake as mistake:
        yield ("office", "hours", mistake.key), mistake.why
    for place, day in enumerate(office.closed):
        try:
            parse_hours({}, [day], zone)
        except HoursMistake as mistake:
            yield ("office", "closed", place), mistake.why


def _people_mistakes(file: OfficeFile) -> Iterator[Found]:
    ids = [person.id for person in file.people]
    everybody = f"people are {', '.join(ids)}"
    numbers = {line.number for line in file.lines}
    yield from _taken_twice("people", "id", ids)
    yield from _taken_twice("people", "extension", [person.extension for person in file.people])
    for place, person in enumerate(file.people):
        if person.cover == person.id:
            yield ("people", place, "cover"), f"{quoted(person.cover)} is the same person"
        elif person.cover is not None and person.cover not in ids:
            yield ("people", place, "cover"), f"{quoted(person.cover)} is nobody's id; {everybody}"
        if person.notices == "text" and not (person.phone and file.office.text_number):
            yield ("people", place, "notices"), "needs the person's phone, and the office's text_number"
        if person.phone in numbers:
            yield ("people", place, "phone"), "is one of the lines: it would ring phonebot itself"
    if file.reception.phone in numbers:
        yield ("reception", "phone"), "is one of the lines: it would ring phonebot itself"


def _line_mistakes(file: OfficeFile) -> Iterator[Found]:
    people = {person.id: person for person in file.people}
    yield from _taken_twice("lines", "number", [line.number for line in file.lines])
    for place, line in enumerate(file.lines):
        if line.answers != RECEPTION and line.answers not in people:
            known = ", ".join([*people, RECEPTION])
            yield ("lines", place, "answers"), f"{quoted(line.answers)} is nobody's id; it may be {known}"
        elif line.ring and line.answers == RECEPTION:
            yield ("lines", place, "ring"), f'rings a person, and "{RECEPTION}" is nobody; leave it out'
        elif line.ring and people[line.answers].phone is None:
            yield ("lines", place, "ring"), f"rings a phone, and {line.answers} has none; give one or leave it out"


def _taken_twice(table: str, key: str, values: Iterable[str | None]) -> Iterator[Found]:
    seen: set[str] = set()
    for place, value in enumerate(values):
        if value in seen:
            yield (table, place, key), f"{quoted(value)} is taken already"
        elif value is not None:
            seen.add(value)
