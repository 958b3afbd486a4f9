"""Digests: planned once for each time of day, made of what is owed when they go, and sent to whoever is there."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from phonebot.domain.history import EventKind
from phonebot.domain.message import State
from phonebot.domain.outbox import JobKind, JobState
from phonebot.mail import MailRefused
from phonebot.services.staff.digests import plan_digests, send_digest, sent_mark
from phonebot.store.database import Database
from phonebot.store.digest_jobs import marks, move_marks
from phonebot.store.tables import TextRow
from tests.mail.post_office import Mishap, PostOffice
from tests.services.owing import (
    DAY,
    HOUR,
    MINUTE,
    SUE,
    TOM,
    TUESDAY,
    Desk,
    away,
    happens,
    jobs_of,
    leave,
    open_office,
    reference,
    with_people,
)

SECOND = timedelta(seconds=1)
FOUR = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
HALF_PAST_EIGHT = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)


def digests(database: Database) -> dict[str, str]:
    return jobs_of(database, JobKind.DIGEST)


def works_through(desk: Desk, *instants: datetime) -> None:
    """Plan and do what is due at each of these instants."""
    for instant in instants:
        desk.clock.now = instant
        desk.work()


def digests_had(desk: Desk, person: str) -> list[str]:
    """The words of the digests that somebody has had."""
    mails = zip(desk.subjects(person), desk.texts(person), strict=True)
    return [words for subject, words in mails if "owed" in subject]


def test_a_digest_goes_at_each_of_a_persons_times_and_only_then(desk: Desk, database: Database) -> None:
    number = leave(database)
    works_through(desk, TUESDAY, FOUR - SECOND)
    assert digests_had(desk, "sue") == []
    works_through(desk, FOUR + SECOND, FOUR + 30 * SECOND, HALF_PAST_EIGHT - SECOND)
    assert len(digests_had(desk, "sue")) == 1
    works_through(desk, HALF_PAST_EIGHT)

    assert [reference(number) in words for words in digests_had(desk, "sue")] == [True, True]
    assert desk.post.taken_by("tom@example.com") == []


def test_nothing_owed_no_digest(desk: Desk, database: Database) -> None:
    leave(database, state=State.MISSED)
    works_through(desk, TUESDAY, FOUR, HALF_PAST_EIGHT)

    assert desk.post.taken == []
    assert list(digests(database)) == ["digest:sue:2026-11-24T16:00", "digest:sue:2026-11-25T08:30"]
    assert set(digests(database).values()) == {JobState.DONE}


def test_of_several_digests_missed_while_nothing_ran_only_the_newest_goes(desk: Desk, database: Database) -> None:
    leave(database)
    works_through(desk, TUESDAY, TUESDAY + 3 * DAY)

    assert list(digests(database)) == ["digest:sue:2026-11-27T08:30", "digest:ben:2026-11-27T09:00"]
    assert len(digests_had(desk, "sue")) == 1


@pytest.mark.parametrize("noon_before", ["2026-10-24T12:00+00:00", "2027-03-27T12:00+00:00"])
def test_fault_31_a_digest_at_an_hour_the_clocks_show_twice_or_never_goes_once(
    database: Database, post: PostOffice, noon_before: str
) -> None:
    open_office(database, with_people(replace(SUE, digest=(time(1, 30),))))
    desk = Desk.at(database, post)
    noon = datetime.fromisoformat(noon_before)
    leave(database, at=noon)
    works_through(desk, *(noon + step * 30 * MINUTE for step in range(48)))

    assert len(digests_had(desk, "sue")) == 1


def test_fault_30_a_clock_that_jumps_back_repeats_no_digest(desk: Desk, database: Database) -> None:
    leave(database)
    works_through(desk, TUESDAY, FOUR + MINUTE, FOUR - 30 * MINUTE, FOUR + 2 * MINUTE, FOUR - 59 * MINUTE, FOUR + HOUR)

    assert len(digests_had(desk, "sue")) == 1


def test_a_clock_set_back_takes_no_plan_back(database: Database) -> None:
    open_office(database)
    for now in (FOUR + MINUTE, FOUR - MINUTE):
        plan_digests(database, now)

    with database.read() as session:
        assert set(marks(session, ["digest:sue", "digest:ben"]).values()) == {FOUR + MINUTE}


def test_a_clock_that_was_a_year_ahead_does_not_silence_digests_for_a_year(desk: Desk, database: Database) -> None:
    leave(database)
    works_through(desk, TUESDAY + 365 * DAY, TUESDAY, FOUR)

    assert any(reference(1) in words for words in digests_had(desk, "sue"))
    assert "digest:sue:2026-11-24T16:00" in digests(database)


def test_two_planners_at_once_plan_each_digest_once(database: Database) -> None:
    open_office(database)
    plan_digests(database, TUESDAY)
    ready, new = Barrier(2), []

    def plan() -> None:
        ready.wait()
        new.append(plan_digests(database, FOUR))

    threads = [Thread(target=plan) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(new) == [0, 1]


def test_before_an_office_is_loaded_nothing_is_planned(database: Database) -> None:
    assert plan_digests(database, TUESDAY) == 0


def test_to_a_person_away_the_digest_goes_to_the_cover_who_sees_whose_it_is(desk: Desk, database: Database) -> None:
    away(database, "sue", FOUR - HOUR, FOUR + HOUR)
    number = leave(database)
    works_through(desk, TUESDAY, FOUR)

    (words,) = digests_had(desk, "tom")
    assert reference(number) in words
    assert "Sue Cohen" in words
    assert digests_had(desk, "sue") == []


def test_a_cover_with_a_digest_of_their_own_at_the_same_time_has_one(database: Database, post: PostOffice) -> None:
    open_office(database, with_people(replace(TOM, digest=(time(16),))))
    desk = Desk.at(database, post)
    away(database, "sue", FOUR - HOUR, FOUR + HOUR)
    hers, his = leave(database), leave(database, mailbox="tom")
    works_through(desk, TUESDAY, FOUR)

    (words,) = digests_had(desk, "tom")
    assert reference(hers) in words
    assert reference(his) in words
    assert set(digests(database).values()) == {JobState.DONE}


def test_without_a_cover_who_is_there_the_digest_goes_to_the_person_themself(
    database: Database, post: PostOffice
) -> None:
    open_office(database, with_people(replace(TOM, departed=True)))
    desk = Desk.at(database, post)
    away(database, "sue", FOUR - HOUR, FOUR + HOUR)
    leave(database)
    works_through(desk, TUESDAY, FOUR)

    assert len(digests_had(desk, "sue")) == 1


def test_who_has_texts_and_no_address_has_the_digest_as_a_text(desk: Desk, database: Database) -> None:
    number = leave(database, mailbox="ben")
    works_through(desk, TUESDAY, HALF_PAST_EIGHT + 30 * MINUTE)

    with database.read() as session:
        (text,) = session.scalars(select(TextRow).where(TextRow.purpose == "digest"))
    assert (text.person_id, text.number) == ("ben", "+447700900103")
    assert reference(number) in text.words


def test_who_can_be_sent_nothing_has_their_digest_refused_with_the_reason(desk: Desk, database: Database) -> None:
    open_office(database, with_people(replace(SUE, email=None)))
    leave(database)

    with pytest.raises(MailRefused, match="no email address"):
        send_digest(desk.room, payload(), FOUR)


def payload() -> dict[str, str]:
    return {"person": "sue", "slot": "2026-11-24T16:00", "at": FOUR.isoformat()}


def test_a_digest_late_by_a_day_says_what_is_so_when_it_goes_and_stands_for_the_later_ones(
    desk: Desk, database: Database
) -> None:
    returned, still = leave(database), leave(database)
    works_through(desk, TUESDAY)
    desk.post.close_doors()
    works_through(desk, *(FOUR + step * 90 * MINUTE for step in range(16)))
    happens(database, returned, EventKind.SETTLED, desk.clock(), "sue", how="withdrawn")
    desk.post.open_doors()
    works_through(desk, desk.clock() + 61 * MINUTE)

    (words,) = digests_had(desk, "sue")
    assert reference(still) in words
    assert reference(returned) not in words


def test_fault_36_a_digest_taken_without_an_answer_is_sent_again_as_the_same_mail(
    desk: Desk, database: Database
) -> None:
    leave(database)
    works_through(desk, TUESDAY)
    desk.post.mishaps.append(Mishap.DROP_BEFORE_ANSWER)
    works_through(desk, FOUR, FOUR + 10 * SECOND, FOUR + MINUTE)

    assert len(digests_had(desk, "sue")) == 2
    assert len(set(desk.message_ids("sue"))) == 2  # the notice of the morning, and the digest twice


def test_a_worker_that_dies_after_the_mail_was_taken_leaves_the_same_mail_twice(desk: Desk, database: Database) -> None:
    leave(database)

    class Died(Exception):
        pass

    def die(point: str) -> None:
        raise Died(point)

    with pytest.raises(Died):
        send_digest(replace(desk.room, reached=die), payload(), FOUR)
    send_digest(desk.room, payload(), FOUR + 6 * MINUTE)
    send_digest(desk.room, payload(), FOUR + 7 * MINUTE)

    first, second = desk.message_ids("sue")
    assert first == second


def test_while_a_later_digest_is_still_to_be_sent_an_earlier_one_is_not(desk: Desk, database: Database) -> None:
    leave(database)
    plan_digests(database, TUESDAY)
    plan_digests(database, FOUR)
    plan_digests(database, HALF_PAST_EIGHT)
    send_digest(desk.room, payload(), HALF_PAST_EIGHT)
    assert desk.post.taken == []
    works_through(desk, HALF_PAST_EIGHT)

    assert len(digests_had(desk, "sue")) == 1


def test_a_mark_of_the_last_digest_far_ahead_is_not_believed(desk: Desk, database: Database) -> None:
    leave(database)
    with database.write() as session:
        move_marks(session, [sent_mark("sue")], FOUR + 30 * DAY)
    send_digest(desk.room, payload(), FOUR)

    assert len(digests_had(desk, "sue")) == 1
    with database.read() as session:
        assert marks(session, [sent_mark("sue")]) == {sent_mark("sue"): FOUR}
