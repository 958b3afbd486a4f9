"""The tables as the README keeps them: each replaces the one of the same title, with what it was measured on."""

import os
import platform
import re
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench.table import Table

README = Path(__file__).with_name("README.md")
BEGINNING = "<!-- The tables from here on are written by `python -m bench --write`. -->"
LIBRARIES = ("Flask", "gunicorn", "SQLAlchemy", "psycopg", "twilio")


def header() -> str:
    """When and on what: the date, the cores, how busy they are, Python and the libraries that matter."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC · {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before · "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {libraries}"
    )


def write(tables: Sequence[Table], measured_on: str, readme: Path = README) -> None:
    """Renew these tables in the README, with the header of their run; those of sections that did not run stay."""
    text, _, kept = readme.read_text(encoding="utf-8").partition(BEGINNING)
    sections = dict(re.findall(r"^### (.*)\n((?:.*\n)*?)(?=### |\Z)", kept.lstrip("\n"), flags=re.MULTILINE))
    for table in tables:
        same = _name(table.title)
        sections = {title: body for title, body in sections.items() if _name(title) != same}
        _, _, body = table.markdown().partition("\n")
        sections[table.title] = f"\n*{measured_on}*\n{body}\n"
    written = "".join(f"### {title}\n{body}" for title, body in sections.items())
    readme.write_text(f"{text}{BEGINNING}\n\n{written.rstrip()}\n", encoding="utf-8")


def _name(title: str) -> str:
    """A title without its numbers, which change from run to run."""
    return re.sub(r"[\d.,:/]+", "", title)
