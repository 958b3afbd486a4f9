"""A call, turn by turn: load it, take one step of the dialogue, keep what came of it, answer with TwiML."""

from dataclasses import replace
from datetime import datetime

import structlog

from phonebot.dialog.deeds import NoticeGiven, RecordingReplaced, TextsAnswered, Told, VerdictAsked, VerdictGiven
from phonebot.dialog.dialogue import Dialogue
from phonebot.dialog.engine import Step, step
from phonebot.dialog.facts import Facts
from phonebot.dialog.flow import Record as RecordState
from phonebot.dialog.flow import Transfer as TransferState
from phonebot.dialog.heard import Heard
from phonebot.dialog.people_fields import may_ask_for_anybody
from phonebot.dialog.said import HangUp, Reject, Transfer, Turn
from phonebot.domain.commitment import Commitment
from phonebot.domain.office import RECEPTION, Line, Office
from phonebot.domain.phone import caller_id
from phonebot.domain.recording import Purpose, RecordingState
from phonebot.domain.texting import may_be_texted
from phonebot.services.failpoints import CALL_BEGUN, CALL_ENDED, RECORDING_ANNOUNCED, TURN_STORED
from phonebot.services.house import House
from phonebot.services.office.people import NoOffice
from phonebot.store import calls, consents, recordings
from phonebot.store.announcements import Announcement, announce, is_fetched
from phonebot.store.database import Session
from phonebot.telephony.request import Posted
from phonebot.telephony.twiml import render

PLAYED_FROM = frozenset({"summary.recording", "summary.come_back"})
"""The states in which a caller may next hear their recording."""

log = structlog.get_logger(__name__)


def answer_call(house: House, posted: Posted, now: datetime) -> str:
    """Answer a call that comes in. A repeat gets the same answer; a call forwarded back to us is rejected."""
    with house.database.write() as session:
        found = calls.line_and_office(session, posted.line)
        if found is None:
            raise NoOffice
        line, office = found
        facts = _first_facts(session, posted, line, office, now)
        taken = step(house.script, _fresh(line), Heard(), facts)
        answer = _render(house, posted.call_sid, taken, office, line)
        if not _begin(house, session, posted, facts, taken, answer, now):
            return calls.answered(session, posted.call_sid, 0) or answer
        _do_deeds(house, session, posted.call_sid, facts, taken, now)
    house.reached(CALL_BEGUN)
    return answer


def _fresh(line: Line) -> Dialogue:
    return Dialogue() if line.answers == RECEPTION else Dialogue(person=line.answers, mailbox=line.answers)


def _first_facts(session: Session, posted: Posted, line: Line, office: Office, now: datetime) -> Facts:
    caller = caller_id(posted.caller, office.region)
    people, statuses = _people(session, line.answers, line.answers, now, everybody=line.answers == RECEPTION)
    forwarding = caller_id(posted.forwarded_from, office.region)
    # Some carriers name the line itself as forwarding to it (Twilio's Call resource); a call from it is another matter.
    told = (caller.e164, forwarding.e164 if forwarding.e164 != line.number else None)
    numbers = {number for number in told if number}
    known = calls.known_of_caller(session, caller.e164, numbers, now) if numbers else calls.KnownOfCaller()
    return Facts(
        now,
        office,
        line,
        caller,
        people,
        statuses,
        forwarded_to_us=known.comes_back,
        asks_verdict=known.asks_verdict,
        offers_texts=_offers_texts(office, caller.e164, known),
    )


def _offers_texts(office: Office, number: str | None, known: calls.KnownOfCaller) -> bool:
    """Whether the caller may be asked for leave to text the number they ring from: once, and where texts can go."""
    return number is not None and not known.texts_answered and may_be_texted(number, office)


def _begin(
    house: House, session: Session, posted: Posted, facts: Facts, taken: Step, answer: str, now: datetime
) -> bool:
    begun = calls.begin_call(
        session,
        sid=posted.call_sid,
        line=facts.line.number,
        caller=posted.caller,
        caller_id=facts.caller.e164,
        dialogue=taken.dialogue,
        notice=_notice(house, taken, facts.office),
        rejected=isinstance(taken.turn.wait, Reject),
        now=now,
    )
    if begun:
        _keep(session, posted, taken.dialogue.turn, answer, now)
    return begun


