"""The TwiML that joins staff with a caller."""

from xml.etree import ElementTree

from phonebot.simulator.twiml import read_document
from phonebot.simulator.verbs import Dial, Say
from phonebot.telephony.callback_twiml import render_joining

JULIE, LINE = "+447700900143", "+442079460100"
BASE = "https://phone.example.com/twilio/callback"


def document(to: str = JULIE) -> str:
    """The document that rings Julie."""
    action, status = f"{BASE}/ended?job=MQ.x-y_z", f"{BASE}/caller?job=MQ.x-y_z"
    return render_joining("Ringing & <joining>", "en-GB", to=to, shown=LINE, action=action, status=status)


def test_the_network_reads_one_telephone_to_ring_and_every_bound_there_is() -> None:
    say, dial = read_document(document().encode(), "text/xml")

    assert say == Say("Ringing & <joining>")
    assert isinstance(dial, Dial)
    assert [target.address for target in dial.targets] == [JULIE]
    assert (dial.caller_id, dial.timeout, dial.longest, dial.star_hangs_up) == (LINE, 25, 3600, True)
    assert dial.targets[0].status_events == {"initiated", "ringing", "answered", "completed"}
    assert dial.targets[0].whisper == ""


def test_a_joined_call_is_never_recorded_and_its_status_is_told_again_if_we_fail() -> None:
    number = ElementTree.fromstring(document()).find("Dial/Number")

    assert "record" not in document().lower()
    assert number is not None
    assert number.get("statusCallback") == f"{BASE}/caller?job=MQ.x-y_z#rc=2&rp=ct,5xx"
