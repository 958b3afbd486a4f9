"""Calls in progress: one locked, stepped and saved a turn, with its message. Few statements, since a caller waits."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import RowMapping, insert, select, true, update
from sqlalchemy.orm import Session

from phonebot.dialog.dialogue import Dialogue
from phonebot.domain.commitment import Commitment
from phonebot.domain.message import State, state_when_over
from phonebot.domain.office import RECEPTION, Line, Office, Person
from phonebot.domain.outbox import JobKind
from phonebot.domain.status import AwayStatus
from phonebot.store import outbox
from phonebot.store.call_statements import (
    ANSWERED,
    ASK_VERDICT,
    CALL_LOCKED,
    CALLS,
    EVERYBODY,
    KNOWN_OF_CALLER,
    LINE_AND_OFFICE,
    LINES,
    MESSAGES,
    NEW_COMMITMENT,
    OFFICES,
    PEOPLE,
    PEOPLE_NAMED,
    STATUSES,
    TAKE_VERDICT,
    TRANSFERS,
    UPDATE_CALL,
    UPDATE_MESSAGE,
)
from phonebot.store.offices import office_of, person_of
from phonebot.store.once import insert_once
from phonebot.store.recordings import weigh_message
from phonebot.store.statuses import status_of
from phonebot.store.tables import CallRow, WebhookRow

RINGING = timedelta(seconds=90)
"""How long after it began a transfer may still be ringing, whatever we were told of its end."""


@dataclass(frozen=True, slots=True)
class Notice:
    """The recording notice a caller heard: its prompt's id, and which version of its words."""

    prompt: str
    version: str


@dataclass(frozen=True, slots=True)
class CallInProgress:
    """A call as it stands in the database, locked until the transaction ends."""

    sid: str
    line: Line
    caller: str
    office: Office
    dialogue: Dialogue
    over: bool


LONGEST_JOINED = timedelta(hours=1)
"""How long a caller and whoever took the call may talk."""


def line_and_office(session: Session, number: str) -> tuple[Line, Office] | None:
    """The line with that number and the office; a number no line has answers for the office. None: no office yet."""
    row = session.execute(LINE_AND_OFFICE, {"number": number}).mappings().first()
    return None if row is None else (_line(number, row), office_of(row))


def lock_call(session: Session, sid: str) -> CallInProgress | None:
    """The call, locked, with its line and the office; None if we have never heard of it."""
    row = session.execute(CALL_LOCKED, {"sid": sid}).mappings().first()
    if row is None:
        return None
    kept = row[CALLS.c.dialogue]
    return CallInProgress(
        sid=sid,
        line=_line(row[CALLS.c.line], row),
        caller=row[CALLS.c.caller] or "",
        office=office_of(row),
        # A call that only its recording told us of has no dialogue: whoever is there may go on talking.
        dialogue=Dialogue.from_json(kept) if kept else Dialogue(turn=0, state="talk.unclear"),
        over=row[CALLS.c.ended_at] is not None,
    )


def _line(number: str, row: RowMapping) -> Line:
    return Line(number, row[LINES.c.answers] or RECEPTION, row[LINES.c.ring] or 0)


PeopleNow = tuple[tuple[Person, ...], tuple[AwayStatus, ...]]
"""People in the office file's order, and what they are doing now."""


def people_of_call(session: Session, rung: str, mailbox: str, now: datetime) -> PeopleNow:
    """Whoever the caller rang, whose message it is (by id), and whoever covers them."""
    return _people(session.execute(PEOPLE_NAMED, {"now": now, "rung": rung, "mailbox": mailbox}).mappings())


def everybody(session: Session, now: datetime) -> PeopleNow:
    """Everybody there is, those who have left too."""
    return _people(session.execute(EVERYBODY, {"now": now}).mappings())


def _people(rows: Iterable[RowMapping]) -> PeopleNow:
    people: dict[str, Person] = {}
    statuses = []
    for row in rows:
        people.setdefault(row[PEOPLE.c.id], person_of(row))
        if row[STATUSES.c.id] is not None:
            statuses.append(status_of(row))
    return tuple(people.values()), tuple(statuses)


@dataclass(frozen=True, slots=True)
class KnownOfCaller:
    """What the database knows of who rings: whether the call comes back to us, a question that is open, and consent.

    `asks_verdict`: nobody has yet put to them the question that a returned message leaves. `texts_answered`: they have
    said before whether we may text them.
    """

    comes_back: bool = False
    asks_verdict: bool = False
    texts_answered: bool = False


