"""Telephone numbers as callers tell them: kept for fiction, British and American, put together by a seed."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

DIGITS = ("oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_BEFORE = ("", "", "it's", "my number is", "yeah it's", "you can get me on", "um", "my mobile's", "right so that's")
_AFTER = ("", "", "", "thanks", "please", "that's my mobile", "all right bye", "and it's Julie", "any time after three")
_AREAS = ("212", "415", "617", "303", "206")
_SLIPS = ("no sorry", "sorry", "no wait", "I mean", "make that")
_Manner = Callable[[str, Random], str]
_AGAIN = ("that's", "I'll say that again", "again", "so")


@dataclass(frozen=True, slots=True)
class Told:
    """What is said, the office's region, and the E.164 that it means; None where no one number can be meant."""

    text: str
    region: str
    e164: str | None


def tellings(seed: int, count: int) -> list[Told]:
    """So many ways of telling a number; every tenth is short of a digit, has one too many, or tells of two numbers."""
    random = Random(seed)
    return [_unusable(random) if number % 10 == 9 else _told(random) for number in range(count)]


def _number(random: Random) -> tuple[str, tuple[str, ...], str]:
    """A region, the groups of a number as it is dialled there, and the E.164."""
    kind = random.randrange(3)
    if kind == 0:
        groups = ("07700", "900", f"{random.randrange(1000):03}")
    elif kind == 1:
        groups = ("020", "7946", f"0{random.randrange(1000):03}")
    else:
        area, last = random.choice(_AREAS), f"01{random.randrange(100):02}"
        return "US", (area, "555", last), f"+1{area}555{last}"
    return "GB", groups, "+44" + "".join(groups)[1:]


def _told(random: Random) -> Told:
    region, groups, e164 = _number(random)
    manner = random.choice(_MANNERS)
    said = [manner(group, random) for group in groups]
    if random.random() < 0.2:
        said[0] = _abroad(region, groups[0], manner, random)
    whole = random.choice((" ", ", ", " ")).join(said)
    turn = random.choice(("once", "once", "once", "twice", "last again", "all again", "not"))
    last = groups[-1]
    wrong = random.choice([digit for digit in "123456789" if digit not in "".join(groups)])
    slipped = " ".join([*said[:-1], _one_by_one(last[:-1] + wrong, random)])
    slip = random.choice(_SLIPS)
    words = {
        "once": whole,
        "twice": f"{whole}, {random.choice(_AGAIN)} {whole}",
        "last again": f"{slipped}, {slip}, {_one_by_one(last, random)}",
        "all again": f"{slipped}, {slip}, {whole}",
        "not": f"{slipped}, {slip}, {_digit(last[-1], random)} not {_digit(wrong, random)}",
    }[turn]
    return Told(_dressed(words, random), region, e164)


def _unusable(random: Random) -> Told:
    region, groups, _ = _number(random)
    last = groups[-1]
    kind = random.choice(("short", "long", "two"))
    if kind == "two":
        other = last[:-1] + str((int(last[-1]) + 3) % 10)
        one, two = (" ".join(_one_by_one(group, random) for group in (*groups[:-1], end)) for end in (last, other))
        return Told(_dressed(f"{one} or {two}", random, tail=False), region, None)
    digits = last[:-1] if kind == "short" else last + random.choice("123456789")
    words = " ".join(_one_by_one(group, random) for group in (*groups[:-1], digits))
    return Told(_dressed(words, random, tail=False), region, None)


def _abroad(region: str, first: str, manner: _Manner, random: Random) -> str:
    """The first group with the country before it and without the nought that is dialled inside it."""
    code = "44" if region == "GB" else "1"
    plus = f"+{code}" if manner is _numerals else f"plus {_one_by_one(code, random)}"
    return f"{plus} {manner(first.removeprefix('0'), random)}"


def _dressed(words: str, random: Random, tail: bool = True) -> str:
    return " ".join(f"{random.choice(_BEFORE)} {words} {random.choice(_AFTER) if tail else ''}".split())


def _digit(digit: str, random: Random) -> str:
    return random.choice(("oh", "oh", "zero", "nought")) if digit == "0" else DIGITS[int(digit)]


def _one_by_one(group: str, random: Random) -> str:
    said = [_digit(digit, random) for digit in group]
    if said and random.random() < 0.1:
        said.insert(random.randrange(len(said)), random.choice(("um", "er", "uh")))
    return " ".join(said)


def _doubled(group: str, random: Random) -> str:
    said, at = [], 0
    while at < len(group):
        run = len(group[at:]) - len(group[at:].lstrip(group[at]))
        taken = min(run, 3)
        said.append({1: "", 2: "double ", 3: "triple "}[taken] + _digit(group[at], random))
        at += taken
    return " ".join(said)


def _in_pairs(group: str, random: Random) -> str:
    """Four digits as two numbers, three that end in noughts as hundreds, others one by one."""
    if len(group) == 3 and group.endswith("00") and group[0] != "0":
        return f"{DIGITS[int(group[0])]} hundred"
    if len(group) != 4:
        return _one_by_one(group, random)
    return " ".join(_pair(group[at : at + 2], random) for at in (0, 2))


def _pair(digits: str, random: Random) -> str:
    if digits[0] == "0":
        return _one_by_one(digits, random)
    if digits[0] == "1":
        return _TEENS[int(digits[1])]
    return f"{_TENS[int(digits[0])]} {DIGITS[int(digits[1])] if digits[1] != '0' else ''}".strip()


def _numerals(group: str, random: Random) -> str:
    """As a recogniser writes them."""
    return group if random.random() < 0.7 else " ".join(group)


_MANNERS = (_one_by_one, _doubled, _in_pairs, _numerals)
