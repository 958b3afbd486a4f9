"""What may happen to a message next, as a table; anything else is refused, with the reason."""

from collections.abc import Callable, Mapping
from typing import Final

from phonebot.domain.callback import TRIED_THE_CALLER
from phonebot.domain.history import CALLER, FEWEST_TRIES, Event, EventKind, Standing
from phonebot.domain.message import State

NOT_OWED: Final = {
    State.DRAFT: "its call is not over yet",
    State.MISSED: "this is a missed call: its caller left nothing, and asked for nothing",
    State.PUT_THROUGH: "its caller was put through, and left nothing",
}
SETTLED: Final = {
    State.RETURNED: "it has been returned already",
    State.WITHDRAWN: "its caller has withdrawn it",
    State.UNREACHABLE: "it was closed: its caller could not be reached",
}

Rule = Callable[[Standing, Event], str | None]


def refusal(standing: Standing, event: Event) -> str | None:
    """Why that may not happen to the message now, in words for staff; None when it may.

    People are named by their ids.
    """
    for rule in MOVES[event.kind]:
        why = rule(standing, event)
        if why is not None:
            return why
    return None


def _is_owed(standing: Standing, event: Event) -> str | None:
    if standing.left is not State.NEW:
        return NOT_OWED[standing.left]
    return SETTLED[standing.settled_as] if standing.settled_as is not None else None


def _is_a_message(standing: Standing, event: Event) -> str | None:
    return None if standing.left is State.NEW else NOT_OWED[standing.left]


def _in_nobody_elses_hand(standing: Standing, event: Event) -> str | None:
    """A claim that has run out is no hindrance, and is released before the next."""
    claim = standing.claim
    if claim is None or claim.until <= event.at or claim.by == event.by:
        return None
    return f"{claim.by} has it in hand"


def _not_being_rung(standing: Standing, event: Event) -> str | None:
    """Nobody rings a caller twice at once, not even the same person by two clicks."""
    claim = standing.claim
    ringing = claim is not None and claim.attempt is not None and claim.until > event.at
    return "they are being rung just now" if ringing else None


def _not_denied(standing: Standing, event: Event) -> str | None:
    """Staff do not overwrite what the caller says."""
    return (
        "its caller says that nobody got back to them: only reaching them settles it"
        if standing.verdict is False
        else None
    )


def _to_somebody_else(standing: Standing, event: Event) -> str | None:
    return "it is theirs already" if event.detail.get("to") == standing.owner else None


def _by_the_caller(standing: Standing, event: Event) -> str | None:
    return None if event.by == CALLER else "only its caller can say so"


def _once(standing: Standing, event: Event) -> str | None:
    return "its caller has been asked already" if standing.asked_at is not None else None


def _was_asked(standing: Standing, event: Event) -> str | None:
    return None if standing.asked_at is not None else "its caller has not been asked"


def _not_returned(standing: Standing, event: Event) -> str | None:
    """How a message may be closed by hand: never as returned, and as unreachable only after enough tries.

    After a caller's "no" earlier tries count for nothing, and it is withdrawn only where they ask to be forgotten.
    """
    how = State(event.detail["how"])
    if how not in {State.WITHDRAWN, State.UNREACHABLE}:
        return "only reaching its caller returns it"
    if how is State.WITHDRAWN and not event.detail.get("forgotten"):
        return _not_denied(standing, event)
    since = [tried for tried in standing.tries.values() if standing.denied_at is None or tried.at > standing.denied_at]
    tries = sum(tried.outcome in TRIED_THE_CALLER for tried in since)
    if how is State.UNREACHABLE and tries < FEWEST_TRIES:
        return f"it has been tried {tries} times, and is closed as unreachable only after {FEWEST_TRIES}"
    return None


MOVES: Final[Mapping[EventKind, tuple[Rule, ...]]] = {
    EventKind.RECEIVED: (),
    EventKind.WEIGHED: (),
    EventKind.DELIVERED: (),
    EventKind.HEARD: (),
    EventKind.CLAIMED: (_is_owed, _in_nobody_elses_hand, _not_being_rung),
    EventKind.RELEASED: (_is_a_message,),
    EventKind.PASSED: (_is_owed, _in_nobody_elses_hand, _to_somebody_else),
    # Whether somebody else's accepted call still stands, the commitments themselves say.
    EventKind.ACCEPTED: (_is_owed,),
    # What is learnt late of a try that was made is true, however the message stands by then.
    EventKind.ATTEMPTED: (_is_a_message,),
    EventKind.SAID: (_is_owed, _in_nobody_elses_hand, _not_being_rung, _not_denied),
    EventKind.SLIPPED: (_is_owed,),
    EventKind.TOLD: (_is_a_message,),
    EventKind.HOLDING_ASKED: (_is_owed,),
    EventKind.ASKED: (_is_a_message, _once),
    EventKind.VERDICT: (_is_a_message, _by_the_caller, _was_asked),
    EventKind.SETTLED: (_is_owed, _not_returned),
    EventKind.RECORDING_FETCHED: (),
    EventKind.RECORDING_REFUSED: (),
    EventKind.RECORDING_WANTED_AGAIN: (),
    EventKind.RECORDING_DELETED: (),
    EventKind.FORGOTTEN: (),
}
"""For each event, what has to hold; the first that does not is the reason given."""