def known_of_caller(session: Session, caller: str | None, numbers: Collection[str], now: datetime) -> KnownOfCaller:
    """What is known of a caller (E.164), whose call also names these numbers.

    A phone that is not answered forwards to us, and its network may name the phone or only the caller.
    """
    known = {"numbers": list(numbers), "since": now - RINGING, "ringing": caller}
    row = session.execute(KNOWN_OF_CALLER, known).one()
    return KnownOfCaller(row.comes_back is not None, row.question is not None, row.consent is not None)


def ask_verdict(session: Session, sid: str, caller: str, now: datetime) -> None:
    """The oldest open question is put to the caller (E.164) in this turn of the call."""
    session.execute(ASK_VERDICT, {"ringing": caller, "the_call": sid, "at": now})


def take_verdict(session: Session, sid: str, now: datetime, *, reached: bool) -> None:
    """The caller has answered the question put to them on this call. The worker lets its message follow."""
    message = session.execute(TAKE_VERDICT, {"the_call": sid, "said": reached, "at": now}).scalar()
    if message is not None:
        payload = {"message": message, "reached": reached}
        outbox.put(session, JobKind.TAKE_VERDICT, f"verdict:{message}", payload, due_at=now, now=now)


def begin_call(
    session: Session,
    *,
    sid: str,
    line: str,
    caller: str,
    caller_id: str | None,
    dialogue: Dialogue,
    notice: Notice | None,
    rejected: bool,
    now: datetime,
) -> bool:
    """Keep a call that has just come in, and the draft of its message; False if another request was first."""
    values: dict[str, Any] = {"sid": sid, "line": line, "caller": caller, **_noted(notice)}
    values |= {"dialogue": dialogue.to_json(), "turn": dialogue.turn}
    over = now if rejected else None
    if not insert_once(session, CallRow, **values, started_at=now, touched_at=now, ended_at=over):
        return False
    if not rejected:
        draft = {"mailbox": dialogue.mailbox, "state": State.DRAFT, "complete": False, "caller_id": caller_id}
        session.execute(insert(MESSAGES), {"call_sid": sid, "received_at": now, **draft})
    return True


def keep_webhook(
    session: Session, *, call_sid: str, kind: str, key: str, posted: dict[str, str], answer: str | None, now: datetime
) -> bool:
    """Keep a webhook as it was posted; False if it is kept already."""
    return insert_once(
        session, WebhookRow, call_sid=call_sid, kind=kind, key=key, posted=posted, answer=answer, received_at=now
    )


def answered(session: Session, call_sid: str, turn: int) -> str | None:
    """What was answered to a turn before."""
    return session.execute(ANSWERED, {"sid": call_sid, "turn": str(turn)}).scalar()


def save_turn(
    session: Session, sid: str, dialogue: Dialogue, now: datetime, *, notice: Notice | None, ends: bool
) -> None:
    """Keep where the call stands, and what its message holds by now. With `ends` it is over, and the draft closed."""
    stands: dict[str, Any] = {"dialogue": dialogue.to_json(), "turn": dialogue.turn, "touched_at": now}
    stands |= _noted(notice)
    held: dict[str, Any] = {"mailbox": dialogue.mailbox, "complete": dialogue.answers.complete}
    held |= dialogue.answers.to_json()
    if ends:
        stands["ended_at"] = now
        held["state"] = _state_of(dialogue)
    session.execute(UPDATE_CALL, {"the_call": sid, **stands})
    session.execute(UPDATE_MESSAGE, {"the_call": sid, **held})


def _noted(notice: Notice | None) -> dict[str, str]:
    return {} if notice is None else {"notice_prompt": notice.prompt, "notice_version": notice.version}


def _state_of(dialogue: Dialogue) -> State:
    """What the draft of a call that is over becomes: a message, a missed call, or nothing where it was put through."""
    recorded = dialogue.recording is not None or dialogue.name_recording is not None
    return state_when_over(dialogue.answers, recorded=recorded, put_through=dialogue.connected)


