"""`python -m bench [SECTION …]`: measures, prints plain tables, and with --write renews the ones in the README."""

import logging
import time
from collections.abc import Callable, Sequence

import click
import structlog
from rich.console import Console

from bench.digests import digest_tables
from bench.ground import KINDS, Ground, ground
from bench.lengths import length_tables
from bench.readme import header, write
from bench.rows import row_tables
from bench.speech import speech_tables
from bench.statements import statement_table
from bench.sustained import sustained_table
from bench.table import Table
from bench.turns import turn_tables
from bench.understanding import understanding_tables

USUAL = ("turns", "statements", "lengths", "understanding", "digest", "rows", "speech", "sustained")
SOAK_MINUTES, SUSTAINED_MINUTES, QUICK_MINUTES = 60.0, 5.0, 0.2
MANY, QUICK_MANY = 200_000, 20_000


@click.command()
@click.argument("sections", nargs=-1, type=click.Choice((*USUAL, "soak")))
@click.option("--quick", is_flag=True, help="A taste of each section, in some eight minutes: rough figures.")
@click.option("--messages", type=click.IntRange(2000), help=f"How many messages count as many (default {MANY}).")
@click.option("--minutes", type=click.FloatRange(0.1), help="How long `sustained` and `soak` last (5 and 60).")
@click.option("--database", type=click.Choice(KINDS), default="sqlite", help="What `sustained` and `soak` run on.")
@click.option("--write", "keep", is_flag=True, help="Renew the tables in bench/README.md.")
def bench(
    sections: Sequence[str], *, quick: bool, messages: int | None, minutes: float | None, database: str, keep: bool
) -> None:
    """Measure phonebot beside its floor and its budgets: SECTIONs, or all but the soak."""
    _be_quiet()
    console, tables, measured_on = Console(), [], header()
    console.print(measured_on)
    with ground() as here:
        for section, measured in _measuring(here, quick, messages, minutes, database).items():
            if section in (sections or USUAL):
                began = time.monotonic()
                for table in measured():
                    table.show(console)
                    tables.append(table)
                console.print(f"({section}: {time.monotonic() - began:.0f} s)\n")
    if keep:
        write(tables, measured_on)
    if over := [table.title for table in tables if any("OVER" in row for row in table.rows)]:
        console.print("Over budget: " + "; ".join(over))


def _measuring(
    here: Ground, quick: bool, messages: int | None, minutes: float | None, database: str
) -> dict[str, Callable[[], list[Table]]]:
    """What each section does, in the order in which they run."""
    sustained = minutes or (QUICK_MINUTES if quick else SUSTAINED_MINUTES)
    return {
        "turns": lambda: turn_tables(here, quick=quick),
        "statements": lambda: [statement_table(here)],
        "lengths": lambda: length_tables(here),
        "understanding": understanding_tables,
        "digest": lambda: digest_tables(quick=quick),
        "rows": lambda: row_tables(here, messages or (QUICK_MANY if quick else MANY), quick=quick),
        "speech": lambda: speech_tables(quick=quick),
        "sustained": lambda: [sustained_table(here, database, sustained)],
        "soak": lambda: [sustained_table(here, database, minutes or SOAK_MINUTES)],
    }


def _be_quiet() -> None:
    """What phonebot logs in this process would stand between the tables."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))


if __name__ == "__main__":
    bench()
