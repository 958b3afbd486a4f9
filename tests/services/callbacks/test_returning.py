"""Asking to return a call: who may, when, and which numbers are rung."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from phonebot.domain.callback import Outcome
from phonebot.domain.history import EventKind
from phonebot.domain.message import State
from phonebot.domain.outbox import JobKind
from phonebot.services.callbacks.returning import BURST, note_held, target_refused
from phonebot.services.messages.happenings import NotPossible
from phonebot.services.messages.reading import NoMessage
from phonebot.services.office.people import Nobody, the_office
from phonebot.store.database import Database
from tests.offices import OFFICE_TOML, RECEPTION_PHONE, SUE_LINE, SUE_PHONE, TOM_LINE, TOM_PHONE
from tests.returning import Returning, returning

NO_PHONE = OFFICE_TOML.replace(f'phone = "{TOM_PHONE}"', "").replace("ring = 15", "")


@pytest.fixture
def office(tmp_path: Path, database: Database) -> Iterator[Returning]:
    """An office that returns calls. Nothing rings until its worker works."""
    with returning(tmp_path, database) as one:
        yield one


def test_a_click_claims_the_message_and_leaves_the_call_to_the_worker(office: Returning) -> None:
    attempt = office.clicks(office.message())

    assert (attempt.by, attempt.outcome, attempt.holding) == ("sue", None, False)
    assert office.standing().state is State.CLAIMED
    assert [event.kind for event in office.events()] == [EventKind.RECEIVED, EventKind.CLAIMED, EventKind.ATTEMPTED]
    assert [job.payload for job in office.jobs(JobKind.CALL)] == [{"attempt": attempt.number}]


def test_fault_47_of_two_who_click_at_once_one_wins_and_the_other_hears_who_has_it(office: Returning) -> None:
    reference = office.message()

    def click(by: str) -> str:
        try:
            office.clicks(reference, by)
        except NotPossible as why:
            return str(why)
        return "won"

    with ThreadPoolExecutor(4) as pool:
        said = sorted(pool.map(click, ("tom", "sue", "tom", "sue")))

    assert said.count("won") == len(office.jobs(JobKind.CALL)) == 1
    names = {why for why in said if why.endswith("has it in hand")}
    assert names <= {"Sue Cohen has it in hand", "Tom Hart has it in hand"}
    assert len(names) == 1


def test_the_same_person_twice_is_one_call(office: Returning) -> None:
    reference = office.message()
    office.clicks(reference)

    with pytest.raises(NotPossible, match="being rung just now"):
        office.clicks(reference)


def test_a_call_by_a_colleague_is_a_holding_call(office: Returning) -> None:
    assert office.clicks(office.message(), "tom").holding
    assert not office.clicks(office.message(), "sue").holding
    assert not office.clicks(office.message(mailbox="office"), "tom").holding


@pytest.mark.parametrize(
    ("given", "outcome", "why"),
    [
        ({"number": None, "caller_id": None}, Outcome.WITHHELD, "withheld"),
        ({"number": "+449012345678"}, Outcome.NOT_PLACED, "costly"),
        ({"number": "+447012345678"}, Outcome.NOT_PLACED, "costly"),
        ({"number": "+19005550143"}, Outcome.NOT_PLACED, "costly"),
        ({"number": "+18765550143"}, Outcome.NOT_PLACED, "country"),
        ({"number": "+8816123456789"}, Outcome.NOT_PLACED, "country"),
        ({"number": "+12125550143"}, Outcome.NOT_PLACED, "country"),
        ({"number": "999"}, Outcome.BAD_NUMBER, "not one"),
        ({"number": "+44999"}, Outcome.BAD_NUMBER, "not one"),
        ({"number": "112"}, Outcome.BAD_NUMBER, "not one"),
        ({"number": "+1911"}, Outcome.BAD_NUMBER, "not one"),
        ({"number": SUE_LINE}, Outcome.NOT_PLACED, "office's own"),
        ({"number": TOM_LINE}, Outcome.NOT_PLACED, "office's own"),
        ({"number": RECEPTION_PHONE}, Outcome.NOT_PLACED, "office's own"),
        ({"number": SUE_PHONE}, Outcome.NOT_PLACED, "office's own"),
        ({"number": None, "caller_id": SUE_LINE}, Outcome.NOT_PLACED, "office's own"),
    ],
    ids=str,
)
@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_fault_53_a_number_that_may_not_be_rung_is_refused_before_anything_is_dialled_and_stays_on_record(
    office: Returning, given: dict[str, Any], outcome: Outcome, why: str
) -> None:
    reference = office.message(**given)
    with pytest.raises(NotPossible, match=why) as refused:
        office.clicks(reference)

    assert "\n" not in str(refused.value)
    assert office.attempt().outcome is outcome
    (event,) = [event for event in office.events() if event.kind is EventKind.ATTEMPTED]
    assert event.detail["outcome"] == outcome.value
    assert event.detail["refused"]
    assert office.jobs(JobKind.CALL) == []
    assert office.standing().claim is None
    assert office.standing().owed


@pytest.mark.parametrize("number", ["+442079460143", "+447700900199", TOM_PHONE])
@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_numbers_in_the_offices_countries_may_be_rung_a_colleagues_own_too(office: Returning, number: str) -> None:
    office.clicks(office.message(number=number))

    assert office.attempt().phone == number


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_the_text_number_is_the_offices_own(office: Returning) -> None:
    with office.database.read() as session:
        book = the_office(session)
    texting = replace(book, office=replace(book.office, text_number="+447700900150"))

    assert target_refused(book, "+447700900150", None) is None
    assert target_refused(texting, "+447700900150", None) == "own"


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_the_number_the_caller_gave_is_rung_and_not_the_one_they_rang_from(office: Returning) -> None:
    assert office.clicks(office.message(number="+447700900111", caller_id="+447700900222")).phone == "+447700900111"
    assert office.clicks(office.message(number=None, caller_id="+447700900222")).phone == "+447700900222"


def test_fault_54_a_burst_of_clicks_is_stopped_and_each_admin_is_told_once(office: Returning) -> None:
    references = [office.message() for _ in range(BURST + 3)]
    for reference in references[:BURST]:
        office.clicks(reference, "tom")
    for reference in references[BURST:]:
        with pytest.raises(NotPossible, match="within a minute"):
            office.clicks(reference, "tom")

    assert len(office.jobs(JobKind.CALL)) == len(office.attempts()) == BURST
    (warning,) = office.jobs(JobKind.WARN_OF_CAP)
    assert warning.payload == {"person": "sue", "capped": "tom", "key": warning.key}
    office.clock.goes_on(minutes=2)
    office.clicks(references[-1], "tom")


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_fault_54_the_days_cap_is_one_persons_and_ends_at_the_offices_midnight(
    tmp_path: Path, database: Database
) -> None:
    with returning(tmp_path, database, PHONEBOT_CALLS_A_DAY="2") as office:
        references = [office.message() for _ in range(3)]
        for reference in references[:2]:
            office.clicks(reference)
        with pytest.raises(NotPossible, match="as many calls today as anybody may: 2"):
            office.clicks(references[2])
        office.clicks(references[2], "tom")
        office.clock.goes_on(hours=13, minutes=17)
        with pytest.raises(NotPossible, match="as many calls today as anybody may: 2"):
            office.clicks(references[2])
        office.clock.goes_on(minutes=2)
        office.clicks(references[2])


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_who_has_no_telephone_and_who_is_nobody_and_what_is_no_message_are_named(
    tmp_path: Path, database: Database
) -> None:
    with returning(tmp_path, database, office=NO_PHONE) as office:
        reference = office.message()
        with pytest.raises(NotPossible, match="Tom Hart has no telephone"):
            office.clicks(reference, "tom")
        with pytest.raises(Nobody):
            office.clicks(reference, "tim")
        with pytest.raises(NoMessage):
            office.clicks("ZZZZ")
        assert office.attempts() == []


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_missed_call_asks_for_no_call(office: Returning) -> None:
    with pytest.raises(NotPossible, match="missed call"):
        office.clicks(office.message(state=State.MISSED, name=None, business=None))

    assert office.attempts() == []


def test_fault_55_a_claim_of_which_nothing_came_lapses_and_another_may_have_it(office: Returning) -> None:
    reference = office.message()
    office.clicks(reference)
    office.clock.goes_on(minutes=6)
    attempt = office.clicks(reference, "tom")

    assert office.claim().attempt == attempt.number
    released = [event for event in office.events() if event.kind is EventKind.RELEASED]
    assert [event.detail for event in released] == [{"lapsed": True}]


def test_what_was_said_is_noted_with_the_last_call_of_whoever_made_it(office: Returning) -> None:
    reference = office.message()
    office.clicks(reference, "tom")
    noted = note_held(office.database, reference, "TOM", "  She can wait\tuntil Friday. \n", office.clock())

    assert noted.note == office.attempt().note == "She can wait until Friday."
    with pytest.raises(NotPossible, match="Sue Cohen has not rung"):
        note_held(office.database, reference, "sue", "Hello", office.clock())
    with pytest.raises(NotPossible, match="words"):
        note_held(office.database, reference, "tom", " \x00 ", office.clock())


def test_a_long_note_is_cut_with_a_mark(office: Returning) -> None:
    reference = office.message()
    office.clicks(reference, "tom")
    noted = note_held(office.database, reference, "tom", "very " * 5000, office.clock())

    assert noted.note is not None
    assert len(noted.note) <= 2000
    assert noted.note.endswith("…")
