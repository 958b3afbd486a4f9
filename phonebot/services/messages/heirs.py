"""What somebody owed who has left passes on: to their cover, else to an admin, else to the office's own mailbox."""

from datetime import datetime
from typing import Final

import structlog

from phonebot.domain.commitment import PHONEBOT
from phonebot.domain.history import Event, EventKind
from phonebot.domain.office import RECEPTION, OfficeBook
from phonebot.services.messages.happenings import NotPossible, happen
from phonebot.services.office.people import staff
from phonebot.services.staff.notice_jobs import put_notices
from phonebot.services.staff.recipients import roll_call
from phonebot.store.database import Database, Session
from phonebot.store.history import Life, lock_life, owed_by
from phonebot.store.offices import load_office

AT_ONCE: Final = 1000

log = structlog.get_logger(__name__)


def heir_of(book: OfficeBook, person: str) -> str:
    """Who takes over from somebody who has left: the nearest cover who has not, else an admin, else RECEPTION."""
    asked: set[str] = set()
    cover = book.person(person)
    while cover is not None and cover.departed and cover.id not in asked:
        asked.add(cover.id)
        cover = book.person(cover.cover) if cover.cover else None
    if cover is not None and not cover.departed:
        return cover.id
    return next((one.id for one in staff(book) if one.admin), RECEPTION)


def pass_on(database: Database, now: datetime) -> int:
    """Pass on whatever is owed by people who have left, and tell their heirs; say how many messages that were.

    Each is a transaction of its own. One that somebody has in hand just now is left for the next time.
    """
    with database.read() as session:
        book = load_office(session)
        left = [] if book is None else [person.id for person in book.people if person.departed]
        numbers = [number for person in left for number in owed_by(session, person, AT_ONCE)]
    passed = 0
    for number in numbers:
        with database.write() as session:
            book = load_office(session)
            life = lock_life(session, number, now)
            if book is not None and life is not None:
                passed += _pass_to_heir(session, book, life, now)
    if passed:
        log.info("passed-to-heirs", messages=passed)
    return passed


def _pass_to_heir(session: Session, book: OfficeBook, life: Life, now: datetime) -> bool:
    owner = book.person(life.standing.owner)
    if owner is None or not owner.departed or not life.standing.owed:
        return False
    heir = heir_of(book, owner.id)
    try:
        happen(session, life, Event(EventKind.PASSED, now, PHONEBOT, {"to": heir}), book)
    except NotPossible:
        return False
    put_notices(session, book, roll_call(session, book, now).told_at_once(heir, urgent=False), life.number, now)
    return True
