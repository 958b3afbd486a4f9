"""Returned calls from end to end: staff's phone, the caller's, and what is made of them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from phonebot.domain.callback import Evidence, Outcome
from phonebot.domain.history import EventKind
from phonebot.domain.message import State
from phonebot.simulator import Mischief, Phone
from phonebot.store.database import Database
from tests.offices import JULIE, SUE_LINE, SUE_PHONE
from tests.returning import Returning, returning

sqlite = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


@pytest.fixture
def office(tmp_path: Path, database: Database) -> Iterator[Returning]:
    """An office that returns calls, to a caller who answers and has time, on a network that does nothing amiss."""
    with returning(tmp_path, database) as one:
        one.network.phone(JULIE).answers(talks_for=600)
        yield one


def test_a_call_joined_for_a_minute_and_confirmed_on_the_same_call_is_returned(office: Returning) -> None:
    office.sue_answers(says="1")
    office.expects(SUE_PHONE, JULIE)
    office.clicks(office.message())
    office.works()
    attempt = office.attempt()

    assert (attempt.outcome, attempt.evidence) == (Outcome.REACHED, Evidence.SPOKE)
    assert office.standing().state is State.RETURNED
    heard = " ".join(office.network.phone(SUE_PHONE).heard)
    assert all(word in heard for word in ("Julie Smith", "Hartwell Dental", "invoice", "Press 1", "marked as returned"))


@sqlite
def test_both_phones_are_shown_the_line_and_nothing_is_recorded(office: Returning) -> None:
    office.sue_answers(says="1")
    office.expects(SUE_PHONE, JULIE)
    office.clicks(office.message())
    office.works()

    assert [office.network.phone(phone).calls[0].caller for phone in (SUE_PHONE, JULIE)] == [SUE_LINE, SUE_LINE]
    assert office.network.recordings == []


@sqlite
@pytest.mark.parametrize(
    ("key", "outcome", "evidence"),
    [
        ("", Outcome.JOINED, Evidence.JOINED),
        ("7", Outcome.JOINED, Evidence.JOINED),
        ("2", Outcome.LEFT_WORD, Evidence.JOINED),
        ("3", Outcome.WRONG_NUMBER, Evidence.JOINED),
    ],
    ids=["no key", "a wrong key", "left word", "wrong number"],
)
def test_a_joined_call_that_nobody_confirms_stays_owed(
    office: Returning, key: str, outcome: Outcome, evidence: Evidence
) -> None:
    office.sue_answers(says=key)
    office.expects(SUE_PHONE, JULIE)
    office.clicks(office.message())
    office.works()

    assert (office.attempt().outcome, office.attempt().evidence) == (outcome, evidence)
    assert office.standing().owed


def test_a_voicemail_that_greets_for_45_seconds_and_20_seconds_of_talk_leave_it_owed(office: Returning) -> None:
    office.network.phone(JULIE).voicemail(45)
    office.sue_answers(talks=65, hangs_up=True)
    office.expects(SUE_PHONE, JULIE)
    office.clicks(office.message())
    office.works()

    assert office.attempt().outcome is Outcome.JOINED
    assert office.standing().state is State.JOINED_UNCONFIRMED
    assert office.standing().owed


@sqlite
def test_a_few_seconds_count_as_nothing_even_where_staff_say_they_spoke(office: Returning) -> None:
    office.sue_answers(talks=6, says="1")
    office.expects(SUE_PHONE, JULIE)
    office.clicks(office.message())
    office.works()

    assert office.attempt().evidence is Evidence.CONFIRMED
    assert office.standing().owed
    assert "too short" in office.network.phone(SUE_PHONE).heard[-1]


def fault_48(phone: Phone) -> None:
    """Staff's voicemail."""
    phone.voicemail(20)


def silent(phone: Phone) -> None:
    """Somebody answers, and presses nothing."""
    phone.answers()


