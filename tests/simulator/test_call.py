import pytest
from flask import Response
from twilio.request_validator import RequestValidator

from phonebot.simulator import LiveCall, Network
from phonebot.simulator.audio import tone

from .conftest import ACCOUNT, TOKEN
from .tiny_app import Seen, TinyApp

CALLER, LINE = "+447700900143", "+442079460100"


def dials(network: Network, **extra: str) -> LiveCall:
    return network.phone(CALLER).dials(LINE, extra=extra)


def gathering(app: TinyApp, attributes: str, after: str = "<Say>Nothing heard</Say>") -> None:
    say = "<Say>Press or speak</Say>"
    app.pages["/twilio/voice"] = f'<Gather action="{{app}}/heard" {attributes}>{say}</Gather>{after}'
    app.pages["/heard"] = "<Say>Thank you</Say>"


def test_a_call_posts_the_standard_parameters_signed_as_the_client_library_expects(
    app: TinyApp, network: Network
) -> None:
    app.pages["/twilio/voice"] = "<Say>Hello</Say>"
    dials(network, CallerName="Zoë 😀").hears("hello").hears_goodbye()
    first, last = app.seen
    assert first.form["CallSid"].startswith("CA")
    assert len(first.form["CallSid"]) == 34
    assert first.form | {"From": CALLER, "To": LINE, "Caller": CALLER, "Called": LINE} == first.form
    assert first.form | {"AccountSid": ACCOUNT, "CallStatus": "ringing", "Direction": "inbound"} == first.form
    assert first.form | {"ApiVersion": "2010-04-01", "FromCountry": "GB", "ToCity": ""} == first.form
    assert (last.path, last.form["CallStatus"], last.form["CallDuration"]) == ("/twilio/status", "completed", "0")
    for seen in app.seen:
        assert RequestValidator(TOKEN).validate(app.url + seen.url, seen.form, seen.signature)


def test_lone_surrogates_and_control_characters_are_carried(app: TinyApp, network: Network) -> None:
    app.pages["/twilio/voice"] = "<Say>Hello</Say>"
    dials(network, CallerName="a\x00b\u202e\ud800").hears_goodbye()
    assert app.asked("/twilio/voice")[0]["CallerName"].startswith("a\x00b\u202e")


def test_words_are_matched_whole_and_whatever_the_case(app: TinyApp, network: Network) -> None:
    app.pages["/twilio/voice"] = "<Say>Sue Cohen's line.</Say><Say>It's Tuesday  the 24th.</Say>"
    call = dials(network).hears("sue", "TUESDAY the 24th", "line").does_not_hear("Tues", "4th")
    with pytest.raises(AssertionError, match=r"did not hear \['Thursday'\][\s\S]*Tuesday"):
        call.hears("Tuesday", "Thursday")
    with pytest.raises(AssertionError, match="heard"):
        call.does_not_hear("Tuesday")


def test_a_redirect_is_followed_and_its_url_signed_as_written(app: TinyApp, network: Network) -> None:
    app.pages["/twilio/voice"] = '<Redirect method="GET">{app}/more?n=1&amp;q=%7Ea%2Fb#rc=3</Redirect>'
    app.pages["/more"] = "<Say>More</Say>"
    dials(network).hears("More")
    asked = app.seen[1]
    assert asked.url.startswith("/more?n=1&q=%7Ea%2Fb&CallSid=")
    assert "#" not in asked.url
    assert RequestValidator(TOKEN).validate(app.url + asked.url, {}, asked.signature)


@pytest.mark.parametrize(("reason", "status"), [("busy", "busy"), ("rejected", "no-answer")])
def test_a_rejected_call_is_never_answered(app: TinyApp, network: Network, reason: str, status: str) -> None:
    app.pages["/twilio/voice"] = f'<Reject reason="{reason}"/>'
    call = dials(network)
    assert call.ended
    ended = app.asked("/twilio/status")[0]
    assert (ended["CallStatus"], ended["CallDuration"]) == (status, "0")


@pytest.mark.parametrize(
    ("page", "code"),
    [
        (Response(status=500), "11217"),
        (Response(status=404), "11217"),
        (Response("<Response><Say>Hello</Say></Response>", mimetype="text/html"), "12300"),
        ("<Record/>", "12200"),
        ('<Record action="{app}/x"/><Say>Thank you</Say>', "12200"),
    ],
)
def test_a_bad_answer_leads_to_the_fallback_and_is_a_breach(app: TinyApp, page: str | Response, code: str) -> None:
    app.pages |= {"/twilio/voice": page, "/twilio/voice/fallback": "<Say>Speak after the tone</Say>"}
    network = Network(app.url, ACCOUNT, TOKEN)
    dials(network).hears("Speak after the tone")
    (fallback,) = app.asked("/twilio/voice/fallback")
    assert (fallback["ErrorCode"], fallback["ErrorUrl"]) == (code, f"{app.url}/twilio/voice")
    with pytest.raises(AssertionError, match="twilio/voice"):
        network.close()


