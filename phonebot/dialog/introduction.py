"""How people say who they are: "hi, it's Julie Smith calling from Hartwell Dental about the invoice"."""

from dataclasses import dataclass

from phonebot.dialog.introduced_words import MOST_WORDS, STOPS, Word, keys, respelled, words_in
from phonebot.dialog.name_words import (
    ABOUT,
    ABOUT_SPELLING,
    ENDS_A_NAME,
    FROM,
    LEAD_INS,
    NAME_PARTS,
    NEVER_A_NAME,
    NO_SUBJECT_OF_A_NAME,
    RELATIONS,
    STARTS_A_QUESTION,
    VERBS,
    WHOSE,
)
from phonebot.dialog.phrases import GREETINGS, HESITATIONS, MANNERS, asks_again
from phonebot.dialog.word_list import words as word_list
from phonebot.dialog.written_name import in_capitals

MOST_NAME_WORDS = 8
LONGEST_NAME = 100
"""Words and characters of the longest name believed; what is longer is a story."""

_FILLERS = HESITATIONS | GREETINGS | MANNERS | {"yes", "of", "course", "just", "and", "then", "it", "name"}

_NUMBER_WORDS = word_list("oh zero one two three four five six seven eight nine ten double triple nought")
"""Words of which two or more are a number, and nobody's name."""


@dataclass(frozen=True, slots=True)
class Introduction:
    """Who, of which business, and what about; None for what the words do not say. Without a name it is all None."""

    name: str | None
    company: str | None
    business: str | None


NOBODY = Introduction(None, None, None)


def introduction(text: str) -> Introduction:
    """Who, of which business, and what about, as far as the words say. A question back has no name.

    What is spelled stands in the place of the word that it spells: "Smith, that's S M Y T H E" is Smythe.
    """
    if asks_again(text):
        return NOBODY
    text, spelled = respelled(text)
    words = words_in(text)
    if in_parts := _in_parts(words):
        return Introduction(in_parts, _company(words, 0)[0], _business(text, words, 0))
    begin, lead = _where_the_name_begins(words)
    name, after = _name(words, begin, led=lead is not None)
    if name is None:
        # "I'm calling from Hartwell Dental": the business is who is calling.
        company, after = _company(words, 0)
        if company is None and spelled and ABOUT_SPELLING.issuperset(_others(words, spelled)):
            return Introduction(" ".join(spelled), None, None)
        return Introduction(company, None, _business(text, words, after)) if company else NOBODY
    company, end = _company(words, after)
    if company is None and (apposed := _apposed(words, after)):
        company, end = apposed
    before = words[:lead] if lead else []
    company = company or _company(before, 0)[0]
    return Introduction(name, company, _business(text, words, end) or _business(text, before, 0))


def _others(words: list[Word], spelled: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word.key for word in words) - {word.lower() for word in spelled} - _FILLERS


def _in_parts(words: list[Word]) -> str | None:
    """The name of somebody who gives its parts by name: "first name Julie, surname Smythe"."""
    first, last = (next(filter(None, (_part(words, lead) for lead in leads)), None) for leads in NAME_PARTS)
    if first and last:
        return f"{first[0]} {last[0]}"
    if part := first or last:
        # "Jones, first name Katherine".
        before = words[: part[1]]
        before = before[: next((at for at, word in enumerate(before) if word.key in {"my", "and"} and at), len(before))]
        begin, lead = _where_the_name_begins(before)
        other, _ = _name(before, begin, led=lead is not None)
        if other and " " not in other:
            return f"{part[0]} {other}" if first else f"{other} {part[0]}"
    return None


def _part(words: list[Word], lead: tuple[str, ...]) -> tuple[str, int] | None:
    """A part of a name said by its name, and where that begins."""
    for at in range(len(words) - len(lead)):
        if keys(words, at, len(lead)) == lead:
            after = at + len(lead)
            after += words[after].key in {"is", "it's"}
            found = words[after : after + 1]
            name = _tidy(found) if found and found[0].key not in NEVER_A_NAME else None
            return (name, at) if name else None
    return None


