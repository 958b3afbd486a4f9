"""Engines for the process that ChildTranscriber starts: each answers, hangs, dies or bloats as a test wants."""

import contextlib
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from phonebot.domain.transcript import Span, Transcript
from phonebot.speech.child_main import WORKING_BYTES
from phonebot.speech.errors import SpeechTrouble


def makes(**ways: str) -> "LittleEngine":
    """What the process calls; "does" in `ways` is done while the engine is being made."""
    made = LittleEngine(ways)
    if "does" in ways:
        made.transcribe(Path(ways["does"]))
    return made


class LittleEngine:
    """Does what a recording is named after, and otherwise says in words what it was given."""

    def __init__(self, ways: dict[str, str]) -> None:
        self._ways = ways
        self._heard = 0

    def transcribe(self, audio: Path, hints: Sequence[str] = ()) -> Transcript:
        """Do as the recording's name says."""
        self._heard += 1
        way = getattr(self, f"_{audio.stem}", None)
        if way is not None:
            return Transcript(str(way()))
        text = f"{audio} {','.join(hints)} {self._ways.get('greeting', '')} {self._heard}"
        return Transcript(text, (Span(0, 4), Span(5, 9)))

    def _hangs(self) -> None:
        time.sleep(60)

    def _hangs_deaf(self) -> None:
        os.kill(os.getpid(), signal.SIGSTOP)

    def _takes_its_time(self) -> str:
        time.sleep(0.5)
        return "in the end"

    def _exits(self) -> None:
        os._exit(3)

    def _crashes(self) -> None:
        os.kill(os.getpid(), signal.SIGSEGV)

    def _is_killed(self) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def _bloats(self) -> str:
        # Asked for and not written to, so that a process without a bound does not harm the machine either.
        return str(len(bytearray(WORKING_BYTES + 256 * 1024**2)))

    def _has_plenty(self) -> str:
        return str(len(bytearray(WORKING_BYTES // 2)))

    def _is_long(self) -> str:
        return "word " * 1_000_000

    def _chatters(self) -> str:
        sys.stdout.write('{"text": "not the answer", "doubtful": []}\n')
        sys.stdout.flush()
        return "the answer"

    def _mumbles(self) -> None:
        os.write(max(int(link.name) for link in Path("/proc/self/fd").iterdir() if _is_pipe(link)), b"no answer\n")
        time.sleep(60)

    def _is_sorry(self) -> None:
        raise SpeechTrouble("it is no recording", retryable=False)

    def _is_cut_off(self) -> None:
        raise SpeechTrouble("the model could not be fetched: no network")

    def _stumbles(self) -> None:
        raise KeyError("call me on 07700 900123")

    def _tells_of_itself(self) -> str:
        core = resource.getrlimit(resource.RLIMIT_CORE)[0]
        last = Path("/proc/self/oom_score_adj").read_text("ascii").strip()
        return f"{os.getpid()} {os.nice(0)} {core} {last} {os.environ['OMP_NUM_THREADS']}"

    def _names_its_variables(self) -> str:
        return " ".join(os.environ)

    def _starts_another(self) -> None:
        other = subprocess.Popen(["/bin/sleep", "60"], stdin=subprocess.DEVNULL)
        Path(self._ways["notes"]).write_text(str(other.pid), "ascii")
        time.sleep(60)

    def _works_on(self) -> None:
        Path(self._ways["notes"]).write_text(str(os.getpid()), "ascii")
        with contextlib.suppress(KeyboardInterrupt):
            time.sleep(60)


def _is_pipe(link: Path) -> bool:
    with contextlib.suppress(OSError):
        return str(link.readlink()).startswith("pipe:")
    return False
