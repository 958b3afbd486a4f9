"""The two legs of a returned call, as Twilio asks and tells of them. What is learnt of them is merged, in any order."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog

from phonebot.domain.callback import Gathered, Outcome, Said, merged
from phonebot.domain.commitment import PHONEBOT
from phonebot.domain.history import Event, EventKind
from phonebot.domain.message import State
from phonebot.domain.office import OfficeBook
from phonebot.domain.spoken import Prompt, SpokenValue
from phonebot.services.callbacks.desk import CallDesk, Held, hold, learn
from phonebot.services.callbacks.placing import shown_number
from phonebot.services.callbacks.returning import target_refused
from phonebot.services.callbacks.words import owner_name, who_and_why
from phonebot.services.messages.happenings import NotPossible, happen
from phonebot.services.office.people import the_office
from phonebot.store.attempts import bind_call, bound_calls
from phonebot.store.database import Session
from phonebot.store.history import Life
from phonebot.store.messages import message_numbered
from phonebot.telephony.callback_request import told_by_dial, told_of_caller, told_of_staff
from phonebot.telephony.callback_twiml import render_joining
from phonebot.telephony.request import Posted
from phonebot.telephony.twiml import LONGEST_JOINED_CALL, render_whisper, render_words

TRIES: Final = 2
"""How often staff are asked anything: a person needs no more, and a voicemail never will."""

BEGINS_WITHIN: Final = timedelta(hours=1)
"""How long after the click the phone may be answered."""

TOLD_WITHIN: Final = timedelta(hours=3)
"""How long after the click anything told of the call counts: a call lasts an hour at most."""

JOINED_CLAIM: Final = timedelta(seconds=LONGEST_JOINED_CALL) + timedelta(minutes=5)
"""How long nobody else may ring the caller once staff pressed 1: as long as the two may talk."""

NOT_JOINED: Final = frozenset({Outcome.BUSY, Outcome.NO_ANSWER, Outcome.BAD_NUMBER})
"""Why two were not joined, as staff are told; anything else went wrong on the way."""

SAID: Final[Mapping[str, Said]] = {"1": Said.SPOKE, "2": Said.LEFT_WORD, "3": Said.WRONG_NUMBER}

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Leg:
    """A leg's try, held while one of its webhooks is answered."""

    desk: CallDesk
    session: Session
    book: OfficeBook
    held: Held
    now: datetime

    def learns(self, told: Gathered) -> "_Leg":
        """The same with what was told added."""
        held = learn(self.session, self.held, told, self.desk.joined_seconds, self.now)
        return _Leg(self.desk, self.session, self.book, held, self.now)

    def says(self, prompt: str, **values: SpokenValue) -> str:
        """The words of a prompt."""
        return self.desk.house.speaker(self.book.office.language)(Prompt(prompt, values))

    def ends(self, prompt: str, **values: SpokenValue) -> str:
        """A document that says a prompt and hangs up."""
        return render_words(self.says(prompt, **values), self.book.office.language, hang_up=True)

    def asks(self, words: str, page: str, tried: int) -> str:
        """A document that says words and waits for a key."""
        action = self.desk.address(page, self.held.attempt.number, tried)
        return render_whisper(words, self.book.office.language, action)

    @property
    def owner(self) -> str:
        """The name of who owes the call."""
        return owner_name(self.book, self.held.life.standing.owner)


def staff_answered(desk: CallDesk, posted: Posted, token: str, now: datetime) -> str:
    """Whoever answered hears who rang and why, and is asked for a 1."""
    with desk.house.database.write() as session:
        leg = _leg(desk, session, posted, token, BEGINS_WITHIN, now)
        if leg is None:
            return _gone(desk, session)
        leg = leg.learns(told_of_staff(posted))
        return leg.ends("callback-gone") if _dialled(leg) else _ask_for_one(leg)


def _ask_for_one(leg: _Leg) -> str:
    attempt = leg.held.attempt
    kept = message_numbered(leg.session, attempt.message)
    if kept is None or attempt.phone is None:
        return leg.ends("callback-gone")
    speak = leg.desk.house.speaker(leg.book.office.language)
    why = who_and_why(kept, leg.book, attempt.by, attempt.phone, leg.now, speak)
    press = leg.says("callback-press", holding="yes" if attempt.holding else "no", owner=leg.owner)
    return leg.asks(f"{why} {press}", "pressed", 1)


def staff_pressed(desk: CallDesk, posted: Posted, token: str, tried: int, now: datetime) -> str:
    """On a 1 the caller is rung; anything else asks once more. A voicemail presses nothing, and nobody is dialled."""
    with desk.house.database.write() as session:
        leg = _leg(desk, session, posted, token, BEGINS_WITHIN, now)
        if leg is None:
            return _gone(desk, session)
        if _dialled(leg):
            return leg.ends("callback-gone")
        if posted.fields.get("Digits", "") != "1":
            if tried >= TRIES:
                return leg.ends("callback-not-pressed")
            return leg.asks(leg.says("callback-press-again"), "pressed", tried + 1)
        return _dial(leg) if leg.held.attempt.gathered.pressed else _join(leg)


def _join(leg: _Leg) -> str:
    """Keep the message in hand for as long as the two may talk, look at the target again, and ring it."""
    attempt = leg.held.attempt
    try:
        life = _claim_on(leg)
    except NotPossible as why:
        log.info("callback-overtaken", attempt=attempt.number, why=str(why))
        leg.learns(Gathered(stopped=Outcome.NOT_PLACED.value))
        return leg.ends("callback-taken")
    leg = _Leg(leg.desk, leg.session, leg.book, Held(life, attempt), leg.now)
    if target_refused(leg.book, attempt.phone, leg.book.person(attempt.by)) is not None:
        leg.learns(Gathered(stopped=Outcome.NOT_PLACED.value))
        return leg.ends("callback-gone")
    return _dial(leg.learns(Gathered(pressed=True, staff="in-progress")))


