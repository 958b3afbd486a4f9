"""What a recording says, as a machine heard it, and which stretches of it may be wrong."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text: the places of its first character and of the one after its last."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Transcript:
    """The words of a recording, and the stretches of them that may be wrong, in order and apart; empty: no speech."""

    text: str
    doubtful: tuple[Span, ...] = ()

    @property
    def marked(self) -> str:
        """The text with every doubtful stretch in brackets and questioned: "about invoice [4417?] before Friday"."""
        pieces, at = [], 0
        for span in self.doubtful:
            pieces += [self.text[at : span.start], "[", self.text[span.start : span.end], "?]"]
            at = span.end
        return "".join([*pieces, self.text[at:]])


class Hearing(StrEnum):
    """How far a recording has been put into words. MISSING: it could not be, and never will be."""

    PENDING = "pending"
    HEARD = "heard"
    MISSING = "missing"
