"""What a person is told is owed: each message as a digest shows it, in which order, and whether it is urgent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from phonebot.domain.gist import Gist
from phonebot.domain.message import State
from phonebot.domain.transcript import Hearing, Transcript
from phonebot.domain.urgency import cannot_wait
from phonebot.domain.window import Part

WITHOUT_A_NEXT = timedelta(days=1)
"""How far ahead counts as urgent for somebody who has no digest to come."""


class Act(StrEnum):
    """What a link in a digest does, once the page it opens has asked."""

    CALL = "call"
    ACCEPT = "accept"
    SAID = "said"
    TRIED = "tried"
    PASS = "pass"  # noqa: S105 -- to pass a message on is no password
    SPOKE = "spoke"
    LEFT_WORD = "left-word"
    WRONG_NUMBER = "wrong-number"
    HEAR = "hear"


@dataclass(frozen=True, slots=True)
class Try:
    """One try to return the call: who (a name), and what came of it, a callback.Outcome, empty while it goes on.

    `holding` marks a call on behalf of whoever owes it; `note` is what the colleague wrote down.
    """

    at: datetime
    by: str
    outcome: str
    holding: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """Somebody (a name and their id) has taken the call on, to be made by `due`; `slipped` once that has passed."""

    by: str
    by_id: str
    due: datetime
    slipped: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A colleague (`of`) is asked for a holding call in place of `by`, who had taken the call on and let `due` pass.

    Each by name and id. The caller does not know yet that the call was not made in time.
    """

    of: str
    of_id: str
    by: str
    by_id: str
    due: datetime


@dataclass(frozen=True, slots=True)
class Owed:
    """One message that is owed, with what a digest says of it. Instants are aware; texts are the caller's own.

    `number` is its row's, `phone` and `caller_id` are E.164, `told` holds what the caller was told and when. `hearing`
    is None where there is no recording to be put into words; `gist` where nobody has read it out of the rest. The
    recording breaks off where it was `cut_off`; `name_seconds` is the length of one of just their name, which was not
    understood. `claimed_by` and `passed_by` are names. `may_be_called` is None where it may, else the reason in words.
    `asks_what_happened` after a joined call of which nobody has said how it went; `denied_at` is when the caller said
    that nobody had got back to them; `overdue` is by the office's own yardstick.
    """

    number: int
    ref: str
    owner: str
    owner_name: str
    state: State
    received_at: datetime
    name: str | None = None
    company: str | None = None
    phone: str | None = None
    caller_id: str | None = None
    business: str | None = None
    window_said: str | None = None
    window_parts: tuple[Part, ...] = ()
    complete: bool = True
    recording_seconds: float | None = None
    cut_off: bool = False
    name_seconds: float | None = None
    transcript: Transcript | None = None
    hearing: Hearing | None = None
    gist: Gist | None = None
    told: tuple[tuple[datetime, str], ...] = ()
    tries: tuple[Try, ...] = ()
    accepted: Accepted | None = None
    claimed_by: str | None = None
    passed_by: str | None = None
    may_be_called: str | None = None
    asks_what_happened: bool = False
    asked: Asked | None = None
    denied_at: datetime | None = None
    overdue: bool = False

    @property
    def reopened(self) -> bool:
        """Whether the caller has said that nobody got back to them, also while somebody has it in hand."""
        return self.state is State.REOPENED or self.denied_at is not None


@dataclass(frozen=True, slots=True)
class Done:
    """A message settled since the last digest: who rang, when and by whom it was done, and the evidence in words.

    `helped` where a colleague did it for whoever owed it.
    """

    ref: str
    who: str
    at: datetime
    evidence: str
    by: str
    helped: bool = False


@dataclass(frozen=True, slots=True)
class CallerText:
    """A text message that came in for somebody to read, from `phone`: E.164, or whatever else it was sent as.

    `ref`, `name` and `company` are those of the message it may be about. `no_more_texts` where it asks for no more of
    them, and none are sent from then on.
    """

    sid: str
    at: datetime
    phone: str
    words: str
    ref: str | None = None
    name: str | None = None
    company: str | None = None
    no_more_texts: bool = False


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest as of `at` for one reader: a person's id and name. `next_at` is when their next is due, if ever.

    `missed` are calls that left nothing, each with the number that rang where it was shown. `texts` are those that
    nobody has been shown yet, the oldest first. `covers` are the names of people away for whom the reader stands in.
    """

    person: str
    person_name: str
    at: datetime
    owed: tuple[Owed, ...] = ()
    returned: tuple[Done, ...] = ()
    helped: tuple[Done, ...] = ()
    missed: tuple[tuple[datetime, str | None], ...] = ()
    next_at: datetime | None = None
    texts: tuple[CallerText, ...] = ()
    covers: tuple[str, ...] = ()


def worth_sending(digest: Digest) -> bool:
    """Whether the digest is sent unasked: not when nothing is owed, and no text waits to be read."""
    return bool(digest.owed or digest.texts)


def order(owed: Iterable[Owed], now: datetime, next_at: datetime | None) -> tuple[Owed, ...]:
    """All that is owed, in the order to call back; always the same whatever order it comes in, and nothing left out.

    First what the caller says was never returned; then what somebody took on and has let slip, or must do before the
    next digest, and callers to be rung in a colleague's place; then what is urgent; then the rest; last what is said to
    be returned, which waits for the caller's word. Within each the one wanted soonest comes first, and of those the
    oldest. A call is wanted when it is due, else when its window opens; what has no window left has been wanted since
    the caller rang. So old debts stand before windows still to come.
    """
    soon = _horizon(now, next_at)

    def key(each: Owed) -> tuple[int, datetime, datetime, int, str]:
        return _rank(each, now, soon), _wanted_at(each, now), each.received_at, each.number, each.ref

    return tuple(sorted(owed, key=key))


def _rank(owed: Owed, now: datetime, soon: datetime) -> int:
    if owed.reopened:
        return 0
    if owed.state is State.SAID_RETURNED:
        return 4
    if owed.asked is not None:
        return 1
    if owed.accepted is not None and (owed.accepted.slipped or owed.accepted.due <= soon):
        return 1
    return 2 if is_urgent(owed, now, soon) else 3


def _wanted_at(owed: Owed, now: datetime) -> datetime:
    """When the call is wanted: see `order`."""
    if owed.accepted is not None:
        return owed.accepted.due
    left = (part for part in owed.window_parts if part.end is None or part.end > now)
    return min((part.start for part in left if part.start is not None), default=owed.received_at)


def is_urgent(owed: Owed, now: datetime, next_at: datetime | None) -> bool:
    """Whether it cannot wait for the next digest: its window opens before that, or the caller said it cannot wait.

    A window that is over no longer presses, nor one that is open and has no end: "any time" loses nothing by waiting.
    With no digest to come, what opens within a day is urgent.
    """
    soon = _horizon(now, next_at)
    if any(_presses(part, now, soon) for part in owed.window_parts):
        return True
    recorded = owed.transcript.text if owed.transcript is not None else None
    return any(text and cannot_wait(text) for text in (owed.business, owed.window_said, recorded))


def _horizon(now: datetime, next_at: datetime | None) -> datetime:
    """The instant up to which things are urgent."""
    return now + WITHOUT_A_NEXT if next_at is None else next_at


def _presses(part: Part, now: datetime, soon: datetime) -> bool:
    if part.end is not None:
        return part.end > now and (part.start is None or part.start < soon)
    return part.start is not None and now < part.start < soon
