"""How well each person of a directory fits the words that may name them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from phonebot.domain.name.forms import Directory, Fit, Hit, Part
from phonebot.domain.name.words import ORDINARY

MOST_IN_A_NAME = 4
"""Words heard that may be one part of a name: "van der Berg", or "Heart Lee" for Hartley."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One word that may be of a name. `optional`: one of asking too, so it need not be; `letters`: it was spelled.

    `initial`: a letter by itself; `place`: where it stood.
    """

    word: str
    optional: bool = False
    letters: bool = False
    initial: bool = False
    place: int = 0

    @property
    def common(self) -> bool:
        """Whether it is an ordinary word too."""
        return self.optional or self.word in ORDINARY or self.word.removesuffix("s") in ORDINARY


@dataclass(frozen=True, slots=True)
class Match:
    """How one person fits: the parts of their name that were heard, how well, and which words that took."""

    at: int
    parts: int
    worst: Fit
    best: Fit
    words: frozenset[int]
    in_order: bool = True

    @property
    def tier(self) -> tuple[int, int, int]:
        """Those of the best tier alone are meant: more parts of the name, then surely rather than perhaps."""
        return self.parts, min(self.worst, Fit.BEGUN), min(self.best, Fit.BEGUN)

    @property
    def rank(self) -> tuple[int, ...]:
        """What makes one match better than another."""
        return *self.tier, len(self.words), self.in_order, self.worst + self.best


@dataclass(frozen=True, slots=True)
class _Span:
    hit: Hit
    begin: int
    end: int

    @property
    def words(self) -> frozenset[int]:
        return frozenset(range(self.begin, self.end))


def matches(directory: Directory, heard: Sequence[Heard]) -> list[Match]:
    """Those who fit best, best first."""
    spans: dict[int, list[_Span]] = {}
    for span in _spans(directory, heard):
        spans.setdefault(span.hit.form.at, []).append(span)
    found = [match for at, hits in spans.items() if (match := _best(at, hits, heard))]
    if not found:
        return []
    best = max(match.tier for match in found)
    kept = [match for match in found if match.tier == best]
    kept = [match for match in kept if not any(match.words < other.words for other in kept)]
    kept = [match for match in kept if match.in_order] or kept
    kept.sort(key=lambda match: (*(-value for value in match.rank), match.at))
    return kept


def _spans(directory: Directory, heard: Sequence[Heard]) -> Iterator[_Span]:
    for begin in range(len(heard)):
        for end in range(begin + 1, min(begin + MOST_IN_A_NAME, len(heard)) + 1):
            part = heard[begin:end]
            joined = "".join("o" if word.word == "oh" and end - begin > 1 else word.word for word in part)
            if all(word.common for word in part) and part[-1].place - part[0].place >= end - begin:
                continue
            spelled = any(word.letters for word in part)
            loosely = not spelled and (_may_be_misheard(part) or directory.knows(joined))
            for hit in directory.hits(joined, loosely=loosely, spelled=spelled):
                # Word for word the parts are judged by themselves; the whole is for words cut otherwise than the name.
                if hit.form.part is not Part.WHOLE or hit.fit is Fit.EXACT or hit.form.count != end - begin:
                    yield _Span(hit, begin, end)


def _may_be_misheard(part: Sequence[Heard]) -> bool:
    """Whether the words may be a name written as it sounded: not where each is an ordinary word or an initial."""
    return not all(word.common or word.initial for word in part)


def _parts(span: _Span, needed: set[int]) -> int:
    """How many parts of a name a form is worth: two, if it is the whole name or well all that was heard."""
    if span.hit.form.part is Part.WHOLE:
        return 2 if span.hit.fit > Fit.FAR else 1
    return 2 if len(span.words) > 1 and needed <= span.words and span.hit.fit >= Fit.SHORT else 1


def _apart(first: _Span, last: _Span, heard: Sequence[Heard]) -> bool:
    """Whether two ordinary words are too far apart to be one name: "the price rose in May"."""
    if not all(heard[index].common for index in first.words | last.words):
        return False
    places = sorted(heard[index].place for index in first.words | last.words)
    return places[-1] - places[0] >= len(places)


def _best(at: int, spans: list[_Span], heard: Sequence[Heard]) -> Match | None:
    needed = {index for index, word in enumerate(heard) if not word.optional}
    found = [
        Match(at, _parts(span, needed), span.hit.fit, span.hit.fit, span.words)
        for span in spans
        if span.hit.form.part is Part.WHOLE or span.words & needed or len(heard) == 1
    ]
    firsts = [span for span in spans if span.hit.form.part is Part.FIRST]
    lasts = [span for span in spans if span.hit.form.part is Part.LAST]
    for first in firsts:
        for last in lasts:
            if not first.words & last.words and not _apart(first, last, heard):
                low, high = sorted((first.hit.fit, last.hit.fit))
                found.append(Match(at, 2, low, high, first.words | last.words, first.begin < last.begin))
    return max(found, key=lambda match: match.rank, default=None)
