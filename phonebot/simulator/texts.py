"""Text messages: what is posted when one comes in, the replies in an answer, and what the app sent over REST."""

from dataclasses import dataclass
from datetime import datetime

from phonebot.simulator.courier import Answer
from phonebot.simulator.forms import API_VERSION, country_of
from phonebot.simulator.rules import TwimlRefused
from phonebot.simulator.twiml import read_xml

LONGEST_TEXT = 1600
"""Characters of one message."""


@dataclass
class TextMessage:
    """A text message that the app sent."""

    sid: str
    sender: str
    to: str
    body: str
    created: datetime
    status: str = "queued"
    error_code: int = 0


@dataclass(frozen=True)
class Fate:
    """What becomes of texts to a telephone: the statuses one after another, and why it fails, if it does.

    `refused` is the API's code for a text that is not even taken on.
    """

    statuses: tuple[str, ...] = ("sent", "delivered")
    error_code: int = 0
    refused: int = 0


def inbound_parameters(account_sid: str, sid: str, sender: str, line: str, words: str) -> tuple[tuple[str, str], ...]:
    """The form of a message coming in."""
    return (
        ("MessageSid", sid),
        ("SmsSid", sid),
        ("SmsMessageSid", sid),
        ("AccountSid", account_sid),
        ("From", sender),
        ("To", line),
        ("Body", words),
        ("NumMedia", "0"),
        ("NumSegments", str(1 + len(words) // 160)),
        ("SmsStatus", "received"),
        ("FromCountry", country_of(sender)),
        ("ToCountry", country_of(line)),
        ("ApiVersion", API_VERSION),
    )


def outbound_parameters(account_sid: str, text: TextMessage) -> tuple[tuple[str, str], ...]:
    """The form of a status report for a message that the app sent."""
    trouble = (("ErrorCode", str(text.error_code)),) if text.error_code else ()
    return (
        ("MessageSid", text.sid),
        ("SmsSid", text.sid),
        ("MessageStatus", text.status),
        ("SmsStatus", text.status),
        ("AccountSid", account_sid),
        ("From", text.sender),
        ("To", text.to),
        ("ApiVersion", API_VERSION),
        *trouble,
    )


def read_replies(answer: Answer) -> tuple[list[str], str]:
    """The replies in an answer to a message, and what is wrong with it (empty when nothing is)."""
    if not answer.good or (answer.status == 204 and not answer.body):
        return [], ""
    try:
        root = read_xml(answer.body, answer.content_type)
    except TwimlRefused as error:
        return [], str(error)
    strays = [child.tag for child in root if child.tag not in {"Message", "Redirect"}]
    if strays:
        return [], f"<{strays[0]}> may not stand in the answer to a text message"
    replies = ["".join(message.itertext()).strip() for message in root.iter("Message")]
    long = [reply for reply in replies if len(reply) > LONGEST_TEXT]
    return replies, f"a reply of {len(long[0])} characters" if long else ""
