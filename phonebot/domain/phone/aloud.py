"""A telephone number for the ear: in the groups that people of the office's region say, as words."""

import re
from itertools import groupby

import phonenumbers
from phonenumbers import PhoneNumberFormat

from phonebot.domain.phone.rules import parsed

_WORDS = ("oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_NANP = 1

_SPLITS = {6: (3, 3), 7: (3, 4), 8: (4, 4), 9: (3, 3, 3), 10: (3, 3, 4)}
"""How a run too long to be said in one breath is cut; five digits are one breath, as in 07700."""


def read_aloud(e164: str, region: str) -> str:
    """The number as words in groups: "oh two oh, seven nine four six, oh one four three".

    National where its country is the office's, else with "plus" and the country code. A pair of equal digits is
    said double where it is the only one of its group and the country says so; Americans do not.
    """
    number = parsed(e164, None)
    if number is None:
        return _aloud(_cut(re.sub(r"\D", "", e164)), doubles=False)
    at_home = number.country_code == phonenumbers.country_code_for_region(region)
    style = PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    written = re.findall(r"\d+", phonenumbers.format_number(number, style))
    country = [] if at_home else [written.pop(0)]
    groups = [part for run in written for part in _cut(run)]
    words = _aloud(groups, doubles=number.country_code != _NANP)
    return words if at_home else f"plus {_aloud(country, doubles=False)}, {words}"


def ending(e164: str, count: int = 4) -> str:
    """The last `count` digits as words: "oh one four three"."""
    digits = re.sub(r"\D", "", e164)
    return _group_aloud(digits[-count:] if count > 0 else "", doubles=False)


def _cut(run: str) -> list[str]:
    lengths = _SPLITS.get(len(run)) or (len(run),) if len(run) <= max(_SPLITS) else (3,) * -(-len(run) // 3)
    parts, start = [], 0
    for length in lengths:
        parts.append(run[start : start + length])
        start += length
    return [part for part in parts if part]


def _aloud(groups: list[str], *, doubles: bool) -> str:
    return ", ".join(_group_aloud(group, doubles=doubles) for group in groups)


def _group_aloud(group: str, *, doubles: bool) -> str:
    runs = [(digit, len(list(same))) for digit, same in groupby(group)]
    longer = [length for _, length in runs if length > 1]
    if doubles and longer == [2]:
        return " ".join(f"double {_WORDS[int(d)]}" if length > 1 else _WORDS[int(d)] for d, length in runs)
    return " ".join(_WORDS[int(digit)] for digit in group)
