"""Commands run as programs of their own, as somebody's shell would: in an empty folder, with a bare environment."""

import os
import subprocess
import sys
from pathlib import Path

PHONEBOT = (sys.executable, "-c", "from phonebot.cli import main; main()")
NEEDED = ("PATH", "HOME", "LANG", "LC_ALL", "SYSTEMROOT")


def bare_environment(folder: Path, **more: str) -> dict[str, str]:
    """What any process needs and nothing of ours; temporary files go to a folder of their own, which is made."""
    temporary = folder / "temporary"
    temporary.mkdir(exist_ok=True)
    kept = {name: os.environ[name] for name in NEEDED if name in os.environ}
    return {**kept, "TMPDIR": str(temporary), **more}


def run_phonebot(folder: Path, *arguments: str, typed: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command in the folder to its end; `typed` is its standard input."""
    return subprocess.run(
        [*PHONEBOT, *arguments],
        cwd=folder,
        env=bare_environment(folder, **more),
        input=typed,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
