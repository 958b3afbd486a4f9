"""What somebody owed who has left: it is never nobody's."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from phonebot.domain.history import EventKind
from phonebot.domain.office import OfficeBook
from phonebot.domain.outbox import JobKind
from phonebot.services.messages.heirs import heir_of, pass_on
from phonebot.services.messages.intake import take_in
from phonebot.store.database import Database
from tests.mail.post_office import PostOffice
from tests.services.owing import (
    BEN,
    DAY,
    MINUTE,
    SUE,
    TOM,
    TUESDAY,
    Desk,
    events,
    happens,
    jobs_of,
    leave,
    open_office,
    reference,
    with_people,
)

GONE_SUE = replace(SUE, departed=True)
GONE_TOM = replace(TOM, departed=True)


@pytest.fixture
def post() -> Iterator[PostOffice]:
    with PostOffice() as office:
        yield office


@pytest.mark.parametrize(
    ("book", "heir"),
    [
        (with_people(GONE_SUE), "tom"),
        (with_people(GONE_SUE, replace(GONE_TOM, cover="ben")), "ben"),
        (with_people(GONE_SUE, GONE_TOM, replace(BEN, admin=True)), "ben"),
        (with_people(GONE_SUE, GONE_TOM), "office"),
        (with_people(GONE_SUE, replace(GONE_TOM, cover="sue")), "office"),
        (with_people(replace(GONE_SUE, cover=None), replace(BEN, admin=True)), "ben"),
        (with_people(replace(GONE_SUE, cover="nobody")), "office"),
        (with_people(GONE_SUE, GONE_TOM, replace(BEN, departed=True)), "office"),
    ],
)
def test_the_nearest_cover_who_is_there_inherits_else_an_admin_else_the_office(book: OfficeBook, heir: str) -> None:
    assert heir_of(book, "sue") == heir


def owner_of(database: Database, number: int) -> list[str]:
    """To whom a message was passed, one after the other."""
    return [event.detail["to"] for event in events(database, number, EventKind.PASSED)]


def test_what_somebody_who_has_left_owes_passes_on_once_and_the_heir_is_told_in_one_letter(
    database: Database, post: PostOffice
) -> None:
    open_office(database)
    old, new = leave(database, at=TUESDAY - 30 * DAY), leave(database)
    settled = leave(database)
    others = leave(database, mailbox="ben")
    take_in(database, TUESDAY)
    happens(database, settled, EventKind.SETTLED, TUESDAY, "sue", how="withdrawn")
    open_office(database, with_people(GONE_SUE))

    assert [pass_on(database, TUESDAY), pass_on(database, TUESDAY)] == [2, 0]
    assert [owner_of(database, number) for number in (old, new, settled, others)] == [["tom"], ["tom"], [], []]
    desk = Desk.at(database, post)
    desk.work()
    (words,) = desk.texts("tom")
    assert reference(old) in words
    assert reference(new) in words


def test_a_message_left_for_somebody_who_has_left_is_told_to_the_heir_once(
    database: Database, post: PostOffice
) -> None:
    open_office(database, with_people(GONE_SUE))
    number = leave(database)
    desk = Desk.at(database, post)
    desk.work()
    pass_on(database, TUESDAY)
    desk.work()

    assert owner_of(database, number) == ["tom"]
    assert len(desk.texts("tom")) == 1
    assert post.taken_by("sue@example.com") == []


def test_one_that_somebody_has_in_hand_passes_on_when_they_let_go(database: Database) -> None:
    open_office(database)
    number = leave(database)
    until = TUESDAY + 5 * MINUTE
    happens(database, number, EventKind.CLAIMED, TUESDAY, "ben", until=until.isoformat())
    open_office(database, with_people(GONE_SUE))

    assert pass_on(database, TUESDAY + MINUTE) == 0
    assert pass_on(database, until) == 1
    assert jobs_of(database, JobKind.NOTICE).keys() == {f"notice:tom:{number}"}


def test_with_nobody_left_it_is_the_offices(database: Database) -> None:
    open_office(database)
    number = leave(database)
    take_in(database, TUESDAY)
    open_office(database, with_people(*(replace(person, departed=True) for person in (SUE, TOM, BEN))))

    assert [pass_on(database, TUESDAY), pass_on(database, TUESDAY)] == [1, 0]
    assert owner_of(database, number) == ["office"]


def test_before_an_office_is_loaded_there_is_nobody_to_pass_on_from(database: Database) -> None:
    leave(database)
    assert pass_on(database, TUESDAY) == 0
