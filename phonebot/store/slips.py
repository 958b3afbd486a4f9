"""Who has been asked to ring a caller in place of a colleague whose promised call slipped."""

from collections.abc import Collection

from sqlalchemy import literal_column, select
from sqlalchemy.orm import Session

from phonebot.domain.history import EventKind
from phonebot.domain.holding import holding_call_wanted
from phonebot.store.history import histories
from phonebot.store.tables import EventRow, MessageRow, table_of

EVENTS, MESSAGES = table_of(EventRow), table_of(MessageRow)
_ASKED = EVENTS.c.kind == literal_column(f"'{EventKind.HOLDING_ASKED}'")
"""Written out, so that both databases see that the small index of just these will do."""


def asked_to_hold(session: Session, owners: Collection[str], people: Collection[str]) -> list[int]:
    """Rows of the messages that these owe still, whose callers one of these people is to ring in a colleague's place.

    All by ids. That is, was asked to, and nobody has rung them since: see phonebot.domain.holding.
    """
    owed = select(MESSAGES.c.id).where(MESSAGES.c.owner.in_(owners), MESSAGES.c.settled_at.is_(None))
    asked = session.scalars(select(EVENTS.c.message_id).where(_ASKED, EVENTS.c.message_id.in_(owed)).distinct())
    found = histories(session, [number for number in asked if number is not None])
    wants = {number: holding_call_wanted(events) for number, events in found.items()}
    return sorted(number for number, event in wants.items() if event is not None and event.detail["of"] in people)
