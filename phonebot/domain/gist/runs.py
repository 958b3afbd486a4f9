"""Runs of digits in running text: where they stand, and which digit is written where."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from phonebot.domain.gist.tokens import Shape, Token
from phonebot.domain.phone.digits import HOMOPHONES, PLURALS, TEENS, TENS, TIMES, UNITS, words_of
from phonebot.domain.phone.number_words import MEASURES

PAUSES = frozenset(",.…;")
FILLERS = words_of("um uh er erm ah")
_WITHIN = frozenset("-–—()/+") | PAUSES
_COUNTS = frozenset(("hundred", "thousand"))
NUMBER_WORDS = frozenset((*UNITS, *TEENS, *TENS, *TIMES, *PLURALS, *_COUNTS))
"""The words that are digits, or make some of what follows them, wherever they stand."""


@dataclass(frozen=True, slots=True)
class Digit:
    """One digit and the stretch of the text that writes it: a figure, or a word which may write two of them."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Run:
    """Digits said in one go. `at` and `after` are the places of its tokens, `e164` the number meant where sure."""

    digits: tuple[Digit, ...]
    at: int
    after: int
    e164: str | None = None

    @property
    def said(self) -> str:
        """The digits in one string."""
        return "".join(digit.value for digit in self.digits)

    @property
    def start(self) -> int:
        """Where its first digit begins in the text."""
        return self.digits[0].start

    @property
    def end(self) -> int:
        """Where its last digit ends in the text."""
        return self.digits[-1].end


def is_figure(token: Token) -> bool:
    """Whether it is anything but a word, or a word that writes digits."""
    return token.shape is not Shape.WORD or token.key in NUMBER_WORDS


def has_digits(tokens: Sequence[Token]) -> bool:
    """Whether there is a digit at all, in figures or in words; where there is none, no run need be looked for."""
    return any(map(_writes_digits, tokens))


def runs(tokens: Sequence[Token]) -> Iterator[Run]:
    """Every run of digits, long or short."""
    for at, after in stretches_of_digits(tokens):
        digits = digits_of(tokens[at:after])
        if digits:
            yield Run(digits, at, after)


def until_pause(run: Run, tokens: Sequence[Token]) -> str:
    """The digits of the run up to a pause: of "4417, 3 boxes" 4417; the comma of "4,417" is none."""
    for here in range(run.at, run.after - 1):
        if tokens[here].key in PAUSES and tokens[here + 1].start > tokens[here].end:
            return "".join(digit.value for digit in run.digits if digit.end <= tokens[here].start)
    return run.said


def stretches_of_digits(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Where digits stand one after another with nothing but pauses and fillers between."""
    here = 0
    for at, token in enumerate(tokens):
        # A word that is a digit only between digits begins no stretch, so that most tokens need no second look.
        if at < here or not _writes_digits(token):
            continue
        after = here = at + 1
        while here < len(tokens) and (_is_digits(tokens, here) or _may_stand_within(tokens[here])):
            here += 1
            after = here if _is_digits(tokens, here - 1) else after
        if after < len(tokens) and tokens[after].key in MEASURES:
            after -= 1
        if after > at:
            yield at, after


def _is_digits(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if _writes_digits(token):
        return True
    within = token.key in HOMOPHONES and 0 < at < len(tokens) - 1
    return within and _is_one_digit(tokens[at - 1]) and _is_one_digit(tokens[at + 1])


def _writes_digits(token: Token) -> bool:
    return token.shape is Shape.NUMERAL or token.key in NUMBER_WORDS


def _is_one_digit(token: Token) -> bool:
    return token.key in UNITS or (token.shape is Shape.NUMERAL and len(token.key) == 1)


def _may_stand_within(token: Token) -> bool:
    return token.key in _WITHIN if token.shape is Shape.MARK else token.key in FILLERS


def digits_of(tokens: Sequence[Token]) -> tuple[Digit, ...]:
    """The digits of a stretch with their places; a word that writes two stands for both."""
    found: list[Digit] = []
    times, times_start = 1, 0
    for at, token in enumerate(tokens):
        if token.key in TIMES:
            times, times_start = TIMES[token.key], token.start
            continue
        values = _values(tokens, at)
        if not values:
            continue
        if token.shape is Shape.NUMERAL:
            places = [Digit(value, token.start + n, token.start + n + 1) for n, value in enumerate(values)]
        else:
            places = [Digit(value, token.start, token.end) for value in values]
        doubled = [Digit(places[0].value, times_start, places[0].end)] * (times - 1) if times > 1 else []
        found += [*doubled, *places]
        times = 1
    return tuple(found)


def _values(tokens: Sequence[Token], at: int) -> str:
    """The digits that one token writes where it stands: "twenty" is 2 before a unit and 20 elsewhere."""
    token = tokens[at]
    if token.shape is Shape.NUMERAL:
        return token.key
    if token.key in TENS:
        followed = at + 1 < len(tokens) and _is_one_digit(tokens[at + 1]) and UNITS.get(tokens[at + 1].key) != "0"
        return TENS[token.key] if followed else TENS[token.key] + "0"
    if token.key in _COUNTS:
        return "00" if token.key == "hundred" else "000"
    plain = UNITS.get(token.key) or TEENS.get(token.key) or PLURALS.get(token.key)
    return plain or (HOMOPHONES.get(token.key) if 0 < at < len(tokens) - 1 else None) or ""
