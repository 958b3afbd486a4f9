"""What a caller said, cut into groups of number words and what stands between them: pauses, words, slips put right."""

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum

from phonebot.domain.phone.digits import HOMOPHONES, Kind, Token, token_of
from phonebot.domain.phone.number_words import (
    EXTENSION,
    FILLER,
    FILLERS,
    HEAD_WORDS,
    LABEL_TAILS,
    LABELS,
    LONGEST_PHRASE,
    MARKS,
    MEASURES,
    NOT,
    OTHER,
    PAUSE,
    PHRASES,
    PLUS,
    PUTTING_RIGHT,
    RESTART,
    SLIP,
    SLIP_TALK,
    SLIPS,
    STOP,
    TAKEN_BACK,
    TELEPHONE_WORDS,
    TELLING,
    TIME_WORDS,
    WITHIN,
)

LONGEST_TEXT = 2000
"""Characters: two minutes of speech. A longer text is not an answer to "what is your number?" and is not read."""


class Gap(IntEnum):
    """What stands before a group: nothing that parts it, words of telling a number, other words, a slip put right."""

    SOFT = 1
    HARD = 2
    SLIP = 3
    NOT = 4
    RESTART = 5
    UNCLEAR = 6


@dataclass(frozen=True, slots=True)
class Group:
    """Number words said in one go, the gap before them, and whether a time of day may have run into their start."""

    gap: Gap
    tokens: tuple[Token, ...]
    after_time_word: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """The groups of a text in order, and whether it ends by taking back what was said ("no, that's wrong")."""

    groups: tuple[Group, ...]
    taken_back: bool = False


_WRITTEN = re.compile(
    r"(?P<other>[£$€]\s?\d[\d,.]*|(?<!\d)\d{1,2}:\d\d(?!\d)|(?<![\d+])(?:19|20)\d\d-\d\d-\d\d(?![-\d])"
    r"|(?<!\d)\d{1,2}[/.]\d{1,2}[/.](?:19|20)\d\d(?!\d)|\d+\s?(?:%|[ap]\.m\b)|\d{1,2}(?:st|nd|rd|th|am|pm)\b)"
    r"|(?P<ext>(?<![a-z])x\.?\s?(?=\d))"
    r"|(?P<numeral>(?=o*\d)[\do]+)(?=x\s?\d|[^a-z\d]|$)"
    r"|(?P<glued>[^\W_]*\d\w*)"
    r"|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)"
    r"|(?P<plus>\+)|(?P<pause>(?<!\d)[,;–—]|[,;–—](?!\d))|(?P<stop>(?<!\d)[.!?…:]|[.!?…:](?!\d))"
)


def groups_of(text: str, *, homophones: bool = False) -> Said:
    """The groups said in the text; with `homophones`, "to" and "for" between digits are digits too."""
    lexemes = _with_phrases(_lexemes(text[:LONGEST_TEXT])) if len(text) <= LONGEST_TEXT else []
    groups: list[Group] = []
    between: list[str] = []
    at = 0
    while at < len(lexemes):
        end = _end_of_group(lexemes, at, homophones=homophones)
        if end == at:
            between.append(lexemes[at])
            at += 1
            continue
        tokens = _own_tokens(_tokens(lexemes[at:end]), between, lexemes[end : end + 6])
        if tokens:
            time_word = bool(between) and between[-1] in TIME_WORDS
            groups.append(Group(_gap(between, first=not groups), tokens, time_word))
        # What was left out parts its neighbours: an extension or an invoice number joins nothing.
        between = [] if tokens else [OTHER]
        at = end
    return Said(tuple(groups), bool(groups) and _takes_back(between))


def _lexemes(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).lower().replace("’", "'")
    plain = "".join(str(unicodedata.decimal(c)) if not c.isascii() and c.isdecimal() else c for c in plain)
    found = []
    for match in _WRITTEN.finditer(plain):
        kind, said = match.lastgroup, match.group()
        if kind == "numeral":
            said = said if said.strip("o") == "" else said.replace("o", "0")
        elif kind != "word":
            marks = {"plus": PLUS, "pause": PAUSE, "stop": STOP, "ext": EXTENSION}
            said = marks.get(kind or "", OTHER)
        found.append(said)
    return found


def _with_phrases(lexemes: list[str]) -> list[str]:
    found: list[str] = []
    at = 0
    while at < len(lexemes):
        for length in range(LONGEST_PHRASE, 1, -1):
            mark = PHRASES.get(" ".join(lexemes[at : at + length]))
            if mark:
                found.append(mark)
                at += length
                break
        else:
            found.append(_mark(lexemes, at))
            at += 1
    return found


def _mark(lexemes: list[str], at: int) -> str:
    """A word's own mark: slip, not, extension, plus; "oh" that sighs before a slip after a pause is no nought."""
    word = lexemes[at]
    if word == "oh" and at and lexemes[at - 1] in {PAUSE, STOP} and lexemes[at + 1 : at + 2]:
        return FILLER if lexemes[at + 1] in SLIPS | {"dear", "god"} else word
    return MARKS.get(word, word)


