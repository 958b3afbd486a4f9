"""The telephone number that groups of said digits add up to: said in parts, said twice, slips put right."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import product

from phonebot.domain.phone.digits import Kind, Reading, Token, readings
from phonebot.domain.phone.groups import Gap, Group, Said
from phonebot.domain.phone.rules import LONGEST_SAID, SHORTEST_NATIONAL

Resolve = Callable[[str], str | None]
"""The E.164 that a digit string dials, or None where it is not wholly a usable number."""

Heard = dict[str, int]
"""Digit strings that may have been meant, each with how far-fetched that is; 0 is what people mostly mean."""

_MOST_HEARD = 24
_MOST_WEIGHED = 8
"""Readings of each side that a slip put right is tried on: a caller who has more than that is asked again."""

_MOST_SLIPS = 5
_MOST_GROUPS = 36
"""One number three times over with a full stop after every digit."""

_MOST_LOOKED_UP = 60
"""Digit strings taken to libphonenumber for one text, at about 0.08 ms each: what needs more is not clear enough."""

_PLUS_AND_COUNTRY = 3
_LONGEST_HEARD = 60
"""Digits: one number three times over."""

_MOST_SPARE = 2
_FEWEST_AGAIN = 3


class _Lookup:
    """A resolver that remembers, and that gives up once it has been asked too much."""

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve
        self._known: dict[str, str | None] = {}

    @property
    def gave_up(self) -> bool:
        """Whether answers may be missing, so that none can be relied on."""
        return len(self._known) >= _MOST_LOOKED_UP

    def __call__(self, digits: str) -> str | None:
        """What the digits dial; the length is looked at first since most of what is tried has none to speak of."""
        if not SHORTEST_NATIONAL <= len(digits) <= LONGEST_SAID:
            return None
        if digits not in self._known:
            self._known[digits] = None if self.gave_up else self._resolve(digits)
        return self._known[digits]


@dataclass(slots=True)
class _Hearing:
    """What has been heard so far: numbers finished, the one being said, and what it was before its latest part."""

    resolve: Resolve
    finished: list[tuple[Gap, Heard]] = field(default_factory=list)
    gap: Gap = Gap.HARD
    current: Heard = field(default_factory=dict)
    before: Heard = field(default_factory=dict)
    latest: Heard = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The E.164 said, or None; and the digits heard, for showing. `doubtful`: two readings or numbers disagree."""

    e164: str | None
    digits: str
    doubtful: bool = False


def number_said(said: Said, resolve: Resolve) -> Verdict:
    """The one number these groups mean. Doubtful, and so none, where they could mean two, or one was taken back."""
    if len(said.groups) > _MOST_GROUPS:
        return Verdict(None, "", doubtful=True)
    heard = [(group, each) for group in said.groups if (each := _heard(group))]
    digits = max((min(each, key=lambda d: each[d]) for _, each in heard), key=len, default="")
    slips = sum(group.gap in {Gap.SLIP, Gap.NOT} for group, _ in heard)
    if said.taken_back or slips > _MOST_SLIPS or any(group.gap is Gap.UNCLEAR for group, _ in heard):
        return Verdict(None, digits, doubtful=True)
    # Once something has been put right, no digit may be left over; else one or two may be a time or a house.
    spare = 0 if slips else _MOST_SPARE
    lookup = _Lookup(resolve)
    apart, apart_doubtful = _settle(_listen(heard, lookup), lookup, spare)
    joined, joined_doubtful = _settle(_listen(_joined(heard), lookup), lookup, spare)
    # Words such as "then" or "that's" may part two tellings or the halves of one: both ways have to agree.
    numbers = apart | joined
    doubtful = len(numbers) > 1 or (apart_doubtful if apart else joined_doubtful)
    if doubtful or lookup.gave_up or not numbers:
        return Verdict(None, digits, doubtful or lookup.gave_up)
    return Verdict(numbers.pop(), digits)


def _heard(group: Group) -> Heard:
    heard: Heard = {}
    for reading in readings(group.tokens):
        for digits, cost in _with_leading_word_dropped(group, group.tokens[0], reading):
            if "+" not in digits[1:]:
                heard[digits] = min(cost, heard.get(digits, cost))
    return heard


