"""Who says that they are calling, in running text: "this is X", "my name is X", "X from Y", "X here"."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from jellyfish import metaphone
from rapidfuzz.distance import JaroWinkler

from phonebot.domain.gist.leads import lead_at, leads
from phonebot.domain.gist.time_words import TIMES
from phonebot.domain.gist.tokens import Shape, Token
from phonebot.domain.name import Likeness, Usual, also_called, likeness, plain
from phonebot.domain.phone.digits import words_of
from phonebot.domain.titles import TITLES

_STRONG = leads("my name is, my name's, my names, the name is, the name's, name is")
_WEAK = leads("this is, it's, it is, its, i'm, i am, here is, here's, that's, you're speaking to")
_TITLES = TITLES | {"madam"}
_STOPS = words_of(
    "from calling ringing phoning speaking here again and about i i'm i've i'd i'll my at of with on in for to is "
    "was please thanks thank you just returning regarding the a an your our it it's we who could can would but hi "
    "hello hey so not very really sorry afraid trying looking hoping wondering interested going still also only "
    "me this that there number phone mobile urgent important what when where how why yes no okay ok if or because "
    "running um uh er erm back leaving after by are have has got want need"
)
_NO_NAMES = (TIMES - {"april", "june"}) | words_of(
    "good great fine nice lovely right wrong late hello hi hey thanks english british american mom mum dad nothing "
    "everything something just concerning message call delivery appointment parcel letter email news update meeting "
    "invoice order reference"
)
_SPEAKING = words_of("here speaking calling ringing phoning")
_FROM = words_of("from at of with")
_MOST_NAME_WORDS = 4
_MOST_COMPANY_WORDS = 5
_READ = 120
"""Tokens from the start of a recording in which people say who they are."""

_OPENING = 12
"""Tokens in which "Dan at Millbrook Joinery" says who is calling; later it is somebody spoken of."""

_ALIKE = 0.82
_ALIKE_SOUND = 0.8
_ALIKE_WHOLE = 0.93


@dataclass(frozen=True, slots=True)
class SaidName:
    """A name said, and the company said with it, each by its places in the text; the company None where none was."""

    start: int
    end: int
    company: tuple[int, int] | None = None


def name_said(tokens: Sequence[Token]) -> SaidName | None:
    """Who the caller says they are; None where they do not, or where it cannot be told."""
    read = tokens[:_READ]
    for among, any_case in ((_STRONG, True), (_WEAK, False)):
        for at in range(len(read)):
            length = lead_at(read, at, among)
            found = _name_at(read, at + length, any_case=any_case) if length else None
            if found is not None:
                return found
    return _name_before_speaking(read)


def _name_at(tokens: Sequence[Token], begin: int, *, any_case: bool) -> SaidName | None:
    while begin < len(tokens) and tokens[begin].key in {"um", "uh", "er", "erm", ",", "-"}:
        begin += 1
    after = begin
    while after < len(tokens) and after - begin < _MOST_NAME_WORDS + 1 and _is_name_word(tokens, after, any_case):
        after += 1
    while after > begin and tokens[after - 1].shape is Shape.MARK:
        after -= 1
    bare = [token for token in tokens[begin:after] if token.key not in _TITLES and token.shape is Shape.WORD]
    if not bare or len(bare) > _MOST_NAME_WORDS or _is_owner(tokens[after - 1]):
        return None
    return SaidName(tokens[begin].start, tokens[after - 1].end, _company(tokens, after))


def _is_owner(token: Token) -> bool:
    """Whether a name owns what follows: "this is Doctor Patel's office" names no caller."""
    return token.key.endswith("'s")


def _is_name_word(tokens: Sequence[Token], at: int, any_case: bool) -> bool:
    token = tokens[at]
    if token.shape is Shape.MARK:
        # A full stop after a title, an initial with its stop, or a hyphen in a double name.
        before = tokens[at - 1]
        follows = at + 1 < len(tokens) and tokens[at + 1].capital
        return token.key == "-" or (token.key == "." and follows and (before.key in _TITLES or len(before.key) == 1))
    dotted = [after.key for after in tokens[at + 1 : at + 2]] == ["."]
    initial = token.capital and len(token.key) == 1 and dotted
    word = token.shape is Shape.WORD and token.key not in _STOPS and token.key not in _NO_NAMES
    return initial or (word and (token.capital or any_case))


def _name_before_speaking(tokens: Sequence[Token]) -> SaidName | None:
    """ "Robert Schmidt here", at the start of a sentence and with capitals."""
    for at, token in enumerate(tokens):
        of_a_company = token.key in _FROM and 0 < at < _OPENING and all(t.capital for t in tokens[at + 1 : at + 2])
        if token.key not in _SPEAKING and not of_a_company:
            continue
        begin = at
        while begin > 0 and at - begin < _MOST_NAME_WORDS and _is_name_word(tokens, begin - 1, any_case=False):
            begin -= 1
        opens = begin == 0 or tokens[begin - 1].shape is Shape.MARK or tokens[begin - 1].key in {"hi", "hello", "hey"}
        named = any(t.key not in _TITLES for t in tokens[begin:at] if t.shape is Shape.WORD)
        if begin < at and opens and named and not _is_owner(tokens[at - 1]):
            return SaidName(tokens[begin].start, tokens[at - 1].end, _company(tokens, at))
    return None


def _company(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    """The business said right after the name: "from Brightwater Plumbing", "calling from the billing department"."""
    while at < len(tokens) and (tokens[at].key in _SPEAKING or tokens[at].key in {",", "over"}):
        at += 1
    if at >= len(tokens) or tokens[at].key not in _FROM:
        return None
    begin = at + 1
    begin += begin < len(tokens) and tokens[begin].key == "the"
    after = begin
    while after < len(tokens) and after - begin < _MOST_COMPANY_WORDS and _is_company_word(tokens, after):
        after += 1
    return (tokens[at + 1].start, tokens[after - 1].end) if after > begin else None


def _is_company_word(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    joins = token.key in {"and", "&", "of"} and at + 1 < len(tokens) and tokens[at + 1].capital
    word = token.shape is Shape.WORD or token.shape is Shape.CODE
    return joins or (word and token.key not in _STOPS and token.key not in TIMES)


def differ_clearly(said: str, given: str) -> bool:
    """Whether two names cannot be one person's: neither written nor sounding alike where both give that part."""
    first, second = _parts(said), _parts(given)
    if not first or not second or first == second:
        return False
    if len(first) == 1 or len(second) == 1:
        return not any(_alike(a, b) for a, b in product(first, second))
    in_order = _alike(first[0], second[0]) and _alike(first[-1], second[-1])
    turned_round = _alike(first[0], second[-1]) and _alike(first[-1], second[0])
    run_together = JaroWinkler.similarity("".join(first), "".join(second)) >= _ALIKE_WHOLE
    return not (in_order or turned_round or run_together)


def _parts(name: str) -> list[str]:
    words = ["".join(c for c in word if c.isalpha()) for word in plain(name[:200]).replace("-", " ").split()]
    return [word for word in words if len(word) > 1 and word not in _TITLES][:6]


def _alike(one: str, other: str) -> bool:
    """Whether both may be one name: by spelling, by sound, as a machine mishears, or one as the other's short form."""
    if one == other or one.startswith(other) or other.startswith(one):
        return True
    if JaroWinkler.similarity(one, other) >= _ALIKE or likeness(one, other) is not Likeness.NONE:
        return True
    sounds = metaphone(one), metaphone(other)
    heard_alike = bool(sounds[0]) and JaroWinkler.similarity(*sounds) >= _ALIKE_SOUND
    return heard_alike or also_called(one).get(other) is Usual.USUAL
