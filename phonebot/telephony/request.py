"""A form posted by Twilio, read once into small values; nothing in it is trusted, and nothing odd is an error."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from phonebot.dialog.heard import Heard, Recorded
from phonebot.domain.recording import RECORDING_SID, RecordingState
from phonebot.domain.text import clean

CALL_SID = re.compile(r"CA[0-9a-f]{32}")
LONGEST_KEPT = 10_000
_RECORDING_AT_THE_END = re.compile(r"/Recordings/(RE[0-9a-f]{32})(?:\.\w+)?$")
_OVER = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})
_KEYS = frozenset("0123456789*#")
_CALL_STATUSES = _OVER | {"queued", "initiated", "ringing", "in-progress"}
_RECORDING_STATUSES = frozenset({"in-progress", "completed", "absent", "failed"})
_KNOWN = frozenset(
    {
        *("AccountSid", "AnsweredBy", "ApiVersion", "CallDuration", "CallSid", "CallStatus", "CallToken"),
        *("CallbackSource", "Called", "Caller", "CallerName", "Confidence", "DialBridged", "DialCallDuration"),
        *("DialCallSid", "DialCallStatus", "Digits", "Direction", "Duration", "ErrorCode", "ErrorUrl"),
        *("FinishedOnKey", "ForwardedFrom", "From", "Language", "ParentCallSid", "RecordingChannels"),
        *("RecordingDuration", "RecordingSid", "RecordingSource", "RecordingStartTime", "RecordingStatus"),
        *("RecordingTrack", "RecordingUrl", "SequenceNumber", "SipResponseCode", "SpeechResult"),
        *("StirPassportToken", "StirVerstat", "Timestamp", "To", "msg"),
        *("Body", "MessageSid", "MessageStatus", "MessagingServiceSid", "NumMedia", "NumSegments", "OptOutType"),
        *("RawDlrDoneDate", "SmsMessageSid", "SmsSid", "SmsStatus"),
    }
)
"""The parameters Twilio documents for what phonebot answers, besides the geographic.

Calls: twilio.com/docs/voice/twiml; texts: twilio.com/docs/messaging/guides/webhook-request.
"""
_GEOGRAPHIC = re.compile(r"(?:From|To|Caller|Called)(?:City|State|Zip|Country)")


@dataclass(frozen=True, slots=True)
class Posted:
    """What Twilio posted: the values phonebot knows, made safe, and everything there was, made safe to keep."""

    call_sid: str
    account_sid: str
    caller: str
    line: str
    forwarded_from: str
    call_over: bool
    fields: Mapping[str, str] = field(repr=False)

    @property
    def unknown(self) -> dict[str, str]:
        """What phonebot has not heard of: names of parameters, and values of the statuses it acts on. Safe to log."""
        names = [name for name in self.fields if name not in _KNOWN and not _GEOGRAPHIC.fullmatch(name)]
        odd = {"names": " ".join(sorted(names))[:400]} if names else {}
        for name, known in (("CallStatus", _CALL_STATUSES), ("RecordingStatus", _RECORDING_STATUSES)):
            if self.fields.get(name) and self.fields[name] not in known:
                odd[name] = self.fields[name][:40]
        return odd

    def heard(self, *, accepted: bool = False) -> Heard:
        """What the caller did, as the dialogue hears it. `accepted` is whether a transfer was taken."""
        digits = self.fields.get("Digits", "")
        hung_up = digits == "hangup" or self.call_over
        return Heard(
            digits="".join(key for key in digits if key in _KEYS)[:64] if digits != "hangup" else "",
            speech=clean(self.fields.get("SpeechResult", "")),
            confidence=_number(self.fields.get("Confidence")),
            recorded=self.recorded(),
            hung_up=hung_up,
            accepted=accepted or self.fields.get("DialBridged") == "true",
        )

    def recorded(self) -> Recorded | None:
        """The recording this speaks of: by its sid, else by the tail of its address; the host is never looked at."""
        sid = self.fields.get("RecordingSid", "")
        if not RECORDING_SID.fullmatch(sid):
            match = _RECORDING_AT_THE_END.search(self.fields.get("RecordingUrl", ""))
            if match is None:
                return None
            sid = match[1]
        return Recorded(sid, max(_number(self.fields.get("RecordingDuration")) or 0.0, 0.0))

    @property
    def recording_state(self) -> RecordingState | None:
        """What a recording webhook says of its recording; None for a status that is not final, or not known."""
        status = self.fields.get("RecordingStatus", "")
        return {
            "completed": RecordingState.ANNOUNCED,
            # A webhook that names a recording and no status is about one that is there.
            "": RecordingState.ANNOUNCED,
            "absent": RecordingState.ABSENT,
            "failed": RecordingState.ABSENT,
        }.get(status)


def read_posted(form: Mapping[str, Sequence[str]]) -> Posted:
    """Read a form. Of a name posted twice the last counts; an unknown name is kept, a missing one is empty."""
    fields = {clean(name, 100): clean(values[-1], LONGEST_KEPT) for name, values in form.items()}
    return Posted(
        call_sid=fields.get("CallSid", "")[:64],
        account_sid=fields.get("AccountSid", ""),
        caller=fields.get("From", "")[:200],
        line=fields.get("To", "")[:200],
        forwarded_from=fields.get("ForwardedFrom", "")[:200],
        call_over=fields.get("CallStatus", "") in _OVER,
        fields=fields,
    )


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if 0 <= number < 1e6 else None