def _where_the_name_begins(words: list[Word]) -> tuple[int, int | None]:
    """Where the name begins, and where words such as "my name is" that lead to it do; None without such words."""
    for leads in LEAD_INS:
        for at in range(len(words)):
            for count in (4, 3, 2, 1):
                after = at + count
                if keys(words, at, count) in leads and after < len(words) and not _is_no_name(words, after):
                    return _past_fillers(words, after), at
    return _past_whom_they_greet(words, _past_fillers(words, 0)), None


def _is_no_name(words: list[Word], at: int) -> bool:
    if words[at].key in WHOSE:
        return not _is_relation(words, at)
    return words[at].key in NO_SUBJECT_OF_A_NAME or not any(map(str.isalpha, words[at].key))


def _is_relation(words: list[Word], at: int) -> bool:
    """Whether "your mother" or "a friend" stands there, which says who is calling."""
    return words[at].key in WHOSE and not RELATIONS.isdisjoint(keys(words, at + 1, 3))


def _past_whom_they_greet(words: list[Word], at: int) -> int:
    """Past the person greeted: in "Hello Sue, Julie Smith here" it is Julie who is calling."""
    greets = 0 < at < len(words) - 1 and words[at - 1].key in GREETINGS and not words[at - 1].ends_clause
    named_alone = greets and words[at].text.endswith(",") and not _marker_at(words, at + 1)
    return at + 1 if named_alone and words[at + 1].key not in ENDS_A_NAME else at


def _past_fillers(words: list[Word], at: int) -> int:
    while at < len(words) and words[at].key in _FILLERS:
        at += 1
    return at


def _name(words: list[Word], begin: int, *, led: bool) -> tuple[str | None, int]:
    """The name that begins there, if one does, and where it ends."""
    relation = begin < len(words) and _is_relation(words, begin)
    if not led and not relation and begin < len(words) and _starts_something_else(words, begin):
        return None, begin
    end = begin + relation
    while end < len(words) and not _marker_at(words, end):
        if words[end].key in ENDS_A_NAME or any(map(str.isdigit, words[end].key)) or _ends_in_letters(words, end):
            break
        end += 1
        if words[end - 1].ends_clause and not _goes_on(words, begin, end):
            break
    if not led and end < len(words) and not words[end - 1].ends_clause and _is_of_something(words, end):
        return None, begin
    if end - begin > 1 and all(word.key in _NUMBER_WORDS for word in words[begin:end]):
        return None, begin
    name = _tidy(words[begin:end])
    fits = name and end - begin <= MOST_NAME_WORDS and len(name) <= LONGEST_NAME
    return (name, end) if fits else (None, begin)


def _is_of_something(words: list[Word], at: int) -> bool:
    """Whether a verb there makes what went before no name: "the invoice was wrong", but not "Julie is my name"."""
    following = words[at + 1].key if at + 1 < len(words) else ""
    return words[at].key in VERBS and following not in {
        "my",
        "the",
        "calling",
        "ringing",
        "phoning",
        "speaking",
        "here",
    }


def _starts_something_else(words: list[Word], at: int) -> bool:
    """Whether the words begin a question or a sentence about something: "is that Sue?", "I want…", "will you…"."""
    if words[at].text in {"A.", "I."}:
        return False
    return words[at].key in NEVER_A_NAME or any(keys(words, at, count) in STARTS_A_QUESTION for count in (1, 2, 3))


def _goes_on(words: list[Word], begin: int, end: int) -> bool:
    """Whether a name goes on after a comma: turned round ("Smith, J."), said fuller, or a relation."""
    if end >= len(words):
        return False
    following = words[end:]
    clause = next((at + 1 for at, word in enumerate(following) if word.ends_clause), len(following))
    part = [word.key for word in following[:clause] if word.key not in ENDS_A_NAME]
    said = [word.key for word in words[begin:end]]
    turned_round = len(said) == 1 and len(part) == 1
    fuller = (len(part) > 1 and part[0] == said[0]) or (len(said) == 1 and part[-1:] == said)
    if words[end - 1].ends_sentence:
        return fuller
    return bool(part) and (turned_round or fuller or not RELATIONS.isdisjoint(part))


def _marker_at(words: list[Word], at: int) -> int:
    """How many words a "from" or an "about" takes here; 0 where there is none."""
    return next((n for n in (4, 3, 2, 1) if keys(words, at, n) in FROM or keys(words, at, n) in ABOUT), 0)


