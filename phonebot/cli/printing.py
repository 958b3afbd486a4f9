"""How commands print: JSON for programs, and times as people write them."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import click


def print_json(value: Any) -> None:
    """One value as JSON, on one line."""
    click.echo(_json(value))


def print_json_list(values: Iterable[Any]) -> None:
    """A JSON list, printed as its values come, one on a line: there may be more of them than fit in memory."""
    separator = "["
    for value in values:
        click.echo(separator, nl=False)
        click.echo(_json(value), nl=False)
        separator = ",\n"
    click.echo("[]" if separator == "[" else "]")


def iso(at: datetime | None) -> str | None:
    """An instant as ISO 8601 with its offset, in the zone it comes in."""
    return None if at is None else at.isoformat(timespec="seconds")


def for_people(at: datetime) -> str:
    """A local time as "Tue 24 Nov 2026 10:42"."""
    return f"{at:%a} {at.day} {at:%b %Y %H:%M}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
