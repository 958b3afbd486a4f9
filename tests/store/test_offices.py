"""The office is kept whole: what the book says is what is read back, and who left is not forgotten."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from phonebot.domain.hours import parse_hours
from phonebot.domain.office import Line, Office, OfficeBook, Person
from phonebot.store.database import Database
from phonebot.store.offices import load_office, save_office
from phonebot.store.tables import LineRow, OfficeRow, PersonRow

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=1)

TOM = Person("tom", "Tom Hart", "102", "tom@example.com", "+447700900102")
SUE = Person("sue", "Sue Cohen", "101", cover="tom", admin=True, digest=(time(8, 30), time(16)))
HOURS = parse_hours(
    {"mon-thu": "09:00-12:30, 13:30-17:00", "fri": "20:00-00:00"},
    [date(2026, 12, 28), date(2026, 12, 25)],
    ZoneInfo("Europe/London"),
)
BOOK = OfficeBook(
    office=Office(
        name="Cohen and Hart",
        hours=HOURS,
        notice="In an emergency, dial 999.",
        text_number="+442079460110",
        countries=("GB", "IE"),
        reception="+442079460199",
    ),
    people=(TOM, SUE),
    lines=(Line("+442079460100", "sue"), Line("+442079460101", "office"), Line("+442079460102", "tom", ring=20)),
)


def kept(database: Database) -> OfficeBook | None:
    with database.read() as session:
        return load_office(session)


def save(database: Database, book: OfficeBook, now: datetime = NOON) -> None:
    with database.write() as session:
        save_office(session, book, now)


def rows_of(database: Database) -> list[tuple[object, ...]]:
    """Every row of the office but for when it was loaded."""
    with database.read() as session:
        rows: list[tuple[object, ...]] = []
        for table in (OfficeRow, PersonRow, LineRow):
            columns = [column for column in table.__table__.columns if column.name != "loaded_at"]
            rows += [tuple(row) for row in session.execute(select(*columns).order_by(columns[0]))]
        return rows


def test_no_office_is_kept_before_the_first_is_loaded(database: Database) -> None:
    assert kept(database) is None


def test_a_book_is_read_back_as_it_was_saved(database: Database) -> None:
    save(database, BOOK)
    assert kept(database) == BOOK


def test_a_bare_book_is_read_back_as_it_was_saved(database: Database) -> None:
    bare = OfficeBook(Office("Hart", parse_hours({}, [], ZoneInfo("UTC"))))
    save(database, BOOK)
    save(database, bare)
    assert kept(database) == replace(bare, people=(replace(TOM, departed=True), replace(SUE, departed=True)))


def test_saving_twice_changes_nothing(database: Database) -> None:
    save(database, BOOK)
    before = rows_of(database)
    save(database, BOOK, LATER)
    assert rows_of(database) == before


def test_whoever_is_left_out_has_departed_since_the_first_time_they_were(database: Database) -> None:
    save(database, BOOK)
    save(database, replace(BOOK, people=(TOM,)), LATER)
    save(database, replace(BOOK, people=(TOM,)), LATER + timedelta(days=1))
    with database.read() as session:
        assert {row.id: row.departed_at for row in session.scalars(select(PersonRow))} == {"tom": None, "sue": LATER}
    book = kept(database)
    assert book is not None
    assert book.people == (TOM, replace(SUE, departed=True))


def test_whoever_is_back_in_the_book_has_not_departed(database: Database) -> None:
    save(database, BOOK)
    save(database, replace(BOOK, people=(TOM,)), LATER)
    save(database, BOOK, LATER)
    assert kept(database) == BOOK


def test_a_kept_book_can_be_saved_again_with_its_departed(database: Database) -> None:
    save(database, BOOK)
    save(database, replace(BOOK, people=(TOM,)))
    book = kept(database)
    assert book is not None
    save(database, book, LATER)
    assert kept(database) == book
    with database.read() as session:
        assert session.get_one(PersonRow, "sue").departed_at == NOON


def test_lines_are_those_of_the_book_and_no_others(database: Database) -> None:
    save(database, BOOK)
    moved = replace(BOOK, lines=(Line("+442079460100", "tom", ring=15), Line("+442079460109", "office")))
    save(database, moved)
    assert kept(database) == moved


def test_people_are_read_back_in_the_order_of_the_book(database: Database) -> None:
    save(database, BOOK)
    save(database, replace(BOOK, people=(SUE, TOM)))
    book = kept(database)
    assert book is not None
    assert [person.id for person in book.people] == ["sue", "tom"]
