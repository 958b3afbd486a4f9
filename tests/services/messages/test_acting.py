"""What staff do to a message by one tap: allowed or refused, put on record, and done once however often it is asked."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from phonebot.domain.callback import Evidence, Outcome
from phonebot.domain.history import CALLER, Event, EventKind, Standing
from phonebot.domain.message import State
from phonebot.domain.outbox import JobKind
from phonebot.services.messages import acting
from phonebot.services.messages.accepting import NotAcceptable
from phonebot.services.messages.acting import Came
from phonebot.services.messages.happenings import NotPossible
from phonebot.services.messages.reading import NoMessage
from phonebot.services.office.people import Nobody
from phonebot.store.attempts import Attempt, attempts_of
from phonebot.store.commitments import standing_promise
from phonebot.store.database import Database
from phonebot.store.history import append, histories, lock_life, standings
from tests.left_messages import leave, load_office
from tests.running import TUESDAY
from tests.services.owing import jobs_of

HOUR = timedelta(hours=1)


@pytest.fixture
def message(database: Database, tmp_path: Path) -> int:
    """The row of a message of Julie's to Sue, whom Tom covers."""
    load_office(database, tmp_path)
    return leave(database)


def standing_of(database: Database, message: int) -> Standing:
    with database.read() as session:
        return standings(session, [(message, "sue")])[message]


def kinds(database: Database, message: int) -> list[str]:
    with database.read() as session:
        return [event.kind.value for event in histories(session, [message]).get(message, [])]


def tries(database: Database, message: int) -> list[Attempt]:
    with database.read() as session:
        return attempts_of(session, [message]).get(message, [])


def happened(database: Database, message: int, kind: EventKind, at: datetime, by: str, **detail: object) -> None:
    """Something that others brought about, as it is."""
    with database.write() as session:
        life = lock_life(session, message, at)
        assert life is not None
        append(session, life, Event(kind, at, by, detail))


def said(database: Database, message: int) -> Came:
    return acting.said_returned(database, message, "sue", TUESDAY)


def tried(database: Database, message: int) -> Came:
    return acting.could_not_reach(database, message, "sue", TUESDAY, seen=1)


def accepted(database: Database, message: int) -> Came:
    return acting.take_on(database, message, "sue", None, TUESDAY)


def passed(database: Database, message: int) -> Came:
    return acting.pass_on(database, message, "sue", "tom", TUESDAY)


def rung(database: Database, message: int) -> Came:
    return acting.ring_back(database, message, "sue", 60, TUESDAY, seen=1)


def withdrawn(database: Database, message: int) -> Came:
    return acting.close(database, message, "sue", State.WITHDRAWN, TUESDAY)


def listened(database: Database, message: int) -> Came:
    return acting.heard(database, message, "sue", TUESDAY)


ACTS = [said, tried, accepted, passed, rung, withdrawn, listened]
OF_WHAT_IS_OWED = [said, tried, accepted, passed, rung]


@pytest.mark.parametrize("act", ACTS)
def test_two_clicks_are_one_and_the_second_hears_that_it_is_done(
    database: Database, message: int, act: Callable[[Database, int], Came]
) -> None:
    first = act(database, message)
    done = kinds(database, message), jobs_of(database, *JobKind), tries(database, message)
    second = act(database, message)

    assert (first.again, second.again) == (False, True)
    assert second.said
    assert (kinds(database, message), jobs_of(database, *JobKind), tries(database, message)) == done


@pytest.mark.parametrize("act", [said, tried, accepted, passed, listened])
def test_clicks_at_the_same_instant_are_one(
    database: Database, message: int, act: Callable[[Database, int], Came]
) -> None:
    with ThreadPoolExecutor(4) as pool:
        came = list(pool.map(lambda _: act(database, message), range(4)))

    assert [one.again for one in came].count(False) == 1


@pytest.mark.parametrize("act", OF_WHAT_IS_OWED)
def test_what_is_settled_is_let_be_and_the_reason_given(
    database: Database, message: int, act: Callable[[Database, int], Came]
) -> None:
    withdrawn(database, message)
    before = kinds(database, message)

    with pytest.raises(NotPossible, match="withdrawn"):
        act(database, message)
    assert kinds(database, message) == before


