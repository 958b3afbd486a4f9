"""Texts that go out: to whom they may, once, and what becomes of them."""

from datetime import UTC, datetime, timedelta

import pytest

from phonebot.domain.outbox import JobKind, JobState
from phonebot.domain.texting import TextPurpose, TextState
from phonebot.services.callers.texts import give_up_text, queue_text, send_text, text_reported
from phonebot.services.not_yet import NotYet
from phonebot.store import consents
from phonebot.store.consents import Consent, EndedBy
from phonebot.store.texts import change_text
from phonebot.telephony.client import TwilioClient
from phonebot.telephony.errors import Unknown
from tests.left_messages import leave
from tests.offices import JULIE, SUE_LINE, SUE_PHONE
from tests.running import TUESDAY, Phonebot
from tests.texting import ON_BOTH, TEXT_NUMBER, agrees, at, consent, house_of, jobs, sent_texts, works

WORDS = "This is Cohen and Hart. Sue will call you on Wednesday after three."
MESSAGES = "/Messages.json"


def queued(
    phonebot: Phonebot,
    number: str | None = JULIE,
    *,
    purpose: TextPurpose = TextPurpose.VERDICT,
    message: int | None = None,
    words: str = WORDS,
) -> int | None:
    now = phonebot.clock()
    with phonebot.database.write() as session:
        return queue_text(
            session,
            purpose=purpose,
            number=number,
            words=words,
            message=message,
            person=None if purpose.to_caller else "sue",
            now=now,
            due_at=now,
        )


def the_state(phonebot: Phonebot) -> TextState:
    (text,) = sent_texts(phonebot.database)
    return TextState(text.state)


def the_job(phonebot: Phonebot) -> tuple[str, datetime]:
    (job,) = jobs(phonebot.database, JobKind.TEXT)
    return job.state, job.due_at


def arrived(phonebot: Phonebot, number: str = JULIE) -> list[str]:
    phonebot.network.settle()
    return phonebot.network.phone(number).texts_received


@ON_BOTH
def test_a_caller_who_agreed_is_texted_from_the_offices_number_and_the_text_is_delivered(phonebot: Phonebot) -> None:
    agrees(phonebot)
    phonebot.network.expects_text(JULIE)
    assert queued(phonebot) is not None
    works(phonebot)
    assert arrived(phonebot) == [WORDS]
    (text,) = phonebot.network.texts.values()
    assert text.sender == TEXT_NUMBER
    assert the_state(phonebot) is TextState.DELIVERED


@pytest.mark.parametrize("answer", [None, False, "ended"])
def test_no_caller_is_texted_without_a_standing_consent(phonebot: Phonebot, answer: object) -> None:
    if answer is not None:
        agrees(phonebot, agreed=bool(answer))
    if answer == "ended":
        with phonebot.database.write() as session:
            consents.end(session, JULIE, EndedBy.CALLER, TUESDAY)
    assert queued(phonebot) is None
    assert sent_texts(phonebot.database) == []
    assert jobs(phonebot.database, JobKind.TEXT) == []


@pytest.mark.parametrize("number", [None, "+442079460143", TEXT_NUMBER, SUE_LINE, "+12125550143", "anonymous"])
def test_a_number_that_cannot_be_texted_is_not_even_if_its_owner_agreed(phonebot: Phonebot, number: str | None) -> None:
    if number:
        agrees(phonebot, number)
    assert queued(phonebot, number) is None


def test_staff_are_texted_without_being_asked_until_they_text_stop(phonebot: Phonebot) -> None:
    assert queued(phonebot, SUE_PHONE, purpose=TextPurpose.NOTICE) is not None
    with phonebot.database.write() as session:
        consents.end(session, SUE_PHONE, EndedBy.CALLER, TUESDAY)
    assert queued(phonebot, SUE_PHONE, purpose=TextPurpose.NOTICE) is None


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (datetime(2026, 11, 24, 7, 59, 59, tzinfo=UTC), datetime(2026, 11, 24, 8, tzinfo=UTC)),
        (datetime(2026, 11, 24, 8, tzinfo=UTC), datetime(2026, 11, 24, 8, tzinfo=UTC)),
        (datetime(2026, 11, 24, 20, 59, tzinfo=UTC), datetime(2026, 11, 24, 20, 59, tzinfo=UTC)),
        (datetime(2026, 11, 24, 21, tzinfo=UTC), datetime(2026, 11, 25, 8, tzinfo=UTC)),
        # The clocks go forward in the night to Sunday the 28th of March 2027.
        (datetime(2027, 3, 27, 22, tzinfo=UTC), datetime(2027, 3, 28, 7, tzinfo=UTC)),
    ],
)
def test_a_text_to_a_caller_waits_for_eight_in_the_morning(phonebot: Phonebot, now: datetime, due: datetime) -> None:
    agrees(phonebot)
    at(phonebot, now)
    queued(phonebot)
    assert the_job(phonebot) == (JobState.PENDING, due)


