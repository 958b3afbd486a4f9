"""What a note says somebody is doing, once its times are read out of it: kept only if it can be spoken as written."""

import re
import unicodedata
from dataclasses import dataclass

from phonebot.domain.away import AWAY_FROM_DESK
from phonebot.domain.status import Presence
from phonebot.domain.status_text.said_day import ORDINALS, month_number, weekday_number
from phonebot.domain.status_text.words import NUMBERS

LONGEST_ACTIVITY = 6
"""Words; with more, the sentence it stands in is too long to follow."""

_DISCREET = re.compile(
    r"\b(?:leave|holidays?|vacation|honeymoon|sick|sickness|ill|illness|unwell|poorly|flu|covid|doctors?|gp|dentists?"
    r"|hospitals?|clinic|surgery|operation|scan|physio|therapy|counsell\w+|medical|funeral|bereavement|compassionate"
    r"|maternity|paternity|parental|adoption|family|child(?:ren|care)?|kids?|son|daughter|school|nursery|appointments?"
    r"|private|personal|moving house|jury|wedding|birthday|gardening)\b",
    re.IGNORECASE,
)
"""Reasons that are nobody's business: strangers are not told who is ill or whose house is empty."""

_OPENLY = re.compile(r"[\s,;-]*\b(?:openly|say so|say why)\b", re.IGNORECASE)
_OUT = {"out", "away", "gone", "off", "out of the office", "out of office", "ooo", "away from the office", "left"}
_OUT |= {"not in", "not in the office", "not here", "gone home", "out and about"}
_IN = {"in", "in the office", "in office", "at the office", "at work", "at my desk", "at her desk", "at his desk"}
_IN |= {"here", "at desk", "at the desk", "around"}
_DESK = re.compile(
    r"(?:(?:in|in the office)[ ,]+(?:but )?)?(?:away from|not at|off)(?: (?:the|my|her|his|their))? desk"
)
_HOME = {"wfh": "working from home", "at home": "working from home", "working from home": "working from home"}
_NOUNS = {
    "lunch": "at lunch",
    "meeting": "in a meeting",
    "meetings": "in meetings",
    "court": "in court",
    "training": "in training",
    "conference": "at a conference",
    "course": "on a course",
    "workshop": "at a workshop",
    "interviews": "in interviews",
    "holiday": "on holiday",
    "holidays": "on holiday",
    "leave": "on leave",
    "annual leave": "on annual leave",
    "vacation": "on vacation",
    "site visit": "on a site visit",
    "one-to-one": "in a one-to-one",
    "one-to-ones": "in one-to-ones",
}
_STARTERS = {"in", "on", "at", "out", "off", "away", "with", "near", "abroad"}
_STARTERS |= {"busy", "tied", "engaged", "unavailable", "sick", "ill", "unwell", "poorly"}
_NO_VERBS = {"morning", "evening", "nothing", "something", "anything", "everything", "king", "ring", "thing", "spring"}
_LEADING = re.compile(
    r"^(?:(?:and|then|but|also|currently|now|still|just|again|is|am|will be|i am|i'm|i’m|(?:she|he)(?:'s|’s| is)"
    r"|they(?:'re|’re| are))\b[ ,]*)+",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"(?:[ ,]+(?:and|then|but|or|from|on|for|at|again|please|now|just now|with|the|a))+$", re.IGNORECASE
)

_UNFINISHED = {
    "in",
    "on",
    "at",
    "a",
    "an",
    "the",
    "this",
    "that",
    "every",
    "all",
    "my",
    "our",
    "about",
    "around",
    "between",
}
_UNFINISHED |= {"of", "to", "by", "with", "from", "for", "near", "is", "and", "or"}

# Words that place something in time. What remains of a note may hold none, for nobody would know when it went stale.
_TIME_WORDS = set(NUMBERS) - {"one", "second"} | {
    *("until", "till", "til", "'til", "back", "soon", "soonish", "later", "shortly", "today", "tomorrow", "tonight"),
    *("yesterday", "morning", "afternoon", "evening", "night", "noon", "midday", "midnight", "lunchtime", "teatime"),
    *("o'clock", "o’clock", "oclock", "half", "quarter", "past", "minute", "minutes", "min", "mins", "hour", "hours"),
    *("day", "days", "week", "weeks", "weekend", "fortnight", "month", "months", "year", "years", "am", "pm"),
    *("return", "returns", "returning", "before", "after", "during", "whenever", "when", "while", "whilst", "next"),
    *("christmas", "easter", "early", "late", "moment", "bit", "ages", "forever", "indefinitely", "temporarily"),
    *("eod", "cob", "asap", "ish", "since", "daily", "weekly", "once", "sometime", "someday", "eventually", "leeway"),
}
_TIME_WORDS |= set(ORDINALS) - {"first", "second", "third"} | {
    "hundred",
    "couple",
    "few",
    "several",
    "dusk",
    "dawn",
    "sunrise",
    "sunset",
    "dinnertime",
    "notice",
}
# The commonest words that begin a time, or join words, in the languages around: a note in them is refused, not spoken.
_FOREIGN = {
    *("bis", "ab", "wieder", "zurück", "und", "der", "das", "dem", "den", "ist", "nicht", "im", "morgen", "heute"),
    *("jusqu", "jusque", "jusqu'à", "jusqu’à", "jusqu'au", "jusqu’au", "jusqu'en", "réunion", "demain", "heures"),
    *("hasta", "mañana", "vuelve", "vuelvo", "reunión", "fino", "alle", "riunione", "domani", "ore", "tot", "morgen"),
    *("het", "een", "uur", "até", "amanhã", "às", "reunião", "do", "jutra", "till", "tills", "imorgon"),
}