@pytest.mark.parametrize("act", [said, passed, rung])
def test_what_a_colleague_has_in_hand_is_left_to_them_who_is_named(
    database: Database, message: int, act: Callable[[Database, int], Came]
) -> None:
    until = (TUESDAY + HOUR).isoformat()
    happened(database, message, EventKind.CLAIMED, TUESDAY, "tom", until=until)

    with pytest.raises(NotPossible, match="Tom Hart has it in hand"):
        act(database, message)


def test_the_word_of_staff_shows_as_said_to_be_returned_and_asks_the_caller(database: Database, message: int) -> None:
    came = said(database, message)

    standing = standing_of(database, message)
    assert (standing.state, standing.evidence, standing.owed) == (State.SAID_RETURNED, Evidence.SAID, True)
    assert "asked" in came.said
    assert [(one.by, one.outcome, one.evidence) for one in tries(database, message)] == [
        ("sue", Outcome.SAID, Evidence.SAID)
    ]
    assert jobs_of(database, JobKind.ASK_VERDICT) == {f"ask:{message}": "pending"}


def test_of_a_withheld_number_nobody_is_said_to_be_asked(database: Database, message: int) -> None:
    withheld = leave(database, number=None)

    assert "no number" in said(database, withheld).said
    assert jobs_of(database, JobKind.ASK_VERDICT) == {}


def test_invariant_4_no_act_of_staff_makes_a_message_returned(database: Database, message: int) -> None:
    for act in (tried, said, accepted, listened, rung):
        act(database, message)
        assert standing_of(database, message).state is not State.RETURNED
        assert standing_of(database, message).owed


def test_staff_do_not_overwrite_a_caller_who_says_that_nobody_rang(database: Database, message: int) -> None:
    said(database, message)
    happened(database, message, EventKind.ASKED, TUESDAY, "phonebot")
    happened(database, message, EventKind.VERDICT, TUESDAY + HOUR, CALLER, reached=False)

    with pytest.raises(NotPossible, match="only reaching them"):
        said(database, message)
    assert len(tries(database, message)) == 1
    assert standing_of(database, message).state is State.REOPENED


def test_a_try_by_another_telephone_is_logged_and_the_call_still_owed(database: Database, message: int) -> None:
    came = acting.could_not_reach(database, message, "sue", TUESDAY, outcome=Outcome.BUSY)

    (one,) = tries(database, message)
    assert (one.outcome, one.evidence, one.over_at) == (Outcome.BUSY, Evidence.NONE, TUESDAY)
    assert standing_of(database, message).state is State.ATTEMPTED
    assert "engaged" in came.said
    assert "Sue Cohen still owes" in came.said


def test_a_colleagues_try_is_made_on_behalf_of_whoever_owes_it(database: Database, message: int) -> None:
    acting.could_not_reach(database, message, "tom", TUESDAY)

    assert tries(database, message)[0].holding


def test_another_try_later_is_another_try(database: Database, message: int) -> None:
    tried(database, message)
    seen = len(kinds(database, message))
    again = acting.could_not_reach(database, message, "sue", TUESDAY + HOUR, seen=seen)

    assert not again.again
    assert len(tries(database, message)) == 2


def test_what_is_learnt_of_an_earlier_try_is_not_taken_for_a_new_one(database: Database, message: int) -> None:
    tried(database, message)
    seen = len(kinds(database, message))
    learnt = {"attempt": tries(database, message)[0].number, "outcome": "busy", "evidence": "none", "holding": False}
    happened(database, message, EventKind.ATTEMPTED, TUESDAY + HOUR, "sue", **learnt)

    assert not acting.could_not_reach(database, message, "sue", TUESDAY + HOUR, seen=seen).again


def test_only_what_does_not_reach_the_caller_is_logged_like_that(database: Database, message: int) -> None:
    with pytest.raises(ValueError, match="reached"):
        acting.could_not_reach(database, message, "sue", TUESDAY, outcome=Outcome.REACHED)
    assert tries(database, message) == []


def test_accepting_says_by_when_and_what_the_caller_may_be_told(database: Database, message: int) -> None:
    came = accepted(database, message)

    assert "Wednesday 25 Nov 17:30" in came.said
    assert came.words == "Sue will call you on Wednesday the 25th of November between three and half past five."


