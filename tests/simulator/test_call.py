import pytest
from flask import Response
from twilio.request_validator import RequestValidator

from phonebot.simulator import LiveCall, Mischief, Network
from phonebot.simulator.audio import seconds_in, tone

from .conftest import ACCOUNT, TOKEN
from .tiny_app import Seen, TinyApp

CALLER, LINE = "+447700900143", "+442079460100"
GATHER = '<Gather action="{app}/heard" input="dtmf speech" numDigits="1"><Say>Who is calling?</Say></Gather>'


def dials(network: Network, **extra: str) -> LiveCall:
    return network.phone(CALLER).dials(LINE, extra=extra)


def gathering(app: TinyApp, attributes: str, after: str = "<Say>Nothing heard</Say>") -> None:
    say = "<Say>Press or speak</Say>"
    app.pages["/twilio/voice"] = f'<Gather action="{{app}}/heard" {attributes}>{say}</Gather>{after}'
    app.pages["/heard"] = "<Say>Thank you</Say>"


def recording(app: TinyApp, attributes: str = "") -> None:
    callback = 'recordingStatusCallback="{app}/recording#rc=2&amp;rp=ct,5xx"'
    app.pages["/twilio/voice"] = f'<Say>Speak</Say><Record action="{{app}}/recorded" {callback} {attributes}/>'
    app.pages["/recorded"] = "<Say>Goodbye</Say>"


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


@pytest.mark.parametrize(
    ("attributes", "keys", "digits"),
    [
        ('numDigits="1"', "12", "1"),
        ('numDigits="3"', "12", "12"),
        ("", "123#4", "123"),
        ('finishOnKey="*"', "1#2*", "1#2"),
        ('finishOnKey="" numDigits="2"', "#*", "#*"),
        ('actionOnEmptyResult="true"', "#", ""),
    ],
)
def test_keys_are_gathered_as_the_attributes_say(
    app: TinyApp, network: Network, attributes: str, keys: str, digits: str
) -> None:
    gathering(app, attributes)
    dials(network).presses(keys).hears("thank you")
    (heard,) = app.asked("/heard")
    assert (heard["Digits"], heard["CallStatus"]) == (digits, "in-progress")


@pytest.mark.parametrize("act", ["#", "silence"])
def test_without_action_on_empty_result_nothing_falls_through(app: TinyApp, network: Network, act: str) -> None:
    gathering(app, "")
    call = dials(network)
    if act == "#":
        call.presses("#")
    else:
        call.stays_silent()
    call.hears("Nothing heard").hears_goodbye()
    assert app.asked("/heard") == []


@pytest.mark.parametrize(("given", "name"), [('input="dtmf"', "Digits"), ('input="speech"', "SpeechResult")])
def test_with_action_on_empty_result_silence_is_posted_empty(
    app: TinyApp, network: Network, given: str, name: str
) -> None:
    gathering(app, f'{given} actionOnEmptyResult="true" timeout="4"')
    call = dials(network).stays_silent().hears("Thank you")
    assert app.asked("/heard")[0][name] == ""
    assert 4.0 < call.seconds < 8.0


def test_speech_comes_with_its_confidence_unless_there_is_none(app: TinyApp, network: Network) -> None:
    gathering(app, 'input="speech dtmf"')
    dials(network).says("Julie Smith").hears("Thank you")
    dials(network).says("Julie", confidence=None).hears("Thank you")
    first, second = app.asked("/heard")
    assert (first["SpeechResult"], first["Confidence"]) == ("Julie Smith", "0.9")
    assert "Confidence" not in second
    assert "Digits" not in first


def test_what_a_gather_does_not_take_is_ignored(app: TinyApp, network: Network) -> None:
    gathering(app, 'input="speech"')
    call = dials(network).presses("1")
    assert app.asked("/heard") == []
    call.says("Julie").hears("Thank you")
    gathering(app, 'input="dtmf"')
    dials(network).says("Julie").presses("1#").hears("Thank you")


def test_the_clock_counts_words_turns_and_answers_and_interrupting_saves_the_prompt(
    app: TinyApp, network: Network
) -> None:
    app.pages["/twilio/voice"] = (
        f'<Pause length="2"/><Gather action="{{app}}/heard" numDigits="1"><Say>{"word " * 26}</Say></Gather>'
    )
    app.pages["/heard"] = '<Record action="{app}/heard"/>'
    patient, hasty = dials(network).presses("1"), dials(network).presses("1", at_once=True)
    assert patient.seconds == pytest.approx(2 + 26 / 2.6 + 3 + 1.5)
    assert hasty.hears_tone().seconds == pytest.approx(2 + 3 + 1.5)
    assert hasty.turns == 1
    patient.hangs_up()
    hasty.hangs_up()


