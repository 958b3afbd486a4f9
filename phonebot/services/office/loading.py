"""Loading the office: office.toml read strictly, and kept in one transaction or not at all."""

import re
import tomllib
from collections.abc import Iterable
from datetime import datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from phonebot.domain.hours import OfficeHours, parse_hours
from phonebot.domain.office import Line, Notices, Office, OfficeBook, Person
from phonebot.services.office.file import LineTable, OfficeFile, OfficeTable, PersonTable, in_words, quoted
from phonebot.services.office.rules import Found, mistakes_between
from phonebot.services.office.toml_lines import KeyPath, key_lines, line_of
from phonebot.store.database import Database
from phonebot.store.offices import save_office


class OfficeMistake(ValueError):
    """An office file that cannot be used: `path`, `line` (from 1; None where the file cannot be read) and `why`."""

    def __init__(self, path: Path, line: int | None, why: str) -> None:
        super().__init__(f"{path}:{line}: {why}" if line else f"{path}: {why}")
        self.path = path
        self.line = line
        self.why = why


def load(database: Database, path: Path, now: datetime) -> OfficeBook:
    """Make the kept office equal to the file, at `now` (aware); raise OfficeMistake, with nothing changed."""
    book = load_office_file(path)
    with database.write() as session:
        save_office(session, book, now)
    return book


def load_office_file(path: Path) -> OfficeBook:
    """The office that a file describes; raise OfficeMistake with the first line that is wrong."""
    text = _text_of(path)
    data = _toml_of(path, text)
    lines = key_lines(text)
    try:
        file = OfficeFile.model_validate(data)
    except ValidationError as error:
        found = [(_key_path(detail["loc"], data), detail) for detail in error.errors()]
        _refuse(path, data, lines, [(key, in_words(detail["type"], key, detail["msg"])) for key, detail in found])
    _refuse(path, data, lines, list(mistakes_between(file)))
    return _book(file)


def _text_of(path: Path) -> str:
    try:
        content = path.read_bytes()
        return content.decode("utf-8-sig")
    except OSError as error:
        raise OfficeMistake(path, None, f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise OfficeMistake(path, content.count(b"\n", 0, error.start) + 1, "is not UTF-8 text") from error


def _toml_of(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        why, _, place = str(error).rpartition(" (at ")
        line = re.match(r"line (\d+)", place)
        # What is open until the end of the file is reported there.
        at = int(line[1]) if line else len(text.rstrip().splitlines()) or 1
        raise OfficeMistake(path, at, f"is not TOML: {why}") from error
    except RecursionError as error:
        raise OfficeMistake(path, None, "is nested too deeply") from error


def _key_path(location: Iterable[str | int], data: Any) -> KeyPath:
    """Pydantic's location without what is not in the file, such as the member of a union that was tried."""
    path: list[str | int] = []
    for step in location:
        if not isinstance(data, dict if isinstance(step, str) else list):
            break
        path.append(step)
        data = data.get(step) if isinstance(data, dict) else data[int(step)]
    return tuple(path)


def _refuse(path: Path, data: dict[str, Any], lines: dict[KeyPath, int], found: list[Found]) -> None:
    """Raise OfficeMistake for the mistake that stands first in the file, if there is any.

    What is missing comes last: a key that is misspelt is the better news.
    """
    if found:
        key, why = min(found, key=lambda mistake: (mistake[0] not in lines, line_of(lines, mistake[0])))
        raise OfficeMistake(path, line_of(lines, key), f"{_place(data, key)} {why}")


def _place(data: dict[str, Any], key: KeyPath) -> str:
    """Where a key stands, as a reader of the file would say it: people "sue": cover."""
    name = ".".join(
        step if re.fullmatch(r"[\w-]+", step) else quoted(step) for step in key[1:] if isinstance(step, str)
    )
    if len(key) > 1 and isinstance(key[1], int):
        entry = data[str(key[0])][key[1]]
        known = entry.get("id" if key[0] == "people" else "number") if isinstance(entry, dict) else None
        which = quoted(known) if isinstance(known, str) else f"number {key[1] + 1}"
        return f"{key[0]} {which}: {name}" if name else f"{key[0]} {which}"
    return f"{key[0]}: {name}" if name else str(key[0])


def _book(file: OfficeFile) -> OfficeBook:
    table = file.office
    office = Office(
        name=table.name,
        hours=_hours(table),
        region=table.region,
        language=table.language,
        return_within=table.return_within,
        notice=table.notice,
        text_number=table.text_number or None,
        countries=tuple(table.countries),
        reception=file.reception.phone or None,
    )
    return OfficeBook(office, tuple(map(_person, file.people)), tuple(map(_line, file.lines)))


def _hours(table: OfficeTable) -> OfficeHours:
    return parse_hours(table.hours, table.closed, ZoneInfo(table.timezone))


def _person(table: PersonTable) -> Person:
    return Person(
        id=table.id,
        name=table.name,
        extension=table.extension,
        email=table.email,
        phone=table.phone,
        cover=table.cover,
        admin=table.admin,
        digest=tuple(map(time.fromisoformat, table.digest)),
        notices=Notices(table.notices),
        known_as=tuple(table.known_as),
        pronounced=tuple(table.pronounced),
        team=table.team,
    )


def _line(table: LineTable) -> Line:
    return Line(number=table.number, answers=table.answers, ring=table.ring)
