"""What counts as a telephone number: libphonenumber's rules, the ranges kept for fiction, and where we may ring."""

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType

SHORTEST_NATIONAL = 7
"""Digits of a national number, the country code left out, below which nothing said is taken for a subscriber's."""

LONGEST_SAID = 20
"""Digits of the longest form of one number: an international prefix, a trunk 0 and the 15 digits of E.164."""

_ABROAD = ("0011", "00", "011")
"""What people dial for a plus: Australia's, most of the world's, and North America's prefix."""

_NOT_SUBSCRIBERS = re.compile(
    r"123456789\d*|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d|(?:19|20)\d{2}[01]\d[0-3]\d"
)
"""Counting to ten, and dates: eight digits are a whole number in Denmark or Singapore, and a day anywhere."""

_FICTION = re.compile(r"\+(?:447700900\d{3}|441632960\d{3}|442079460\d{3}|1[2-9]\d{2}55501\d{2})")

_FICTIONAL_TOWN = re.compile(r"\+441632960\d{3}")

_COSTLY = frozenset({PhoneNumberType.PREMIUM_RATE, PhoneNumberType.PERSONAL_NUMBER, PhoneNumberType.PAGER})


class Refusal(StrEnum):
    """Why a number may not be rung back: not one, costs the office dear, or lies in a country that is not allowed."""

    NOT_A_NUMBER = "not-a-number"
    COSTLY = "costly"
    COUNTRY = "country"


def is_usable(number: PhoneNumber) -> bool:
    """Whether somebody could have that number: valid by libphonenumber, or in a range kept for fiction.

    Of the ranges that Ofcom and the North American plan keep for drama, +44 20 7946 0xxx and +1 NPA 555 01xx are
    valid to libphonenumber wherever the area code is in use, while +44 7700 900xxx and +44 1632 960xxx are not,
    since nobody may hold them. They have the length and the place of real numbers and reach nobody, so examples,
    trials and callers in tests use them; all four count as usable here, the NANP one in every area code.
    """
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return bool(_FICTION.fullmatch(e164)) or phonenumbers.is_valid_number(number)


def parsed(text: str, region: str | None) -> PhoneNumber | None:
    """The number written in `text` by libphonenumber's reading in that region, or None where it is no number."""
    try:
        return phonenumbers.parse(text, region)
    except NumberParseException:
        return None


@lru_cache(maxsize=4096)
def resolve(digits: str, region: str) -> str | None:
    """The E.164 that these digits, a leading + allowed, dial from that region; None unless usable and wholly said.

    Wholly said means with what a national number is written with there, the trunk 0 in Britain: ten digits without
    it might as well be an American number. International
    prefixes count as a plus anywhere, since callers ring from anywhere.
    """
    if not SHORTEST_NATIONAL <= len(digits) <= LONGEST_SAID or _NOT_SUBSCRIBERS.fullmatch(digits):
        return None
    if digits.startswith("+"):
        return _international(digits)
    number = parsed(digits, region)
    if number and is_usable(number) and digits in _ways_to_say(number, region):
        return phonenumbers.format_number(number, PhoneNumberFormat.E164)
    abroad = (_international("+" + digits.removeprefix(each)) for each in _ABROAD if digits.startswith(each))
    return next(filter(None, abroad), None)


def _international(digits: str) -> str | None:
    number = parsed(digits, None)
    if number is None or not is_usable(number) or len(str(number.national_number)) < SHORTEST_NATIONAL:
        return None
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _ways_to_say(number: PhoneNumber, region: str) -> set[str]:
    """The digit strings that mean that number in its own country: national, with trunk prefix, with country code."""
    bare = phonenumbers.national_significant_number(number)
    if len(bare) < SHORTEST_NATIONAL or number.country_code != phonenumbers.country_code_for_region(region):
        return set()
    national = re.sub(r"\D", "", phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL))
    trunk = phonenumbers.ndd_prefix_for_region(region, True) or ""
    return {national, trunk + bare if trunk else national, str(number.country_code) + bare}


def may_be_called(e164: str, office_region: str, countries: Iterable[str]) -> Refusal | None:
    """Why that number may not be rung back from an office there, or None when it may; `countries` are ISO codes.

    Only the office's own country and those allowed; area codes that look domestic but lie elsewhere (+1 876), and
    satellite and global services (+881, +883), have other regions and so need allowing too. Premium, personal (070)
    and pager numbers are never rung: they are what toll fraud feeds on.
    """
    home = _home(e164)
    if isinstance(home, Refusal):
        return home
    return None if home in {office_region, *countries} else Refusal.COUNTRY


@lru_cache(maxsize=4096)
def _home(e164: str) -> str | Refusal | None:
    """The region that a number may be rung in, or why it may not be rung anywhere; None for one of no region."""
    number = parsed(e164, None)
    if number is None or not is_usable(number):
        return Refusal.NOT_A_NUMBER
    if phonenumbers.number_type(number) in _COSTLY:
        return Refusal.COSTLY
    # A fiction number has no region of its own in libphonenumber, so it takes its country code's first.
    home = phonenumbers.region_code_for_number(number)
    return home or phonenumbers.region_code_for_country_code(number.country_code or 0)


def is_fixed_line(e164: str) -> bool:
    """Whether libphonenumber says that the number is a fixed line, where no text arrives.

    Where fixed and mobile numbers look alike, as in North America, it does not say so. Of the British ranges kept for
    fiction +44 7700 900xxx is mobile, and the two of an area are fixed; it knows only that of London.
    """
    number = parsed(e164, None)
    fixed = number is not None and phonenumbers.number_type(number) == PhoneNumberType.FIXED_LINE
    return fixed or bool(_FICTIONAL_TOWN.fullmatch(e164))
