"""Words as they come from outside, made safe to keep and to say."""

import re

_NO_TEXT = re.compile("[^\t\n\r\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Everything outside the Char production of XML 1.0 (w3.org/TR/xml, section 2.2): NUL, controls, lone surrogates.

And DEL and the controls above it, which that production only discourages: of those U+009B begins a terminal's commands.
"""

_DIRECTION_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of what follows, so that a line of text can be made to lie."""

CUT = "…"
LONGEST = 2000


def clean(text: str, longest: int = LONGEST) -> str:
    """The text in legal characters and single spaces, cut to `longest` characters with a mark where it was longer."""
    legal = _DIRECTION_MARKS.sub("", _NO_TEXT.sub(" ", text[: longest * 2]))
    folded = " ".join(legal.split())
    cut = len(folded) > longest or len(text) > longest * 2
    return folded[: longest - 1] + CUT if cut else folded


def clip_words(text: str, most: int) -> str:
    """The first so many words of a text."""
    return " ".join(text.split()[: max(most, 1)]).rstrip(" ,;:.-")
