"""Taking in what calls have left."""

from phonebot.domain.history import EventKind
from phonebot.domain.message import State
from phonebot.domain.outbox import JobKind, JobState
from phonebot.services.messages.intake import AT_ONCE, take_in
from phonebot.store.database import Database
from tests.services.owing import MINUTE, TUESDAY, events, jobs_of, leave, open_office


def test_a_message_is_taken_in_once_and_announced_once(database: Database) -> None:
    open_office(database)
    number = leave(database)

    assert [take_in(database, TUESDAY + MINUTE), take_in(database, TUESDAY + 2 * MINUTE)] == [1, 0]
    (received,) = events(database, number, EventKind.RECEIVED)
    assert (received.at, received.detail) == (TUESDAY, {"left": "new"})
    assert jobs_of(database, JobKind.ANNOUNCE) == {f"announce:{number}": JobState.PENDING}


def test_a_missed_call_is_taken_in_and_not_announced(database: Database) -> None:
    number = leave(database, state=State.MISSED)

    assert take_in(database, TUESDAY) == 1
    assert len(events(database, number, EventKind.RECEIVED)) == 1
    assert jobs_of(database, JobKind.ANNOUNCE) == {}


def test_a_call_that_goes_on_is_left_alone(database: Database) -> None:
    leave(database, state=State.DRAFT)

    assert take_in(database, TUESDAY) == 0


def test_more_than_are_read_at_once_are_all_taken_in(database: Database) -> None:
    for _ in range(AT_ONCE + 1):
        leave(database, state=State.MISSED)

    assert take_in(database, TUESDAY) == AT_ONCE + 1