def answer_turn(house: House, posted: Posted, turn: int, now: datetime) -> str:
    """Answer turn `turn` of a call. One answered before gets its stored answer, whatever it brings this time."""
    with house.database.write() as session:
        call = calls.lock_call(session, posted.call_sid)
        answer = None if call is None else _answer_turn(house, session, call, posted, turn, now)
    if answer is None:
        # A turn of a call we know nothing of, after a restored backup say, begins the call afresh.
        return answer_call(house, posted, now)
    house.reached(TURN_STORED)
    return answer


def _answer_turn(
    house: House, session: Session, call: calls.CallInProgress, posted: Posted, turn: int, now: datetime
) -> str:
    if turn <= call.dialogue.turn:
        before = calls.answered(session, call.sid, turn)
        if before is not None:
            return before
    heard = _heard(house, session, call, posted, now)
    facts = _facts(session, call, now)
    taken = step(house.script, replace(call.dialogue, turn=turn - 1), heard, facts)
    answer = _render(house, call.sid, taken, call.office, call.line)
    _keep_recording(house, session, call, heard, taken, now)
    _keep(session, posted, taken.dialogue.turn, answer, now)
    ends = not call.over and (isinstance(taken.turn.wait, HangUp) or heard.hung_up)
    notice = _notice(house, taken, call.office)
    calls.save_turn(session, call.sid, taken.dialogue, now, notice=notice, ends=ends)
    _do_deeds(house, session, call.sid, facts, taken, now)
    if call.over:
        calls.weigh_call(session, call.sid)
    return answer


def _keep_recording(
    house: House, session: Session, call: calls.CallInProgress, heard: Heard, taken: Step, now: datetime
) -> None:
    """Keep the recording that this turn ended, whatever the call was waiting for by now."""
    if heard.recorded is None:
        return
    waiting = house.script.states.get(call.dialogue.state)
    purpose = waiting.purpose if isinstance(waiting, RecordState) else Purpose.MESSAGE
    cut_off = isinstance(waiting, RecordState) and not heard.digits and heard.recorded.seconds >= waiting.seconds
    announcement = Announcement(call.sid, heard.recorded, purpose, cut_off)
    replaced = [deed.before for deed in taken.deeds if isinstance(deed, RecordingReplaced)]
    announce(session, announcement, replaces=replaced, now=now)


def _heard(house: House, session: Session, call: calls.CallInProgress, posted: Posted, now: datetime) -> Heard:
    """What the caller did, and whether a phone that was rung for them was accepted: our own row says so."""
    waiting = house.script.states.get(call.dialogue.state)
    if not isinstance(waiting, TransferState):
        return replace(posted.heard(), accepted=False)
    return posted.heard(accepted=calls.end_transfer(session, call.sid, call.dialogue.turn, now))


def _facts(session: Session, call: calls.CallInProgress, now: datetime) -> Facts:
    dialogue = call.dialogue
    listed = may_ask_for_anybody(dialogue.state, call.line)
    people, statuses = _people(session, dialogue.person or "", dialogue.mailbox, now, everybody=listed)
    fetched = dialogue.state in PLAYED_FROM and is_fetched(session, dialogue.recording)
    caller = caller_id(call.caller, call.office.region)
    return Facts(now, call.office, call.line, caller, people, statuses, recording_fetched=fetched)


def _people(session: Session, rung: str, mailbox: str, now: datetime, *, everybody: bool) -> calls.PeopleNow:
    """Everybody where the whole directory may be asked for, else those the call is about."""
    return calls.everybody(session, now) if everybody else calls.people_of_call(session, rung, mailbox, now)


def _render(house: House, sid: str, taken: Step, office: Office, line: Line) -> str:
    turn = taken.turn
    addresses = house.addresses(sid, taken.dialogue.turn)
    return render(turn, house.speaker(office.language), office.language, addresses, line.number)


def _keep(session: Session, posted: Posted, turn: int, answer: str, now: datetime) -> None:
    calls.keep_webhook(
        session,
        call_sid=posted.call_sid,
        kind="turn",
        key=str(turn),
        posted=dict(posted.fields),
        answer=answer,
        now=now,
    )


