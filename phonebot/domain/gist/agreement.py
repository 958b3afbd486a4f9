"""Whether a telephone number in a recording is one to ring, and how far it agrees with a number already known."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from phonebot.domain.gist.numbers import FEWEST_DIGITS
from phonebot.domain.gist.runs import Digit, Run
from phonebot.domain.gist.tokens import Token
from phonebot.domain.phone.digits import words_of

_TELEPHONE = words_of("call ring phone number telephone mobile cell reach on back contact text me landline")
_PAST = words_of("rang called dialled dialed tried phoned")
_OTHERS = words_of("his her their your")
_OWNED = words_of("number number's phone telephone mobile cell landline")
_RING = words_of("call ring reach contact text")
_ASKS = words_of("call ring phone number telephone mobile cell reach contact text landline number's new")
_STOPS = frozenset(".!?")
_FAR = 14
NEAR = 6
"""Words before a number that say whose it is and what became of it."""

FEW_WRONG = 3
"""So many digits heard wrong still make the same number; with more it is another number."""


def words_before(tokens: Sequence[Token], run: Run) -> set[str]:
    """The words just before the run."""
    return {token.key for token in tokens[max(0, run.at - NEAR) : run.at]}


@dataclass(frozen=True)
class Known:
    """A number that is known, in E.164."""

    e164: str

    @cached_property
    def ways(self) -> tuple[str, ...]:
        """The digit strings by which people give it, found once and only where a run is not plainly that number."""
        return ways_to_say(self.e164)


def is_to_ring(run: Run, tokens: Sequence[Token], known: Known | None) -> bool:
    """Whether the run is a number to ring: wholly one, or nearly the one known, or led to by words of telephoning."""
    before = words_before(tokens, run)
    if _was_dialled(tokens, run) or (_is_somebodys(tokens, run) and not before & _RING):
        return False
    if run.e164 is not None or (known is not None and is_said(run, known)):
        return True
    wrong = differing(run, known) if known is not None else None
    return bool(before & _TELEPHONE) or (wrong is not None and len(wrong) <= FEW_WRONG)


def _is_somebodys(tokens: Sequence[Token], run: Run) -> bool:
    """Whether words before it say that it is another's: "my solicitor's number"."""
    near = tokens[max(0, run.at - NEAR) : run.at]
    owned_by = [owner.key for owner, owned in pairwise(near) if owned.key in _OWNED]
    return any(owner in _OTHERS or owner.endswith("'s") for owner in owned_by)


def _was_dialled(tokens: Sequence[Token], run: Run) -> bool:
    """Whether the nearest word of telephoning before it, in its sentence, is of a call that was made."""
    for token in reversed(tokens[max(0, run.at - _FAR) : run.at]):
        if token.key in _PAST or token.key in _ASKS or token.key in _STOPS:
            return token.key in _PAST
    return False


def readable(e164: str, region: str) -> str:
    """A number as the office's people write it: as at home where it is of their country, else with its plus."""
    try:
        number = phonenumbers.parse(e164)
    except NumberParseException:
        return e164
    at_home = number.country_code == phonenumbers.country_code_for_region(region)
    style = PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)


def ways_to_say(e164: str) -> tuple[str, ...]:
    """The digit strings by which people give that number: with and without its trunk 0 and its country code."""
    international = re.sub(r"\D", "", e164)
    try:
        number = phonenumbers.parse(e164)
    except NumberParseException:
        return (international,)
    bare = phonenumbers.national_significant_number(number)
    national = re.sub(r"\D", "", phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL))
    with_trunk = f"{number.country_code}0{bare}"
    return tuple(
        dict.fromkeys((national, international, bare, f"00{international}", f"011{international}", with_trunk))
    )


def is_said(run: Run, known: Known) -> bool:
    """Whether the run means that number: wholly, without its area, or said twice over."""
    said = run.said
    if run.e164 == known.e164:
        return True
    if len(said) < FEWEST_DIGITS:
        return False
    # Without its area it ends the national way: an end of the international one may be any digit and the number.
    return known.ways[0].endswith(said) or any(said in {way, way * 2, way * 3} for way in known.ways)


def differing(run: Run, known: Known) -> tuple[Digit, ...] | None:
    """The digits that differ from that number, where it is said at the same length; None where it cannot be laid so."""
    aligned = [way for way in known.ways if len(way) == len(run.said)]
    aligned += [way[-len(run.said) :] for way in known.ways[:1] if len(run.said) == FEWEST_DIGITS]
    if not aligned:
        return None
    each = [tuple(d for d, value in zip(run.digits, way, strict=True) if d.value != value) for way in aligned]
    return min(each, key=len)
