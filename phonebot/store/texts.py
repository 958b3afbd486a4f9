"""Texts as rows: those to be sent and how far they got, and those that came in."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, func, insert, or_, select, update
from sqlalchemy.orm import Session

from phonebot.domain.reply import Reply
from phonebot.domain.texting import TextPurpose, TextState
from phonebot.store.once import insert_once
from phonebot.store.tables import MessageRow, ReceivedTextRow, TextRow, table_of

TEXTS, RECEIVED, MESSAGES = table_of(TextRow), table_of(ReceivedTextRow), table_of(MessageRow)


@dataclass(frozen=True, slots=True)
class KeptText:
    """A text as it is kept: `number` is its row's, `phone` is E.164, None once its caller has been forgotten.

    `message` is the row of the message it is about, `person` the id of whom of the staff it goes to. `made_at` is when
    it was put into the outbox, `sending_at` when Twilio was last asked to send it: set without a `sid`, whether it was
    sent is not known.
    """

    number: int
    purpose: TextPurpose
    message: int | None
    person: str | None
    phone: str | None
    words: str
    state: TextState
    sid: str | None
    made_at: datetime
    sending_at: datetime | None
    changed_at: datetime
    code: int | None


@dataclass(frozen=True, slots=True)
class ReceivedText:
    """A text that came in, for somebody to read. `message` is the row of the message it may be about."""

    sid: str
    phone: str | None
    words: str
    meaning: Reply
    message: int | None
    received_at: datetime


def add_text(
    session: Session,
    *,
    purpose: TextPurpose,
    phone: str,
    words: str,
    message: int | None,
    person: str | None,
    now: datetime,
) -> int:
    """Keep a text that is to be sent; its row."""
    new = insert(TEXTS).values(
        purpose=purpose,
        message_id=message,
        person_id=person,
        number=phone,
        words=words,
        state=TextState.WAITING,
        made_at=now,
        changed_at=now,
    )
    number: int = session.execute(new.returning(TEXTS.c.id)).scalar_one()
    return number


def lock_text(session: Session, number: int) -> KeptText | None:
    """The text in that row, locked until the transaction ends."""
    row = session.execute(select(TEXTS).where(TEXTS.c.id == number).with_for_update()).first()
    return None if row is None else _text(row)


def newest_text_to(session: Session, phone: str) -> KeptText | None:
    """The last text that went out to that number, whatever became of it."""
    wanted = select(TEXTS).where(TEXTS.c.number == phone, TEXTS.c.sid.is_not(None)).order_by(TEXTS.c.id.desc())
    row = session.execute(wanted.limit(1)).first()
    return None if row is None else _text(row)


def texts_about(session: Session, message: int) -> list[KeptText]:
    """Every text about a message, the oldest first."""
    wanted = select(TEXTS).where(TEXTS.c.message_id == message).order_by(TEXTS.c.id)
    return [_text(row) for row in session.execute(wanted)]


def change_text(session: Session, number: int, /, **columns: Any) -> None:
    """Set columns of the text in that row: `sending_at`, or `sid`, `state` and `code` with `changed_at`."""
    session.execute(update(TEXTS).where(TEXTS.c.id == number).values(**columns))


def sids_taken(session: Session, sids: Collection[str]) -> set[str]:
    """Those of these sids that belong to texts of ours already."""
    return set(session.scalars(select(TEXTS.c.sid).where(TEXTS.c.sid.in_(sids))))


def _text(row: Row[Any]) -> KeptText:
    return KeptText(
        number=row.id,
        purpose=TextPurpose(row.purpose),
        message=row.message_id,
        person=row.person_id,
        phone=row.number,
        words=row.words,
        state=TextState(row.state),
        sid=row.sid,
        made_at=row.made_at,
        sending_at=row.sending_at,
        changed_at=row.changed_at,
        code=row.code,
    )


def keep_received(session: Session, text: ReceivedText) -> bool:
    """Keep a text that came in; False where it is kept already."""
    return insert_once(
        session,
        ReceivedTextRow,
        sid=text.sid,
        number=text.phone,
        words=text.words,
        meaning=text.meaning,
        message_id=text.message,
        received_at=text.received_at,
        # What phonebot has acted on need not be read by anybody, and so counts as seen.
        seen_at=None if text.meaning.for_a_human else text.received_at,
    )


def received_text(session: Session, sid: str) -> ReceivedText | None:
    """The text with that sid, if it is kept."""
    row = session.execute(select(RECEIVED).where(RECEIVED.c.sid == sid)).first()
    return None if row is None else _received(row)


def received_since(session: Session, phone: str, since: datetime) -> int:
    """How many texts from that number are kept since then."""
    mine = (RECEIVED.c.number == phone, RECEIVED.c.received_at >= since)
    return session.scalar(select(func.count()).select_from(RECEIVED).where(*mine)) or 0


def newest_owed_to(session: Session, phone: str) -> int | None:
    """The newest message that is still owed to whoever has that number."""
    theirs = or_(MESSAGES.c.number == phone, and_(MESSAGES.c.number.is_(None), MESSAGES.c.caller_id == phone))
    owed = (MESSAGES.c.settled_at.is_(None), MESSAGES.c.owner.is_not(None))
    rows = session.execute(select(MESSAGES.c.received_at, MESSAGES.c.id).where(theirs, *owed)).all()
    # Sorted here: asked for the newest, SQLite would walk all messages from the newest on until one is theirs.
    return max(rows).id if rows else None


def received_about(session: Session, message: int) -> list[ReceivedText]:
    """Every text that came in about a message, the oldest first, but for those of callers who have been forgotten."""
    wanted = select(RECEIVED).where(RECEIVED.c.message_id == message, RECEIVED.c.number.is_not(None))
    return [_received(row) for row in session.execute(wanted.order_by(RECEIVED.c.received_at))]


def unseen_texts(session: Session, owners: Collection[str], most: int, *, strays: bool = False) -> list[ReceivedText]:
    """Texts somebody should read that nobody has been shown, the oldest first; none of callers who are forgotten.

    Those about messages that these owe or owed last (ids of people, or RECEPTION), and with `strays` those about no
    message.
    """
    # Whose each is is looked up text by text: joined, they might be looked for among all messages that somebody had.
    owner = select(MESSAGES.c.owner).where(MESSAGES.c.id == RECEIVED.c.message_id).scalar_subquery()
    theirs = owner.in_(owners)
    mine = theirs | RECEIVED.c.message_id.is_(None) if strays else theirs
    wanted = select(RECEIVED).where(RECEIVED.c.seen_at.is_(None), RECEIVED.c.number.is_not(None), mine)
    return [_received(row) for row in session.execute(wanted.order_by(RECEIVED.c.received_at).limit(most))]


def callers_named(session: Session, messages: Collection[int]) -> dict[int, tuple[str | None, str | None]]:
    """The name and the company that the caller of each of these messages gave."""
    wanted = select(MESSAGES.c.id, MESSAGES.c.name, MESSAGES.c.company)
    rows = session.execute(wanted.where(MESSAGES.c.id.in_(messages)))
    return {row.id: (row.name, row.company) for row in rows}


def mark_seen(session: Session, sids: Collection[str], now: datetime) -> None:
    """Note that staff have been shown these texts."""
    session.execute(update(RECEIVED).where(RECEIVED.c.sid.in_(sids), RECEIVED.c.seen_at.is_(None)).values(seen_at=now))


def _received(row: Row[Any]) -> ReceivedText:
    return ReceivedText(row.sid, row.number, row.words, Reply(row.meaning), row.message_id, row.received_at)
