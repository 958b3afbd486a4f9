"""Holding calls that are asked for: who is to ring a caller in a colleague's place, and for how long that is wanted."""

from collections.abc import Sequence

from phonebot.domain.callback import RANG_THE_CALLER
from phonebot.domain.history import Event, EventKind


def holding_call_wanted(events: Sequence[Event]) -> Event | None:
    """The last HOLDING_ASKED of a history (oldest first) while the call is still wanted, else None.

    It is wanted until the caller's telephone has been rung after that, or staff say that they have rung them.
    """
    asked = max((place for place, event in enumerate(events) if event.kind is EventKind.HOLDING_ASKED), default=None)
    if asked is None:
        return None
    # What is learnt late of a try that had rung them before is no new call.
    before = {event.detail.get("attempt") for event in events[:asked] if _rang(event)}
    done = any(
        event.kind is EventKind.SAID or (_rang(event) and event.detail.get("attempt") not in before)
        for event in events[asked:]
    )
    return None if done else events[asked]


def _rang(event: Event) -> bool:
    return event.kind is EventKind.ATTEMPTED and event.detail.get("outcome") in RANG_THE_CALLER
