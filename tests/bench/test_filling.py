"""What the benchmarks fill a database with is what phonebot itself would have left there."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bench.filling import OWED, QUESTIONS, fill
from bench.ground import NEVER_CLOSED, TEXTING, environment, in_meetings
from bench.inside import BASE, Inside
from bench.posts import ASKED, LINE, Call, asked_call, whole_call
from bench.rows import GROWING
from bench.works import TEXTS_LOOKS, WORKERS_LOOKS, works
from phonebot.app import create_app
from phonebot.config import load_settings
from phonebot.domain.callback import Gathered, evidence_of, outcome_of
from phonebot.domain.commitment import Fate
from phonebot.domain.message import State
from phonebot.services.office.loading import load
from phonebot.services.staff.digests import digest_for
from phonebot.store.attempts import attempts_of
from phonebot.store.database import Database
from phonebot.store.digests import words_of
from phonebot.store.history import standings
from phonebot.store.statuses import add_status
from phonebot.store.tables import Base, MessageRow, VerdictRow

COUNT = 300
NOW = datetime.now(UTC)
"""Fillings end yesterday by the clock on the wall, so that is the clock here as well."""


@pytest.fixture
def filled(database: Database, tmp_path: Path) -> Database:
    """A database with the benchmarks' office and a few hundred of their messages."""
    _open_office(database, tmp_path, NEVER_CLOSED)
    fill(database, COUNT, LINE, ASKED)
    return database


def _open_office(database: Database, folder: Path, office: str) -> None:
    file = folder / "office.toml"
    file.write_text(office, encoding="utf-8")
    load(database, file, NOW)
    with database.write() as session:
        add_status(session, in_meetings(NOW))


def test_every_history_folds_into_what_its_messages_columns_say(filled: Database) -> None:
    columns = (MessageRow.id, MessageRow.mailbox, MessageRow.owner, MessageRow.state, MessageRow.settled_at)
    with filled.read() as session:
        rows = session.execute(select(*columns)).all()
        stood = standings(session, [(row.id, row.mailbox) for row in rows])
    assert len(rows) == COUNT + OWED
    for row in rows:
        standing = stood[row.id]
        assert standing.state == row.state
        assert (standing.settled_at is None) is (row.settled_at is None)
        if standing.settled_at is not None:
            assert abs(standing.settled_at - row.settled_at) < timedelta(seconds=1)
    states = Counter(row.state for row in rows)
    assert states == {State.RETURNED: COUNT, State.ATTEMPTED: OWED // 5, State.NEW: OWED * 4 // 5}


def test_what_was_gathered_of_each_try_gives_the_outcome_and_evidence_it_is_filled_with(filled: Database) -> None:
    with filled.read() as session:
        tries = attempts_of(session, range(1, COUNT + OWED + 1))
        words = words_of(session, range(1, COUNT + 1))
    assert len(tries) == COUNT + OWED // 5
    for (attempt,) in tries.values():
        assert isinstance(attempt.gathered, Gathered)
        assert outcome_of(attempt.gathered, 20) is attempt.outcome
        assert evidence_of(attempt.gathered, 20) is attempt.evidence
    assert {word.fate for told in words.values() for word in told if word.basis == "accepted"} == {Fate.KEPT}


def test_a_digest_shows_the_five_hundred_that_sue_owes(filled: Database) -> None:
    digest, _ = digest_for(filled, "sue", None, NOW)
    assert len(digest.owed) == OWED * 5 // 6
    assert any(each.accepted for each in digest.owed)
    assert any(each.tries for each in digest.owed)
    assert not digest.returned


def test_every_table_that_grows_is_filled(filled: Database) -> None:
    with filled.read() as session:
        counts = {
            name: session.scalar(select(func.count()).select_from(Base.metadata.tables[name])) for name in GROWING
        }
    assert min(count or 0 for count in counts.values()) > OWED // 10, counts


def test_every_look_can_be_taken(filled: Database) -> None:
    with filled.read() as session:
        for look in (*WORKERS_LOOKS.values(), *TEXTS_LOOKS.values()):
            look(session, NOW)


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_each_work_can_be_done_round_after_round(filled: Database, tmp_path: Path, database_url: str) -> None:
    inside = _inside(filled, tmp_path, database_url)
    for name, work in works().items():
        assert work(inside, 1) > 0, name
        assert work(inside, 2) > 0, name


def _inside(database: Database, folder: Path, url: str) -> Inside:
    return Inside(create_app(load_settings(environment(folder, url, BASE)), database), database)


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_caller_with_a_question_open_is_asked_it_and_then_about_texts_within_the_statements_of_a_turn(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    _open_office(database, tmp_path, TEXTING)
    fill(database, COUNT, LINE, ASKED)
    inside = _inside(database, tmp_path, database_url)
    for call in (asked_call("first", texts=True), asked_call("second")):
        assert all(0 < len(sent) <= 8 for sent in inside.follow(call).values())
    with database.read() as session:
        open_ones = session.scalar(select(func.count()).where(VerdictRow.asked_at.is_(None)))
    assert open_ones == QUESTIONS - 2


@pytest.mark.parametrize(("call", "turns"), [(whole_call(1), 7), (asked_call(1), 8), (asked_call(1, texts=True), 9)])
def test_the_turns_of_a_call_are_numbered_from_none_upwards(call: Call, turns: int) -> None:
    assert len(call) == turns
    assert [post.path.partition("?n=")[2] for post in call] == ["", *(str(turn) for turn in range(1, turns))]
    assert len({post.form[1] for post in call}) == 1
