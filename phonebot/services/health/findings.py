"""What a doctor says of one thing: whether it is right, and if not, what to do."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, whether it is as it should be, and what there is to say of it in one line."""

    what: str
    ok: bool
    says: str


def right(what: str, says: str) -> Finding:
    """Something that is as it should be, or of which nothing can be told."""
    return Finding(what, True, says)


def wrong(what: str, says: str) -> Finding:
    """Something that is not right; `says` ends with what to do."""
    return Finding(what, False, says)
