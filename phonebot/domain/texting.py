"""Text messages: what one is for, how far it got by what Twilio tells, and which numbers may be texted at all."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from phonebot.domain.office import Office
from phonebot.domain.phone import is_fixed_line, may_be_called

UNCONFIRMED_AFTER: Final = timedelta(hours=24)
"""Not every carrier says that a text has arrived: after so long nobody need wait for it."""


class TextPurpose(StrEnum):
    """What a text is for. The first three go to staff.

    VERDICT asks a caller whether somebody got back to them; ACCEPTED tells them of a call that was taken on, SLIP that
    it was not made.
    """

    NOTICE = "notice"
    DIGEST = "digest"
    WARNING = "warning"
    VERDICT = "verdict"
    ACCEPTED = "accepted"
    SLIP = "slip"

    @property
    def to_caller(self) -> bool:
        """Whether it goes to a caller, who must have agreed to texts."""
        return self in {TextPurpose.VERDICT, TextPurpose.ACCEPTED, TextPurpose.SLIP}


class TextState(StrEnum):
    """How far a text got, nearest first. WITHHELD was not sent after all, HANDED_OVER is with Twilio.

    UNCONFIRMED is only ever shown: a text that was sent a day ago, and nobody says whether it arrived.
    """

    WAITING = "waiting"
    WITHHELD = "withheld"
    HANDED_OVER = "handed-over"
    SENT = "sent"
    FAILED = "failed"
    UNDELIVERED = "undelivered"
    DELIVERED = "delivered"
    UNCONFIRMED = "unconfirmed"

    @property
    def lost(self) -> bool:
        """Whether it is known that it has not arrived."""
        return self in {TextState.WITHHELD, TextState.FAILED, TextState.UNDELIVERED}


_STATUSES: Final[Mapping[str, TextState]] = {
    "accepted": TextState.HANDED_OVER,
    "scheduled": TextState.HANDED_OVER,
    "queued": TextState.HANDED_OVER,
    "sending": TextState.HANDED_OVER,
    "sent": TextState.SENT,
    "partially_delivered": TextState.SENT,
    "delivered": TextState.DELIVERED,
    "read": TextState.DELIVERED,
    "undelivered": TextState.UNDELIVERED,
    "failed": TextState.FAILED,
    "canceled": TextState.FAILED,
}
"""Twilio's statuses (twilio.com/docs/messaging/api/message-resource). A text in pieces may have arrived in part."""

_RANKS: Final = tuple(TextState)

NO_MORE_TEXTS: Final = frozenset({21211, 21610, 21614, 30006})
"""Twilio's codes for numbers that no text may or can reach: no number, opted out, no mobile number, a land line."""


def state_of(status: str) -> TextState | None:
    """What one of Twilio's statuses says; None for one nobody knows."""
    return _STATUSES.get(status)


def merged(one: TextState, other: TextState) -> TextState:
    """What both know: the further one, so that neither the order of the reports nor a repetition changes anything."""
    return max(one, other, key=_RANKS.index)


def shown(state: TextState, changed_at: datetime, now: datetime) -> TextState:
    """The state as it is told to people, given when it last changed (both aware)."""
    on_its_way = state in {TextState.HANDED_OVER, TextState.SENT}
    return TextState.UNCONFIRMED if on_its_way and now - changed_at >= UNCONFIRMED_AFTER else state


def may_be_texted(number: str, office: Office, lines: Collection[str] = ()) -> bool:
    """Whether a text to that number (E.164) may arrive and does no harm, whatever its owner thinks of texts.

    It needs a number to send from; a number that may be rung back, since texts cost the same sort of money; no fixed
    line; and none of our own numbers (`lines` are those we answer), which would reply to each other for ever.
    """
    if office.text_number is None or number in {office.text_number, office.reception, *lines}:
        return False
    return may_be_called(number, office.region, office.countries) is None and not is_fixed_line(number)
