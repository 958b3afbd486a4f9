"""A telephone conversation on the screen: the clock on the left, then who, then the words, in columns."""

import os
import re
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

import phonenumbers
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

KEYS = re.compile(r"[0-9*#]+")
NUMBER = re.compile(r"\+[0-9]{7,15}")
ASIDE = re.compile(r"\(.*\)", re.DOTALL)
"""What is no words: (tone), (rings …), (hangs up)."""

MARGIN = 2
TICK = "✓"
CLOCK_WIDTH = 8
WHO_WIDTH = 9
WIDEST = 104
"""Columns beyond which a line of words is tiring to read."""

STYLES = {"line": "cyan", "caller": "green", "reception": "magenta", "worker": "blue", "network": "yellow"}
LABELS = {who: who.capitalize() for who in STYLES}

LONGEST_PAUSE = 0.08
SECONDS_A_WORD = 0.003
SHORTEST_PAUSE = 0.02


def plain_console() -> Console:
    """The console for what people read: standard output, no wider than is pleasant."""
    console = Console(highlight=False, soft_wrap=False)
    return console if console.width <= WIDEST else Console(highlight=False, width=WIDEST)


def pause_after(words: str) -> None:
    """Wait as long as a glance at the words takes, where somebody is watching: on a terminal, and not in CI."""
    if sys.stdout.isatty() and not os.environ.get("CI"):
        time.sleep(min(LONGEST_PAUSE, SHORTEST_PAUSE + SECONDS_A_WORD * len(words.split())))


@dataclass
class ConversationView:
    """Shows a conversation line by line, by the clocks of `zone` (None: those of this machine).

    `labels` name who speaks, where a name says more than `Caller`.
    """

    console: Console
    zone: tzinfo | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    pause: Callable[[str], None] = pause_after

    def show(self, at: datetime, who: str, words: str) -> None:
        """One line: the instant (aware), who (a key of STYLES), and the words or keys."""
        clock = Text(f"{at.astimezone(self.zone):%H:%M:%S}", "dim")
        label = Text(self.labels.get(who, LABELS[who]), f"bold {STYLES[who]}")
        self._row((clock, CLOCK_WIDTH), (label, WHO_WIDTH), (_worded(who, words), None))
        self.pause(words)

    def claim(self, words: str) -> None:
        """Something that was found to be as it should."""
        self._row((Text(TICK, "green"), 1), (Text(words, "dim"), None))
        self.pause(words)

    def _row(self, *cells: tuple[Text, int | None]) -> None:
        """One line in columns, each as wide as it says (None: as wide as there is room)."""
        table = Table.grid(padding=(0, 2, 0, 0))
        for _, width in cells:
            table.add_column(width=width)
        table.add_row(*(cell for cell, _ in cells))
        self.console.print(Padding(table, (0, 0, 0, MARGIN)))


def _worded(who: str, words: str) -> Text:
    """The words as they look: what is no words dimmed, keys as keys, numbers as people write them."""
    if who != "line" and KEYS.fullmatch(words):
        return Text(" ").join([Text("presses"), *(Text(f" {key} ", "reverse") for key in words)])
    if ASIDE.fullmatch(words):
        return Text(NUMBER.sub(lambda found: readable_number(found[0]), words), "dim italic")
    return Text(words, STYLES["network"] if who == "network" else "")


def readable_number(e164: str) -> str:
    """A number as people write it, +44 20 7946 0143; what is no number as it is."""
    try:
        number = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return e164
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
