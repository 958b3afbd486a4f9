"""A caller to be rung in somebody's place is on the list of whoever is asked, until they have been rung."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from phonebot.domain.callback import Evidence, Outcome
from phonebot.domain.commitment import PHONEBOT
from phonebot.domain.digest import Digest
from phonebot.domain.history import EventKind
from phonebot.domain.message import State
from phonebot.services.callers.slips import mind_promises
from phonebot.services.messages.accepting import accept
from phonebot.services.messages.intake import take_in
from phonebot.services.staff.digests import digest_for
from phonebot.store.commitments import promises_due
from phonebot.store.database import Database
from tests.mail.post_office import PostOffice
from tests.services.owing import (
    DAY,
    HOUR,
    MINUTE,
    TOM,
    TUESDAY,
    Desk,
    away,
    happens,
    leave,
    open_office,
    reference,
    tries,
    with_people,
)

DUE = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
AFTER = DUE + HOUR
FOUR = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)


@pytest.fixture
def post() -> Iterator[PostOffice]:
    with PostOffice() as office:
        yield office


@pytest.fixture
def slipped(database: Database) -> int:
    """Sue took a call on and did not make it, and Tom is asked to ring the caller."""
    open_office(database)
    return slips(database)


def slips(database: Database) -> int:
    number = leave(database)
    take_in(database, TUESDAY)
    accept(database, reference(number), "sue", "today between one and two", TUESDAY)
    with database.read() as session:
        (promised,) = promises_due(session, DUE, 9)
    mind_promises(database, DUE + MINUTE)
    detail = {"commitment": promised.number, "of": "tom"}
    happens(database, number, EventKind.HOLDING_ASKED, DUE + 2 * MINUTE, PHONEBOT, **detail)
    return number


def digest_of(database: Database, person: str, now: datetime = AFTER) -> Digest:
    return digest_for(database, person, None, now)[0]


def listed(database: Database, person: str) -> list[int]:
    return [item.number for item in digest_of(database, person).owed]


def test_it_is_on_the_list_of_whoever_is_asked_with_whose_it_is_and_since_when(
    database: Database, slipped: int
) -> None:
    (item,) = digest_of(database, "tom").owed
    assert item.asked is not None
    assert (item.number, item.owner_name) == (slipped, "Sue Cohen")
    assert (item.asked.of, item.asked.by_id, item.asked.due) == ("Tom Hart", "sue", DUE)


def test_its_owner_sees_who_was_asked_and_nobody_else_has_it(database: Database, slipped: int) -> None:
    (item,) = digest_of(database, "sue").owed
    assert item.asked is not None
    assert (item.number, item.asked.of_id) == (slipped, "tom")
    assert listed(database, "ben") == []


@pytest.mark.parametrize("by", ["tom", "ben", "sue"])
def test_it_is_gone_once_anybody_has_rung_the_caller_and_stays_with_its_owner(
    database: Database, slipped: int, by: str
) -> None:
    tries(database, slipped, by, AFTER, Outcome.NO_ANSWER, Evidence.CONFIRMED, holding=by != "sue")

    assert listed(database, "tom") == []
    (item,) = digest_of(database, "sue").owed
    assert item.asked is None


def test_after_the_holding_call_its_owner_reads_who_made_it(database: Database, slipped: int) -> None:
    tries(database, slipped, "tom", AFTER - MINUTE, Outcome.REACHED, Evidence.SPOKE, holding=True)
    digest = digest_of(database, "sue")

    assert [(item.state, item.asked) for item in digest.owed] == [(State.HELD, None)]
    assert [(done.ref, done.by) for done in digest.helped] == [(reference(slipped), "Tom Hart")]


def test_it_is_gone_once_the_message_is_settled(database: Database, slipped: int) -> None:
    happens(database, slipped, EventKind.SETTLED, AFTER, "sue", how="withdrawn")

    assert listed(database, "tom") == []


def test_who_stands_in_for_the_colleague_asked_has_it_instead(database: Database, slipped: int) -> None:
    away(database, "tom", DUE, DUE + DAY, cover="ben")
    digest = digest_of(database, "ben")

    assert [item.number for item in digest.owed] == [slipped]
    assert digest.covers == ("Tom Hart",)


def test_it_is_listed_once_where_the_reader_owes_it_too(database: Database, slipped: int) -> None:
    happens(database, slipped, EventKind.PASSED, AFTER, "sue", to="tom")

    assert listed(database, "tom") == [slipped]


def test_a_digest_goes_for_it_alone(database: Database, post: PostOffice) -> None:
    open_office(database, with_people(replace(TOM, digest=(time(16),))))
    desk = Desk.at(database, post)
    desk.work()
    slips(database)
    desk.clock.now = FOUR
    desk.work()

    (words,) = [words for words in desk.texts("tom") if "owed" in words]
    assert "please ring them and say so" in " ".join(words.split())
