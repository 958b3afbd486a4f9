"""What staff answer afterwards about a call that was joined: kept with its try."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from phonebot.store.tables import AttemptRow, table_of

ATTEMPTS = table_of(AttemptRow)


def keep_answer(session: Session, attempt: int, answer: str) -> None:
    """Keep what was answered afterwards, a callback.Said, about the try in that row."""
    session.execute(update(ATTEMPTS).where(ATTEMPTS.c.id == attempt).values(answered_in_digest=answer))
