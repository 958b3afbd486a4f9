"""Transactions keep what they write or nothing, writers wait for each other, and a database knows if it is ready."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, StatementError

from phonebot.config import normal_database_url
from phonebot.store.database import Database, NotReady, ready
from phonebot.store.schema import migrate
from phonebot.store.tables import MessageRow, WatermarkRow

NOON = datetime(2026, 11, 24, 12, 0, 0, 123456, tzinfo=UTC)
on_sqlite = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


def test_what_is_written_is_there_afterwards(database: Database) -> None:
    with database.write() as session:
        session.add(WatermarkRow(name="recordings", at=NOON))
    with database.read() as session:
        assert session.scalars(select(WatermarkRow.at)).all() == [NOON]


def test_an_exception_undoes_the_whole_transaction(database: Database) -> None:
    def write_and_fail() -> None:
        with database.write() as session:
            session.add(WatermarkRow(name="recordings", at=NOON))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    with database.read() as session:
        assert session.scalars(select(WatermarkRow)).all() == []


def test_rows_can_be_used_after_the_transaction(database: Database) -> None:
    with database.write() as session:
        row = WatermarkRow(name="recordings", at=NOON)
        session.add(row)
    assert row.name == "recordings"


def test_something_changed_while_only_reading_is_an_error_and_not_lost_in_silence(database: Database) -> None:
    with pytest.raises(RuntimeError, match="only reads"), database.read() as session:
        session.add(WatermarkRow(name="recordings", at=NOON))


def test_an_instant_comes_back_in_utc_and_to_the_microsecond(database: Database) -> None:
    in_tokyo = NOON.astimezone(timezone(timedelta(hours=9)))
    with database.write() as session:
        session.add(WatermarkRow(name="recordings", at=in_tokyo))
    with database.read() as session:
        at = session.scalars(select(WatermarkRow.at)).one()
        assert session.scalars(select(WatermarkRow).where(WatermarkRow.at == in_tokyo)).one().at == NOON
    assert (at, at.tzinfo) == (NOON, UTC)


def test_an_instant_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="needs a zone"), database.write() as session:
        session.add(WatermarkRow(name="recordings", at=NOON.replace(tzinfo=None)))


def test_a_row_cannot_point_at_nothing(database: Database) -> None:
    with pytest.raises(IntegrityError), database.write() as session:
        session.add(
            MessageRow(call_sid="CA0", mailbox="sue", state="new", complete=False, received_at=NOON, caller_id=None)
        )


def test_writers_that_read_first_wait_for_each_other_and_lose_nothing(database: Database) -> None:
    def one_second_later() -> None:
        with database.write() as session:
            row = session.scalars(select(WatermarkRow).with_for_update()).one()
            row.at += timedelta(seconds=1)

    with database.write() as session:
        session.add(WatermarkRow(name="recordings", at=NOON))
    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(one_second_later) for _ in range(40)]:
            done.result()
    with database.read() as session:
        assert session.scalars(select(WatermarkRow.at)).one() == NOON + timedelta(seconds=40)


def test_a_reader_does_not_wait_for_a_writer_and_sees_what_was_there_before(database: Database) -> None:
    with database.write() as writing:
        writing.add(WatermarkRow(name="recordings", at=NOON))
        writing.flush()
        with database.read() as reading:
            assert reading.scalars(select(WatermarkRow)).all() == []


@on_sqlite
def test_a_writer_on_sqlite_waits_for_the_one_before_even_if_it_is_slow(database: Database) -> None:
    begun = threading.Event()
    order: list[str] = []

    def slow() -> None:
        with database.write() as session:
            session.add(WatermarkRow(name="slow", at=NOON))
            session.flush()
            begun.set()
            threading.Event().wait(0.3)
            order.append("slow")

    thread = threading.Thread(target=slow)
    thread.start()
    begun.wait()
    with database.write() as session:
        assert session.scalars(select(WatermarkRow.name)).all() == ["slow"]
        order.append("quick")
    thread.join()
    assert order == ["slow", "quick"]


@on_sqlite
def test_sqlite_is_as_safe_as_it_can_be(database: Database, database_url: str) -> None:
    with database.write() as session:
        found = {
            name: session.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "busy_timeout": 5000, "foreign_keys": 1}


def test_a_new_sqlite_file_is_made_with_its_folder_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "var" / "deep" / "phonebot.db"
    Database(f"sqlite:///{path}").close()
    assert path.stat().st_mode & 0o777 == 0o600


def test_an_empty_database_is_not_ready_and_says_what_to_do(bare_database_url: str) -> None:
    database = Database(bare_database_url)
    with pytest.raises(NotReady, match="phonebot migrate"):
        ready(database)
    database.close()


def test_a_database_at_another_migration_is_not_ready(bare_database_url: str) -> None:
    migrate(bare_database_url)
    database = Database(bare_database_url)
    with database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NotReady, match="9999"):
        ready(database)
    database.close()


@pytest.mark.parametrize("damage", ["no database at all", "a folder"])
def test_a_file_that_is_no_database_is_not_ready(damage: str, tmp_path: Path) -> None:
    path = tmp_path / "phonebot.db"
    if damage == "a folder":
        path.mkdir()
    else:
        path.write_text("This is a letter and not a database, and long enough to be seen to be one." * 20, "utf-8")
    database = Database(f"sqlite:///{path}")
    with pytest.raises(NotReady, match="does not answer"):
        ready(database)
    database.close()


def test_a_server_that_is_not_there_is_not_ready_and_the_password_is_not_told() -> None:
    database = Database(normal_database_url("postgres://me:hush@127.0.0.1:1/phonebot"))
    with pytest.raises(NotReady, match="does not answer") as caught:
        ready(database)
    assert "hush" not in str(caught.value)
    assert "\n" not in str(caught.value)
    database.close()
