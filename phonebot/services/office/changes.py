"""What loading an office file changed, in words for whoever loaded it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from phonebot.domain.office import Line, OfficeBook, Person
from phonebot.services.office.loading import load
from phonebot.store.database import Database
from phonebot.store.offices import load_office


def load_and_compare(database: Database, path: Path, now: datetime) -> tuple[OfficeBook, list[str]]:
    """Load the office as `load` does, and say what is different now, a phrase for each; none where nothing is."""
    with database.read() as session:
        before = load_office(session)
    book = load(database, path, now)
    return book, list(_changes(before or OfficeBook(book.office), book))


def _changes(before: OfficeBook, after: OfficeBook) -> Iterator[str]:
    if before.office != after.office:
        yield "the office's own settings changed"
    staff_before = {person.id: person for person in before.people if not person.departed}
    staff_after = {person.id: person for person in after.people}
    yield from _differences("people", staff_before, staff_after, gone="departed")
    yield from _differences(
        "lines", {line.number: line for line in before.lines}, {line.number: line for line in after.lines}, gone="gone"
    )


def _differences(
    what: str, before: dict[str, Person] | dict[str, Line], after: dict[str, Person] | dict[str, Line], gone: str
) -> Iterator[str]:
    changed = [name for name in after if name in before and before[name] != after[name]]
    for how, names in (
        ("new", [name for name in after if name not in before]),
        ("changed", changed),
        (gone, [name for name in before if name not in after]),
    ):
        if names:
            yield f"{what} {how}: {_named(names)}"


def _named(names: Sequence[str], most: int = 8) -> str:
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")
