"""Text messages that come in over the wire, and reports of those that went out."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from phonebot.domain.history import EventKind
from phonebot.domain.office import RECEPTION
from phonebot.domain.outbox import JobKind
from phonebot.domain.reply import Reply
from phonebot.store.consents import Consent
from phonebot.store.database import Database
from phonebot.store.tables import ReceivedTextRow
from phonebot.store.texts import unseen_texts
from tests.calling import counted, posts
from tests.left_messages import leave
from tests.offices import JULIE, RECEPTION_PHONE, SUE_LINE, SUE_PHONE
from tests.running import ACCOUNT, Phonebot
from tests.texting import ON_BOTH, TEXT_NUMBER, agrees, consent, do, jobs, stands, texting, works

SMS, STATUS = "/twilio/sms", "/twilio/text-status?text=1"


@pytest.fixture
def database_kind(request: pytest.FixtureRequest) -> str:
    """SQLite, except in tests that want both: the rows are read and written in tests of the store."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture
def phonebot(tmp_path: Path, database_url: str) -> Iterator[Phonebot]:
    with texting(tmp_path, database_url) as one:
        yield one


def writes(phonebot: Phonebot, words: str, number: str = JULIE, line: str = TEXT_NUMBER) -> list[str]:
    return phonebot.network.phone(number).texts(line, words)


def kept(database: Database) -> list[ReceivedTextRow]:
    with database.read() as session:
        return list(session.scalars(select(ReceivedTextRow).order_by(ReceivedTextRow.received_at)))


def meanings(phonebot: Phonebot) -> list[str]:
    return [row.meaning for row in kept(phonebot.database)]


def form(words: str, sid: str = "SM" + "1" * 32, **others: str) -> list[tuple[str, str]]:
    usual = {"AccountSid": ACCOUNT, "MessageSid": sid, "From": JULIE, "To": TEXT_NUMBER, "Body": words}
    return list((usual | others).items())


@ON_BOTH
@pytest.mark.parametrize("words", ["STOP", "stop.", "Unsubscribe", "Please don't text me again"])
def test_fault_43_a_stop_ends_all_texts_at_once_and_nothing_of_ours_replies(phonebot: Phonebot, words: str) -> None:
    agrees(phonebot)
    assert writes(phonebot, words) == []
    assert consent(phonebot) is Consent.ENDED


def test_fault_43_a_stop_counts_from_a_number_that_never_agreed(phonebot: Phonebot) -> None:
    writes(phonebot, "STOP")
    assert consent(phonebot) is Consent.ENDED


def test_fault_43_a_wish_in_words_is_for_somebody_to_read_and_a_keyword_is_not(phonebot: Phonebot) -> None:
    writes(phonebot, "STOP")
    writes(phonebot, "Stop please 🛑 don't text me again")
    with phonebot.database.read() as session:
        assert [one.meaning for one in unseen_texts(session, [], 9, strays=True)] == [Reply.STOP_IN_WORDS]


@pytest.mark.parametrize(("before", "after"), [(True, Consent.AGREED), (False, Consent.DECLINED), (None, None)])
def test_a_start_after_a_stop_restores_what_they_had_said_before(
    phonebot: Phonebot, *, before: bool | None, after: Consent | None
) -> None:
    if before is not None:
        agrees(phonebot, agreed=before)
    writes(phonebot, "STOP")
    writes(phonebot, "START")
    assert consent(phonebot) is after


@pytest.mark.parametrize("words", ["HELP", "info", "START", "Hello?", "Yes", "No", "", "👍", "ok"])
def test_fault_44_whatever_nobody_asked_for_gets_no_reply_however_often(phonebot: Phonebot, words: str) -> None:
    for _ in range(8):
        assert writes(phonebot, words) == []


@pytest.mark.parametrize("number", [TEXT_NUMBER, SUE_LINE, RECEPTION_PHONE])
def test_fault_44_our_own_number_texting_us_is_not_heard(phonebot: Phonebot, number: str) -> None:
    before = counted(phonebot)
    assert writes(phonebot, "STOP", number) == []
    assert counted(phonebot) == before


@ON_BOTH
def test_words_for_somebody_are_kept_with_the_message_they_may_be_about(phonebot: Phonebot) -> None:
    message = leave(phonebot.database)
    stands(phonebot, message)
    assert writes(phonebot, "Could you make it Friday instead?") == []
    (row,) = kept(phonebot.database)
    assert (row.words, row.number, row.message_id) == ("Could you make it Friday instead?", JULIE, message)
    with phonebot.database.read() as session:
        assert [one.sid for one in unseen_texts(session, ["sue"], 9)] == [row.sid]
        assert unseen_texts(session, [RECEPTION, "tom"], 9, strays=True) == []