def _is_number_word(lexemes: list[str], at: int, *, homophones: bool) -> bool:
    word = lexemes[at] if at < len(lexemes) else ""
    if homophones and word in HOMOPHONES and 0 < at < len(lexemes) - 1:
        return all(token_of(lexemes[near]) or lexemes[near] in HOMOPHONES for near in (at - 1, at + 1))
    return token_of(word) is not None


def _end_of_group(lexemes: list[str], start: int, *, homophones: bool) -> int:
    """Where the group that starts here ends: number words, with fillers, pauses and "and" between them."""
    if lexemes[start] == PLUS:
        at = start + 1
        while at < len(lexemes) and lexemes[at] in WITHIN:
            at += 1
        return _end_of_group(lexemes, at, homophones=homophones) if _starts_digits(lexemes, at) else start
    end = at = start
    while at < len(lexemes):
        if _is_number_word(lexemes, at, homophones=homophones):
            end = at + 1
        elif end == start or lexemes[at] not in WITHIN:
            break
        at += 1
    return end


def _starts_digits(lexemes: list[str], at: int) -> bool:
    return at < len(lexemes) and token_of(lexemes[at]) is not None


def _tokens(lexemes: list[str]) -> tuple[Token, ...]:
    tokens: list[Token] = []
    for word in lexemes:
        token = token_of(word)
        if token is None and word in HOMOPHONES:
            token = Token(Kind.HOMOPHONE, HOMOPHONES[word], word)
        if token is None:
            token = {PLUS: Token(Kind.PLUS, "+"), "and": Token(Kind.AND), PAUSE: Token(Kind.PAUSE)}.get(word)
        if token is not None:
            tokens.append(token)
    return tuple(tokens)


def _own_tokens(tokens: tuple[Token, ...], before: list[str], after: list[str]) -> tuple[Token, ...]:
    """The tokens of a group that are a telephone number's: without measures, extensions and labelled numbers."""
    if after and after[0] in MEASURES:
        tokens = _without_last_item(tokens)
    if EXTENSION in before[-3:]:
        return ()
    if _is_labelled(before, after):
        pauses = [at for at, token in enumerate(tokens) if token.kind is Kind.PAUSE]
        return tokens[pauses[0] + 1 :] if pauses else ()
    return tokens


def _without_last_item(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Without the measure that ran into the number: "… one four three, twenty four hours a day"."""
    kept = list(tokens)
    last = kept.pop().kind
    if last is Kind.UNIT and kept and kept[-1].kind is Kind.TENS:
        kept.pop()
    while kept and kept[-1].kind in {Kind.PAUSE, Kind.AND}:
        kept.pop()
    return tuple(kept)


def _gap(between: list[str], *, first: bool) -> Gap:
    words = set(between)
    if RESTART in words:
        return Gap.RESTART
    if first:
        return Gap.NOT if NOT in words else Gap.HARD
    if words & PUTTING_RIGHT:
        if words & HEAD_WORDS:
            # "Sorry, the area code is…" puts the beginning right: only a whole number after it can be trusted.
            return Gap.RESTART
        if words - TELLING - SLIP_TALK - PUTTING_RIGHT:
            return Gap.HARD if words & TIME_WORDS or EXTENSION in words else Gap.UNCLEAR
        return Gap.NOT if NOT in words else Gap.SLIP
    return Gap.HARD if words - TELLING else Gap.SOFT


def _is_labelled(before: list[str], after: list[str]) -> bool:
    """Whether the words around a group say that it counts something else: an invoice, an account, a date of birth."""
    label_at = max((at for at, word in enumerate(before) if _is_label(before, at)), default=-1)
    if label_at >= 0:
        tail = before[label_at + 1 :]
        named_directly = not set(tail) - LABEL_TAILS - FILLERS - {FILLER}
        paused = PAUSE in tail or STOP in tail
        numbered = bool(tail) and tail[0] in LABEL_TAILS
        resumed = any(w in TELEPHONE_WORDS or (w == "number" and at) for at, w in enumerate(tail))
        if not resumed and (named_directly or numbered or not paused):
            return True
    return after[:1] in (["is"], ["was"]) and bool(LABELS & set(after[1:4])) and not TELEPHONE_WORDS & set(after)


def _is_label(words: list[str], at: int) -> bool:
    in_phrase = at > 0 and words[at - 1] == "in"
    return words[at] in LABELS and not in_phrase


def _takes_back(rest: list[str]) -> bool:
    words = set(rest)
    if words & {TAKEN_BACK, RESTART}:
        return True
    return SLIP in words and not words - {SLIP, PAUSE, STOP, FILLER} - FILLERS - {"that"}