def test_another_time_is_accepted_in_words_and_replaces_the_first(database: Database, message: int) -> None:
    accepted(database, message)
    later = acting.take_on(database, message, "sue", "Thursday after ten", TUESDAY + HOUR)

    assert not later.again
    with database.read() as session:
        promise = standing_promise(session, message)
    assert promise is not None
    assert promise.commitment.words == later.words
    assert len(jobs_of(database, JobKind.TELL_ACCEPTED)) == 2


def test_a_time_nobody_can_read_is_refused_and_nothing_promised(database: Database, message: int) -> None:
    with pytest.raises(NotAcceptable, match="not clear"):
        acting.take_on(database, message, "sue", "when the cows come home", TUESDAY)
    with database.read() as session:
        assert standing_promise(session, message) is None


def test_what_is_passed_on_is_owed_by_the_other_who_is_told_at_once(database: Database, message: int) -> None:
    old = TUESDAY + timedelta(days=5)
    came = acting.pass_on(database, message, "sue", "TOM", old)

    assert (standing_of(database, message).owner, standing_of(database, message).passed_by) == ("tom", "sue")
    assert "Tom Hart" in came.said
    (notice,) = (key for key in jobs_of(database, JobKind.NOTICE) if key.startswith("notice:tom:"))
    assert "passed" in notice


def test_passed_there_and_back_and_there_again_tells_each_time(database: Database, message: int) -> None:
    for by, to in [("sue", "tom"), ("tom", "sue"), ("sue", "tom")]:
        acting.pass_on(database, message, by, to, TUESDAY)

    notices = [key.split(":")[1] for key in jobs_of(database, JobKind.NOTICE)]
    assert sorted(notices) == ["sue", "tom", "tom"]


def test_a_message_may_go_to_the_offices_own_list(database: Database, message: int) -> None:
    acting.pass_on(database, message, "sue", "office", TUESDAY)

    assert standing_of(database, message).owner == "office"


def test_whoever_promised_a_call_still_has_when_the_message_is_passed_on(database: Database, message: int) -> None:
    accepted(database, message)

    assert "Sue Cohen has still promised the call" in passed(database, message).said


def test_a_message_is_closed_as_unreachable_only_after_three_tries(database: Database, message: int) -> None:
    for day in range(3):
        with pytest.raises(NotPossible, match=f"tried {day} times"):
            acting.close(database, message, "tom", State.UNREACHABLE, TUESDAY)
        acting.could_not_reach(database, message, "sue", TUESDAY + timedelta(days=day))
    acting.close(database, message, "tom", State.UNREACHABLE, TUESDAY + timedelta(days=3))

    assert standing_of(database, message).state is State.UNREACHABLE
    with database.read() as session:
        last = histories(session, [message])[message][-1]
    assert (last.kind, last.by) == (EventKind.SETTLED, "tom")


def test_nobody_closes_a_message_as_returned(database: Database, message: int) -> None:
    with pytest.raises(NotPossible, match="only reaching its caller"):
        acting.close(database, message, "sue", State.RETURNED, TUESDAY)


def test_each_listener_is_noted_once(database: Database, message: int) -> None:
    for by in ("sue", "tom", "sue"):
        acting.heard(database, message, by, TUESDAY)

    assert kinds(database, message).count("heard") == 2


def test_ringing_back_names_the_phone_that_rings(database: Database, message: int) -> None:
    assert "0101" in rung(database, message).said
    assert len(jobs_of(database, JobKind.CALL)) == 1


@pytest.mark.parametrize("act", ACTS)
def test_what_is_not_there_is_refused(database: Database, message: int, act: Callable[[Database, int], Came]) -> None:
    with pytest.raises(NoMessage):
        act(database, message + 1000)


def test_nobody_acts_who_is_not_of_the_office_and_nothing_goes_to_them(database: Database, message: int) -> None:
    with pytest.raises(Nobody):
        acting.said_returned(database, message, "tim", TUESDAY)
    with pytest.raises(Nobody):
        acting.pass_on(database, message, "sue", "tim", TUESDAY)


def test_a_missed_call_is_owed_to_nobody_and_so_nothing_is_done_about_it(database: Database, message: int) -> None:
    missed = leave(database, state=State.MISSED)

    for act in (said, tried, passed, rung, withdrawn):
        with pytest.raises(NotPossible, match="missed call"):
            act(database, missed)
