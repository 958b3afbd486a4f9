"""What happened on a joined call, answered afterwards: a click is weaker than a key pressed on the call."""

from pathlib import Path

import pytest

from phonebot.domain.callback import Evidence, Gathered, Outcome, Said
from phonebot.domain.history import CALLER, Event, EventKind, Standing
from phonebot.domain.message import State
from phonebot.services.callbacks.desk import attempted, hold, learn
from phonebot.services.messages.acting import close
from phonebot.services.messages.afterwards import what_happened
from phonebot.services.messages.happenings import NotPossible, happen
from phonebot.store.attempts import attempt_numbered, attempts_of, new_attempt
from phonebot.store.database import Database
from phonebot.store.history import append, lock_life, standings
from tests.left_messages import leave, load_office
from tests.offices import JULIE
from tests.running import TUESDAY

JOINED_SECONDS = 20
A_MINUTE = Gathered(staff="completed", pressed=True, caller="completed", dial="completed", seconds=60)


@pytest.fixture
def message(database: Database, tmp_path: Path) -> int:
    """The row of a message of Julie's to Sue."""
    load_office(database, tmp_path)
    return leave(database)


def joined(database: Database, message: int, by: str = "sue", told: Gathered = A_MINUTE) -> int:
    """Somebody was joined to the caller through phonebot; the try's row."""
    with database.write() as session:
        life = lock_life(session, message, TUESDAY)
        assert life is not None
        holding = life.standing.holding(by)
        made = attempt_numbered(session, new_attempt(session, message, by, JULIE, TUESDAY, holding=holding))
        assert made is not None
        happen(session, life, attempted(made, TUESDAY))
        held = hold(session, made.number, TUESDAY)
        assert held is not None
        learn(session, held, told, JOINED_SECONDS, TUESDAY)
        return made.number


def answer(database: Database, message: int, said: Said, by: str = "sue") -> str:
    return what_happened(database, message, by, said, JOINED_SECONDS, TUESDAY).said


def standing_of(database: Database, message: int) -> Standing:
    with database.read() as session:
        return standings(session, [(message, "sue")])[message]


def outcomes(database: Database, message: int) -> list[tuple[Outcome | None, Evidence, str | None]]:
    with database.read() as session:
        found = attempts_of(session, [message])[message]
    return [(each.outcome, each.evidence, each.answered_in_digest) for each in found]


def test_i_spoke_to_them_said_afterwards_makes_it_said_returned_and_not_returned(
    database: Database, message: int
) -> None:
    joined(database, message)
    assert standing_of(database, message).state is State.JOINED_UNCONFIRMED
    answer(database, message, Said.SPOKE)

    assert standing_of(database, message).state is State.SAID_RETURNED
    assert standing_of(database, message).owed
    assert outcomes(database, message) == [(Outcome.JOINED, Evidence.JOINED, "spoke")]


@pytest.mark.parametrize(
    ("said", "outcome"), [(Said.LEFT_WORD, Outcome.LEFT_WORD), (Said.WRONG_NUMBER, Outcome.WRONG_NUMBER)]
)
def test_what_did_not_reach_them_is_the_outcome_of_the_try(
    database: Database, message: int, said: Said, outcome: Outcome
) -> None:
    joined(database, message)
    answer(database, message, said)

    assert [(one[0], one[2]) for one in outcomes(database, message)] == [(outcome, said.value)]
    assert standing_of(database, message).state is State.ATTEMPTED


@pytest.mark.parametrize("second", list(Said))
def test_the_first_answer_stands(database: Database, message: int, second: Said) -> None:
    joined(database, message)
    answer(database, message, Said.LEFT_WORD)
    before = outcomes(database, message), standing_of(database, message)
    came = what_happened(database, message, "sue", second, JOINED_SECONDS, TUESDAY)

    assert came.again
    assert "left word" in came.said
    assert (outcomes(database, message), standing_of(database, message)) == before


def test_the_answer_is_about_the_latest_call_that_nobody_has_told_of(database: Database, message: int) -> None:
    joined(database, message)
    joined(database, message)
    answer(database, message, Said.LEFT_WORD)

    assert [one[2] for one in outcomes(database, message)] == [None, "left-word"]


@pytest.mark.parametrize("told", [Gathered(staff="completed"), Gathered(pressed=True, dial="busy")])
def test_a_call_that_was_not_joined_awaits_no_answer(database: Database, message: int, told: Gathered) -> None:
    joined(database, message, told=told)

    with pytest.raises(NotPossible, match="no joined call"):
        answer(database, message, Said.SPOKE)


def test_whoever_rang_on_anothers_behalf_settles_nothing_by_a_word(database: Database, message: int) -> None:
    joined(database, message, by="tom")
    said = answer(database, message, Said.SPOKE, by="tom")

    assert "Sue Cohen still owes" in said
    assert standing_of(database, message).state is State.HELD


def test_the_answer_is_put_down_to_the_one_who_rang(database: Database, message: int) -> None:
    number = joined(database, message)
    answer(database, message, Said.LEFT_WORD, by="tom")

    assert standing_of(database, message).tries[number].by == "sue"


def test_staff_do_not_overwrite_a_caller_who_says_that_nobody_rang(database: Database, message: int) -> None:
    joined(database, message)
    with database.write() as session:
        life = lock_life(session, message, TUESDAY)
        assert life is not None
        life = append(session, life, Event(EventKind.ASKED, TUESDAY, "phonebot"))
        append(session, life, Event(EventKind.VERDICT, TUESDAY, CALLER, {"reached": False}))

    with pytest.raises(NotPossible, match="only reaching them"):
        answer(database, message, Said.SPOKE)
    assert [one[2] for one in outcomes(database, message)] == [None]


@pytest.mark.parametrize("said", list(Said))
def test_about_a_message_that_is_settled_nothing_more_is_taken(database: Database, message: int, said: Said) -> None:
    joined(database, message)
    close(database, message, "sue", State.WITHDRAWN, TUESDAY)

    with pytest.raises(NotPossible, match="withdrawn"):
        answer(database, message, said)
    assert [one[2] for one in outcomes(database, message)] == [None]
