"""Server and worker processes as they run in earnest, and what they cost."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench.ground import cpu_seconds

COMMAND = (sys.executable, "-c", "from phonebot.cli import main; main()")
PHONEBOT = (*COMMAND, "serve")
SETTINGS = ("--worker-class", "gthread", "--workers", "2", "--threads", "4", "--no-control-socket")
"""How `phonebot serve` sets gunicorn up; the floor is served with the same."""

FLOOR = (sys.executable, "-m", "gunicorn", *SETTINGS, "bench.floor:served()")
STARTING_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Process:
    """A process that was started, with whatever it starts."""

    pid: int
    base: str = ""

    def cpu(self) -> float:
        """User and system seconds so far."""
        return cpu_seconds(self.pid)

    def worker_memory(self) -> list[int]:
        """Resident bytes of each child process."""
        return [child.memory_info().rss for child in psutil.Process(self.pid).children(recursive=True)]

    def memory(self) -> int:
        """Resident bytes of the process itself."""
        return int(psutil.Process(self.pid).memory_info().rss)


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def web(command: Sequence[str], environ: Mapping[str, str], log: Path) -> Iterator[Process]:
    """Serve on a free port until the block ends, at the public address of that port. What is said goes into `log`."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    whole = [*command, "--bind", f"127.0.0.1:{port}"] if command == FLOOR else command
    with _started(whole, {**environ, "PORT": str(port), "PUBLIC_URL": base}, log) as process:
        _wait_for(f"{base}/health", process, log)
        yield Process(process.pid, base)


@contextmanager
def worker(environ: Mapping[str, str], log: Path) -> Iterator[Process]:
    """Run a worker until the block ends."""
    with _started([*COMMAND, "worker"], environ, log) as process:
        yield Process(process.pid)


@contextmanager
def _started(command: Sequence[str], environ: Mapping[str, str], log: Path) -> Iterator["subprocess.Popen[bytes]"]:
    with log.open("ab") as said:
        process = subprocess.Popen(command, env={**os.environ, **environ}, stdout=said, stderr=said)
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_for(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Until the address answers; RuntimeError with what was said if it never does."""
    deadline = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"{address} does not answer:\n{log.read_text(errors='replace')[-3000:]}")
