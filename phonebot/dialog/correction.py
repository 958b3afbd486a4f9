"""Corrections as people say them: "the number", "my name is Smythe", "Tuesday, not Thursday", "make it three"."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from phonebot.dialog.introduction import introduction
from phonebot.dialog.phrases import is_only_a_time, says_nothing, sounds_like_a_time
from phonebot.dialog.spoken_words import SpokenWord, spoken_words
from phonebot.dialog.word_list import phrases, words
from phonebot.dialog.yes_no import yes_or_no
from phonebot.domain.message import Answers
from phonebot.domain.name import spelled_out

LONGEST_CORRECTION = 400
"""Characters in which a correction is looked for."""

_NOUNS: Mapping[tuple[str, ...], str] = {
    phrase: field
    for field, named in {
        "name": phrases(
            "name, names, surname, first name, last name, second name, full name, spelling, initial, who i am, who i is"
        ),
        "company": phrases("company, firm, practice, company name, business name, name of the company, organisation"),
        "number": phrases(
            "number, numbers, phone number, telephone number, mobile number, phone, telephone, mobile"
            ", digits, digit, landline"
        ),
        "business": phrases(
            "business, subject, reason, matter, topic, what it is about, what about, about, what it was about"
            ", what i want, why i am calling, why i called, what i am calling about, purpose"
        ),
        "window": phrases(
            "time, times, day, date, when, when to call, call time, callback time, time of the call, time to call"
            ", time for the call, day of the call, when to ring, when you call, when you ring"
        ),
        "recording": phrases(
            "recording, message, voicemail, what i said, what i added, addition, last part, last bit, the end"
            ", my message, add, add something, add to it, play, hear, listen, listen to it"
            ", play it back, hear it, hear it again"
        ),
    }.items()
    for phrase in named
}
_LONGEST_NOUN = max(map(len, _NOUNS))

_GLUE = words(
    "the my your a an it is are was that this please can could you i we would like want need to change correct",
    "alter fix redo edit amend update wrong incorrect not right quite got get have has changed just only think one",
    "part bit of there mistake error problem with in about some something but except and also actually sorry no well",
    "um uh er so mixed up messed bad different another new should be let me again give say spelled needs thanks thank",
    "back hang on hold wait second moment oh from for last",
)
_FINE = words("right correct fine good perfect ok okay great lovely")
_WRONG = words("not wrong incorrect mistake error problem change changed different but except")
_LINKS = phrases(
    "is, was, should be, needs to be, would be, to, as, has changed to, it is, should say, will be, make it, make that"
)
_COMPLAINTS = words("wrong incorrect mistake not")
_LEADS_TO_VALUE = words("is be to as")
_BUT = words("but except only though however apart")

_UNCERTAIN_CHANGE = phrases(
    "something is wrong, a mistake, an error, not everything, not all of it, change something, change it, change that",
    "change one thing, one thing, something wrong, some changes, make a change, make changes, want to change",
)
_NOTHING_TO_CHANGE = phrases(
    "nothing, no changes, none, never mind, nothing to change, leave it, leave it as it is, nothing else, keep it",
    "not want to change, not need to change, no need to change, do not change, not change anything, nothing is wrong",
)
_BEFORE_A_TIME = phrases(
    "make it, make that, change it to, change that to, i said, i meant, it is, it should be, call me, ring me, rather",
    "i would prefer, i prefer, i would rather, can you make it, could you make it, how about, what about, on, at",
    "could it be, can it be, can we say, let us say, please, that is, not, but, make, better, call, ring, say, to",
    "can you call, could you call, can you call me, could you call me, please call me, actually, sorry, um, uh, er",
)
_AFTER_A_TIME = words(
    "instead please thanks thank you rather then actually better best are is would will be fine good suits suit works",
    "work me for",
)


@dataclass(frozen=True, slots=True)
class Correction:
    """A field to change ("name", "company", "number", "business", "window", "recording") and its new words.

    `said` is empty where the field was only named, and is then to be asked for again.
    """

    field: str
    said: str = ""


def correction(text: str, answers: Answers, *, certain: bool = False) -> Correction | None:
    """The correction that some words ask for, if they ask for one that can be told for sure.

    With `certain`, for words that follow a yes, a new value counts only where it is said to be a change. Letters
    spelled out are read as the word they spell, and alone they are the name or the business that they resemble.
    """
    spelled = spelled_out(text[:LONGEST_CORRECTION])
    if not spelled.words:
        return _spoken_correction(text, answers, certain=certain)
    named, word = _spoken_correction(spelled.text, answers, certain=True), " ".join(spelled.words)
    whole = named and named.said and (named.field != "company" or named.said != word)
    return named if whole else _respelled(word, named, answers)


def _respelled(word: str, named: Correction | None, answers: Answers) -> Correction:
    """What was spelled, as the whole of what it puts right: the name, unless it is more like the business's."""
    field = named.field if named and named.field in ("name", "company") else None
    company = merged_name(word, answers.company)
    if field == "company" or (field is None and company != word and merged_name(word, answers.name) == word):
        return Correction("company", company)
    return Correction("name", merged_name(word, answers.name))


