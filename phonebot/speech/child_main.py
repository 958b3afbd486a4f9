"""The process in which recordings are put into words: started by ChildTranscriber, and ended with whoever started it.

Each line on its standard input is JSON: first `{"factory", "arguments"}`, then `{"audio", "hints"}` for each recording.
It answers each with a line: `{"text", "doubtful"}`, `{"trouble", "retryable"}`, or `{}` once the factory is done; with
`{"ends"}` too where it is its last, `{"not_ready"}` where no recording is at fault, and `{"failed"}` where the engine
raised what it is not meant to.
"""

import contextlib
import importlib
import json
import os
import queue
import resource
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final

from phonebot.speech.errors import NotReady, SpeechTrouble
from phonebot.speech.transcriber import Transcriber

WORKING_BYTES: Final = 2 * 1024**3
"""Memory that a recording may take beyond what the loaded engine has: tiny.en takes 0.3 GB for three minutes."""

NICER: Final = 5
"""How far behind others this process stands for the processor: callers who are on the line go first."""

Asked = dict[str, Any]


def main() -> None:
    """Answer until standard input ends, and end then, in whatever one is."""
    answers = _own_output()
    _stand_back()
    asked: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(asked,), daemon=True).start()
    for answer in _answers(asked):
        answers.write(json.dumps(answer) + "\n")
        answers.flush()
    # Python's own way out would wait for the thread that listens.
    os._exit(0)


def _own_output() -> IO[str]:
    """Standard output for our answers alone: what an engine prints goes to standard error."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return answers


def _stand_back() -> None:
    """Let callers go first, be the first to be killed where memory runs out, and leave no core with callers' words.

    A service manager tells the whole group to stop: what is being heard is finished, and the worker ends us by leaving.
    """
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    os.nice(NICER)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


def _listen(asked: queue.SimpleQueue[str]) -> None:
    """Take in what is asked; end the process when whoever asks is gone, even in the midst of a recording."""
    for line in sys.stdin:
        asked.put(line)
    os._exit(0)


def _answers(asked: queue.SimpleQueue[str]) -> Iterator[Asked]:
    order = json.loads(asked.get())
    try:
        transcriber = _made(order["factory"], order["arguments"])
    except Exception as error:
        # No recording was looked at yet: a model is missing, or the settings name another than there is.
        yield _trouble(error) | {"ends": True, "not_ready": True}
        return
    _bound_memory()
    yield {}
    while True:
        order = json.loads(asked.get())
        try:
            heard = transcriber.transcribe(Path(order["audio"]), order["hints"])
            yield {"text": heard.text, "doubtful": [(span.start, span.end) for span in heard.doubtful]}
        except MemoryError as error:
            # What is left of the engine is not to be trusted: the next recording is for another process.
            yield _trouble(error) | {"ends": True}
            return
        except Exception as error:
            yield _trouble(error)


def _made(factory: str, arguments: Asked) -> Transcriber:
    """What the factory, given as "module:function", makes of its arguments."""
    module, _, function = factory.partition(":")
    made: Transcriber = getattr(importlib.import_module(module), function)(**arguments)
    return made


def _trouble(error: Exception) -> Asked:
    if isinstance(error, SpeechTrouble):
        return {"trouble": str(error), "retryable": error.retryable, "not_ready": isinstance(error, NotReady)}
    # Its text may quote the recording or a key, so only its name crosses.
    return {"trouble": f"the engine failed: {type(error).__name__}", "retryable": True, "failed": True}


def _bound_memory() -> None:
    """Let the process have no more than it has now and its working memory, where the system can say what it has."""
    with contextlib.suppress(OSError, StopIteration, ValueError):
        status = Path("/proc/self/status").read_text("ascii", "replace").splitlines()
        has = 1024 * next(int(line.split()[1]) for line in status if line.startswith("VmData:"))
        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        wanted = has + WORKING_BYTES
        resource.setrlimit(resource.RLIMIT_DATA, (wanted if most < 0 else min(wanted, most), most))


if __name__ == "__main__":
    main()
