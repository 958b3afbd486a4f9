import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.twiml.voice_response import Dial as BuiltDial
from twilio.twiml.voice_response import Gather as BuiltGather
from twilio.twiml.voice_response import VoiceResponse

from phonebot.simulator.rules import TwimlRefused, element_rules
from phonebot.simulator.twiml import read_document
from phonebot.simulator.verbs import Dial, Gather, Hangup, Pause, Record, Say, Target

URL = 'action="https://example.com/next"'
HEADER = '<?xml version="1.0" encoding="UTF-8"?>'


def read(verbs: str, *, whisper: bool = False) -> tuple[object, ...]:
    return read_document(f"{HEADER}<Response>{verbs}</Response>".encode(), "text/xml; charset=utf-8", whisper=whisper)


@pytest.mark.parametrize(
    ("verbs", "reason"),
    [
        ("<Shout>Hello</Shout>", "not a verb"),
        ("<say>Hello</say>", "not a verb"),
        ('<Say loud="yes">Hello</Say>', "no attribute loud"),
        ('<Say voice="Polly.Nobody">Hello</Say>', "voice"),
        ('<Say language="en-XX">Hello</Say>', "language"),
        ("<Say> </Say>", "nothing to say"),
        ("<Say/>", "nothing to say"),
        (f"<Say>{'a' * 4097}</Say>", "4097 characters"),
        ("<Say>Hello <Pause/></Say>", "may not stand inside"),
        ('<Pause length="1.5"/>', "whole number"),
        ("words in the open", "may not hold text"),
        (f"<Gather {URL}>words<Say>Hello</Say></Gather>", "may not hold text"),
        ("<Gather><Say>Hello</Say></Gather>", "no action"),
        ('<Gather action="/next"/>', "absolute URL"),
        ('<Gather action="next?n=1"/>', "absolute URL"),
        (f'<Gather {URL} input="dtmf,speech"/>', "input"),
        (f'<Gather {URL} finishOnKey="12"/>', "one key"),
        (f'<Gather {URL} actionOnEmptyResult="True"/>', "true or false"),
        (f'<Gather {URL} numDigits="0"/>', "numDigits"),
        (f'<Gather {URL} input="speech" speechModel="phone_call"/>', "whole number for its speechTimeout"),
        (f'<Gather {URL} input="speech" speechModel="phone_call" speechTimeout="auto"/>', "whole number for its"),
        (f'<Gather {URL} hints="{",".join(["a"] * 501)}"/>', "501 hints"),
        (f'<Gather {URL} hints="yes,{"a" * 101}"/>', "hint of 101"),
        (f"<Gather {URL}><Record {URL}/></Gather>", "may not stand inside"),
        (f'<Gather {URL}><Play digits="1"/></Gather>', "inside <Gather>"),
        ("<Record/>", "no action"),
        ('<Record action="//example.com/x"/>', "absolute URL"),
        (f'<Record {URL} recordingStatusCallback="/rec"/>', "absolute URL"),
        (f"<Record {URL} recordingStatusCallbackEvent=\"['completed']\"/>", "some of"),
        (f'<Record {URL} maxLength="1"/>', "maxLength"),
        (f"<Record {URL}/><Say>Thank you</Say>", "<Say> after <Record> is never reached"),
        ("<Redirect>https://example.com/a</Redirect><Say>Hello</Say>", "never reached"),
        ("<Redirect>/a</Redirect>", "absolute URL"),
        ("<Redirect/>", "absolute URL"),
        ("<Hangup/><Say>Hello</Say>", "never reached"),
        ("<Reject/><Say>Hello</Say>", "never reached"),
        ("<Say>Hello</Say><Reject/>", "must come first"),
        ('<Reject reason="tired"/>', "reason"),
        (f"<Dial {URL}><Number>+442079460100</Number></Dial><Say>Hello</Say>", "never reached"),
        ("<Dial><Number>+442079460100</Number></Dial>", "no action"),
        (f"<Dial {URL}><Number>020 7946 0100</Number></Dial>", "E.164"),
        (f'<Dial {URL}><Number url="/whisper">+442079460100</Number></Dial>', "absolute URL"),
        (f"<Dial {URL}></Dial>", "rings 0 telephones"),
        (f'<Dial {URL} timeout="3"><Number>+442079460100</Number></Dial>', "timeout"),
        (f'<Dial {URL} callerId="anonymous"><Number>+442079460100</Number></Dial>', "callerId"),
        (f"<Dial {URL}>+442079460100</Dial>", "may not hold text"),
        ("<Play/>", "digits or a URL"),
        ("<Play>sound.wav</Play>", "absolute URL"),
        ("<Message>Hello</Message>", "text message"),
        ("", "empty <Response>"),
    ],
)
def test_what_a_network_would_stumble_over_is_refused_in_one_line(verbs: str, reason: str) -> None:
    with pytest.raises(TwimlRefused, match=r"\A[^\n]+\Z") as refused:
        read(verbs)
    assert reason in str(refused.value)


