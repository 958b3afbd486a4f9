"""What callers answered when asked whether they may be texted, and what has put an end to it since."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.orm import Session

from phonebot.store.tables import ConsentRow, table_of

CONSENTS = table_of(ConsentRow)


class Consent(StrEnum):
    """How a number stands. ENDED: no text goes there, whether or not they had agreed before."""

    AGREED = "agreed"
    DECLINED = "declined"
    ENDED = "ended"


class EndedBy(StrEnum):
    """Who or what put an end to texts: the caller's own text, or the network's word that none can arrive."""

    CALLER = "caller"
    NETWORK = "network"


def keep_answer(
    session: Session, number: str, *, agreed: bool, words: str, call_sid: str | None, now: datetime
) -> None:
    """Keep what the caller with that number (E.164) answered, and the exact words of the question."""
    answer = {"number": number, "agreed": agreed, "words": words, "call_sid": call_sid, "at": now}
    session.execute(insert(CONSENTS).values(**answer))


def standing(session: Session, number: str) -> Consent | None:
    """How that number stands by its newest answer; None where it was never asked and never said no."""
    row = _newest(session, number)
    if row is None:
        return None
    if row.ended_at is not None:
        return Consent.ENDED
    return Consent.AGREED if row.agreed else Consent.DECLINED


def end(session: Session, number: str, by: EndedBy, now: datetime) -> None:
    """No text goes to that number from now on, also if it was never asked. Ended twice, the first counts."""
    row = _newest(session, number)
    if row is None:
        ended = {"number": number, "agreed": False, "words": "", "at": now, "ended_at": now, "ended_by": by}
        session.execute(insert(CONSENTS).values(**ended))
    elif row.ended_at is None:
        session.execute(update(CONSENTS).where(CONSENTS.c.id == row.id).values(ended_at=now, ended_by=by))


def restore(session: Session, number: str, now: datetime) -> None:
    """The caller takes their own STOP back: what they had answered before it holds again, and nothing more."""
    row = _newest(session, number)
    if row is None or row.ended_at is None or row.ended_by != EndedBy.CALLER:
        return
    if row.words:
        keep_answer(session, number, agreed=row.agreed, words=row.words, call_sid=row.call_sid, now=now)
    else:
        # They had never been asked, and so they are as before their STOP.
        session.execute(delete(CONSENTS).where(CONSENTS.c.id == row.id))


def _newest(session: Session, number: str) -> Row[Any] | None:
    wanted = select(CONSENTS).where(CONSENTS.c.number == number).order_by(CONSENTS.c.id.desc())
    return session.execute(wanted.limit(1)).first()
