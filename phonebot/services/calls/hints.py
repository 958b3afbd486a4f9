"""The names and words that may well occur in a recording, for an engine that would mishear them otherwise."""

from collections.abc import Iterable, Iterator
from typing import Final

from phonebot.domain.office import OfficeBook, Person
from phonebot.domain.text import clip_words
from phonebot.services.office.people import staff
from phonebot.store.transcripts import Unheard

MOST_HINTS: Final = 50
MOST_WORDS: Final = 8
MOST_CHARACTERS: Final = 600
"""Of all hints together: engines take some two hundred tokens of them (Whisper's own limit is 224)."""


def hints_for(wanted: Unheard, book: OfficeBook | None) -> tuple[str, ...]:
    """Who the message is for and who leaves it about what, then everybody else; each once, the likeliest first."""
    given = wanted.answers
    told = (given.name, given.company, given.business)
    asked_for = () if book is None else tuple(filter(None, map(book.person, (wanted.owner or "", wanted.mailbox))))
    others = () if book is None else staff(book)
    office = () if book is None else (book.office.name,)
    return tuple(_bounded((*_names(asked_for), *told, *office, *_names(others))))


def _names(people: Iterable[Person]) -> Iterator[str]:
    """What each of them is called, one after the other."""
    for person in people:
        yield from (person.name, *person.known_as)


def _bounded(hints: Iterable[str | None]) -> Iterator[str]:
    """Those that are there, each once and cut to a few words, until there are enough."""
    seen: set[str] = set()
    left = MOST_CHARACTERS
    for hint in hints:
        short = clip_words(hint or "", MOST_WORDS)
        if not short or short.casefold() in seen or len(short) > left:
            continue
        if len(seen) == MOST_HINTS:
            return
        seen.add(short.casefold())
        left -= len(short)
        yield short
