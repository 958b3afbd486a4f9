"""Notices: who is told at once, by which way, and of what they are not told."""

from dataclasses import replace
from datetime import time

from sqlalchemy import select

from phonebot.domain.history import EventKind
from phonebot.domain.office import Notices
from phonebot.domain.outbox import JobState
from phonebot.services.messages.intake import take_in
from phonebot.services.staff.notice_jobs import put_notices
from phonebot.services.staff.notices import announce
from phonebot.store.database import Database
from phonebot.store.tables import TextRow
from tests.mail.post_office import PostOffice
from tests.services.owing import (
    BEN,
    BOOK,
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
    notices,
    open_office,
    reference,
    told,
    with_people,
)


def texts(database: Database) -> list[TextRow]:
    with database.read() as session:
        return list(session.scalars(select(TextRow).order_by(TextRow.id)))


def test_a_new_message_is_told_to_its_owner_at_once(desk: Desk, database: Database) -> None:
    number = leave(database)
    desk.work()

    (words,) = desk.texts("sue")
    assert reference(number) in words
    assert "Julie Smith" in words
    assert told(database, number) == {"sue"}
    assert desk.post.taken_by("tom@example.com") == []


def test_while_its_owner_is_away_the_cover_is_told_too_and_whose_it_is(desk: Desk, database: Database) -> None:
    away(database, "sue", TUESDAY - HOUR, TUESDAY + 3 * HOUR)
    number = leave(database)
    desk.work()

    assert told(database, number) == {"sue", "tom"}
    assert "Sue Cohen" in desk.subjects("tom")[0]
    assert "Sue Cohen" not in desk.subjects("sue")[0]


def test_whom_the_status_names_covers(desk: Desk, database: Database) -> None:
    away(database, "sue", TUESDAY - HOUR, TUESDAY + 3 * HOUR, cover="ben")
    leave(database)
    desk.work()

    assert [text.person_id for text in texts(database)] == ["ben"]
    assert desk.post.taken_by("tom@example.com") == []


def test_an_urgent_message_is_told_to_the_cover_though_its_owner_is_in(desk: Desk, database: Database) -> None:
    said = leave(database, business="the alarm is ringing, it can't wait")
    opens = TUESDAY + 2 * HOUR
    window = leave(database, window_said="one", window_parts=[[opens.isoformat(), (opens + HOUR).isoformat()]])
    calm = leave(database, business="the invoice, it's not urgent")
    desk.work()

    assert told(database, said) == told(database, window) == {"sue", "tom"}
    assert told(database, calm) == {"sue"}
    assert any("rgent" in subject for subject in desk.subjects("tom"))


def test_a_cover_told_because_it_is_urgent_reads_so_though_their_own_digest_comes_first(
    desk: Desk, database: Database
) -> None:
    open_office(database, with_people(replace(TOM, digest=(time(12),))))
    opens = TUESDAY + 3 * HOUR
    leave(database, window_said="two", window_parts=[[opens.isoformat(), (opens + HOUR).isoformat()]])
    desk.work()

    assert desk.subjects("tom") == ["Urgent message for Sue Cohen: Julie Smith, Hartwell Dental"]


def test_the_offices_own_mailbox_is_told_to_the_admins(desk: Desk, database: Database) -> None:
    number = leave(database, mailbox="office")
    desk.work()

    assert told(database, number) == {"sue"}


def test_without_an_admin_the_offices_own_mailbox_is_told_to_all_with_an_address(
    database: Database, post: PostOffice
) -> None:
    open_office(database, with_people(replace(SUE, admin=False)))
    number = leave(database, mailbox="office")
    Desk.at(database, post).work()

    assert told(database, number) == {"sue", "tom"}
    assert texts(database) == []


def test_who_chose_texts_has_a_text_and_who_wants_none_has_none(database: Database, post: PostOffice) -> None:
    open_office(database, with_people(replace(TOM, notices=Notices.NONE)))
    desk = Desk.at(database, post)
    leave(database, mailbox="ben")
    leave(database, mailbox="tom")
    desk.work()

    (text,) = texts(database)
    assert (text.person_id, text.number, text.purpose) == ("ben", BEN.phone, "notice")
    assert "Julie Smith" in text.words
    assert post.taken == []
    assert set(notices(database).values()) == {JobState.DONE}


def test_a_message_of_yesterday_is_not_announced(desk: Desk, database: Database) -> None:
    leave(database, at=TUESDAY - DAY - MINUTE)
    recent = leave(database, at=TUESDAY - DAY + MINUTE)
    desk.work()

    assert set(notices(database)) == {f"notice:sue:{recent}"}


def test_a_message_that_is_owed_no_more_is_not_told(desk: Desk, database: Database) -> None:
    number = leave(database)
    take_in(database, TUESDAY)
    announce(database, number, TUESDAY)
    happens(database, number, EventKind.SETTLED, TUESDAY, "sue", how="withdrawn")
    desk.work()

    assert desk.post.taken == []


def test_a_message_reopened_by_its_caller_is_told_again(desk: Desk, database: Database) -> None:
    number = leave(database)
    desk.work()
    desk.clock.goes_on(hours=30)
    now = desk.clock()
    happens(database, number, EventKind.SAID, now, "sue")
    happens(database, number, EventKind.ASKED, now, "phonebot")
    happens(database, number, EventKind.VERDICT, now, "caller", reached=False)
    announce(database, number, now)
    desk.work()

    assert f"notice:sue:{number}:reopened" in notices(database)
    assert any("nobody got back" in words for words in desk.texts("sue"))


def test_announced_twice_it_is_told_once(desk: Desk, database: Database) -> None:
    number = leave(database)
    desk.work()
    announce(database, number, TUESDAY)
    desk.work()

    assert set(notices(database)) == {f"notice:sue:{number}"}
    assert len(desk.post.taken) == 1


def test_what_has_piled_up_goes_in_one_letter(desk: Desk, database: Database) -> None:
    numbers = [leave(database, at=TUESDAY - step * MINUTE) for step in range(5)]
    take_in(database, TUESDAY)
    for number in numbers:
        announce(database, number, TUESDAY)
    desk.work()

    (words,) = desk.texts("sue")
    assert all(reference(number) in words for number in numbers)
    assert set(notices(database).values()) == {JobState.DONE}
    assert all(told(database, number) == {"sue"} for number in numbers)


def test_a_notice_that_the_digest_has_shown_meanwhile_is_dropped(desk: Desk, database: Database) -> None:
    desk.clock.now = TUESDAY.replace(hour=15, minute=59)
    desk.work()
    number = leave(database, at=desk.clock())
    take_in(database, desk.clock())
    announce(database, number, desk.clock())
    desk.clock.goes_on(minutes=2)
    desk.work()

    (words,) = desk.texts("sue")
    assert reference(number) in words
    assert "owed" in desk.subjects("sue")[0]


def test_another_service_may_have_somebody_told_once_for_each_cause(desk: Desk, database: Database) -> None:
    number = leave(database)
    desk.work()
    desk.clock.goes_on(minutes=5)
    for _ in range(2):
        with database.write() as session:
            put_notices(session, BOOK, [TOM, SUE], number, desk.clock(), why="slip")
        desk.work()

    assert len(desk.subjects("tom")) == 1
    assert len(desk.subjects("sue")) == 2
