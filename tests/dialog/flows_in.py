"""Small flows written to a folder and read back, for the tests of what may not stand in one."""

from collections.abc import Collection, Mapping
from pathlib import Path

from phonebot.dialog.flow import Script
from phonebot.dialog.flow_file import read_script

PROMPTS: Mapping[str, Collection[str]] = {"hello": (), "bye": (), "ask": (), "offer": ("ending",)}
"""The prompts that small flows may speak, each with the values it is spoken with."""


def script_of(
    folder: Path, *, needs: Mapping[str, Collection[str]] = PROMPTS, hangup: str = "keep", **flows: str
) -> Script:
    """The script of flows given by name; each begins with what a hang-up does."""
    for name, text in flows.items():
        (folder / f"{name}.toml").write_text(f'hangup = "{hangup}"\n{text}', encoding="utf-8")
    return read_script(folder, needs)