def _with_leading_word_dropped(group: Group, first: Token, reading: Reading) -> list[tuple[str, int]]:
    """The reading, and it without a leading sigh ("oh, two one two…") or time ("at three oh seven seven…")."""
    found = [(reading.digits, reading.cost)]
    rest = "".join(reading.chunks[1:])
    if first.kind is Kind.UNIT and first.word in {"oh", "o"}:
        found.append((rest, reading.cost + 1))
    elif group.after_time_word and len(reading.chunks[0]) <= 2 and rest.startswith("0"):
        found.append((rest, reading.cost + 2))
    return [(digits, cost) for digits, cost in found if digits]


def _joined(heard: list[tuple[Group, Heard]]) -> list[tuple[Group, Heard]]:
    """The groups with those that only telling words part put together; a plus always begins a number."""
    found: list[tuple[Group, Heard]] = []
    for group, each in heard:
        if found and group.gap is Gap.SOFT and (both := _both(found[-1][1], each)):
            found[-1] = (found[-1][0], both)
        else:
            found.append((group, each))
    return found


def _both(first: Heard, then: Heard) -> Heard:
    parts = product(first.items(), then.items())
    return _likeliest({a + b: cost_a + cost_b for (a, cost_a), (b, cost_b) in parts if _may_follow(a, b)})


def _may_follow(first: str, then: str) -> bool:
    return "+" not in then and len(first) + len(then) <= _LONGEST_HEARD


def _likeliest(heard: Heard, most: int = _MOST_HEARD) -> Heard:
    return dict(sorted(heard.items(), key=lambda item: item[1])[:most])


def _listen(heard: list[tuple[Group, Heard]], resolve: Resolve) -> list[tuple[Gap, Heard]]:
    """What each number said comes to, with the gap before it."""
    hearing = _Hearing(resolve)
    for group, each in heard:
        match group.gap:
            case Gap.SLIP if hearing.current:
                hearing.before, hearing.current = hearing.current, _corrected(hearing.current, each, resolve)
            case Gap.NOT:
                _take_denial(hearing, each)
                continue
            case _:
                if group.gap is not Gap.RESTART:
                    hearing.finished.append((hearing.gap, hearing.current))
                    hearing.before = hearing.current if group.gap is Gap.SOFT else {}
                else:
                    hearing.finished, hearing.before = [], {}
                hearing.gap, hearing.current = group.gap, each
        hearing.latest = each
    return [(gap, each) for gap, each in [*hearing.finished, (hearing.gap, hearing.current)] if each]


def _corrected(said: Heard, anew: Heard, resolve: Resolve) -> Heard:
    """What is meant after "no, sorry": a whole number anew, the tail anew, or the tail anew and then the rest."""
    whole = {digits: cost for digits, cost in anew.items() if resolve(digits)}
    if whole:
        return whole
    found: Heard = {}
    for (prior, prior_cost), (digits, cost) in product(_worth_correcting(said), _worth_correcting(anew)):
        # A finished number keeps its length; an unfinished one lost at most as much as was said anew.
        # What is put right in passing is never the country code.
        most = min(len(digits), len(prior) - (_PLUS_AND_COUNTRY if prior.startswith("+") else 0))
        for lost in [len(digits)] if resolve(prior) else range(most + 1):
            if lost <= most:
                for corrected in _with_tail_anew(prior, digits, lost, finished=resolve(prior) is not None):
                    _note(found, corrected, prior_cost + cost + int(lost == 0))
    return _likeliest(found)


def _worth_correcting(heard: Heard) -> list[tuple[str, int]]:
    return [(digits, cost) for digits, cost in _likeliest(heard, _MOST_WEIGHED).items() if len(digits) <= LONGEST_SAID]


def _with_tail_anew(prior: str, digits: str, lost: int, *, finished: bool) -> list[str]:
    """The prior digits with their tail said anew; also with an earlier part, where that looks more like what is meant.

    "Two one two, five five five, oh one four three, no sorry, two one three" hardly means the last three digits.
    """
    kept, anew, rest = prior[: len(prior) - lost], digits[:lost], digits[lost:]
    change = _differences(prior[len(prior) - lost :], anew)
    # Amid an unfinished number only its very beginning is worth going back for.
    earlier = range(len(kept) - lost + 1)
    starts = earlier if finished else earlier[:1]
    places = (at for at in starts if 0 < _differences(prior[at : at + lost], anew) < change)
    return [kept + digits, *(prior[:at] + anew + prior[at + lost :] + rest for at in places)]


