"""Whether there is an office to answer for, in a language we speak."""

from collections.abc import Iterator, Set

from phonebot.services.office.people import NoOffice
from phonebot.store.database import Database
from phonebot.store.offices import load_office


def office_problems(database: Database, languages: Set[str]) -> Iterator[str]:
    """What is wrong with the office that is loaded; `languages` are those there are prompts in."""
    with database.read() as session:
        book = load_office(session)
    if book is None:
        yield str(NoOffice())
        return
    if book.office.language.partition("-")[0] not in languages:
        yield f"the office's language is {book.office.language}, and there are no prompts in it"
    if not book.lines:
        yield "the office has no lines: every number is answered for the whole office"
