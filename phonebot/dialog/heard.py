"""What one webhook told us the caller did: pressed, said, recorded, waited through a transfer, or nothing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recording that has ended. `seconds` is its length before trimming, rounded down by Twilio."""

    sid: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Heard:
    """One turn of the caller's. All empty is silence; `confidence` is the recogniser's, 0 to 1, where it gave one."""

    digits: str = ""
    speech: str = ""
    confidence: float | None = None
    recorded: Recorded | None = None
    hung_up: bool = False
    accepted: bool = False

    @property
    def silent(self) -> bool:
        """Whether the caller neither pressed nor said anything."""
        return not self.digits and not self.speech.strip()
