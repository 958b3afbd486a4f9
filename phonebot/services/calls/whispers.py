"""The phone that is rung for a caller: what it hears when it is answered, and its 1 that takes the call."""

from datetime import datetime

from phonebot.domain.phone import caller_id, ending
from phonebot.domain.spoken import Prompt, SpokenValue
from phonebot.services.failpoints import TRANSFER_ACCEPTED
from phonebot.services.house import House
from phonebot.services.office.people import NoOffice
from phonebot.store import calls
from phonebot.telephony.request import Posted
from phonebot.telephony.twiml import render_whisper, render_words

TRIES = 2
"""How often whoever answers is asked to press 1: a person needs no more, and a voicemail never will."""


def whisper(house: House, call_sid: str, turn: int, tried: int) -> str:
    """Say who is calling and for whom, and listen for a 1; after the last try, goodbye."""
    with house.database.read() as session:
        ringing = calls.ringing_for(session, call_sid, turn)
    if ringing is None or ringing.over or tried >= TRIES:
        return _words(house, "whisper-gone", {}, hang_up=True)
    prompt = "whisper" if tried == 0 else "whisper-again"
    accept = f"{house.public_url}/twilio/voice/accept?call={call_sid}&n={turn}&tried={tried + 1}"
    office = ringing.office
    who: dict[str, SpokenValue] = {"rung": ringing.rung, **_from(ringing.name, ringing.caller, office.region)}
    # Whoever did not press 1 has heard who it is; asked again, they hear only what to do.
    values = who if prompt == "whisper" else {}
    words = house.speaker(office.language)(Prompt(prompt, values))
    return render_whisper(words, office.language, accept)


def accept(house: House, posted: Posted, call_sid: str, turn: int, tried: int, now: datetime) -> str:
    """What was pressed: 1 takes the call, for as long as the phone is being rung; anything else asks again."""
    if posted.fields.get("Digits", "") != "1":
        return whisper(house, call_sid, turn, tried)
    with house.database.write() as session:
        accepted = calls.accept_transfer(session, call_sid, turn, now)
    house.reached(TRANSFER_ACCEPTED)
    return _words(house, "whisper-accepted" if accepted else "whisper-gone", {}, hang_up=not accepted)


def _from(name: str | None, caller: str, region: str) -> dict[str, SpokenValue]:
    """Who is calling, as far as is known: a name they gave, else the end of their number."""
    number = caller_id(caller, region).e164
    known = "name" if name else "number" if number else "withheld"
    return {"from": known, "caller": name or "", "ending": ending(number) if number else ""}


def _words(house: House, prompt: str, values: dict[str, SpokenValue], *, hang_up: bool) -> str:
    with house.database.read() as session:
        found = calls.line_and_office(session, "")
    if found is None:
        raise NoOffice
    language = found[1].language
    return render_words(house.speaker(language)(Prompt(prompt, values)), language, hang_up=hang_up)
