"""When a recording asks for the call, or sets a deadline: the stretches of it that say so, and not its other dates."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from phonebot.domain.gist import time_words as words
from phonebot.domain.gist.time_stretches import may_say_a_time, time_stretches
from phonebot.domain.gist.time_ties import from_refusal, is_tied
from phonebot.domain.gist.tokens import Token, sentences_of
from phonebot.domain.window import Part, understand

_AT_THE_LATEST = re.compile(r",? at the (?:very )?latest", re.IGNORECASE)
_MOST_TIMES = 12

_PartsOf = Callable[[str], tuple[Part, ...]]
"""What is meant by the words of a time."""


@dataclass(frozen=True, slots=True)
class SaidTime:
    """A time for the call as the recording says it: where it stands, and what is meant, empty where not understood."""

    start: int
    end: int
    parts: tuple[Part, ...]
    deadline: bool


def times_for_the_call(text: str, tokens: Sequence[Token], at: datetime, zone: ZoneInfo) -> list[SaidTime]:
    """The times that are tied to the call back, in the order said; `at` (aware) is when it was said."""
    understood: dict[str, tuple[Part, ...]] = {}

    def parts_of(said: str) -> tuple[Part, ...]:
        # People say their time twice, and to understand it costs more than all the rest.
        if said not in understood:
            understood[said] = understand(said, at, zone).parts
        return understood[said]

    found = (
        _said_time(text, sentence, begin, after, parts_of)
        for sentence in sentences_of(tokens)
        if may_say_a_time(sentence)
        for begin, after in time_stretches(sentence)
        if is_tied(sentence, begin, after)
    )
    return list(islice((each for each in found if each.parts), _MOST_TIMES))


def _said_time(text: str, sentence: Sequence[Token], begin: int, after: int, parts_of: _PartsOf) -> SaidTime:
    begin = from_refusal(sentence, begin)
    start, end = sentence[begin].start, sentence[after - 1].end
    deadline = any(token.key in words.DEADLINES for token in sentence[begin:after])
    said, latest = _AT_THE_LATEST.subn("", text[start:end])
    said = f"by {said}" if latest and not words.DEADLINES.intersection(said.lower().split()) else said
    return SaidTime(start, end, parts_of(said), deadline)