def _company(words: list[Word], at: int) -> tuple[str | None, int]:
    """The business said after "from", "of" or "at", and where it ends."""
    while at < len(words):
        count = _marker_at(words, at)
        if count and keys(words, at, count) in ABOUT:
            return None, at
        if count:
            begin, end = at + count, _end_of_company(words, at + count)
            company = _tidy(words[begin:end])
            if company and _may_be_company(words, begin):
                return company, end
            at = max(end, begin)
        else:
            at += 1
    return None, at


def _ends_in_letters(words: list[Word], at: int) -> bool:
    """Whether how the name is spelled comes there, and no more of the name after it: "Sara no H"."""
    after = words[at + 2 : at + 3]
    return _tells_a_letter(words, at) and (not after or words[at + 1].ends_clause or after[0].key in ENDS_A_NAME)


def _tells_a_letter(words: list[Word], at: int) -> bool:
    """Whether that only says how a name is spelled: "two Ls", "no H", "Y not I"."""
    following = "".join(keys(words, at + 1, 1))
    if len(words[at].key) == 1 and following == "not":
        return True
    return words[at].key in {"one", "two", "double", "no"} and len(following.rstrip("s")) == 1


def _may_be_company(words: list[Word], at: int) -> bool:
    if _tells_a_letter(words, at):
        return False
    return words[at].key not in NEVER_A_NAME and words[at].key[0].isalpha() and not _marker_at(words, at)


def _end_of_company(words: list[Word], at: int) -> int:
    end = at
    while end < len(words) and words[end].key not in ENDS_A_NAME and keys(words, end, 1) not in ABOUT:
        if keys(words, end, 2) in ABOUT or end - at >= MOST_NAME_WORDS:
            break
        end += 1
        if words[end - 1].ends_sentence or (words[end - 1].ends_clause and end < len(words)):
            break
    while end > at and words[end - 1].key in {"and", "but"}:
        end -= 1
    return end


def _apposed(words: list[Word], at: int) -> tuple[str, int] | None:
    """The business after a mere comma: "Julie Smith, Hartwell Dental"."""
    if at == 0 or at >= len(words) or not words[at - 1].text.endswith(",") or not _may_be_company(words, at):
        return None
    end = _end_of_company(words, at)
    company = _tidy(words[at:end])
    return (company, end) if company and words[at].key not in _FILLERS else None


def _business(text: str, words: list[Word], at: int) -> str | None:
    """What comes after "about" from that word on, as the caller put it, without their thanks."""
    for begin in range(at, len(words)):
        for count in (4, 3, 2, 1):
            if keys(words, begin, count) in ABOUT and begin + count < len(words):
                end = len(words)
                while end > begin + count and words[end - 1].key in MANNERS | {"and", "my", "name"}:
                    end -= 1
                last = words[end - 1]
                until = None if end == len(words) and end == MOST_WORDS else last.start + len(last.text)
                return text[words[begin + count].start : until].strip(STOPS) or None
    return None


def _tidy(words: list[Word]) -> str | None:
    """The words as a name is written; None where they hold nothing but fillers."""
    while words and words[-1].key in _FILLERS:
        words = words[:-1]
    if not words or not any(map(str.isalpha, "".join(word.key for word in words))):
        return None
    spoken = [word.text.strip(STOPS).replace("’", "'") for word in words]
    cut = next((at + 1 for at, word in enumerate(words[:-1]) if word.ends_clause), 0)
    return in_capitals(_in_order(spoken[:cut], spoken[cut:]))


def _in_order(first: list[str], second: list[str]) -> str:
    """A name in two parts, with a pause between: turned round ("Smith, J."), said fuller, or a relation."""
    low, low_second = [word.lower() for word in first], [word.lower() for word in second]
    if low_second and set(low_second) < set(low):
        return " ".join(first)
    if not first or low_second[: len(low)] == low or low_second[-len(low) :] == low:
        return " ".join(second)
    if not RELATIONS.isdisjoint(low_second):
        return f"{' '.join(first)}, {' '.join(second)}"
    if len(first) == len(second) == 1:
        return f"{second[0]}{'.' * (len(second[0]) == 1)} {first[0]}"
    return " ".join([*first, *second])
