"""Telephones: their numbers, their habits when they are called, and dialling from one."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from phonebot.simulator.acts import Act, HangUp, Keys, Listening, Patience, Recorded, Recording, Silence, Speech
from phonebot.simulator.audio import speech_like
from phonebot.simulator.caller import LiveCall
from phonebot.simulator.texts import Fate

if TYPE_CHECKING:
    from phonebot.simulator.call import Call
    from phonebot.simulator.network import Network

GREETING = "The person you are calling cannot come to the phone. Please leave a message after the tone."


@dataclass(frozen=True)
class Habit:
    """What a telephone does when it is called; seconds. `unclaimed` is the habit nobody chose: it just rings.

    `taken_for` is what machine detection makes of it when that is not the truth (human, machine_start, unknown, ...).
    """

    kind: Literal["unclaimed", "answers", "voicemail", "rings out", "busy", "refuses", "unreachable", "forwards"]
    after: float = 3.0
    presses: str = ""
    says: str = ""
    talks_for: float = 60.0
    hangs_up: bool = False
    forwards_to: str = ""
    as_itself: bool = False
    taken_for: str = ""
    script: "Callable[[LiveCall], object] | None" = None


@dataclass
class Phone:
    """One telephone of the network, by its number as caller ID shows it (`anonymous`: withheld).

    `texts_received` are the app's, as they arrived; `told_by_network` is what the network itself answered to STOP,
    START and HELP.
    """

    network: "Network"
    number: str
    habit: Habit = Habit("unclaimed")
    calls: "list[Call]" = field(default_factory=list)
    fate: Fate = field(default_factory=Fate)
    texts_received: list[str] = field(default_factory=list)
    told_by_network: list[str] = field(default_factory=list)

    def answers(
        self,
        presses: str = "",
        *,
        after: float = 3.0,
        says: str = "",
        talks_for: float = 60.0,
        hangs_up: bool = False,
        taken_for: str = "",
        script: Callable[[LiveCall], object] | None = None,
    ) -> "Phone":
        """A person answers after so many seconds and presses these keys, or says these words, when first asked.

        With `hangs_up` they hang up when first asked; with a `script` they do what it does with the live call.
        """
        return self._is(Habit("answers", after, presses, says, talks_for, hangs_up, taken_for=taken_for, script=script))

    def voicemail(self, greets_for: float = 45.0, *, after: float = 15.0, taken_for: str = "") -> "Phone":
        """A voicemail answers, talks for so many seconds, presses nothing and keeps the line open."""
        return self._is(Habit("voicemail", after, says=GREETING, talks_for=greets_for, taken_for=taken_for))

    def rings_out(self) -> "Phone":
        """Nobody answers."""
        return self._is(Habit("rings out"))

    def busy(self) -> "Phone":
        """The telephone is engaged."""
        return self._is(Habit("busy", 1.0))

    def refuses(self, *, after: float = 4.0) -> "Phone":
        """Somebody declines the call, which the network reports as busy."""
        return self._is(Habit("refuses", after))

    def unreachable(self) -> "Phone":
        """The number cannot be reached: the call fails."""
        return self._is(Habit("unreachable", 2.0))

    def forwards_to(self, number: str, *, after: float = 15.0, as_itself: bool = False) -> "Phone":
        """Not answered, the telephone forwards to this number; to a line of ours that is a new call coming in.

        `as_itself`: its carrier shows the telephone's own number as the caller, and does not say what was forwarded.
        """
        return self._is(Habit("forwards", after, forwards_to=number, as_itself=as_itself))

    def texts_arrive(self) -> "Phone":
        """Texts to the telephone are delivered, as at first."""
        return self._gets(Fate())

    def texts_fail(self, code: int, *, status: str = "undelivered") -> "Phone":
        """Texts are taken on and then fail for this reason (30006: a land line; 30003: switched off)."""
        return self._gets(Fate(("sent", status) if status == "undelivered" else (status,), code))

    def texts_only_sent(self) -> "Phone":
        """Texts arrive, but the carrier never says so: `sent` is the last that is heard of them."""
        return self._gets(Fate(("sent",)))

    def texts_refused(self, code: int) -> "Phone":
        """Texts to the telephone are not even taken on (21211: no such number; 21408: not to that country)."""
        return self._gets(Fate(refused=code))

    def dials(self, number: str, *, extra: dict[str, str] | None = None, hangs_up_at: float | None = None) -> LiveCall:
        """Call a number; `extra` parameters are posted with every request of the call.

        `hangs_up_at` is a second of the call at which the caller hangs up, in the middle of whatever is being said.
        """
        habit = self.network.phone(number).habit
        if habit.kind == "forwards":
            call = forward(self.network, self.number, number, habit, extra=extra or {}, hangs_up_at=hangs_up_at)
        else:
            call = self.network.call_in(self.number, number, extra=extra or {}, hangs_up_at=hangs_up_at)
        self.calls.append(call)
        return LiveCall(call)

    def texts(self, number: str, words: str) -> list[str]:
        """Send a text message to a line; the replies that the app gives in its answer."""
        return self.network.text_in(self.number, number, words)

    @property
    def heard(self) -> list[str]:
        """What was said to this telephone on the last call that reached it."""
        return [entry.words for entry in self.calls[-1].transcript if entry.who == "line"] if self.calls else []

    def _gets(self, fate: Fate) -> "Phone":
        """Have this become of texts to the telephone from now on."""
        self.fate = fate
        return self

    def _is(self, habit: Habit) -> "Phone":
        """Take on a habit."""
        self.habit = habit
        return self


@dataclass
class Reached:
    """What comes of ringing a telephone: whether and after how many seconds it answers, else the status it leaves."""

    answered: bool
    after: float
    status: str
    habit: Habit
    inner: "Call | None" = None

    @property
    def talks_for(self) -> float:
        """How long the telephone talks once it is joined."""
        return self.habit.talks_for

    def release(self) -> None:
        """The leg is gone: a call that the telephone had forwarded into a line of ours is hung up with it."""
        if self.inner is not None:
            self.inner.do(HangUp())


def forward(network: "Network", caller: str, called: str, habit: Habit, **facts: Any) -> "Call":
    """The call that comes in to a line because the telephone `called` forwards to it."""
    if habit.as_itself:
        return network.call_in(called, habit.forwards_to, **facts)
    return network.call_in(caller, habit.forwards_to, forwarded_from=called, **facts)


def ring(network: "Network", leg: "Call", limit: float) -> Reached:
    """Ring the telephone a leg calls for at most `limit` seconds."""
    phone = network.phone(leg.called)
    phone.calls.append(leg)
    habit = phone.habit
    if leg.parent_sid and (habit.kind == "unclaimed" or network.expected.claims("call", leg.called)):
        network.expected.note("call", leg.called)
    if leg.called in network.lines:
        return _ring_line(network, leg, leg.called, replace(habit, after=0.0), limit)
    match habit.kind:
        case "busy" | "refuses":
            return Reached(False, min(habit.after, limit), "busy", habit)
        case "unreachable":
            return Reached(False, habit.after, "failed", habit)
        case "forwards" if habit.after <= limit:
            return _ring_line(network, leg, habit.forwards_to, habit, limit)
        case "answers" | "voicemail" if habit.after <= limit:
            return Reached(True, habit.after, "completed", habit)
    return Reached(False, limit, "no-answer", habit)


def _ring_line(network: "Network", leg: "Call", line: str, habit: Habit, limit: float) -> Reached:
    """The call arrives at a line of ours: it answers, unless the app rejects it or the line is no line of ours."""
    if line not in network.lines:
        return Reached(False, limit, "no-answer", habit)
    inner = network.call_in(leg.caller, line) if line == leg.called else forward(network, leg.caller, leg.called, habit)
    if inner.over:
        return Reached(False, habit.after, inner.status, habit)
    return Reached(True, habit.after, "completed", replace(habit, kind="voicemail"), inner)


def drive(call: "Call", reached: Reached) -> None:
    """Let the called telephone act by its habit until the call is over or has nothing more to ask of it."""
    habit = reached.habit
    if habit.script is not None:
        live = LiveCall(call)
        habit.script(live)
        live.waits()
        if not call.over and call.waiting is not None:
            live.hangs_up()
        return
    acted = False
    while call.waiting is not None:
        act = _next_act(call, habit, acted)
        acted = acted or isinstance(act, Keys | Speech)
        call.do(act)


def _next_act(call: "Call", habit: Habit, acted: bool) -> Act:
    """What the telephone does at this wait; it presses its keys or says its words once only (`acted`: it has)."""
    wait = call.waiting
    if habit.hangs_up:
        return HangUp()
    if isinstance(wait, Recording):
        return Recorded(speech_like(habit.talks_for), habit.talks_for, "hangup")
    if not isinstance(wait, Listening):
        return Patience()
    if habit.presses and wait.gather.keys and not acted:
        call.note("caller", habit.presses)
        return Keys(habit.presses)
    if habit.says and wait.gather.speech and not acted:
        call.note("caller", habit.says)
        return Speech(habit.says)
    return Silence()
