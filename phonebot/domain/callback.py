"""One try to return a call: what the telephone network and staff told of it, and what that is evidence of.

What is told arrives in any order, twice or not at all, so it is gathered by `merged`, which forgets nothing and does
not care for order; outcome and evidence are worked out from what has been gathered by then.
"""

from dataclasses import dataclass, fields
from enum import IntEnum, StrEnum
from typing import Any, Self


class Evidence(IntEnum):
    """How sure it is that the caller was reached, weakest first. Only the last two settle a message.

    SAID: staff say so. PLACED: the call to staff was placed. CONFIRMED: they answered it and pressed 1. JOINED: both
    sides were joined for long enough, which a voicemail may also be. SPOKE: joined, and staff then pressed the key for
    "I spoke to them" on the same call. CALLER: the caller says so.
    """

    NONE = 0
    SAID = 1
    PLACED = 2
    CONFIRMED = 3
    JOINED = 4
    SPOKE = 5
    CALLER = 6

    @property
    def word(self) -> str:
        """The evidence as it is kept and shown."""
        return self.name.lower()

    @property
    def settles(self) -> bool:
        """Whether a message with such evidence has been returned."""
        return self >= Evidence.SPOKE


class Outcome(StrEnum):
    """What came of a try. JOINED is two sides joined and nothing said of it since."""

    REACHED = "reached"
    JOINED = "joined"
    LEFT_WORD = "left-word"
    NO_ANSWER = "no-answer"
    BUSY = "busy"
    FAILED = "failed"
    BAD_NUMBER = "bad-number"
    WRONG_NUMBER = "wrong-number"
    WITHHELD = "withheld"
    STAFF_NOT_REACHED = "staff-not-reached"
    NOT_PLACED = "not-placed"
    SAID = "said"


RANG_THE_CALLER = frozenset(
    {Outcome.REACHED, Outcome.JOINED, Outcome.LEFT_WORD, Outcome.NO_ANSWER, Outcome.BUSY, Outcome.WRONG_NUMBER}
)
"""Outcomes of tries in which the caller's telephone was rung. (A line that is engaged has been rung too.)"""


TRIED_THE_CALLER = RANG_THE_CALLER | {Outcome.FAILED, Outcome.BAD_NUMBER, Outcome.WITHHELD}
"""Outcomes that say something of the caller's number, and not only of the phone of whoever rang."""


class Said(StrEnum):
    """What staff pressed once the caller's leg had ended. The later one here wins nothing: see `merged`."""

    WRONG_NUMBER = "wrong-number"
    LEFT_WORD = "left-word"
    SPOKE = "spoke"


OVER = frozenset({"completed", "busy", "no-answer", "failed", "canceled"})
"""Call statuses that are final (twilio.com/docs/voice/twiml#callstatus-values)."""

_RANKS = ("", "queued", "initiated", "ringing", "in-progress", "canceled", "failed", "no-answer", "busy", "completed")
_SAID_RANKS = (None, Said.SPOKE, Said.LEFT_WORD, Said.WRONG_NUMBER)
BAD_NUMBER_CODES = frozenset({13224, 13226, 21211, 21217, 21401, 21421})
"""Twilio's codes for a number that is none (twilio.com/docs/api/errors)."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is known of one try by now. Every field only ever gains, in the order of its own ranks.

    `staff` and `caller` are the statuses of the two legs, by Twilio's words; `dial` is the DialCallStatus. `seconds`
    are those the two were joined for, by whichever callback told of it; `machine` is set once anything was taken for
    an answering machine. `stopped` is why nothing was dialled at all: an Outcome, or empty.
    """

    staff: str = ""
    pressed: bool = False
    caller: str = ""
    dial: str = ""
    apart: bool = False
    seconds: int = 0
    machine: bool = False
    bad_number: bool = False
    said: Said | None = None
    stopped: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain data for the database."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> Self:
        """What to_json wrote."""
        said = plain.get("said")
        return cls(**{**plain, "said": Said(said) if said else None})


def merged(one: Gathered, other: Gathered) -> Gathered:
    """All that the two know: commutative, associative and idempotent, so order and repetition change nothing.

    Of two answers to "what happened?" the one that claims least counts.
    """
    return Gathered(
        staff=_further(one.staff, other.staff),
        pressed=one.pressed or other.pressed,
        caller=_further(one.caller, other.caller),
        dial=_further(one.dial, other.dial),
        apart=one.apart or other.apart,
        seconds=max(one.seconds, other.seconds),
        machine=one.machine or other.machine,
        bad_number=one.bad_number or other.bad_number,
        said=max(one.said, other.said, key=_SAID_RANKS.index),
        stopped=max(one.stopped, other.stopped),
    )


def _further(one: str, other: str) -> str:
    """The status that lies further on; one that nobody knows counts as none."""
    return max((status if status in _RANKS else "" for status in (one, other)), key=_RANKS.index)


def joined(gathered: Gathered) -> bool:
    """Whether both sides were on the line at once. "completed" alone is no proof: a leg may end in its whisper."""
    return gathered.pressed and not gathered.apart and gathered.seconds > 0


def evidence_of(gathered: Gathered, least_seconds: int) -> Evidence:
    """How sure it is that the caller was reached. A machine heard on the line lowers it, and never raises it."""
    if gathered.stopped:
        return Evidence.NONE
    if joined(gathered) and gathered.seconds >= least_seconds:
        spoke = gathered.said is Said.SPOKE and not gathered.machine
        return Evidence.SPOKE if spoke else Evidence.JOINED
    if gathered.pressed:
        return Evidence.CONFIRMED
    return Evidence.PLACED if gathered.staff else Evidence.NONE


def outcome_of(gathered: Gathered, least_seconds: int) -> Outcome | None:
    """What came of the try, or None while it goes on."""
    if gathered.stopped:
        return Outcome(gathered.stopped)
    if gathered.said is Said.WRONG_NUMBER:
        return Outcome.WRONG_NUMBER
    if joined(gathered):
        return _of_joined(gathered, least_seconds)
    status = gathered.dial or (gathered.caller if gathered.caller in OVER else "")
    if gathered.pressed and status:
        return _of_unjoined(gathered, status)
    # Once 1 was pressed the caller may have been rung: what came of that is told apart from the end of staff's own leg.
    return Outcome.STAFF_NOT_REACHED if gathered.staff in OVER and not gathered.pressed else None


def _of_joined(gathered: Gathered, least_seconds: int) -> Outcome | None:
    if gathered.said is Said.LEFT_WORD:
        return Outcome.LEFT_WORD
    if evidence_of(gathered, least_seconds) is Evidence.SPOKE:
        return Outcome.REACHED
    over = gathered.dial or gathered.caller in OVER or gathered.staff in OVER
    return Outcome.JOINED if over else None


def _of_unjoined(gathered: Gathered, status: str) -> Outcome:
    if gathered.bad_number:
        return Outcome.BAD_NUMBER
    if status == "busy":
        return Outcome.BUSY
    return Outcome.NO_ANSWER if status in {"no-answer", "canceled", "completed"} else Outcome.FAILED
