"""Cutting what a caller said into pieces: at each word the rule that takes most of what follows."""

import re
from datetime import datetime

from phonebot.domain.window import clock_rules, day_rules, lengths, part_rules, period_rules
from phonebot.domain.window.lexicon import DOUBTFUL, FILLERS, SIGNS
from phonebot.domain.window.pieces import Clock, Days, Instant, Piece, Sign, Stretch, Unknown
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
        if said.startswith("on ", place):
            # "On the first Monday of May" is the first Monday of May, not the first.
            bare, behind = _longest(said, place + len("on "), now)
            piece, after = (bare, behind) if behind > after and not isinstance(bare, Sign) else (piece, after)
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
    kept = [piece for piece in pieces if piece != _ROUGH]
    if not any(isinstance(piece, Days | Clock | Stretch) or _named(piece) for piece in kept) or _refuses(kept):
        return kept, sure
    loose = [piece for piece in kept if isinstance(piece, Instant) and piece.loose]
    return [piece for piece in kept if piece not in loose], sure and all(piece.sure for piece in loose)


def _named(piece: Piece) -> bool:
    return isinstance(piece, Instant) and not piece.loose


def _refuses(pieces: list[Piece]) -> bool:
    return any(isinstance(piece, Sign) and piece.name in {"not", "not that", "busy"} for piece in pieces)


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
