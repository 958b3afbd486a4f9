"""Calls that no webhook told us of are found by listing: staff see that somebody rang, once, and who."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from phonebot.domain.message import State
from phonebot.services.calls.reconcile_calls import FIRST_LOOK, LOOKED, OVERLAP, WATERMARK, reconcile_calls
from phonebot.services.calls.reconcile_recordings import reconcile
from phonebot.services.messages.forgetting import forget
from phonebot.services.messages.intake import take_in
from phonebot.simulator import Mischief, Network
from phonebot.simulator.call import Call
from phonebot.store.database import Database
from phonebot.store.tables import CallRow, MessageRow, OutboxRow, TransferRow
from phonebot.store.watermarks import move_watermark, watermark
from phonebot.telephony.client import TwilioClient
from phonebot.telephony.errors import Unauthorised
from tests.calling import leaves_message, rows
from tests.left_messages import leave, load_office
from tests.offices import JULIE, OFFICE_LINE, SUE_LINE, SUE_PHONE
from tests.outside import NOW, client, keep, network, settings
from tests.running import Phonebot, running

MINUTES = timedelta(minutes=1)
LONG_AGO = NOW - timedelta(days=3)


@pytest.fixture
def outside() -> Iterator[Network]:
    with network() as one:
        yield one


@pytest.fixture
def office(database: Database, tmp_path: Path) -> Database:
    """A database with the sample office, loaded three days ago."""
    load_office(database, tmp_path, now=LONG_AGO)
    return database


def rang(
    outside: Network, began: datetime = NOW - 5 * MINUTES, line: str = SUE_LINE, caller: str = JULIE, **facts: Any
) -> Call:
    """A call as Twilio remembers it, of which it told nobody."""
    call = outside.new_call(caller=caller, called=line, **({"status": "completed"} | facts))
    call.began = began
    return call


def messages(database: Database) -> list[MessageRow]:
    with database.read() as session:
        return list(session.scalars(select(MessageRow).order_by(MessageRow.id)))


def mark(database: Database, name: str = WATERMARK) -> datetime | None:
    with database.read() as session:
        return watermark(session, name)


def test_a_lost_call_is_listed_once_as_missed_with_who_rang_whom_and_when(office: Database, outside: Network) -> None:
    call = rang(outside)
    assert [reconcile_calls(office, client(outside), NOW) for _ in range(2)] == [1, 0]
    (message,) = messages(office)
    assert (message.call_sid, message.mailbox, message.caller_id) == (call.sid, "sue", JULIE)
    assert (message.state, message.received_at) == (State.MISSED, NOW - 5 * MINUTES)
    with office.read() as session:
        kept = session.get_one(CallRow, call.sid)
        assert (kept.line, kept.caller, kept.started_at, kept.ended_at) == (SUE_LINE, JULIE, message.received_at, NOW)
    assert take_in(office, NOW) == 1
    with office.read() as session:
        assert session.scalars(select(OutboxRow)).all() == []


@pytest.mark.parametrize("caller", ["anonymous", "", "client:bob", "+86282452253"])
def test_one_who_withheld_their_number_has_rung_all_the_same(office: Database, outside: Network, caller: str) -> None:
    rang(outside, caller=caller, line=OFFICE_LINE, status="no-answer")
    assert reconcile_calls(office, client(outside), NOW) == 1
    (message,) = messages(office)
    assert (message.mailbox, message.caller_id, message.state) == ("office", None, State.MISSED)


@pytest.mark.parametrize(
    "facts",
    [
        {"line": "+442079460177"},
        {"direction": "outbound-api"},
        {"direction": "outbound-dial", "parent_sid": "CA" + "9" * 32},
        {"caller": OFFICE_LINE},
        {"began": NOW - 8 * timedelta(days=1)},
    ],
    ids=["another's number", "placed by us", "dialled by us", "from a line of ours", "before phonebot was there"],
)
def test_what_is_no_callers_call_to_us_is_passed_over(
    office: Database, outside: Network, facts: dict[str, Any]
) -> None:
    rang(outside, **facts)
    assert reconcile_calls(office, client(outside), NOW) == 0
    assert messages(office) == []


def test_a_phone_that_we_rang_and_that_sent_the_call_back_is_nobody_else_ringing(
    office: Database, outside: Network
) -> None:
    leave(office, at=NOW - 10 * MINUTES)
    (known,) = messages(office)
    began = NOW - 5 * MINUTES
    with office.write() as session:
        session.add(
            TransferRow(
                call_sid=known.call_sid, turn=3, whom="sue", phone=SUE_PHONE, shown=JULIE,
                started_at=began - timedelta(seconds=15), ended_at=began + timedelta(seconds=5),
            )
        )  # fmt: skip
    rang(outside, began, caller=JULIE)
    rang(outside, began, caller=SUE_PHONE)
    assert reconcile_calls(office, client(outside), NOW) == 0
    rang(outside, began + MINUTES, caller=JULIE)
    assert reconcile_calls(office, client(outside), NOW) == 1


def test_a_call_with_words_is_a_message_and_no_missed_call(office: Database, outside: Network) -> None:
    call = rang(outside)
    keep(outside, call_sid=call.sid)
    assert reconcile(office, client(outside), NOW) == 1
    assert reconcile_calls(office, client(outside), NOW) == 0
    assert [one.state for one in messages(office)] == [State.NEW]


def test_words_that_turn_up_later_make_a_missed_call_a_message_that_is_taken_in_anew(
    office: Database, outside: Network
) -> None:
    call = rang(outside)
    reconcile_calls(office, client(outside), NOW)
    take_in(office, NOW)
    keep(outside, call_sid=call.sid)
    assert reconcile(office, client(outside), NOW) == 1
    assert [one.state for one in messages(office)] == [State.NEW]
    assert take_in(office, NOW) == 1
    with office.read() as session:
        assert {job.kind for job in session.scalars(select(OutboxRow))} == {"fetch-recording", "announce"}


def test_one_of_a_minute_ago_may_still_be_told_of_and_is_looked_at_again(office: Database, outside: Network) -> None:
    rang(outside, NOW - MINUTES / 2)
    assert reconcile_calls(office, client(outside), NOW) == 0
    assert mark(office) == NOW - MINUTES / 2
    assert reconcile_calls(office, client(outside), NOW + MINUTES) == 1


def test_the_watermark_waits_for_a_call_that_goes_on_but_not_for_ever(office: Database, outside: Network) -> None:
    began = NOW - 40 * MINUTES
    call = rang(outside, began, status="in-progress")
    assert reconcile_calls(office, client(outside), NOW) == 0
    assert (mark(office), mark(office, LOOKED)) == (began, NOW)
    call.status = "completed"
    assert reconcile_calls(office, client(outside), NOW + 30 * MINUTES) == 1
    assert mark(office) == NOW + 30 * MINUTES
    with office.write() as session:
        move_watermark(session, WATERMARK, NOW - timedelta(days=2))
    rang(outside, NOW - timedelta(days=2), status="in-progress")
    reconcile_calls(office, client(outside), NOW)
    assert mark(office) == NOW - FIRST_LOOK


def test_after_hours_of_silence_everything_since_the_watermark_is_found(office: Database, outside: Network) -> None:
    with office.write() as session:
        move_watermark(session, WATERMARK, NOW - timedelta(hours=6))
    for hours in range(1, 9):
        rang(outside, NOW - timedelta(hours=hours))
    assert reconcile_calls(office, client(outside), NOW) == 6
    rang(outside, NOW - OVERLAP)
    rang(outside, NOW - OVERLAP - MINUTES)
    assert reconcile_calls(office, client(outside), NOW) == 1


def test_more_calls_than_one_page_holds_are_all_found(office: Database, outside: Network) -> None:
    for seconds in range(230):
        rang(outside, NOW - MINUTES - timedelta(seconds=seconds))
    assert reconcile_calls(office, client(outside), NOW) == 230
    assert reconcile_calls(office, client(outside), NOW) == 0


def test_a_clock_set_back_does_not_hide_what_came_since(office: Database, outside: Network) -> None:
    with office.write() as session:
        move_watermark(session, WATERMARK, NOW + timedelta(hours=1))
    rang(outside)
    assert reconcile_calls(office, client(outside), NOW) == 1


def test_before_the_office_was_loaded_a_number_was_somebody_elses(database: Database, outside: Network) -> None:
    rang(outside)
    assert reconcile_calls(database, client(outside), NOW) == 0
    assert messages(database) == []


def test_calls_of_the_hour_before_the_office_was_loaded_are_none_of_ours(
    database: Database, outside: Network, tmp_path: Path
) -> None:
    load_office(database, tmp_path, now=NOW - 10 * MINUTES)
    rang(outside, NOW - 11 * MINUTES)
    rang(outside, NOW - 9 * MINUTES)
    assert reconcile_calls(database, client(outside), NOW) == 1


def open_call(database: Database, sid: str, began: datetime) -> None:
    """A call whose end nobody has told us."""
    with database.write() as session:
        session.add(
            CallRow(sid=sid, line=SUE_LINE, caller=JULIE, dialogue={}, turn=0, started_at=began, touched_at=NOW)
        )
        session.add(MessageRow(call_sid=sid, mailbox="sue", state=State.DRAFT, complete=False, received_at=began))


@pytest.mark.parametrize("minutes_ago", [5, 600], ids=["listed", "asked after"])
@pytest.mark.parametrize("status", ["completed", "in-progress"])
def test_a_call_we_think_goes_on_ends_when_twilio_says_so(
    office: Database, outside: Network, minutes_ago: int, status: str
) -> None:
    with office.write() as session:
        move_watermark(session, WATERMARK, NOW)
    began = NOW - minutes_ago * MINUTES
    open_call(office, rang(outside, began, status=status).sid, began)
    assert reconcile_calls(office, client(outside), NOW) == 0
    (message,) = messages(office)
    assert message.state == (State.MISSED if status == "completed" else State.DRAFT)


def test_a_call_that_twilio_has_forgotten_is_left_to_fall_silent(office: Database, outside: Network) -> None:
    open_call(office, "CA" + "9" * 32, NOW - timedelta(days=2))
    assert reconcile_calls(office, client(outside), NOW) == 0
    (message,) = messages(office)
    assert message.state == State.DRAFT


def test_a_forgotten_caller_is_not_found_again(office: Database, outside: Network) -> None:
    rang(outside)
    reconcile_calls(office, client(outside), NOW)
    take_in(office, NOW)
    forget(office, JULIE, "sue", NOW)
    before = [(one.call_sid, one.state, one.caller_id) for one in messages(office)]
    assert reconcile_calls(office, client(outside), NOW) == 0
    assert [(one.call_sid, one.state, one.caller_id) for one in messages(office)] == before


def test_nothing_moves_while_twilio_refuses_us_and_it_is_asked_once(office: Database, outside: Network) -> None:
    rang(outside)
    asking = client(outside)
    token, outside.auth_token = outside.auth_token, "another token"
    for _ in range(2):
        with pytest.raises(Unauthorised):
            reconcile_calls(office, asking, NOW)
    assert (mark(office), mark(office, LOOKED)) == (None, None)
    outside.auth_token = token
    assert reconcile_calls(office, client(outside), NOW) == 1


def test_a_restored_backup_gets_back_what_it_lacks_and_announces_nothing_it_has(
    tmp_path: Path, database_url: str
) -> None:
    with running(tmp_path, database_url) as phonebot:
        leaves_message(phonebot.rings())
        phonebot.rings().hears("calling").hangs_up()
        asking = TwilioClient(phonebot.settings)
        phonebot.clock.goes_on(minutes=2)
        reconcile_calls(phonebot.database, asking, phonebot.clock())
        before = rows(phonebot)
        assert reconcile_calls(phonebot.database, asking, phonebot.clock()) == 0
        assert rows(phonebot) == before
        lost = phonebot.messages()[1]
        forget_row(phonebot, lost.call_sid)
        assert reconcile_calls(phonebot.database, asking, phonebot.clock()) == 1
        again = phonebot.messages()[1]
        assert (again.call_sid, again.state, again.mailbox) == (lost.call_sid, lost.state, lost.mailbox)


def forget_row(phonebot: Phonebot, sid: str) -> None:
    """Take a call out of the database, as a backup from before it does."""
    with phonebot.database.write() as session:
        for row in session.scalars(select(MessageRow).where(MessageRow.call_sid == sid)):
            session.delete(row)
        session.flush()
        session.delete(session.get_one(CallRow, sid))


def test_while_our_host_is_down_whoever_rang_is_listed_afterwards(tmp_path: Path, database_url: str) -> None:
    nobody_home = Mischief(unreachable=("/twilio/",))
    with running(tmp_path, database_url, mischief=nobody_home) as phonebot:
        phonebot.network.expects_status(0)
        phonebot.rings()
        phonebot.clock.goes_on(minutes=3)
        reconcile_calls(phonebot.database, TwilioClient(phonebot.settings), phonebot.clock())
        assert [(one.state, one.caller_id) for one in phonebot.messages()] == [(State.MISSED, JULIE)]


def test_a_call_that_two_workers_find_at_once_is_kept_once(office: Database, outside: Network) -> None:
    rang(outside)
    asking = client(outside)

    class TwoAtOnce(TwilioClient):
        """A client that has another worker go through the list in the middle of ours."""

        def calls_received(self, since: datetime) -> Iterator[Any]:
            found = list(asking.calls_received(since))
            reconcile_calls(office, asking, NOW)
            yield from found

    assert reconcile_calls(office, TwoAtOnce(settings(outside.serve_rest())), NOW) == 0
    assert len(messages(office)) == 1