def close_call(session: Session, call: CallRow, now: datetime) -> None:
    """End a call that nobody steps any more: what is kept of it decides what its message is."""
    dialogue = Dialogue.from_json(call.dialogue) if call.dialogue else Dialogue()
    accepted = select(TRANSFERS.c.id).where(TRANSFERS.c.call_sid == call.sid, TRANSFERS.c.accepted_at.is_not(None))
    connected = dialogue.connected or session.execute(accepted.limit(1)).first() is not None
    state = _state_of(replace(dialogue, connected=connected))
    session.execute(UPDATE_CALL, {"the_call": call.sid, "ended_at": now, "touched_at": now})
    drafts = (MESSAGES.c.call_sid == call.sid, MESSAGES.c.state == State.DRAFT)
    session.execute(update(MESSAGES).where(*drafts).values(state=state))
    weigh_call(session, call.sid)


def close_by_sid(session: Session, sid: str, now: datetime) -> bool:
    """End a call unless it has ended; False if we have never heard of it."""
    call = session.scalars(select(CallRow).where(CallRow.sid == sid).with_for_update()).first()
    if call is not None and call.ended_at is None:
        close_call(session, call, now)
    return call is not None


def weigh_call(session: Session, sid: str) -> None:
    """Let what is known of its recordings decide whether a call that is over left a message."""
    weigh_message(session, session.execute(select(MESSAGES.c.id).where(MESSAGES.c.call_sid == sid)).scalar())


def keep_commitment(session: Session, sid: str, made: Commitment) -> None:
    """Keep what a caller was told just now, and so may expect."""
    session.execute(
        NEW_COMMITMENT,
        {
            "the_call": sid,
            "basis": made.basis,
            "owner": made.owner,
            "due_at": made.due,
            "words": made.words,
            "rests_on": dict(made.rests_on),
            "made_at": made.made_at,
            "told_at": made.made_at,
        },
    )


def begin_transfer(session: Session, *, sid: str, turn: int, whom: str, phone: str, shown: str, now: datetime) -> None:
    """A phone is about to be rung for a caller; the turn that asked for it names the transfer."""
    session.execute(
        insert(TRANSFERS).values(call_sid=sid, turn=turn, whom=whom, phone=phone, shown=shown, started_at=now)
    )


def accept_transfer(session: Session, sid: str, turn: int, now: datetime) -> bool:
    """Whoever answered pressed 1; False if that phone is not being rung any more."""
    mine = (TRANSFERS.c.call_sid == sid, TRANSFERS.c.turn == turn, TRANSFERS.c.ended_at.is_(None))
    accepted = session.execute(update(TRANSFERS).where(*mine).values(accepted_at=now).returning(TRANSFERS.c.id)).first()
    if accepted is None:
        return False
    # A joined call is silent to us for as long as it lasts, and is not one that broke off.
    session.execute(UPDATE_CALL, {"the_call": sid, "touched_at": now + LONGEST_JOINED})
    return True


def end_transfer(session: Session, sid: str, turn: int, now: datetime) -> bool:
    """The phone rings no more; whether it was accepted."""
    mine = (TRANSFERS.c.call_sid == sid, TRANSFERS.c.turn == turn)
    ended = update(TRANSFERS).where(*mine).values(ended_at=now).returning(TRANSFERS.c.accepted_at)
    return session.execute(ended).scalar() is not None


@dataclass(frozen=True, slots=True)
class Ringing:
    """A phone being rung: for whom, and for which caller. `over` is true once it is not rung any more."""

    office: Office
    rung: str
    caller: str
    name: str | None
    over: bool


def ringing_for(session: Session, sid: str, turn: int) -> Ringing | None:
    """What a rung phone is to be told; None if there is no such transfer. `rung` is whom the caller rang."""
    joined = (
        TRANSFERS.join(CALLS, CALLS.c.sid == TRANSFERS.c.call_sid)
        .join(MESSAGES, MESSAGES.c.call_sid == CALLS.c.sid)
        .join(OFFICES, true())
        .outerjoin(PEOPLE, PEOPLE.c.id == MESSAGES.c.mailbox)
    )
    wanted = select(OFFICES, PEOPLE.c.name, CALLS.c.caller, MESSAGES.c.name, TRANSFERS.c.ended_at, CALLS.c.ended_at)
    mine = (TRANSFERS.c.call_sid == sid, TRANSFERS.c.turn == turn)
    row = session.execute(wanted.select_from(joined).where(*mine)).mappings().first()
    if row is None:
        return None
    office = office_of(row)
    over = row[TRANSFERS.c.ended_at] is not None or row[CALLS.c.ended_at] is not None
    return Ringing(office, row[PEOPLE.c.name] or office.name, row[CALLS.c.caller] or "", row[MESSAGES.c.name], over)