def test_a_text_from_an_unknown_number_makes_a_row_and_nothing_else(phonebot: Phonebot) -> None:
    before = counted(phonebot)
    writes(phonebot, "Hello?")
    assert counted(phonebot) == before | {"received_texts": 1}


@ON_BOTH
def test_twenty_texts_a_day_of_one_number_are_kept_and_a_stop_counts_beyond_them(phonebot: Phonebot) -> None:
    agrees(phonebot)
    for number in range(22):
        writes(phonebot, f"again {number}")
    assert len(kept(phonebot.database)) == 20
    writes(phonebot, "STOP")
    assert consent(phonebot) is Consent.ENDED
    writes(phonebot, "Hello?", SUE_PHONE)
    phonebot.clock.goes_on(days=1, seconds=1)
    writes(phonebot, "Hello?")
    assert len(kept(phonebot.database)) == 22


@ON_BOTH
def test_fault_57_a_captured_text_posted_again_changes_nothing(phonebot: Phonebot) -> None:
    agrees(phonebot)
    for _ in range(3):
        assert posts(phonebot, SMS, form("STOP")).status_code == 204
    assert posts(phonebot, SMS, form("START", "SM" + "2" * 32)).status_code == 204
    assert posts(phonebot, SMS, form("STOP")).status_code == 204
    assert consent(phonebot) is Consent.AGREED
    assert meanings(phonebot) == ["stop", "start"]


@pytest.mark.parametrize("sender", ["", "anonymous", "12345", "BANK", "client:bob", "sip:x@example.com", "+\x00"])
def test_a_sender_that_is_no_number_is_kept_as_sent(phonebot: Phonebot, sender: str) -> None:
    assert posts(phonebot, SMS, form("STOP", From=sender)).status_code == 204
    assert [row.meaning for row in kept(phonebot.database)] == ["stop"]


@pytest.mark.parametrize("path", [SMS, STATUS])
def test_an_unsigned_text_is_refused_and_leaves_no_row(phonebot: Phonebot, path: str) -> None:
    before = counted(phonebot)
    assert posts(phonebot, path, form("STOP"), signed="").status_code == 403
    assert posts(phonebot, path, form("STOP", AccountSid="AC" + "f" * 32)).status_code == 403
    assert counted(phonebot) == before


ODD = st.one_of(
    st.text(max_size=60), st.sampled_from(["\x00", "😀" * 2000, "a" * 10_000, "STOP\u202e", "=HYPERLINK()", "\r\nX: y"])
)


@ON_BOTH
@given(words=ODD, sid=st.one_of(ODD, st.just("SM" + "1" * 32)), sender=st.one_of(ODD, st.just(JULIE)))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_text_holds_it_is_taken_in(phonebot: Phonebot, words: str, sid: str, sender: str) -> None:
    answer = posts(phonebot, SMS, form(words, sid, From=sender))
    assert answer.status_code == 204
    for row in kept(phonebot.database):
        assert "\x00" not in row.words + (row.number or "")
        assert len(row.words) <= 1600


@pytest.mark.parametrize(
    "query", ["", "?text=", "?text=-1", "?text=%C2%B2", "?text=99999999999999999999", "?text=1&about=x", "?about=1"]
)
def test_a_report_of_no_text_of_ours_is_taken_and_forgotten(phonebot: Phonebot, query: str) -> None:
    before = counted(phonebot)
    report = [*form(""), ("MessageStatus", "delivered"), ("ErrorCode", "9" * 400)]
    assert posts(phonebot, f"/twilio/text-status{query}", report).status_code == 204
    assert counted(phonebot) == before


@pytest.mark.parametrize("path", [SMS, STATUS])
def test_while_the_database_fails_twilio_is_asked_to_try_again(phonebot: Phonebot, path: str) -> None:
    with phonebot.database.write() as session:
        session.execute(text("DROP TABLE received_texts"))
        session.execute(text("DROP TABLE texts"))
    assert posts(phonebot, path, form("Hello?")).status_code == 503


@ON_BOTH
def test_the_same_answer_posted_again_gets_the_same_reply_and_counts_once(phonebot: Phonebot) -> None:
    agrees(phonebot)
    phonebot.network.expects_text(JULIE)
    message = leave(phonebot.database)
    do(phonebot, message, EventKind.ATTEMPTED, attempt=1, outcome="reached", evidence="spoke")
    phonebot.clock.now += timedelta(minutes=10)
    works(phonebot)
    first, again = posts(phonebot, SMS, form("no")), posts(phonebot, SMS, form("no"))
    assert b"<Message>" in first.content
    assert first.content == again.content
    assert posts(phonebot, SMS, form("no", "SM" + "2" * 32)).status_code == 204
    assert len(jobs(phonebot.database, JobKind.TAKE_VERDICT)) == 1
