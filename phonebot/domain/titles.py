"""What stands before a name and is no part of it: "Dr", "Mrs"."""

TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "mx", "mister", "missus", "dr", "doctor", "prof", "professor", "sir", "dame", "lady"}
) | {"lord", "rev", "reverend", "captain"}
"""Titles in lower case and without a full stop."""


def without_title(name: str) -> str:
    """The name without a title before it; with it, where only a surname follows: "Mr Bean"."""
    first, _, rest = name.strip().partition(" ")
    return rest.strip() if first.lower().strip(".") in TITLES and " " in rest.strip() else name.strip()
