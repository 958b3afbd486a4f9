"""A transcriber that works in a process of its own: an engine that hangs, dies or bloats takes nothing with it."""

import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

import soundfile

from phonebot.config import Settings
from phonebot.domain.transcript import Span, Transcript
from phonebot.speech.errors import EngineFailed, NotReady, SpeechTrouble

MAIN: Final = "phonebot.speech.child_main"
SECRETS: Final = frozenset(
    f"{field.validation_alias}{ending}"
    for field in Settings.model_fields.values()
    if "SecretStr" in repr(field.annotation)
    for ending in ("", "_FILE")
)
"""Variables that the process is not to have: an engine is others' code, and is handed the one key that is its own."""

TOLD_TO_STOP: Final = "the worker was told to stop"

MOST_ANSWERED: Final = 1024 * 1024
"""Bytes of an answer at most: an hour of speech is 60 kB."""

ONE_THREAD: Final = {"OMP_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1", "TOKENIZERS_PARALLELISM": "false"}
"""More threads would take more processor time for the same words, and take it from callers."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long things may take, in seconds of the clock.

    `start` may hold a model of gigabytes coming over the network; `load` loads one that is there. A recording may take
    `each`, and `per_second` for each of its seconds; with a process started for it never more than `whole`, which
    leaves a job within its lease.
    """

    start: float = 3600
    load: float = 120
    each: float = 60
    per_second: float = 6
    whole: float = 270

    def of(self, audio: Path) -> float:
        """The seconds that a recording may take."""
        try:
            with audio.open("rb") as file:
                length = float(soundfile.info(file).duration)
        except (OSError, RuntimeError):
            # Not for us to judge: the engine says what is wrong with it.
            length = 0.0
        return min(self.each + self.per_second * length, self.whole)


class ChildTranscriber:
    """Starts its process when first asked, keeps it and its model, and starts another when that one is gone.

    `factory` is "module:function", called there with `arguments`; it gives a Transcriber. May be asked from any thread,
    one recording at a time. Whoever makes one closes it.
    """

    def __init__(self, factory: str, arguments: Mapping[str, Any], limits: Limits | None = None) -> None:
        self._order = {"factory": factory, "arguments": dict(arguments)}
        self._limits = limits or Limits()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.close()

    def start(self) -> None:
        """Have the engine ready, with all the time it takes to fetch a model; raise NotReady if it cannot be."""
        with self._lock:
            self._start(self._limits.start)

    def transcribe(self, audio: Path, hints: Sequence[str] = ()) -> Transcript:
        """As every Transcriber does; raise NotReady where the engine cannot be made, or not in time.

        Raise EngineFailed where it hangs, dies or fails at the recording.
        """
        until = time.monotonic() + self._limits.whole
        if not self._lock.acquire(timeout=self._limits.load):
            # A model may be coming over the network, which takes longer than any recording may.
            raise NotReady("the transcriber is not ready yet")
        try:
            self._start(self._limits.load)
            seconds = min(self._limits.of(audio), max(0.0, until - time.monotonic()))
            answer = self._ask({"audio": str(audio.absolute()), "hints": list(hints)}, seconds)
        finally:
            self._lock.release()
        return Transcript(answer["text"], tuple(Span(start, end) for start, end in answer["doubtful"]))

    def close(self) -> None:
        """End the process, even while another thread has a recording heard, which raises NotReady there."""
        self._closed = True
        if (process := self._process) is not None:
            _kill(process)
        with self._lock:
            self._end()

    def _start(self, seconds: float) -> None:
        """Have a process that is ready, unless there is one. It is known to `close` before that is looked at.

        Raise NotReady, whatever keeps it from being ready: no recording was looked at yet.
        """
        if self._process is not None and self._process.poll() is None:
            return
        self._end()
        self._process = _started()
        if self._closed:
            self._end()
            raise NotReady(TOLD_TO_STOP)
        try:
            self._ask(self._order, seconds)
        except NotReady:
            raise
        except SpeechTrouble as trouble:
            raise NotReady(str(trouble)) from trouble

    def _ask(self, asked: Mapping[str, Any], seconds: float) -> dict[str, Any]:
        """What the process answers within so many seconds; if it does not, it is ended. Raise SpeechTrouble.

        Once we are closed, whatever goes wrong comes of that: raise NotReady.
        """
        assert self._process is not None
        try:
            _tell(self._process, json.dumps(asked).encode() + b"\n")
            answer: dict[str, Any] = json.loads(_line(self._process, time.monotonic() + seconds))
        except (OSError, ValueError, EOFError, TimeoutError) as error:
            why = self._end_of(error, seconds)
            raise (NotReady(TOLD_TO_STOP) if self._closed else EngineFailed(why)) from error
        if "ends" in answer:
            self._end()
        if answer.get("not_ready"):
            raise NotReady(answer["trouble"])
        if answer.get("failed"):
            raise EngineFailed(answer["trouble"])
        if "trouble" in answer:
            raise SpeechTrouble(answer["trouble"], retryable=answer["retryable"])
        return answer

    def _end_of(self, error: Exception, seconds: float) -> str:
        """End the process, and say why in a line."""
        assert self._process is not None
        died = self._process.poll() if not isinstance(error, EOFError) else _code(self._process)
        self._end()
        if isinstance(error, TimeoutError):
            return f"the transcriber gave no answer in {seconds:.0f} seconds"
        if died is not None and died < 0:
            return f"the transcriber was ended by {signal.Signals(-died).name}"
        return f"the transcriber ended (code {died})" if died is not None else "the transcriber's answer was no answer"

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        _kill(process)
        process.wait()
        for pipe in (process.stdin, process.stdout):
            assert pipe is not None
            with suppress(OSError):
                pipe.close()


def _started() -> subprocess.Popen[bytes]:
    """The process, in a session of its own: what is typed at the worker's terminal, Ctrl-C too, does not reach it."""
    try:
        return subprocess.Popen(  # noqa: S603 - our own module, by our own Python
            [sys.executable, "-P", "-m", MAIN],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            env={name: value for name, value in os.environ.items() if name not in SECRETS} | ONE_THREAD,
            start_new_session=True,
        )
    except OSError as error:
        raise NotReady(f"the transcriber cannot be started: {error.strerror}") from error


def _tell(process: subprocess.Popen[bytes], line: bytes) -> None:
    """Write a line without waiting: a process that does not read has hung. Raise OSError."""
    assert process.stdin is not None
    os.set_blocking(process.stdin.fileno(), False)
    if os.write(process.stdin.fileno(), line) != len(line):
        raise BlockingIOError(0, "it does not read")


def _line(process: subprocess.Popen[bytes], until: float) -> bytes:
    """The next line; raise TimeoutError, EOFError where the process has ended, ValueError where the line has no end."""
    assert process.stdout is not None
    pipe = process.stdout.fileno()
    waiting, line = select.poll(), b""
    waiting.register(pipe, select.POLLIN)
    while not line.endswith(b"\n"):
        if not waiting.poll(max(0.0, until - time.monotonic()) * 1000):
            raise TimeoutError
        piece = os.read(pipe, 65_536)
        if not piece:
            raise EOFError
        line += piece
        if len(line) > MOST_ANSWERED:
            raise ValueError("too long")
    return line


def _code(process: subprocess.Popen[bytes]) -> int | None:
    """What a process ended with whose output has ended; nothing where it goes on without one."""
    try:
        return process.wait(1)
    except subprocess.TimeoutExpired:
        return None


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill the process and what it has started, since its session is its group; unless it has ended already."""
    if process.poll() is None:
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
