"""One pure step a turn: take what was heard, walk the flow until it must wait, and say what to answer."""

from dataclasses import dataclass, replace

from phonebot.dialog import flow
from phonebot.dialog.deeds import (
    Deed,
    NoticeGiven,
    RecordingReplaced,
    TextsAnswered,
    Told,
    VerdictAsked,
    VerdictGiven,
)
from phonebot.dialog.dialogue import Dialogue
from phonebot.dialog.facts import Facts
from phonebot.dialog.fields import FIELDS, understand
from phonebot.dialog.heard import Heard, Recorded
from phonebot.dialog.said import (
    ComeBack,
    HangUp,
    Listen,
    Pause,
    Playback,
    Record,
    Reject,
    Transfer,
    Turn,
    Utterance,
    Wait,
)
from phonebot.dialog.understood import Failure
from phonebot.dialog.vocabulary import CHOICES, prompt
from phonebot.domain.away import office_message, pass_on_prompt
from phonebot.domain.commitment import PHONEBOT, Basis
from phonebot.domain.office import RECEPTION, Person
from phonebot.domain.recording import Purpose, holds_words
from phonebot.domain.spoken import Prompt

MOST_TURNS = 60
"""A call that has come this far is wound up kindly, whatever the flows say."""

MOST_VISITS = 8
"""How often one state listens in a call, failed or not, so that no choice of answers goes round for ever."""

RING_SECONDS = 20
"""How long an operator's phone rings at most."""

STEPS_WITHOUT_WAITING = 50
"""A flow that walks so many states without waiting goes round in circles; the check of the flows finds it first."""

MESSAGE_ENDS_ON = "#*0"


@dataclass(frozen=True, slots=True)
class Step:
    """The outcome of a turn: the call as it now stands, the answer, and what is to be done."""

    dialogue: Dialogue
    turn: Turn
    deeds: tuple[Deed, ...] = ()


def step(script: flow.Script, dialogue: Dialogue, heard: Heard, facts: Facts) -> Step:
    """Answer one turn. The first turn of a call hears nothing; `dialogue` is then fresh."""
    if dialogue.turn < 0:
        dialogue = replace(dialogue, asks_verdict=facts.asks_verdict, offers_texts=facts.offers_texts)
    walk = _Walk(script, dialogue, facts)
    if dialogue.turn < 0:
        state = dialogue.state
    else:
        state = walk.resume(heard)
        if sum(dialogue.visits.values()) >= MOST_TURNS:
            state = walk.wound_up(script.wind_up)
    turn = walk.run(state)
    return Step(replace(walk.call, turn=dialogue.turn + 1), turn, tuple(walk.deeds))


