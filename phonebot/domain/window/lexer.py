"""Cutting what a caller said into pieces: at each word the rule that takes most of what follows."""

import re
from datetime import datetime

from phonebot.domain.window import clock_rules, day_rules, lengths, part_rules, period_rules
from phonebot.domain.window.lexicon import DOUBTFUL, FILLERS, SIGNS
from phonebot.domain.window.pieces import Piece, Sign, Unknown
from phonebot.domain.window.rule import Found

_LEADS = ("but", "and", "just", "only", "any time but", "anytime but", "any day but", "any time", "though")
_SIGN_OF = {words: name for name, many in SIGNS.items() for words in many}
# "Any time but not after five" refuses once, not twice.
_SIGN_OF |= {
    f"{lead} {words}": name for lead in _LEADS for words, name in _SIGN_OF.items() if words[:3] in {"not", "no "}
}
_SIGN = re.compile(rf"(?:{'|'.join(re.escape(words) for words in sorted(_SIGN_OF, key=len, reverse=True))})(?!\w)")
_RULES = (*day_rules.RULES, *period_rules.RULES, *clock_rules.RULES, *part_rules.RULES, *lengths.RULES)
_WORD = re.compile(r"\S+")
_ROUGH = Sign("about")


def pieces_of(said: str, now: datetime) -> tuple[list[Piece], bool]:
    """The pieces in order, and whether the speaker sounded sure; `now` is naive local time."""
    pieces: list[Piece] = []
    place, sure = 0, True
    while place < len(said):
        if said[place] == " ":
            place += 1
            continue
        piece, after = _longest(said, place, now)
        if piece is None:
            word = _WORD.match(said, place)
            after = len(said) if word is None else word.end()
            if said[place:after] in DOUBTFUL:
                sure = False
            elif said[place:after] not in FILLERS:
                piece = Unknown(said[place:after])
        if piece is not None:
            pieces.append(piece)
        place = after
    return [piece for piece in pieces if piece != _ROUGH], sure


def _longest(said: str, place: int, now: datetime) -> tuple[Piece | None, int]:
    """The piece whose words reach furthest; of two that reach as far, the earlier rule's."""
    best: Piece | None = None
    end = place
    for each in _RULES:
        found = each.pattern.match(said, place)
        if found is not None and found.end() > end:
            piece = each.build(Found(found, now))
            if piece is not None:
                best, end = piece, found.end()
    sign = _SIGN.match(said, place)
    if sign is not None and sign.end() > end:
        return Sign(_SIGN_OF[sign[0]]), sign.end()
    return best, end
