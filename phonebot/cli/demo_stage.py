"""The stage of the demonstration: a phonebot, its worker and clock, the screen; a scene, a call, a claim."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from email.message import EmailMessage
from pathlib import Path

from rich.console import Console
from rich.text import Text

from phonebot.cli.conversation_view import ConversationView
from phonebot.cli.demo_clock import DemoClock
from phonebot.cli.demo_post import DemoPost
from phonebot.cli.message_view import mailbox_name, message_card, messages_of_call
from phonebot.cli.own_phonebot import OwnPhonebot
from phonebot.domain.office import Person
from phonebot.domain.times import instant_of
from phonebot.services.messages.reading import message_called
from phonebot.simulator import LiveCall
from phonebot.simulator.terminal import converse
from phonebot.store.messages import KeptMessage
from phonebot.worker.loop import Worker

JULIE, NADIA, OMAR, GRACE = "+442079460143", "+447700900871", "+447700900385", "+447700900612"
CALLERS = (JULIE, NADIA, OMAR, GRACE)


class NotAsItShould(Exception):
    """Something in the demonstration did not happen as it should. The text says what should have."""


@dataclass
class Stage:
    """Where the demonstration is played, and on which day it is just now.

    `voicemail` is a WAV file that is left after a tone, where recordings are put into words.
    """

    own: OwnPhonebot
    post: DemoPost
    worker: Worker
    clock: DemoClock
    console: Console
    day: date
    voicemail: Path | None = None
    view: ConversationView = field(init=False)

    def __post_init__(self) -> None:
        """Show clocks of the office's zone."""
        self.view = ConversationView(self.console, self.own.book.office.hours.zone)
        self.sues_line = next(line.number for line in self.own.book.lines if line.answers == "sue")

    def person(self, person: str) -> Person:
        """Somebody of the office, by their id."""
        found = self.own.book.person(person)
        assert found is not None  # the sample office has them
        return found

    def scene(self, hour: int, minute: int, title: str) -> None:
        """Turn the clock to this local time, and say what is to be seen."""
        self.clock.is_at(instant_of(self.day, time(hour, minute), self.own.book.office.hours.zone))
        when = f"{self.day:%A} {self.day.day} {self.day:%B} {self.day.year}, {hour:02}:{minute:02}"
        self.console.print()
        self.console.print(Text(when, "dim"))
        self.console.print(Text(title, "bold"))
        self.console.print()
        self.view.pause(title)

    def command(self, words: str) -> None:
        """Show a command that has the same effect as what is done next."""
        self.console.print(Text.assemble(("  $ ", "dim"), words))
        self.view.pause(words)

    def holds(self, holds: object, claim: str) -> None:
        """Say that something is as it should be; raise NotAsItShould where it is not."""
        if not holds:
            raise NotAsItShould(claim)
        self.view.claim(claim)

    def call(self, caller: str, name: str, turns: Sequence[str]) -> LiveCall:
        """Have a call to Sue's line, shown as it happens; the clock goes along with it."""
        live = self.own.network.phone(caller).dials(self.sues_line)
        shown = LegsShown(live)
        self.view.labels = {"caller": name}
        left = iter(turns)

        def next_turn() -> str | None:
            self.clock.is_at(live.call.instant)
            return next(left, None)

        def show(at: float, who: str, words: str) -> None:
            if who == "network":
                raise NotAsItShould(f"The line lets the caller have their turn, but: {words}")
            for leg_at, leg_who, leg_words in shown.until(at):
                self.view.show(live.call.began + timedelta(seconds=leg_at), leg_who, leg_words)
            self.view.show(live.call.began + timedelta(seconds=at), who, words)

        converse(live, next_turn, show)
        self.clock.is_at(live.call.instant)
        self.console.print()
        return live

    def works(self, after: timedelta) -> None:
        """So much later the worker does what is due, and the calls it places take their course."""
        self.clock.goes_on(after)
        self.worker.drain()
        self.own.network.settle()

    def mails_to(self, person: str, since: datetime) -> list[EmailMessage]:
        """What somebody has had by mail since that instant (aware), to the second."""
        begin = since.replace(microsecond=0)
        return [mail for mail in self.post.to(self.person(person).email or "") if mail["Date"].datetime >= begin]

    def messages(self, call: LiveCall) -> list[KeptMessage]:
        """What staff have of a call."""
        return messages_of_call(self.own.database, call.sid, call.call.began)

    def message(self, call: LiveCall) -> KeptMessage:
        """The one message of a call; raises NotAsItShould where there is another number of them."""
        kept = self.messages(call)
        if len(kept) != 1:
            raise NotAsItShould(f"Staff have one message of this call; they have {len(kept)}.")
        return kept[0]

    def shown_to_staff(self, reference: str) -> KeptMessage:
        """The message with that reference, shown as staff see it."""
        kept = message_called(self.own.database, reference)
        mailbox = mailbox_name(self.own.book, kept.message.mailbox)
        self.console.print()
        self.console.print(message_card(kept, mailbox, self.own.book.office.hours.zone))
        self.view.pause("a card takes a moment longer to read than a line does, and is worth it")
        return kept


@dataclass
class LegsShown:
    """What is said on the telephones that are rung for a caller, and how much of it has been shown."""

    live: LiveCall
    count: int = 0

    def until(self, at: float) -> list[tuple[float, str, str]]:
        """What has been said and done there since the last time, up to that second of the call."""
        said = [entry for leg in self.live.call.legs for entry in leg.transcript if entry.at <= at]
        new, self.count = said[self.count :], len(said)
        return [
            (entry.at, "line", f"(to reception) {entry.words}")
            if entry.who == "line"
            else (entry.at, "reception", entry.words)
            for entry in new
        ]
