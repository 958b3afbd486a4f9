"""What callers answered about texts, and what has put an end to them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from phonebot.store.consents import Consent, EndedBy, end, keep_answer, restore, standing
from phonebot.store.database import Database
from phonebot.store.tables import ConsentRow
from tests.offices import JULIE, TOM_PHONE
from tests.running import TUESDAY

LATER = TUESDAY + timedelta(hours=1)
WORDS = "May we text this number about your call? You can stop that any time."


def answers(database: Database, *, agreed: bool, number: str = JULIE) -> None:
    with database.write() as session:
        keep_answer(session, number, agreed=agreed, words=WORDS, call_sid="CA1", now=TUESDAY)


def ends(database: Database, by: EndedBy = EndedBy.CALLER) -> None:
    with database.write() as session:
        end(session, JULIE, by, LATER)


def restores(database: Database) -> None:
    with database.write() as session:
        restore(session, JULIE, LATER + timedelta(hours=1))


def stands(database: Database, number: str = JULIE) -> Consent | None:
    with database.read() as session:
        return standing(session, number)


def rows(database: Database) -> list[ConsentRow]:
    with database.read() as session:
        return list(session.scalars(select(ConsentRow).order_by(ConsentRow.id)))


def test_nobody_has_agreed_before_they_are_asked(database: Database) -> None:
    assert stands(database) is None


def test_an_agreement_is_kept_with_its_words_time_and_call_and_is_one_numbers_only(database: Database) -> None:
    answers(database, agreed=True)
    (row,) = rows(database)
    assert (row.number, row.agreed, row.words, row.call_sid, row.at) == (JULIE, True, WORDS, "CA1", TUESDAY)
    assert stands(database) is Consent.AGREED
    assert stands(database, TOM_PHONE) is None


def test_the_newest_answer_counts(database: Database) -> None:
    answers(database, agreed=True)
    answers(database, agreed=False)
    assert stands(database) is Consent.DECLINED
    answers(database, agreed=True)
    assert stands(database) is Consent.AGREED


@pytest.mark.parametrize("before", [None, True, False])
def test_an_end_is_an_end_whatever_was_answered_before(database: Database, *, before: bool | None) -> None:
    if before is not None:
        answers(database, agreed=before)
    ends(database)
    assert stands(database) is Consent.ENDED
    assert [row.ended_at for row in rows(database)] == [LATER]


def test_ended_twice_the_first_end_counts(database: Database) -> None:
    answers(database, agreed=True)
    ends(database, EndedBy.NETWORK)
    ends(database, EndedBy.CALLER)
    assert [row.ended_by for row in rows(database)] == ["network"]


@pytest.mark.parametrize(("before", "after"), [(None, None), (True, Consent.AGREED), (False, Consent.DECLINED)])
def test_a_start_gives_back_what_was_answered_before_the_stop_and_no_more(
    database: Database, *, before: bool | None, after: Consent | None
) -> None:
    if before is not None:
        answers(database, agreed=before)
    ends(database)
    restores(database)
    assert stands(database) is after
    assert all(row.words == WORDS for row in rows(database))


def test_a_start_without_a_stop_changes_nothing(database: Database) -> None:
    restores(database)
    assert rows(database) == []
    answers(database, agreed=False)
    restores(database)
    assert stands(database) is Consent.DECLINED


def test_what_the_network_has_ended_no_start_restores(database: Database) -> None:
    answers(database, agreed=True)
    ends(database, EndedBy.NETWORK)
    restores(database)
    assert stands(database) is Consent.ENDED
