"""What callers are told of a call that was taken on, and of one that was missed; who rings where no text can go."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from phonebot.domain.history import EventKind
from phonebot.domain.message import State
from phonebot.domain.promise import promises
from phonebot.domain.reference import reference_of
from phonebot.domain.texting import TextState
from phonebot.domain.window import Part
from phonebot.services.callers.slips import mind_promises
from phonebot.services.callers.wording import accepted_words, slip_words
from phonebot.services.messages.accepting import accept
from phonebot.services.office.people import the_office
from phonebot.store.slips import asked_to_hold
from tests.offices import JULIE
from tests.promised import DUE, MINUTE, passes, promise, rang, taken_on, told
from tests.running import Phonebot
from tests.texting import (
    ON_BOTH,
    TEXTING_TOML,
    agrees,
    at,
    do,
    happened,
    house_of,
    sent_texts,
    stands,
    texting,
    works,
)


def test_a_caller_who_agreed_is_told_of_the_acceptance_in_its_exact_words_and_then_it_counts_as_told(
    phonebot: Phonebot,
) -> None:
    agrees(phonebot)
    phonebot.network.expects_text(JULIE)
    message = taken_on(phonebot)
    assert promise(phonebot).told_at is None
    works(phonebot)
    (text,) = told(phonebot)
    assert promise(phonebot).words in text
    assert promises(text)
    assert promise(phonebot).told_at == phonebot.clock()
    assert happened(phonebot.database, message)[-1] is EventKind.TOLD


def test_a_caller_who_did_not_agree_is_told_nothing(phonebot: Phonebot) -> None:
    message = taken_on(phonebot)
    works(phonebot)
    assert told(phonebot) == []
    assert promise(phonebot).told_at is None
    assert EventKind.TOLD not in happened(phonebot.database, message)


def test_a_promise_replaced_before_its_text_went_is_not_told(phonebot: Phonebot) -> None:
    agrees(phonebot)
    phonebot.network.expects_text(JULIE)
    message = taken_on(phonebot)
    accept(phonebot.database, reference_of(message), "sue", "on Friday morning", phonebot.clock())
    works(phonebot)
    (text,) = told(phonebot)
    assert "Friday the 27th of November" in text


def test_a_promise_that_would_be_told_after_its_time_is_not_told(phonebot: Phonebot) -> None:
    agrees(phonebot)
    taken_on(phonebot)
    at(phonebot, datetime(2026, 11, 24, 22, tzinfo=UTC))
    works(phonebot)
    at(phonebot, datetime(2026, 11, 25, 9, tzinfo=UTC))
    works(phonebot)
    assert told(phonebot) == []


@ON_BOTH
def test_a_caller_who_agreed_is_told_the_plain_truth_and_no_new_guess(phonebot: Phonebot) -> None:
    agrees(phonebot)
    phonebot.network.expects_text(JULIE, 2)
    message = taken_on(phonebot)
    works(phonebot)
    at(phonebot, DUE - MINUTE)
    passes(phonebot, DUE + 2 * MINUTE)
    slip = told(phonebot)[-1]
    assert "Sue did not call you" in slip
    assert "between two and half past three" in slip
    assert promises(slip) == ()
    assert promise(phonebot).slip_told_at is not None
    assert happened(phonebot.database, message)[-2:] == [EventKind.SLIPPED, EventKind.TOLD]
    assert EventKind.HOLDING_ASKED not in happened(phonebot.database, message)


@ON_BOTH
def test_where_the_caller_cannot_be_texted_a_colleague_is_asked_to_ring_them(phonebot: Phonebot) -> None:
    message = taken_on(phonebot)
    at(phonebot, DUE)
    passes(phonebot, DUE + 2 * MINUTE)
    assert told(phonebot) == []
    assert happened(phonebot.database, message)[-1] is EventKind.HOLDING_ASKED
    with phonebot.database.read() as session:
        assert asked_to_hold(session, ["sue"], ["tom"]) == [message]
        assert asked_to_hold(session, ["sue"], ["sue"]) == []
    assert stands(phonebot, message) is State.NEW


@ON_BOTH
def test_a_slip_whose_text_did_not_arrive_goes_to_a_colleague_and_counts_as_untold(phonebot: Phonebot) -> None:
    agrees(phonebot)
    message = taken_on(phonebot)
    phonebot.network.expects_text(JULIE, 2)
    works(phonebot)
    phonebot.network.phone(JULIE).texts_fail(30003)
    at(phonebot, DUE)
    passes(phonebot, DUE + 2 * MINUTE)
    works(phonebot)
    assert sent_texts(phonebot.database)[-1].state == TextState.UNDELIVERED
    assert promise(phonebot).slip_told_at is None
    assert happened(phonebot.database, message)[-1] is EventKind.HOLDING_ASKED


def test_a_caller_reached_before_the_slip_was_told_is_not_told_of_it(phonebot: Phonebot) -> None:
    agrees(phonebot)
    phonebot.network.expects_text(JULIE)
    message = taken_on(phonebot)
    works(phonebot)
    at(phonebot, DUE + MINUTE)
    mind_promises(phonebot.database, phonebot.clock())
    do(phonebot, message, EventKind.ATTEMPTED, attempt=8, outcome="reached", evidence="spoke")
    works(phonebot)
    assert len(told(phonebot)) == 1
    assert EventKind.HOLDING_ASKED not in happened(phonebot.database, message)


def test_a_slip_late_in_the_evening_is_told_in_the_morning_in_words_that_are_still_true(phonebot: Phonebot) -> None:
    agrees(phonebot)
    phonebot.network.expects_text(JULIE, 2)
    taken_on(phonebot)
    works(phonebot)
    at(phonebot, datetime(2026, 11, 24, 22, tzinfo=UTC))
    mind_promises(phonebot.database, phonebot.clock())
    works(phonebot)
    assert len(told(phonebot)) == 1
    at(phonebot, datetime(2026, 11, 25, 8, tzinfo=UTC))
    works(phonebot)
    assert "on Tuesday the 24th of November" in told(phonebot)[-1]


ALONE = TEXTING_TOML.replace('cover = "tom"\n', "").replace('id = "tom"', 'id = "tom"\nadmin = true')


def test_with_no_cover_one_of_receptions_people_is_asked(tmp_path: Path, database_url: str) -> None:
    with texting(tmp_path, database_url, ALONE) as phonebot:
        taken_on(phonebot)
        at(phonebot, DUE)
        passes(phonebot, DUE + 2 * MINUTE)
        with phonebot.database.read() as session:
            assert len(asked_to_hold(session, ["sue"], ["tom"])) == 1


def test_whoever_is_asked_has_it_on_their_list_until_they_have_rung(phonebot: Phonebot) -> None:
    message = taken_on(phonebot)
    at(phonebot, DUE)
    passes(phonebot, DUE + 2 * MINUTE)
    rang(phonebot, message, "no-answer", by="tom", holding=True)
    with phonebot.database.read() as session:
        assert asked_to_hold(session, ["sue"], ["tom"]) == []


# The warnings themselves.


# Their length.


def test_texts_to_callers_fit_in_one_segment_with_usual_names_and_in_two_with_the_longest(phonebot: Phonebot) -> None:
    with phonebot.database.read() as session:
        office = the_office(session).office
    house = house_of(phonebot)
    quarter = datetime(2026, 9, 23, 15, 15, tzinfo=office.hours.zone)
    part = Part(quarter, quarter + timedelta(minutes=50))
    words = "Sue will call you on Wednesday the 23rd of September between a quarter past three and five past four."
    for name, person, most in (("Cohen and Hart", "Sue", 160), ("Ö" * 100, "Żaneta-" + "e" * 100, 306)):
        long = replace(office, name=name)
        assert len(slip_words(house, long, person, (part,), quarter + timedelta(minutes=50))) <= most
        assert len(accepted_words(house, long, words)) <= most
