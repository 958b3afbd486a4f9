"""What stands outside in the tests of fetching: settings, a network with its REST side, and recordings it keeps."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from phonebot.config import Settings, load_settings
from phonebot.simulator import Delays, Network
from phonebot.simulator.audio import speech_like
from phonebot.simulator.recordings import KeptRecording
from phonebot.telephony.client import TwilioClient

ACCOUNT = "AC" + "1" * 32
TOKEN = "a-made-up-token"
NOW = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)
CALL = "CA" + "a" * 32
RECORDING = "RE" + "a" * 32
OTHER = "RE" + "b" * 32
SPEECH = speech_like(2)


def settings(api_url: str = "https://api.twilio.com", **others: str) -> Settings:
    """Settings whose REST requests go to `api_url`."""
    needed = {
        "PUBLIC_URL": "https://phone.example.com",
        "SECRET_KEY": "made-up",
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_API_URL": api_url,
    }
    return load_settings(needed | others)


@contextmanager
def network() -> Iterator[Network]:
    """A network that gives recordings at once, and at whose end of the line there is no app."""
    with Network("http://127.0.0.1:9", ACCOUNT, TOKEN, delays=Delays(refused_fetches=0), now=lambda: NOW) as one:
        yield one


def keep(one: Network, sid: str = RECORDING, sound: bytes = SPEECH, **facts: object) -> KeptRecording:
    """Have the network keep a recording made a minute ago, of CALL unless `facts` say otherwise."""
    usual: Mapping[str, object] = {
        "call_sid": CALL,
        "account_sid": ACCOUNT,
        "seconds": 2.0,
        "media_host": "https://api.twilio.com",
        "began": NOW - timedelta(minutes=1),
    }
    recording = KeptRecording(sid=sid, sound=sound, **{**usual, **facts})  # type: ignore[arg-type]  # a test's shorthand
    one.archive.kept[sid] = recording
    return recording


def client(one: Network) -> TwilioClient:
    """A client of the network's REST side."""
    return TwilioClient(settings(one.serve_rest()))