def _do_deeds(house: House, session: Session, sid: str, facts: Facts, taken: Step, now: datetime) -> None:
    """Turn deeds into rows."""
    speak = house.speaker(facts.office.language)
    for deed in taken.deeds:
        match deed:
            case Told() as told:
                words = " ".join(map(speak, told.prompts))
                made = Commitment(told.basis, told.owner, told.due, words, told.rests_on, now)
                calls.keep_commitment(session, sid, made)
            case VerdictAsked():
                calls.ask_verdict(session, sid, facts.caller.e164 or "", now)
            case VerdictGiven(reached=reached):
                calls.take_verdict(session, sid, now, reached=reached)
            case TextsAnswered(agreed=agreed, prompts=asked):
                words = " ".join(map(speak, asked))
                caller = facts.caller.e164 or ""
                consents.keep_answer(session, caller, agreed=agreed, words=words, call_sid=sid, now=now)
    if isinstance(taken.turn.wait, Transfer):
        _begin_transfer(session, sid, facts, taken.turn, taken.dialogue.turn, now)


def _notice(house: House, taken: Step, office: Office) -> calls.Notice | None:
    """The recording notice, if it is part of this turn."""
    given = [deed.prompt for deed in taken.deeds if isinstance(deed, NoticeGiven)]
    return calls.Notice(given[0], house.prompts_in(office.language).version(given[0])) if given else None


def _begin_transfer(session: Session, sid: str, facts: Facts, turn: Turn, number: int, now: datetime) -> None:
    assert isinstance(turn.wait, Transfer)
    shown = facts.line.number if turn.wait.shows_line else facts.caller.e164 or ""
    calls.begin_transfer(
        session, sid=sid, turn=number, whom=turn.wait.whom, phone=turn.wait.phone, shown=shown, now=now
    )


def end_call(house: House, posted: Posted, now: datetime) -> None:
    """The network says a call is over: keep what the caller gave, once, however often and late it says so."""
    status = posted.fields.get("CallStatus", "")[:128]
    with house.database.write() as session:
        calls.keep_webhook(
            session,
            call_sid=posted.call_sid,
            kind="status",
            key=status,
            posted=dict(posted.fields),
            answer=None,
            now=now,
        )
        if posted.call_over:
            calls.close_by_sid(session, posted.call_sid, now)
    house.reached(CALL_ENDED)


def recording_posted(house: House, posted: Posted, now: datetime) -> None:
    """A webhook tells of a recording: that it is whole, or that there is none. A status we do not know is kept only."""
    recorded = posted.recorded()
    status = posted.fields.get("RecordingStatus", "")[:32]
    with house.database.write() as session:
        sid = recorded.sid if recorded else ""
        calls.keep_webhook(
            session,
            call_sid=posted.call_sid,
            kind="recording",
            key=f"{sid}:{status}",
            posted=dict(posted.fields),
            answer=None,
            now=now,
        )
        if recorded is None or posted.recording_state is None:
            log.warning("recording-webhook-without-news", status=status)
            return
        recordings.attach_recording(
            session,
            call_sid=posted.call_sid,
            recording_sid=recorded.sid,
            seconds=recorded.seconds if "RecordingDuration" in posted.fields else None,
            state=posted.recording_state,
            purpose=None,
            now=now,
        )
    house.reached(RECORDING_ANNOUNCED)


def last_resort_recorded(house: House, posted: Posted, now: datetime) -> None:
    """What a caller said after our last resort: kept as a recording, whether or not we knew of the call."""
    recorded = posted.recorded()
    with house.database.write() as session:
        if recorded is not None:
            recordings.attach_recording(
                session,
                call_sid=posted.call_sid,
                recording_sid=recorded.sid,
                seconds=recorded.seconds,
                state=RecordingState.ANNOUNCED,
                purpose=Purpose.MESSAGE,
                now=now,
                line=posted.line,
                caller=posted.caller,
            )
        calls.close_by_sid(session, posted.call_sid, now)
    house.reached(RECORDING_ANNOUNCED)
