"""Texts that told callers that a call they were promised had not been made, as they went out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from phonebot.domain.commitment import Basis
from phonebot.domain.texting import TextPurpose, TextState
from phonebot.store.tables import CommitmentRow, TextRow, table_of

COMMITMENTS, TEXTS = table_of(CommitmentRow), table_of(TextRow)
GONE_OUT = sorted(state for state in TextState if not state.lost and state is not TextState.WAITING)


@dataclass(frozen=True, slots=True)
class SlipText:
    """What a caller was told of a slip and when (aware UTC), with the rows of the message and the missed promise."""

    message: int
    commitment: int
    words: str
    told_at: datetime


def slip_texts(session: Session, messages: Sequence[int]) -> list[SlipText]:
    """The texts that told the callers of these messages of slips, the earliest first; none that did not arrive."""
    if not messages:
        return []
    missed = (
        select(COMMITMENTS.c.id)
        .where(
            COMMITMENTS.c.message_id == TEXTS.c.message_id,
            COMMITMENTS.c.basis == Basis.ACCEPTED,
            COMMITMENTS.c.due_at < TEXTS.c.made_at,
        )
        .order_by(COMMITMENTS.c.due_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    wanted = select(TEXTS.c.message_id, missed.label("commitment"), TEXTS.c.words, TEXTS.c.sending_at).where(
        TEXTS.c.message_id.in_(messages), TEXTS.c.purpose == TextPurpose.SLIP, TEXTS.c.state.in_(GONE_OUT)
    )
    rows = session.execute(wanted.where(TEXTS.c.sending_at.is_not(None)).order_by(TEXTS.c.id))
    return [SlipText(row.message_id, row.commitment, row.words, row.sending_at) for row in rows if row.commitment]
