"""What the demonstration plays: four calls to the sample office, and what staff see of each."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from rich.console import Console
from rich.text import Text

from phonebot.cli.conversation_view import ConversationView, readable_number
from phonebot.cli.demo_clock import DemoClock
from phonebot.cli.message_view import mailbox_name, message_card, messages_of_call
from phonebot.cli.own_phonebot import OwnPhonebot
from phonebot.domain.message import State
from phonebot.domain.times import instant_of
from phonebot.services.statuses import Note, set_status
from phonebot.simulator import LiveCall
from phonebot.simulator.terminal import converse
from phonebot.store.messages import KeptMessage
from phonebot.worker.loop import Worker

JULIE, NADIA, OMAR, GRACE = "+442079460143", "+447700900871", "+447700900385", "+447700900612"
SUES_NOTE, TOMS_NOTE = "in meetings until half past two", "in"
STALE = ("meeting", "half past two", "three")
"""What belongs to Tuesday, and may not be heard on Wednesday."""

RECORDED = 8.0
"""Seconds that Julie speaks after the tone."""

JULIES_TURNS = (
    "Julie Smith, from Hartwell Dental.",
    "Yes.",
    "Last month's invoice, it was charged twice.",
    "Tomorrow, after three.",
    f"/record {RECORDED:g}",
    "Yes.",
)
OMARS_TURNS = ("Omar Haddad.", "Yes.", "/hangup")

FIRST_QUESTION_SECONDS, LONGEST_CALL_SECONDS, MOST_TURNS = 15, 75, 7
"""The budget of a call: when the first question has been asked, the whole without the recording, and its turns."""

SOON, RETRIED = timedelta(seconds=1), timedelta(seconds=3)
"""How soon the worker sees what there is to do, and longer than it waits before it tries a recording again."""


NOT_READY, FETCHED = "(asks for the recording, which is not ready yet)", "(fetches the recording)"


class NotAsItShould(Exception):
    """Something in the demonstration did not happen as it should. The text says what should have."""


@dataclass
class Show:
    """The demonstration on its stage: the phonebot, its worker and clock, and the screen. `day` is a Tuesday."""

    own: OwnPhonebot
    worker: Worker
    clock: DemoClock
    console: Console
    day: date
    view: ConversationView = field(init=False)

    def __post_init__(self) -> None:
        """Show clocks of the office's zone."""
        self.view = ConversationView(self.console, self.own.book.office.hours.zone)
        self.sue = next(line.number for line in self.own.book.lines if line.answers == "sue")

    def play(self) -> None:
        """The whole show; raises NotAsItShould at the first thing that is not as it should be."""
        self._people_say_where_they_are()
        self._julie_leaves_a_message()
        self._reception_takes_a_call()
        self._omar_hangs_up_halfway()
        self._the_day_after()
        self._nobody_has_a_complaint()

    def _people_say_where_they_are(self) -> None:
        """Sue is in meetings, Tom is in."""
        self._scene(9, 5, "Sue and Tom say where they are")
        for whom, note in (("sue", SUES_NOTE), ("tom", TOMS_NOTE)):
            set_status(self.own.database, whom, Note(note), self.clock())
            self.console.print(Text.assemble(("  $ ", "dim"), f'phonebot status set {whom} "{note}"'))
            self.view.pause(note)

    def _julie_leaves_a_message(self) -> None:
        """The main job: what is true today, and a message taken properly."""
        self._scene(10, 42, f"Julie Smith rings Sue's line from {readable_number(JULIE)}")
        call = self._call(JULIE, "Julie", JULIES_TURNS)
        asked_by = next(at for at, who, _ in call.transcript if who == "caller")
        talk = call.seconds_without_recording
        self._holds(
            call.call.ended_by == "line" and asked_by <= FIRST_QUESTION_SECONDS,
            f"The first question was asked within {asked_by:.0f} s of the answer, and the line said goodbye.",
        )
        self._holds(
            call.turns <= MOST_TURNS and talk <= LONGEST_CALL_SECONDS,
            f"It took {call.turns} turns and {talk:.0f} s, the recording apart.",
        )
        self._holds(self._message(call), "Staff have her message as soon as she has hung up.")
        self._worker_fetches_the_sound(call)
        kept = self._shown_to_staff(call)
        given = kept.message.answers
        self._holds(
            kept.message.complete and given.number == JULIE and given.company and kept.told,
            "Everything she gave is there, in her words, with what she was told.",
        )

    def _worker_fetches_the_sound(self, call: LiveCall) -> None:
        """The network refuses a recording that is not ready yet, so the worker tries it again."""
        self.console.print()
        for wait in (SOON, RETRIED):
            self.clock.goes_on(wait)
            self.worker.drain()
            sound = self._message(call).recording
            fetched = sound is not None and sound.path is not None
            self.view.show(self.clock(), "worker", FETCHED if fetched else NOT_READY)
        self.console.print()
        kept_at = self.own.settings.media_dir / (sound.path or "nowhere") if sound else None
        self._holds(
            sound and sound.seconds == RECORDED and kept_at and kept_at.is_file(),
            "Her recording is here too, at its full length.",
        )

    def _reception_takes_a_call(self) -> None:
        """0 is for a person, who has to say that they take the call."""
        reception = self.own.book.office.reception or ""
        self._scene(11, 20, f"Somebody on {readable_number(NADIA)} would rather have a person, and presses 0")
        self.own.network.expects_call(reception)
        self.own.network.phone(reception).answers(presses="1", after=6.0, talks_for=95.0)
        call = self._call(NADIA, "Caller", ("0",))
        self._holds(
            call.call.legs
            and call.call.legs[0].answered_at
            and any("(joined" in words for _, _, words in call.transcript),
            "Reception took the call by pressing 1. Had nobody, the caller would hear so, and could leave a message.",
        )
        self._holds(not self._messages(call), "Nothing is owed, so nothing is listed.")

    def _omar_hangs_up_halfway(self) -> None:
        """What was given is kept; after expected-back only the later bound is spoken."""
        self._scene(14, 40, "Sue is late; Omar Haddad rings, and hangs up halfway")
        call = self._call(OMAR, "Omar", OMARS_TURNS)
        heard = " ".join(call.heard_in_all)
        self._holds("half past two" not in heard, "Half past two has gone by, so it is not said any more.")
        kept = self._shown_to_staff(call)
        given = kept.message.answers
        self._holds(
            not kept.message.complete and given.name and given.number == OMAR,
            "What he gave before he hung up is kept, and marked as incomplete.",
        )

    def _the_day_after(self) -> None:
        """No status, so no whereabouts, and no word of yesterday's."""
        self.day += timedelta(days=1)
        self._scene(10, 42, "The day after: nobody has said where Sue is")
        call = self._call(GRACE, "Caller", ("/hangup",))
        heard = " ".join(call.heard_in_all).lower()
        self._holds(
            f"{self.day:%A}".lower() in heard and not any(word in heard for word in STALE),
            "The line says today's date, and nothing of yesterday's meetings.",
        )
        (missed,) = self._messages(call) or (None,)
        self._holds(missed and missed.message.state is State.MISSED, "Nothing was left: a missed call, listed apart.")

    def _nobody_has_a_complaint(self) -> None:
        """The network was answered as it must be, and rang nobody who was not to be rung."""
        requests = len(self.own.network.deliveries)
        try:
            self.own.network.close()
        except AssertionError as complaint:
            raise NotAsItShould(str(complaint)) from complaint
        self.console.print()
        self._holds(requests, f"{requests} signed requests were answered, and the network has no complaint.")

    def _scene(self, hour: int, minute: int, title: str) -> None:
        """Turn the clock to this local time, and say what is to be seen."""
        self.clock.is_at(instant_of(self.day, time(hour, minute), self.own.book.office.hours.zone))
        when = f"{self.day:%A} {self.day.day} {self.day:%B} {self.day.year}, {hour:02}:{minute:02}"
        self.console.print()
        self.console.print(Text(when, "dim"))
        self.console.print(Text(title, "bold"))
        self.console.print()
        self.view.pause(title)

    def _call(self, caller: str, name: str, turns: Sequence[str]) -> LiveCall:
        """Have a call to Sue's line, shown as it happens; the clock goes along with it."""
        live = self.own.network.phone(caller).dials(self.sue)
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

    def _messages(self, call: LiveCall) -> list[KeptMessage]:
        return messages_of_call(self.own.database, call.sid, call.call.began)

    def _message(self, call: LiveCall) -> KeptMessage:
        """The one message of a call; raises NotAsItShould where there is another number of them."""
        kept = self._messages(call)
        if len(kept) != 1:
            raise NotAsItShould(f"Staff have one message of this call; they have {len(kept)}.")
        return kept[0]

    def _shown_to_staff(self, call: LiveCall) -> KeptMessage:
        """The one message of a call, shown as staff see it."""
        kept = self._message(call)
        mailbox = mailbox_name(self.own.book, kept.message.mailbox)
        self.console.print()
        self.console.print(message_card(kept, mailbox, self.own.book.office.hours.zone))
        self.view.pause("a card takes a moment longer to read than a line does, and is worth it")
        return kept

    def _holds(self, holds: object, claim: str) -> None:
        """Say that something is as it should be; raise NotAsItShould where it is not."""
        if not holds:
            raise NotAsItShould(claim)
        self.view.claim(claim)


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
