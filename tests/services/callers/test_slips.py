"""Accepted calls: whoever took one on is warned, their cover too, and a slip is told to the caller first."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from phonebot.domain.commitment import Basis, Fate
from phonebot.domain.history import CALLER, EventKind
from phonebot.domain.message import State
from phonebot.domain.outbox import JobKind
from phonebot.domain.promise import promises
from phonebot.domain.reference import reference_of
from phonebot.domain.texting import TextState
from phonebot.domain.window import Part
from phonebot.services.callers.slips import mind_promises
from phonebot.services.callers.wording import accepted_words, slip_words
from phonebot.services.messages.accepting import accept
from phonebot.services.office.people import the_office
from phonebot.store.slips import asked_to_hold
from phonebot.store.tables import CommitmentRow
from tests.left_messages import leave
from tests.mail.post_office import PostOffice
from tests.offices import JULIE, SUE_PHONE, TOM_PHONE
from tests.running import Phonebot
from tests.texting import (
    ON_BOTH,
    TEXTING_TOML,
    agrees,
    at,
    do,
    happened,
    house_of,
    jobs,
    sent_texts,
    stands,
    texting,
    works,
)

THREE = datetime(2026, 11, 24, 15, tzinfo=UTC)
DUE = THREE + timedelta(minutes=30)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def database_kind(request: pytest.FixtureRequest) -> str:
    """SQLite, except in tests that want both: the rows are read and written in tests of the store."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture
def phonebot(tmp_path: Path, database_url: str) -> Iterator[Phonebot]:
    with texting(tmp_path, database_url) as one:
        yield one


def taken_on(phonebot: Phonebot, by: str = "sue", window: str = "between two and half past three today") -> int:
    """A message whose call has been accepted, to be made by half past three."""
    message = leave(phonebot.database)
    made = accept(phonebot.database, reference_of(message), by, window, phonebot.clock())
    assert made.due == DUE
    return message


def promise(phonebot: Phonebot) -> CommitmentRow:
    """What was promised last."""
    with phonebot.database.read() as session:
        wanted = select(CommitmentRow).where(CommitmentRow.basis == Basis.ACCEPTED).order_by(CommitmentRow.id.desc())
        return session.scalars(wanted).all()[0]


def passes(phonebot: Phonebot, until: datetime) -> None:
    """Time passes until then, the routine and the worker looking in every minute."""
    while phonebot.clock() < until:
        phonebot.clock.now = min(until, phonebot.clock() + MINUTE)
        mind_promises(phonebot.database, phonebot.clock())
        phonebot.worker.drain()
    phonebot.network.settle()


def rang(phonebot: Phonebot, message: int, outcome: str | None, by: str = "sue", **more: object) -> None:
    do(phonebot, message, EventKind.ATTEMPTED, by, attempt=7, outcome=outcome, evidence="confirmed", **more)


def warned(phonebot: Phonebot) -> list[str]:
    return [str(job.payload["person"]) for job in jobs(phonebot.database, JobKind.WARN)]


def told(phonebot: Phonebot) -> list[str]:
    return phonebot.network.phone(JULIE).texts_received


# Before it is due.


@ON_BOTH
def test_whoever_accepted_is_warned_a_quarter_of_an_hour_before_and_their_cover_five_minutes_before(
    phonebot: Phonebot,
) -> None:
    taken_on(phonebot)
    at(phonebot, DUE - 16 * MINUTE)
    mind_promises(phonebot.database, DUE - 15 * MINUTE - timedelta(seconds=1))
    assert warned(phonebot) == []
    passes(phonebot, DUE - 6 * MINUTE)
    assert warned(phonebot) == ["sue"]
    passes(phonebot, DUE)
    assert warned(phonebot) == ["sue", "tom"]
    assert promise(phonebot).warned_at is not None


def test_one_who_accepts_at_the_last_moment_has_half_of_what_is_left_before_being_warned(phonebot: Phonebot) -> None:
    at(phonebot, DUE - 8 * MINUTE)
    taken_on(phonebot)
    passes(phonebot, DUE - 5 * MINUTE)
    assert warned(phonebot) == []
    passes(phonebot, DUE - 3 * MINUTE)
    assert warned(phonebot) == ["sue"]


