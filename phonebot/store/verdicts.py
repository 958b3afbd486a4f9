"""The one question a caller is asked about a message, did we get back to you, as rows: opened, asked, answered."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from phonebot.domain.message import State
from phonebot.store.once import insert_once
from phonebot.store.tables import MessageRow, VerdictRow, table_of

MESSAGES, VERDICTS = table_of(MessageRow), table_of(VerdictRow)


@dataclass(frozen=True, slots=True)
class Question:
    """The question about one message (its row), and the number (E.164) of whom it is put to."""

    message: int
    number: str
    asked_at: datetime | None
    reached: bool | None


def open_question(session: Session, message: int, now: datetime) -> bool:
    """Open the question about a message; False where it is open already, or there is no number to ask it of."""
    number = session.scalar(
        select(func.coalesce(MESSAGES.c.number, MESSAGES.c.caller_id)).where(MESSAGES.c.id == message)
    )
    return bool(number) and insert_once(session, VerdictRow, message_id=message, number=number, opened_at=now)


def question_about(session: Session, message: int) -> Question | None:
    """The question about a message, if it has been opened."""
    row = session.execute(select(VERDICTS).where(VERDICTS.c.message_id == message)).first()
    return None if row is None or row.number is None else Question(message, row.number, row.asked_at, row.reached)


def oldest_unasked(session: Session, number: str) -> int | None:
    """The message of the oldest question that nobody has put to that number yet."""
    wanted = select(VERDICTS.c.message_id).where(VERDICTS.c.number == number, VERDICTS.c.asked_at.is_(None))
    return session.scalar(wanted.order_by(VERDICTS.c.id).limit(1))


def asked(session: Session, message: int, now: datetime, call_sid: str | None = None) -> bool:
    """Note that the question is put now, on that call or by text; False if it was put before."""
    unasked = (VERDICTS.c.message_id == message, VERDICTS.c.asked_at.is_(None))
    put = update(VERDICTS).where(*unasked).values(asked_at=now, call_sid=call_sid).returning(VERDICTS.c.id)
    return session.execute(put).first() is not None


def answered_on_call(session: Session, call_sid: str, now: datetime, *, reached: bool) -> int | None:
    """Keep what the caller answered on the call on which they were asked; the message it is about, or None."""
    mine = update(VERDICTS).where(VERDICTS.c.call_sid == call_sid)
    return session.execute(mine.values(reached=reached, answered_at=now).returning(VERDICTS.c.message_id)).scalar()


def asked_by_text(session: Session, number: str) -> int | None:
    """The message of the question last put to that number by text and not answered yet."""
    waiting = (VERDICTS.c.number == number, VERDICTS.c.asked_at.is_not(None), VERDICTS.c.call_sid.is_(None))
    wanted = select(VERDICTS.c.message_id).where(*waiting, VERDICTS.c.answered_at.is_(None))
    return session.scalar(wanted.order_by(VERDICTS.c.asked_at.desc()).limit(1))


def answered(session: Session, message: int, now: datetime, *, reached: bool) -> bool:
    """Keep what the caller answered by text; False if they had answered before."""
    mine = update(VERDICTS).where(VERDICTS.c.message_id == message, VERDICTS.c.answered_at.is_(None))
    answer = mine.values(reached=reached, answered_at=now).returning(VERDICTS.c.id)
    return session.execute(answer).first() is not None


def not_asked(session: Session, message: int) -> None:
    """The question never came to its caller: it may be put when they next ring, unless they answered all the same."""
    mine = update(VERDICTS).where(VERDICTS.c.message_id == message, VERDICTS.c.answered_at.is_(None))
    session.execute(mine.values(asked_at=None))


def oldest_to_ask_by_text(session: Session, number: str) -> int | None:
    """The message of the oldest question that may be put to that number now; None while another awaits its answer.

    It must still stand as returned, or said to be.
    """
    if asked_by_text(session, number) is not None:
        return None
    unasked = select(VERDICTS.c.message_id).join(MESSAGES, MESSAGES.c.id == VERDICTS.c.message_id)
    unasked = unasked.where(VERDICTS.c.number == number, VERDICTS.c.asked_at.is_(None))
    standing = MESSAGES.c.state.in_((State.RETURNED, State.SAID_RETURNED))
    return session.scalar(unasked.where(standing).order_by(VERDICTS.c.id).limit(1))
