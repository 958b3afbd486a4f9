"""The words that digests and notices are put in: what came of a try, where a message stands, what a link does."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Final

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from phonebot.domain.callback import Outcome
from phonebot.domain.digest import Act, Owed
from phonebot.domain.gist import Gist
from phonebot.domain.text import clean

LABELS: Final[Mapping[Act, str]] = {
    Act.CALL: "Call now",
    Act.ACCEPT: "I will",
    Act.SAID: "I have called",
    Act.TRIED: "Could not reach",
    Act.PASS: "Pass to…",
    Act.SPOKE: "I spoke to them",
    Act.LEFT_WORD: "I left word",
    Act.WRONG_NUMBER: "Wrong number",
    Act.HEAR: "Listen",
}
"""What is written on a link, by what it does."""

_OUTCOMES: Final[Mapping[str, str]] = {
    Outcome.REACHED: "spoke to them",
    Outcome.JOINED: "joined, not confirmed",
    Outcome.LEFT_WORD: "left word",
    Outcome.NO_ANSWER: "no answer",
    Outcome.BUSY: "engaged",
    Outcome.FAILED: "the call failed",
    Outcome.BAD_NUMBER: "the number does not work",
    Outcome.WRONG_NUMBER: "a wrong number",
    Outcome.WITHHELD: "the number was withheld",
    Outcome.STAFF_NOT_REACHED: "our own phone was not answered, so nothing was dialled",
    Outcome.NOT_PLACED: "nothing was dialled",
    Outcome.SAID: "said to be returned",
}

NO_NAME: Final = "No name given"
NAME_RECORDED: Final = "Name recorded, not heard clearly"
LONGEST_SAID: Final = 2000
"""Characters of one thing a caller said, in a mail; a transcript of three minutes is within it."""

_TURNS: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""Characters of the scripts written from right to left."""


def sentence(text: str) -> str:
    """The text with a full stop, unless it ends as a sentence does."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def outcome_words(outcome: str) -> str:
    """What came of a try; an outcome not in the table by its own name, and none yet as going on."""
    return _OUTCOMES.get(outcome, outcome.replace("-", " ")) or "not over yet"


def said(text: str | None, longest: int = LONGEST_SAID) -> str:
    """A caller's words in one line of harmless characters, cut with a mark where they are longer; empty for none."""
    return clean(text, longest) if text else ""


def isolated(text: str) -> str:
    """The text so that, written from right to left, it turns nothing around it (Unicode's FSI and PDI, UAX 9)."""
    return f"\u2068{text}\u2069" if _TURNS.search(text) else text


def who_rang(name: str | None, company: str | None, longest: int = 120) -> tuple[str, ...]:
    """Who rang, by name and company as far as given; that none was given, where neither was."""
    return tuple(each for each in (said(name, longest), said(company, longest)) if each) or (NO_NAME,)


def who_of(owed: Owed, longest: int = 120) -> tuple[str, ...]:
    """Who rang, of a message that is owed; by what they say in the recording, where they gave no name otherwise."""
    if owed.gist is not None and not owed.name and not owed.company:
        return (said(owed.gist.who, longest),)
    return who_rang(owed.name, owed.company, longest)


def who_recorded(gist: Gist, *, recorded: bool) -> Gist:
    """The gist so that it says of a name which was `recorded`, and was not understood, that there is one to hear."""
    return replace(gist, who=NAME_RECORDED) if recorded and gist.who == NO_NAME else gist


def caller_words(name: str | None, company: str | None, longest: int = 120) -> str:
    """Who rang, in one: "Julie Smith, Hartwell Dental"."""
    return ", ".join(who_rang(name, company, longest))


def sender_words(name: str | None, company: str | None, phone: str, longest: int = 120) -> str:
    """Who sent a text: by name and company where they are known, else by the number, which may be any word."""
    if name or company:
        return said(caller_words(name, company, longest), longest)
    return readable_number(phone) if phone else "somebody without a number"


@lru_cache(maxsize=4096)
def readable_number(number: str) -> str:
    """A number as people read it: "+44 20 7946 0143"; what is no E.164 number as it stands."""
    try:
        return phonenumbers.format_number(phonenumbers.parse(number), PhoneNumberFormat.INTERNATIONAL)
    except NumberParseException:
        return said(number, 40)


def seconds_words(seconds: float) -> str:
    """The length of a recording: "42 s", "2 min 05 s"; of the shortest "1 s"."""
    minutes, rest = divmod(max(1, round(seconds)), 60)
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"


def calls(count: int) -> str:
    """So many calls: "no calls", "1 call", "2 calls"."""
    return "1 call" if count == 1 else f"{count or 'no'} calls"


def texts_came_in(count: int) -> str:
    """So many texts came in: "1 text came in"."""
    return f"{count} {'text' if count == 1 else 'texts'} came in"
