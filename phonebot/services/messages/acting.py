"""What staff do to a message by one tap or on the command line. Each act is a transaction, and done twice is once."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from phonebot.domain.callback import Evidence, Outcome
from phonebot.domain.commitment import Commitment
from phonebot.domain.history import Event, EventKind
from phonebot.domain.message import State
from phonebot.domain.moves import NOT_OWED, SETTLED
from phonebot.domain.office import RECEPTION, OfficeBook, Person
from phonebot.domain.reference import reference_of
from phonebot.mail.dates import Dates
from phonebot.mail.wording import caller_words, outcome_words
from phonebot.services.callbacks.desk import attempted
from phonebot.services.callbacks.returning import Refused, return_locked
from phonebot.services.messages.accepting import accept_locked
from phonebot.services.messages.happenings import NotPossible, happen, locked
from phonebot.services.office.people import person_called, the_office
from phonebot.services.staff.notice_jobs import put_notices
from phonebot.services.staff.recipients import name_of, roll_call
from phonebot.store.attempts import attempt_numbered, keep_gathered, new_attempt
from phonebot.store.commitments import standing_promise
from phonebot.store.database import Database, Session
from phonebot.store.history import Life
from phonebot.store.messages import message_numbered
from phonebot.store.verdicts import question_about

BY_OTHER_TELEPHONE: Final = (
    Outcome.NO_ANSWER,
    Outcome.BUSY,
    Outcome.LEFT_WORD,
    Outcome.WRONG_NUMBER,
    Outcome.BAD_NUMBER,
)
"""What may have come of a try that staff made without phonebot, and that did not reach the caller."""

CLOSED: Final = {
    State.WITHDRAWN: "Closed as withdrawn by its caller.",
    State.UNREACHABLE: "Closed: its caller could not be reached.",
}


@dataclass(frozen=True, slots=True)
class Came:
    """What came of an act, in a sentence or two; `again` where it had been done already and nothing was changed.

    `words` are what the caller may be told from now on, empty where nothing is promised.
    """

    said: str
    again: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class Hand:
    """A message in somebody's hand while they do something to it: it is locked until the transaction ends."""

    session: Session
    book: OfficeBook
    life: Life
    person: Person
    now: datetime

    def event(self, kind: EventKind, **detail: object) -> Event:
        """Something that this person does now."""
        return Event(kind, self.now, self.person.id, detail)

    def owner_name(self) -> str:
        """The name of whoever owes the message."""
        return name_of(self.book, self.life.standing.owner)


class _Unchanged(Exception):
    """What was asked for stands already, word for word; the transaction is rolled back."""

    def __init__(self, stands: Commitment) -> None:
        self.stands = stands


@contextmanager
def in_hand(database: Database, number: int, by: str, now: datetime) -> Iterator[Hand]:
    """Open a transaction with the message in that row, for the person with that id. Raise NoMessage, Nobody, NoOffice.

    It is not checked whether anything is still owed: see `must_be_owed`.
    """
    with database.write() as session:
        book = the_office(session)
        person = person_called(book, by)
        yield Hand(session, book, locked(session, number, reference_of(number), now), person, now)


def must_be_owed(life: Life) -> None:
    """Raise NotPossible, saying why, where nothing is owed to the caller of the message."""
    standing = life.standing
    if not standing.owed:
        raise NotPossible(SETTLED[standing.settled_as] if standing.settled_as else NOT_OWED[standing.left])


def ring_back(database: Database, number: int, by: str, calls_a_day: int, now: datetime, seen: int | None) -> Came:
    """Have this person's phone rung, and on their 1 the caller's. `seen` is how many events they had before them.

    A try of theirs that is going on, or was made since they looked, is the same click come twice. Raises what
    `callbacks.return_call` raises.
    """
    with in_hand(database, number, by, now) as hand:
        claim = hand.life.standing.claim
        ringing = claim is not None and claim.by == hand.person.id and claim.attempt is not None and claim.until > now
        if ringing or _tried_since(hand, seen):
            return Came("That call was asked for already.", again=True)
        kept = message_numbered(hand.session, number)
        made = return_locked(hand.session, hand.book, hand.life, hand.person, calls_a_day, now)
    if isinstance(made, Refused):
        raise NotPossible(made.why)
    answers = kept.message.answers if kept else None
    who = caller_words(answers.name if answers else None, answers.company if answers else None)
    return Came(f"{phone_words(hand.person)} rings now. Press 1 there to have the caller rung ({who}).")


def phone_words(person: Person) -> str:
    """Which phone is that person's: "The phone ending 0102"."""
    return f"The phone ending {person.phone[-4:]}" if person.phone else "No phone"


def take_on(database: Database, number: int, by: str, window: str | None, now: datetime) -> Came:
    """Accept the call for the caller's window, or for the one said in words. The same again tells nobody anew.

    Raises NotPossible, or NotAcceptable with what to say instead.
    """
    try:
        with in_hand(database, number, by, now) as hand:
            dates = Dates(hand.book.office.hours.zone, now)
            before = standing_promise(hand.session, number)
            made = accept_locked(hand.session, hand.book, hand.life, hand.person, window, now)
            if before is not None and (before.commitment.due, before.commitment.words) == (made.due, made.words):
                raise _Unchanged(before.commitment)
    except _Unchanged as already:
        stands = already.stands
        return Came(f"Taken on already, to call by {dates.at(stands.due)}.", again=True, words=stands.words)
    return Came(f"Taken on, to call by {dates.at(made.due)}.", words=made.words)


