"""`phonebot report`: whether calls are really being returned."""

from datetime import timedelta
from typing import Any

import click
from rich.table import Table

from phonebot.cli.conversation_view import plain_console
from phonebot.cli.opening import opened, utc_now
from phonebot.cli.printing import for_people, iso, print_json
from phonebot.domain.record import Figures
from phonebot.services.messages.record import Record, record


@click.command()
@click.option("--from", "from_", metavar="T", help="Messages taken from then on; left out: all there are.")
@click.option("--to", metavar="T", help="And until then; a date alone is included. Left out: now.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def report(from_: str | None, to: str | None, *, as_json: bool) -> None:
    """The record: what was taken, what was really returned, what is still owed, and which promises were kept.

    "Returned" means that the caller was reached: both sides were joined and whoever rang pressed the key for it, or
    the caller says so. Times T are as in 2026-11-24T14:30 or 2026-11-24, in the office's zone.
    """
    with opened() as database:
        found = record(database, from_, to, utc_now())
    if as_json:
        print_json(_json(found))
        return
    _print(found)


def _json(found: Record) -> dict[str, Any]:
    return {
        "at": iso(found.at.astimezone(found.zone)),
        "from": iso(found.since and found.since.astimezone(found.zone)),
        "to": iso(found.until.astimezone(found.zone)),
        "office": _figures_json(found.office),
        "people": {who: _figures_json(theirs) for who, theirs in found.people.items()},
    }


def _figures_json(of: Figures) -> dict[str, Any]:
    """Every figure by name; times are in seconds."""
    return {
        "taken": of.taken,
        "returned": of.returned,
        "returned_by": dict(of.returned_by),
        "said_so": of.said_so,
        "owed": of.owed,
        "oldest_owed_seconds": _seconds(of.oldest_owed_age),
        "median_seconds_to_reach": _seconds(of.median_to_reach),
        "p90_seconds_to_reach": _seconds(of.p90_to_reach),
        "windows_met": of.windows_met,
        "windows_missed": of.windows_missed,
        "promises_kept": of.promises_kept,
        "slipped_but_told": of.slipped_but_told,
        "broken": of.broken,
        "said_no": of.said_no,
        "withdrawn": of.withdrawn,
        "unreachable": of.unreachable,
        "missed_calls": of.missed,
    }


def _seconds(length: timedelta | None) -> int | None:
    return None if length is None else round(length.total_seconds())


def _print(found: Record) -> None:
    """The office's figures one under the other, then a line for each person."""
    since = f"from {for_people(found.since.astimezone(found.zone))} " if found.since else ""
    click.echo(f"Messages taken {since}until {for_people(found.until.astimezone(found.zone))}:")
    if not found.office.taken and not found.office.missed:
        click.echo("none.")
        return
    whole = Table(box=None, pad_edge=False, show_header=False)
    for label, value in _rows(found.office).items():
        whole.add_row(label, value)
    each = Table(box=None, pad_edge=False, header_style="")
    for place, heading in enumerate(("", *_IN_SHORT)):
        each.add_column(heading, justify="right" if place else "left", no_wrap=True)
    for who, theirs in found.people.items():
        rows = _rows(theirs)
        each.add_row(found.names.get(who, who), *(rows[label] for label in _IN_SHORT.values()))
    console = plain_console()
    console.print(whole)
    console.print()
    console.print(each)


_IN_SHORT = {
    "taken": "taken",
    "returned": "returned",
    "said so": "said to be returned",
    "owed": "still owed",
    "oldest": "  the oldest for",
    "half within": "reached within, half of them",
    "kept": "accepted calls kept",
    "said no": "callers who said no",
}
"""The columns of a person's line, and which figure each is."""


def _rows(of: Figures) -> dict[str, str]:
    """The figures as they are read, in order."""
    by = of.returned_by
    return {
        "taken": str(of.taken),
        "returned": str(of.returned),
        "  the caller says so": str(by.get("caller", 0)),
        "  joined, and spoke": str(by.get("spoke", 0)),
        "said to be returned": str(of.said_so),
        "still owed": str(of.owed),
        "  the oldest for": _length(of.oldest_owed_age),
        "reached within, half of them": _length(of.median_to_reach),
        "reached within, nine in ten": _length(of.p90_to_reach),
        "called when they liked": _of(of.windows_met, of.windows_met + of.windows_missed),
        "accepted calls kept": _of(of.promises_kept, of.promises_kept + of.slipped_but_told + of.broken),
        "  slipped, and told so": str(of.slipped_but_told),
        "  broken": str(of.broken),
        "callers who said no": str(of.said_no),
        "withdrawn": str(of.withdrawn),
        "could not be reached": str(of.unreachable),
        "missed calls": str(of.missed),
    }


def _of(some: int, all_of_them: int) -> str:
    return f"{some} of {all_of_them}" if all_of_them else "-"


def _length(length: timedelta | None) -> str:
    """A length of time in its two largest units."""
    if length is None:
        return "-"
    minutes = round(length.total_seconds() / 60)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"{days} d {hours} h"
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
