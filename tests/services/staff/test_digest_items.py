"""What stands in a digest: what is owed, what was returned, what left nothing, and the recordings."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from time import process_time
from typing import Any

import pytest
from sqlalchemy import event, update

from phonebot.domain.callback import Evidence, Outcome
from phonebot.domain.digest import Digest, Owed
from phonebot.domain.history import EventKind
from phonebot.domain.message import State
from phonebot.domain.recording import Purpose, RecordingState
from phonebot.mail.digest_mail import digest_letter
from phonebot.services.messages.accepting import accept
from phonebot.services.messages.intake import take_in
from phonebot.services.office.people import Nobody
from phonebot.services.staff.digests import digest_for, send_digest
from phonebot.services.staff.enclosing import MOST_BYTES
from phonebot.store.database import Database
from phonebot.store.tables import AttemptRow, RecordingAudioRow, RecordingRow
from tests.mail.post_office import PostOffice
from tests.services.owing import (
    DAY,
    HOUR,
    LONDON,
    MINUTE,
    OFFICE,
    SERIAL,
    SUE,
    TUESDAY,
    Desk,
    happens,
    leave,
    open_office,
    reference,
    tries,
)

# What is read is tried on both databases in tests/store.
pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)

SECOND = timedelta(seconds=1)
FOUR = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
HALF_PAST_EIGHT = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)


def digest_of(database: Database, person: str, now: datetime = TUESDAY) -> Digest:
    return digest_for(database, person, None, now)[0]


def owed(database: Database, person: str, now: datetime = TUESDAY) -> dict[int, Owed]:
    return {item.number: item for item in digest_of(database, person, now).owed}


def works_through(desk: Desk, *instants: datetime) -> None:
    """Plan and do what is due at each of these instants."""
    for instant in instants:
        desk.clock.now = instant
        desk.work()


def payload() -> dict[str, str]:
    return {"person": "sue", "slot": "2026-11-24T16:00", "at": FOUR.isoformat()}


def test_the_offices_own_mailbox_is_on_the_admins_list(database: Database) -> None:
    open_office(database)
    number = leave(database, mailbox="office")

    assert owed(database, "sue")[number].owner_name == "Cohen and Hart"
    assert owed(database, "tom") == {}


def test_who_has_taken_a_call_on_has_it_on_their_list_too(database: Database) -> None:
    open_office(database)
    number = leave(database)
    take_in(database, TUESDAY)
    accept(database, reference(number), "tom", "Thursday between ten and noon", TUESDAY)

    for person in ("sue", "tom"):
        accepted = owed(database, person)[number].accepted
        assert accepted is not None
        assert (accepted.by, accepted.by_id, accepted.slipped) == ("Tom Hart", "tom", False)
        assert accepted.due.astimezone(LONDON).isoformat() == "2026-11-26T12:00:00+00:00"
    late = owed(database, "tom", TUESDAY + 3 * DAY)[number].accepted
    assert late is not None
    assert late.slipped


def test_each_try_is_told_with_who_made_it_and_a_joined_one_is_asked_about(database: Database) -> None:
    open_office(database)
    number = leave(database)
    tries(database, number, "sue", TUESDAY + MINUTE, Outcome.NO_ANSWER, Evidence.CONFIRMED)
    assert not owed(database, "sue", TUESDAY + 2 * MINUTE)[number].asks_what_happened
    tries(database, number, "sue", TUESDAY + HOUR, Outcome.JOINED, Evidence.JOINED)
    item = owed(database, "sue", TUESDAY + 2 * HOUR)[number]

    assert [(one.by, one.outcome) for one in item.tries] == [("Sue Cohen", "no-answer"), ("Sue Cohen", "joined")]
    assert item.state is State.JOINED_UNCONFIRMED
    assert item.asks_what_happened


def test_what_has_been_answered_is_not_asked_again(database: Database) -> None:
    open_office(database)
    number = leave(database)
    tried = tries(database, number, "sue", TUESDAY, Outcome.JOINED, Evidence.JOINED)
    with database.write() as session:
        session.execute(update(AttemptRow).where(AttemptRow.id == tried).values(answered_in_digest="left-word"))

    assert not owed(database, "sue")[number].asks_what_happened


def test_a_claim_that_has_run_out_is_not_shown(database: Database) -> None:
    open_office(database)
    number = leave(database)
    until = TUESDAY + 5 * MINUTE
    happens(database, number, EventKind.CLAIMED, TUESDAY, "tom", until=until.isoformat())

    assert owed(database, "sue", until - SECOND)[number].claimed_by == "Tom Hart"
    assert owed(database, "sue", until)[number].claimed_by is None
    assert owed(database, "sue", until)[number].state is State.NEW


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ({"number": None, "caller_id": None}, "withheld"),
        ({"number": "+449012345678"}, "costly"),
        ({"number": "+12125550143"}, "country"),
        ({"number": "+442079460100"}, "own"),
    ],
)
def test_a_number_that_may_not_be_rung_is_shown_with_the_reason(
    database: Database, columns: dict[str, Any], why: str
) -> None:
    open_office(database)
    number = leave(database, **columns)

    assert why in (owed(database, "sue")[number].may_be_called or "")


def test_a_message_is_overdue_by_the_offices_yardstick_until_somebody_takes_it_on(database: Database) -> None:
    open_office(database)
    number = leave(database)
    assert not owed(database, "sue", TUESDAY + DAY)[number].overdue
    assert owed(database, "sue", TUESDAY + DAY + SECOND)[number].overdue
    accept(database, reference(number), "sue", "Friday morning", TUESDAY)

    assert not owed(database, "sue", TUESDAY + 2 * DAY)[number].overdue


def test_what_was_returned_and_what_left_nothing_since_the_last_digest_is_told_once(
    desk: Desk, database: Database
) -> None:
    number, other = leave(database), leave(database)
    leave(database, at=TUESDAY - 2 * DAY, state=State.MISSED)
    works_through(desk, TUESDAY)
    leave(database, at=TUESDAY, state=State.MISSED, caller_id="+447700900144", ended_at=TUESDAY + MINUTE)
    tries(database, number, "sue", TUESDAY + HOUR, Outcome.REACHED, Evidence.SPOKE)
    digest = digest_of(database, "sue", FOUR)

    assert [(done.ref, done.by, done.helped) for done in digest.returned] == [(reference(number), "Sue Cohen", False)]
    assert digest.missed == ((TUESDAY, "+447700900144"),)
    assert [item.number for item in digest.owed] == [other]
    works_through(desk, FOUR)
    later = digest_of(database, "sue", FOUR + MINUTE)
    assert (later.returned, later.missed) == ((), ())


def test_a_missed_call_that_was_going_on_when_the_last_digest_went_is_in_the_next(
    desk: Desk, database: Database
) -> None:
    leave(database)
    works_through(desk, TUESDAY, FOUR)
    began = FOUR - MINUTE
    leave(database, at=began, state=State.MISSED, ended_at=FOUR + MINUTE)

    assert [at for at, _ in digest_of(database, "sue", HALF_PAST_EIGHT).missed] == [began]


def test_what_a_colleague_did_for_somebody_is_told_apart(database: Database) -> None:
    open_office(database)
    held, returned = leave(database), leave(database)
    for number in (held, returned):
        tries(database, number, "tom", TUESDAY + MINUTE, Outcome.REACHED, Evidence.SPOKE, holding=True)
    tries(database, returned, "sue", TUESDAY + HOUR, Outcome.REACHED, Evidence.SPOKE)
    digest = digest_of(database, "sue", TUESDAY + 2 * HOUR)

    assert [(done.ref, done.by) for done in digest.helped] == [(reference(held), "Tom Hart")]
    assert [done.ref for done in digest.returned] == [reference(returned)]
    assert [(item.number, item.state) for item in digest.owed] == [(held, State.HELD)]


def test_a_message_of_which_nobody_has_heard_yet_is_in_a_digest_asked_for(database: Database) -> None:
    open_office(database)
    number = leave(database)

    assert set(owed(database, "SUE")) == {number}


def test_a_digest_as_of_another_time_is_in_the_offices_zone(database: Database) -> None:
    open_office(database)
    leave(database)
    digest, book = digest_for(database, "sue", "2026-11-24T16:30", TUESDAY)

    assert (digest.at, book.office.name) == (FOUR + 30 * MINUTE, "Cohen and Hart")
    assert digest.next_at == HALF_PAST_EIGHT
    assert digest_for(database, "sue", "2026-11-24T09:00", TUESDAY)[0].owed == ()


def test_nobody_has_the_digest_of_somebody_unknown(database: Database) -> None:
    open_office(database)
    with pytest.raises(Nobody):
        digest_for(database, "nobody", None, TUESDAY)


def record(database: Database, number: int, sound: bytes, *, here: bool = True) -> None:
    """The message in that row has a recording."""
    sid = f"RE{next(SERIAL):032x}"
    state = RecordingState.FETCHED if here else RecordingState.ANNOUNCED
    with database.write() as session:
        session.add(
            RecordingRow(
                sid=sid,
                call_sid="",
                message_id=number,
                purpose=Purpose.MESSAGE,
                state=state,
                seconds=12.0,
                cut_off=False,
                announced_at=TUESDAY,
            )
        )
        if here:
            session.add(RecordingAudioRow(sid=sid, audio=sound))


def test_recordings_are_attached_where_the_office_would_have_it_as_far_as_they_fit(
    database: Database, post: PostOffice
) -> None:
    open_office(database)
    desk = Desk.at(database, post, attach=True)
    numbers = [leave(database, at=TUESDAY + step * MINUTE) for step in range(4)]
    for number, sound in zip(numbers, (b"RIFF1", b"ID3", b"RIFF" + b"x" * MOST_BYTES, b"RIFF4"), strict=True):
        record(database, number, sound)
    send_digest(desk.room, payload(), FOUR)

    (mail,) = post.taken
    names = [part.get_filename() for part in mail.message.iter_attachments()]
    assert names == [f"{reference(numbers[0])}.wav", f"{reference(numbers[1])}.mp3"]


def test_recordings_are_linked_otherwise_and_before_they_are_here(database: Database, post: PostOffice) -> None:
    open_office(database)
    number = leave(database)
    record(database, number, b"RIFF1", here=False)
    for attach in (False, True):
        desk = Desk.at(database, post, attach=attach)
        send_digest(desk.room, {**payload(), "at": (FOUR + attach * HOUR).isoformat()}, FOUR + attach * HOUR)

    assert len(post.taken) == 2
    for mail in post.taken:
        assert "Listen" in mail.text
        assert list(mail.message.iter_attachments()) == []


def test_a_digest_of_500_is_made_with_few_statements_and_little_work(desk: Desk, database: Database) -> None:
    statements: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
    opens = TUESDAY + DAY
    window = [[opens.isoformat(), (opens + HOUR).isoformat()]]
    for step in range(500):
        leave(database, at=TUESDAY - step * MINUTE, window_said="tomorrow", window_parts=window)
    take_in(database, TUESDAY)
    statements.clear()
    digest = digest_of(database, "sue")
    assert len(digest.owed) == 500
    assert len(statements) < 25

    link = desk.room.link(SUE, TUESDAY)
    digest_letter(replace(digest, owed=digest.owed[:5]), OFFICE, link)
    began = process_time()
    digest_letter(digest, OFFICE, link)
    assert process_time() - began < 0.3
