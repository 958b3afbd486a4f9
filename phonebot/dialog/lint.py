"""What is wrong with the flows, found without making a call: `phonebot check` prints it, and the tests allow none."""

from collections.abc import Iterator, Mapping

from phonebot.dialog import flow
from phonebot.dialog.engine import MESSAGE_ENDS_ON
from phonebot.dialog.fields import FIELDS
from phonebot.dialog.people_fields import PER_PERSON
from phonebot.dialog.vocabulary import CHOICES, WORDS

ANSWERS: Mapping[str, tuple[str, frozenset[str]]] = {
    "verdict-yes": ("verdict", frozenset({"yes"})),
    "verdict-no": ("verdict", frozenset({"no"})),
    "texts-agreed": ("texts", frozenset({"yes"})),
    "texts-refused": ("texts", frozenset({"no", "exhausted"})),
}
"""Deeds that keep a caller's answer: the field that was asked, and the ways out of it that may lead to them."""

DEEDS = frozenset({"notice-given", "wait", "verdict-asked", *ANSWERS})
KEYS = frozenset("0123456789*#")
TARGETS = frozenset({"person", "operator"})
WHOSE = frozenset({"person", "office"})
PER_PERSON_VALUES = frozenset({"name", "key", "by", "team", "extension"})
"""What the prompt that is spoken for each person a key is offered for is given."""

LONGEST_RECORDING = 180
"""Seconds; what is longer nobody listens to, and a recording without a bound would fill the disk."""

GOODBYE_PROMPTS = ("goodbye-thanks", "goodbye-office", "goodbye-no-promise", "goodbye")


def mistakes(script: flow.Script) -> list[str]:
    """Every mistake in the flows, one line each, in the flows' order."""
    found: list[str] = []
    for name, state in script.states.items():
        found += [f"{name}: {wrong}" for wrong in _wrong_in(state, script)]
    needed = {script.start: "where every call begins", script.wind_up: "which winds up a call that goes on too long"}
    found += [f"there is no state {name}, {why}" for name, why in needed.items() if name not in script.states]
    if found:
        return found
    return [*_unreachable(script), *_circles(script), *_heard_twice(script), *_unanswered(script)]


def _wrong_in(state: flow.State, script: flow.Script) -> Iterator[str]:
    for prompt in _prompts_of(state):
        yield from _wrong_prompt(prompt, frozenset(WORDS), script)
    if isinstance(state, flow.Ask) and state.field in FIELDS and FIELDS[state.field].entries:
        yield from _wrong_prompt(PER_PERSON, PER_PERSON_VALUES, script)
    yield from _unknown_states(state, script)
    match state:
        case flow.Say() as say:
            yield from _wrong_say(say)
        case flow.Away(whose=whose) if whose not in WHOSE:
            yield f"nobody's away message is called {whose}"
        case flow.Ask() as ask:
            yield from _wrong_ask(ask)
        case flow.Record() as record:
            yield from _wrong_record(record)
        case flow.Transfer(target=target) if target not in TARGETS:
            yield f"unknown target {target}"
        case flow.Choose(fact=fact, when=when):
            yield from _wrong_choice(fact, when)


def _wrong_deeds(deeds: tuple[str, ...]) -> Iterator[str]:
    yield from (f"unknown deed {deed}" for deed in deeds if deed not in DEEDS)


def _wrong_say(say: flow.Say) -> Iterator[str]:
    yield from _wrong_deeds(say.deeds)
    if not say.prompts:
        yield "say has nothing to say"
    if say.pause < 0:
        yield "pause should be a number of seconds"


def _wrong_record(record: flow.Record) -> Iterator[str]:
    yield from _wrong_keys(record.keys)
    yield from (f"key {key} does not end a recording" for key in record.keys if key in KEYS - set(MESSAGE_ENDS_ON))
    if not record.prompts:
        yield "prompts has nothing to say"
    if not 1 <= record.seconds <= LONGEST_RECORDING:
        yield f"seconds should be from 1 to {LONGEST_RECORDING}"


def _unknown_states(state: flow.State, script: flow.Script) -> Iterator[str]:
    lone = flow.Script({"lone": state}, script.needs)
    yield from (f"unknown state {target}" for target in lone.targets("lone") if target not in script.states)


def _wrong_prompt(prompt: str, supplied: frozenset[str], script: flow.Script) -> Iterator[str]:
    if prompt not in script.needs:
        yield f"unknown prompt {prompt}"
        return
    yield from (
        f"prompt {prompt} needs ${need}, which nobody supplies" for need in sorted(set(script.needs[prompt]) - supplied)
    )
    if prompt.startswith("commit-"):
        yield f"prompt {prompt} makes a commitment, and no deed here writes one"


def _wrong_ask(ask: flow.Ask) -> Iterator[str]:
    if ask.field not in FIELDS:
        yield f"unknown field {ask.field}"
        return
    outcomes = FIELDS[ask.field].outcomes
    yield from (f"no way on when the field is {outcome}" for outcome in sorted(outcomes - set(ask.on)))
    yield from (f"field {ask.field} is never {outcome}" for outcome in sorted(set(ask.on) - outcomes))
    if not ask.prompts:
        yield "prompts has nothing to say"
    if ask.tries < 1:
        yield "tries should be at least 1"
    yield from _wrong_ladders(ask)
    yield from _wrong_keys(ask.keys)
    yield from _wrong_deeds(ask.deeds)


