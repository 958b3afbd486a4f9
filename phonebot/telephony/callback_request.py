"""What Twilio's posts tell of a returned call: the leg to staff, the Dial, and the leg to the caller. Pure."""

from collections.abc import Mapping
from typing import Final

from phonebot.domain.callback import BAD_NUMBER_CODES, Gathered
from phonebot.telephony.request import Posted

SIP_NOT_FOUND: Final = "404"
"""A failed call's SIP code where nobody has that number (twilio.com/docs/voice/api/call-resource)."""


def told_of_staff(posted: Posted) -> Gathered:
    """What a request or a status callback of the leg to staff tells."""
    return Gathered(staff=_status(posted), machine=_machine(posted))


def told_by_dial(posted: Posted) -> Gathered:
    """What a Dial's action tells (twilio.com/docs/voice/twiml/dial#action). Bridged is joined for some time."""
    fields = posted.fields
    status, bridged = fields.get("DialCallStatus", ""), fields.get("DialBridged", "")
    return Gathered(
        staff=_status(posted),
        dial=status,
        apart=bridged == "false",
        seconds=max(_seconds(fields.get("DialCallDuration", "")), int(bridged == "true")),
        machine=_machine(posted),
        bad_number=_bad_number(fields, status),
    )


def told_of_caller(posted: Posted) -> Gathered:
    """What a status callback of the leg to the caller tells."""
    fields, status = posted.fields, _status(posted)
    return Gathered(
        caller=status,
        seconds=_seconds(fields.get("CallDuration", "")),
        machine=_machine(posted),
        bad_number=_bad_number(fields, status),
    )


def _bad_number(fields: Mapping[str, str], status: str) -> bool:
    code = fields.get("ErrorCode", "")
    known = code.isascii() and code.isdecimal() and len(code) < 8 and int(code) in BAD_NUMBER_CODES
    return status == "failed" and (known or fields.get("SipResponseCode") == SIP_NOT_FOUND)


def _status(posted: Posted) -> str:
    return posted.fields.get("CallStatus", "")


def _machine(posted: Posted) -> bool:
    """Whether anything was taken for a machine; what answers as "unknown" counts as a person."""
    return posted.fields.get("AnsweredBy", "").startswith(("machine", "fax"))


def _seconds(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 0