def test_nobody_is_warned_while_the_caller_is_being_rung_or_was(phonebot: Phonebot) -> None:
    message = taken_on(phonebot)
    at(phonebot, DUE - 20 * MINUTE)
    rang(phonebot, message, None)
    passes(phonebot, DUE - 3 * MINUTE)
    rang(phonebot, message, "no-answer")
    passes(phonebot, DUE + 5 * MINUTE)
    assert warned(phonebot) == []
    assert promise(phonebot).closed_as == Fate.KEPT


def test_a_call_accepted_anew_is_minded_by_its_new_time_only(phonebot: Phonebot) -> None:
    message = taken_on(phonebot)
    accept(phonebot.database, reference_of(message), "sue", "between four and half past four today", phonebot.clock())
    at(phonebot, DUE)
    passes(phonebot, DUE + 5 * MINUTE)
    assert EventKind.SLIPPED not in happened(phonebot.database, message)
    passes(phonebot, DUE + 61 * MINUTE)
    assert happened(phonebot.database, message).count(EventKind.SLIPPED) == 1


# Once it is due.


@ON_BOTH
def test_a_call_may_be_made_up_to_the_last_instant_and_has_slipped_after_it(phonebot: Phonebot) -> None:
    message = taken_on(phonebot)
    assert mind_promises(phonebot.database, DUE) == 0
    assert mind_promises(phonebot.database, DUE + timedelta(seconds=1)) == 1
    assert mind_promises(phonebot.database, DUE + timedelta(seconds=2)) == 0
    assert promise(phonebot).closed_as == Fate.SLIPPED
    assert happened(phonebot.database, message)[-1] is EventKind.SLIPPED
    assert stands(phonebot, message) is State.NEW


@pytest.mark.parametrize("outcome", ["reached", "no-answer", "left-word"])
def test_a_caller_who_was_rung_in_time_was_called_as_promised(phonebot: Phonebot, outcome: str) -> None:
    message = taken_on(phonebot)
    at(phonebot, DUE - MINUTE)
    rang(phonebot, message, outcome)
    passes(phonebot, DUE + 5 * MINUTE)
    assert promise(phonebot).closed_as == Fate.KEPT
    assert EventKind.SLIPPED not in happened(phonebot.database, message)


@pytest.mark.parametrize("outcome", ["staff-not-reached", "bad-number"])
def test_a_try_that_never_rang_the_caller_keeps_no_promise(phonebot: Phonebot, outcome: str) -> None:
    message = taken_on(phonebot)
    at(phonebot, DUE - MINUTE)
    rang(phonebot, message, outcome)
    passes(phonebot, DUE + 5 * MINUTE)
    assert promise(phonebot).closed_as == Fate.SLIPPED


def test_a_call_begun_in_time_and_ended_after_it_is_waited_for(phonebot: Phonebot) -> None:
    message = taken_on(phonebot)
    at(phonebot, DUE - MINUTE)
    rang(phonebot, message, None)
    passes(phonebot, DUE + 5 * MINUTE)
    assert promise(phonebot).closed_as is None
    rang(phonebot, message, "joined")
    mind_promises(phonebot.database, phonebot.clock())
    assert promise(phonebot).closed_as == Fate.KEPT
    assert told(phonebot) == []


def test_a_colleagues_holding_call_keeps_no_promise_of_another(phonebot: Phonebot) -> None:
    message = taken_on(phonebot)
    at(phonebot, DUE - MINUTE)
    rang(phonebot, message, "joined", by="tom", holding=True)
    passes(phonebot, DUE + MINUTE)
    assert promise(phonebot).closed_as == Fate.SLIPPED


def test_a_message_settled_before_its_time_keeps_the_promise_and_one_settled_after_it_does_not(
    phonebot: Phonebot,
) -> None:
    for minutes, fate in ((-1, Fate.KEPT), (1, Fate.SLIPPED)):
        at(phonebot, DUE - 60 * MINUTE)
        message = taken_on(phonebot)
        do(phonebot, message, EventKind.ASKED)
        at(phonebot, DUE + minutes * MINUTE)
        do(phonebot, message, EventKind.VERDICT, CALLER, reached=True)
        mind_promises(phonebot.database, DUE + 2 * MINUTE)
        assert promise(phonebot).closed_as == fate
    assert jobs(phonebot.database, JobKind.TELL_SLIP) == []


def test_a_withdrawn_message_lets_nothing_slip(phonebot: Phonebot) -> None:
    message = taken_on(phonebot)
    do(phonebot, message, EventKind.SETTLED, how=State.WITHDRAWN.value)
    assert mind_promises(phonebot.database, DUE + MINUTE) == 0
    assert promise(phonebot).closed_as == Fate.WITHDRAWN