def _differences(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


def _take_denial(hearing: _Hearing, denied: Heard) -> None:
    """Take in "… not five": after "four", after a number that ends in the four, or as "not five, four"."""
    if not hearing.current:
        return
    found: Heard = {}
    for wrong, cost in _likeliest(denied, _MOST_WEIGHED).items():
        for right in hearing.latest if hearing.before else ():
            if len(right) == len(wrong):
                for prior, prior_cost in hearing.before.items():
                    _note(found, _replaced(prior, wrong, right), prior_cost + cost)
        for said, said_cost in hearing.current.items():
            kept, last = said[: -len(wrong)], said[-len(wrong) :]
            _note(found, _replaced(kept, wrong, last), said_cost + cost)
            half = len(wrong) // 2
            if len(wrong) == 2 * half:
                _note(found, _replaced(said, wrong[:half], wrong[half:]), said_cost + cost)
    meant = {digits: cost for digits, cost in found.items() if hearing.resolve(digits)}
    if not meant and any(map(hearing.resolve, hearing.current)):
        # The number stood already: "… one four three, not one five three" only says so again.
        return
    if hearing.finished and hearing.finished[-1][1] is hearing.before:
        hearing.finished.pop()
    hearing.current = _likeliest(meant or found)


def _note(found: Heard, digits: str | None, cost: int) -> None:
    if digits:
        found[digits] = min(cost, found.get(digits, cost))


def _replaced(said: str, wrong: str, right: str) -> str | None:
    """`said` with its wrong digits put right: those just said, or the only such ones; else nobody knows which."""
    if said.endswith(wrong):
        return said[: len(said) - len(wrong)] + right
    places = [at for at in range(len(said)) if said.startswith(wrong, at)]
    if len(places) != 1:
        return None
    return said[: places[0]] + right + said[places[0] + len(wrong) :]


def _settle(slots: list[tuple[Gap, Heard]], resolve: Resolve, spare: int) -> tuple[set[str], bool]:
    """The numbers the slots mean, and whether they are in doubt: one slot means two, or a part contradicts."""
    numbers: set[str] = set()
    doubtful = False
    for gap, heard in slots:
        meant = _meant(heard, resolve)
        if meant:
            doubtful = doubtful or len(meant) > 1
            numbers |= meant
        elif numbers and gap is Gap.SOFT:
            likeliest = min(heard, key=lambda digits: heard[digits])
            repeated = any(likeliest.strip("+0") in number for number in numbers)
            doubtful = doubtful or (len(likeliest) > spare and not repeated)
    return numbers, doubtful


def _meant(heard: Heard, resolve: Resolve) -> set[str]:
    """The likeliest numbers a slot can mean, all of them where equally likely; said twice in one go counts as once."""
    likeliest_last = sorted(heard.items(), key=lambda item: -item[1])
    whole = {number: cost for digits, cost in likeliest_last if (number := resolve(digits))}
    if not whole:
        whole = {number: cost for digits, cost in likeliest_last[-4:] if (number := _said_twice(digits, resolve))}
    lowest = min(whole.values(), default=0)
    return {number for number, cost in whole.items() if cost == lowest}


def _said_twice(digits: str, resolve: Resolve) -> str | None:
    """The number in a run that repeats itself: whole twice, its end again, or its beginning twice."""
    found = set()
    for at in range(2, len(digits) - 1):
        first, second = digits[:at], digits[at:]
        # However it is prefixed, a number told again has the same end.
        twice = first[-SHORTEST_NATIONAL:] == second[-SHORTEST_NATIONAL:] and resolve(first) == resolve(second)
        if twice or (len(second) >= _FEWEST_AGAIN and first.endswith(second)):
            found.add(resolve(first))
        elif second.startswith(first):
            found.add(resolve(second))
    found.discard(None)
    return found.pop() if len(found) == 1 else None