def test_a_text_that_was_held_up_until_after_nine_in_the_evening_waits_for_the_morning(phonebot: Phonebot) -> None:
    agrees(phonebot)
    at(phonebot, datetime(2026, 11, 24, 20, 59, tzinfo=UTC))
    number = queued(phonebot)
    house, twilio = house_of(phonebot), TwilioClient(phonebot.settings)
    with pytest.raises(NotYet) as early:
        send_text(house, twilio, {"text": number}, datetime(2026, 11, 24, 22, tzinfo=UTC))
    assert early.value.wait == timedelta(hours=10)
    assert arrived(phonebot) == []
    phonebot.network.expects_text(JULIE)
    send_text(house, twilio, {"text": number}, datetime(2026, 11, 25, 8, tzinfo=UTC))
    assert arrived(phonebot) == [WORDS]


def test_staff_have_chosen_their_texts_and_have_them_at_night_too(phonebot: Phonebot) -> None:
    at(phonebot, datetime(2026, 11, 24, 23, tzinfo=UTC))
    phonebot.network.expects_text(SUE_PHONE)
    queued(phonebot, SUE_PHONE, purpose=TextPurpose.NOTICE)
    works(phonebot)
    assert arrived(phonebot, SUE_PHONE) == [WORDS]


def test_a_stop_between_queueing_and_sending_is_heeded(phonebot: Phonebot) -> None:
    agrees(phonebot)
    queued(phonebot)
    with phonebot.database.write() as session:
        consents.end(session, JULIE, EndedBy.CALLER, TUESDAY)
    works(phonebot)
    assert the_state(phonebot) is TextState.WITHHELD
    assert arrived(phonebot) == []


# Faults 38 to 41: what can go wrong with the sending.


def test_a_429_is_tried_again_and_nothing_is_lost(phonebot: Phonebot) -> None:
    agrees(phonebot)
    phonebot.network.rest_faults.fail(429, path=MESSAGES, times=3, retry_after=30)
    phonebot.network.expects_text(JULIE)
    queued(phonebot)
    works(phonebot)
    assert the_job(phonebot) == (JobState.PENDING, TUESDAY + timedelta(seconds=30))
    for _ in range(3):
        phonebot.clock.goes_on(minutes=1)
        works(phonebot)
    assert arrived(phonebot) == [WORDS]
    assert the_job(phonebot)[0] == JobState.DONE


@ON_BOTH
def test_a_text_whose_answer_was_lost_is_found_and_not_sent_again(phonebot: Phonebot) -> None:
    agrees(phonebot)
    phonebot.network.rest_faults.lose_answers(path=MESSAGES, method="POST")
    phonebot.network.expects_text(JULIE)
    queued(phonebot)
    works(phonebot)
    for _ in range(4):
        phonebot.clock.goes_on(minutes=1)
        works(phonebot)
    assert arrived(phonebot) == [WORDS]
    (text,) = sent_texts(phonebot.database)
    assert text.sid in phonebot.network.texts
    assert the_job(phonebot)[0] == JobState.DONE


@ON_BOTH
def test_a_text_whose_request_was_lost_is_looked_for_and_then_sent_once(phonebot: Phonebot) -> None:
    agrees(phonebot)
    phonebot.network.rest_faults.lose_requests(path=MESSAGES, method="POST")
    phonebot.network.expects_text(JULIE)
    queued(phonebot)
    works(phonebot)
    phonebot.clock.goes_on(seconds=30)
    works(phonebot)
    assert arrived(phonebot) == []
    for _ in range(3):
        phonebot.clock.goes_on(minutes=1)
        works(phonebot)
    assert arrived(phonebot) == [WORDS]
    assert the_state(phonebot) is TextState.DELIVERED


def test_of_two_texts_with_the_same_words_each_is_found_for_itself(phonebot: Phonebot) -> None:
    agrees(phonebot)
    phonebot.network.rest_faults.lose_answers(path=MESSAGES, method="POST", times=2)
    phonebot.network.expects_text(JULIE, 2)
    queued(phonebot), queued(phonebot)
    for _ in range(6):
        works(phonebot)
        phonebot.clock.goes_on(minutes=1)
    assert arrived(phonebot) == [WORDS] * 2
    assert {text.sid for text in sent_texts(phonebot.database)} == set(phonebot.network.texts)


@ON_BOTH
def test_a_worker_that_dies_once_twilio_has_the_text_does_not_send_it_twice(phonebot: Phonebot) -> None:
    class Died(BaseException):
        pass

    def die(point: str) -> None:
        if point == "text-sent":
            raise Died

    agrees(phonebot)
    phonebot.network.expects_text(JULIE)
    number = queued(phonebot)
    twilio = TwilioClient(phonebot.settings)
    dying = house_of(phonebot, die)
    with pytest.raises(Died):
        send_text(dying, twilio, {"text": number}, phonebot.clock())
    phonebot.clock.goes_on(minutes=5)
    works(phonebot)
    assert arrived(phonebot) == [WORDS]
    assert the_state(phonebot) is TextState.DELIVERED


