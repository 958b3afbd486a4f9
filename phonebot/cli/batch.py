"""Commands that understand one text, or many: a text on the command line, or JSON lines on standard input."""

import json
import sys
from collections.abc import Callable
from typing import Any

import click

from phonebot.cli.printing import print_json


def answer_batch(understand: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Answer each JSON line of standard input with one of its own, in order. Raises click.UsageError on a bad line."""
    for number, line in enumerate(sys.stdin, start=1):
        if line.strip():
            row = _row(line, number)
            print_json(understand(row))


def _row(line: str, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError:
        row = None
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise click.UsageError(f'line {number} should be JSON such as {{"text": "tomorrow after three"}}')
    return row


def the_text(text: str | None, *, batch: bool) -> str:
    """The text given on the command line. Raises click.UsageError where there is neither a text nor --batch."""
    if text is None or batch:
        raise click.UsageError("give a TEXT, or --batch and JSON lines on standard input; not both")
    return text