def test_a_recording_is_posted_to_its_action_then_announced_and_kept(app: TinyApp, network: Network) -> None:
    recording(app)
    call = dials(network).hears_tone().records(12, "#").hears_goodbye()
    (action,), (announced,) = app.asked("/recorded"), app.asked("/recording")
    (sid,) = network.recordings
    assert (action["Digits"], action["RecordingDuration"], action["RecordingSid"]) == ("#", "12", sid)
    assert action["RecordingUrl"] == f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Recordings/{sid}"
    assert announced["RecordingStatus"] == "completed"
    assert (announced["RecordingSource"], announced["CallSid"]) == ("RecordVerb", call.sid)
    assert "From" not in announced
    assert app.paths == ["/twilio/voice", "/recorded", "/recording", "/twilio/status"]
    assert call.seconds - call.seconds_without_recording == 12


def test_a_hang_up_while_recording_is_posted_as_such(app: TinyApp, network: Network) -> None:
    recording(app)
    dials(network).records(7, "hangup")
    (action,) = app.asked("/recorded")
    assert (action["Digits"], action["CallStatus"]) == ("hangup", "completed")
    assert app.paths == ["/twilio/voice", "/recorded", "/recording", "/twilio/status"]


def test_a_hang_up_before_the_tone_leaves_no_recording(app: TinyApp, network: Network) -> None:
    recording(app, 'recordingStatusCallbackEvent="completed absent"')
    dials(network).hangs_up()
    assert app.asked("/recorded") == []
    assert app.asked("/recording")[0]["RecordingStatus"] == "absent"
    assert network.recordings == []


def test_a_recording_stops_at_its_longest_length_without_a_key(app: TinyApp, network: Network) -> None:
    recording(app, 'maxLength="10"')
    dials(network).records(60, "#").hears("Goodbye")
    (action,) = app.asked("/recorded")
    assert action["RecordingDuration"] == "10"
    assert "Digits" not in action


def test_only_a_finishing_key_ends_a_recording(app: TinyApp, network: Network) -> None:
    recording(app, 'finishOnKey="*0"')
    dials(network).presses("5").hears_tone().presses("50").hears("Goodbye")
    assert app.asked("/recorded")[0]["Digits"] == "0"


def test_words_at_the_tone_leave_a_recording_of_their_length_and_silence_one_of_silence(
    app: TinyApp, network: Network
) -> None:
    recording(app, 'timeout="3"')
    dials(network).says("word " * 26).hears("Goodbye")
    dials(network).stays_silent().hears("Goodbye")
    spoken, silent = app.asked("/recorded")
    assert (spoken["RecordingDuration"], silent["RecordingDuration"]) == ("10", "3")
    assert set(network.archive.kept[silent["RecordingSid"]].sound[44:]) == {0}


@pytest.mark.parametrize("page", [f"{GATHER}<Hangup/>", f"<Say>A long word</Say>{GATHER}"])
def test_a_hang_up_while_listening_posts_only_the_status(app: TinyApp, network: Network, page: str) -> None:
    app.pages["/twilio/voice"] = page
    call = dials(network).hangs_up()
    assert call.ended
    assert app.paths == ["/twilio/voice", "/twilio/status"]
    with pytest.raises(AssertionError, match="the call is over"):
        call.says("hello?")
    with pytest.raises(AssertionError, match="did not end the call"):
        call.hears_goodbye()


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


def test_a_sound_that_is_cut_off_is_as_long_as_it_is_said_to_be(app: TinyApp, network: Network) -> None:
    recording(app, 'maxLength="2"')
    dials(network).records(wav=tone(3.0)).hears("Goodbye")
    kept = network.archive.kept[network.recordings[0]]
    assert (seconds_in(kept.sound), kept.duration) == (2.0, 2)


def test_a_broken_sound_is_kept_as_it_is(app: TinyApp, network: Network) -> None:
    recording(app)
    dials(network).records(4, wav=b"RIFF and then nothing").hears("Goodbye")
    kept = network.archive.kept[network.recordings[0]]
    assert (kept.sound, kept.duration) == (b"RIFF and then nothing", 4)


def test_a_posted_recording_url_may_be_an_attackers(app: TinyApp) -> None:
    recording(app)
    with Network(app.url, ACCOUNT, TOKEN, mischief=Mischief(media_host="http://169.254.169.254")) as network:
        dials(network).records(4)
    assert app.asked("/recorded")[0]["RecordingUrl"].startswith("http://169.254.169.254/")