def test_the_last_verbs_result_is_posted_to_the_fallback_too(app: TinyApp, network: Network) -> None:
    gathering(app, 'numDigits="1"')
    app.pages |= {"/heard": Response(status=503), "/twilio/voice/fallback": "<Say>Sorry</Say>"}
    network.expects_status(503)
    dials(network).presses("4").hears("Sorry")
    assert app.asked("/twilio/voice/fallback")[0]["Digits"] == "4"


def test_an_app_that_is_down_gets_its_callers_an_apology(network: Network, app: TinyApp) -> None:
    app.close()
    network.expects_status(0)
    call = dials(network).hears("application error")
    assert (call.status, call.ended) == ("failed", True)


def test_a_call_that_goes_round_in_circles_is_stopped_and_a_breach(app: TinyApp) -> None:
    app.pages["/twilio/voice"] = "<Redirect>{app}/twilio/voice</Redirect>"
    network = Network(app.url, ACCOUNT, TOKEN)
    assert dials(network).ended
    assert len(app.asked("/twilio/voice")) == 60
    with pytest.raises(AssertionError, match="circles"):
        network.close()


def test_a_sound_is_fetched_signed_and_takes_its_time(app: TinyApp, network: Network) -> None:
    app.pages["/twilio/voice"] = '<Play>{app}/sound.wav?t=1</Play><Play digits="12w"/>'
    app.pages["/sound.wav"] = lambda seen: Response(tone(4.0), mimetype="audio/x-wav")
    call = dials(network)
    assert call.seconds == pytest.approx(4.0 + 1.5)
    (fetched,) = [seen for seen in app.seen if seen.path == "/sound.wav"]
    assert (fetched.method, fetched.form) == ("GET", {"t": "1"})
    assert RequestValidator(TOKEN).validate(app.url + fetched.url, {}, fetched.signature)


def test_a_withheld_number_and_a_forwarded_call_are_posted_as_they_come(app: TinyApp, network: Network) -> None:
    app.pages["/twilio/voice"] = "<Say>Hello</Say>"
    network.phone("anonymous").dials(LINE)
    network.phone("+447700900101").forwards_to(LINE)
    network.phone(CALLER).dials("+447700900101")
    withheld, forwarded = app.asked("/twilio/voice")
    assert (withheld["From"], withheld["FromCountry"]) == ("anonymous", "")
    assert (forwarded["To"], forwarded["ForwardedFrom"]) == (LINE, "+447700900101")


def test_the_same_seed_gives_the_same_sids_and_none_gives_new_ones(app: TinyApp) -> None:
    app.pages["/twilio/voice"] = "<Say>Hello</Say>"
    sids = []
    for seed in (1, 1, None, None):
        with Network(app.url, ACCOUNT, TOKEN, seed=seed) as network:
            sids.append(dials(network).sid)
    assert sids[0] == sids[1]
    assert len(set(sids)) == 3


def test_an_app_may_listen_elsewhere_than_its_public_url(app: TinyApp) -> None:
    public = "https://phonebot.example.com"
    app.pages["/twilio/voice"] = "<Say>Hello</Say>"
    with Network(public, ACCOUNT, TOKEN, reached_at=app.url) as network:
        dials(network).hears("Hello")
    seen = app.seen[0]
    assert RequestValidator(TOKEN).validate(f"{public}/twilio/voice", seen.form, seen.signature)


def test_a_text_comes_in_and_its_replies_are_read(app: TinyApp, network: Network) -> None:
    def reply(seen: Seen) -> str:
        return f"<Message>Set: {seen.form['Body']}</Message>"

    app.pages["/twilio/sms"] = reply
    assert network.phone(CALLER).texts(LINE, "out today") == ["Set: out today"]


def test_a_caller_may_hang_up_in_the_middle_of_anything_that_is_said(app: TinyApp, network: Network) -> None:
    app.pages["/twilio/voice"] = "<Say>One moment please</Say><Pause/><Redirect>{app}/more</Redirect>"
    app.pages["/more"] = "<Say>Still one moment</Say><Redirect>{app}/rest</Redirect>"
    call = network.phone(CALLER).dials(LINE, hangs_up_at=2.5)
    assert (call.ended, call.seconds, call.call.ended_by) == (True, 2.5, "caller")
    assert app.paths == ["/twilio/voice", "/more", "/twilio/status"]


def test_what_only_a_text_may_hold_is_refused_on_a_call_and_the_other_way_round(app: TinyApp) -> None:
    app.pages |= {"/twilio/voice": "<Message>Hello</Message>", "/twilio/sms": "<Say>Hello</Say>"}
    network = Network(app.url, ACCOUNT, TOKEN)
    assert network.phone(CALLER).texts(LINE, "hello") == []
    dials(network)
    complaints = [breach.what for breach in network.breaches]
    assert any("belongs in the answer to a text message" in complaint for complaint in complaints)
    assert any("may not stand in the answer to a text message" in complaint for complaint in complaints)


def test_what_a_test_allows_for_is_no_complaint(app: TinyApp, network: Network) -> None:
    app.pages |= {"/twilio/voice": "<Record/>", "/twilio/voice/fallback": Response(status=500)}
    network.expects_bad_documents()
    network.expects_status(500)
    assert dials(network).hears("application error").status == "failed"