class ActivityMistake(ValueError):
    """What is left of a note cannot be spoken as it is; the text says why."""


@dataclass(frozen=True, slots=True)
class Activity:
    """What follows "Sue is …"; empty for simply in or out, or with `said` false for nothing at all.

    `discreet` is whether strangers are not told it.
    """

    words: str
    presence: Presence
    discreet: bool
    said: bool = True


def read_activity(left: str, first_name: str) -> Activity:
    """The activity in what a note's times and cover left over, cut pieces parted by NUL. Raises ActivityMistake."""
    openly = _OPENLY.search(left) is not None
    pieces = [_tidied(piece, first_name) for piece in re.split(r"[\0;.,()]+", _OPENLY.sub("", left))]
    said = [piece for piece in pieces if piece]
    for piece in said:
        _refuse_times(piece)
    whole = " ".join(", ".join(said).lower().split())
    if whole in _IN:
        return Activity("", Presence.IN, discreet=False)
    if _DESK.fullmatch(whole):
        return Activity(AWAY_FROM_DESK, Presence.IN, discreet=False)
    # "Out" beside a reason adds nothing; alone it is all there is.
    reasons = [piece for piece in said if piece.lower() not in _OUT | _IN]
    at_home = [_HOME[piece.lower()] for piece in reasons if piece.lower() in _HOME]
    if len(at_home) == len(reasons) == 1:
        return Activity(at_home[0], Presence.IN, discreet=False)
    if not reasons:
        return Activity("", Presence.AWAY, discreet=False, said=bool(said))
    discreet = any(_DISCREET.search(reason) for reason in reasons)
    words = ", ".join(_as_predicate(reason, discreet=discreet and not openly) for reason in reasons)
    if not (discreet and not openly) and words.split()[-1].lower() in _UNFINISHED:
        raise ActivityMistake(f'"{words}" is not finished')
    if len(words.split()) > LONGEST_ACTIVITY:
        raise ActivityMistake(f"keep what is said to {LONGEST_ACTIVITY} words")
    return Activity(words, Presence.AWAY, discreet and not openly)


def _tidied(piece: str, first_name: str) -> str:
    tidy = " ".join(piece.split()).strip(" -–—!:")
    tidy = re.sub(rf"^{re.escape(first_name)}(?:'s|’s| is)?\b\s*", "", tidy, flags=re.IGNORECASE)
    return _TRAILING.sub("", " " + _LEADING.sub("", tidy)).strip(" -–—!:")


def _refuse_times(piece: str) -> None:
    for character in piece:
        if character.isdigit():
            raise ActivityMistake(f"{character!r} in {piece!r} could be a time, and is not read as one")
        if character.isalpha() and not unicodedata.name(character, "").startswith("LATIN"):
            raise ActivityMistake("only English is read")
        if not (character.isalpha() or character in " '’-&/"):
            raise ActivityMistake(f"{character!r} cannot be spoken")
    for word in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", piece.lower()):
        if word in _FOREIGN:
            raise ActivityMistake(f"{word!r} is not read as English")
        # "May" and "sat" are other words too; a day by its short name has been read before this, if it was one.
        calendar = len(word) > 3 and (weekday_number(word) is not None or month_number(word) is not None)
        about = word.endswith("ish") and word.removesuffix("ish") in NUMBERS
        if word in _TIME_WORDS or calendar or about:
            raise ActivityMistake(f"{word!r} is about time, and when that is could not be read")
    if re.search(r"\b(?:in|of|by|from|for|all) may\b", piece, re.IGNORECASE):
        raise ActivityMistake("'May' is about time, and when that is could not be read")


def _as_predicate(reason: str, *, discreet: bool) -> str:
    """The words so that they follow "Sue is"; one that is never spoken may stand as it was written."""
    lower = reason.lower()
    if discreet:
        return reason
    if lower in _NOUNS:
        return _NOUNS[lower]
    noun, _, rest = lower.partition(" ")
    if noun in {"meeting", "meetings", "lunch"} and rest.startswith(("with ", "in ", "at ")):
        return f"{_NOUNS[noun]} {reason[len(noun) + 1 :]}"
    if noun in _STARTERS or (noun.endswith("ing") and len(noun) > 4 and noun not in _NO_VERBS):
        return reason[0].lower() + reason[1:]
    raise ActivityMistake(f'"{reason}" does not follow "is": begin with "in", "at", "on", "out" or "visiting"')
