"""Text messages over Twilio's REST: sending one, and what became of those that were sent."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from phonebot.telephony.connection import SID, Connection, every_one, our_errors
from phonebot.telephony.errors import NotThere, Unknown

MOST_LOOKED_AT = 1000
"""Twilio lists the newest first, and nobody is sent so many texts between an attempt and the look for it."""


@dataclass(frozen=True, slots=True)
class SentText:
    """A text that was sent over REST, as Twilio has it. `created` is aware UTC, to the second.

    `error_code` is Twilio's number for why it did not arrive, None where nothing is known to be wrong.
    """

    sid: str
    to: str
    from_: str
    body: str
    status: str
    error_code: int | None
    created: datetime


class Texts(Connection):
    """The text messages of one account."""

    def send_text(self, *, to: str, from_: str, body: str, status_url: str) -> str:
        """Send a text; `status_url` is told what becomes of it. The text's sid.

        Raise Refused with Twilio's code where it will not be sent (21610: they have opted out; 21211: no number), and
        Unknown where it may have been: look with `texts_sent` before trying again.
        """
        with our_errors(Unknown):
            text = self._sdk.messages.create(to=to, from_=from_, body=body, status_callback=status_url)
        if not text.sid:
            raise Unknown("Twilio answered without a sid")
        return str(text.sid)

    def texts_sent(self, *, to: str, from_: str, since: datetime) -> list[SentText]:
        """The texts sent over REST to this number that were created at `since` (aware) or later, oldest first.

        The second that `since` lies in counts as later, and the list lags, as with calls.
        """
        since = since.astimezone(UTC).replace(microsecond=0)
        with our_errors():
            # No bound on the date: that is of the sending, and a text that still queues has not been sent.
            newest = [_sent(one) for one in islice(self._between(to, from_), MOST_LOOKED_AT)]
        # Reversed, those of one second stay in their order.
        later = [text for text in reversed(newest) if text.created >= since]
        return sorted(later, key=lambda text: text.created)

    def _between(self, to: str, from_: str) -> Any:
        listed = every_one(self._sdk.messages, to=to, from_=from_)
        return (one for one in listed if one.direction == "outbound-api")

    def text_status(self, sid: str) -> SentText | None:
        """How a text stands, or None where Twilio does not know it."""
        if not SID.fullmatch(sid):
            return None
        with suppress(NotThere), our_errors():
            return _sent(self._sdk.messages(sid).fetch())
        return None


def _sent(one: Any) -> SentText:
    """What the SDK read, as a plain value; raise ValueError where the date is missing, which it never is."""
    if one.date_created is None:
        raise ValueError("a text without a date")
    return SentText(
        one.sid or "", one.to or "", one.from_ or "", one.body or "", str(one.status), one.error_code, one.date_created
    )
