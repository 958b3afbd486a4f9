"""Writes the kept conversations of tests/calls anew: `python -m tests.renew_calls [NAME …]`, then review `git diff`.

What the callers do stays as it is written; what the line says is written down as it says it now. For a new
conversation write the headings and the caller's lines only, run this, and read whether the line says the right thing.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from phonebot.simulator.script import write_conversation
from phonebot.store.schema import migrate
from tests.kept_calls import KeptCall, kept_calls, replayed
from tests.running import running


def renew(kept: KeptCall) -> bool:
    """Write one conversation anew; whether anything was different."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'phonebot.db'}"
        migrate(url)
        with running(Path(folder), url) as phonebot:
            again = replayed(phonebot, kept)
    kept.path.write_text(write_conversation(again.conversation), encoding="utf-8")
    return bool(again.differences)


def main(names: list[str]) -> int:
    """Renew the conversations with these names, or all."""
    for kept in kept_calls():
        if not names or kept.name in names:
            print("renewed " if renew(kept) else "the same", kept.name)  # noqa: T201 - a tool for the terminal
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
