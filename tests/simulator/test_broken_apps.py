"""A small but whole message line, and the ways to break it: the network must notice each of them."""

from dataclasses import dataclass, field

import pytest
from twilio.request_validator import RequestValidator

from phonebot.simulator import Mischief, Network

from .conftest import ACCOUNT, TOKEN
from .tiny_app import Seen, TinyApp

CALLER, LINE, SUE = "+447700900143", "+442079460100", "+447700900101"


@dataclass
class Line:
    """Asks for a name, rings Sue when zero is pressed, takes a message otherwise; the flaw breaks one thing."""

    app: TinyApp
    flaw: str = ""
    steps: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.app.pages |= {
            "/twilio/voice": lambda seen: self.step(0),
            "/turn": self.turn,
            "/dialled": self.dialled,
            "/whisper": '<Gather action="{app}/accepted"><Say>Press 1</Say></Gather><Hangup/>',
            "/accepted": "",
        }
        validator = RequestValidator(TOKEN)
        if self.flaw != "no signature check":
            self.app.refuse = lambda seen: (
                not validator.validate(self.app.url + seen.url, _posted(seen), seen.signature)
            )

    def turn(self, seen: Seen) -> str:
        if seen.form.get("Digits") == "0":
            number = f'<Number url="{{app}}/whisper">{SUE}</Number>'
            return f'<Dial action="{{app}}/dialled">{number}</Dial>'
        if self.flaw == "no turn number":
            sid = seen.form["CallSid"]
            self.steps[sid] = self.steps.get(sid, 0) + 1
            return self.step(self.steps[sid])
        return self.step(int(seen.form["n"]))

    def step(self, number: int) -> str:
        address = "{app}/turn" if (self.flaw == "no turn number") else f"{{app}}/turn?n={number + 1}"
        if number < 2:
            asks = ("Who is calling?", "What is it about?")[number]
            return f'<Gather action="{address}" input="dtmf speech" numDigits="1"><Say>{asks}</Say></Gather>'
        if number == 2:
            more = "<Say>Thank you</Say>" if self.flaw == "Say after Record" else ""
            return f'<Say>Speak after the tone</Say><Record action="{address}"/>{more}'
        return "<Say>Goodbye</Say>"

    def dialled(self, seen: Seen) -> str:
        reached = seen.form["DialCallStatus"] == "completed" if self.flaw == "trusts completed" else self._joined(seen)
        return "<Hangup/>" if reached else self.step(2)

    def _joined(self, seen: Seen) -> bool:
        return seen.form["DialBridged"] == "true"


def _posted(seen: Seen) -> dict[str, str]:
    return {name: value for name, value in seen.form.items() if name != "n"}


def suite(app: TinyApp) -> None:
    """What any app must pass: a message left, under repetition and probing, and a transfer that a voicemail takes."""
    with Network(app.url, ACCOUNT, TOKEN, mischief=Mischief(repeat=1, probe_signatures=True)) as network:
        call = network.phone(CALLER).dials(LINE)
        call.hears("who").says("Julie").hears("about").says("An invoice").hears("tone")
        call.records(5, "#").hears_goodbye()
        network.phone(SUE).voicemail(greets_for=45)
        transferred = network.phone(CALLER).dials(LINE).presses("0")
        transferred.hears("tone").records(5, "#").hears_goodbye()


def test_a_sound_app_passes(app: TinyApp) -> None:
    Line(app)
    suite(app)


@pytest.mark.parametrize(
    ("flaw", "complaint"),
    [
        ("no turn number", "answered differently"),
        ("no signature check", "missing signature was answered 200, not 403"),
        ("Say after Record", "<Say> after <Record> is never reached"),
        ("trusts completed", r"did not hear \['tone'\]"),
    ],
)
def test_each_flaw_is_noticed_for_what_it_is(app: TinyApp, flaw: str, complaint: str) -> None:
    Line(app, flaw)
    with pytest.raises(AssertionError, match=complaint):
        suite(app)
