import struct
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebot.simulator import LiveCall, Network
from phonebot.simulator.audio import speech_like
from phonebot.simulator.script import (
    Conversation,
    ScriptError,
    Spoken,
    kept,
    read_conversation,
    read_turns,
    replay,
    take_turn,
    write_conversation,
)
from phonebot.simulator.terminal import converse

from .tiny_app import TinyApp

CALLER, LINE = "+447700900143", "+442079460100"
KEPT = f"""# Julie leaves a message
to: {LINE}
from: {CALLER}
at: 2026-11-24T10:42:00+00:00

< Who is calling?
> Julie Smith
< Press 1 if that is right.
> 1
< Speak after the tone.
< (tone)
> /record 12 #
< Goodbye
"""


@pytest.fixture(autouse=True)
def _pages(app: TinyApp) -> None:
    app.pages |= {
        "/twilio/voice": '<Gather action="{app}/name" input="speech"><Say>Who is calling?</Say></Gather>',
        "/name": '<Gather action="{app}/right"><Say>Press 1 if that is right.</Say></Gather><Say>Nothing pressed</Say>',
        "/right": '<Say>Speak after the tone.</Say><Record action="{app}/recorded"/>',
        "/recorded": "<Say>Goodbye</Say>",
    }


def dials(network: Network) -> LiveCall:
    return network.phone(CALLER).dials(LINE)


WORDS = st.from_regex(r"[A-Za-z0-9/*#<>:][A-Za-z0-9 ,.'<>:#]*[a-z0-9.]", fullmatch=True)


@given(
    st.builds(
        Conversation,
        title=WORDS,
        to=st.just(LINE),
        caller=st.sampled_from([CALLER, "anonymous"]),
        at=st.datetimes(timezones=st.just(UTC)),
        spoken=st.lists(st.builds(Spoken, st.sampled_from(["line", "caller"]), WORDS)).map(tuple),
    )
)
def test_what_is_written_is_read_back(conversation: Conversation) -> None:
    assert read_conversation(write_conversation(conversation)) == conversation


def test_a_kept_conversation_replays_without_a_difference(network: Network) -> None:
    conversation = read_conversation(KEPT)
    assert conversation.at == datetime(2026, 11, 24, 10, 42, tzinfo=UTC)
    assert write_conversation(conversation) == KEPT
    again = replay(conversation, network)
    assert again.differences == ()
    assert again.conversation.spoken == conversation.spoken


def test_a_replay_shows_every_word_that_changed(app: TinyApp, network: Network) -> None:
    app.pages["/recorded"] = "<Say>Thank you, goodbye</Say>"
    differences = replay(read_conversation(KEPT), network).differences
    assert "-< Goodbye" in differences
    assert "+< Thank you, goodbye" in differences


def test_a_replay_survives_a_call_that_now_ends_early(app: TinyApp, network: Network) -> None:
    app.pages["/name"] = "<Say>Goodbye</Say>"
    differences = replay(read_conversation(KEPT), network).differences
    assert "-> 1" in differences


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("to: +1\nfrom: +1\n", "no at: heading"),
        ("to: +1\nfrom: +1\nat: today\n", "at:"),
        ("to: +1\nfrom: +1\nat: 2026-11-24T10:42\n", "no offset"),
        ("to: +1\nHello\n", "line 2"),
        ("< Hello\nto: +1\n", "line 2"),
    ],
)
def test_a_conversation_with_a_mistake_is_refused_with_the_place(text: str, complaint: str) -> None:
    with pytest.raises(ScriptError, match=complaint):
        read_conversation(text)


@pytest.mark.parametrize(
    "turn",
    ["/dance", "/record", "/record soon", "/record 5 8 9", "/record 5 hash", "/record nowhere.wav", "/at-once now"],
)
def test_a_turn_that_cannot_be_read_is_refused(network: Network, turn: str) -> None:
    with pytest.raises(ScriptError):
        take_turn(dials(network), turn)


def test_a_recording_may_come_from_a_file_and_is_left_byte_for_byte(network: Network, tmp_path: Path) -> None:
    sound, file = speech_like(1.5), tmp_path / "a voicemail.WAV"
    file.write_bytes(sound)
    call = dials(network).says("Julie").presses("1")
    take_turn(call, f"/record {file} *")
    ((_, kept_sound),) = network.archive.kept.items()
    assert (kept_sound.sound, kept_sound.seconds) == (sound, 1.5)
    assert call.hears("goodbye").seconds_without_recording < call.seconds


@pytest.mark.parametrize(
    ("sound", "complaint"),
    [
        (b"<html></html>", "no WAV file"),
        (speech_like(1)[:20], "no WAV file"),
        (speech_like(1)[:24] + struct.pack("<I", 44_100) + speech_like(1)[28:], "8000 Hz"),
    ],
)
def test_a_file_that_no_telephone_could_have_recorded_is_not_left(
    network: Network, tmp_path: Path, sound: bytes, complaint: str
) -> None:
    file = tmp_path / "voicemail.wav"
    file.write_bytes(sound)
    call = dials(network).says("Julie").presses("1")
    with pytest.raises(ScriptError, match=complaint):
        take_turn(call, f"/record {file} #")
    assert not call.ended


def test_words_that_look_like_keys_can_be_said(app: TinyApp, network: Network) -> None:
    take_turn(dials(network), "/say 42")
    assert app.asked("/name")[0]["SpeechResult"] == "42"


def test_a_script_has_one_turn_a_line_silence_for_an_empty_one_and_hangs_up_at_its_end(
    tmp_path: Path, network: Network
) -> None:
    script = tmp_path / "julie.txt"
    script.write_text("Julie Smith\n\n", encoding="utf-8")
    turns = iter(read_turns(script))
    shown: list[tuple[float, str, str]] = []
    call = dials(network)
    taken = converse(call, lambda: next(turns, None), lambda *line: shown.append(line))
    assert call.ended
    assert taken == ["Julie Smith", ""]
    assert shown == call.transcript
    words = [word for _, _, word in shown]
    assert words == ["Who is calling?", "Julie Smith", "Press 1 if that is right.", "(silence)", "Nothing pressed"]


def test_a_call_from_a_terminal_is_shown_as_it_goes_and_can_be_kept(network: Network) -> None:
    turns = iter(["Julie Smith", "/what", "1", "/record 12 #"])
    shown: list[tuple[str, str]] = []
    call = dials(network)
    taken = converse(call, lambda: next(turns, None), lambda at, who, words: shown.append((who, words)))
    assert shown[3][0] == "network"
    assert "/what" in shown[3][1]
    assert kept("Julie", call, taken).spoken == read_conversation(KEPT).spoken


def test_end_of_input_hangs_up(network: Network) -> None:
    call = dials(network)
    assert converse(call, lambda: None, lambda *line: None) == ["/hangup"]
    assert call.call.ended_by == "caller"
