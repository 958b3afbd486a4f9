"""How a call listens: Gather (keys, words, silence) and Record, step by step."""

from collections.abc import Generator
from typing import TYPE_CHECKING

from phonebot.simulator.acts import (
    Act,
    HangUp,
    HungUp,
    Keys,
    Listening,
    Next,
    Recorded,
    Recording,
    Silence,
    Speech,
    Wait,
)
from phonebot.simulator.audio import cut, seconds_of, silence, speech_like
from phonebot.simulator.verbs import Gather, Record

if TYPE_CHECKING:
    from phonebot.simulator.call import Call

SECONDS_AN_ANSWER = 3.0
SECONDS_A_TURN = 1.5
DEFAULT_RECORDING = 5.0
"""Seconds of sound left by somebody who only presses the finishing key."""


def gather(call: "Call", verb: Gather) -> Generator[Wait, Act, Next | None]:
    """Listen once. Gives the action to request, or None to go on with the next verb; raises HungUp."""
    began = call.clock
    for prompt in verb.prompts:
        call.speak(prompt)
    while True:
        act = yield Listening(verb)
        if isinstance(act, HangUp):
            raise HungUp
        if isinstance(act, Keys | Speech) and act.at_once:
            call.clock = began
        result = _result(call, verb, act)
        if result is not None:
            break
    call.clock += SECONDS_A_TURN
    if not any(value for _, value in result) and not verb.acts_on_nothing:
        return None
    return Next(verb.action, verb.method, result)


def _result(call: "Call", verb: Gather, act: Act) -> tuple[tuple[str, str], ...] | None:
    """The parameters that an act leads to; None when this Gather does not take such an act and goes on listening."""
    match act:
        case Silence():
            call.clock += verb.timeout
            return (("Digits", ""),) if verb.keys else (("SpeechResult", ""),)
        case Keys(keys) if verb.keys:
            digits, finished = _digits(verb, keys)
            call.clock += SECONDS_AN_ANSWER if finished else SECONDS_AN_ANSWER + verb.timeout
            return (("Digits", digits),)
        case Speech(words, confidence) if verb.speech and words.strip():
            call.clock += SECONDS_AN_ANSWER
            sure = () if confidence is None else (("Confidence", str(confidence)),)
            return (("SpeechResult", words), *sure)
    return None


def _digits(verb: Gather, keys: str) -> tuple[str, bool]:
    """The keys that count, and whether one of them ended the listening (else the timeout does)."""
    digits = ""
    for key in keys:
        if verb.finish_key and key == verb.finish_key:
            return digits, True
        digits += key
        if verb.most_keys and len(digits) == verb.most_keys:
            return digits, True
    return digits, False


def record(call: "Call", verb: Record) -> Generator[Wait, Act, Next]:
    """Record once. Gives the action to request; raises HungUp once a hang-up has been reported to the action."""
    if verb.beep:
        call.note("line", "(tone)")
    sound: Recorded | None = None
    while sound is None:
        act = yield Recording(verb)
        if isinstance(act, HangUp):
            call.announce_recording(verb, None)
            raise HungUp
        sound = _sound(call, verb, act)
    cut_off = sound.seconds > verb.longest
    seconds = min(sound.seconds, float(verb.longest))
    kept = call.keep_recording(cut(sound.wav, seconds) if cut_off else sound.wav, seconds)
    call.clock += seconds + SECONDS_A_TURN
    call.recorded_seconds += seconds
    key = () if cut_off or sound.then == "silence" else (("Digits", sound.then),)
    facts = (("RecordingUrl", kept.url), ("RecordingSid", kept.sid), ("RecordingDuration", str(kept.duration)))
    action = Next(verb.action, verb.method, (*facts, *key))
    call.announce_recording(verb, kept)
    if sound.then == "hangup" and not cut_off:
        call.hang_up_with(action)
        raise HungUp
    return action


def _sound(call: "Call", verb: Record, act: Act) -> Recorded | None:
    """The recording an act leaves; None when it is a key that does not end this recording."""
    match act:
        case Recorded(then=then) if then in {"hangup", "silence"} or then in verb.finish_keys:
            call.clock += verb.timeout if then == "silence" else 0
            return act
        case Silence():
            length = float(verb.timeout or verb.longest)
            return Recorded(silence(length), length, "silence")
        case Keys(keys):
            ending = next((key for key in keys if key in verb.finish_keys), "")
            return Recorded(speech_like(DEFAULT_RECORDING), DEFAULT_RECORDING, ending) if ending else None
        case Speech(words):
            length = seconds_of(words)
            call.clock += verb.timeout
            return Recorded(speech_like(length), length, "silence")
    return None
