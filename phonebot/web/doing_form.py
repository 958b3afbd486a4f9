"""What the page of a link asks before it acts: what follows from the act, what there is to fill in, and a button."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from phonebot.domain.callback import Outcome
from phonebot.domain.digest import Act, Owed
from phonebot.mail.dates import Dates
from phonebot.mail.wording import LABELS, outcome_words, readable_number
from phonebot.services.messages.acting import BY_OTHER_TELEPHONE, phone_words
from phonebot.services.messages.page import Shown

BUTTONS: Final = {
    **LABELS,
    Act.CALL: "Ring me now",
    Act.ACCEPT: "I will call",
    Act.TRIED: "Note this try",
    Act.PASS: "Pass it on",
    Act.HEAR: "I have listened",
}
"""What is written on the one button, by what it does."""

HEADINGS: Final = {
    **LABELS,
    Act.ACCEPT: "I will call",
    Act.PASS: "Pass it on",
    Act.HEAR: "The recording",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several to choose from: what is posted, what is written, and what stands behind it in small print."""

    value: str
    label: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """What is asked. `choices` are posted as `choice` under their `legend`, the first chosen if `chosen`.

    `asks_when` where the caller's own time may be replaced by one in words, `needs_when` where it has to be.
    """

    explains: tuple[str, ...]
    button: str
    legend: str = ""
    choices: tuple[Choice, ...] = ()
    chosen: bool = False
    asks_when: bool = False
    needs_when: bool = False


def form_of(act: Act, shown: Shown, now: datetime) -> Form | None:
    """What the page asks for that act; None where there is nothing to ask."""
    button = BUTTONS[act]
    match act:
        case Act.HEAR:
            return Form(("It goes on record that you have listened to it.",), button) if shown.recorded else None
        case Act.CALL:
            return _call(shown, button)
        case Act.ACCEPT:
            return _accept(shown, button, now)
        case Act.TRIED:
            tries = tuple(Choice(one.value, _capital(outcome_words(one))) for one in BY_OTHER_TELEPHONE)
            return Form(_still_owed(shown), button, "You rang by some other telephone. What came of it?", tries, True)
        case Act.PASS:
            people = tuple(Choice(one.id, one.name, "away now" if one.away else "") for one in shown.colleagues)
            explains = ("They are told at once, and owe the call from then on.",)
            return Form(explains, button, "To whom?", people, len(people) == 1) if people else None
        case Act.SAID | Act.SPOKE:
            return Form(_word_of_staff(act), button)
        case Act.LEFT_WORD | Act.WRONG_NUMBER:
            return Form(_still_owed(shown), button)


def outcome_chosen(choice: str) -> Outcome:
    """What came of a try, as it was posted; what nobody offered is no answer."""
    return next((outcome for outcome in BY_OTHER_TELEPHONE if outcome == choice), Outcome.NO_ANSWER)


def _call(shown: Shown, button: str) -> Form | None:
    number = shown.owed and (shown.owed.phone or shown.owed.caller_id)
    if number is None:
        return None
    # A number is not to be torn apart at the end of a line.
    whole = readable_number(number).replace(" ", "\N{NO-BREAK SPACE}")
    mine = phone_words(shown.reader).replace("The phone", "Your phone")
    ringing = f"{mine} rings now. Press 1 there, and {whole} is rung, from the office's number."
    if not shown.holding:
        return Form((ringing,), button)
    return Form((ringing, f"{shown.owner} owes this call. Yours is a holding call: it stays on their list."), button)


def _accept(shown: Shown, button: str, now: datetime) -> Form:
    owed = shown.owed
    own = "" if owed is None else _own_time(owed, Dates(shown.office.hours.zone, now))
    said = f"The caller would like: {own}." if own else "The caller gave no time that can still be had. Say one."
    told = "From then on the caller may be told that you will call, and by when."
    return Form((said, told), button, asks_when=True, needs_when=not own)


def _own_time(owed: Owed, dates: Dates) -> str:
    """When the caller would like the call, as far as that has not gone by; empty where there is no such time."""
    left = any(part.end is None or part.end > dates.now for part in owed.window_parts)
    return dates.window(owed.window_parts) if left else ""


def _word_of_staff(act: Act) -> tuple[str, ...]:
    when = "Press this if you have called them by some other telephone." if act is Act.SAID else ""
    asked = "The caller will be asked once: by text, or when they next ring. Until they say so, it stays on the list."
    return (when, asked) if when else (asked,)


def _still_owed(shown: Shown) -> tuple[str, ...]:
    return (f"It stays on the list of {shown.owner}: the caller has not been spoken to.",)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
