"""What the load generator sends: whole calls as signed requests, ready to be written to a socket."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import urlencode, urlsplit

from phonebot.simulator.signing import signature

ACCOUNT = "AC" + "0123456789abcdef" * 2
TOKEN = "a token for benchmarks"
CALLER = "+447700900143"
ASKED = "+447700900144"
"""A caller of whom there is a question to ask, since an earlier message of theirs was returned."""

LINE = "+442079460100"

HUNG_UP = b"<Hangup"

Form = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Post:
    """One request of a call. `kind` names it in tables; an answer that lacks `answered_by` is a wrong answer."""

    kind: str
    path: str
    form: Form
    answered_by: bytes
    before: Callable[[], None] | None = None
    """Done just before it is sent: what must be true of the world outside by then."""

    @property
    def body(self) -> bytes:
        """The form as it is posted."""
        return urlencode(self.form).encode()

    def headers(self, base: str) -> dict[str, str]:
        """The headers of the network, the signature among them, for an app whose public address is `base`."""
        return {
            "Host": urlsplit(base).netloc,
            "User-Agent": "TwilioProxy/1.1",
            "Accept": "*/*",
            "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
            "X-Twilio-Signature": signature(TOKEN, base + self.path, self.form),
        }

    def request(self, base: str, *, keep_alive: bool) -> bytes:
        """The whole request as bytes."""
        body = self.body
        named = self.headers(base) | {
            "Content-Length": str(len(body)),
            "Connection": "keep-alive" if keep_alive else "close",
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in named.items())
        return f"POST {self.path} HTTP/1.1\r\n{head}\r\n".encode() + body


Call = tuple[Post, ...]


def sid_of(prefix: str, *seeds: object) -> str:
    """A sid that is the same for the same seeds."""
    return prefix + hashlib.sha256(repr(seeds).encode()).hexdigest()[:32]


def whole_call(*seeds: object) -> Call:
    """A message taken properly: the seven turns of a caller whose number is right and who says everything once."""
    call, recording = sid_of("CA", *seeds), sid_of("RE", *seeds)
    return (_first(call), *_form(call, recording, 1), _turn(call, 6, "final", _said("Yes."), answered_by=HUNG_UP))


def asked_call(*seeds: object, texts: bool = False) -> Call:
    """The same of a caller who is first asked whether somebody got back to them, about an earlier message.

    `texts`: they are asked at the end whether they may be texted, as one is whom the office has not asked before.
    """
    call, recording = sid_of("CA", *seeds), sid_of("RE", *seeds)
    ending = (
        (_turn(call, 7, "final", _said("Yes.")), _turn(call, 8, "leave to text", _said("Yes."), answered_by=HUNG_UP))
        if texts
        else (_turn(call, 7, "final", _said("Yes."), answered_by=HUNG_UP),)
    )
    whole = (
        replace(_first(call), kind="first, with a question open"),
        _turn(call, 1, "answer to that question", _said("Yes, thank you.")),
        *_form(call, recording, 2),
        *ending,
    )
    return tuple(_from(ASKED, post) for post in whole)


def _form(call: str, recording: str, begin: int) -> Call:
    """The five turns of the form, the first of them turn `begin`."""
    return (
        _turn(call, begin, "name", _said("Julie Smith, from Hartwell Dental.")),
        _turn(call, begin + 1, "number", _said("Yes.")),
        _turn(call, begin + 2, "business", _said("Last month's invoice, it was charged twice.")),
        _turn(call, begin + 3, "window", _said("Tomorrow, after three.")),
        _turn(call, begin + 4, "record action", recorded(recording)),
    )


def _from(caller: str, post: Post) -> Post:
    """The same request of a call from another number."""
    return replace(post, form=tuple((name, caller if value == CALLER else value) for name, value in post.form))


def short_call(*seeds: object, before_recording: Callable[[], None] | None = None) -> Call:
    """Four turns of a caller who just talks, and three callbacks, one of them repeated as a network may.

    The recording's webhook comes twice: what it brings must not be doubled.
    """
    call, recording = sid_of("CA", *seeds), sid_of("RE", *seeds)
    announced = (*_standard(call)[:2], ("RecordingStatus", "completed"), *recorded(recording)[:3])
    news = Post("recording webhook", "/twilio/recording", announced, b"")
    ended = (*_standard(call, "completed"), ("CallDuration", "31"), ("Duration", "1"))
    return (
        _first(call),
        _turn(call, 1, "star", (("Digits", "*"),)),
        _turn(call, 2, "record action", recorded(recording), before=before_recording),
        news,
        _turn(call, 3, "final", _said("Yes."), answered_by=HUNG_UP),
        Post("status webhook", "/twilio/status", ended, b""),
        news,
    )


def operator_call(*seeds: object) -> Call:
    """A caller who asks for a person, is told that nobody came, and hangs up; the rung phone presses nothing."""
    call = sid_of("CA", *seeds)
    rung = (("DialCallStatus", "no-answer"), ("DialCallSid", sid_of("CA", *seeds, "leg")))
    ended = (*_standard(call, "completed"), ("CallDuration", "31"), ("Duration", "1"))
    return (
        _first(call),
        _turn(call, 1, "zero", (("Digits", "0"),), answered_by=b"<Dial"),
        Post("whisper", f"/twilio/voice/whisper?call={call}&n=1", _standard(sid_of("CA", *seeds, "leg")), b"<Gather"),
        _turn(call, 2, "nobody came", rung),
        Post("status webhook of a call broken off", "/twilio/status", ended, b""),
    )


def recorded(recording: str) -> Form:
    """What a Record posts to its action when the caller ends it with a key."""
    return (
        ("RecordingUrl", f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Recordings/{recording}"),
        ("RecordingSid", recording),
        ("RecordingDuration", "4"),
        ("Digits", "#"),
    )


def _first(call: str) -> Post:
    return Post("first", "/twilio/voice", _standard(call, "ringing"), b"turn?n=1")


def _turn(
    call: str,
    number: int,
    kind: str,
    heard: Form,
    *,
    answered_by: bytes = b"",
    before: Callable[[], None] | None = None,
) -> Post:
    expected = answered_by or b"turn?n=%d" % (number + 1)
    return Post(kind, f"/twilio/voice/turn?n={number}", (*_standard(call), *heard), expected, before)


def _said(words: str) -> Form:
    return (("SpeechResult", words), ("Confidence", "0.91"), ("Language", "en-GB"))


def _standard(call: str, status: str = "in-progress") -> Form:
    """The parameters of every voice request: legacy twins and empty geography included, as they really come."""
    places = tuple(
        (f"{whose}{what}", "GB" if what == "Country" else "")
        for whose in ("From", "To", "Caller", "Called")
        for what in ("City", "State", "Zip", "Country")
    )
    return (
        ("AccountSid", ACCOUNT),
        ("CallSid", call),
        ("CallStatus", status),
        ("ApiVersion", "2010-04-01"),
        ("Direction", "inbound"),
        ("From", CALLER),
        ("To", LINE),
        ("Caller", CALLER),
        ("Called", LINE),
        *places,
    )
