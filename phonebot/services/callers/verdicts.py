"""The caller's verdict: asked by text where they agreed to texts, and taken in however they answered."""

from datetime import datetime

import structlog

from phonebot.domain.commitment import PHONEBOT
from phonebot.domain.history import CALLER, Event, EventKind
from phonebot.domain.message import State
from phonebot.domain.outbox import JobKind
from phonebot.domain.schedule import within_texting_hours
from phonebot.domain.texting import TextPurpose
from phonebot.services.callers.texts import may_text, queue_text
from phonebot.services.callers.wording import verdict_words
from phonebot.services.house import House
from phonebot.services.messages.happenings import ASKED_AFTER, happen
from phonebot.services.not_yet import NotYet
from phonebot.services.office.people import the_office
from phonebot.store import outbox
from phonebot.store.database import Database, Session
from phonebot.store.history import lock_life
from phonebot.store.messages import message_numbered
from phonebot.store.verdicts import asked, oldest_to_ask_by_text, question_about

log = structlog.get_logger(__name__)


def ask_verdict(house: House, message: int, now: datetime) -> None:
    """Text the caller of that message the oldest question that is open for them, if they agreed to texts.

    Nothing is asked while another question awaits its answer; whoever did not agree is asked when they next ring. Raise
    NotYet outside the hours in which callers are texted, so that none is marked as asked overnight.
    """
    with house.database.write() as session:
        book = the_office(session)
        question = question_about(session, message)
        oldest = None if question is None else oldest_to_ask_by_text(session, question.number)
        if question is None or oldest is None or not may_text(session, book, question.number, to_caller=True):
            return
        earliest = within_texting_hours(now, book.office.hours.zone)
        if earliest > now:
            raise NotYet("callers are texted from eight in the morning", earliest - now)
        life, kept = lock_life(session, oldest, now), message_numbered(session, oldest)
        if life is None or kept is None or not asked(session, oldest, now):
            return
        queue_text(
            session,
            purpose=TextPurpose.VERDICT,
            number=question.number,
            words=verdict_words(house, book.office, kept.message.received_at),
            message=oldest,
            person=None,
            now=now,
            due_at=now,
        )
        if life.standing.asked_at is None:
            happen(session, life, Event(EventKind.ASKED, now, PHONEBOT), book)


def take_verdict(database: Database, message: int, now: datetime, *, reached: bool) -> None:
    """Put on record what the caller says: it settles the message, or opens it again. Taken in once."""
    with database.write() as session:
        life = lock_life(session, message, now)
        if life is None or any(event.kind is EventKind.VERDICT for event in life.events):
            return
        if life.standing.settled_as is State.WITHDRAWN:
            # Whoever has withdrawn a message, or asked to be forgotten, does not have it opened again.
            return
        if life.standing.asked_at is None:
            # Asked on a call, the question was put in the turn, which writes no history.
            life = happen(session, life, Event(EventKind.ASKED, now, PHONEBOT))
        happen(session, life, Event(EventKind.VERDICT, now, CALLER, {"reached": reached}))
        _ask_the_next(session, message, now)
    log.info("verdict-taken", message=message, reached=reached)


def _ask_the_next(session: Session, message: int, now: datetime) -> None:
    """Of several questions for one number the next comes up once this one is answered, and not at once."""
    question = question_about(session, message)
    following = None if question is None else oldest_to_ask_by_text(session, question.number)
    if following is not None:
        key, payload = f"ask:{following}:after:{message}", {"message": following}
        outbox.put(session, JobKind.ASK_VERDICT, key, payload, due_at=now + ASKED_AFTER, now=now)
