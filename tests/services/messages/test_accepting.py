"""Accepting a call."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from phonebot.cli.message_json import message_json
from phonebot.domain.commitment import Basis
from phonebot.domain.promise import promises
from phonebot.domain.reference import reference_of
from phonebot.services.messages.accepting import NotAcceptable, accept
from phonebot.services.messages.reading import NoMessage, message_called, messages_listed
from phonebot.services.office.people import Nobody
from phonebot.services.office.statuses import Note, set_status
from phonebot.store.database import Database
from tests.left_messages import leave, load_office
from tests.running import TUESDAY, Phonebot, running
from tests.whereabouts import LONDON


@pytest.fixture
def phonebot(tmp_path: Path, database_url: str) -> Iterator[Phonebot]:
    """A phonebot with one message, from somebody who would like a call after three tomorrow."""
    with running(tmp_path, database_url) as one:
        call = one.rings().says("Julie Smith").presses("1").says("the invoice").says("after three tomorrow")
        call.hears_tone().presses("#").says("yes").hears_goodbye()
        yield one


def reference(phonebot: Phonebot) -> str:
    """The one message's reference."""
    return next(iter(messages_listed(phonebot.database))).message.ref


def test_the_callers_own_window_is_taken_on_with_its_last_instant_in_office_hours(phonebot: Phonebot) -> None:
    made = accept(phonebot.database, reference(phonebot), "tom", None, phonebot.clock())

    assert (made.basis, made.owner) == (Basis.ACCEPTED, "tom")
    assert made.due.astimezone(LONDON).isoformat() == "2026-11-25T17:30:00+00:00"
    assert made.words == "Tom will call you on Wednesday the 25th of November after three."
    assert promises(made.words)


def test_an_accepted_call_stands_with_its_message_and_the_caller_has_not_been_told(phonebot: Phonebot) -> None:
    ref = reference(phonebot)
    made = accept(phonebot.database, ref, "tom", "Thursday between ten and noon", phonebot.clock())
    message = message_json(message_called(phonebot.database, ref), LONDON)

    assert message["commitments"][-1] | {"id": 0} == {
        "id": 0,
        "basis": "accepted",
        "owner": "tom",
        "due": "2026-11-26T12:00:00+00:00",
        "words": made.words,
        "rests_on": {"message": ref, "accepted_by": "tom"},
    }
    assert made.words not in [told["words"] for told in message["told"]]


def test_every_other_thing_a_caller_was_told_promises_no_call(phonebot: Phonebot) -> None:
    message = message_called(phonebot.database, reference(phonebot))

    accepted = [made.number for made in message.commitments if made.commitment.basis is Basis.ACCEPTED]
    assert message.told
    for told in message.told:
        assert told.commitment not in accepted
        assert promises(told.words) == ()


@pytest.mark.parametrize(
    ("window", "why"),
    [
        ("on Saturday", "closed"),
        ("when the cows come home", "not clear"),
        ("", "not clear"),
        ("x" * 10_000, "not clear"),
    ],
)
def test_a_window_that_cannot_be_kept_is_refused_with_the_reason(phonebot: Phonebot, window: str, why: str) -> None:
    with pytest.raises(NotAcceptable) as refused:
        accept(phonebot.database, reference(phonebot), "tom", window, phonebot.clock())

    assert why in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_window_that_has_gone_by_is_refused(phonebot: Phonebot) -> None:
    phonebot.clock.goes_on(days=2)

    with pytest.raises(NotAcceptable, match="gone by"):
        accept(phonebot.database, reference(phonebot), "tom", None, phonebot.clock())


def test_a_call_accepted_for_any_time_is_promised_for_the_first_chance(phonebot: Phonebot) -> None:
    made = accept(phonebot.database, reference(phonebot), "tom", "any time", phonebot.clock())

    assert made.due.astimezone(LONDON).isoformat() == "2026-11-24T17:30:00+00:00"
    assert made.words == "Tom will call you on Tuesday the 24th of November before half past five."


def test_nobody_accepts_for_a_time_they_are_away(phonebot: Phonebot) -> None:
    set_status(phonebot.database, "tom", Note("travelling until Friday"), phonebot.clock())

    with pytest.raises(NotAcceptable, match="away then"):
        accept(phonebot.database, reference(phonebot), "tom", None, phonebot.clock())


def test_a_call_is_accepted_by_one_person_who_may_set_it_anew(phonebot: Phonebot) -> None:
    ref = reference(phonebot)
    accept(phonebot.database, ref, "tom", None, phonebot.clock())

    with pytest.raises(NotAcceptable, match="Tom Hart has accepted"):
        accept(phonebot.database, ref, "sue", None, phonebot.clock())
    later = accept(phonebot.database, ref, "tom", "Friday morning", phonebot.clock())
    assert later.due.astimezone(LONDON).day == 27


def test_an_unknown_message_or_person_is_named(phonebot: Phonebot) -> None:
    with pytest.raises(NoMessage):
        accept(phonebot.database, "ZZZZ", "tom", None, phonebot.clock())
    with pytest.raises(Nobody, match="there are tom, sue"):
        accept(phonebot.database, reference(phonebot), "tim", None, phonebot.clock())


def test_a_missed_call_asks_for_nothing_and_so_cannot_be_accepted(phonebot: Phonebot) -> None:
    phonebot.rings(caller="+447700900144").hangs_up()
    missed = [kept for kept in messages_listed(phonebot.database) if kept.message.state == "missed"]

    with pytest.raises(NotAcceptable, match="missed call"):
        accept(phonebot.database, missed[0].message.ref, "tom", "Friday morning", phonebot.clock())


def test_a_call_to_nobody_knows_which_number_is_not_promised(tmp_path: Path, database: Database) -> None:
    load_office(database, tmp_path)
    number = leave(database, number=None)
    with pytest.raises(NotAcceptable, match="nothing to ring"):
        accept(database, reference_of(number), "sue", None, TUESDAY)
