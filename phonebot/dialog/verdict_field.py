"""Whether the caller was got back to, in their own word; what they say besides is kept for the form."""

import re
from dataclasses import replace

from phonebot.dialog.dialogue import Dialogue
from phonebot.dialog.heard import Heard
from phonebot.dialog.introduction import introduction
from phonebot.dialog.phrases import (
    LONGEST_LOOKED_AT,
    asks_again,
    says_nothing,
    sounds_like_a_matter,
    spoken_key,
    words_of,
)
from phonebot.dialog.reached_words import knows_nothing_of_it, was_reached
from phonebot.dialog.understood import Failure, Filled, Understood, filled
from phonebot.dialog.word_list import words
from phonebot.dialog.yes_no import yes_or_no

FEWEST_WORDS_BESIDES = 5
"""Fewer words than this beside the answer, with no "about" in them, belong to the answer."""

MOST_WORDS_OF_AN_ANSWER = 7
"""A clause longer than this says more than whether they were reached: "nobody rang to say when the plumber comes"."""


def verdict(heard: Heard, dialogue: Dialogue) -> Understood:
    """Yes or no; "passed" for a caller who cannot say, or who goes straight on to what they want."""
    if key := heard.digits or spoken_key(heard.speech):
        failure = Failure.WRONGKEY if heard.digits else Failure.NOMATCH
        return {"1": Filled("yes", dialogue), "2": Filled("no", dialogue)}.get(key, failure)
    reached = was_reached(heard.speech)
    if reached is not None:
        kept = _with_the_rest(yes_or_no(_NO_ONE.sub("nobody", heard.speech)).rest, dialogue)
        return Filled("yes" if reached else "no", kept)
    if asks_again(heard.speech):
        return Failure.NOMATCH
    if knows_nothing_of_it(heard.speech):
        return Filled("passed", _with_the_rest(heard.speech, dialogue))
    if yes_or_no(heard.speech).answer is None and sounds_like_a_matter(heard.speech):
        return Filled("passed", _with_the_rest(heard.speech, dialogue))
    return Failure.NOMATCH


_NO_ONE = re.compile(r"\bno one\b", re.IGNORECASE)
"""Nobody, and not a no with a one after it."""

_CLAUSE = re.compile(r"[.,;:!?]+\s*|\b(?:and|but|so|because|cos)\b\s*", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:about|regarding|concerning)\s+(?=\w)", re.IGNORECASE)
_OF_THE_ANSWER = words(
    "i i'm i've we we're we've you you've they they've he he's she she's it it's me us him her somebody someone nobody",
    "anybody anyone one everyone who's there's a the my your any an not no yes did didn't do don't does have haven't",
    "has hasn't had hadn't was wasn't were weren't am are is been be being got get gotten getting ring rang rung",
    "call called calling calls phone phoned phoning spoke spoken speak talked talk heard hear reply replied reached",
    "reach contacted contact returned return back to from for with at all yet still waiting wait since then never ever",
    "again before already just only actually really yesterday today week last this day days weeks ago time message",
    "voicemail left missed miss think know remember sure afraid that which sorry thanks thank please well um uh er",
    "ringing about nothing word here sorted fine dealt good ok okay ever once twice month months morning afternoon",
)
_OF_AN_INTRODUCTION = words(
    "my name is name's it it's this i'm i am from of at calling ringing here speaking and the a"
)
_ASKS_FOR_SOMEBODY = re.compile(r"\b(?:(?:speak|talk) (?:to|with)|through to|speaking to)\b", re.IGNORECASE)


def _with_the_rest(rest: str, dialogue: Dialogue) -> Dialogue:
    """The call with what else was said: who is calling, or else what it is about."""
    said, certain = _besides(rest)
    enough = certain or len(words_of(said)) >= FEWEST_WORDS_BESIDES
    if not enough or says_nothing(said) or asks_again(said):
        return dialogue
    if not certain:
        dialogue, said = _introduced(said, dialogue)
    asks_for_somebody = _ASKS_FOR_SOMEBODY.search(said) and not _ABOUT.search(said)
    if not said or dialogue.answers.business or asks_for_somebody:
        return dialogue
    return replace(dialogue, answers=replace(dialogue.answers, business=said))


def _besides(rest: str) -> tuple[str, bool]:
    """What was said beyond the answer, from its first clause on, and whether an "about" says that it is the matter."""
    begin = 0
    for end in [*_CLAUSE.finditer(rest, 0, LONGEST_LOOKED_AT), None]:
        clause = rest[begin : end.start() if end else None]
        about = _ABOUT.search(clause)
        before = clause[: about.start()] if about else clause
        if about and _OF_THE_ANSWER.issuperset(words_of(before)):
            return rest[begin + about.end() :].strip(" .,;!?"), True
        if not _belongs_to_the_answer(clause):
            return rest[begin:].strip(" .,;!?"), False
        begin = end.end() if end else len(rest)
    return "", False


def _belongs_to_the_answer(clause: str) -> bool:
    """Whether a clause only says again whether they were reached: "somebody rang me on Tuesday"."""
    said = words_of(clause)
    short = len(said) <= MOST_WORDS_OF_AN_ANSWER
    return _OF_THE_ANSWER.issuperset(said) or (
        short and (was_reached(clause) is not None or knows_nothing_of_it(clause))
    )


def _introduced(said: str, dialogue: Dialogue) -> tuple[Dialogue, str]:
    """The call with who is calling, where they say so outright, and what is left of the words for what it is about."""
    who, more = introduction(said), ""
    if who.name and " and " in who.name:
        alone, _, more = said.partition(" and ")
        who = introduction(alone)
    if not who.name or not (who.company or who.business or "name" in words_of(said)):
        return dialogue, said
    named = filled(dialogue, name=who.name, company=who.company).dialogue
    return named, who.business or more or _beyond_a_name(said, f"{who.name} {who.company or ''}")


def _beyond_a_name(said: str, named: str) -> str:
    """All that was said where it goes beyond the name and the business rung from, else nothing."""
    known = _OF_AN_INTRODUCTION.union(words_of(named))
    beyond = [word for word in words_of(said) if word not in known]
    return said if len(beyond) >= FEWEST_WORDS_BESIDES - 1 else ""
