"""What a caller meant by when they would like the call: one or more parts of time, and whether that is sure."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of time, aware and in the zone asked for; None at either end where it is open. The end is excluded."""

    start: datetime | None
    end: datetime | None


@dataclass(frozen=True, slots=True)
class Window:
    """The parts in the order of time, none where the words were not understood, and the words themselves.

    `sure` is False where another reading is likely enough that the caller should be asked.
    """

    parts: tuple[Part, ...]
    said: str
    sure: bool = False

    @property
    def understood(self) -> bool:
        """Whether the words were understood at all."""
        return bool(self.parts)

    @property
    def start(self) -> datetime | None:
        """The start of the first part; None where it is open or nothing was understood."""
        return self.parts[0].start if self.parts else None

    @property
    def end(self) -> datetime | None:
        """The end of the last part; None where it is open or nothing was understood."""
        return self.parts[-1].end if self.parts else None
