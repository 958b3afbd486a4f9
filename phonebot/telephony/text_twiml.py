"""The answer to a text message that came in, as TwiML."""

from twilio.twiml.messaging_response import MessagingResponse


def render_reply(words: str) -> str:
    """One reply, sent by Twilio to whoever wrote, from the number they wrote to."""
    response = MessagingResponse()
    response.message(words)
    return str(response)
