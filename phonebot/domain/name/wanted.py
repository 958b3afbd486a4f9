"""Which of the words said may say whom: those after "speak to", not the caller's own name, nor whom they refuse."""

import re
from dataclasses import dataclass

from phonebot.domain.name.text import LONGEST, words_of
from phonebot.domain.name.words import CUES, ENDS_WHOM, OWN_NAME

MOST_WORDS = 24
"""Words among which a name is looked for."""


def _phrases(phrases: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(longest_first)})\b")


_CUE = _phrases(CUES)
_OWN = re.compile(
    _phrases(OWN_NAME).pattern
    + r"(?! (?:calling|ringing|phoning|returning|trying|hoping|wondering|looking|just|also|after|here)\b)"
)
_REFUSED = re.compile(
    r"\b\w+(?:'s| is| was) not (?:who|whom|the (?:one|person))\b[^,.;!?]*(?:[,.;!?]|$)"
    r"|\b(?:not|\w+n't want|don't mean|didn't (?:say|mean)|any(?:one|body) but|except)\s+[^,.;!?]*?"
    r"(?:[,.;!?]|$|\bbut\b|(?=\bi (?:want|said|meant|need)\b))",
    re.IGNORECASE,
)
_FROM_ELSEWHERE = re.compile(
    r"\b(?:its|it is|this is|my name is) \w+(?: \w+)? (?:calling |ringing |phoning )?(?:from|at) \w+(?: \w+)?"
    r"(?=.*\b(?:is|for|id|i|can|could|may)\b)"
)
"""Who is calling, of which business, before they say whom they want."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The words that may say whom. `asked`: words such as "speak to" lead to them."""

    words: tuple[str, ...]
    asked: bool
    refused: tuple[str, ...] = ()


def wanted(text: str) -> Wanted:
    """The words of what was said that may say whom somebody wants."""
    straight = text[:LONGEST].replace("’", "'")
    refused = tuple(word for match in _REFUSED.finditer(straight) for word in words_of(match[0]))
    words = words_of(_REFUSED.sub(" ", straight))[:MOST_WORDS]
    said = _FROM_ELSEWHERE.sub(" ", " ".join(words))
    words = said.split()
    cues = [match.end() for match in _CUE.finditer(said) if said[match.end() :].split()]
    after = said[cues[-1] :].split() if cues else words
    if not cues and (own := _OWN.search(said)):
        begin = said.find(" for ", own.end())
        before = said[: own.start()].split()
        after = said[begin + 5 :].split() if begin >= 0 else before or _after_a_pause(straight)
    elif cues and (own := _OWN.search(said, cues[-1])):
        after = said[cues[-1] : own.start()].split()
    return Wanted(tuple(_until_business(after)), bool(cues), refused)


def _after_a_pause(text: str) -> list[str]:
    """What comes after who is calling: "I'm Julie, is Sue there"."""
    return words_of(re.split(r"[,.;!?]\s", text, maxsplit=1)[-1]) if re.search(r"[,.;!?]\s", text) else []


def _until_business(words: list[str]) -> list[str]:
    end = next((at for at, word in enumerate(words) if word in ENDS_WHOM and at), len(words))
    return words[:end]
