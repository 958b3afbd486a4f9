"""The strict reader of flows/*.toml: an unknown key, kind or type is refused with file and state."""

import tomllib
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from phonebot.dialog import flow
from phonebot.domain.recording import Purpose


class FlowMistake(Exception):
    """A flow that cannot be read. Its text is one line: where, and what is wrong."""


class _Table:
    """One state's table, read key by key; what is left over is a mistake."""

    def __init__(self, place: str, table: Mapping[str, Any], flow_name: str) -> None:
        self.place = place
        self._left = dict(table)
        self._flow = flow_name

    def take(self, key: str, kind: type, default: Any = None) -> Any:
        """The value of a key, of the kind wanted; without a default the key must be there."""
        if key not in self._left:
            if default is None:
                raise FlowMistake(f"{self.place}: {key} is missing")
            return default
        value = self._left.pop(key)
        if type(value) is not kind:
            raise FlowMistake(f"{self.place}: {key} should be a {kind.__name__}")
        return value

    def names(self, key: str, *, needed: bool = True) -> tuple[str, ...]:
        """A list of names, such as prompts."""
        names = self.take(key, list, None if needed else [])
        if not all(isinstance(name, str) for name in names):
            raise FlowMistake(f"{self.place}: {key} should be a list of names")
        return tuple(names)

    def state(self, key: str) -> str:
        """The full name of the state that a key names."""
        return self._full(self.take(key, str))

    def states(self, key: str, *, needed: bool = True) -> dict[str, str]:
        """A table from an answer, key or value to a state."""
        return {name: self._full(state) for name, state in self.take(key, dict, None if needed else {}).items()}

    def maybe_state(self, key: str) -> str | None:
        """The full name of the state that a key names, if it is there."""
        return self.state(key) if key in self._left else None

    def _full(self, state: Any) -> str:
        if not isinstance(state, str):
            raise FlowMistake(f"{self.place}: {state!r} should be the name of a state")
        return state if "." in state else f"{self._flow}.{state}"

    def nothing_left(self) -> None:
        """Refuse keys nobody asked for."""
        if self._left:
            raise FlowMistake(f"{self.place}: unknown key {', '.join(sorted(self._left))}")


def _say(table: _Table) -> flow.Say:
    return flow.Say(
        table.names("say"), table.state("then"), table.take("pause", int, 0), table.names("deeds", needed=False)
    )


def _ask(table: _Table) -> flow.Ask:
    return flow.Ask(
        field=table.take("ask", str),
        prompts=table.names("prompts"),
        noinput=table.names("noinput", needed=False),
        nomatch=table.names("nomatch", needed=False),
        wrongkey=table.names("wrongkey", needed=False),
        tries=table.take("tries", int),
        on=table.states("on"),
        exhausted=table.state("exhausted"),
        revised=table.maybe_state("revised"),
        keys=table.states("keys", needed=False),
        silent=table.maybe_state("silent"),
        deeds=table.names("deeds", needed=False),
    )


def _record(table: _Table) -> flow.Record:
    purpose = table.take("record", str)
    if purpose not in set(Purpose):
        raise FlowMistake(f"{table.place}: record should be one of {', '.join(Purpose)}")
    return flow.Record(
        purpose=Purpose(purpose),
        prompts=table.names("prompts"),
        seconds=table.take("seconds", int),
        recorded=table.state("recorded"),
        silent=table.state("silent"),
        keys=table.states("keys", needed=False),
    )


def _flag(table: _Table, key: str) -> None:
    if not table.take(key, bool):
        raise FlowMistake(f"{table.place}: {key} can only be true")


def _play(table: _Table) -> flow.Play:
    _flag(table, "play")
    return flow.Play(table.state("then"))


def _goodbye(table: _Table) -> flow.Goodbye:
    _flag(table, "goodbye")
    return flow.Goodbye(table.state("then"))


def _hang_up(table: _Table) -> flow.HangUp:
    _flag(table, "hangup")
    return flow.HangUp()


def _reject(table: _Table) -> flow.Reject:
    _flag(table, "reject")
    return flow.Reject()


KINDS: Mapping[str, Callable[[_Table], flow.State]] = {
    "say": _say,
    "away": lambda table: flow.Away(table.take("away", str), table.state("then")),
    "ask": _ask,
    "record": _record,
    "transfer": lambda table: flow.Transfer(
        table.take("transfer", str), table.state("accepted"), table.state("nobody")
    ),
    "choose": lambda table: flow.Choose(table.take("choose", str), table.states("when")),
    "play": _play,
    "come_back": lambda table: flow.ComeBack(table.state("come_back")),
    "goodbye": _goodbye,
    "hangup": _hang_up,
    "reject": _reject,
}
"""The key that names a state's kind, and how the rest of its table is read."""


def read_script(folder: Path, needs: Mapping[str, Collection[str]]) -> flow.Script:
    """Read every flow of a folder into one script. Raises FlowMistake on the first thing that is not right.

    `needs` says for each prompt there is which values it is spoken with.
    """
    states: dict[str, flow.State] = {}
    for path in sorted(folder.glob("*.toml")):
        states.update(_read_flow(path))
    if not states:
        raise FlowMistake(f"{folder}: no flows here")
    return flow.Script(states, needs)


def _read_flow(path: Path) -> dict[str, flow.State]:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise FlowMistake(f"{path.name}: {error}") from error
    if tables.pop("hangup", None) != "keep":
        raise FlowMistake(f'{path.name}: a flow says what a hang-up does; the one thing known is hangup = "keep"')
    return {f"{path.stem}.{name}": _read_state(path, name, table) for name, table in tables.items()}


def _read_state(path: Path, name: str, table: Any) -> flow.State:
    place = f"{path.name} [{name}]"
    if not isinstance(table, dict):
        raise FlowMistake(f"{path.name}: unknown key {name}")
    kinds = [kind for kind in KINDS if kind in table]
    if len(kinds) != 1:
        raise FlowMistake(f"{place}: a state has just one of {', '.join(KINDS)}")
    reader = _Table(place, table, path.stem)
    state = KINDS[kinds[0]](reader)
    reader.nothing_left()
    return state
