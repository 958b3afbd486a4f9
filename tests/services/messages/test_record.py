"""The record counts what was really returned, and reading it or a message changes none of it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from phonebot.domain.callback import Evidence, Outcome
from phonebot.domain.commitment import PHONEBOT, Fate
from phonebot.domain.history import CALLER, Event, EventKind
from phonebot.domain.message import State
from phonebot.domain.reference import reference_of
from phonebot.domain.times import TimeMistake
from phonebot.services.messages.accepting import accept
from phonebot.services.messages.forgetting import forget
from phonebot.services.messages.happenings import happen, locked
from phonebot.services.messages.reading import message_called, messages_listed
from phonebot.services.messages.record import record
from phonebot.store.commitments import close_standing, note_promise, standing_promise
from phonebot.store.database import Database
from tests.left_messages import leave, load_office
from tests.offices import JULIE
from tests.running import TUESDAY

HOUR = timedelta(hours=1)
NOW = TUESDAY + 100 * HOUR


@pytest.fixture
def office(database: Database, tmp_path: Path) -> Database:
    load_office(database, tmp_path)
    return database


def happens(database: Database, number: int, kind: EventKind, by: str, after: timedelta, **detail: Any) -> None:
    with database.write() as session:
        life = locked(session, number, "that", TUESDAY + after)
        happen(session, life, Event(kind, TUESDAY + after, by, detail))


def rings(database: Database, number: int, outcome: Outcome, evidence: Evidence, after: timedelta) -> None:
    told = {"attempt": number, "outcome": outcome.value, "evidence": evidence.word}
    happens(database, number, EventKind.ATTEMPTED, "sue", after, **told)


def test_the_record_counts_each_message_once_for_whoever_owes_it(office: Database) -> None:
    spoke, said, confirmed, denied, passed, _open = (leave(office) for _ in range(6))
    leave(office, state=State.MISSED)
    rings(office, spoke, Outcome.REACHED, Evidence.SPOKE, 2 * HOUR)
    for number in (said, confirmed, denied):
        happens(office, number, EventKind.SAID, "sue", 4 * HOUR)
    for number, reached in ((confirmed, True), (denied, False)):
        happens(office, number, EventKind.ASKED, PHONEBOT, 5 * HOUR)
        happens(office, number, EventKind.VERDICT, CALLER, 6 * HOUR, reached=reached)
    happens(office, passed, EventKind.PASSED, "sue", HOUR, to="tom")

    found = record(office, None, None, NOW)

    whole, sue, tom = found.office, found.people["sue"], found.people["tom"]
    assert (whole.taken, whole.returned, whole.said_so, whole.owed, whole.missed) == (6, 2, 1, 3, 1)
    assert dict(whole.returned_by) == {"spoke": 1, "caller": 1}
    assert (whole.said_no, whole.oldest_owed_age) == (1, 100 * HOUR)
    assert (whole.median_to_reach, whole.p90_to_reach) == (2 * HOUR, 4 * HOUR)
    assert (sue.taken, tom.taken, tom.owed) == (5, 1, 1)


def test_promises_kept_slipped_and_broken_are_told_apart(office: Database) -> None:
    kept, told, broken = (leave(office) for _ in range(3))
    for number in (kept, told, broken):
        accept(office, reference_of(number), "sue", None, TUESDAY)
    rings(office, kept, Outcome.LEFT_WORD, Evidence.JOINED, HOUR)
    with office.write() as session:
        for number in (told, broken):
            promise = standing_promise(session, number)
            assert promise is not None
            close_standing(session, number, Fate.SLIPPED, TUESDAY + 40 * HOUR)
            if number == told:
                note_promise(session, promise.number, slip_told_at=TUESDAY + 41 * HOUR)

    whole = record(office, None, None, NOW).office
    assert (whole.promises_kept, whole.slipped_but_told, whole.broken) == (1, 1, 1)


def test_only_what_was_taken_in_between_is_counted_and_a_date_is_that_whole_day(office: Database) -> None:
    for day in range(4):
        leave(office, at=TUESDAY + timedelta(days=day))
    assert record(office, "2026-11-25", "2026-11-26", NOW).office.taken == 2
    assert record(office, "2026-11-25T10:42:00", None, NOW).office.taken == 3
    assert record(office, None, "2026-11-24T10:42:00", NOW).office.taken == 0
    with pytest.raises(TimeMistake, match="--to"):
        record(office, "2026-11-26", "2026-11-25", NOW)


def test_reading_changes_nothing(office: Database) -> None:
    number = leave(office)
    before = record(office, None, None, NOW)
    message_called(office, reference_of(number))
    list(messages_listed(office))
    assert record(office, None, None, NOW) == before


def test_the_record_keeps_its_counts_of_whoever_was_forgotten(office: Database) -> None:
    number = leave(office)
    rings(office, number, Outcome.REACHED, Evidence.SPOKE, 28 * HOUR + timedelta(minutes=20))
    before = record(office, None, None, NOW)
    forget(office, JULIE, "sue", NOW)
    assert record(office, None, None, NOW) == before
    assert before.office.windows_met == 1
