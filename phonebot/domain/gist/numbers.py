"""Telephone numbers in running text: where they stand, and which number is meant; what else is numbered by a label."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from phonebot.domain.gist.runs import FILLERS, PAUSES, Run, digits_of, stretches_of_digits
from phonebot.domain.gist.tokens import Shape, Token
from phonebot.domain.phone import spoken_number
from phonebot.domain.phone.digits import words_of
from phonebot.domain.phone.number_words import LABEL_TAILS, LABELS
from phonebot.domain.phone.rules import resolve

FEWEST_DIGITS, _MOST = 7, 15
"""Digits of a subscriber's number without its area, and of E.164."""

LABELLED = LABELS | words_of("patient nhs meter vehicle imei bank sort")
_DIALLED = words_of("area dialling dialing std city country international")
"""Before "code", what makes it one of a telephone number."""

_LABEL_REACH = 8
_MOST_RUNS = 40
_DAY = re.compile(r"(?:\d{2}|\d{4})\d{2}(?:19|20)\d\d|(?:19|20)\d{6}|(?:(?:19|20)\d\d)+")
"""Dates and years written without their marks."""


def telephone_runs(text: str, tokens: Sequence[Token], region: str) -> list[Run]:
    """The telephone numbers in the text, also those that are a digit short or long; no labelled number or amount."""
    found: list[Run] = []
    for at, after in islice(stretches_of_digits(tokens), _MOST_RUNS):
        begin = _past_label(tokens, at, after)
        if begin < after:
            found += _numbers(text, tokens, begin, after, region)
    return found


def _past_label(tokens: Sequence[Token], at: int, after: int) -> int:
    """Where a telephone number may begin: behind the number of an invoice, which a pause ends."""
    if label_before(tokens, at) is None:
        return at
    pauses = [here for here in range(at, after) if tokens[here].key in PAUSES]
    return pauses[0] + 1 if pauses else after


def label_before(tokens: Sequence[Token], at: int) -> int | None:
    """Where the word stands that says what the number there is a number of: "invoice", "order"."""
    here = at - 1
    while here >= 0 and at - here <= _LABEL_REACH:
        token = tokens[here]
        if token.key in LABELLED:
            return None if token.key == "code" and tokens[max(here - 1, 0)].key in _DIALLED else here
        passed = token.key in LABEL_TAILS or token.key in FILLERS or len(token.key) == 1
        passed = passed or token.shape is Shape.CODE or (token.shape is Shape.NUMERAL and _follows_code(tokens, here))
        if not passed or token.key in PAUSES:
            return None
        here -= 1
    return None


def _follows_code(tokens: Sequence[Token], at: int) -> bool:
    """Whether figures there go on with what letters and figures began: "tracking number 1Z 999"."""
    return at > 0 and tokens[at - 1].shape is Shape.CODE


def _numbers(text: str, tokens: Sequence[Token], at: int, after: int, region: str) -> list[Run]:
    """The numbers of one stretch: the whole where it is one, else the longest that its pauses part, else as it is."""
    whole = _run(text, tokens, at, after, region)
    if whole is None or whole.e164 is not None:
        return [whole] if whole else []
    cuts = sorted({at, after, *(here + 1 for here in range(at, after) if tokens[here].key in PAUSES)})
    cuts += [at + 1, after - 1] if len(cuts) < 3 else []
    spans = [(a, b) for a in cuts[:8] for b in cuts[:8] if a < b and (a, b) != (at, after)]
    found: list[Run] = []
    for begin, end in sorted(spans, key=lambda span: span[0] - span[1]):
        if all(end <= run.at or begin >= run.after for run in found):
            part = _run(text, tokens, begin, end, region)
            found += [part] if part is not None and part.e164 else []
    if found:
        return sorted(found, key=lambda run: run.at)
    return [whole] if len(whole.said) <= _MOST and not _DAY.fullmatch(whole.said) else []


def _run(text: str, tokens: Sequence[Token], at: int, after: int, region: str) -> Run | None:
    digits = digits_of(tokens[at:after])
    if len(digits) < FEWEST_DIGITS or len(digits) > 3 * _MOST:
        return None
    run = Run(digits, at, after)
    plus = at > 0 and tokens[at - 1].key in {"+", "plus"}
    e164 = (resolve("+" + run.said, region) if plus else None) or resolve(run.said, region)
    return replace(run, e164=e164 or spoken_number(text[run.start : run.end], region).e164)
