"""The digits that number words and numerals stand for: "double oh", "thirty four", "nine hundred", "07 double 70"."""

from dataclasses import dataclass
from enum import Enum, auto


def words_of(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())


_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_FROM_TEN = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_FROM_TWENTY = "twenty thirty forty fifty sixty seventy eighty ninety"

UNITS = {
    **{word: str(n) for n, word in enumerate(_DIGITS)},
    **dict.fromkeys(("oh", "o", "nought", "naught", "aught", "nil"), "0"),
    "niner": "9",
}
TEENS = {word: str(n) for n, word in enumerate(_FROM_TEN.split(), start=10)}
TENS = {**{word: str(n) for n, word in enumerate(_FROM_TWENTY.split(), start=2)}, "fourty": "4", "ninty": "9"}
TIMES = {"double": 2, "triple": 3, "treble": 3, "quadruple": 4}
PLURALS = {**{word + "s": UNITS[word] for word in (*_DIGITS, "nought")}, "zeroes": "0", "sixes": "6"}
HOMOPHONES = {"to": "2", "too": "2", "for": "4", "ate": "8", "won": "1"}
"""What a recogniser writes for a digit between digits; anywhere else they are words."""

MOST_TOKENS = 60
"""A number said three times over with every digit a word; more than that in one breath is not a telephone number."""

_MOST_READINGS = 24


