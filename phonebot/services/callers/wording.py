"""The words of texts to callers, short enough for one segment wherever that can be."""

from datetime import date, datetime
from typing import Final

from phonebot.domain.office import Office
from phonebot.domain.speaking import windows_for
from phonebot.domain.spoken import Prompt
from phonebot.domain.text import clean
from phonebot.domain.window import Part
from phonebot.mail.short_text import plainer
from phonebot.services.house import House

OFFICE_ROOM: Final = 40
PERSON_ROOM: Final = 20
"""Characters of names: with more, hardly any text would go in one segment of 160."""


def verdict_words(house: House, office: Office, received_at: datetime) -> str:
    """Did we get back to you? It names nobody, and no business of theirs."""
    day = office.hours.local_day(received_at)
    return _words(house, office, Prompt("text-verdict", {"office": _short(office.name, OFFICE_ROOM), "day": day}))


def thanks_words(house: House, office: Office, *, reached: bool) -> str:
    """What is answered to a yes, or to a no."""
    return _words(house, office, Prompt("text-verdict-yes" if reached else "text-verdict-no"))


def accepted_words(house: House, office: Office, promised: str) -> str:
    """That somebody has taken the call on, in the exact words of the commitment."""
    begins = _words(house, office, Prompt("text-from", {"office": _short(office.name, OFFICE_ROOM)}))
    return f"{begins} {plainer(promised)}"


def slip_words(house: House, office: Office, person: str, parts: tuple[Part, ...], due: datetime) -> str:
    """That somebody (their first name) did not call in that window, which ended when the call was due."""
    open_ended = not parts or parts[-1].end is None
    said = (Part(None, office.hours.local(due)),) if open_ended else parts
    window = windows_for(office.language).window(said, date.min)
    values = {"office": _short(office.name, OFFICE_ROOM), "person": _short(person, PERSON_ROOM), "window": window}
    return _words(house, office, Prompt("text-slip", values))


def _words(house: House, office: Office, prompt: Prompt) -> str:
    return plainer(house.speaker(office.language)(prompt))


def _short(name: str, room: int) -> str:
    """As many whole words of a name as there is room for; of one long word its beginning."""
    words = clean(name).split()
    while len(words) > 1 and len(" ".join(words)) > room:
        words.pop()
    return " ".join(words)[:room]
