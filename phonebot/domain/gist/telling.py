"""The sentence of a recording that tells most of what it is about, as a stretch of its text."""

from collections.abc import Iterator, Sequence

from phonebot.domain.gist.leads import lead_at, leads
from phonebot.domain.gist.tokens import Shape, Token, sentences_of
from phonebot.domain.phone.digits import words_of

MOST_WORDS = 16
_FEWEST_WORDS = 5
_FEWEST_TOLD = 3
_READ = 1500
"""Tokens: what is not said in ten minutes is not said."""

_ABOUT = words_of("about regarding concerning")
_WANTED = (
    "i'd like, i would like, we'd like, i need, we need, i want, i wanted, i was wondering, could you, can you, "
    "i have a, just letting you know, there's, there is, we can, i wish"
)
_WANTS = leads(_WANTED)
_BEGUN = leads(_WANTED, "my number, my name, this is, please, about, thank you")
_MATTERS = words_of(
    "invoice invoices appointment order delivery account payment bill refund quote booking prescription problem "
    "issue broken leak leaking accident cancel change complaint contract insurance claim policy cheque letter "
    "email application form meeting moved arrived arrive due price cost repair boiler heating parcel missing late "
    "wrong urgent help question query damaged lost keys report results test ready closes sale advertised "
    "reference tax lease rent flat house car survey estimate mortgage visit room interview job position statement "
    "deposit"
)
_CALL_BACK = words_of("call ring phone back reach number mobile")
_MANNERS = words_of("thank thanks bye goodbye cheers hello hi hey morning afternoon evening")
_NAMING = words_of("name this here speaking")


def telling_stretch(tokens: Sequence[Token]) -> tuple[int, int] | None:
    """Where the most telling words begin and end, at most MOST_WORDS of them; None where nothing tells anything."""
    best, most = None, 0
    clauses = (clause for sentence in sentences_of(tokens[:_READ]) for clause in _clauses(sentence))
    for sentence in clauses:
        points = _points(sentence)
        if points > most:
            best, most = sentence, points
    return None if best is None else _stretch(best)


def _clauses(sentence: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """The sentence; a long one, which a machine that hears no stops may write, cut where something new is begun."""
    words = sum(token.shape is not Shape.MARK for token in sentence)
    begin = 0
    for at in range(1, len(sentence) if words > MOST_WORDS else 0):
        if at - begin > 2 and lead_at(sentence, at, _BEGUN):
            yield sentence[begin:at]
            begin = at
    yield sentence[begin:]


def _points(sentence: Sequence[Token]) -> int:
    """How telling a sentence is; nothing for one that only greets, names or asks for the call."""
    keys = [token.key for token in sentence if token.shape is not Shape.MARK]
    worded = [token for token in sentence if token.shape is Shape.WORD or any(map(str.isalpha, token.key))]
    if len(worded) < _FEWEST_TOLD:
        return 0
    points = 4 * bool(_ABOUT.intersection(keys)) + 2 * min(len(_MATTERS.intersection(keys)), 3)
    points += 3 * any(lead_at(sentence, at, _WANTS) for at in range(len(sentence)))
    points -= 3 * bool(_CALL_BACK.intersection(keys)) + 2 * bool(_NAMING.intersection(keys))
    points -= 3 * bool(_MANNERS.intersection(keys) and len(keys) < 5)
    return points + min(len(worded), 6) // 3


def _stretch(sentence: Sequence[Token]) -> tuple[int, int]:
    """The sentence, or where it is long, its words from what it is about on."""
    words = [at for at, token in enumerate(sentence) if token.shape is not Shape.MARK]
    begin = 0
    if len(words) > MOST_WORDS:
        told = (at for at in range(len(sentence)) if sentence[at].key in _ABOUT or lead_at(sentence, at, _WANTS))
        begin = next(told, 0)
    kept = [at for at in words if at >= begin]
    if len(kept) > MOST_WORDS:
        kept = kept[:MOST_WORDS]
        commas = [n for n, at in enumerate(kept) if n >= _FEWEST_WORDS and sentence[at - 1].key == ","]
        kept = kept[: commas[-1]] if commas else kept
    return sentence[kept[0]].start, sentence[kept[-1]].end
