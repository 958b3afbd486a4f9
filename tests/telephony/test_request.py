"""Reading what Twilio posts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebot.dialog.heard import Recorded
from phonebot.domain.recording import RecordingState
from phonebot.telephony.request import LONGEST_KEPT, read_posted

SID = "RE" + "0123456789abcdef" * 2
URL = f"https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/{SID}"


def posted_with(**fields: str) -> dict[str, list[str]]:
    """A form with each field once."""
    return {name: [value] for name, value in fields.items()}


@pytest.mark.parametrize(
    ("fields", "recorded"),
    [
        ({"RecordingSid": SID, "RecordingDuration": "12"}, Recorded(SID, 12.0)),
        ({"RecordingUrl": URL}, Recorded(SID, 0.0)),
        ({"RecordingUrl": URL + ".mp3", "RecordingSid": "../../etc/passwd"}, Recorded(SID, 0.0)),
        ({"RecordingUrl": f"http://169.254.169.254/Recordings/{SID}"}, Recorded(SID, 0.0)),
        ({"RecordingUrl": "http://169.254.169.254/latest"}, None),
        ({"RecordingSid": SID[:-1]}, None),
        ({"RecordingSid": SID, "RecordingDuration": "-4"}, Recorded(SID, 0.0)),
        ({"RecordingSid": SID, "RecordingDuration": "nan"}, Recorded(SID, 0.0)),
        ({}, None),
    ],
)
def test_a_recording_is_known_by_its_sid_and_by_nothing_else(fields: dict[str, str], recorded: Recorded | None) -> None:
    assert read_posted(posted_with(**fields)).recorded() == recorded


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("completed", RecordingState.ANNOUNCED),
        ("absent", RecordingState.ABSENT),
        ("failed", RecordingState.ABSENT),
        ("in-progress", None),
        ("something new", None),
        ("", RecordingState.ANNOUNCED),
    ],
)
def test_a_status_nobody_knows_says_nothing(status: str, state: RecordingState | None) -> None:
    assert read_posted(posted_with(RecordingStatus=status)).recording_state is state


def test_what_is_unknown_is_named_without_anybodys_words() -> None:
    form = posted_with(CallStatus="teleported", FromCity="Leeds", Mood="a private matter", RecordingStatus="completed")

    assert read_posted(form).unknown == {"names": "Mood", "CallStatus": "teleported"}
    assert read_posted(posted_with(CallStatus="ringing", CallSid="CA1")).unknown == {}


def test_a_hang_up_is_not_a_key() -> None:
    heard = read_posted(posted_with(Digits="hangup", CallStatus="completed")).heard()

    assert (heard.digits, heard.hung_up) == ("", True)


def test_a_transfer_is_accepted_by_our_own_row_or_by_the_bridge_and_never_by_completed() -> None:
    completed = read_posted(posted_with(DialCallStatus="completed", DialBridged="false"))

    assert not completed.heard().accepted
    assert completed.heard(accepted=True).accepted
    assert read_posted(posted_with(DialCallStatus="completed", DialBridged="true")).heard().accepted


@given(st.dictionaries(st.text(), st.lists(st.text(), min_size=1, max_size=3), max_size=6))
def test_whatever_is_posted_can_be_kept(form: dict[str, list[str]]) -> None:
    posted = read_posted(form)
    posted.heard()
    for text in (*posted.fields, *posted.fields.values()):
        assert "\x00" not in text
        assert len(text) <= LONGEST_KEPT
        text.encode("utf-8")
