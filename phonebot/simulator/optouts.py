"""Texts that the network itself understands: STOP and its kin, START and HELP, each one word and nothing else."""

import threading
from dataclasses import dataclass, field

STOP_WORDS = frozenset({"stop", "stopall", "unsubscribe", "cancel", "end", "quit"})
START_WORDS = frozenset({"start", "yes", "unstop"})
HELP_WORDS = frozenset({"help", "info"})
STOPPED = "You have successfully been unsubscribed. You will not receive any more messages from this number."
STARTED = "You have successfully been re-subscribed to messages from this number."
HELPED = "Reply STOP to unsubscribe. Msg&Data Rates May Apply."


@dataclass
class OptOuts:
    """Which telephones want no texts from which line."""

    _out: set[tuple[str, str]] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def understand(self, sender: str, line: str, words: str) -> str:
        """Act on a text that comes in; what the network answers of its own accord, empty for any other text."""
        word = words.strip().casefold()
        pair = (sender, line)
        with self._lock:
            if word in STOP_WORDS:
                self._out.add(pair)
                return STOPPED
            if word in START_WORDS and pair in self._out:
                self._out.remove(pair)
                return STARTED
        return HELPED if word in HELP_WORDS else ""

    def refuses(self, to: str, sender: str) -> bool:
        """Whether a text from this line may not go to this telephone."""
        return (to, sender) in self._out