def wrong_keys(phone: Phone) -> None:
    """Somebody presses anything but 1."""
    phone.answers(script=lambda live: live.presses("5").presses("9").hears_goodbye())


def engaged(phone: Phone) -> None:
    """Staff talk to somebody else."""
    phone.busy()


def not_there(phone: Phone) -> None:
    """Nobody answers."""
    phone.rings_out()


def unreachable(phone: Phone) -> None:
    """The phone is off."""
    phone.unreachable()


@sqlite
@pytest.mark.parametrize("habit", [fault_48, silent, wrong_keys, engaged, not_there, unreachable])
def test_without_a_1_the_caller_is_never_dialled(office: Returning, habit: Callable[[Phone], None]) -> None:
    habit(office.network.phone(SUE_PHONE))
    office.expects(SUE_PHONE)
    office.clicks(office.message())
    office.works()

    assert office.calls_to(JULIE) == 0
    assert office.attempt().outcome is Outcome.STAFF_NOT_REACHED
    assert office.standing().claim is None
    assert office.standing().owed


@sqlite
@pytest.mark.parametrize(
    ("habit", "outcome"),
    [
        (lambda phone: phone.busy(), Outcome.BUSY),
        (lambda phone: phone.refuses(), Outcome.BUSY),
        (lambda phone: phone.rings_out(), Outcome.NO_ANSWER),
        (lambda phone: phone.unreachable(), Outcome.FAILED),
    ],
    ids=["engaged", "declined", "no answer", "unreachable"],
)
def test_fault_49_a_caller_who_is_not_reached_stays_on_the_list(
    office: Returning, habit: Callable[[Phone], Phone], outcome: Outcome
) -> None:
    habit(office.network.phone(JULIE))
    office.network.phone(SUE_PHONE).answers("1")
    office.expects(SUE_PHONE, JULIE)
    office.clicks(office.message())
    office.works()

    assert (office.attempt().outcome, office.attempt().evidence) == (outcome, Evidence.CONFIRMED)
    assert office.standing().state is State.ATTEMPTED
    assert "stays on the list" in office.network.phone(SUE_PHONE).heard[-1]


@sqlite
def test_staff_who_hang_up_while_it_rings_have_tried(office: Returning) -> None:
    office.network.phone(SUE_PHONE).answers(script=lambda live: live.presses("1").hangs_up())
    office.network.phone(JULIE).rings_out()
    office.expects(SUE_PHONE, JULIE)
    office.clicks(office.message())
    office.works()

    assert office.attempt().outcome is Outcome.NO_ANSWER
    assert office.standing().claim is None


EVERYTHING = Mischief(reorder=True, parallel=1, repeat=1, likely=0.6)
MISCHIEF = [
    Mischief(repeat=1),
    Mischief(repeat=2, likely=0.4),
    Mischief(parallel=1),
    Mischief(reorder=True),
    EVERYTHING,
    Mischief(drop=["dial-status", "status"]),
    Mischief(probe_signatures=True),
    Mischief(probe_accounts=True),
]


@pytest.mark.parametrize(
    ("database_kind", "mischief"),
    [*(("sqlite", mischief) for mischief in MISCHIEF), ("postgresql", EVERYTHING)],
    indirect=["database_kind"],
    ids=str,
)
def test_fault_51_whatever_is_repeated_late_or_lost_the_outcome_is_the_same(
    tmp_path: Path, database: Database, mischief: Mischief
) -> None:
    with returning(tmp_path, database, mischief=mischief) as office:
        office.network.phone(JULIE).answers(talks_for=600)
        office.sue_answers(says="1")
        office.expects(SUE_PHONE, JULIE)
        office.clicks(office.message())
        office.works()

        assert (office.attempt().outcome, office.attempt().evidence) == (Outcome.REACHED, Evidence.SPOKE)
        assert office.standing().state is State.RETURNED
        kinds = [event.kind for event in office.events()]
        assert kinds.count(EventKind.ATTEMPTED) <= len(Evidence)
        assert office.standing().claim is None
