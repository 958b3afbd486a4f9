"""Calls that somebody has accepted, as they are kept with their message."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from phonebot.domain.commitment import Basis, Commitment
from phonebot.domain.message import written
from phonebot.domain.window import Part
from phonebot.store.messages import KeptMessage, message_numbered
from phonebot.store.tables import CommitmentRow, MessageRow, table_of

COMMITMENTS = table_of(CommitmentRow)


def lock_message(session: Session, number: int) -> KeptMessage | None:
    """The listed message in that row, locked until the transaction ends; None if there is none."""
    session.execute(select(MessageRow.id).where(MessageRow.id == number).with_for_update())
    return message_numbered(session, number)


def accepted_call(session: Session, number: int) -> Commitment | None:
    """The accepted call that stands for a message: the one accepted last."""
    accepted = (COMMITMENTS.c.message_id == number, COMMITMENTS.c.basis == Basis.ACCEPTED)
    row = session.execute(select(COMMITMENTS).where(*accepted).order_by(COMMITMENTS.c.id.desc()).limit(1)).first()
    if row is None:
        return None
    made_at: datetime = row.made_at
    return Commitment(Basis(row.basis), row.owner, row.due_at, row.words, row.rests_on, made_at)


def keep_accepted(session: Session, number: int, made: Commitment, parts: Sequence[Part]) -> None:
    """Keep that somebody has accepted a call. Nobody has told the caller yet."""
    session.execute(
        insert(COMMITMENTS).values(
            message_id=number,
            basis=made.basis,
            owner=made.owner,
            due_at=made.due,
            words=made.words,
            rests_on=dict(made.rests_on),
            made_at=made.made_at,
            told_at=None,
            window=written(parts),
        )
    )
