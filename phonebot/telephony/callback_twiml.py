"""The TwiML that joins a member of staff with the caller they ring back. Pure."""

from twilio.twiml.voice_response import Dial, VoiceResponse

from phonebot.telephony.calls import EVENTS
from phonebot.telephony.twiml import LONGEST_JOINED_CALL, RETRIES, TWILIO_RINGS_LONGER, voice_of

RINGS_FOR = 30
"""Seconds for which the caller's telephone rings: as long as most voicemails take to answer."""


def render_joining(words: str, language: str, *, to: str, shown: str, action: str, status: str) -> str:
    """Say the words, then ring `to`, showing `shown`, and join whoever answers; never recorded.

    `action` is asked what to do once that is over, and `status` told how the ringing goes. Star ends the joined call,
    so that whoever spoke to a machine is still there to say so.
    """
    response = VoiceResponse()
    response.say(words, **voice_of(language))
    dial = Dial(
        action=action,
        method="POST",
        timeout=RINGS_FOR - TWILIO_RINGS_LONGER,
        time_limit=LONGEST_JOINED_CALL,
        caller_id=shown,
        hangup_on_star="true",
    )
    # The events are one string here: a list would be written as Python writes it.
    dial.number(
        to, status_callback=status + RETRIES, status_callback_method="POST", status_callback_event=" ".join(EVENTS)
    )
    response.append(dial)
    return str(response)