class Kind(Enum):
    """What part a token plays in a number."""

    UNIT = auto()
    TEEN = auto()
    TENS = auto()
    HUNDRED = auto()
    THOUSAND = auto()
    TIMES = auto()
    PLURAL = auto()
    NUMERAL = auto()
    HOMOPHONE = auto()
    AND = auto()
    PAUSE = auto()
    PLUS = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """One word or numeral of a number; `digits` is what it writes alone: "7", "15", "3" of thirty, "07700"."""

    kind: Kind
    digits: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to hear a run of tokens, chunk by chunk; the higher the cost, the less people mean it so."""

    chunks: tuple[str, ...]
    cost: int = 0

    @property
    def digits(self) -> str:
        """The chunks in one string."""
        return "".join(self.chunks)


def token_of(word: str) -> Token | None:
    """The number token a lower-case word is, or None for any other word."""
    if word.isascii() and word.isdigit():
        return Token(Kind.NUMERAL, word, word)
    for kind, table in ((Kind.UNIT, UNITS), (Kind.TEEN, TEENS), (Kind.TENS, TENS), (Kind.PLURAL, PLURALS)):
        if word in table:
            return Token(kind, table[word], word)
    if word in TIMES:
        return Token(Kind.TIMES, str(TIMES[word]), word)
    if word in {"hundred", "thousand"}:
        return Token(Kind.HUNDRED if word == "hundred" else Kind.THOUSAND, "", word)
    return None


def readings(tokens: tuple[Token, ...]) -> list[Reading]:
    """The ways to hear these tokens, the likeliest first, at most a few dozen; none where they make no digits."""
    if len(tokens) > MOST_TOKENS:
        return []
    reached: list[list[Reading]] = [[] for _ in range(len(tokens) + 1)]
    reached[0] = [Reading(())]
    for at in range(len(tokens)):
        best = sorted(reached[at], key=lambda reading: reading.cost)[:_MOST_READINGS]
        for chunk, after, cost in _chunks_at(tokens, at) if best else ():
            added = (chunk,) if chunk else ()
            reached[after].extend(Reading(reading.chunks + added, reading.cost + cost) for reading in best)
    found = sorted(reached[len(tokens)], key=lambda reading: reading.cost)
    return [reading for reading in found if reading.chunks][:_MOST_READINGS]


_Chunk = tuple[str, int, int]
"""Digits, the index of the next token, and the cost of hearing them so."""


def _chunks_at(tokens: tuple[Token, ...], at: int) -> list[_Chunk]:
    token = tokens[at]
    match token.kind:
        case Kind.PAUSE | Kind.AND:
            return [("", at + 1, 0)]
        case Kind.TIMES:
            return _repeated(tokens, at)
        case Kind.HUNDRED | Kind.THOUSAND | Kind.PLURAL:
            # Left over without what it counts: "a hundred" at the start is one hundred, nothing else is.
            return [("1" + _zeros(token), at + 1, 1)] if token.kind is not Kind.PLURAL and at == 0 else []
        case Kind.HOMOPHONE:
            return [(token.digits, at + 1, 1)]
        case Kind.PLUS:
            return [("+", at + 1, 0)]
        case _:
            return _counted(tokens, at)


def _zeros(token: Token) -> str:
    return "00" if token.kind is Kind.HUNDRED else "000"


def _kind(tokens: tuple[Token, ...], at: int) -> Kind | None:
    return tokens[at].kind if at < len(tokens) else None


def _skip_pauses(tokens: tuple[Token, ...], at: int) -> int:
    while _kind(tokens, at) in {Kind.PAUSE, Kind.AND}:
        at += 1
    return at


def _repeated(tokens: tuple[Token, ...], at: int) -> list[_Chunk]:
    """Double, triple: of the next digit; of a numeral its first digit, or rarely the whole ("double fifty")."""
    times, after = int(tokens[at].digits), _skip_pauses(tokens, at + 1)
    if after >= len(tokens):
        return []
    token = tokens[after]
    if token.kind in {Kind.UNIT, Kind.PLURAL, Kind.HOMOPHONE}:
        return [(token.digits * times, after + 1, 0)]
    if token.kind is Kind.NUMERAL:
        whole = [(token.digits * times, after + 1, 2)] if len(token.digits) == 2 else []
        return [(token.digits[0] * times + token.digits[1:], after + 1, 0), *whole]
    return [(chunk * times, end, cost + 1) for chunk, end, cost in _below_hundred(tokens, after) if len(chunk) == 2]


def _below_hundred(tokens: tuple[Token, ...], at: int) -> list[_Chunk]:
    """A digit, a pair or a numeral; "thirty four" is 34 and seldom 30 4, the other way round after a pause."""
    token = tokens[at]
    if token.kind is not Kind.TENS:
        return [(token.digits, at + 1, 0)]
    after = at + 1
    paused = _kind(tokens, after) is Kind.PAUSE
    unit = after + 1 if paused else after
    round_tens = token.digits + "0"
    is_digit = _kind(tokens, unit) in {Kind.UNIT, Kind.NUMERAL} and len(tokens[unit].digits) == 1
    if not is_digit or tokens[unit].digits == "0":
        return [(round_tens, after, 0)]
    return [(token.digits + tokens[unit].digits, unit + 1, int(paused)), (round_tens, after, int(not paused))]


def _counted(tokens: tuple[Token, ...], at: int) -> list[_Chunk]:
    """A count with what it counts: "nine hundred", "forty eight hundred", "one thousand and twelve", "three fives"."""
    found: list[_Chunk] = []
    for count, after, cost in _below_hundred(tokens, at):
        kind = _kind(tokens, after)
        if kind in {Kind.HUNDRED, Kind.THOUSAND} and not count.startswith("0") and len(count) <= 2:
            found.extend(_with_rest(tokens, after + 1, count, _zeros(tokens[after]), cost))
        elif kind is Kind.PLURAL and count in {"2", "3", "4"}:
            found.append((tokens[after].digits * int(count), after + 1, cost))
        else:
            found.append((count, after, cost))
    return found


def _with_rest(tokens: tuple[Token, ...], at: int, count: str, zeros: str, cost: int) -> list[_Chunk]:
    """Hundreds or thousands alone, and filled up by what follows: "nine hundred and twelve" is 912, less often 90012.

    Without "and" a digit follows on by itself ("nine hundred one four three" is 900143); a pair may do either.
    """
    joined = _kind(tokens, at) is Kind.AND
    rest = at + 1 if joined else at
    if _kind(tokens, rest) not in {Kind.UNIT, Kind.TEEN, Kind.TENS, Kind.NUMERAL}:
        return [(count + zeros, at, cost)]
    filled: list[_Chunk] = []
    for chunk, after, extra in _counted(tokens, rest):
        if len(chunk) <= len(zeros) and not chunk.startswith("0"):
            lone_digit = int(len(chunk) == 1 and not joined)
            filled.append((count + zeros[: len(zeros) - len(chunk)] + chunk, after, cost + extra + lone_digit))
    # A digit after "and" may as well be the next one ("nine hundred and one four three"): the length then decides.
    pair_joined = joined and tokens[rest].kind is not Kind.UNIT
    return [(count + zeros, at, cost + int(pair_joined)), *filled]
