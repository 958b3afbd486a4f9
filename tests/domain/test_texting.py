"""How far a text got by what Twilio tells of it, and which numbers may be texted."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebot.domain.hours import OfficeHours
from phonebot.domain.office import Office
from phonebot.domain.texting import (
    NO_MORE_TEXTS,
    TextPurpose,
    TextState,
    may_be_texted,
    merged,
    shown,
    state_of,
)
from tests.running import TUESDAY

OFFICE = Office(
    "Cohen and Hart",
    OfficeHours(ZoneInfo("Europe/London")),
    text_number="+447700900199",
    reception="+447700900198",
    countries=("GB", "IE"),
)
LINES = ["+447700900197"]

TOLD = [
    "accepted", "scheduled", "queued", "sending", "sent", "partially_delivered", "delivered", "read", "undelivered",
    "failed", "canceled",
]  # fmt: skip
"""Every status of an outbound message (twilio.com/docs/messaging/api/message-resource)."""

STATES = st.sampled_from([state for state in TextState if state is not TextState.UNCONFIRMED])


@pytest.mark.parametrize("status", TOLD)
def test_every_status_that_twilio_documents_is_understood(status: str) -> None:
    assert state_of(status) is not None


@pytest.mark.parametrize("status", ["", "receiving", "received", "astonished", "SENT"])
def test_a_status_nobody_knows_says_nothing(status: str) -> None:
    assert state_of(status) is None


@pytest.mark.parametrize(
    ("statuses", "state"),
    [
        (["queued", "sent", "delivered"], TextState.DELIVERED),
        (["queued", "sending", "sent"], TextState.SENT),
        (["sent", "undelivered"], TextState.UNDELIVERED),
        (["queued", "failed"], TextState.FAILED),
        (["delivered", "read"], TextState.DELIVERED),
        (["accepted"], TextState.HANDED_OVER),
    ],
)
def test_in_whatever_order_the_reports_come_the_text_got_as_far_as_the_furthest_says(
    statuses: list[str], state: TextState
) -> None:
    for order in permutations([*statuses, statuses[0]]):
        now = TextState.WAITING
        for status in order:
            told = state_of(status)
            assert told is not None
            now = merged(now, told)
        assert now is state


@given(STATES, STATES, STATES)
def test_merging_cares_neither_for_order_nor_for_repetition(one: TextState, two: TextState, three: TextState) -> None:
    assert merged(one, two) is merged(two, one)
    assert merged(merged(one, two), three) is merged(one, merged(two, three))
    assert merged(one, one) is one


@pytest.mark.parametrize("late", [state for state in TextState if state is not TextState.UNCONFIRMED])
def test_a_delivered_text_stays_delivered(late: TextState) -> None:
    assert merged(TextState.DELIVERED, late) is TextState.DELIVERED


def test_a_text_of_which_no_more_is_heard_for_a_day_is_shown_as_unconfirmed() -> None:
    day = timedelta(hours=24)
    assert shown(TextState.SENT, TUESDAY, TUESDAY + day - timedelta(seconds=1)) is TextState.SENT
    assert shown(TextState.SENT, TUESDAY, TUESDAY + day) is TextState.UNCONFIRMED
    assert shown(TextState.HANDED_OVER, TUESDAY, TUESDAY + day) is TextState.UNCONFIRMED
    for state in (TextState.WAITING, TextState.DELIVERED, TextState.UNDELIVERED, TextState.FAILED):
        assert shown(state, TUESDAY, TUESDAY + day) is state


def test_what_did_not_arrive_is_lost_and_nothing_else_is() -> None:
    assert {state for state in TextState if state.lost} == {
        TextState.WITHHELD,
        TextState.FAILED,
        TextState.UNDELIVERED,
    }


def test_opting_out_and_numbers_without_texts_are_for_good_and_a_telephone_switched_off_is_not() -> None:
    assert {21610, 30006, 21211} <= NO_MORE_TEXTS
    assert not {30003, 30005, 30008, 20429} & NO_MORE_TEXTS


def test_texts_to_callers_are_told_from_those_to_staff() -> None:
    callers = {TextPurpose.VERDICT, TextPurpose.ACCEPTED, TextPurpose.SLIP}
    assert {purpose for purpose in TextPurpose if purpose.to_caller} == callers


@pytest.mark.parametrize(
    ("number", "may"),
    [
        ("+447700900143", True),
        ("+12125550143", False),  # a country the office does not ring
        ("+442079460143", False),  # a fixed line
        ("+447700900199", False),  # the number texts go from
        ("+447700900198", False),  # reception's
        ("+447700900197", False),  # a line of ours
        ("+449098790143", False),  # premium rate
        ("+44", False),
        ("", False),
        ("anonymous", False),
    ],
)
def test_only_numbers_that_a_text_reaches_without_harm_may_be_texted(number: str, *, may: bool) -> None:
    assert may_be_texted(number, OFFICE, LINES) is may


def test_without_a_number_to_send_from_nobody_may_be_texted() -> None:
    assert not may_be_texted("+447700900143", replace(OFFICE, text_number=None))
