"""The jobs of notices: one for each person who is told and each cause, put in the transaction of that cause."""

from collections.abc import Iterable
from datetime import datetime

from phonebot.domain.office import OfficeBook, Person
from phonebot.domain.outbox import JobKind
from phonebot.services.staff.recipients import way_of_notice
from phonebot.store import outbox
from phonebot.store.database import Session


def put_notices(
    session: Session, book: OfficeBook, people: Iterable[Person], number: int, now: datetime, why: str = ""
) -> int:
    """Have these people told of the message in that row, as each of them chose; say how many notices are new.

    `why` is a word for the cause, such as "reopened": each person is told once for each.
    """
    told = [person for person in people if way_of_notice(person, book.office) is not None]
    return sum(_put(session, person.id, number, now, why) for person in told)


def _put(session: Session, person: str, number: int, now: datetime, why: str) -> bool:
    key = ":".join(["notice", person, str(number), *([why] if why else [])])
    payload = {"person": person, "message": number, "key": key, "since": now.isoformat()}
    return outbox.put(session, JobKind.NOTICE, key, payload, due_at=now, now=now)
