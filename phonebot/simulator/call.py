"""One telephone call as the network carries it: asks for documents, follows their verbs, waits for the person."""

import math
import threading
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from phonebot.simulator.acts import Act, HungUp, LineDropped, Next, TimeUp, Wait
from phonebot.simulator.audio import seconds_in, seconds_of
from phonebot.simulator.courier import Answer, Webhook, split_overrides
from phonebot.simulator.dialling import dial
from phonebot.simulator.forms import Progress, call_parameters
from phonebot.simulator.listening import gather, record
from phonebot.simulator.recordings import KeptRecording
from phonebot.simulator.rules import TwimlRefused
from phonebot.simulator.twiml import read_document
from phonebot.simulator.verbs import Dial, Document, Gather, Hangup, Pause, Play, Record, Redirect, Reject, Say

if TYPE_CHECKING:
    from phonebot.simulator.network import Network

MOST_DOCUMENTS = 60
"""A call that has followed more than this many documents is going round in circles."""
APOLOGY = "We are sorry, an application error has occurred. Goodbye."
"""What the network itself says when the app has nothing usable to say."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a transcript: seconds since the call began, `line` or `caller`, the words or keys."""

    at: float
    who: str
    words: str


@dataclass(eq=False)
class Call:
    """A call between a person and the app. `clock` is the virtual time in seconds since it began; nothing sleeps.

    `whisper` marks a called leg, whose document may be empty (join them now). `progress` reports an outbound call's
    or leg's events; an inbound call reports only its end, to the number's status URL. At the second `hangs_up_at`
    the person hangs up, in the middle of what is being said. `longest` seconds after the answer the network
    ends the call; `recorded` is a call that the app wants recorded as a whole.
    """

    network: "Network"
    sid: str
    caller: str
    called: str
    direction: str = "inbound"
    parent_sid: str = ""
    forwarded_from: str = ""
    fallback: Next | None = None
    progress: Progress | None = None
    whisper: bool = False
    extra: dict[str, str] = field(default_factory=dict)
    status: str = "ringing"
    clock: float = 0.0
    recorded_seconds: float = 0.0
    answered_at: float | None = None
    hangs_up_at: float | None = None
    transcript: list[Entry] = field(default_factory=list)
    waiting: Wait | None = None
    ended_by: str = ""
    over: bool = False
    documents: int = 0
    longest: float = math.inf
    answered_by: str = ""
    recorded: bool = False
    legs: list["Call"] = field(default_factory=list)
    _hung_up: bool = False
    _steps: Generator[Wait, Act, None] | None = None
    _afterwards: list[Callable[[], None]] = field(default_factory=list)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def __post_init__(self) -> None:
        """Take the instant the call began from the network's clock."""
        self.began = self.network.now()

    @property
    def instant(self) -> datetime:
        """The call's present instant, in UTC."""
        return (self.began + timedelta(seconds=self.clock)).astimezone(UTC)

    @property
    def talk_seconds(self) -> float:
        """Seconds since the answer; 0 for a call that nobody answered."""
        return 0.0 if self.answered_at is None else max(0.0, self.clock - self.answered_at)

    @property
    def seconds_left(self) -> float:
        """Seconds until the network ends the call."""
        return max(0.0, self.longest - self.talk_seconds)

    def begin(self, first: Next | None) -> None:
        """Ask for the first document (None: there is none, the telephones are joined at once) and follow it."""
        self._steps = self._run(first)
        self._advance(None)

    def do(self, act: Act) -> None:
        """Let the person act, and go on until the call waits for them again or is over."""
        with self._lock:
            if not self.over:
                self._advance(act)

    def turn_to(self, following: Next) -> None:
        """Leave what the call is doing for another document, as a REST update does."""
        with self._lock:
            if self.over:
                return
            if self._steps is not None:
                self._steps.close()
            self._steps = self._run(following)
            self._advance(None)

    def note(self, who: str, words: str) -> None:
        """Add a line to the transcript."""
        self.transcript.append(Entry(self.clock, who, words))

    def speak(self, verb: Say | Play | Pause) -> None:
        """Say, play or pause: into the transcript and onto the clock."""
        match verb:
            case Say(words, times):
                for _ in range(max(1, times)):
                    self.note("line", words)
                    self.clock += seconds_of(words)
            case Pause(seconds):
                self.clock += seconds
            case Play(url, digits, times):
                length = max(1, times) * (0.5 * len(digits) if digits else self._length_of_sound(url))
                self.note("line", f"(keys {digits})" if digits else f"(sound, {length:.0f} s)")
                self.clock += length
        if self.hangs_up_at is not None and self.clock >= self.hangs_up_at:
            self.clock = self.hangs_up_at
            self.note("caller", "(hangs up)")
            raise HungUp

    def fetch(self, following: Next) -> Document:
        """Ask for a document, of the fallback when the first answer is no use; raises LineDropped when both are not."""
        self.documents += 1
        if self.documents > MOST_DOCUMENTS:
            self.network.breach(
                f"call {self.sid} followed more than {MOST_DOCUMENTS} documents: it goes round in circles"
            )
            raise LineDropped
        document, code = self._ask(following)
        if document is None and self.fallback is not None:
            trouble = (("ErrorCode", str(code)), ("ErrorUrl", split_overrides(following.url)[0]))
            document, _ = self._ask(Next(self.fallback.url, self.fallback.method, (*following.parameters, *trouble)))
        for task in self._afterwards:
            task()
        self._afterwards.clear()
        if document is None:
            raise LineDropped
        return document

    def keep_recording(self, sound: bytes, seconds: float) -> KeptRecording:
        """File a recording of this call where the REST side finds it."""
        return self.network.archive.keep(self, sound, seconds)

    def announce_recording(self, verb: Record, kept: KeptRecording | None) -> None:
        """Tell the recording's webhook after the action is answered, or before with `recording_first`; None: absent."""
        event = "completed" if kept else "absent"
        if not verb.status_url or event not in verb.status_events:
            return
        parameters = (kept or KeptRecording.absent(self)).announcement()
        webhook = Webhook("recording", verb.status_url, parameters, verb.status_method, self.sid)
        if self.network.mischief.recording_first or kept is None:
            self.network.post.notify(webhook)
        else:
            self._afterwards.append(lambda: self.network.post.notify(webhook))

    def hang_up_with(self, action: Next) -> None:
        """Report the last verb's result although the person is gone; the answer must be sound but is not followed."""
        self.status = "completed"
        self.fetch(action)

    def _advance(self, act: Act | None) -> None:
        """Run until the next wait, or to the end."""
        assert self._steps is not None
        try:
            self.waiting = next(self._steps) if act is None else self._steps.send(act)
        except StopIteration:
            self.waiting = None

    def _run(self, first: Next | None) -> Generator[Wait, Act, None]:
        """The whole life of the call from this document on; a called leg whose document just ends is ready to join."""
        following = first
        try:
            while following is not None:
                if not self.seconds_left:
                    raise TimeUp
                document = self.fetch(following)
                if document and isinstance(document[0], Reject):
                    self.end("busy" if document[0].reason == "busy" else "no-answer")
                    return
                following = yield from self._follow(document)
            if not self.whisper or self._hung_up:
                self.end("completed")
        except TimeUp:
            self.end("completed", "network")
        except HungUp:
            self.end("completed", "caller")
        except LineDropped:
            self.note("line", APOLOGY)
            self.end("completed" if self.answered_at is not None else "failed", "network")

    def _follow(self, document: Document) -> Generator[Wait, Act, Next | None]:
        """Follow the verbs of one document; gives the next document, or None when nothing is left to do."""
        self.answer()
        for verb in document:
            following: Next | None = None
            match verb:
                case Say() | Play() | Pause():
                    self.speak(verb)
                case Gather():
                    following = yield from gather(self, verb)
                case Record():
                    following = yield from record(self, verb)
                case Dial():
                    following = yield from dial(self, verb)
                case Redirect(url, method):
                    following = Next(url, method)
                case Hangup():
                    self._hung_up = True
            if following is not None:
                return following
        return None

    def answer(self) -> None:
        """The call is answered, if it was not yet."""
        if self.answered_at is None:
            self.answered_at = self.clock
            self.status = "in-progress"

    def end(self, status: str, by: str = "line") -> None:
        """The call is over (`by` line, caller or network): tell whoever asked to be told. Once only."""
        if self.over:
            return
        self.over, self.status, self.ended_by, self.waiting = True, status, by, None
        if self.recorded and self.answered_at is not None:
            self.network.archive.keep_whole(self, self.talk_seconds, "OutboundAPI")
        for leg in self.legs:
            leg.end("completed" if leg.answered_at is not None else "canceled")
        self.network.report_end(self)

    def _ask(self, following: Next) -> tuple[Document | None, int]:
        """One request for a document; None with the debugger's error code when the answer cannot be followed."""
        inline = self.network.inline.get(following.url)
        if inline is not None:
            return read_document(inline, "text/xml"), 0
        parameters = (*call_parameters(self), *following.parameters)
        webhook = Webhook("document", following.url, parameters, following.method, self.sid)
        answer: Answer = self.network.post.fetch(webhook)
        if not answer.good:
            return None, 11217 if answer.status else 11205
        try:
            return read_document(answer.body, answer.content_type, whisper=self.whisper), 0
        except TwimlRefused as error:
            self.network.breach(f"{following.url}: {error}", document=True)
            return None, error.code

    def _length_of_sound(self, url: str) -> float:
        """Fetch a sound to be played, as the network does (a signed GET without parameters); its length in seconds."""
        answer = self.network.post.fetch(Webhook("sound", url, (), "GET", self.sid))
        try:
            return seconds_in(answer.body) if answer.good else 0.0
        except Exception as error:
            self.network.breach(f"{url}: the sound to play is no WAV file ({error})")
            return 0.0
