"""What staff hear on the phone that is rung for them: who rang and why, cut short enough to be taken in."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from phonebot.domain.office import RECEPTION, OfficeBook
from phonebot.domain.phone import ending
from phonebot.domain.speaking import windows_for, word_count
from phonebot.domain.spoken import Prompt, SpokenValue
from phonebot.domain.text import clean, clip_words
from phonebot.store.messages import KeptMessage

MOST_WORDS: Final = 25
NAME_WORDS: Final = 4
COMPANY_WORDS: Final = 3
WINDOW_WORDS: Final = 9
LONGEST_VALUE: Final = 120
"""Characters of anything a caller said: somebody may have typed, or spelled, one endless word."""


def who_and_why(
    kept: KeptMessage, book: OfficeBook, by: str, phone: str, now: datetime, speak: Callable[[Prompt], str]
) -> str:
    """One sentence or two of at most 25 words: who rang whom, when, about what, and when a call suits them.

    `by` is the id of who hears it, `phone` the caller's number. What does not fit is left out: first the end of the
    business, then the time.
    """
    values = _who(kept, phone) | _whom(kept, book, by) | _when(kept, book, now) | _window(kept, book, now)
    bare = {"has_business": "no", "business": ""}
    if word_count(speak(Prompt("callback-who", values | bare))) > MOST_WORDS - 2:
        values |= {"has_window": "no", "window": ""}
    room = MOST_WORDS - 1 - word_count(speak(Prompt("callback-who", values | bare)))
    business = _short(kept.message.answers.business, room)
    return speak(Prompt("callback-who", values | {"has_business": _yes(business), "business": business}))


def owner_name(book: OfficeBook, owner: str) -> str:
    """The name of who owes a call, as a colleague says it."""
    person = book.person(owner)
    return person.first_name if person else book.office.name


def _who(kept: KeptMessage, phone: str) -> dict[str, SpokenValue]:
    name = _short(kept.message.answers.name, NAME_WORDS)
    company = _short(kept.message.answers.company, COMPANY_WORDS)
    return {
        "from": "name" if name else "number",
        "caller": name,
        "ending": ending(phone),
        "has_company": _yes(company),
        "company": company,
    }


def _whom(kept: KeptMessage, book: OfficeBook, by: str) -> dict[str, SpokenValue]:
    mailbox = kept.message.mailbox
    rung = {by: "you", RECEPTION: "office"}.get(mailbox, "other")
    return {"rung": rung, "person": owner_name(book, mailbox)}


def _when(kept: KeptMessage, book: OfficeBook, now: datetime) -> dict[str, SpokenValue]:
    came, today = book.office.hours.local(kept.message.received_at), book.office.hours.local(now).date()
    part = "morning" if came.hour < 12 else "afternoon" if came.hour < 18 else "evening"
    return {"near": _nearness(came.date(), today), "day": came.date(), "part": part}


def _nearness(day: date, today: date) -> str:
    """How a day gone by is named: only one within the week by its weekday alone."""
    ago = (today - day).days
    return {0: "today", 1: "yesterday"}.get(ago, "week" if 1 < ago < 7 else "far")


def _window(kept: KeptMessage, book: OfficeBook, now: datetime) -> dict[str, SpokenValue]:
    """When a call suits them, unless that was not understood or takes too long to say."""
    parts = kept.message.answers.window_parts
    office = book.office
    local = office.hours.local
    there = [type(part)(part.start and local(part.start), part.end and local(part.end)) for part in parts]
    words = windows_for(office.language).window(there, local(now).date()) if there else ""
    fits = 0 < word_count(words) <= WINDOW_WORDS
    return {"has_window": _yes(fits), "window": words if fits else ""}


def _short(text: str | None, words: int) -> str:
    """The beginning of what a caller said; nothing where there is room for nothing."""
    return clean(clip_words(text, words), LONGEST_VALUE).rstrip(" .!?,;:") if text and words > 0 else ""


def _yes(there: object) -> str:
    return "yes" if there else "no"
