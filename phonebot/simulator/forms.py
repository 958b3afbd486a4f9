"""What the network posts about a call: the standard parameters, and the events of an outbound call's progress."""

from dataclasses import dataclass
from email.utils import format_datetime
from math import ceil
from typing import TYPE_CHECKING

from phonebot.simulator.courier import Webhook
from phonebot.simulator.mischief import Kind

if TYPE_CHECKING:
    from phonebot.simulator.call import Call

Form = tuple[tuple[str, str], ...]
API_VERSION = "2010-04-01"
COUNTRIES = {"+1": "US", "+44": "GB", "+353": "IE"}
"""Countries by calling code, as far as the telephones of tests go."""


def call_parameters(call: "Call") -> Form:
    """The standard parameters of a request for a document, legacy twins, empty geography and any extras included."""
    named: dict[str, str] = {
        "CallSid": call.sid,
        "AccountSid": call.network.account_sid,
        "From": call.caller,
        "To": call.called,
        "CallStatus": call.status,
        "Direction": call.direction,
        "ApiVersion": API_VERSION,
        "Caller": call.caller,
        "Called": call.called,
    }
    if call.parent_sid:
        named["ParentCallSid"] = call.parent_sid
    if call.forwarded_from:
        named["ForwardedFrom"] = call.forwarded_from
    for twins, number in ((("From", "Caller"), call.caller), (("To", "Called"), call.called)):
        for twin in twins:
            named |= {f"{twin}City": "", f"{twin}State": "", f"{twin}Zip": "", f"{twin}Country": country_of(number)}
    if call.direction == "inbound" and country_of(call.caller) == "US":
        named["StirVerstat"] = "TN-Validation-Passed-A"
    return tuple((named | call.network.extra_parameters | call.extra).items())


def country_of(number: str) -> str:
    """The country of a number in E.164 by its calling code; empty when unknown."""
    return next((country for code, country in COUNTRIES.items() if number.startswith(code)), "")


def ending_parameters(call: "Call") -> Form:
    """What a status callback adds when the call is over: seconds talked, minutes billed, and the instant."""
    seconds = round(call.talk_seconds)
    return (("CallDuration", str(seconds)), ("Duration", str(ceil(seconds / 60))), *event_parameters(call, 0))


def event_parameters(call: "Call", sequence: int) -> Form:
    """What every progress event adds."""
    return (
        ("Timestamp", format_datetime(call.instant)),
        ("CallbackSource", "call-progress-events"),
        ("SequenceNumber", str(sequence)),
    )


@dataclass
class Progress:
    """Whom an outbound call or a called leg reports its events to; numbers them from 0 in the order of firing."""

    url: str
    events: frozenset[str]
    method: str = "POST"
    kind: Kind = "dial-status"
    sequence: int = 0

    def report(self, call: "Call", event: str) -> None:
        """Report one event (initiated, ringing, answered, completed) with the call's status, if it was asked for."""
        sequence, self.sequence = self.sequence, self.sequence + 1
        if not self.url or event not in self.events:
            return
        extra = event_parameters(call, sequence)
        if event == "completed":
            extra = (*ending_parameters(call)[:2], *extra)
        call.network.post.notify(Webhook(self.kind, self.url, (*call_parameters(call), *extra), self.method, call.sid))
