"""Where the caller sits: takes their turns from the keyboard or a script, and shows what is said."""

import sys
from collections.abc import Callable
from datetime import timedelta, tzinfo
from typing import Protocol

import click
from rich.control import Control
from rich.segment import ControlType

from phonebot.cli.conversation_view import CLOCK_WIDTH, KEYS, MARGIN, WHO_WIDTH, ConversationView
from phonebot.cli.printing import iso, print_json
from phonebot.simulator import LiveCall

PROMPT = " " * (MARGIN + CLOCK_WIDTH + 2) + "You".ljust(WHO_WIDTH + 2)


class Turns(Protocol):
    """Where a caller's turns come from. A turn that could not be taken is asked for again where `asks_again`."""

    @property
    def asks_again(self) -> bool:
        """Whether somebody is there to put a turn right."""

    def next(self, view: ConversationView | None) -> str | None:
        """The next turn, or None when there is none."""


class ScriptedTurns:
    """Turns that were written down before."""

    asks_again = False

    def __init__(self, turns: list[str]) -> None:
        self._left = iter(turns)

    def next(self, _view: ConversationView | None) -> str | None:
        """The next of them."""
        return next(self._left, None)


class TypedTurns:
    """Turns typed, or piped in: a prompt is shown where somebody is typing."""

    def __init__(self, *, prompting: bool) -> None:
        self.asks_again = prompting

    def next(self, view: ConversationView | None) -> str | None:
        """What is typed; the end of the input, and Ctrl-C, hang up."""
        if view is None or not self.asks_again:
            line = sys.stdin.readline()
            return line.rstrip("\r\n") if line else None
        try:
            typed = view.console.input(PROMPT)
        except (EOFError, KeyboardInterrupt):
            view.console.print()
            return None
        if view.console.is_terminal:
            # What was typed is shown again in its place, with the clock.
            view.console.control(Control((ControlType.CURSOR_UP, 1), (ControlType.ERASE_IN_LINE, 2)))
        return typed


class CallerSeat:
    """One call from the caller's side. Without a view, what is said is printed as JSON, one line for each.

    JSON has the times of `zone` (None: this machine's). `between` is called before each turn.
    """

    def __init__(
        self,
        live: LiveCall,
        turns: Turns,
        *,
        view: ConversationView | None,
        zone: tzinfo | None,
        between: Callable[[], None],
    ) -> None:
        self._live, self._turns, self._view, self._zone, self._between = live, turns, view, zone, between
        self._turn: str | None = None
        self.stopped_by = ""
        """Why a script could not be followed to its end; empty while it can."""

    def next_turn(self) -> str | None:
        """The caller's next turn; None hangs up."""
        self._between()
        self._turn = None if self.stopped_by else self._turns.next(self._view)
        return self._turn

    def show(self, at: float, who: str, words: str) -> None:
        """Show one line of the conversation: seconds since it began, who, and the words or keys."""
        if who == "network" and not self._turns.asks_again:
            self.stopped_by = f"{self._turn!r}: {words}"
            return
        instant = self._live.call.began + timedelta(seconds=at)
        if self._view is not None:
            self._view.show(instant, who, words)
        elif who == "network":
            click.echo(f"phonebot: {words}", err=True)
        else:
            print_json({"at": iso(instant.astimezone(self._zone)), "who": who, self._kind(who, words): words})

    def _kind(self, who: str, words: str) -> str:
        """Whether the caller pressed keys or said words that look like keys."""
        said = (self._turn or "").startswith("/say")
        return "keys" if who == "caller" and KEYS.fullmatch(words) and not said else "words"
