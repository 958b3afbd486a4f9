"""What the engine answered, as TwiML. Pure: the same turn and addresses give the same document."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from twilio.twiml.voice_response import Dial, Gather, VoiceResponse

from phonebot.dialog.said import ComeBack, HangUp, Listen, Pause, Playback, Record, Reject, Transfer, Turn, Utterance
from phonebot.domain.recording import Purpose
from phonebot.domain.spoken import Prompt

LISTEN_SECONDS = 5
"""How long a caller may think before they begin; they have heard the whole question by then."""

KEYING_SECONDS = 4
"""How long a pause may be between two keys of a number or an extension."""

SPEECH_PAUSE_SECONDS = 2
"""How long a pause ends what a caller says: long enough to draw breath in the middle of a number."""

RECORD_SILENCE_SECONDS = 8
TWILIO_RINGS_LONGER = 5
"""Twilio adds about five seconds to a Dial's timeout (twilio.com/docs/voice/twiml/dial)."""

LAST_RESORT_SECONDS = 180
LONGEST_JOINED_CALL = 3600
RETRIES = "#rc=2&rp=ct,5xx"
"""Asks Twilio to try a webhook again when we cannot be reached or fail (twilio.com/docs, connection overrides)."""

Verb = TypeVar("Verb", VoiceResponse, Gather)

VOICES = {
    "en-GB": "Polly.Amy-Neural",
    "en-US": "Polly.Joanna-Neural",
    "en-IE": "Polly.Niamh-Neural",
    "en-AU": "Polly.Olivia-Neural",
}
"""A voice for each language; another language speaks with the account's own default voice."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where TwiML points, all absolute. `turn` is the next turn; `whisper` names a transfer."""

    turn: str
    recording: str
    whisper: str
    playback: Callable[[str], str]


def render(turn: Turn, speak: Callable[[Prompt], str], language: str, addresses: Addresses, line: str) -> str:
    """The turn as an XML document. `speak` puts a prompt into words; `line` is the number the call came in on."""
    voice = Speaker(speak, language, addresses.playback)
    response = VoiceResponse()
    match turn.wait:
        case Listen() as listen:
            response.append(voice.say_on(_gather(listen, language, addresses), turn.said))
        case Record() as record:
            _record(voice.say_on(response, turn.said), record, addresses)
        case Transfer() as transfer:
            _dial(voice.say_on(response, turn.said), transfer, addresses, line)
        case ComeBack():
            voice.say_on(response, turn.said).redirect(addresses.turn, method="POST")
        case HangUp():
            voice.say_on(response, turn.said).hangup()
        case Reject():
            response.reject(reason="busy")
    return str(response)


class Speaker:
    """Says utterances into a TwiML verb, in the office's language and voice."""

    def __init__(self, speak: Callable[[Prompt], str], language: str, playback: Callable[[str], str]) -> None:
        self._speak = speak
        self._attributes = voice_of(language)
        self._playback = playback

    def say_on(self, verb: Verb, said: tuple[Utterance, ...]) -> Verb:
        """Put utterances on a verb, neighbouring prompts as one Say; a prompt with no words is passed over."""
        words: list[str] = []
        for utterance in (*said, None):
            if isinstance(utterance, Prompt):
                words.append(self._speak(utterance))
                continue
            if text := " ".join(filter(None, words)):
                verb.say(text, **self._attributes)
            words = []
            if isinstance(utterance, Pause):
                verb.pause(length=utterance.seconds)
            elif isinstance(utterance, Playback):
                verb.play(self._playback(utterance.recording_sid))
        return verb


def _gather(listen: Listen, language: str, addresses: Addresses) -> Gather:
    limits = {"num_digits": 1} if listen.one_key else {"finish_on_key": "#"}
    hints = {"hints": ", ".join(listen.hints)} if listen.hints else {}
    return Gather(
        input="dtmf speech" if listen.speech else "dtmf",
        action=addresses.turn,
        method="POST",
        timeout=LISTEN_SECONDS if listen.one_key else KEYING_SECONDS,
        speech_timeout=SPEECH_PAUSE_SECONDS,
        language=language,
        profanity_filter="false",
        action_on_empty_result="true",
        **limits,
        **hints,
    )


def _record(response: VoiceResponse, record: Record, addresses: Addresses) -> None:
    response.record(
        action=addresses.turn,
        method="POST",
        timeout=RECORD_SILENCE_SECONDS,
        finish_on_key=record.ends_on,
        max_length=record.max_seconds,
        play_beep="true",
        recording_status_callback=addresses.recording + RETRIES,
        recording_status_callback_method="POST",
        recording_status_callback_event="completed absent",
    )


def _dial(response: VoiceResponse, transfer: Transfer, addresses: Addresses, line: str) -> None:
    caller_id = {"caller_id": line} if transfer.shows_line else {}
    dial = Dial(
        action=addresses.turn,
        method="POST",
        timeout=max(transfer.seconds - TWILIO_RINGS_LONGER, 5),
        time_limit=LONGEST_JOINED_CALL,
        answer_on_bridge="true",
        **caller_id,
    )
    dial.number(transfer.phone, url=addresses.whisper, method="POST")
    response.append(dial)


def render_whisper(words: str, language: str, accept: str) -> str:
    """What a rung phone hears before it is joined: words, and a key to wait for. Silence goes to `accept` as well."""
    response = VoiceResponse()
    gather = Gather(
        input="dtmf", num_digits=1, timeout=LISTEN_SECONDS, action=accept, method="POST", action_on_empty_result="true"
    )
    gather.say(words, **voice_of(language))
    response.append(gather)
    return str(response)


def render_words(words: str, language: str, *, hang_up: bool) -> str:
    """Words alone; the called leg is joined after them unless it is hung up."""
    response = VoiceResponse()
    response.say(words, **voice_of(language))
    if hang_up:
        response.hangup()
    return str(response)


def render_last_resort(words: str, language: str, *, action: str, recording: str) -> str:
    """A document that needs nothing but words: they are said, and whatever the caller says is recorded."""
    response = VoiceResponse()
    response.say(words, **voice_of(language))
    addresses = Addresses(turn=action, recording=recording, whisper="", playback=str)
    _record(response, Record(Purpose.MESSAGE, LAST_RESORT_SECONDS, "#"), addresses)
    return str(response)


def render_nothing() -> str:
    """A document with nothing to do, for webhooks whose answer nobody reads."""
    return str(VoiceResponse())


def voice_of(language: str) -> dict[str, str]:
    """The attributes of Say for a language."""
    return {"language": language} | ({"voice": VOICES[language]} if language in VOICES else {})
