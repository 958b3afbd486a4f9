"""Texts that came in are in the digest of whoever should read them, until one that shows them has gone."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import count

import pytest
from sqlalchemy import select

from phonebot.domain.history import EventKind
from phonebot.domain.office import RECEPTION, Person
from phonebot.domain.reply import Reply
from phonebot.services.messages.intake import take_in
from phonebot.services.staff.digests import digest_for
from phonebot.store.database import Database
from phonebot.store.tables import ReceivedTextRow, TextRow
from phonebot.store.texts import ReceivedText, keep_received
from tests.mail.post_office import PostOffice
from tests.services.owing import (
    BEN,
    DAY,
    HOUR,
    MINUTE,
    SUE,
    TOM,
    TUESDAY,
    Desk,
    away,
    happens,
    leave,
    open_office,
    reference,
    with_people,
)

SERIAL = count(1)
FOUR = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
HALF_PAST_EIGHT = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)
PHONE = "+447700900155"


def comes_in(
    database: Database,
    words: str = "Please ring after five",
    *,
    about: int | None = None,
    at: datetime = TUESDAY + HOUR,
    meaning: Reply = Reply.OTHER,
) -> None:
    """A text comes in."""
    with database.write() as session:
        keep_received(session, ReceivedText(f"SM{next(SERIAL)}", PHONE, words, meaning, about, at))


def settled(database: Database, mailbox: str = "sue") -> int:
    """A message that is owed no more."""
    number = leave(database, mailbox)
    happens(database, number, EventKind.SETTLED, TUESDAY, mailbox, how="withdrawn")
    return number


def read_by(database: Database, person: str, now: datetime = FOUR) -> list[str]:
    """The words of the texts that somebody's digest would show."""
    return [text.words for text in digest_for(database, person, None, now)[0].texts]


def works_through(desk: Desk, *instants: datetime) -> None:
    for instant in instants:
        desk.clock.now = instant
        desk.work()


def test_a_text_is_in_the_digest_of_whoever_owes_its_message_with_who_left_it(database: Database) -> None:
    open_office(database)
    number = leave(database, "ben")
    take_in(database, TUESDAY)
    comes_in(database, about=number)
    (text,) = digest_for(database, "ben", None, FOUR)[0].texts

    assert (text.name, text.company, text.phone) == ("Julie Smith", "Hartwell Dental", PHONE)
    assert (text.ref, text.words, text.no_more_texts) == (reference(number), "Please ring after five", False)
    assert read_by(database, "sue") == read_by(database, "tom") == []


def test_a_wish_for_no_more_texts_is_marked_as_one(database: Database) -> None:
    open_office(database)
    comes_in(database, meaning=Reply.STOP_IN_WORDS)

    assert [text.no_more_texts for text in digest_for(database, "sue", None, FOUR)[0].texts] == [True]


def test_texts_about_nothing_are_for_receptions_people(database: Database) -> None:
    open_office(database)
    comes_in(database, "Who are you?")
    office = leave(database, RECEPTION)
    take_in(database, TUESDAY)
    comes_in(database, "About the office", about=office)

    assert read_by(database, "sue") == ["Who are you?", "About the office"]
    assert read_by(database, "ben") == []


@pytest.mark.parametrize(
    "ben",
    [replace(BEN, departed=True), replace(BEN, digest=()), replace(BEN, phone=None)],
    ids=["who has left", "who has no digest", "who can be sent none"],
)
def test_texts_to_somebody_who_reads_no_digest_are_for_receptions_people_too(database: Database, ben: Person) -> None:
    open_office(database)
    number = settled(database, "ben")
    comes_in(database, about=number)
    assert read_by(database, "sue") == []
    open_office(database, with_people(ben))

    assert read_by(database, "sue") == ["Please ring after five"]


def test_of_somebody_away_the_cover_reads_the_texts(database: Database) -> None:
    open_office(database)
    comes_in(database, about=settled(database))
    away(database, "sue", TUESDAY, TUESDAY + DAY)

    assert read_by(database, "tom") == ["Please ring after five"]


def test_a_text_alone_is_worth_a_digest_which_shows_it_once(desk: Desk, database: Database) -> None:
    works_through(desk, TUESDAY)
    comes_in(database, about=settled(database))
    works_through(desk, FOUR, HALF_PAST_EIGHT)

    assert desk.subjects("sue") == ["No calls owed; 1 text came in"]
    assert "Please ring after five" in desk.texts("sue")[0]
    with database.read() as session:
        assert [row.seen_at for row in session.scalars(select(ReceivedTextRow))] == [FOUR]


def test_looking_at_a_digest_marks_no_text_as_seen(database: Database) -> None:
    open_office(database)
    comes_in(database)

    assert read_by(database, "sue") == read_by(database, "sue") != []


def test_a_digest_that_could_not_be_sent_has_shown_nothing(desk: Desk, database: Database) -> None:
    works_through(desk, TUESDAY)
    comes_in(database)
    desk.post.close_doors()
    works_through(desk, FOUR)
    assert read_by(database, "sue") == ["Please ring after five"]
    desk.post.open_doors()
    works_through(desk, FOUR + HOUR)

    assert len(desk.subjects("sue")) == 1
    assert read_by(database, "sue", FOUR + 2 * HOUR) == []


def test_a_text_that_comes_in_while_its_digest_is_on_its_way_is_in_the_next(desk: Desk, database: Database) -> None:
    comes_in(database, "First")
    comes_in(database, "Later", at=FOUR + MINUTE)
    works_through(desk, TUESDAY, FOUR)

    assert "First" in desk.texts("sue")[0]
    assert "Later" not in desk.texts("sue")[0]
    assert read_by(database, "sue", FOUR + HOUR) == ["Later"]


def test_a_digest_as_a_text_message_has_shown_only_the_text_it_quotes(database: Database, post: PostOffice) -> None:
    open_office(database, with_people(replace(BEN, digest=(time(9), time(12)))))
    desk = Desk.at(database, post)
    number = settled(database, "ben")
    comes_in(database, "First", about=number)
    comes_in(database, "Second", about=number, at=TUESDAY + 2 * HOUR)
    works_through(desk, TUESDAY, HALF_PAST_EIGHT + HOUR, HALF_PAST_EIGHT + 4 * HOUR, HALF_PAST_EIGHT + DAY + HOUR)

    with database.read() as session:
        words = [row.words for row in session.scalars(select(TextRow).order_by(TextRow.id))]
    assert len(words) == 2
    assert '"First" And 1 more text.' in words[0]
    assert '"Second"' in words[1]


def test_no_more_texts_are_shown_than_a_letter_should_hold_and_the_next_has_the_others(
    desk: Desk, database: Database
) -> None:
    for number in range(60):
        comes_in(database, f"Text {number}", at=TUESDAY + number * timedelta(seconds=1))
    works_through(desk, TUESDAY, FOUR)

    assert read_by(database, "sue", FOUR + HOUR) == [f"Text {number}" for number in range(50, 60)]


def test_of_several_at_reception_each_text_is_shown_to_the_first_whose_digest_goes(
    database: Database, post: PostOffice
) -> None:
    open_office(database, with_people(replace(TOM, admin=True, digest=(time(9),)), SUE))
    desk = Desk.at(database, post)
    comes_in(database)
    works_through(desk, TUESDAY, FOUR, HALF_PAST_EIGHT + HOUR)

    assert (len(desk.subjects("sue")), len(desk.subjects("tom"))) == (1, 0)