@pytest.mark.parametrize(
    ("body", "content_type", "code"),
    [
        (b"<Response><Say>Hello</Say></Response>", "text/html", 12300),
        (b"<Response><Say>Hello</Say></Response>", "", 12300),
        (b" <?xml version='1.0'?><Response><Say>Hello</Say></Response>", "text/xml", 12100),
        (b"\xef\xbb\xbf<Response><Say>Hello</Say></Response>", "text/xml", 12100),
        (b"", "text/xml", 12100),
        (b"<Response><Say>Hello</Response>", "text/xml", 12100),
        (b"<Response><Say>a \x00 b</Say></Response>", "text/xml", 12100),
        (b"<Response><Say>a & b</Say></Response>", "text/xml", 12100),
        (b"<!DOCTYPE r [<!ENTITY a 'b'>]><Response><Say>&a;</Say></Response>", "text/xml", 12100),
        (b"<Answer><Say>Hello</Say></Answer>", "text/xml", 12100),
        (b"<Response><!--" + b"a" * 65536 + b"--><Hangup/></Response>", "text/xml", 11750),
    ],
)
def test_a_body_that_is_no_document_is_refused_with_the_debuggers_code(
    body: bytes, content_type: str, code: int
) -> None:
    with pytest.raises(TwimlRefused) as refused:
        read_document(body, content_type)
    assert refused.value.code == code


def test_a_called_telephone_may_get_an_empty_document_but_no_record_or_dial() -> None:
    assert read("", whisper=True) == ()
    with pytest.raises(TwimlRefused, match="called telephone"):
        read(f"<Record {URL}/>", whisper=True)


def test_verbs_come_with_the_networks_defaults() -> None:
    assert read(f"<Say>Hello</Say><Pause/><Gather {URL}/><Hangup/>") == (
        Say("Hello"),
        Pause(1),
        Gather("https://example.com/next"),
        Hangup(),
    )
    assert read(f"<Record {URL}/>") == (Record("https://example.com/next", finish_keys="1234567890*#", timeout=5),)


def test_what_the_client_library_builds_is_read() -> None:
    built = VoiceResponse()
    gather = BuiltGather(
        input="dtmf speech",
        action="https://example.com/n?n=2",
        action_on_empty_result=True,
        num_digits=1,
        finish_on_key="",
        hints="yes, no",
        profanity_filter=False,
        speech_model="phone_call",
        speech_timeout="2",
    )
    gather.say("Yes & no 😀?", voice="Polly.Amy-Neural", language="en-GB")
    built.append(gather)
    dial = BuiltDial(action="https://example.com/d", timeout=20, caller_id="+442079460100")
    dial.number("+442079460199", url="https://example.com/w", status_callback_event="initiated answered")
    built.append(dial)
    heard, ring = read_document(str(built).encode(), "application/xml")
    assert isinstance(heard, Gather)
    assert isinstance(ring, Dial)
    assert (heard.keys, heard.speech, heard.acts_on_nothing, heard.most_keys) == (True, True, True, 1)
    assert (heard.finish_key, heard.hints) == ("", ("yes", "no"))
    assert heard.prompts == (Say("Yes & no 😀?"),)
    events = frozenset({"initiated", "answered"})
    assert ring.targets == (Target("+442079460199", "https://example.com/w", status_events=events),)


def test_ssml_is_folded_into_the_words() -> None:
    said = 'Ring <say-as interpret-as="digits">01</say-as><break time="1s"/>or <sub alias="doctor">Dr</sub> Hart.'
    assert read(f"<Say>{said}</Say>") == (Say("Ring 01 or doctor Hart."),)


def test_every_rule_names_elements_that_have_rules() -> None:
    rules = element_rules()
    assert all(rule.children <= set(rules) for rule in rules.values())


@given(st.binary(max_size=200))
def test_any_bytes_are_either_read_or_refused(body: bytes) -> None:
    try:
        verbs = read_document(body, "text/xml")
    except TwimlRefused:
        return
    assert verbs
