"""What a test foresees: calls and texts by the app, odd answers; and what came that nobody asked for."""

import threading
from collections import Counter
from dataclasses import dataclass, field

from phonebot.simulator.postroom import Breach


@dataclass
class Expectations:
    """Counts what the app created against what the test claimed. Kinds are `call` (a Dial counts too) and `text`."""

    made: Counter[tuple[str, str]] = field(default_factory=Counter)
    claimed: Counter[tuple[str, str]] = field(default_factory=Counter)
    statuses: set[int] = field(default_factory=set)
    bad_documents: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, kind: str, to: str) -> None:
        """The app has created a call or a text."""
        with self._lock:
            self.made[kind, to] += 1

    def claim(self, kind: str, to: str, times: int) -> None:
        """The test expects so many of these."""
        with self._lock:
            self.claimed[kind, to] += times

    def claims(self, kind: str, to: str) -> bool:
        """Whether the test has claimed any of these."""
        return (kind, to) in self.claimed

    def unmet(self) -> list[str]:
        """Every call and text that was not claimed, and every claimed one that never came."""
        extra = [f"nobody asked for {n} {kind}(s) to {to}" for (kind, to), n in (self.made - self.claimed).items()]
        return extra + [f"{n} {kind}(s) to {to} never came" for (kind, to), n in (self.claimed - self.made).items()]

    def remaining(self, breaches: list[Breach]) -> list[Breach]:
        """The breaches that the test did not allow for."""
        return [
            breach
            for breach in list(breaches)
            if breach.status not in self.statuses and not (breach.document and self.bad_documents)
        ]
