"""Telephone numbers as they come in, from caller ID, from the mouth and from the keypad, and as they go to a log."""

import re
from dataclasses import dataclass
from functools import partial

import phonenumbers
from phonenumbers import PhoneNumberFormat

from phonebot.domain.phone.aloud import ending, read_aloud
from phonebot.domain.phone.groups import groups_of
from phonebot.domain.phone.rules import Refusal, is_usable, may_be_called, parsed, resolve
from phonebot.domain.phone.slips import Verdict, number_said

__all__ = [
    "CallerId",
    "Refusal",
    "SpokenNumber",
    "caller_id",
    "ending",
    "keyed_number",
    "masked",
    "may_be_called",
    "read_aloud",
    "spoken_number",
]

WITHHELD = frozenset(
    {"anonymous", "unknown", "restricted", "blocked", "unavailable", "private", "withheld", ""}
    # The same words on a telephone's letter keys; two of them pass as possible Chinese numbers.
    | {"+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253"}
)
"""What Twilio and the carriers behind it send as From when the caller's number is not passed on."""

_WITHHELD_WORDS = WITHHELD - {""}
_MASK = "***"


@dataclass(frozen=True, slots=True)
class CallerId:
    """Who a call says it is from: as sent, as E.164 where that is a usable number, and whether it was withheld."""

    raw: str
    e164: str | None
    withheld: bool


@dataclass(frozen=True, slots=True)
class SpokenNumber:
    """A number said or keyed: its E.164, None where not sure; the digits as heard; and whether it is sure."""

    e164: str | None
    digits: str
    sure: bool


def caller_id(raw: str | None, region: str) -> CallerId:
    """Read a From; a client name, a SIP address or a short or unreal number is kept as sent and has no E.164."""
    sent = raw or ""
    plain = sent.strip().lower()
    if plain in WITHHELD or any(word in re.split(r"[^a-z]+", plain) for word in _WITHHELD_WORDS if word.isalpha()):
        return CallerId(sent, None, withheld=True)
    # libphonenumber reads letters as keys ("client:" would dial), so only what is written as a number goes to it.
    number = parsed(plain, region) if re.fullmatch(r"\+?[0-9 ().-]{7,25}", plain) else None
    if number is None or not is_usable(number):
        return CallerId(sent, None, withheld=False)
    return CallerId(sent, phonenumbers.format_number(number, PhoneNumberFormat.E164), withheld=False)


def spoken_number(text: str, region: str) -> SpokenNumber:
    """The one telephone number the words mean, by the region's rules; no E.164 where two could be meant."""
    resolve_there = partial(resolve, region=region)
    verdict = number_said(groups_of(text), resolve_there)
    if verdict.e164 is None and not verdict.doubtful:
        with_homophones = number_said(groups_of(text, homophones=True), resolve_there)
        verdict = with_homophones if with_homophones.e164 else verdict
    return _spoken(verdict)


def _spoken(verdict: Verdict) -> SpokenNumber:
    return SpokenNumber(verdict.e164, verdict.digits.removeprefix("+"), sure=verdict.e164 is not None)


def keyed_number(digits: str, region: str) -> SpokenNumber:
    """The number keyed in: a star starts it again, a hash is not part of it."""
    keyed = re.sub(r"[^0-9]", "", digits.rpartition("*")[2])
    e164 = resolve(keyed, region)
    return SpokenNumber(e164, keyed, sure=e164 is not None)


def masked(raw: str | None) -> str:
    """A number fit for a log: its last two digits at most, and nothing of what is not a number."""
    sent = raw or ""
    if not re.fullmatch(r"\+?[0-9 ().-]{6,}", sent):
        return _MASK
    return _MASK + re.sub(r"[^0-9]", "", sent)[-2:]
