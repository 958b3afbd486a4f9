import pytest

from phonebot.simulator import LiveCall, Mischief, Network
from phonebot.simulator.audio import seconds_in, tone

from .conftest import ACCOUNT, TOKEN
from .tiny_app import TinyApp

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
