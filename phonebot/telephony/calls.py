"""Calls over Twilio's REST: placing one, hanging up, and what became of those that were placed."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from phonebot.telephony.connection import SID, Connection, checked, every_one, our_errors
from phonebot.telephony.errors import NotThere, Refused, Unknown

EVENTS: Final = ("initiated", "ringing", "answered", "completed")
ANSWERED: Final = frozenset({"in-progress", "completed"})
OVER: Final = frozenset({"completed", "busy", "no-answer", "failed", "canceled"})
"""Statuses that a call never leaves (twilio.com/docs/voice/api/call-resource, "status")."""

NOT_IN_PROGRESS: Final = 21220
"""Twilio's code for a change to a call that is over."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A call that was placed over REST, as Twilio has it. `created` is aware UTC, to the second."""

    sid: str
    status: str
    to: str
    from_: str
    created: datetime


@dataclass(frozen=True, slots=True)
class CallNow:
    """What Twilio says of a call at this moment; its word may be some seconds old.

    `seconds` counts from the answer and is None while that is not known, which it is some time after the end.
    `answered_by` is what machine detection made of it (human, machine_start, ...), empty where nobody asked.
    """

    sid: str
    to: str
    from_: str
    status: str
    seconds: int | None
    answered_by: str = ""

    @property
    def over(self) -> bool:
        """Whether the call has ended, or never came to be."""
        return self.status in OVER

    @property
    def answered(self) -> bool:
        """Whether somebody or something answered."""
        return self.status in ANSWERED


@dataclass(frozen=True, slots=True)
class CameIn:
    """A call that somebody made to a number of the account, as Twilio lists it. `began` is aware UTC, to the second."""

    sid: str
    to: str
    from_: str
    status: str
    began: datetime

    @property
    def over(self) -> bool:
        """Whether the call has ended."""
        return self.status in OVER


class Calls(Connection):
    """The calls of one account."""

    def place_call(
        self, *, to: str, from_: str, url: str, status_url: str, ring_seconds: int, longest_seconds: int
    ) -> str:
        """Ring `to`, showing `from_`; on the answer Twilio asks `url` for TwiML. The call's sid; never recorded.

        `status_url` is told when it is initiated, rings, is answered and is over. Twilio may ring some five seconds
        longer. Raise Unknown where the call may have been placed: look with `calls_placed` before trying again.
        """
        with our_errors(Unknown):
            call = self._sdk.calls.create(
                to=to,
                from_=from_,
                url=url,
                method="POST",
                status_callback=status_url,
                status_callback_method="POST",
                status_callback_event=list(EVENTS),
                timeout=ring_seconds,
                time_limit=longest_seconds,
                record=False,
            )
        if not call.sid:
            raise Unknown("Twilio answered without a sid")
        return str(call.sid)

    def calls_placed(self, *, to: str, from_: str, since: datetime) -> list[Placed]:
        """The calls placed over REST to this number that were created at `since` (aware) or later, oldest first.

        Twilio keeps whole seconds, so the second that `since` lies in counts as later. Its list lags: an empty answer
        within some seconds of the attempt proves nothing.
        """
        since = since.astimezone(UTC).replace(microsecond=0)
        calls = self._sdk.calls
        found: dict[str, Placed] = {}
        with our_errors():
            # A call that still queues has not started, so the bound on the start would leave it out.
            for bound in ({"start_time_after": since.date()}, {"status": "queued"}):
                for one in every_one(calls, to=to, from_=from_, **bound):
                    if one.direction == "outbound-api":
                        found[one.sid] = _placed(one)
        # Twilio lists the newest first; reversed, those of one second stay in their order.
        later = [call for call in reversed(found.values()) if call.created >= since]
        return sorted(later, key=lambda call: call.created)

    def calls_received(self, since: datetime) -> Iterator[CameIn]:
        """The calls to the account's numbers that began at `since` (aware) or later, newest first, as pages come.

        The list lags. Twilio cannot be asked for one direction alone, so calls that we placed are passed over here.
        """
        since = since.astimezone(UTC).replace(microsecond=0)
        with our_errors():
            for one in every_one(self._sdk.calls, start_time_after=since.date()):
                began = one.date_created
                # The bound is a whole day, and the newest come first: what follows is older still.
                if began is not None and began < since:
                    return
                if began is not None and one.direction == "inbound":
                    yield CameIn(one.sid or "", one.to or "", one._from or "", str(one.status), began)

    def call_status(self, sid: str) -> CallNow | None:
        """How a call stands, or None where Twilio does not know it."""
        if not SID.fullmatch(sid):
            return None
        with suppress(NotThere), our_errors():
            return _now(self._sdk.calls(sid).fetch())
        return None

    def children_of(self, parent_sid: str) -> list[CallNow]:
        """How the calls stand that a Dial in this call has placed."""
        with our_errors():
            return [_now(one) for one in every_one(self._sdk.calls, parent_call_sid=parent_sid)]

    def hang_up(self, sid: str) -> None:
        """End a call, even one that still queues or rings; one that is over or unknown is fine.

        Raise ValueError on what is no sid.
        """
        call = self._sdk.calls(checked(sid))
        try:
            with suppress(NotThere), our_errors():
                call.update(status="completed")
        except Refused as error:
            if error.code != NOT_IN_PROGRESS:
                raise


def _placed(one: Any) -> Placed:
    """What the SDK read, as a plain value; raise ValueError where the date is missing, which it never is."""
    if one.date_created is None:
        raise ValueError("a call without a date")
    return Placed(one.sid, str(one.status), one.to or "", one._from or "", one.date_created)


def _now(one: Any) -> CallNow:
    """What the SDK read, as a plain value. Twilio gives the duration as text."""
    status, told = str(one.status), str(one.duration or "")
    seconds = int(told) if told.isascii() and told.isdigit() and status in OVER else None
    if seconds is None and status in OVER - ANSWERED:
        seconds = 0
    return CallNow(one.sid or "", one.to or "", one._from or "", status, seconds, one.answered_by or "")
