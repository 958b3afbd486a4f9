"""The office as it is kept: saved whole from its file, and read back whole."""

from dataclasses import asdict
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import RowMapping, delete, select
from sqlalchemy.orm import Session

from phonebot.domain.hours import DAYS, parse_hours
from phonebot.domain.office import Line, Notices, Office, OfficeBook, Person
from phonebot.store.tables import LineRow, OfficeRow, PersonRow

OFFICES, PEOPLE = OfficeRow.__table__, PersonRow.__table__
ONLY_OFFICE = 1


def save_office(session: Session, book: OfficeBook, now: datetime) -> None:
    """Make the kept office equal to the book; again changes nothing but `loaded_at`.

    People the book no longer names are kept, departed since `now` (an aware instant); back again they are not departed.
    """
    session.merge(OfficeRow(id=ONLY_OFFICE, loaded_at=now, **_office_columns(book.office)))
    _save_people(session, book.people, now)
    _save_lines(session, book.lines)
    session.flush()


def load_office(session: Session) -> OfficeBook | None:
    """The office as it was last loaded, departed people last; None before the first load."""
    row = session.execute(select(OFFICES)).mappings().one_or_none()
    if row is None:
        return None
    people = session.execute(select(PEOPLE).order_by(PEOPLE.c.departed_at.is_not(None), PEOPLE.c.position))
    lines = session.execute(select(LineRow.__table__).order_by(LineRow.number))
    return OfficeBook(
        office=office_of(row),
        people=tuple(map(person_of, people.mappings())),
        lines=tuple(Line(row.number, row.answers, row.ring) for row in lines),
    )


def _save_people(session: Session, people: tuple[Person, ...], now: datetime) -> None:
    kept = {row.id: row for row in session.scalars(select(PersonRow))}
    for position, person in enumerate(people):
        row = kept.pop(person.id, None)
        columns = asdict(person) | {
            "digest": [f"{at:%H:%M}" for at in person.digest],
            "known_as": list(person.known_as),
            "pronounced": list(person.pronounced),
            "position": position,
        }
        since = (row and row.departed_at) or now
        session.merge(PersonRow(departed_at=since if columns.pop("departed") else None, **columns))
    for row in kept.values():
        row.departed_at = row.departed_at or now


def _save_lines(session: Session, lines: tuple[Line, ...]) -> None:
    session.execute(delete(LineRow).where(LineRow.number.not_in([line.number for line in lines])))
    for line in lines:
        session.merge(LineRow(**asdict(line)))


def _office_columns(office: Office) -> dict[str, Any]:
    hours = office.hours
    return {
        "name": office.name,
        "timezone": hours.zone.key,
        "region": office.region,
        "language": office.language,
        "hours": {day: _spans_written(spans) for day, spans in zip(DAYS, hours.weekly, strict=True)},
        "closed": sorted(day.isoformat() for day in hours.closed),
        "return_within": office.return_within,
        "notice": office.notice,
        "text_number": office.text_number,
        "countries": list(office.countries),
        "reception_phone": office.reception,
    }


def _spans_written(spans: tuple[tuple[time, time], ...]) -> str:
    """A day's hours as parse_hours reads them."""
    return ", ".join(f"{start:%H:%M}-{end:%H:%M}" for start, end in spans) or "closed"


def office_of(row: RowMapping) -> Office:
    """The office out of a row with the office's columns, whatever else is in it."""
    columns = OFFICES.c
    closed = [date.fromisoformat(day) for day in row[columns.closed]]
    return Office(
        name=row[columns.name],
        hours=parse_hours(row[columns.hours], closed, ZoneInfo(row[columns.timezone])),
        region=row[columns.region],
        language=row[columns.language],
        return_within=row[columns.return_within],
        notice=row[columns.notice],
        text_number=row[columns.text_number],
        countries=tuple(row[columns.countries]),
        reception=row[columns.reception_phone],
    )


def person_of(row: RowMapping) -> Person:
    """A person out of a row with the people's columns, whatever else is in it."""
    columns = PEOPLE.c
    return Person(
        id=row[columns.id],
        name=row[columns.name],
        extension=row[columns.extension],
        email=row[columns.email],
        phone=row[columns.phone],
        cover=row[columns.cover],
        admin=row[columns.admin],
        digest=tuple(map(time.fromisoformat, row[columns.digest])),
        notices=Notices(row[columns.notices]),
        known_as=tuple(row[columns.known_as]),
        pronounced=tuple(row[columns.pronounced]),
        team=row[columns.team],
        departed=row[columns.departed_at] is not None,
    )
