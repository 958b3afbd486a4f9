import pytest
from flask import Response

from phonebot.simulator import LiveCall, Network

from .conftest import ACCOUNT, TOKEN
from .tiny_app import Seen, TinyApp

CALLER, LINE, SUE = "+447700900143", "+442079460100", "+447700900101"
EVENTS = 'statusCallback="{app}/leg" statusCallbackEvent="initiated ringing answered completed"'
RING = (
    '<Say>One moment</Say><Dial action="{app}/dialled" timeout="20">'
    f'<Number url="{{app}}/whisper" {EVENTS}>{SUE}</Number></Dial>'
)


def whisper(seen: Seen) -> str:
    if seen.form.get("Digits") == "1":
        return ""
    return '<Gather action="{app}/whisper" numDigits="1"><Say>A call from Julie. Press 1.</Say></Gather><Hangup/>'


@pytest.fixture(autouse=True)
def _pages(app: TinyApp) -> None:
    app.pages |= {"/twilio/voice": RING, "/whisper": whisper, "/dialled": "<Say>Nobody is free</Say>"}


def dials(network: Network) -> LiveCall:
    return network.phone(CALLER).dials(LINE)


def outcome(app: TinyApp) -> tuple[str, str, str]:
    (form,) = app.asked("/dialled")
    return form["DialCallStatus"], form["DialBridged"], form["CallStatus"]


def test_a_person_who_presses_one_is_joined(app: TinyApp, network: Network) -> None:
    network.phone(SUE).answers("1", after=6, talks_for=100)
    call = dials(network).hears("One moment").is_joined().hears("Nobody is free")
    assert outcome(app) == ("completed", "true", "in-progress")
    assert [form["CallStatus"] for form in app.asked("/leg")] == ["initiated", "ringing", "in-progress", "completed"]
    assert [form["SequenceNumber"] for form in app.asked("/leg")] == ["0", "1", "2", "3"]
    leg = app.asked("/leg")[3]
    assert (leg["ParentCallSid"], leg["Direction"], leg["From"], leg["To"]) == (call.sid, "outbound-dial", CALLER, SUE)
    assert int(leg["CallDuration"]) >= 100
    assert app.asked("/dialled")[0]["DialCallSid"] == leg["CallSid"]
    assert network.phone(SUE).heard == ["A call from Julie. Press 1."]


@pytest.mark.parametrize("habit", ["voicemail", "silent person", "hangs up"])
def test_completed_comes_even_when_the_whisper_was_never_accepted(app: TinyApp, network: Network, habit: str) -> None:
    phone = network.phone(SUE)
    if habit == "voicemail":
        phone.voicemail(greets_for=45)
    else:
        phone.answers(hangs_up=habit == "hangs up")
    dials(network).hears("Nobody is free").hears_goodbye()
    assert outcome(app) == ("completed", "false", "in-progress")


def test_a_voicemail_without_a_whisper_is_joined_like_a_person(app: TinyApp, network: Network) -> None:
    app.pages["/twilio/voice"] = f'<Dial action="{{app}}/dialled"><Number>{SUE}</Number></Dial>'
    network.phone(SUE).voicemail(greets_for=45)
    dials(network).is_joined().waits()
    assert outcome(app)[:2] == ("completed", "true")
    assert int(app.asked("/dialled")[0]["DialCallDuration"]) == 45


def test_a_voicemail_talks_into_a_whisper_that_listens_for_words(app: TinyApp, network: Network) -> None:
    app.pages["/whisper"] = '<Gather action="{app}/said" input="speech"><Say>Say yes</Say></Gather><Hangup/>'
    app.pages["/said"] = "<Hangup/>"
    network.phone(SUE).voicemail()
    dials(network).hears("Nobody is free")
    assert "message after the tone" in app.asked("/said")[0]["SpeechResult"]


@pytest.mark.parametrize(
    ("habit", "status"),
    [("rings_out", "no-answer"), ("busy", "busy"), ("refuses", "busy"), ("unreachable", "failed")],
)
def test_a_telephone_that_is_not_answered_says_why(app: TinyApp, network: Network, habit: str, status: str) -> None:
    getattr(network.phone(SUE), habit)()
    dials(network).hears("Nobody is free")
    assert outcome(app) == (status, "false", "in-progress")
    assert app.asked("/leg")[-1]["CallStatus"] == status


def test_an_answer_after_the_timeout_and_its_five_seconds_is_too_late(app: TinyApp, network: Network) -> None:
    network.phone(SUE).answers("1", after=24)
    dials(network).is_joined().hangs_up()
    network.phone(SUE).answers("1", after=26)
    call = dials(network).hears("Nobody is free")
    assert app.asked("/dialled")[-1]["DialCallStatus"] == "no-answer"
    assert call.seconds > 25


def test_a_caller_may_hang_up_while_it_rings(app: TinyApp, network: Network) -> None:
    network.phone(SUE).answers("1")
    dials(network).hears("One moment").hangs_up()
    assert outcome(app) == ("canceled", "false", "completed")
    assert app.asked("/leg")[-1]["CallStatus"] == "canceled"
    assert app.asked("/twilio/status")[0]["CallStatus"] == "completed"
    assert app.asked("/whisper") == []


def test_a_caller_may_hang_up_once_joined(app: TinyApp, network: Network) -> None:
    network.phone(SUE).answers("1")
    dials(network).is_joined().hangs_up()
    assert outcome(app) == ("completed", "true", "completed")


