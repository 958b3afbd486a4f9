"""What Twilio's posts tell of a returned call."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebot.domain.callback import Gathered, evidence_of, outcome_of
from phonebot.telephony.callback_request import told_by_dial, told_of_caller, told_of_staff
from phonebot.telephony.request import Posted, read_posted

NAMES = (
    *("CallStatus", "CallDuration", "DialCallStatus", "DialCallDuration", "DialBridged", "AnsweredBy", "ErrorCode"),
    "SipResponseCode",
)


def posted(**fields: str) -> Posted:
    """What was posted."""
    return read_posted({name: [value] for name, value in fields.items()})


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"DialCallStatus": "busy", "DialBridged": "false"}, Gathered(dial="busy", apart=True)),
        ({"DialCallStatus": "completed", "DialCallDuration": "65"}, Gathered(dial="completed", seconds=65)),
        ({"DialCallStatus": "completed", "DialBridged": "true"}, Gathered(dial="completed", seconds=1)),
        ({"DialCallStatus": "failed", "ErrorCode": "13224"}, Gathered(dial="failed", bad_number=True)),
        ({"DialCallStatus": "busy", "ErrorCode": "13224"}, Gathered(dial="busy")),
        ({"DialCallStatus": "completed", "DialCallDuration": "٣"}, Gathered(dial="completed")),
        ({}, Gathered()),
    ],
)
def test_what_a_dials_action_tells(fields: dict[str, str], told: Gathered) -> None:
    assert told_by_dial(posted(**fields)) == told


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"CallStatus": "completed", "CallDuration": "65"}, Gathered(caller="completed", seconds=65)),
        ({"CallStatus": "failed", "SipResponseCode": "404"}, Gathered(caller="failed", bad_number=True)),
        ({"CallStatus": "failed", "SipResponseCode": "480"}, Gathered(caller="failed")),
        ({"CallStatus": "in-progress", "AnsweredBy": "machine_start"}, Gathered(caller="in-progress", machine=True)),
        ({"CallStatus": "in-progress", "AnsweredBy": "unknown"}, Gathered(caller="in-progress")),
    ],
)
def test_what_the_called_legs_status_tells(fields: dict[str, str], told: Gathered) -> None:
    assert told_of_caller(posted(**fields)) == told


def test_the_leg_to_staff_tells_its_status_alone() -> None:
    assert told_of_staff(posted(CallStatus="completed", CallDuration="65")) == Gathered(staff="completed")


@given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=40) | st.sampled_from(["true", "failed", "9" * 30])))
def test_nothing_that_is_posted_is_an_error(fields: dict[str, str]) -> None:
    for read in (told_by_dial, told_of_caller, told_of_staff):
        told = read(posted(**fields))
        assert outcome_of(told, 20) is None or told.staff
        assert evidence_of(told, 20) <= 2