class _Walk:
    """The walk from what was heard to the next wait. It gathers; it touches nothing outside."""

    def __init__(self, script: flow.Script, dialogue: Dialogue, facts: Facts) -> None:
        self._script = script
        self._facts = facts
        self.call = dialogue
        self.deeds: list[Deed] = []
        self._said: list[Utterance] = []
        self._asked_again: str | None = None

    # What the waiting state makes of what was heard.

    def resume(self, heard: Heard) -> str:
        """The state that follows from what was heard where the call waited."""
        match self._script.states[self.call.state]:
            case flow.Ask() as ask:
                return self._answered(ask, heard)
            case flow.Record() as record:
                return self._recorded(record, heard)
            case flow.Transfer() as transfer:
                return self._rang_out(transfer, heard)
            case flow.ComeBack(to=to):
                return to
            case _:
                return self.call.state

    def _answered(self, ask: flow.Ask, heard: Heard) -> str:
        if heard.digits in ask.keys:
            return ask.keys[heard.digits]
        understood = understand(ask.field, heard, self.call, self._facts)
        if understood is Failure.NOINPUT and ask.silent:
            return ask.silent
        if isinstance(understood, Failure):
            self.call = self.call.failing()
            self._apologise(ask, understood)
            return self.call.state
        revised = self.call.revising and ask.revised and understood.outcome in ("filled", "yes")
        self.call = understood.dialogue
        if not revised:
            return self._asked_for(ask.on[understood.outcome])
        self.call = replace(self.call, revising=False)
        return ask.revised or ask.exhausted

    def _asked_for(self, state: str) -> str:
        """The next state. One that is asked again from the summing-up has all its tries once more."""
        if self.call.revising:
            left = {name: count for name, count in self.call.failures.items() if name != state}
            self.call = replace(self.call, failures=left)
        return state

    def _apologise(self, ask: flow.Ask, failure: Failure) -> None:
        """Speak the prompt for this failure at this try, where there is a try left; it asks again by itself."""
        if not self._exhausted(self.call.state, ask):
            ladder = _ladder(ask, failure)
            self._speak(ladder[min(self.call.failures[self.call.state], len(ladder)) - 1])
            self._asked_again = self.call.state

    def _exhausted(self, name: str, ask: flow.Ask) -> bool:
        failures, visits = self.call.failures.get(name, 0), self.call.visits.get(name, 0)
        return failures >= ask.tries or visits >= MOST_VISITS

    def _recorded(self, record: flow.Record, heard: Heard) -> str:
        recorded = heard.recorded
        kept = recorded is not None and holds_words(record.purpose, recorded.seconds)
        if recorded is not None and kept:
            self._keep_recording(record.purpose, recorded)
        if heard.digits in record.keys:
            return record.keys[heard.digits]
        return record.recorded if kept else record.silent

    def _keep_recording(self, purpose: Purpose, recorded: Recorded) -> None:
        before = self.call.name_recording if purpose is Purpose.NAME else self.call.recording
        if before and before != recorded.sid:
            self.deeds.append(RecordingReplaced(before))
        if purpose is Purpose.NAME:
            self.call = replace(self.call, name_recording=recorded.sid)
        else:
            self.call = replace(self.call, recording=recorded.sid, waits=0)

    def _rang_out(self, transfer: flow.Transfer, heard: Heard) -> str:
        if heard.accepted:
            self.call = replace(self.call, connected=True)
        return transfer.accepted if heard.accepted else transfer.nobody

    def wound_up(self, state: str) -> str:
        """The state that winds the call up. What was about to be said is left out: it may be a question."""
        self._said.clear()
        return state

    # Walking on until the flow must wait.

    def run(self, state: str) -> Turn:
        """Walk from a state to the next wait."""
        for _ in range(STEPS_WITHOUT_WAITING):
            found = self._enter(state)
            if not isinstance(found, str):
                return Turn(tuple(self._said), found)
            state = found
        raise RuntimeError(f"the flows go round in circles at {state}")

    def _enter(self, name: str) -> str | Wait:
        """Enter one state: the next state's name, or what to wait for."""
        match self._script.states[name]:
            case flow.Say() as say:
                return self._say(say)
            case flow.Choose(fact=fact, when=when):
                return when[CHOICES[fact][1](self.call, self._facts)]
            case flow.Away(whose=whose, then=then):
                self._say_away(whose)
                return then
            case flow.Ask() as ask:
                return self._ask(name, ask)
            case flow.Record() as record:
                self._speak(*record.prompts)
                self.call = self.call.entering(name)
                return Record(record.purpose, record.seconds, MESSAGE_ENDS_ON)
            case flow.Transfer() as transfer:
                return self._transfer(name, transfer)
            case flow.Play(then=then):
                self._said.append(Playback(self.call.recording or ""))
                return then
            case flow.ComeBack():
                self.call = self.call.entering(name)
                return ComeBack()
            case flow.Goodbye(then=then):
                self._say_goodbye()
                return then
            case flow.HangUp():
                self.call = self.call.entering(name)
                return HangUp()
            case flow.Reject():
                return Reject()

    def _say(self, say: flow.Say) -> str:
        self._speak(*say.prompts)
        if say.pause:
            self._said.append(Pause(say.pause))
        self._do(*say.deeds, prompts=say.prompts)
        return say.then

    def _do(self, *deeds: str, prompts: tuple[str, ...]) -> None:
        """Do deeds by name, in a state that speaks these prompts."""
        for deed in deeds:
            match deed:
                case "notice-given":
                    self.call = replace(self.call, notice_given=True)
                    self.deeds.append(NoticeGiven(prompts[0]))
                case "wait":
                    self.call = replace(self.call, waits=self.call.waits + 1)
                case "verdict-asked":
                    self.deeds.append(VerdictAsked())
                case "verdict-yes" | "verdict-no":
                    self.deeds.append(VerdictGiven(reached=deed == "verdict-yes"))
                case "texts-agreed" | "texts-refused":
                    self.deeds.append(TextsAnswered(deed == "texts-agreed", self._question_answered()))

    def _question_answered(self) -> tuple[Prompt, ...]:
        """The question the caller has just answered, as it was put."""
        asked = self._script.states[self.call.state]
        return tuple(map(self._prompt, asked.prompts)) if isinstance(asked, flow.Ask) else ()

    def _say_away(self, whose: str) -> None:
        person = self._facts.person(self.call.person) if whose == "person" else None
        heard = person.id if person else RECEPTION
        if heard in self.call.away_heard:
            return
        self.call = replace(self.call, away_heard=(*self.call.away_heard, heard))
        if person:
            self._say_whereabouts(person)
        else:
            self._said.extend(office_message(self._facts.office, self._facts.now).prompts)

    def _say_whereabouts(self, person: Person) -> None:
        """Say where somebody is. When they expect to be back is what they have said of themselves, and is kept."""
        away = self._facts.away(person)
        self._said.extend(away.prompts)
        if away.status is not None and away.back_latest is not None:
            rests_on = {"status_set_at": away.status.set_at.isoformat()}
            self.deeds.append(Told(away.prompts[1:], Basis.SAID, person.id, away.back_latest, rests_on))

    def _ask(self, name: str, ask: flow.Ask) -> str | Wait:
        """Listen, unless the caller has been here too often. A state asked again by its own apology asks no more."""
        if self._exhausted(name, ask):
            return ask.exhausted
        self.call = self.call.entering(name)
        field = FIELDS[ask.field]
        first = self._asked_again != name
        if field.entries and (first or field.entries_again):
            self._said.extend(field.entries(self.call, self._facts))
        if first:
            self._speak(*ask.prompts)
            self._do(*ask.deeds, prompts=ask.prompts)
        return Listen(ask.field, one_key=field.one_key, hints=field.hints(self.call, self._facts))

    def _transfer(self, name: str, transfer: flow.Transfer) -> Wait | str:
        shows_line = self._facts.caller.e164 is None
        person = self._facts.person(self.call.person)
        operator = self._facts.operator(self.call.mailbox)
        if transfer.target == "person" and person and person.phone:
            self.call = self.call.entering(name)
            return Transfer(person.id, person.phone, self._facts.line.ring, shows_line)
        if transfer.target == "operator" and operator:
            self.call = replace(self.call.entering(name), operator_rung=True)
            return Transfer(*operator, RING_SECONDS, shows_line)
        return transfer.nobody

    def _say_goodbye(self) -> None:
        facts, person = self._facts, self._facts.person(self.call.mailbox)
        passing_on = (
            pass_on_prompt(person, facts.away(person), facts.office, facts.now)
            if person
            else self._prompt("goodbye-office")
        )
        told = (passing_on, self._prompt("goodbye-no-promise"))
        self.deeds.append(Told(told, Basis.OURS, PHONEBOT, facts.now, {"mailbox": self.call.mailbox}))
        self._said.extend((self._prompt("goodbye-thanks"), *told, self._prompt("goodbye")))

    def _speak(self, *names: str) -> None:
        self._said.extend(self._prompt(name) for name in names)

    def _prompt(self, name: str) -> Prompt:
        return prompt(name, self._script.needs[name], self.call, self._facts)


def _ladder(ask: flow.Ask, failure: Failure) -> tuple[str, ...]:
    """The prompts for a failure, one for each try."""
    return {Failure.NOINPUT: ask.noinput, Failure.NOMATCH: ask.nomatch, Failure.WRONGKEY: ask.wrongkey}[failure]
