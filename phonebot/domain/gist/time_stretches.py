"""Where a sentence says a time of any sort, by the words and figures that may begin, make and end one."""

from collections.abc import Iterable, Sequence

from phonebot.domain.gist import time_words as words
from phonebot.domain.gist.runs import is_figure
from phonebot.domain.gist.tokens import Shape, Token

_MOST_WORDS = 14
_MAKES = words.TIMES | words.UNITS | words.ORDINALS | words.NUMBERS | {"may", "any", "anytime"}
"""Without any of these, or figures, no sentence says a time."""

_STANDS = words.TIMES | words.UNITS | words.JOINERS | words.NUMBERS
_BEFORE_ORDINALS = words.WEEKDAYS | words.MONTHS | {"the", "twenty", "thirty"}
_AFTER_HOURS = words.TIMES | {"to", "past", "in", "am", "pm"}
_MAKES_OF_UNITS = frozenset({"next", "this", "end", "half", "in", "within", "close"})
_STARTERS = words.FILLERS | {"as", "on", "i", "i'm", "then", "because", "my", "at", "about", "cause", "with", "we"}


def may_say_a_time(sentence: Iterable[Token]) -> bool:
    """Whether there is anything at all in the sentence of which a time is made; most have nothing."""
    return any(token.key in _MAKES or _is_figures(token) for token in sentence)


def _is_figures(token: Token) -> bool:
    """Whether it is written in figures that may stand in a time."""
    shape = token.shape
    return shape is Shape.CLOCK or shape is Shape.ORDINAL or (shape is Shape.NUMERAL and len(token.key) <= 2)


def time_stretches(sentence: Sequence[Token]) -> list[tuple[int, int]]:
    """Where the sentence says a time of any sort, trimmed to what may begin and end one."""
    found = []
    at = 0
    while at < len(sentence):
        after = at
        while after < len(sentence) and after - at < _MOST_WORDS and _may_stand_in_a_time(sentence, after):
            after += 1
        trimmed = _trimmed(sentence, at, after)
        if trimmed and _says_a_time(sentence, *trimmed):
            found.append(trimmed)
        at = max(after, at + 1)
    return found


def _may_stand_in_a_time(sentence: Sequence[Token], at: int) -> bool:
    token = sentence[at]
    if token.shape is Shape.MARK:
        stop = token.key == "." and at > 0 and sentence[at - 1].shape is Shape.CLOCK
        within = (stop or token.key in {",", "-", "–"}) and 0 < at < len(sentence) - 1
        return within and _is_time_word(sentence[at + 1]) and _is_time_word(sentence[at - 1])
    return _is_time_word(token) or _is_ordinal(sentence, at)


def _is_time_word(token: Token) -> bool:
    if token.shape is Shape.WORD:
        return token.key in _STANDS or (token.key == "may" and token.capital)
    return _is_figures(token)


def _is_ordinal(sentence: Sequence[Token], at: int) -> bool:
    """Whether a day of the month stands there, in figures or as "the thirtieth"; "wait a second" has none."""
    token = sentence[at]
    if token.shape is Shape.ORDINAL:
        return True
    return token.key in words.ORDINALS and at > 0 and sentence[at - 1].key in _BEFORE_ORDINALS


def _trimmed(sentence: Sequence[Token], at: int, after: int) -> tuple[int, int] | None:
    while at < after and not _may_begin(sentence, at):
        at += 1
    while after > at and _may_not_end(sentence, after - 1):
        after -= 1
    return (at, after) if at < after else None


def _may_not_end(sentence: Sequence[Token], at: int) -> bool:
    if sentence[at].shape is Shape.MARK:
        return True
    return sentence[at].key in words.ENDERS_NOT and not _is_ordinal(sentence, at)


def _may_begin(sentence: Sequence[Token], at: int) -> bool:
    token = sentence[at]
    if token.shape is Shape.CLOCK or token.shape is Shape.ORDINAL or token.key in words.BEGINNERS:
        return True
    following = sentence[at + 1] if at + 1 < len(sentence) else None
    if following is None:
        return False
    if token.key == "the":
        return _is_ordinal(sentence, at + 1) or following.key in {"end", "weekend", "day"}
    if token.key == "day":
        return following.key == "after"
    return _is_hour(token) and _begins_with_an_hour(sentence, at)


def _is_hour(token: Token) -> bool:
    return token.key in words.NUMBERS or (token.shape is Shape.NUMERAL and len(token.key) <= 2)


def _begins_with_an_hour(sentence: Sequence[Token], at: int) -> bool:
    """Whether a bare hour begins a time, as in "ten to five" and "seven thirty tomorrow"; digits of a number do not."""
    figures = [token for token in sentence[at : at + 4] if token.key != "-"]
    count = next((n for n, token in enumerate(figures) if not _is_hour(token)), len(figures))
    if count == len(figures) or count > 2 or (at > 0 and is_figure(sentence[at - 1])):
        return False
    goes_on = figures[count]
    return goes_on.shape is Shape.CLOCK or goes_on.key in _AFTER_HOURS


def _says_a_time(sentence: Sequence[Token], at: int, after: int) -> bool:
    """Whether a stretch is a time, and not "in the", "at 12" of an address or "by three people"."""
    stretch = sentence[at:after]
    before = sentence[at - 1].key if at else ""
    if before in words.PAST or before in words.GREETINGS:
        return False
    if any(token.shape is Shape.CLOCK or token.key in words.TIMES or token.key == "may" for token in stretch):
        return True
    if any(_is_ordinal(sentence, here) for here in range(at, after)):
        return True
    keys = [token.key for token in stretch]
    if words.UNITS.intersection(keys):
        return len(keys) > 1 and not _MAKES_OF_UNITS.isdisjoint(keys)
    if keys[0] in {"any", "anytime"}:
        return "anytime" in keys or "time" in keys
    hours = [n for n, token in enumerate(stretch) if token.shape is Shape.NUMERAL or token.key in words.NUMBERS]
    return bool(hours) and bool(words.BOUNDS.intersection(keys[: hours[-1]])) and _ends_alone(sentence, after)


def _ends_alone(sentence: Sequence[Token], after: int) -> bool:
    """Whether a bare number counts nothing: "before five", but not "at 12 Oak Street", nor "after 5 attempts"."""
    if after >= len(sentence):
        return True
    following = sentence[after]
    return following.shape is Shape.MARK or following.key in _STARTERS