def test_whoever_is_asked_again_before_twilio_lists_the_text_waits(phonebot: Phonebot) -> None:
    agrees(phonebot)
    phonebot.network.rest_faults.lose_requests(path=MESSAGES, method="POST")
    number = queued(phonebot)
    house, twilio = house_of(phonebot), TwilioClient(phonebot.settings)
    with pytest.raises(Unknown):
        send_text(house, twilio, {"text": number}, phonebot.clock())
    with pytest.raises(NotYet, match="does not list it yet"):
        send_text(house, twilio, {"text": number}, phonebot.clock() + timedelta(seconds=59))


@pytest.mark.parametrize(("code", "ends"), [(21211, True), (21614, True), (21610, True), (21408, False)])
def test_fault_42_what_twilio_refuses_is_never_tried_again_and_the_number_flagged(
    phonebot: Phonebot, code: int, *, ends: bool
) -> None:
    agrees(phonebot)
    phonebot.network.phone(JULIE).texts_refused(code)
    queued(phonebot)
    works(phonebot)
    (text,) = sent_texts(phonebot.database)
    assert (text.state, text.code) == (TextState.FAILED, code)
    assert the_job(phonebot)[0] == JobState.DONE
    assert consent(phonebot) is (Consent.ENDED if ends else Consent.AGREED)


@ON_BOTH
@pytest.mark.parametrize(("code", "ends"), [(30006, True), (30003, False)])
def test_fault_42_a_text_to_a_land_line_is_the_last_and_one_to_a_telephone_switched_off_is_not(
    phonebot: Phonebot, code: int, *, ends: bool
) -> None:
    agrees(phonebot)
    phonebot.network.phone(JULIE).texts_fail(code)
    phonebot.network.expects_text(JULIE)
    queued(phonebot)
    works(phonebot)
    (text,) = sent_texts(phonebot.database)
    assert (text.state, text.code) == (TextState.UNDELIVERED, code)
    assert consent(phonebot) is (Consent.ENDED if ends else Consent.AGREED)


# Fault 45: reports in any order.


def report(phonebot: Phonebot, number: int, sid: str, status: str, code: str = "") -> None:
    house = house_of(phonebot)
    fields = {"MessageSid": sid, "MessageStatus": status, "ErrorCode": code}
    text_reported(house, number, None, fields, phonebot.clock())


def test_fault_45_a_late_sent_leaves_a_delivered_text_delivered(phonebot: Phonebot) -> None:
    agrees(phonebot)
    phonebot.network.expects_text(JULIE)
    number = queued(phonebot)
    works(phonebot)
    (text,) = sent_texts(phonebot.database)
    assert number is not None
    assert text.sid is not None
    for status in ("sent", "queued", "undelivered", "", "levitating"):
        report(phonebot, number, text.sid, status)
    assert the_state(phonebot) is TextState.DELIVERED


@ON_BOTH
def test_a_report_that_comes_before_twilios_answer_tells_the_texts_sid(phonebot: Phonebot) -> None:
    agrees(phonebot)
    number = queued(phonebot)
    assert number is not None
    report(phonebot, number, "SM" + "1" * 32, "sent")
    works(phonebot)
    (text,) = sent_texts(phonebot.database)
    assert (text.sid, text.state) == ("SM" + "1" * 32, TextState.SENT)
    assert arrived(phonebot) == []


def test_a_report_of_another_text_or_of_none_changes_nothing(phonebot: Phonebot) -> None:
    agrees(phonebot)
    phonebot.network.expects_text(JULIE)
    number = queued(phonebot)
    works(phonebot)
    assert number is not None
    before = [(text.sid, text.state, text.code) for text in sent_texts(phonebot.database)]
    report(phonebot, number, "SM" + "9" * 32, "failed", "30006")
    report(phonebot, number + 1, "SM" + "9" * 32, "failed", "30006")
    report(phonebot, number, "", "failed", "30006")
    assert [(text.sid, text.state, text.code) for text in sent_texts(phonebot.database)] == before
    assert consent(phonebot) is Consent.AGREED


@pytest.mark.parametrize(("was_sent", "state"), [(False, TextState.FAILED), (True, TextState.HANDED_OVER)])
def test_a_text_that_is_given_up_has_failed_unless_twilio_may_have_it(
    phonebot: Phonebot, *, was_sent: bool, state: TextState
) -> None:
    agrees(phonebot)
    number = queued(phonebot)
    assert number is not None
    if was_sent:
        with phonebot.database.write() as session:
            change_text(session, number, sending_at=TUESDAY)
    give_up_text(house_of(phonebot), {"text": number}, TUESDAY)
    assert the_state(phonebot) is state


def test_a_text_about_a_caller_who_has_been_forgotten_is_not_sent(phonebot: Phonebot) -> None:
    agrees(phonebot)
    message = leave(phonebot.database)
    number = queued(phonebot, message=message)
    assert number is not None
    with phonebot.database.write() as session:
        change_text(session, number, number=None, words="")
    works(phonebot)
    assert the_state(phonebot) is TextState.WAITING
    assert the_job(phonebot)[0] == JobState.DONE