def _spoken_correction(text: str, answers: Answers, *, certain: bool) -> Correction | None:
    found = spoken_words(text, LONGEST_CORRECTION)
    last = max((at for at, word in enumerate(found) if word.text in _BUT), default=-1)
    if 0 <= last < len(found) - 1:
        # What follows a "but" is what matters, and is said to be a change.
        after = _correction(text[found[last + 1].start :], answers, certain=False)
        if after:
            return after
    return _correction(text, answers, certain=certain)


def _correction(text: str, answers: Answers, *, certain: bool) -> Correction | None:
    found = spoken_words(text, LONGEST_CORRECTION)
    by_field = _by_field(text, found) or _instead(text, found, answers)
    return by_field or (None if certain else _by_kind(text, found, answers))


def wants_some_change(text: str) -> bool:
    """Whether the caller says that something is wrong without saying what."""
    return _says(_UNCERTAIN_CHANGE, text) or " not " in f" {text.lower()} "


def wants_no_change(text: str) -> bool:
    """Whether the caller says that nothing is to be changed."""
    return _says(_NOTHING_TO_CHANGE, text)


def merged_name(said: str, before: str | None) -> str:
    """A new name: one word that sounds like a word of the name before replaces that word, else all is new."""
    parts = (before or "").split()
    closest = _closest(said, parts) if len(said.split()) == 1 else None
    return said if closest is None else " ".join([*parts[:closest], said, *parts[closest + 1 :]])


def _closest(word: str, parts: list[str]) -> int | None:
    """Which of the parts of a name a word is most like; None where it is like none."""
    alike = [SequenceMatcher(None, word.lower(), part.lower()).ratio() for part in parts]
    closest = max(range(len(parts)), key=alike.__getitem__, default=None)
    return None if closest is None or alike[closest] < _ALIKE else closest


_ALIKE = 0.65
"""From here on two spellings are of one name (Smith and Smythe, 0.73); strangers stay below (Smith and Sarah, 0.4)."""


def _says(among: frozenset[tuple[str, ...]], text: str) -> bool:
    found = [word.text for word in spoken_words(text, LONGEST_CORRECTION)]
    most = max(map(len, among))
    runs = (tuple(found[at : at + count]) for at in range(len(found)) for count in range(1, most + 1))
    return len(found) <= 8 and any(run in among for run in runs)


def _by_field(text: str, found: list[SpokenWord]) -> Correction | None:
    """A field that is named, with nothing else or with its new value: "the time should be Thursday"."""
    at, field, fine, wrong = 0, None, False, False
    while at < len(found):
        count = next((n for n in range(_LONGEST_NOUN, 0, -1) if _texts(found, at, n) in _NOUNS), 0)
        if count and not (field and _texts(found, at, count) == ("about",)):
            field = field or _NOUNS[_texts(found, at, count)]
            at += count
            if said := _value(text, found, at):
                return Correction(field, said)
            continue
        if found[at].text not in _GLUE | _FINE:
            if field and found[at - 1].text in _LEADS_TO_VALUE:
                return Correction(field, text[found[at].start :].strip(" \t\r\n,.!?;:-"))
            complained = not _COMPLAINTS.isdisjoint(word.text for word in found)
            keyed = field == "number" and found[at].text.isdigit()
            return Correction(field) if field and (complained or keyed) else None
        fine, wrong = fine or found[at].text in _FINE, wrong or found[at].text in _WRONG
        at += 1
    return Correction(field) if field and (wrong or not fine) else None


def _value(text: str, found: list[SpokenWord], at: int) -> str:
    """The new value that "is", "should be" or "to" leads to; empty where what follows only says that it is wrong."""
    count = next((n for n in (3, 2, 1) if _texts(found, at, n) in _LINKS), 0)
    rest = found[at + count :]
    if not count or all(word.text in _GLUE | _FINE for word in rest) or rest[0].text in _FINE | _WRONG:
        return ""
    return text[rest[0].start :].strip(" \t\r\n,.!?;:-") if rest[0].start >= found[at + count - 1].end else ""


