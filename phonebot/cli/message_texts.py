"""The texts about a message as staff see them: those sent to its caller and their fate, and those that came in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, Final

from phonebot.cli.printing import iso
from phonebot.domain.reply import Reply
from phonebot.domain.texting import TextPurpose, TextState, shown
from phonebot.store.database import Session
from phonebot.store.texts import KeptText, ReceivedText, received_about, texts_about

_ABOUT: Final[Mapping[TextPurpose, str]] = {
    TextPurpose.VERDICT: "did we get back to you?",
    TextPurpose.ACCEPTED: "the call was taken on",
    TextPurpose.SLIP: "the call was not made in time",
}
_FATES: Final[Mapping[TextState, str]] = {
    TextState.WAITING: "waits to be sent",
    TextState.WITHHELD: "was not sent after all",
    TextState.HANDED_OVER: "is on its way",
    TextState.UNCONFIRMED: "sent, and nobody says whether it arrived",
    TextState.UNDELIVERED: "did not arrive",
    TextState.DELIVERED: "arrived",
}
"""What became of a text, where its state's own name does not say it."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """One text at an aware instant: what is said of it (`fate`), and its words; its facts for programs besides."""

    at: datetime
    fate: str
    words: str
    facts: Mapping[str, Any]

    def shown(self, zone: tzinfo) -> str:
        """The text in one line, by the clocks of `zone`."""
        at = self.at.astimezone(zone)
        words = f": “{self.words}”" if self.words else ""
        return f"{at:%a} {at.day} {at:%b %H:%M} {self.fate}{words}"

    def to_json(self, zone: tzinfo) -> dict[str, Any]:
        """The text for programs."""
        return {"at": iso(self.at.astimezone(zone)), **self.facts, "words": self.words}


def text_lines(session: Session, message: int, now: datetime) -> list[TextLine]:
    """The texts about the message in that row, the oldest first, as they stand at `now` (aware)."""
    sent = [_sent(text, now) for text in texts_about(session, message)]
    came_in = [_came_in(text) for text in received_about(session, message)]
    return sorted([*sent, *came_in], key=lambda line: line.at)


def _sent(text: KeptText, now: datetime) -> TextLine:
    state = shown(text.state, text.changed_at, now)
    about = _ABOUT.get(text.purpose, text.purpose.value)
    fate = f"to the caller ({about}), {_FATES.get(state, state.value)}" + (f", error {text.code}" if text.code else "")
    facts = {"from": "us", "purpose": text.purpose.value, "state": state.value, "code": text.code}
    return TextLine(text.made_at, fate, text.words, facts)


def _came_in(text: ReceivedText) -> TextLine:
    fate = "from the caller, who wants no more texts" if text.meaning is Reply.STOP_IN_WORDS else "from the caller"
    return TextLine(text.received_at, fate, text.words, {"from": "caller", "meaning": text.meaning.value})