def _claim_on(leg: _Leg) -> Life:
    """Claim the message afresh for this try; raise NotPossible where it is settled, or in other hands by now."""
    life, attempt = leg.held.life, leg.held.attempt
    claim = life.standing.claim
    if claim is not None and claim.attempt == attempt.number and claim.until > leg.now:
        renewed = Event(EventKind.RELEASED, leg.now, PHONEBOT, {"renewed": True})
        life = happen(leg.session, life, renewed, leg.book)
    detail = {"until": (leg.now + JOINED_CLAIM).isoformat(), "attempt": attempt.number}
    return happen(leg.session, life, Event(EventKind.CLAIMED, leg.now, attempt.by, detail), leg.book)


def _dial(leg: _Leg) -> str:
    """The document that rings the caller; asked for twice it is the same."""
    attempt = leg.held.attempt
    shown = shown_number(leg.session, leg.book, attempt)
    if attempt.phone is None or shown is None:
        return leg.ends("callback-gone")
    return render_joining(
        leg.says("callback-joining"),
        leg.book.office.language,
        to=attempt.phone,
        shown=shown,
        action=leg.desk.address("ended", attempt.number),
        status=leg.desk.address("caller", attempt.number),
    )


def caller_leg_ended(desk: CallDesk, posted: Posted, token: str, now: datetime) -> str:
    """The Dial is over: staff are asked on the same call what happened, or told why the two were not joined."""
    with desk.house.database.write() as session:
        leg = _leg(desk, session, posted, token, TOLD_WITHIN, now)
        if leg is None:
            return _gone(desk, session)
        leg = leg.learns(told_by_dial(posted))
        attempt = leg.held.attempt
        if attempt.gathered.said is not None:
            return _stands(leg)
        if attempt.outcome is Outcome.JOINED:
            return leg.asks(leg.says("callback-what-happened"), "said", 1)
        why = attempt.outcome.value if attempt.outcome in NOT_JOINED else Outcome.FAILED.value
        return leg.ends("callback-not-joined", why=why)


def staff_said(desk: CallDesk, posted: Posted, token: str, tried: int, now: datetime) -> str:
    """What staff press for what happened; with no key they are asked once more, and then the digest asks."""
    with desk.house.database.write() as session:
        leg = _leg(desk, session, posted, token, TOLD_WITHIN, now)
        if leg is None:
            return _gone(desk, session)
        said = SAID.get(posted.fields.get("Digits", ""))
        if said is not None:
            leg = leg.learns(merged(told_of_staff(posted), Gathered(said=said)))
        elif tried < TRIES:
            return leg.asks(leg.says("callback-what-happened-again"), "said", tried + 1)
        return _stands(leg)


def _stands(leg: _Leg) -> str:
    """How the message stands now, in the words of whoever made the call."""
    attempt, standing = leg.held.attempt, leg.held.life.standing
    stands = "owed"
    if attempt.holding:
        stands = "held"
    elif standing.state is State.RETURNED:
        stands = "returned"
    elif attempt.gathered.said is Said.SPOKE and attempt.gathered.seconds < leg.desk.joined_seconds:
        stands = "short"
    return leg.ends("callback-stands", stands=stands, owner=leg.owner)


def staff_leg_told(desk: CallDesk, posted: Posted, token: str, now: datetime) -> None:
    """A status of the leg to staff."""
    with desk.house.database.write() as session:
        leg = _leg(desk, session, posted, token, TOLD_WITHIN, now)
        if leg is not None:
            leg.learns(told_of_staff(posted))


def caller_leg_told(desk: CallDesk, posted: Posted, token: str, now: datetime) -> None:
    """A status of the leg to the caller, which names the leg to staff as its parent."""
    with desk.house.database.write() as session:
        leg = _leg(desk, session, posted, token, TOLD_WITHIN, now, sid=posted.fields.get("ParentCallSid", ""))
        if leg is not None:
            leg.learns(told_of_caller(posted))


def _leg(
    desk: CallDesk,
    session: Session,
    posted: Posted,
    token: str,
    within: timedelta,
    now: datetime,
    sid: str | None = None,
) -> _Leg | None:
    """The try that a webhook is about, or None: its token is forged or too old, or it is another call's.

    The first call that comes with the token after Twilio was asked is the try's, also when it comes before Twilio's own
    answer; no other call may ever use it.
    """
    number = desk.links.attempt(token)
    held = None if number is None else hold(session, number, now)
    sid = posted.call_sid if sid is None else sid
    if held is None or now - held.attempt.made_at > within or not _is_its_call(session, held, sid):
        log.warning("callback-link-refused", attempt=number)
        return None
    return _Leg(desk, session, the_office(session), held, now)


def _is_its_call(session: Session, held: Held, sid: str) -> bool:
    attempt = held.attempt
    if attempt.call_sid is not None:
        return sid == attempt.call_sid
    if not sid or attempt.sending_at is None or attempt.outcome is not None or bound_calls(session, [sid]):
        return False
    bind_call(session, attempt.number, sid)
    return True


def _dialled(leg: _Leg) -> bool:
    """Whether the caller has been rung already, or the try is over without."""
    return leg.held.attempt.outcome is not None or bool(leg.held.attempt.gathered.dial)


def _gone(desk: CallDesk, session: Session) -> str:
    """What a call hears that has no business here."""
    language = the_office(session).office.language
    return render_words(desk.house.speaker(language)(Prompt("callback-gone")), language, hang_up=True)
