"""What may stand in office.toml: each key, what it may hold, and how a mistake in it is put into words."""

import json
import re
from collections.abc import Mapping
from datetime import time
from difflib import get_close_matches
from typing import Annotated, Any, Literal
from zoneinfo import available_timezones

from babel import Locale, UnknownLocaleError
from phonenumbers import (
    SUPPORTED_REGIONS,
    PhoneNumberFormat,
    ValidationResult,
    format_number,
    is_possible_number_with_reason,
)
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from phonebot.domain.office import RECEPTION
from phonebot.domain.phone.rules import parsed
from phonebot.domain.promise import instead, promises
from phonebot.domain.yardstick import parse_within

LONGEST_NOTICE_WORDS = 20
"""A notice is spoken on every call before the first question, which is due 15 seconds after the answer."""


def quoted(text: str) -> str:
    """The text in double quotes and on one line, whatever it holds."""
    return json.dumps(text, ensure_ascii=False)


def _plain(text: str) -> str:
    if any(not character.isprintable() for character in text):
        raise ValueError("holds a line break or another character that cannot be spoken")
    return text


def _telephone_number(text: str) -> str:
    number = parsed(text, None)
    # Possible and not valid: numbering plans change faster than libraries, and the office knows its own numbers.
    if number is None or is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE:
        raise ValueError(f'{quoted(text)} is not a telephone number with its country, such as "+442079460100"')
    e164 = format_number(number, PhoneNumberFormat.E164)
    if text != e164:
        raise ValueError(f'must be written as "{e164}"')
    return text


def _telephone_number_or_none(text: str) -> str:
    return text and _telephone_number(text)


def _zone(name: str) -> str:
    zones = available_timezones()
    if name not in zones:
        near = get_close_matches(name, zones, n=1)
        raise ValueError(f"{quoted(name)} is not a time zone" + (f"; did you mean {near[0]}?" if near else ""))
    return name


def _region(code: str) -> str:
    if code not in SUPPORTED_REGIONS:
        raise ValueError(f'{quoted(code)} is not a country\'s two capital letters, such as "GB"')
    return code


def _language(tag: str) -> str:
    try:
        Locale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError):
        raise ValueError(f'{quoted(tag)} is not a language such as "en-GB"') from None
    return tag


def _person_id(name: str) -> str:
    if not re.fullmatch(r"[a-z0-9_-]{1,40}", name):
        raise ValueError(f"{quoted(name)} must be made of a-z, 0-9, _ and - only, at most 40 of them")
    if name == RECEPTION:
        raise ValueError(f'"{RECEPTION}" is the directory\'s own name; choose another')
    return name


def _extension(digits: str) -> str:
    if not re.fullmatch(r"[1-9][0-9]{0,5}", digits):
        raise ValueError(
            f"{quoted(digits)} must be one to six digits, the first of them not 0, which asks for a person"
        )
    return digits


def _email(address: str) -> str:
    if not re.fullmatch(r"[^@\s<>,;]+@[^@\s<>,;.]+(?:\.[^@\s<>,;.]+)+", address):
        raise ValueError(f"{quoted(address)} is not an email address")
    return address


def _time_of_day(text: str) -> str:
    try:
        plain = re.fullmatch(r"[0-9]{2}:[0-9]{2}", text) and time.fromisoformat(text)
    except ValueError:
        plain = None
    if plain is None:
        raise ValueError(f'{quoted(text)} is not a time of day such as "08:30"')
    return text


def _return_within(text: str) -> str:
    parse_within(text)
    return text


def _ring(seconds: int) -> int:
    if seconds != 0 and not 5 <= seconds <= 60:
        raise ValueError(f"{seconds} must be 0, for not at all, or from 5 to 60 seconds")
    return seconds


def _notice(sentence: str) -> str:
    if len(sentence.split()) > LONGEST_NOTICE_WORDS:
        raise ValueError(f"is longer than {LONGEST_NOTICE_WORDS} words, and callers hear it on every call")
    if found := promises(sentence):
        promise = sentence[found[0].start : found[0].end]
        raise ValueError(f"promises what nobody has taken on ({quoted(promise)}). {instead(sentence)}")
    return sentence


Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), AfterValidator(_plain)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80), AfterValidator(_plain)]
Telephone = Annotated[str, AfterValidator(_telephone_number)]
TelephoneOrNone = Annotated[str, AfterValidator(_telephone_number_or_none)]
PersonId = Annotated[str, AfterValidator(_person_id)]
Region = Annotated[str, AfterValidator(_region)]


class Table(BaseModel):
    """A table of the file: nothing unknown in it, and nothing taken for what it is not."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class OfficeTable(Table):
    """[office]"""

    name: Name
    timezone: Annotated[str, AfterValidator(_zone)]
    hours: dict[str, Any]
    closed: list[Any] = []
    region: Region = "GB"
    language: Annotated[str, AfterValidator(_language)] = "en-GB"
    return_within: Annotated[str, AfterValidator(_return_within)] = "1 day"
    notice: Annotated[Text, AfterValidator(_notice)] = ""
    text_number: TelephoneOrNone = ""
    countries: list[Region] = []


class ReceptionTable(Table):
    """[reception]"""

    phone: TelephoneOrNone = ""


class PersonTable(Table):
    """[[people]]"""

    id: PersonId
    name: Name
    extension: Annotated[str, AfterValidator(_extension)] | None = None
    email: Annotated[str, AfterValidator(_email)] | None = None
    phone: Telephone | None = None
    cover: str | None = None
    admin: bool = False
    digest: list[Annotated[str, AfterValidator(_time_of_day)]] = []
    notices: Literal["mail", "text", "none"] = "mail"
    known_as: list[Name] = []
    pronounced: list[Name] = []
    team: Name | None = None


class LineTable(Table):
    """[[lines]]"""

    number: Telephone
    answers: str
    ring: Annotated[int, AfterValidator(_ring)] = 0


class OfficeFile(Table):
    """office.toml, each value right by itself."""

    office: OfficeTable
    reception: ReceptionTable = Field(default_factory=ReceptionTable)
    people: list[PersonTable] = []
    lines: list[LineTable] = []


KINDS: dict[str, str] = {
    "string_type": "must be text in quotes",
    "string_too_short": "is empty",
    "string_too_long": "is too long",
    "bool_type": "must be true or false",
    "int_type": "must be a whole number",
    "list_type": "must be a list in square brackets",
    "dict_type": "must be a table",
    "model_type": "must be a table",
    "missing": "is missing",
    "literal_error": 'must be "mail", "text" or "none"',
}
"""Pydantic's kinds of mistake, in the words of somebody who writes an office file."""


def known_keys(path: tuple[str | int, ...]) -> list[str]:
    """The keys of the table that a path stands in."""
    tables: Mapping[Any, type[Table]] = {
        "office": OfficeTable,
        "reception": ReceptionTable,
        "people": PersonTable,
        "lines": LineTable,
    }
    return list((tables[path[0]] if len(path) > 1 else OfficeFile).model_fields)


def in_words(kind: str, path: tuple[str | int, ...], message: str) -> str:
    """One mistake of pydantic's in plain words, without saying where it is."""
    if kind == "extra_forbidden":
        return f"is not known here; known are {', '.join(known_keys(path))}"
    if kind == "list_type" and len(path) == 1:
        return f"must be written as [[{path[0]}]]"
    return KINDS.get(kind, message.removeprefix("Value error, "))