def test_the_first_to_answer_is_joined_and_the_others_stop_ringing(app: TinyApp, network: Network) -> None:
    other = "+447700900102"
    both = f"<Number>{SUE}</Number><Number {EVENTS}>{other}</Number>"
    app.pages["/twilio/voice"] = f'<Dial action="{{app}}/dialled">{both}</Dial>'
    network.phone(SUE).answers(after=5)
    network.phone(other).answers(after=9)
    dials(network).is_joined().hangs_up()
    assert app.asked("/leg")[-1]["CallStatus"] == "canceled"


def test_a_telephone_that_forwards_back_to_the_line_is_a_new_call_with_where_it_came_from(
    app: TinyApp, network: Network
) -> None:
    def answer(seen: Seen) -> str:
        return '<Reject reason="busy"/>' if seen.form.get("ForwardedFrom") else RING

    app.pages["/twilio/voice"] = answer
    network.phone(SUE).forwards_to(LINE)
    dials(network).hears("Nobody is free")
    assert app.asked("/twilio/voice")[1]["ForwardedFrom"] == SUE
    assert outcome(app)[:2] == ("busy", "false")


def test_a_line_that_answers_its_own_forwarded_call_is_taken_for_somebody(app: TinyApp, network: Network) -> None:
    def answer(seen: Seen) -> str:
        gather = '<Gather action="{app}/x"><Say>Sue is out</Say></Gather>'
        return gather if seen.form.get("ForwardedFrom") else RING

    app.pages["/twilio/voice"] = answer
    network.phone(SUE).forwards_to(LINE)
    dials(network).hears("Nobody is free")
    assert outcome(app)[:2] == ("completed", "false")
    assert len(app.asked("/twilio/status")) == 2


@pytest.mark.parametrize("number", ["anonymous", ""])
def test_a_withheld_number_cannot_be_shown_to_the_called_telephone(app: TinyApp, number: str) -> None:
    network = Network(app.url, ACCOUNT, TOKEN)
    network.phone(SUE).answers("1")
    network.phone(number).dials(LINE).hears("Nobody is free")
    assert outcome(app)[0] == "failed"
    with pytest.raises(AssertionError, match="callerId"):
        network.close()
    app.pages["/twilio/voice"] = RING.replace("<Dial ", f'<Dial callerId="{LINE}" ')
    with Network(app.url, ACCOUNT, TOKEN) as network:
        network.phone(SUE).answers("1")
        network.phone(number).dials(LINE).is_joined().hangs_up()


def test_a_dial_that_no_test_foresaw_is_a_complaint(app: TinyApp) -> None:
    network = Network(app.url, ACCOUNT, TOKEN)
    dials(network).hears("Nobody is free")
    assert network.unexpected() == [f"nobody asked for 1 call(s) to {SUE}"]
    with pytest.raises(AssertionError, match="nobody asked"):
        network.close()
    with Network(app.url, ACCOUNT, TOKEN) as network:
        network.expects_call(SUE)
        dials(network).hears("Nobody is free")


def test_a_telephone_may_forward_under_its_own_number(app: TinyApp, network: Network) -> None:
    app.pages["/twilio/voice"] = lambda seen: '<Reject reason="busy"/>' if seen.form["From"] == SUE else RING
    network.phone(SUE).forwards_to(LINE, as_itself=True)
    dials(network).hears("Nobody is free")
    assert "ForwardedFrom" not in app.asked("/twilio/voice")[1]
    assert outcome(app)[0] == "busy"


def test_a_whisper_that_fails_ends_the_leg_and_never_joins_it(app: TinyApp, network: Network) -> None:
    app.pages["/whisper"] = Response(status=500)
    network.expects_status(500)
    network.phone(SUE).answers("1")
    dials(network).hears("Nobody is free")
    assert outcome(app)[:2] == ("completed", "false")
    assert app.asked("/twilio/voice/fallback") == []


def test_star_ends_a_joined_call_where_that_is_asked_for(app: TinyApp, network: Network) -> None:
    app.pages["/twilio/voice"] = f'<Dial action="{{app}}/dialled" hangupOnStar="true"><Number>{SUE}</Number></Dial>'
    network.phone(SUE).answers()
    dials(network).is_joined().presses("1").is_joined().presses("*").hears("Nobody is free")
    assert outcome(app) == ("completed", "true", "in-progress")


@pytest.mark.parametrize(
    ("noun", "address"),
    [("<Client>sue</Client>", "client:sue"), ("<Sip>sip:sue@example.com</Sip>", "sip:sue@example.com")],
)
def test_clients_and_sip_telephones_are_rung_by_their_addresses(
    app: TinyApp, network: Network, noun: str, address: str
) -> None:
    app.pages["/twilio/voice"] = f'<Dial action="{{app}}/dialled">{noun}</Dial>'
    network.phone(address).busy()
    dials(network).hears("Nobody is free")
    assert outcome(app)[0] == "busy"


def test_a_person_presses_at_the_first_question_that_takes_keys(app: TinyApp, network: Network) -> None:
    app.pages["/whisper"] = (
        '<Gather action="{app}/said" input="speech"><Say>Hello</Say></Gather>'
        '<Gather action="{app}/pressed" numDigits="1"><Say>Press 1</Say></Gather><Hangup/>'
    )
    app.pages["/pressed"] = ""
    network.phone(SUE).answers("1")
    dials(network).is_joined().hangs_up()
    assert app.asked("/pressed")[0]["Digits"] == "1"


def test_one_of_our_own_lines_may_be_dialled(app: TinyApp, network: Network) -> None:
    other = "+442079460101"
    network.lines.add(other)
    network.expects_call(other)
    app.pages["/twilio/voice"] = lambda seen: (
        '<Reject reason="busy"/>' if seen.form["To"] == other else RING.replace(SUE, other)
    )
    dials(network).hears("Nobody is free")
    assert outcome(app)[0] == "busy"
