"""What staff answer afterwards when a call was joined and nobody pressed a key: what happened?"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from phonebot.domain.callback import Gathered, Outcome, Said
from phonebot.mail.wording import outcome_words
from phonebot.services.callbacks.desk import Held, learn
from phonebot.services.messages.acting import Came, Hand, in_hand, must_be_owed, said_so
from phonebot.services.messages.happenings import NotPossible
from phonebot.store.answers import keep_answer
from phonebot.store.attempts import Attempt, attempts_of
from phonebot.store.database import Database

ANSWERS: Final = {
    Said.SPOKE: "they spoke to them",
    Said.LEFT_WORD: outcome_words(Outcome.LEFT_WORD),
    Said.WRONG_NUMBER: outcome_words(Outcome.WRONG_NUMBER),
}
"""The answers in words, as others give them."""


def what_happened(database: Database, number: int, by: str, answer: Said, joined_seconds: int, now: datetime) -> Came:
    """Take the answer about the latest joined call of the message that nobody has told of. The first answer stands.

    A click after the call is no key pressed on it: "I spoke to them" makes the message said-returned, never returned.
    `joined_seconds` is how long joined counts as having talked. Raises NotPossible.
    """
    with in_hand(database, number, by, now) as hand:
        tries = attempts_of(hand.session, [number]).get(number, [])
        attempt = awaiting_answer(tries)
        if attempt is None:
            return _told_already(tries)
        must_be_owed(hand.life)
        keep_answer(hand.session, attempt.number, answer.value)
        if answer is Said.SPOKE:
            return Came(_spoke(hand, attempt))
        learn(hand.session, Held(hand.life, attempt), Gathered(said=answer), joined_seconds, now)
        return Came(f"Noted: {ANSWERS[answer]}. {hand.owner_name()} still owes this call.")


def awaiting_answer(tries: Sequence[Attempt]) -> Attempt | None:
    """The latest of these tries that was joined and of which nobody has said how it went."""
    joined = (each for each in reversed(tries) if each.outcome is Outcome.JOINED)
    return next((each for each in joined if each.gathered.said is None and each.answered_in_digest is None), None)


def _told_already(tries: Sequence[Attempt]) -> Came:
    answers = [Said(each.answered_in_digest) for each in tries if each.answered_in_digest]
    if not answers:
        raise NotPossible("there is no joined call of which it is not known what happened")
    return Came(f"It was answered already: {ANSWERS[answers[-1]]}.", again=True)


def _spoke(hand: Hand, attempt: Attempt) -> str:
    if attempt.holding:
        return f"Noted. It is shown as held, and {hand.owner_name()} still owes this call."
    return said_so(hand)
