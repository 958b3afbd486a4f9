"""The words of an engine made safe to keep: legal characters only, no longer than a page, every mark in its place."""

import unicodedata
from collections.abc import Iterable
from typing import Final

from phonebot.domain.text import CUT
from phonebot.domain.transcript.text_heard import Span, Transcript

LONGEST: Final = 10_000
"""Characters of one transcript: three minutes of the quickest speaker are 4,000."""

MOST_READ: Final = 4 * LONGEST
"""Characters looked at of whatever an engine returns, however much of it goes."""

_BLANK: Final = frozenset({"Cc", "Zl", "Zp", "Zs"})
_GONE: Final = frozenset({"Cf", "Cs", "Co", "Cn"})
"""Categories of the Unicode standard (table 4-4): invisible marks, lone surrogates, and what has no meaning."""


def cleaned(transcript: Transcript) -> Transcript:
    """The transcript in visible characters and single spaces, cut with a mark where it was too long.

    Its doubtful stretches still cover the same words; whatever order they came in, they come out in order and apart.
    """
    kept: list[str] = []
    places = [0]
    for char in transcript.text[:MOST_READ]:
        category = unicodedata.category(char)
        if category in _BLANK:
            kept += [" "] if kept and kept[-1] != " " else []
        elif category not in _GONE:
            kept.append(char)
        places.append(len(kept))
    text = "".join(kept).rstrip()
    if len(text) > LONGEST or len(transcript.text) > MOST_READ:
        text = text[: LONGEST - 1].rstrip() + CUT
    moved = (_moved(span, places, text) for span in transcript.doubtful[:MOST_READ])
    return Transcript(text, tuple(_apart(span for span in moved if span.start < span.end)))


def _moved(span: Span, places: list[int], text: str) -> Span:
    """The stretch in the cleaned text, without the spaces at its ends; it may turn out empty."""
    last = len(places) - 1
    start, end = (min(places[min(max(at, 0), last)], len(text)) for at in (span.start, span.end))
    while start < end and text[start] == " ":
        start += 1
    while start < end and text[end - 1] == " ":
        end -= 1
    return Span(start, end)


def _apart(spans: Iterable[Span]) -> list[Span]:
    """The stretches in order, those that touch or overlap made one."""
    apart: list[Span] = []
    for span in sorted(spans):
        if apart and span.start <= apart[-1].end:
            apart[-1] = Span(apart[-1].start, max(apart[-1].end, span.end))
        else:
            apart.append(span)
    return apart
