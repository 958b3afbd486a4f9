"""Tries to return a call, as rows: made, asked for at Twilio, bound to one call there, and what was learnt of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.orm import Session

from phonebot.domain.callback import Evidence, Gathered, Outcome
from phonebot.store.tables import AttemptRow, CallRow, MessageRow, table_of

ATTEMPTS, CALLS, MESSAGES = table_of(AttemptRow), table_of(CallRow), table_of(MessageRow)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try as it is kept. `number` is its row, `message` its message's; `phone` is the caller's, E.164.

    `sending_at` is when Twilio was asked to place the call, and `call_sid` the leg to staff once that is known.
    """

    number: int
    message: int
    by: str
    holding: bool
    phone: str | None
    made_at: datetime
    sending_at: datetime | None
    call_sid: str | None
    gathered: Gathered
    outcome: Outcome | None
    evidence: Evidence
    over_at: datetime | None
    answered_in_digest: str | None
    note: str | None


def new_attempt(session: Session, message: int, by: str, phone: str | None, now: datetime, *, holding: bool) -> int:
    """Keep that somebody is about to ring a caller back; the try's row."""
    new = insert(ATTEMPTS).values(
        message_id=message,
        by=by,
        holding=holding,
        phone=phone,
        made_at=now,
        gathered=Gathered().to_json(),
        evidence=Evidence.NONE.word,
    )
    number: int = session.execute(new.returning(ATTEMPTS.c.id)).scalar_one()
    return number


def message_of(session: Session, number: int) -> int | None:
    """The row of the message that a try is about; None: there is no such try."""
    return session.scalar(select(ATTEMPTS.c.message_id).where(ATTEMPTS.c.id == number))


def attempt_numbered(session: Session, number: int) -> Attempt | None:
    """The try in that row. Lock its message first where it is to be changed."""
    row = session.execute(select(ATTEMPTS).where(ATTEMPTS.c.id == number)).first()
    return None if row is None else _attempt(row)


def attempts_of(session: Session, messages: Sequence[int]) -> dict[int, list[Attempt]]:
    """The tries at each of these messages, by its row, the first one first."""
    rows = session.execute(select(ATTEMPTS).where(ATTEMPTS.c.message_id.in_(messages)).order_by(ATTEMPTS.c.id))
    found: dict[int, list[Attempt]] = {}
    for row in rows:
        found.setdefault(row.message_id, []).append(_attempt(row))
    return found


def going_on(session: Session, most: int) -> list[Attempt]:
    """The tries whose outcome is not known yet, the oldest first."""
    wanted = select(ATTEMPTS).where(ATTEMPTS.c.outcome.is_(None)).order_by(ATTEMPTS.c.id).limit(most)
    return [_attempt(row) for row in session.execute(wanted)]


def made_since(session: Session, by: str, since: datetime) -> int:
    """How many calls somebody has asked phonebot for since an instant; tries by other telephones have no number."""
    mine = (ATTEMPTS.c.by == by, ATTEMPTS.c.made_at >= since, ATTEMPTS.c.phone.is_not(None))
    return session.scalar(select(func.count()).select_from(ATTEMPTS).where(*mine)) or 0


def set_sending(session: Session, number: int, at: datetime | None) -> None:
    """Note that Twilio is about to be asked to place the call; None: it was not placed, and may be asked for again."""
    session.execute(update(ATTEMPTS).where(ATTEMPTS.c.id == number).values(sending_at=at))


def bind_call(session: Session, number: int, sid: str) -> None:
    """From now on this call at Twilio, and no other, is the try's leg to staff."""
    session.execute(update(ATTEMPTS).where(ATTEMPTS.c.id == number).values(call_sid=sid))


def bound_calls(session: Session, sids: Collection[str]) -> frozenset[str]:
    """Those of these calls at Twilio that belong to a try already."""
    return frozenset(session.scalars(select(ATTEMPTS.c.call_sid).where(ATTEMPTS.c.call_sid.in_(sids))))


def keep_gathered(session: Session, attempt: Attempt, now: datetime) -> None:
    """Keep what has been gathered of a try, and the outcome and evidence that follow from it."""
    over_at = attempt.over_at or (now if attempt.outcome is not None else None)
    session.execute(
        update(ATTEMPTS)
        .where(ATTEMPTS.c.id == attempt.number)
        .values(
            gathered=attempt.gathered.to_json(),
            outcome=attempt.outcome,
            evidence=attempt.evidence.word,
            over_at=over_at,
        )
    )


def keep_note(session: Session, number: int, note: str) -> None:
    """Keep what the one who rang wrote down, in place of what they had written before."""
    session.execute(update(ATTEMPTS).where(ATTEMPTS.c.id == number).values(note=note))


def line_rung(session: Session, message: int) -> str | None:
    """The number of the line on which a message came in."""
    joined = MESSAGES.join(CALLS, CALLS.c.sid == MESSAGES.c.call_sid)
    return session.scalar(select(CALLS.c.line).select_from(joined).where(MESSAGES.c.id == message))


def _attempt(row: Row[Any]) -> Attempt:
    return Attempt(
        number=row.id,
        message=row.message_id,
        by=row.by,
        holding=row.holding,
        phone=row.phone,
        made_at=row.made_at,
        sending_at=row.sending_at,
        call_sid=row.call_sid,
        gathered=Gathered.from_json(row.gathered),
        outcome=Outcome(row.outcome) if row.outcome else None,
        evidence=Evidence[row.evidence.upper()],
        over_at=row.over_at,
        answered_in_digest=row.answered_in_digest,
        note=row.note,
    )