def _instead(text: str, found: list[SpokenWord], answers: Answers) -> Correction | None:
    """ "Smythe, not Smith": the one answer that holds the old word has it replaced by the new."""
    at = next((at for at, word in enumerate(found) if word.text == "not" and 0 < at < len(found) - 1), None)
    if at is None:
        return None
    new = text[: found[at].start].strip(" \t\r\n,.!?;:-")
    new = (yes_or_no(new).rest or new).removeprefix("it's ").removeprefix("It's ")
    old = text[found[at + 1].start :].strip(" \t\r\n,.!?;:-")
    given = {
        "name": answers.name,
        "company": answers.company,
        "business": answers.business,
        "window": answers.window_said,
    }
    holding = [(field, value) for field, value in given.items() if value and _holds(value, old)]
    if len(holding) != 1 or says_nothing(new) or len(new.split()) > _MOST_WORDS_REPLACED:
        return None
    field, value = holding[0]
    begin = value.lower().find(old.lower())
    return Correction(field, value[:begin] + new + value[begin + len(old) :])


_MOST_WORDS_REPLACED = 6


def _holds(value: str, old: str) -> bool:
    return bool(old) and f" {old.lower()} " in " ".join(["", *value.lower().replace(",", "").split(), ""])


def _by_kind(text: str, found: list[SpokenWord], answers: Answers) -> Correction | None:
    """A new value whose kind shows which field it is: a time, or "about" something."""
    start = next((at for at, word in enumerate(found) if word.text not in _ABOUT_LEADS), len(found))
    if start and start < len(found) and _leads_to_business(found[:start]):
        said = text[found[start].start :].strip(" \t\r\n,.!?;:-")
        if not is_only_a_time(f"about {said}"):
            return Correction("business", said)
    name = introduction(text).name if found and _texts(found, 0, 3) in _NAME_LEADS else None
    if name:
        return Correction("name", name)
    if sounds_like_a_time(text):
        wrong = not (_COMPLAINTS - {"not"}).isdisjoint(word.text for word in found)
        return Correction("window", "" if wrong else _bare_time(text, found))
    return _resembling(text, found, answers)


def _resembling(text: str, found: list[SpokenWord], answers: Answers) -> Correction | None:
    """A name or a business said anew: "it's Julie Smythe" shares a word with the one before, "Smythe" is like one."""
    begin = next((at for at, word in enumerate(found) if word.text not in _ABOUT_LEADS), len(found))
    said = [word.text for word in found[begin:]]
    for field, before in (("name", answers.name), ("company", answers.company)):
        known = (before or "").lower().split()
        shared = sum(word in known for word in said)
        if len(said) == 1 and len(said[0]) >= _FEWEST_LETTERS and not shared and _closest(said[0], known) is not None:
            word = text[found[begin].start : found[-1].end]
            return Correction(field, merged_name(word, before))
        if 1 < len(said) <= len(known) + 1 and 0 < shared < len(said) and not _GLUE.intersection(said):
            return Correction(field, text[found[begin].start :].strip(" \t\r\n,.!?;:-"))
    return None


_FEWEST_LETTERS = 4
"""Letters of a word that alone may put a name right: shorter words are like too many others."""

_ABOUT_LEADS = words("it is that about regarding concerning to do with actually i am calling ringing was just")
_NAME_LEADS = phrases("i am called, you can call, they call me, it is spelled, it is spelt")


def _leads_to_business(found: list[SpokenWord]) -> bool:
    said = [word.text for word in found]
    return any(word in ("about", "regarding", "concerning") for word in said) or said[-3:] == ["to", "do", "with"]


def _bare_time(text: str, found: list[SpokenWord]) -> str:
    """The time without the words that ask for it: "could you make it Thursday instead" is "Thursday"."""
    begin, end = 0, len(found)
    while begin < end:
        count = next((n for n in (4, 3, 2, 1) if _texts(found, begin, n) in _BEFORE_A_TIME - _KEPT), 0)
        if not count or begin + count >= end:
            break
        begin += count
    while end > begin + 1 and found[end - 1].text in _AFTER_A_TIME:
        end -= 1
    until = found[end - 1].end if end < len(found) else len(text)
    return text[found[begin].start : until].strip(" \t\r\n,.!?;:-")


_KEPT = phrases("not, on, at")
"""Words that belong to the time itself: "not before ten", "at three"."""


def _texts(found: list[SpokenWord], at: int, count: int) -> tuple[str, ...]:
    return tuple(word.text for word in found[at : at + count])
