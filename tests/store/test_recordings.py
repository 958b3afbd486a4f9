"""Recordings as rows: whoever tells of one, however often and in whatever order, the rows are the same."""

from collections.abc import Callable
from datetime import timedelta
from itertools import permutations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from phonebot.dialog.heard import Recorded
from phonebot.domain.message import State
from phonebot.domain.outbox import JobKind
from phonebot.domain.recording import Purpose, RecordingState
from phonebot.store import audio, calls, recordings
from phonebot.store.announcements import Announcement, announce
from phonebot.store.database import Database
from phonebot.store.tables import CallRow, LineRow, MessageRow, OutboxRow, RecordingRow
from tests.outside import CALL, NOW, OTHER, RECORDING

Teller = Callable[[Session, str], None]


def begin(session: Session, *, ended: bool = False) -> None:
    """A call that came in on the usual road, with its message."""
    session.add(
        CallRow(
            sid=CALL,
            line="+442079460100",
            caller="+447700900143",
            dialogue={},
            turn=0,
            started_at=NOW,
            touched_at=NOW,
            ended_at=NOW if ended else None,
        )
    )
    session.flush()
    session.add(
        MessageRow(
            call_sid=CALL,
            mailbox="sue",
            state=State.MISSED if ended else State.DRAFT,
            complete=False,
            received_at=NOW,
            caller_id="+447700900143",
        )
    )
    session.flush()


def attach(session: Session, sid: str = RECORDING, **facts: object) -> None:
    usual = {"seconds": 4.0, "state": RecordingState.ANNOUNCED, "purpose": Purpose.MESSAGE, "now": NOW}
    recordings.attach_recording(session, call_sid=CALL, recording_sid=sid, **{**usual, **facts})  # type: ignore[arg-type]  # a test's shorthand


def action(session: Session, sid: str) -> None:
    announce(session, Announcement(CALL, Recorded(sid, 6.0), Purpose.MESSAGE, cut_off=True), replaces=[], now=NOW)


def webhook(session: Session, sid: str) -> None:
    attach(session, sid)


def absent(session: Session, sid: str) -> None:
    attach(session, sid, state=RecordingState.ABSENT, seconds=None)


def listed(session: Session, sid: str) -> None:
    attach(session, sid, purpose=None)


