"""The TwiML of a turn, read back by the network's own strict reader."""

import pytest

from phonebot.dialog.said import ComeBack, HangUp, Listen, Pause, Playback, Record, Reject, Transfer, Turn, Wait
from phonebot.domain.recording import Purpose
from phonebot.domain.spoken import Prompt
from phonebot.simulator import twiml as reader
from phonebot.telephony.twiml import Addresses, render, render_last_resort, render_whisper, render_words

BASE = "https://phone.example.com"
ADDRESSES = Addresses(
    turn=f"{BASE}/twilio/voice/turn?n=3",
    recording=f"{BASE}/twilio/recording",
    whisper=f"{BASE}/twilio/voice/whisper?call=CA1&n=2",
    playback=lambda sid: f"{BASE}/recordings/{sid}",
)
LINE = "+442079460100"
WORDS = {"greeting": "Sue's line.", "silent": "", "question": "Who's <calling> & why?"}


def document(wait: Wait, *said: str | Pause | Playback) -> str:
    """The XML of a turn; a prompt is given by its name."""
    turn = Turn(tuple(Prompt(one) if isinstance(one, str) else one for one in said), wait)
    return render(turn, lambda prompt: WORDS[prompt.id], "en-GB", ADDRESSES, LINE)


@pytest.mark.parametrize(
    ("wait", "said", "holds"),
    [
        (Listen("name"), ("greeting", "question"), ('numDigits="1"', "Sue's line. Who's &lt;calling&gt; &amp; why?")),
        (Listen("name"), ("question",), ('actionOnEmptyResult="true"', 'profanityFilter="false"', 'speechTimeout="2"')),
        (Listen("number", one_key=False), ("question",), ('finishOnKey="#"', 'input="dtmf speech"')),
        (Listen("name", hints=("yes", "no")), ("question",), ('hints="yes, no"',)),
        (
            Record(Purpose.MESSAGE, 180, "#*0"),
            ("question",),
            ('maxLength="180"', 'finishOnKey="#*0"', "#rc=2&amp;rp=ct,5xx"),
        ),
        (
            Transfer("tom", "+447700900102", 20, shows_line=True),
            (),
            ('timeout="15"', f'callerId="{LINE}"', "+447700900102"),
        ),
        (ComeBack(), ("greeting", Pause(3)), ('<Pause length="3"', f"{BASE}/twilio/voice/turn?n=3</Redirect>")),
        (Listen("recording"), (Playback("RE1"), "question"), (f"<Play>{BASE}/recordings/RE1</Play>",)),
        (HangUp(), ("greeting",), ("<Hangup",)),
        (Reject(), (), ('<Reject reason="busy"',)),
    ],
)
def test_every_wait_has_its_verb(wait: Wait, said: tuple[str | Pause | Playback, ...], holds: tuple[str, ...]) -> None:
    xml = document(wait, *said)

    for part in holds:
        assert part in xml
    reader.read_document(xml.encode(), "text/xml")


def test_a_caller_who_shows_a_number_is_shown_to_whoever_is_rung() -> None:
    assert "callerId" not in document(Transfer("tom", "+447700900102", 20, shows_line=False))


def test_a_prompt_without_words_is_not_spoken() -> None:
    assert document(HangUp(), "greeting", "silent").count("<Say") == 1
    assert "<Say" not in document(HangUp(), "silent")


def test_a_language_without_a_voice_of_its_own_speaks_with_the_accounts() -> None:
    xml = render(Turn((Prompt("greeting"),), HangUp()), lambda prompt: "Hallo.", "de-DE", ADDRESSES, LINE)

    assert 'language="de-DE"' in xml
    assert "voice=" not in xml


def test_the_other_documents_are_in_order_too() -> None:
    documents = (
        render_whisper("Press 1.", "en-GB", f"{BASE}/twilio/voice/accept?call=CA1"),
        render_words("Goodbye.", "en-GB", hang_up=True),
        render_last_resort("Speak.", "en-GB", action=f"{BASE}/last", recording=f"{BASE}/recording"),
    )
    for xml in documents:
        reader.read_document(xml.encode(), "text/xml")
