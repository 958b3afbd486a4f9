"""Accepted calls near their time: whoever took one on is warned, their cover too, and one that is missed slips."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from phonebot.domain.commitment import Fate
from phonebot.domain.history import CALLER, EventKind
from phonebot.domain.message import State
from phonebot.domain.outbox import JobKind
from phonebot.domain.reference import reference_of
from phonebot.services.callers.slips import mind_promises
from phonebot.services.messages.accepting import accept
from tests.promised import DUE, MINUTE, passes, promise, rang, taken_on, told, warned
from tests.running import Phonebot
from tests.texting import (
    ON_BOTH,
    at,
    do,
    happened,
    jobs,
    stands,
    works,
)

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
