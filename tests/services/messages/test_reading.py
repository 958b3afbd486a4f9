"""Messages are listed in the order in which they came, a page at a time and along an index."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, insert, text

from phonebot.domain.message import State
from phonebot.domain.recording import Purpose, RecordingState
from phonebot.services.messages.reading import NoMessage, mailboxes, message_called, messages_listed
from phonebot.services.office.loading import load
from phonebot.services.office.people import Nobody
from phonebot.store.database import Database
from phonebot.store.messages import newest_audio_path
from phonebot.store.tables import CallRow, CommitmentRow, MessageRow, RecordingRow
from tests.offices import OFFICE_TOML

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def keep(database: Database, number: int, **given: object) -> str:
    """Keep a call and its message, that number of minutes after noon; its sid."""
    sid = f"CA{number:032d}"
    at = NOON + timedelta(minutes=number)
    values = {"mailbox": "sue", "state": State.NEW, "complete": False, "received_at": at, **given}
    with database.write() as session:
        session.execute(
            insert(CallRow).values(sid=sid, line="+442079460100", dialogue={}, turn=1, started_at=at, touched_at=at)
        )
        session.execute(insert(MessageRow).values(id=number, call_sid=sid, **values))
    return sid


def record(database: Database, number: int, sid: str, **facts: object) -> None:
    """Keep a recording of a message, fetched unless `facts` say otherwise."""
    usual = {"purpose": Purpose.MESSAGE, "state": RecordingState.FETCHED, "seconds": 9.0, "speech_seconds": 8.0}
    more = {"path": f"ab/{sid}.wav", "cut_off": False, "announced_at": NOON, **facts}
    with database.write() as session:
        values = {"sid": sid, "call_sid": f"CA{number:032d}", "message_id": number, **usual, **more}
        session.execute(insert(RecordingRow).values(**values))


def listed(database: Database, **wanted: object) -> list[str]:
    return [kept.message.call_sid for kept in messages_listed(database, **wanted)]  # type: ignore[arg-type]  # a test's shorthand


@pytest.mark.parametrize("page", [1, 2, 3, 7])
def test_every_listed_message_comes_once_in_order_whatever_the_page(database: Database, page: int) -> None:
    first = keep(database, 2)
    # Two in the same instant, and rows that are not in the order of their instants.
    together = [keep(database, number, received_at=NOON + timedelta(hours=1)) for number in (3, 4)]
    early = keep(database, 5, received_at=NOON)
    keep(database, 6, state=State.DRAFT)
    keep(database, 7, state=State.PUT_THROUGH)
    missed = keep(database, 90, state=State.MISSED)
    assert listed(database, page=page) == [early, first, *together, missed]


def test_mailbox_and_state_narrow_the_list(database: Database) -> None:
    sue, tom = keep(database, 1), keep(database, 2, mailbox="tom")
    missed = keep(database, 3, state=State.MISSED)
    assert listed(database, mailbox="sue") == [sue, missed]
    assert listed(database, mailbox="tom") == [tom]
    assert listed(database, state=State.MISSED) == [missed]
    assert listed(database, mailbox="tom", state=State.MISSED) == []


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("wanted", [{}, {"mailbox": "sue"}, {"state": State.NEW}])
def test_a_list_is_read_along_an_index_and_never_sorted(database: Database, wanted: dict[str, object]) -> None:
    keep(database, 1)
    asked: list[tuple[str, object]] = []

    @event.listens_for(database.engine, "before_cursor_execute")
    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_more: object) -> None:
        asked.append((statement, parameters))

    list(messages_listed(database, **wanted))  # type: ignore[arg-type]  # a test's shorthand
    event.remove(database.engine, "before_cursor_execute", note)
    selects = [told for told in asked if told[0].startswith("SELECT") and "FROM office" not in told[0]]
    assert len(selects) == 5
    with database.read() as session:
        session.execute(text("SELECT 1"))
        for statement, parameters in selects:
            plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)  # type: ignore[arg-type]  # as sqlite3 had them
            steps = [row[3] for row in plan]
            assert all(step.startswith(("SEARCH", "USE TEMP B-TREE")) for step in steps), steps
            # Only the few rows of one page may be sorted.
            assert "FROM messages" not in statement or not any("TEMP" in step for step in steps), steps


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
@pytest.mark.parametrize("wanted", [{}, {"mailbox": "sue"}, {"state": State.NEW}])
def test_postgresql_has_an_index_for_each_list_too(database: Database, wanted: dict[str, object]) -> None:
    asked: list[tuple[str, object]] = []

    @event.listens_for(database.engine, "before_cursor_execute")
    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_more: object) -> None:
        if "FROM messages" in statement:
            asked.append((statement, parameters))

    list(messages_listed(database, **wanted))  # type: ignore[arg-type]  # a test's shorthand
    event.remove(database.engine, "before_cursor_execute", note)
    (statement, parameters) = asked[0]
    with database.read() as session:
        # A table this small is read whole, so what is asked is which plan there is besides.
        session.execute(text("SET LOCAL enable_seqscan = off"))
        session.execute(text("SET LOCAL enable_bitmapscan = off"))
        plan = session.connection().exec_driver_sql(f"EXPLAIN {statement}", parameters)  # type: ignore[arg-type]  # as psycopg had them
        steps = "\n".join(row[0] for row in plan)
    assert "Index Scan" in steps
    assert "Presorted Key" in steps or "Sort" not in steps, steps


def test_the_recording_that_counts_is_the_newest_in_which_something_may_be_heard(database: Database) -> None:
    for number in range(1, 8):
        keep(database, number)
    later = NOON + timedelta(minutes=1)
    record(database, 1, "RE1", state=RecordingState.REPLACED)
    record(database, 1, "RE2", announced_at=later)
    record(database, 2, "RE3", state=RecordingState.ABSENT)
    record(database, 3, "RE4", seconds=1.0, speech_seconds=0.1)
    record(database, 4, "RE5", seconds=1.0, speech_seconds=0.9)
    record(database, 5, "RE6", state=RecordingState.ANNOUNCED, seconds=None, speech_seconds=None, path=None)
    record(database, 6, "RE7", purpose=Purpose.NAME)
    record(database, 7, "RE8", seconds=12.0, speech_seconds=0.0)
    kept = list(messages_listed(database))
    heard = [one.recording.sid if one.recording else None for one in kept]
    assert heard == ["RE2", None, None, "RE5", "RE6", None, "RE8"]
    assert [one.name_recording is not None for one in kept].index(True) == 5


def test_what_the_caller_was_told_comes_with_the_message(database: Database) -> None:
    keep(database, 1)
    keep(database, 2)
    with database.write() as session:
        for number, words in ((1, "Sue will have this."), (2, "Tom will have this."), (1, "Goodbye.")):
            made = {
                "basis": "ours",
                "owner": "phonebot",
                "due_at": NOON,
                "rests_on": {},
                "made_at": NOON,
                "told_at": NOON,
            }
            session.execute(insert(CommitmentRow).values(message_id=number, words=words, **made))
    assert [[told.words for told in kept.told] for kept in messages_listed(database)] == [
        ["Sue will have this.", "Goodbye."],
        ["Tom will have this."],
    ]


def test_a_message_is_found_by_its_reference_and_a_draft_is_not(database: Database) -> None:
    sid = keep(database, 1)
    (kept,) = messages_listed(database)
    assert message_called(database, f" {kept.message.ref.lower()} ").message.call_sid == sid
    with database.write() as session:
        session.execute(text("UPDATE messages SET state = 'draft'"))
    with pytest.raises(NoMessage):
        message_called(database, kept.message.ref)


def test_whoever_has_left_still_has_a_mailbox(database: Database, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("office") / "office.toml"
    file.write_text(OFFICE_TOML)
    load(database, file, NOON)
    file.write_text(OFFICE_TOML.replace('"tom"', '"ann"'))
    load(database, file, NOON)
    assert mailboxes(database).called("Tom") == "tom"
    with pytest.raises(Nobody):
        mailboxes(database).called("bob")


def test_the_newest_audio_in_a_file_is_found(database: Database) -> None:
    with database.read() as session:
        assert newest_audio_path(session) is None
    for number in (1, 2, 3):
        keep(database, number)
    record(database, 1, "RE1")
    record(database, 2, "RE2")
    record(database, 3, "RE3", path=None)
    with database.read() as session:
        assert newest_audio_path(session) == "ab/RE2.wav"