def said_returned(database: Database, number: int, by: str, now: datetime) -> Came:
    """Keep this person's word that they have called by some other telephone: a try that only the word is evidence of.

    It makes the message said-returned, never returned, and its caller is asked. Raises NotPossible.
    """
    with in_hand(database, number, by, now) as hand:
        standing = hand.life.standing
        if standing.said_by is not None and standing.owed:
            return Came(f"{name_of(hand.book, standing.said_by)} has said so already.", again=True)
        return Came(said_so(_log_try(hand, Outcome.SAID, Evidence.SAID)))


def said_so(hand: Hand) -> str:
    """Put on record that this person says that the caller was called back; the sentence that says what follows."""
    asked_before = hand.life.standing.asked_at is not None
    happen(hand.session, hand.life, hand.event(EventKind.SAID), hand.book)
    if asked_before:
        then = "They have been asked once whether somebody got back to them, and are not asked again."
    elif question_about(hand.session, hand.life.number) is None:
        then = "There is no number on which they could be asked about it."
    else:
        then = "They will be asked once: by text if they agreed to texts, else when they next ring."
    return f"It is shown as said to be returned, until the caller says so. {then}"


def could_not_reach(
    database: Database,
    number: int,
    by: str,
    now: datetime,
    *,
    outcome: Outcome = Outcome.NO_ANSWER,
    seen: int | None = None,
) -> Came:
    """Log a try by this person's own telephone, which did not reach the caller: one of BY_OTHER_TELEPHONE.

    `seen` is how many events the message had when they looked at it: a try of theirs since then is the same click come
    twice. Raises NotPossible.
    """
    if outcome not in BY_OTHER_TELEPHONE:
        raise ValueError(f"{outcome} is no way of not reaching somebody")
    with in_hand(database, number, by, now) as hand:
        must_be_owed(hand.life)
        if _tried_since(hand, seen):
            return Came("That try was noted already.", again=True)
        _log_try(hand, outcome, Evidence.NONE)
        return Came(f"Noted: {outcome_words(outcome)}. {hand.owner_name()} still owes this call.")


def _tried_since(hand: Hand, seen: int | None) -> bool:
    """Whether this person has made a try since the message had so many events; None: there is no telling.

    What is learnt since then of a try made before is no new one.
    """
    events = hand.life.events
    tries = [event for event in events if event.kind is EventKind.ATTEMPTED and event.by == hand.person.id]
    before = sum(event.kind is EventKind.ATTEMPTED and event.by == hand.person.id for event in events[:seen])
    known = {event.detail["attempt"] for event in tries[:before]}
    return any(event.detail["attempt"] not in known for event in tries[before:])


def _log_try(hand: Hand, outcome: Outcome, evidence: Evidence) -> Hand:
    """Put a try on record that phonebot had no part in. Which number was dialled is not known."""
    holding = hand.life.standing.holding(hand.person.id)
    row = new_attempt(hand.session, hand.life.number, hand.person.id, None, hand.now, holding=holding)
    made = attempt_numbered(hand.session, row)
    assert made is not None  # it was inserted just now
    made = replace(made, outcome=outcome, evidence=evidence)
    keep_gathered(hand.session, made, hand.now)
    return replace(hand, life=happen(hand.session, hand.life, attempted(made, hand.now), hand.book))


def pass_on(database: Database, number: int, by: str, to: str, now: datetime) -> Came:
    """Put the message on the list of somebody else, or of the office (RECEPTION), who are told at once.

    What the one passing it on has accepted stays promised by them. Raises NotPossible, Nobody.
    """
    with in_hand(database, number, by, now) as hand:
        owner = RECEPTION if to.strip().lower() == RECEPTION else person_called(hand.book, to).id
        name = name_of(hand.book, owner)
        if hand.life.standing.owed and hand.life.standing.owner == owner:
            return Came(f"It is on the list of {name} already.", again=True)
        life = happen(hand.session, hand.life, hand.event(EventKind.PASSED, to=owner), hand.book)
        told = roll_call(hand.session, hand.book, now).told_at_once(owner, urgent=False)
        put_notices(hand.session, hand.book, told, number, now, why=f"passed-{len(life.events)}")
        promised = standing_promise(hand.session, number)
        kept = name_of(hand.book, promised.commitment.owner) if promised and promised.commitment.owner != owner else ""
        return Came(f"It is on the list of {name} now." + (f" {kept} has still promised the call." if kept else ""))


def close(database: Database, number: int, by: str, how: State, now: datetime) -> Came:
    """Close the message by hand: WITHDRAWN by its caller, or UNREACHABLE after enough tries. Raises NotPossible."""
    with in_hand(database, number, by, now) as hand:
        if hand.life.standing.settled_as is how and how in CLOSED:
            return Came("It was closed like that already.", again=True)
        happen(hand.session, hand.life, hand.event(EventKind.SETTLED, how=how.value), hand.book)
        return Came(CLOSED[how])


def heard(database: Database, number: int, by: str, now: datetime) -> Came:
    """Put on record that this person has listened to the recording: once each."""
    with in_hand(database, number, by, now) as hand:
        if any(event.kind is EventKind.HEARD and event.by == hand.person.id for event in hand.life.events):
            return Came("That was noted already.", again=True)
        happen(hand.session, hand.life, hand.event(EventKind.HEARD), hand.book)
        return Came("Noted: listened to.")