def _wrong_ladders(ask: flow.Ask) -> Iterator[str]:
    """What asks again must have words where there is another try, and none where there is not."""
    for name, ladder in (("noinput", ask.noinput), ("nomatch", ask.nomatch), ("wrongkey", ask.wrongkey)):
        asked_again = ask.tries > 1 and not (name == "noinput" and ask.silent)
        if asked_again and not ladder:
            yield f"{name} has nothing to say"
        if ladder and not asked_again:
            yield f"{name} is never said"


def _wrong_keys(keys: Mapping[str, str]) -> Iterator[str]:
    yield from (f"{key!r} is not a key" for key in keys if key not in KEYS)


def _wrong_choice(fact: str, when: Mapping[str, str]) -> Iterator[str]:
    if fact not in CHOICES:
        yield f"unknown fact {fact}"
        return
    possible = CHOICES[fact][0]
    yield from (f"no way on when {fact} is {value}" for value in sorted(possible - set(when)))
    yield from (f"{fact} is never {value}" for value in sorted(set(when) - possible))


def _prompts_of(state: flow.State) -> tuple[str, ...]:
    match state:
        case flow.Say(prompts=prompts) | flow.Record(prompts=prompts):
            return prompts
        case flow.Ask() as ask:
            return (*ask.prompts, *ask.noinput, *ask.nomatch, *ask.wrongkey)
        case flow.Goodbye():
            return GOODBYE_PROMPTS
        case _:
            return ()


def _unreachable(script: flow.Script) -> Iterator[str]:
    reached, waiting = {script.start}, [script.start]
    while waiting:
        for target in script.targets(waiting.pop()):
            if target not in reached:
                reached.add(target)
                waiting.append(target)
    yield from (f"{name}: nobody ever comes here" for name in script.states if name not in reached)


def _circles(script: flow.Script) -> Iterator[str]:
    """Circles a caller can sit in: of states that never wait, or of waits without a bound on visits."""
    asks = {name for name, state in script.states.items() if isinstance(state, flow.Ask)}
    never_waits = (set(script.states) - _waits(script)) | asks
    yield from _circle_among(_given_up(script), never_waits, "never waits for the caller")
    yield from _circle_among(script, set(script.states) - asks - _counted(script), "has no bound on tries")


def _given_up(script: flow.Script) -> flow.Script:
    """The flows as they are for a caller whose every try is used up: a question only leads on."""
    leads_on = {name: flow.Say((), ask.exhausted) for name, ask in script.states.items() if isinstance(ask, flow.Ask)}
    return flow.Script({**script.states, **leads_on}, script.needs, script.start)


def _waits(script: flow.Script) -> set[str]:
    waiting = (flow.Ask, flow.Record, flow.Transfer, flow.ComeBack)
    return {name for name, state in script.states.items() if isinstance(state, waiting)}


def _counted(script: flow.Script) -> set[str]:
    """States that bound a circle otherwise: an operator is rung once a call, and a wait for a recording is counted."""
    counts = {"operator", "playback", "missing"}
    return {name for name, state in script.states.items() if isinstance(state, flow.Choose) and state.fact in counts}


def _circle_among(script: flow.Script, among: set[str], why: str) -> Iterator[str]:
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> Iterator[str]:
        if name in path:
            yield f"{name}: a caller can go round here for ever; the circle {why}"
        elif name not in done:
            for target in script.targets(name):
                if target in among:
                    yield from visit(target, (*path, name))
            done.add(name)

    for name in script.states:
        if name in among:
            yield from visit(name, ())


def _heard_twice(script: flow.Script) -> Iterator[str]:
    """An away message from which a path leads to an away message of the same kind: it would be heard twice."""
    for name, state in script.states.items():
        if not isinstance(state, flow.Away):
            continue
        reached, waiting = set[str](), [name]
        while waiting:
            for target in script.targets(waiting.pop()):
                again = script.states[target]
                if isinstance(again, flow.Away) and again.whose == state.whose:
                    yield f"{name}: its away message can be heard twice, again at {target}"
                    return
                if target not in reached:
                    reached.add(target)
                    waiting.append(target)


def _unanswered(script: flow.Script) -> Iterator[str]:
    """A deed that keeps an answer, in a state that can be come to without that answer."""
    for name, state in script.states.items():
        deeds = [deed for deed in state.deeds if deed in ANSWERS] if isinstance(state, flow.Say | flow.Ask) else []
        for deed in deeds:
            field, outcomes = ANSWERS[deed]
            for before in script.states:
                if not _ways(script, before, name, field) <= outcomes:
                    yield f"{name}: {deed} can be done without that answer, coming from {before}"


def _ways(script: flow.Script, before: str, name: str, field: str) -> frozenset[str]:
    """How one state leads to another: outcomes of the field, "exhausted", or "otherwise"."""
    state = script.states[before]
    if not isinstance(state, flow.Ask) or state.field != field:
        return frozenset({"otherwise"} if name in script.targets(before) else ())
    ways = [*state.on.items(), ("exhausted", state.exhausted)]
    ways += [("otherwise", target) for target in (state.revised, state.silent, *state.keys.values()) if target]
    return frozenset(way for way, target in ways if target == name)
