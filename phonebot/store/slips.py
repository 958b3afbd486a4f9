"""Who has been asked to ring a caller in place of a colleague whose promised call slipped."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from phonebot.domain.callback import RANG_THE_CALLER
from phonebot.domain.history import Event, EventKind
from phonebot.store.history import histories
from phonebot.store.tables import EventRow, MessageRow, table_of

EVENTS, MESSAGES = table_of(EventRow), table_of(MessageRow)


def asked_to_hold(session: Session, person: str) -> list[int]:
    """Rows of the messages, owed still, whose callers that person (an id) was asked to ring and nobody has rung since.

    They stay owed by their owners: it is a holding call that is asked for.
    """
    owed = (MESSAGES.c.settled_at.is_(None), MESSAGES.c.owner.is_not(None))
    wanted = select(EVENTS.c.message_id).join(MESSAGES, MESSAGES.c.id == EVENTS.c.message_id)
    asked = session.scalars(wanted.where(*owed, EVENTS.c.kind == EventKind.HOLDING_ASKED).distinct())
    events = histories(session, list(asked))
    return sorted(number for number, happened in events.items() if _waits_for(happened, person))


def _waits_for(happened: list[Event], person: str) -> bool:
    """Whether the last who was asked is that person, and the caller has not been rung after that."""
    asked = max(place for place, event in enumerate(happened) if event.kind is EventKind.HOLDING_ASKED)
    rung = any(
        event.kind is EventKind.ATTEMPTED and event.detail.get("outcome") in RANG_THE_CALLER
        for event in happened[asked:]
    )
    return happened[asked].detail["of"] == person and not rung
