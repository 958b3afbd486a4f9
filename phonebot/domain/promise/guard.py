"""The wording guard: finds what promises a caller contact or a time, and says what to write instead."""

from dataclasses import dataclass, replace

from phonebot.domain.promise.context import BE_NOW
from phonebot.domain.promise.grammar import Finding, findings
from phonebot.domain.promise.lexicon import ADVERBS
from phonebot.domain.promise.words import COMMA, STOP, Words, read_words, word_set


@dataclass(frozen=True, slots=True)
class Promise:
    """A stretch of text, `text[start:end]`, that promises something.

    `kind` is "contact" (somebody will call or write), "habit" (calls are always returned), "passive" (your call will
    be returned), "expectation" (the caller may expect a call) or "time" (by when, how long).
    """

    start: int
    end: int
    kind: str


def promises(text: str) -> tuple[Promise, ...]:
    """Every promise of contact or of time in an English text, in order, never overlapping. No text raises."""
    words = read_words(text)
    merged: list[Finding] = []
    for found in sorted(findings(words), key=lambda found: (found.first, -found.end)):
        taken = merged[-1].end if merged else 0
        if found.first < taken:
            merged[-1] = replace(merged[-1], end=max(taken, found.end))
        else:
            merged.append(_with_subject_and_time(words, found, taken))
    return tuple(
        Promise(words.words[found.first].start, words.words[found.end - 1].end, found.kind) for found in merged
    )


_INSTEAD = {
    "contact": "Say what is true now: where the person is and when they expect to be back, or that the message will be "
    "passed on, such as 'I will pass this on to Sue.'",
    "habit": "Say when messages are listened to, such as 'Messages are checked at nine and at two.'",
    "passive": "Say what happens to the message and no more, such as 'Sue will have your message when she is back.'",
    "expectation": "Leave out what the caller may await; ask instead what would suit them, such as 'When would suit "
    "you for a call?'",
    "time": "Leave out how long it may take; say when the person expects to be back, such as 'Sue expects to be back "
    "on Thursday morning.'",
}


def instead(text: str) -> str | None:
    """What to write in place of the first promise in the text, in words the guard lets pass; None if there is none."""
    found = promises(text)
    return _INSTEAD[found[0].kind] if found else None


_TIME_WORDS = (
    word_set(
        "at on in by within before after this the a an next of end day days hour hours minute minutes morning "
        "afternoon evening week weeks working business monday tuesday wednesday thursday friday saturday sunday as "
        "soon possible first thing same moment second about half past quarter to o'clock noon lunch lunchtime two "
        "three four five six seven eight nine ten eleven twelve one couple few i we she he they can is are 's back "
        "free between and am pm"
    )
    | ADVERBS
)
_TIME_OPENS = ADVERBS | word_set(
    "at on in by within before after this next as first when once the between monday tuesday wednesday "
    "thursday friday saturday sunday"
)
_LEFT_OPEN = word_set("at on in by within before after this the a an next of as i we she he they when once to and")
_SUBJECT_STOPS = frozenset((STOP, COMMA, "and", "but", "so", "or", "that", "message", "please", "number", "then"))


def _with_subject_and_time(words: Words, found: Finding, taken: int) -> Finding:
    """The finding widened by the word that says who, from the word `taken` on, and by the words that say when."""
    first = found.first
    if words.at(first - 1) in BE_NOW and first > taken:
        first -= 1
    if first > taken and words.at(first - 1) not in _SUBJECT_STOPS:
        first -= 1
    end = found.end
    if words.at(end) in _TIME_OPENS:
        while end < len(words.words) and end - found.end < 10 and _is_time_word(words.at(end)):
            end += 1
    while end > found.end and words.at(end - 1) in _LEFT_OPEN:
        end -= 1
    while end > first + 1 and words.at(end - 1) in {STOP, COMMA, "and", "to"}:
        end -= 1
    return Finding(found.kind, first, end)


def _is_time_word(word: str) -> bool:
    return word in _TIME_WORDS or word[0].isdigit()
