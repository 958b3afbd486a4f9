"""Kept conversations (*.call), readable as they are spoken; replaying them; and scripts of a caller's turns.

A kept conversation is a title, a few headings, and then who says what, in order:

    # Julie leaves a message for Sue
    to: +442079460100
    from: +442079460143
    at: 2026-11-24T10:42:00+00:00

    < Sue Cohen's line. It's Tuesday the 24th of November. …
    > Julie Smith, from Hartwell Dental.
    < Thanks, Julie. …
    > 1
    > /record 12 #
    > /hangup

`<` is the line, `>` the caller. What the caller does is words, or keys when there is nothing but digits, `*` and `#`,
or one of `/silence`, `/hangup`, `/record SECONDS [KEY, hangup or silence]`, `/say WORDS` (when they look like
keys) and `/at-once KEYS` (interrupting). Instead of seconds of vowels `/record` takes the path of a file, as in
`/record voicemail.wav #`, and leaves what is in it. Empty lines mean nothing.
"""

import re
import wave
from dataclasses import dataclass
from datetime import datetime
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from phonebot.simulator.audio import is_telephones, reader_of
from phonebot.simulator.caller import LiveCall

if TYPE_CHECKING:
    from phonebot.simulator.network import Network

KEYS = re.compile(r"[0-9*#]+")
HEADINGS = ("to", "from", "at")
ENDS = re.compile(r"[0-9*#]|hangup|silence")
SOUND = re.compile(r".*\.wav", re.IGNORECASE)


class ScriptError(ValueError):
    """A kept conversation or a caller's turn that cannot be read; the message names the line."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One line of a conversation: who, and the words, keys or /command."""

    who: Literal["line", "caller"]
    words: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """A whole kept conversation; `at` is the instant the call begins, with its offset."""

    title: str
    to: str
    caller: str
    at: datetime
    spoken: tuple[Spoken, ...]


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of playing a conversation again: the same conversation as it went now, and how the words differ."""

    conversation: Conversation
    differences: tuple[str, ...]


def read_conversation(text: str) -> Conversation:
    """Read a *.call file's text; raises ScriptError with the number of the line."""
    title, headings, spoken = "", dict[str, str](), list[Spoken]()
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        name, colon, value = line.partition(":")
        if not line:
            continue
        if line.startswith(("< ", "> ")):
            spoken.append(Spoken("line" if line[0] == "<" else "caller", line[2:].strip()))
        elif line.startswith("# ") and not headings and not spoken:
            title = line[2:].strip()
        elif colon and name in HEADINGS and not spoken:
            headings[name] = value.strip()
        else:
            raise ScriptError(f"line {number}: neither a heading nor words: {line!r}")
    missing = [name for name in HEADINGS if not headings.get(name)]
    if missing:
        raise ScriptError(f"no {missing[0]}: heading")
    at = _instant(headings["at"])
    return Conversation(title, headings["to"], headings["from"], at, tuple(spoken))


def write_conversation(conversation: Conversation) -> str:
    """The *.call text of a conversation."""
    marks = {"line": "<", "caller": ">"}
    return "\n".join(
        [
            f"# {conversation.title}",
            f"to: {conversation.to}",
            f"from: {conversation.caller}",
            f"at: {conversation.at.isoformat()}",
            "",
            *(f"{marks[each.who]} {each.words}" for each in conversation.spoken),
            "",
        ]
    )


def kept(title: str, live: LiveCall, turns: list[str]) -> Conversation:
    """A conversation out of a call that has just been had: the caller's turns as typed, the line's words as heard."""
    typed = iter(turns)
    spoken = [
        Spoken("line", words) if who == "line" else Spoken("caller", next(typed, words).strip() or "/silence")
        for _, who, words in live.transcript
    ]
    return Conversation(title, live.call.called, live.call.caller, live.call.began, tuple(spoken))


def replay(conversation: Conversation, network: "Network") -> Replay:
    """Have the conversation again and compare what the line says, word for word.

    Stops acting when the call is over early. The network's clock gives the instant; set it to `conversation.at`.
    """
    live = network.phone(conversation.caller).dials(conversation.to)
    turns = [each.words for each in conversation.spoken if each.who == "caller"]
    done: list[str] = []
    for turn in turns:
        if live.ended and turn != "/hangup":
            break
        take_turn(live, turn)
        done.append(turn)
    live.waits()
    again = kept(conversation.title, live, done)
    before, after = (write_conversation(each).splitlines()[5:] for each in (conversation, again))
    return Replay(again, tuple(unified_diff(before, after, "kept", "now", lineterm="", n=1)))


def take_turn(live: LiveCall, turn: str) -> None:
    """Do one turn of a caller as it is written in a script; an empty one is silence. Raises ScriptError."""
    words = turn.strip()
    command, _, rest = words.partition(" ")
    if not words or command == "/silence":
        live.stays_silent()
    elif command == "/hangup":
        if not live.call.over:
            live.hangs_up()
    elif command == "/record":
        _record(live, rest.split())
    elif command == "/say":
        live.says(rest)
    elif command == "/at-once" and KEYS.fullmatch(rest):
        live.presses(rest, at_once=True)
    elif command.startswith("/"):
        raise ScriptError(f"{command} is none of /silence, /hangup, /record, /say, /at-once")
    elif KEYS.fullmatch(words):
        live.presses(words)
    else:
        live.says(words)


def read_turns(path: Path) -> list[str]:
    """A script of a caller's turns: one a line, an empty line is silence; after the last the caller hangs up."""
    return [*path.read_text(encoding="utf-8").splitlines(), "/hangup"]


def _record(live: LiveCall, words: list[str]) -> None:
    """The /record command: seconds or a WAV file, whose path may hold spaces, then what ends it."""
    then = words.pop() if len(words) > 1 and ENDS.fullmatch(words[-1]) else "#"
    what = " ".join(words)
    if SOUND.fullmatch(what):
        live.records(then=then, wav=_sound(Path(what)))
        return
    if not words or not re.fullmatch(r"[0-9]+(\.[0-9]+)?", words[0]) or len(words) > 2:
        raise ScriptError(
            "/record needs seconds or the path of a WAV file, and may have a key, hangup or silence after"
        )
    if len(words) == 2:
        raise ScriptError(f"a recording is ended by a key, hangup or silence, not {words[1]!r}")
    live.records(float(words[0]), then)


def _sound(path: Path) -> bytes:
    """A WAV file as telephones record; of another kind no call's recording could be."""
    try:
        sound = path.read_bytes()
        with reader_of(sound) as reader:
            if is_telephones(reader):
                return sound
    except OSError as error:
        raise ScriptError(f"{path}: {error.strerror}") from error
    except wave.Error as error:
        raise ScriptError(f"{path} is no WAV file: {error}") from error
    raise ScriptError(f"{path} is no telephone's recording, which has 8000 Hz, one channel and 16 bits")


def _instant(text: str) -> datetime:
    """An instant with its offset."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise ScriptError(f"at: {error}") from error
    if instant.tzinfo is None:
        raise ScriptError(f"at: {text} has no offset")
    return instant
