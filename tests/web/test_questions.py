"""The two questions about us that a caller may be asked on a call: did we get back to you, and may we text you."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from phonebot.domain.history import Event, EventKind
from phonebot.domain.message import State
from phonebot.domain.promise import promises
from phonebot.services.callers.verdicts import take_verdict
from phonebot.services.messages.happenings import happen, locked
from phonebot.simulator import LiveCall
from phonebot.store.tables import ConsentRow, MessageRow, OutboxRow, VerdictRow
from tests.calling import leaves_message
from tests.left_messages import leave
from tests.offices import JULIE, OFFICE_LINE, OFFICE_TOML
from tests.running import TUESDAY, Phonebot, running

TEXTING = OFFICE_TOML.replace('countries = ["GB", "IE"]', 'countries = ["GB", "IE"]\ntext_number = "+447700900999"')
FIXED = "+442079460143"


@pytest.fixture
def phonebot(tmp_path: Path, database_url: str) -> Iterator[Phonebot]:
    """A phonebot whose office sends texts."""
    with running(tmp_path, database_url, office=TEXTING) as one:
        yield one


def said_to_be_returned(phonebot: Phonebot, number: str = JULIE) -> int:
    """A message of last week's, which Sue says she has returned."""
    row = leave(phonebot.database, number=number, at=TUESDAY)
    with phonebot.database.write() as session:
        life = locked(session, row, "that", TUESDAY)
        happen(session, life, Event(EventKind.SAID, TUESDAY, "sue"))
    phonebot.clock.goes_on(days=1)
    return row


def verdicts(phonebot: Phonebot) -> list[tuple[int, bool, bool | None]]:
    """Each question: the message it is about, whether it has been put, and the answer."""
    with phonebot.database.read() as session:
        rows = session.scalars(select(VerdictRow).order_by(VerdictRow.id))
        return [(row.message_id, row.asked_at is not None, row.reached) for row in rows]


def consents(phonebot: Phonebot) -> list[tuple[str | None, bool, str]]:
    with phonebot.database.read() as session:
        return [(row.number, row.agreed, row.words) for row in session.scalars(select(ConsentRow))]


def state(phonebot: Phonebot, number: int) -> str:
    with phonebot.database.read() as session:
        return session.get_one(MessageRow, number).state


def take_answers(phonebot: Phonebot) -> None:
    """What the worker does with what callers answered."""
    with phonebot.database.read() as session:
        jobs = list(session.scalars(select(OutboxRow.payload).where(OutboxRow.kind == "take-verdict")))
    for job in jobs:
        take_verdict(phonebot.database, job["message"], phonebot.clock(), reached=job["reached"])


@pytest.mark.parametrize(
    ("answer", "reached", "follows"), [("Yes.", True, State.RETURNED), ("No, nobody did.", False, State.REOPENED)]
)
def test_whoever_was_returned_to_is_asked_when_they_next_ring_and_their_word_counts(
    phonebot: Phonebot, answer: str, *, reached: bool, follows: State
) -> None:
    number = said_to_be_returned(phonebot)
    call = phonebot.rings().hears("did we get back to you").does_not_hear("Julie", "invoice")
    call.says(answer).hears("who's calling").hangs_up()
    assert verdicts(phonebot) == [(number, True, reached)]
    take_answers(phonebot)
    assert state(phonebot, number) == follows


def test_it_is_asked_once_whether_or_not_it_is_answered(phonebot: Phonebot) -> None:
    number = said_to_be_returned(phonebot)
    phonebot.rings().hears("did we get back to you").hangs_up()
    phonebot.rings().hears("who's calling").does_not_hear("get back").hangs_up()
    assert verdicts(phonebot) == [(number, True, None)]


def test_of_several_the_oldest_is_asked_about_and_the_next_on_the_next_call(phonebot: Phonebot) -> None:
    first, second = said_to_be_returned(phonebot), said_to_be_returned(phonebot)
    phonebot.rings().says("Yes.").hangs_up()
    assert verdicts(phonebot) == [(first, True, True), (second, False, None)]
    phonebot.rings().says("No.").hangs_up()
    assert verdicts(phonebot) == [(first, True, True), (second, True, False)]


def test_nobody_else_is_asked_and_nobody_whose_message_is_open(phonebot: Phonebot) -> None:
    said_to_be_returned(phonebot)
    leave(phonebot.database, number="+447700900871")
    for caller in ("+447700900871", "+447700900385", "anonymous"):
        phonebot.rings(caller=caller).hears("who's calling").does_not_hear("get back").hangs_up()


def test_on_the_offices_line_it_is_asked_once_somebody_has_been_chosen(phonebot: Phonebot) -> None:
    number = said_to_be_returned(phonebot)
    call = phonebot.rings(line=OFFICE_LINE).presses("101#").hears("did we get back to you")
    call.presses("2").hears("who's calling").hangs_up()
    assert verdicts(phonebot) == [(number, True, False)]


def test_a_repeated_answer_is_one_answer(phonebot: Phonebot) -> None:
    number = said_to_be_returned(phonebot)
    call = phonebot.rings().says("No.")
    phonebot.network.replay(call.sid)
    call.hangs_up()
    take_answers(phonebot)
    take_answers(phonebot)
    assert verdicts(phonebot) == [(number, True, False)]
    assert state(phonebot, number) == State.REOPENED


def as_far_as_the_goodbye(phonebot: Phonebot, caller: str = JULIE) -> LiveCall:
    call = phonebot.rings(caller=caller).says("Julie Smith").presses("1").says("the invoice").says("any time")
    return call.hears_tone().presses("#").says("Yes.")


@pytest.mark.parametrize(("answer", "agreed"), [("Yes.", True), ("No.", False), ("", False), ("Bananas.", False)])
def test_leave_to_text_is_asked_in_one_breath_and_kept_in_its_words(
    phonebot: Phonebot, answer: str, *, agreed: bool
) -> None:
    call = as_far_as_the_goodbye(phonebot).hears("may we text this number")
    (call.says(answer) if answer else call.stays_silent()).hears_goodbye()
    ((number, answered, words),) = consents(phonebot)
    assert (number, answered) == (JULIE, agreed)
    assert words in " ".join(call.heard_in_all)
    assert not promises(words)
    assert phonebot.the_message().complete


def test_whoever_has_answered_is_not_asked_again(phonebot: Phonebot) -> None:
    as_far_as_the_goodbye(phonebot).says("No.").hears_goodbye()
    as_far_as_the_goodbye(phonebot).does_not_hear("text").hears_goodbye()


@pytest.mark.parametrize("caller", [FIXED])
def test_a_fixed_line_is_not_asked(phonebot: Phonebot, caller: str) -> None:
    as_far_as_the_goodbye(phonebot, caller).does_not_hear("text").hears_goodbye()
    assert consents(phonebot) == []


def test_who_gives_another_number_is_not_asked_about_either(phonebot: Phonebot) -> None:
    call = phonebot.rings().says("Julie Smith").presses("2").presses("07700900871#").presses("1")
    call.says("the invoice").says("any time").hears_tone().presses("#").says("Yes.")
    call.does_not_hear("text").hears_goodbye()


def test_an_office_without_a_number_to_text_from_never_offers_texts(tmp_path: Path, database_url: str) -> None:
    with running(tmp_path, database_url) as phonebot:
        leaves_message(phonebot.rings()).does_not_hear("text")
