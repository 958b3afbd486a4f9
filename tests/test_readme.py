"""What the README says of the commands is what they say of themselves."""

import re
from pathlib import Path

from phonebot.cli import COMMANDS

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def test_every_command_is_in_the_readme_in_its_own_words() -> None:
    listed = re.findall(r"^\| `phonebot (\w+)` \| (.+) \|$", README, re.MULTILINE)

    assert listed == [(name, what) for name, (_, what) in COMMANDS.items()]


def test_every_file_the_readme_points_to_is_there() -> None:
    for path in re.findall(r"\]\(([\w/.]+)\)", README):
        assert (Path(__file__).parent.parent / path).is_file(), path
