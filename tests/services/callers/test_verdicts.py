"""The caller's verdict: asked once, by text where they agreed to texts, and taken for what it is."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from phonebot.domain.history import EventKind
from phonebot.domain.message import State
from phonebot.domain.outbox import JobKind, JobState
from phonebot.domain.promise import promises
from phonebot.domain.texting import TextPurpose
from phonebot.services.callers.texts import queue_text
from phonebot.services.callers.verdicts import ask_verdict, take_verdict
from phonebot.services.callers.wording import verdict_words
from phonebot.services.messages.happenings import NotPossible
from phonebot.services.not_yet import NotYet
from phonebot.services.office.people import the_office
from phonebot.store import consents, verdicts
from phonebot.store.consents import Consent, EndedBy
from tests.left_messages import leave
from tests.offices import JULIE, SUE_LINE, TOM_PHONE
from tests.running import TUESDAY, Phonebot
from tests.texting import (
    ON_BOTH,
    TEXT_NUMBER,
    agrees,
    at,
    consent,
    do,
    happened,
    house_of,
    jobs,
    questions,
    sent_texts,
    stands,
    works,
)

SPOKE: dict[str, Any] = {"attempt": 1, "outcome": "reached", "evidence": "spoke"}


def returned(phonebot: Phonebot, number: str | None = JULIE) -> int:
    """A message whose caller has been spoken to, ten minutes ago."""
    message = leave(phonebot.database, number=number)
    do(phonebot, message, EventKind.ATTEMPTED, **SPOKE)
    phonebot.clock.goes_on(minutes=10)
    return message


def asked(phonebot: Phonebot, times: int = 1) -> str:
    """The last text to the caller, who has been sent so many."""
    texts = phonebot.network.phone(JULIE).texts_received
    assert len(texts) == times
    return texts[-1] if texts else ""


def answers(phonebot: Phonebot, words: str, number: str = JULIE, line: str = TEXT_NUMBER) -> list[str]:
    replies = phonebot.network.phone(number).texts(line, words)
    works(phonebot)
    return replies


def test_a_caller_who_agreed_is_asked_ten_minutes_after_they_were_spoken_to(phonebot: Phonebot) -> None:
    agrees(phonebot)
    phonebot.network.expects_text(JULIE)
    message = leave(phonebot.database)
    assert do(phonebot, message, EventKind.ATTEMPTED, **SPOKE).state is State.RETURNED
    phonebot.clock.goes_on(minutes=9)
    works(phonebot)
    asked(phonebot, 0)
    phonebot.clock.goes_on(minutes=1)
    works(phonebot)
    assert "did we get back to you" in asked(phonebot).lower()
    assert happened(phonebot.database, message)[-1] is EventKind.ASKED


def test_the_question_names_the_office_and_neither_a_person_nor_their_business(phonebot: Phonebot) -> None:
    agrees(phonebot)
    phonebot.network.expects_text(JULIE)
    returned(phonebot)
    works(phonebot)
    words = asked(phonebot)
    assert "Cohen and Hart" in words
    assert "Tuesday the 24th of November" in words
    assert not {"Sue", "Julie", "Smith", "Hartwell", "invoice"} & set(words.replace(",", " ").replace(".", " ").split())
    assert promises(words) == ()


def test_nobody_who_did_not_agree_is_texted_and_the_question_waits_for_their_next_call(phonebot: Phonebot) -> None:
    returned(phonebot)
    works(phonebot)
    asked(phonebot, 0)
    with phonebot.database.write() as session:
        message = verdicts.oldest_unasked(session, JULIE)
        assert message is not None
        assert verdicts.asked(session, message, phonebot.clock(), "CA1")


def test_a_yes_settles_a_message_that_was_only_said_to_be_returned(phonebot: Phonebot) -> None:
    agrees(phonebot)
    phonebot.network.expects_text(JULIE)
    message = leave(phonebot.database)
    assert do(phonebot, message, EventKind.SAID).state is State.SAID_RETURNED
    phonebot.clock.goes_on(minutes=10)
    works(phonebot)
    replies = answers(phonebot, "Yes thanks!")
    assert len(replies) == 1
    assert promises(replies[0]) == ()
    assert stands(phonebot, message) is State.RETURNED


@ON_BOTH
def test_a_no_opens_the_message_again_and_staff_cannot_overwrite_it(phonebot: Phonebot) -> None:
    agrees(phonebot)
    phonebot.network.expects_text(JULIE)
    message = returned(phonebot)
    works(phonebot)
    replies = answers(phonebot, "No, nobody called")
    assert "open" in replies[0]
    assert promises(replies[0]) == ()
    assert stands(phonebot, message) is State.REOPENED
    with pytest.raises(NotPossible, match="only reaching them"):
        do(phonebot, message, EventKind.SAID)
    assert [job.key for job in jobs(phonebot.database, JobKind.ANNOUNCE)][-1] == f"announce:{message}:reopened"


def test_it_is_asked_once_however_often_the_job_is_done(phonebot: Phonebot) -> None:
    agrees(phonebot)
    phonebot.network.expects_text(JULIE)
    message = returned(phonebot)
    works(phonebot)
    for _ in range(3):
        ask_verdict(house_of(phonebot), message, phonebot.clock())
    works(phonebot)
    asked(phonebot)
    assert happened(phonebot.database, message).count(EventKind.ASKED) == 1


@ON_BOTH
def test_an_answer_is_taken_once_and_the_first_counts(phonebot: Phonebot) -> None:
    agrees(phonebot)
    phonebot.network.expects_text(JULIE)
    message = returned(phonebot)
    works(phonebot)
    assert answers(phonebot, "no")
    assert answers(phonebot, "yes") == []
    take_verdict(phonebot.database, message, phonebot.clock(), reached=True)
    assert stands(phonebot, message) is State.REOPENED
    assert happened(phonebot.database, message).count(EventKind.VERDICT) == 1


@ON_BOTH
def test_of_several_the_oldest_is_asked_and_the_next_once_it_is_answered(phonebot: Phonebot) -> None:
    agrees(phonebot)
    first = returned(phonebot)
    second = returned(phonebot)
    phonebot.network.expects_text(JULIE, 2)
    phonebot.clock.goes_on(hours=1)
    works(phonebot)
    asked(phonebot)
    assert [bool(question.asked_at) for question in questions(phonebot.database)] == [True, False]
    answers(phonebot, "yes")
    asked(phonebot, 1)
    phonebot.clock.goes_on(minutes=10)
    works(phonebot)
    asked(phonebot, 2)
    answers(phonebot, "no")
    assert (stands(phonebot, first), stands(phonebot, second)) == (State.RETURNED, State.REOPENED)


def test_nobody_is_asked_at_night_nor_marked_as_asked(phonebot: Phonebot) -> None:
    agrees(phonebot)
    at(phonebot, datetime(2026, 11, 24, 20, 55, tzinfo=UTC))
    message = returned(phonebot)
    with pytest.raises(NotYet) as early:
        ask_verdict(house_of(phonebot), message, phonebot.clock())
    assert phonebot.clock() + early.value.wait == datetime(2026, 11, 25, 8, tzinfo=UTC)
    assert questions(phonebot.database)[0].asked_at is None
    phonebot.network.expects_text(JULIE)
    at(phonebot, datetime(2026, 11, 25, 8, tzinfo=UTC))
    works(phonebot)
    asked(phonebot)


def test_a_message_that_no_longer_stands_as_returned_is_not_asked_about(phonebot: Phonebot) -> None:
    agrees(phonebot)
    message = leave(phonebot.database)
    do(phonebot, message, EventKind.SAID)
    do(phonebot, message, EventKind.ATTEMPTED, attempt=1, outcome="busy", evidence="confirmed")
    phonebot.clock.goes_on(minutes=10)
    works(phonebot)
    asked(phonebot, 0)


@ON_BOTH
def test_a_question_that_did_not_arrive_is_open_again_for_their_next_call(phonebot: Phonebot) -> None:
    agrees(phonebot)
    phonebot.network.phone(JULIE).texts_fail(30006)
    phonebot.network.expects_text(JULIE)
    message = returned(phonebot)
    works(phonebot)
    with phonebot.database.read() as session:
        assert verdicts.oldest_unasked(session, JULIE) == message
    assert consent(phonebot) is Consent.ENDED


def test_what_a_caller_said_on_a_call_is_taken_in_with_its_question(phonebot: Phonebot) -> None:
    message = returned(phonebot)
    take_verdict(phonebot.database, message, phonebot.clock(), reached=False)
    assert happened(phonebot.database, message)[-2:] == [EventKind.ASKED, EventKind.VERDICT]
    assert stands(phonebot, message) is State.REOPENED


def test_a_withdrawn_message_is_not_opened_again(phonebot: Phonebot) -> None:
    message = leave(phonebot.database)
    do(phonebot, message, EventKind.SETTLED, how=State.WITHDRAWN.value)
    take_verdict(phonebot.database, message, phonebot.clock(), reached=False)
    assert stands(phonebot, message) is State.WITHDRAWN


def test_a_caller_without_a_number_is_asked_nothing(phonebot: Phonebot) -> None:
    message = returned(phonebot, None)
    ask_verdict(house_of(phonebot), message, phonebot.clock())
    ask_verdict(house_of(phonebot), 99, phonebot.clock())
    take_verdict(phonebot.database, 99, phonebot.clock(), reached=True)
    assert questions(phonebot.database) == []


def test_a_yes_to_another_text_than_the_question_is_for_somebody_to_read(phonebot: Phonebot) -> None:
    agrees(phonebot)
    assert answers(phonebot, "yes") == []
    phonebot.network.expects_text(JULIE, 2)
    message = returned(phonebot)
    works(phonebot)
    other = sent_texts(phonebot.database)[0]
    with phonebot.database.write() as session:
        queue_text(
            session,
            purpose=TextPurpose.ACCEPTED,
            number=JULIE,
            words="x",
            message=None,
            person=None,
            now=phonebot.clock(),
            due_at=phonebot.clock(),
        )
    works(phonebot)
    assert answers(phonebot, "no") == []
    assert stands(phonebot, message) is State.RETURNED
    assert other.purpose == TextPurpose.VERDICT


def test_an_answer_outside_texting_hours_counts_and_is_not_replied_to(phonebot: Phonebot) -> None:
    agrees(phonebot)
    phonebot.network.expects_text(JULIE)
    message = returned(phonebot)
    works(phonebot)
    at(phonebot, datetime(2026, 11, 24, 21, 30, tzinfo=UTC))
    assert answers(phonebot, "no") == []
    assert stands(phonebot, message) is State.REOPENED


def test_an_answer_to_another_of_our_lines_counts_and_is_not_replied_to(phonebot: Phonebot) -> None:
    agrees(phonebot)
    phonebot.network.expects_text(JULIE)
    message = returned(phonebot)
    works(phonebot)
    assert answers(phonebot, "no", line=SUE_LINE) == []
    assert stands(phonebot, message) is State.REOPENED


def test_an_answer_from_another_number_answers_nothing(phonebot: Phonebot) -> None:
    agrees(phonebot)
    phonebot.network.expects_text(JULIE)
    message = returned(phonebot)
    works(phonebot)
    assert answers(phonebot, "no", number=TOM_PHONE) == []
    assert stands(phonebot, message) is State.RETURNED


def test_whoever_stops_texts_after_the_question_is_not_replied_to(phonebot: Phonebot) -> None:
    agrees(phonebot)
    phonebot.network.expects_text(JULIE)
    message = returned(phonebot)
    works(phonebot)
    with phonebot.database.write() as session:
        consents.end(session, JULIE, EndedBy.CALLER, TUESDAY + timedelta(hours=1))
    assert answers(phonebot, "no") == []
    assert stands(phonebot, message) is State.REOPENED


def test_the_question_fits_in_one_segment_even_for_an_office_with_a_hundred_letters(phonebot: Phonebot) -> None:
    with phonebot.database.read() as session:
        office = the_office(session).office
    long = replace(office, name="Featherstonehaugh’s Łódź " + "Solicitors " * 7)
    words = verdict_words(house_of(phonebot), long, datetime(2026, 9, 23, 12, tzinfo=UTC))
    assert "Wednesday the 23rd of September" in words
    assert words.isascii()
    assert len(words) <= 160


def test_the_job_that_asks_is_done_even_where_nothing_is_asked(phonebot: Phonebot) -> None:
    returned(phonebot)
    works(phonebot)
    assert [job.state for job in jobs(phonebot.database, JobKind.ASK_VERDICT)] == [JobState.DONE]
