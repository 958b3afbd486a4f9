"""Notices when mail does not go, workers die, or two work at once: told once, or at most twice as the same mail."""

from dataclasses import replace
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from phonebot.domain.history import EventKind
from phonebot.domain.outbox import JobState
from phonebot.mail import MailRefused, MailUnavailable
from phonebot.services.messages.intake import take_in
from phonebot.services.staff.mailroom import DoorWatch, Mailroom
from phonebot.services.staff.notices import announce, send_notice
from phonebot.store.database import Database
from phonebot.store.media_database import DatabaseMedia
from phonebot.store.tables import OutboxRow
from tests.mail.post_office import Mishap
from tests.outside import settings
from tests.services.owing import (
    HOUR,
    MINUTE,
    TUESDAY,
    Desk,
    away,
    events,
    leave,
    notices,
    open_office,
    reference,
    told,
)


def test_fault_35_after_a_day_without_mail_nobody_is_flooded_and_nothing_is_lost(
    desk: Desk, database: Database
) -> None:
    desk.post.close_doors()
    numbers = []
    for _ in range(12):
        numbers += [leave(database, at=desk.clock()), leave(database, mailbox="tom", at=desk.clock())]
        desk.work()
        desk.clock.goes_on(hours=2)
    assert desk.post.taken == []
    desk.post.open_doors()
    for _ in range(3):
        desk.work()
        desk.clock.goes_on(hours=1)

    for number, person in zip(numbers, ["sue", "tom"] * 12, strict=True):
        assert any(reference(number) in words for words in desk.texts(person))
    assert len(desk.subjects("tom")) == 1
    # Sue has a digest of all, and beforehand at most a notice of what came in since that was due.
    *before, digest = desk.texts("sue")
    assert all(reference(number) in digest for number in numbers[::2])
    assert all(reference(number) not in words for words in before for number in numbers[:18:2])
    assert len(before) <= 1
    assert set(notices(database).values()) == {JobState.DONE}


def test_fault_36_a_mail_taken_without_an_answer_is_sent_again_as_the_same_mail(desk: Desk, database: Database) -> None:
    number = leave(database)
    desk.post.mishaps.append(Mishap.DROP_BEFORE_ANSWER)
    desk.work()
    desk.clock.goes_on(minutes=1)
    desk.work()

    first, second = desk.message_ids("sue")
    assert first == second
    assert told(database, number) == {"sue"}
    assert len(events(database, number, EventKind.DELIVERED)) == 1


def test_fault_37_a_recipient_who_is_refused_is_parked_with_the_reason_and_others_are_told(
    desk: Desk, database: Database
) -> None:
    away(database, "sue", TUESDAY - HOUR, TUESDAY + HOUR)
    number = leave(database)
    desk.post.refused["sue@example.com"] = "550 5.1.1 no such mailbox"
    take_in(database, TUESDAY)
    announce(database, number, TUESDAY)

    with pytest.raises(MailRefused, match="recipient"):
        send_notice(desk.room, {"person": "sue", "message": number, "key": f"notice:sue:{number}"}, TUESDAY)
    desk.work()
    assert told(database, number) == {"tom"}


def test_where_mail_is_not_set_up_a_notice_is_refused_at_once(database: Database) -> None:
    open_office(database)
    number = leave(database)
    take_in(database, TUESDAY)
    bare = settings()
    room = Mailroom.of(bare, database, DatabaseMedia())

    with pytest.raises(MailRefused, match="SMTP_URL"):
        send_notice(room, {"person": "sue", "message": number}, TUESDAY)


def test_a_worker_that_dies_after_the_mail_was_taken_leaves_at_most_the_same_mail_twice(
    desk: Desk, database: Database
) -> None:
    numbers = [leave(database), leave(database)]
    take_in(database, TUESDAY)
    for number in numbers:
        announce(database, number, TUESDAY)

    class Died(Exception):
        pass

    def die(point: str) -> None:
        raise Died(point)

    with pytest.raises(Died):
        send_notice(replace(desk.room, reached=die), payload_of(database, f"notice:sue:{numbers[0]}"), TUESDAY)
    desk.clock.goes_on(minutes=6)
    desk.work()

    first, second = desk.message_ids("sue")
    assert first == second
    assert all(reference(number) in words for number in numbers for words in desk.texts("sue"))


def payload_of(database: Database, key: str) -> dict[str, object]:
    with database.read() as session:
        payload: dict[str, object] = session.scalars(select(OutboxRow.payload).where(OutboxRow.key == key)).one()
        return payload


def test_a_worker_that_dies_once_all_is_on_record_tells_nobody_twice(desk: Desk, database: Database) -> None:
    number = leave(database)
    take_in(database, TUESDAY)
    announce(database, number, TUESDAY)
    payload = payload_of(database, f"notice:sue:{number}")
    send_notice(desk.room, payload, TUESDAY)
    send_notice(desk.room, payload, TUESDAY + MINUTE)

    assert len(desk.post.taken) == 1


def test_two_workers_at_once_tell_each_message_once(desk: Desk, database: Database) -> None:
    numbers = [leave(database) for _ in range(6)]
    take_in(database, TUESDAY)
    for number in numbers:
        announce(database, number, TUESDAY)
    ready = Barrier(2)

    def work(seed: int) -> None:
        worker = desk.worker(seed)
        ready.wait()
        worker.drain()

    threads = [Thread(target=work, args=(seed,)) for seed in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    for number in numbers:
        assert sum(reference(number) in words for words in desk.texts("sue")) == 1


def test_what_waited_for_mail_goes_within_a_minute_of_its_coming_back(desk: Desk, database: Database) -> None:
    leave(database, mailbox="tom")
    watch = DoorWatch(desk.room)
    desk.post.replies["RCPT"] = "451 4.7.1 come back later"
    desk.work()
    watch.look(desk.clock())
    desk.post.replies.clear()
    desk.post.close_doors()
    for _ in range(10):
        desk.clock.goes_on(minutes=61)
        desk.work()
        assert watch.look(desk.clock()) == 0
    desk.post.open_doors()
    desk.clock.goes_on(minutes=1)
    desk.work()
    assert desk.post.taken == []

    assert watch.look(desk.clock()) == 1
    desk.work()
    assert len(desk.post.taken_by("tom@example.com")) == 1


def test_a_server_that_asks_for_patience_is_not_hurried(desk: Desk, database: Database) -> None:
    leave(database)
    watch = DoorWatch(desk.room)
    desk.post.replies["RCPT"] = "451 4.7.1 come back later"
    desk.work()
    watch.look(desk.clock())
    for _ in range(4):
        desk.work()
        assert watch.look(desk.clock()) == 0


def test_a_mail_that_cannot_be_sent_now_is_raised_as_such(desk: Desk, database: Database) -> None:
    number = leave(database)
    take_in(database, TUESDAY)
    desk.post.close_doors()

    with pytest.raises(MailUnavailable):
        send_notice(desk.room, {"person": "sue", "message": number}, TUESDAY)
    assert told(database, number) == set()
