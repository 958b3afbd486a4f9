"""Whether a time that a sentence says is one for the call back, and not of what the call is about or of what was."""

from collections.abc import Sequence
from itertools import islice

from phonebot.domain.gist import time_words as words
from phonebot.domain.gist.runs import is_figure
from phonebot.domain.gist.tokens import Shape, Token

_FAR = 12
"""Words between what is asked and its time, beyond which they do not belong together."""


def is_tied(sentence: Sequence[Token], at: int, after: int) -> bool:
    """Whether the time is one for the call: by the nearest word before it that ties it, else by those after it."""
    if words.PAST.intersection(token.key for token in sentence[at:after]):
        return False
    if sentence[at].key == "in" and at and sentence[at - 1].key in {"i'm", "we're", "be", "am", "are"}:
        return True
    if busy_before(sentence, at) is not None:
        return sentence[at].key in {"until", "till"}
    if _opens_a_clause(sentence, at) and words.FITS.intersection(t.key for t in sentence[after : after + 4]):
        return True
    deadline = any(token.key in words.DEADLINES for token in sentence[at:after])
    before = (here for here in range(at - 1, -1, -1) if not is_figure(sentence[here]))
    for here in islice(before, _FAR):
        verdict = _tie(sentence, here, deadline=deadline)
        if verdict is not None:
            return verdict
    following = [token.key for token in sentence[after : after + 6] if token.shape is Shape.WORD]
    for key in following:
        if key in words.OTHER:
            return False
        if key in words.FITS:
            return True
    rest = [token.key for token in [*sentence[:at], *sentence[after:]] if token.shape is not Shape.MARK]
    return all(key in words.FILLERS or key in words.JOINERS for key in rest)


def _opens_a_clause(sentence: Sequence[Token], at: int) -> bool:
    return at == 0 or sentence[at - 1].key in {",", "but", "so", "though"}


def _tie(sentence: Sequence[Token], here: int, *, deadline: bool) -> bool | None:
    """What the word there ties a later time to: True the call, False something else, None nothing."""
    key = sentence[here].key
    before = sentence[here - 1].key if here else ""
    if key == "it" and before == "make":
        return words.REFUSALS.isdisjoint(token.key for token in sentence[max(0, here - 4) : here])
    if (key == "me" and before in {"get", "give"}) or (key == "back" and before in {"get", "getting"}):
        return True
    if key in {"close", "closing"}:
        return False  # "close of business" stands within its time, not before it
    if deadline and key in words.WANTS:
        return True
    if deadline and key in words.TOPICS:
        return None
    if key in words.OTHER or key in words.TOPICS:
        return False
    if key not in words.CALLS:
        return None
    # "He'll call you on Friday" and "I was told that you'd call by Monday" ask for no call then.
    they_call = [token.key for token in sentence[here + 1 : here + 2]] == ["you"]
    needless = [token.key for token in sentence[max(0, here - 3) : here]][:2] == ["no", "need"]
    return not (they_call or needless) and words.REPORTED.isdisjoint(token.key for token in sentence[:here])


def busy_before(sentence: Sequence[Token], at: int) -> int | None:
    """Where the words begin that say that somebody is busy at the time: "at work until five"."""
    here = next((n for n in range(at - 1, max(-1, at - 3), -1) if sentence[n].key in words.BUSY), None)
    return None if here is None else here - (here > 0 and sentence[here - 1].key == "at")


def from_refusal(sentence: Sequence[Token], at: int) -> int:
    """Where a refusal before the time begins: "don't call before ten" is no "before ten"."""
    busy = busy_before(sentence, at)
    if busy is not None:
        return busy
    for here in range(at - 1, max(-1, at - 6), -1):
        if sentence[here].shape is Shape.MARK:
            return at
        if sentence[here].key in words.REFUSALS:
            return here
    return at