def test_where_staff_say_in_time_that_they_rang_the_caller_is_not_told_otherwise(phonebot: Phonebot) -> None:
    message = taken_on(phonebot)
    at(phonebot, DUE - MINUTE)
    do(phonebot, message, EventKind.SAID)
    assert mind_promises(phonebot.database, DUE + MINUTE) == 0
    assert promise(phonebot).closed_as == Fate.SAID_KEPT
    assert jobs(phonebot.database, JobKind.TELL_SLIP) == []


def test_however_the_clock_steps_each_warning_and_each_slip_happens_once(phonebot: Phonebot) -> None:
    message = taken_on(phonebot)
    for minutes in (-14, -4, -14, 1, -4, -14, 2, -1, 3):
        mind_promises(phonebot.database, DUE + minutes * MINUTE)
    at(phonebot, DUE + 5 * MINUTE)
    works(phonebot)
    # The third is Tom's, who is asked to ring in Sue's place.
    assert [job.key for job in jobs(phonebot.database, JobKind.WARN)] == [
        f"warn:{promise(phonebot).id}:sue",
        f"warn:{promise(phonebot).id}:tom",
        f"warn:{promise(phonebot).id}:tom:slipped",
    ]
    assert happened(phonebot.database, message).count(EventKind.SLIPPED) == 1


@ON_BOTH
def test_two_workers_at_once_let_it_slip_once(phonebot: Phonebot) -> None:
    message = taken_on(phonebot)
    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(lambda _: mind_promises(phonebot.database, DUE + MINUTE), range(2))) == 1
    assert happened(phonebot.database, message).count(EventKind.SLIPPED) == 1


def test_after_a_night_without_a_worker_it_has_slipped_and_nobody_is_warned_of_what_is_past(phonebot: Phonebot) -> None:
    taken_on(phonebot)
    at(phonebot, DUE + timedelta(hours=15))
    assert mind_promises(phonebot.database, phonebot.clock()) == 1
    assert warned(phonebot) == []


# Telling the caller.


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


def test_warnings_go_by_mail_and_each_says_what_is_to_be_done(tmp_path: Path, database_url: str) -> None:
    sender = "phone@example.com"
    with PostOffice() as post, texting(tmp_path, database_url, SMTP_URL=post.url, MAIL_FROM=sender) as phonebot:
        taken_on(phonebot)
        at(phonebot, DUE - 16 * MINUTE)
        passes(phonebot, DUE + 2 * MINUTE)
        assert [taken.recipient for taken in post.taken] == ["sue@example.com", "tom@example.com", "tom@example.com"]
        subjects = [str(taken.message["Subject"]) for taken in post.taken]
        assert subjects == [
            "Your call to Julie Smith, Hartwell Dental is due by 15:30",
            "Sue Cohen has not rung Julie Smith, Hartwell Dental yet",
            "Please ring Julie Smith, Hartwell Dental for Sue Cohen",
        ]
        assert all(f"{phonebot.settings.public_url}/do/" in taken.text for taken in post.taken)


BY_TEXT = TEXTING_TOML.replace('id = "sue"', 'id = "sue"\nnotices = "text"').replace('email = "tom@example.com"\n', "")


def test_whoever_wants_texts_or_has_no_mail_is_warned_by_text(tmp_path: Path, database_url: str) -> None:
    with texting(tmp_path, database_url, BY_TEXT) as phonebot:
        phonebot.network.expects_text(SUE_PHONE)
        phonebot.network.expects_text(TOM_PHONE, 2)
        taken_on(phonebot)
        at(phonebot, DUE - 16 * MINUTE)
        passes(phonebot, DUE + 2 * MINUTE)
        assert "15:30" in phonebot.network.phone(SUE_PHONE).texts_received[0]
        assert "Please ring for Sue Cohen" in phonebot.network.phone(TOM_PHONE).texts_received[1]


def test_a_warning_that_comes_too_late_is_not_sent(tmp_path: Path, database_url: str) -> None:
    with texting(tmp_path, database_url, BY_TEXT) as phonebot:
        message = taken_on(phonebot)
        mind_promises(phonebot.database, DUE - 14 * MINUTE)
        at(phonebot, DUE - 13 * MINUTE)
        rang(phonebot, message, "reached")
        works(phonebot)
        assert sent_texts(phonebot.database) == []


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
