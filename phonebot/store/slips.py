"""Who has been asked to ring a caller in place of a colleague whose promised call slipped."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from phonebot.domain.history import EventKind
from phonebot.domain.holding import holding_call_wanted
from phonebot.store.history import histories
from phonebot.store.tables import EventRow, MessageRow, table_of

EVENTS, MESSAGES = table_of(EventRow), table_of(MessageRow)


def asked_to_hold(session: Session, owners: Collection[str], people: Collection[str]) -> list[int]:
    """Rows of the messages that these owe still, whose callers one of these people is to ring in a colleague's place.

    All by ids. That is, was asked to, and nobody has rung them since: see phonebot.domain.holding.
    """
    # Looked for among what is owed, of which there is little. Naming its owners keeps SQLite to the index that has it.
    owed = select(MESSAGES.c.id).where(MESSAGES.c.owner.in_(owners), MESSAGES.c.settled_at.is_(None))
    wanted = select(EVENTS.c.message_id).where(EVENTS.c.message_id.in_(owed))
    asked = session.scalars(wanted.where(EVENTS.c.kind == EventKind.HOLDING_ASKED).distinct())
    found = histories(session, [number for number in asked if number is not None])
    wants = {number: holding_call_wanted(events) for number, events in found.items()}
    return sorted(number for number, event in wants.items() if event is not None and event.detail["of"] in people)
