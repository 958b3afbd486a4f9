"""What follows from a text to a caller: once Twilio has it, and where it did not arrive."""

from datetime import datetime

from phonebot.domain.commitment import PHONEBOT
from phonebot.domain.history import Event, EventKind
from phonebot.domain.outbox import JobKind
from phonebot.domain.texting import TextPurpose
from phonebot.services.messages.happenings import happen
from phonebot.store import outbox
from phonebot.store.commitments import note_promise, standing_promise
from phonebot.store.database import Session
from phonebot.store.history import lock_life
from phonebot.store.texts import KeptText
from phonebot.store.verdicts import not_asked, question_about


def still_wanted(session: Session, text: KeptText, commitment: int | None, now: datetime) -> bool:
    """Whether what a text to a caller says is still so, just before it goes."""
    if text.message is None:
        return True
    match text.purpose:
        case TextPurpose.ACCEPTED:
            promise = standing_promise(session, text.message)
            return promise is not None and promise.number == commitment
        case TextPurpose.SLIP:
            life = lock_life(session, text.message, now)
            return life is not None and life.standing.owed
        case TextPurpose.VERDICT:
            question = question_about(session, text.message)
            return question is not None and question.reached is None
    return True


def text_handed_over(session: Session, text: KeptText, commitment: int | None, now: datetime) -> None:
    """Twilio has the text: whoever it goes to counts as told from now on."""
    if text.message is None or commitment is None:
        return
    if text.purpose not in {TextPurpose.SLIP, TextPurpose.ACCEPTED}:
        return
    # The message is locked before its commitments, here as everywhere: two that lock in turn wait for each other.
    life = lock_life(session, text.message, now)
    if text.purpose is TextPurpose.SLIP:
        note_promise(session, commitment, slip_told_at=now)
    else:
        note_promise(session, commitment, told_at=now)
    if life is not None:
        detail = {"commitment": commitment, "slip": text.purpose is TextPurpose.SLIP}
        happen(session, life, Event(EventKind.TOLD, now, PHONEBOT, detail))


def text_lost(session: Session, text: KeptText, commitment: int | None, now: datetime) -> None:
    """The text did not arrive: its caller has not been told, or asked, after all."""
    if text.message is None:
        return
    match text.purpose:
        case TextPurpose.VERDICT:
            not_asked(session, text.message)
        case TextPurpose.ACCEPTED if commitment is not None:
            note_promise(session, commitment, told_at=None)
        case TextPurpose.SLIP if commitment is not None:
            note_promise(session, commitment, slip_told_at=None)
            payload = {"commitment": commitment, "by_text": False}
            outbox.put(session, JobKind.TELL_SLIP, f"slip:{commitment}:by-hand", payload, due_at=now, now=now)
