"""The tables of flows/README.md say what the code knows, no more and no less."""

import re
from collections.abc import Mapping

from phonebot.dialog.fields import FIELDS
from phonebot.dialog.flow_file import KINDS
from phonebot.dialog.lint import DEEDS
from phonebot.dialog.vocabulary import CHOICES, WORDS
from phonebot.prompts import data_folder

README = (data_folder("flows") / "README.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    """The text under a heading."""
    return README.partition(f"## {title}\n")[2].partition("\n## ")[0]


def table(title: str) -> Mapping[str, frozenset[str]]:
    """A section's table: the name in the first column, and the names in the second."""
    rows = [row.split("|") for row in section(title).splitlines() if row.startswith("| `")]
    return {row[1].strip(" `"): frozenset(re.findall(r"`([^`]+)`", row[2])) for row in rows}


def test_every_kind_of_state_is_there() -> None:
    assert table("Kinds of state").keys() == KINDS.keys()


def test_every_field_is_there_with_its_outcomes() -> None:
    assert table("Fields") == {name: field.outcomes for name, field in FIELDS.items()}


def test_every_fact_is_there_with_its_values() -> None:
    assert table("Facts") == {name: values for name, (values, _) in CHOICES.items()}


def test_every_deed_is_there() -> None:
    assert table("Deeds").keys() == DEEDS


def test_every_value_is_there() -> None:
    assert set(re.findall(r"`\$(\w+)`", section("Values a prompt may be spoken with"))) == set(WORDS)