def rows(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """Everything that may not depend on the order of telling."""
    session.flush()
    kept = session.scalars(select(RecordingRow).order_by(RecordingRow.sid))
    messages = session.scalars(select(MessageRow).order_by(MessageRow.id))
    return {
        "recordings": [(r.sid, r.message_id, r.purpose, r.state, r.seconds, r.cut_off, r.announced_at) for r in kept],
        "messages": [(m.id, m.mailbox, m.state, m.complete, m.caller_id) for m in messages],
        "jobs": [(job.key,) for job in session.scalars(select(OutboxRow).order_by(OutboxRow.key))],
    }


def told(database: Database, order: tuple[Teller, ...], *, ended: bool = False) -> dict[str, list[tuple[object, ...]]]:
    """The rows after the tellers spoke in that order, each in a savepoint of one transaction that is then undone."""
    with database.write() as session:
        whole = session.begin_nested()
        begin(session, ended=ended)
        for teller in order:
            with session.begin_nested():
                teller(session, RECORDING)
        outcome = rows(session)
        whole.rollback()
    return outcome


@pytest.mark.parametrize("ended", [False, True])
def test_twice_is_once_whoever_tells_of_a_recording_in_whatever_order(database: Database, *, ended: bool) -> None:
    orders = set(permutations([action, webhook, listed] * 2, 4)) | set(permutations([action, webhook, listed]))
    outcomes = [(order, told(database, order, ended=ended)) for order in orders if action in order]
    first = outcomes[0][1]
    assert len(outcomes) > 50
    assert first["recordings"][0][3] == RecordingState.ANNOUNCED
    # Message ids count on in PostgreSQL, although the transaction was undone.
    assert all(without_ids(outcome) == without_ids(first) for _, outcome in outcomes)
    assert [job for (job,) in first["jobs"]] == [f"fetch:{RECORDING}"]


def without_ids(outcome: dict[str, list[tuple[object, ...]]]) -> dict[str, list[tuple[object, ...]]]:
    linked = [message[0] for message in outcome["messages"]]
    return {
        "recordings": [(one[0], linked.index(one[1]), *one[2:]) for one in outcome["recordings"]],
        "messages": [message[1:] for message in outcome["messages"]],
        "jobs": outcome["jobs"],
    }


def test_twice_is_once_for_a_recording_that_turns_out_absent(database: Database) -> None:
    orders = [order for order in permutations([action, absent, absent], 2) if absent in order]
    for order in orders:
        outcome = told(database, order, ended=True)
        assert [one[3] for one in outcome["recordings"]] == [RecordingState.ABSENT]
        assert [one[2] for one in outcome["messages"]] == [State.MISSED]


def test_an_absent_recording_is_not_fetched(database: Database) -> None:
    assert told(database, (absent, absent))["jobs"] == []


def test_a_recording_makes_the_call_nobody_told_us_of(database: Database) -> None:
    with database.write() as session:
        session.add(LineRow(number="+442079460100", answers="sue", ring=0))
        session.flush()
        attach(session, line="+442079460100", caller="+447700900143")
        attach(session, OTHER)
    with database.read() as session:
        message = session.scalars(select(MessageRow)).one()
        assert (message.mailbox, message.caller_id, message.state) == ("sue", "+447700900143", State.DRAFT)
        assert {row.message_id for row in session.scalars(select(RecordingRow))} == {message.id}


@pytest.mark.parametrize("caller", [None, "anonymous", "client:bob", "+266696687"])
def test_a_call_on_a_line_we_do_not_know_from_somebody_we_cannot_ring_is_for_reception(
    database: Database, caller: str | None
) -> None:
    with database.write() as session:
        attach(session, line="+12125550199", caller=caller)
    with database.read() as session:
        message = session.scalars(select(MessageRow)).one()
        assert (message.mailbox, message.caller_id) == ("office", None)


@pytest.mark.parametrize("sid", ["../../etc/passwd", "RE" + "A" * 32, RECORDING + "\n", "", "CA" + "a" * 32])
def test_what_is_no_recording_of_twilios_leaves_no_row(database: Database, sid: str) -> None:
    with database.write() as session:
        attach(session, sid)
    with database.read() as session:
        assert session.scalars(select(RecordingRow)).all() == []
        assert session.scalars(select(CallRow)).all() == []


def test_a_recording_stays_with_the_call_it_came_with(database: Database) -> None:
    with database.write() as session:
        attach(session)
        recordings.attach_recording(
            session,
            call_sid="CA" + "b" * 32,
            recording_sid=RECORDING,
            seconds=99,
            state=RecordingState.ABSENT,
            purpose=Purpose.NAME,
            now=NOW,
        )
        row = session.get_one(RecordingRow, RECORDING)
        assert (row.call_sid, row.seconds, row.state, row.purpose) == (CALL, 4.0, "announced", "message")


def fetched(session: Session, sid: str = RECORDING, *, speech: float = 2.0, seconds: float = 4.0) -> bool:
    return audio.store_fetched(
        session, sid, seconds=seconds, speech_seconds=speech, path=f"{sid}.wav", sha256="0" * 64, now=NOW
    )


def state_of_message(session: Session) -> str:
    session.flush()
    return session.scalars(select(MessageRow)).one().state


def test_a_late_recording_makes_a_message_of_a_missed_call_until_nobody_is_heard_in_it(database: Database) -> None:
    with database.write() as session:
        begin(session, ended=True)
        attach(session)
        assert state_of_message(session) == State.NEW
        fetched(session, speech=0.4)
        assert state_of_message(session) == State.MISSED


def test_a_message_that_holds_an_answer_stays_one_however_silent_its_recording(database: Database) -> None:
    with database.write() as session:
        begin(session, ended=True)
        session.scalars(select(MessageRow)).one().name = "Julie Smith"
        attach(session)
        fetched(session, speech=0.0)
        assert state_of_message(session) == State.NEW


def test_a_message_somebody_speaks_in_one_recording_of_stays_one(database: Database) -> None:
    with database.write() as session:
        begin(session, ended=True)
        attach(session, purpose=Purpose.NAME)
        attach(session, OTHER)
        fetched(session, speech=1.5)
        fetched(session, OTHER, speech=0.0)
        assert state_of_message(session) == State.NEW


def test_a_draft_is_weighed_only_when_its_call_is_over(database: Database) -> None:
    with database.write() as session:
        begin(session)
        attach(session)
        fetched(session, speech=0.0)
        assert state_of_message(session) == State.DRAFT


def test_a_recording_that_cannot_be_had_leaves_its_message_listed(database: Database) -> None:
    with database.write() as session:
        begin(session, ended=True)
        attach(session, seconds=None)
        audio.refuse_recording(session, RECORDING, "what came is empty", NOW)
        assert state_of_message(session) == State.NEW
        assert session.get_one(RecordingRow, RECORDING).reason == "what came is empty"


def test_storing_twice_is_once_and_storing_what_is_deleted_is_refused(database: Database) -> None:
    with database.write() as session:
        begin(session)
        attach(session)
        assert fetched(session, seconds=4.0)
        assert fetched(session, seconds=9.0)
        assert session.get_one(RecordingRow, RECORDING).seconds == 4.0
        audio.mark_deleted(session, RECORDING, NOW)
        assert not fetched(session)


def replaced(session: Session) -> None:
    begin(session)
    attach(session)
    attach(session, OTHER, now=NOW + timedelta(seconds=30))
    session.flush()
    again = Announcement(CALL, Recorded(OTHER, 5.0), Purpose.MESSAGE, cut_off=False)
    announce(session, again, replaces=[RECORDING], now=NOW)
    session.expire_all()


def over(session: Session) -> None:
    calls.close_by_sid(session, CALL, NOW)
    session.expire_all()


def test_recording_again_replaces_the_first_and_has_it_deleted(database: Database) -> None:
    with database.write() as session:
        replaced(session)
        attach(session)
        states = {row.sid: row.state for row in session.scalars(select(RecordingRow))}
        jobs = session.scalars(select(OutboxRow).where(OutboxRow.kind == JobKind.DELETE_RECORDING)).all()
        assert states == {RECORDING: "replaced", OTHER: "announced"}
        assert [job.key for job in jobs] == [f"delete:{RECORDING}"]


def test_a_replaced_recording_waits_for_its_successor_and_the_end_of_the_call_and_then_goes(database: Database) -> None:
    with database.write() as session:
        replaced(session)
        assert audio.fate_of_unneeded(session, RECORDING, NOW) is audio.Fate.WAIT
        fetched(session, OTHER)
        assert audio.fate_of_unneeded(session, RECORDING, NOW) is audio.Fate.WAIT
        over(session)
        assert audio.fate_of_unneeded(session, RECORDING, NOW) is audio.Fate.DELETE


def test_a_replaced_recording_comes_back_where_its_successor_holds_no_word(database: Database) -> None:
    with database.write() as session:
        replaced(session)
        absent(session, OTHER)
        session.flush()
        over(session)
        assert audio.fate_of_unneeded(session, RECORDING, NOW) is audio.Fate.LEAVE
        assert session.get_one(RecordingRow, RECORDING).state == "announced"
