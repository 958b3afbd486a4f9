"""A live call from the person's side: a fluent tongue for tests, in which each step acts or asserts."""

import re
import wave
from typing import TYPE_CHECKING, Self

from phonebot.simulator.acts import HangUp, Joined, Keys, Patience, Recorded, Recording, Ringing, Silence, Speech, Talk
from phonebot.simulator.audio import seconds_in, speech_like

if TYPE_CHECKING:
    from phonebot.simulator.acts import Act
    from phonebot.simulator.call import Call


class LiveCall:
    """What a person on the telephone hears and does. Every step gives the call back, so that steps chain."""

    def __init__(self, call: "Call") -> None:
        self.call = call
        self._since = 0

    @property
    def sid(self) -> str:
        """The call's sid."""
        return self.call.sid

    @property
    def ended(self) -> bool:
        """Whether the call is over; a Dial still ringing or joined first takes its course."""
        self.waits()
        return self.call.over

    @property
    def status(self) -> str:
        """The call's status as the network reports it."""
        return self.call.status

    @property
    def seconds(self) -> float:
        """Seconds since the call began, by the virtual clock, recordings included."""
        return self.call.clock

    @property
    def seconds_without_recording(self) -> float:
        """Seconds since the call began less those recorded."""
        return self.call.clock - self.call.recorded_seconds

    @property
    def turns(self) -> int:
        """How often the person has answered the line: words, keys, silence or a recording."""
        return sum(1 for entry in self.call.transcript if entry.who == "caller" and entry.words != "(hangs up)")

    @property
    def transcript(self) -> list[tuple[float, str, str]]:
        """Everything so far: seconds since the call began, `line` or `caller`, words or keys."""
        return [(entry.at, entry.who, entry.words) for entry in self.call.transcript]

    @property
    def heard(self) -> list[str]:
        """What the line has said since the person's last act, sounds in brackets."""
        return [entry.words for entry in self.call.transcript[self._since :] if entry.who == "line"]

    @property
    def heard_in_all(self) -> list[str]:
        """What the line has said on the whole call."""
        return [entry.words for entry in self.call.transcript if entry.who == "line"]

    def hears(self, *keywords: str) -> Self:
        """Every keyword (whole words, case-blind) was said since the person's last act; waits out a Dial for it."""
        if any(not _says(self.heard, keyword) for keyword in keywords):
            self.waits()
        missing = [keyword for keyword in keywords if not _says(self.heard, keyword)]
        if missing:
            raise AssertionError(f"did not hear {missing}\n{self}")
        return self

    def does_not_hear(self, *keywords: str) -> Self:
        """None of the keywords was said since the person's last act."""
        self.waits()
        said = [keyword for keyword in keywords if _says(self.heard, keyword)]
        if said:
            raise AssertionError(f"heard {said}\n{self}")
        return self

    def hears_tone(self) -> Self:
        """The line is recording."""
        self.waits()
        if not isinstance(self.call.waiting, Recording):
            raise AssertionError(f"heard no tone\n{self}")
        return self

    def hears_goodbye(self) -> Self:
        """The line said something after the person's last act and then ended the call."""
        if not self.ended or self.call.ended_by != "line" or not self.heard:
            raise AssertionError(f"the line did not end the call after saying something\n{self}")
        return self

    def presses(self, keys: str, *, at_once: bool = False) -> Self:
        """Press keys, `at_once` without hearing the prompt out; a Record takes its finishing keys."""
        if isinstance(self.call.waiting, Joined):
            return self._does(Keys(keys), keys)
        return self._does(Keys(keys, at_once), keys, patient=True)

    def says(self, words: str, *, confidence: float | None = 0.9, at_once: bool = False) -> Self:
        """Say words; at a Record they are left as a recording of the length it takes to say them."""
        return self._does(Speech(words, confidence, at_once), words, patient=True)

    def stays_silent(self) -> Self:
        """Say and press nothing for as long as the line waits."""
        return self._does(Silence(), "(silence)", patient=True)

    def records(self, seconds: float = 5.0, then: str = "#", *, wav: bytes | None = None) -> Self:
        """Speak after the tone; `then` is the key that ends it, `hangup` or `silence`.

        A `wav` has its own length; if it is not a WAV file at all, it is kept as it is and said to last `seconds`.
        """
        self.waits()
        if not isinstance(self.call.waiting, Recording):
            raise AssertionError(f"there is no tone to speak after\n{self}")
        sound = speech_like(seconds) if wav is None else wav
        try:
            length = seconds_in(sound)
        except wave.Error:
            length = seconds
        self._does(Recorded(sound, length, then), f"(records {length:g} s, then {then})")
        if then == "hangup" and not self.call.over:
            self._does(HangUp(), "(hangs up)")
        return self

    def hangs_up(self) -> Self:
        """Hang up, wherever the call is: at a Record that is before the tone, at a Dial while it rings or is joined."""
        return self._does(HangUp(), "(hangs up)")

    def is_joined(self) -> Self:
        """Wait while it rings; the call is then joined with another telephone."""
        while isinstance(self.call.waiting, Ringing):
            self.call.do(Patience())
        if not isinstance(self.call.waiting, Joined):
            raise AssertionError(f"was not joined with anybody\n{self}")
        return self

    def talks(self, seconds: float) -> Self:
        """Talk for so many seconds once joined, and stay on; shorter when the other side has had enough before."""
        self.is_joined()
        return self._does(Talk(seconds), f"(talks for {seconds:g} s)")

    def waits(self) -> Self:
        """Let a Dial take its course, until the line listens or the call is over."""
        while isinstance(self.call.waiting, Ringing | Joined):
            self.call.do(Patience())
        return self

    def _does(self, act: "Act", words: str, *, patient: bool = False) -> Self:
        """Act once. Fails clearly when the call is already over."""
        if patient:
            self.waits()
        if self.call.over:
            raise AssertionError(f"the call is over; nobody is there for {words!r}\n{self}")
        self.call.note("caller", words)
        self._since = len(self.call.transcript)
        self.call.do(act)
        return self

    def __str__(self) -> str:
        return "\n".join([*(f"{at:6.1f}  {who:>6}  {words}" for at, who, words in self.transcript), *self._troubles()])

    def _troubles(self) -> list[str]:
        """How the call stands, and what the network has against the app so far."""
        state = f"over, by the {self.call.ended_by}" if self.call.over else f"waiting: {self.call.waiting}"
        return [f"({state})", *(f"breach: {breach.what}" for breach in self.call.network.breaches)]


def _says(heard: list[str], keyword: str) -> bool:
    """Whether the keyword occurs as whole words in what was heard, whatever the case and the spaces."""
    pattern = r"\s+".join(re.escape(word) for word in keyword.casefold().split())
    return bool(re.search(rf"(?<!\w){pattern}(?!\w)", " ".join(heard).casefold()))
