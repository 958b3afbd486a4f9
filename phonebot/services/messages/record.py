"""The record: what was taken and what was really returned, for each person and the office."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from phonebot.domain.office import RECEPTION
from phonebot.domain.record import Figures, by_owner, figures
from phonebot.domain.times import TimeMistake, is_date_alone, parse_instant
from phonebot.services.office.people import the_office
from phonebot.store.database import Database
from phonebot.store.record import cases

BEGINNING: Final = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Record:
    """The figures of the messages taken from `since` until before `until` (aware), as they stand at `at`.

    `people` gives those of each owner by id; `names` what the ids are called.
    """

    at: datetime
    since: datetime | None
    until: datetime
    office: Figures
    people: Mapping[str, Figures]
    names: Mapping[str, str]
    zone: ZoneInfo


def record(database: Database, from_: str | None, to: str | None, now: datetime) -> Record:
    """The record of what was taken between two times, as people write them; a date alone means that whole day.

    Reading it changes nothing. Raise TimeMistake or NoOffice.
    """
    with database.read() as session:
        book = the_office(session)
        zone = book.office.hours.zone
        since = None if from_ is None else parse_instant(from_, zone)
        until = now + timedelta(seconds=1) if to is None else _end(to, zone)
        if since is not None and until <= since:
            raise TimeMistake("--to is not after --from" if to else "--from is still to come")
        found = tuple(cases(session, since or BEGINNING, until))
    names = {RECEPTION: book.office.name} | {person.id: person.name for person in book.people}
    return Record(now, since, until, figures(found, now), by_owner(found, now), names, zone)


def _end(text: str, zone: ZoneInfo) -> datetime:
    """The end of what somebody means by --to: a date alone is included."""
    at = parse_instant(text, zone)
    return at + timedelta(days=1) if is_date_alone(text) else at
