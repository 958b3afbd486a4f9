"""Where letters are spelled in what was said, and which."""

import re
from dataclasses import dataclass

from phonebot.domain.name.letters import (
    ALPHABET,
    BETWEEN,
    CAPITAL,
    CERTAIN,
    LINKS,
    MARKS,
    NEW_WORD,
    PERHAPS,
    SKIPPED,
    SMALL,
    TIMES,
)
from phonebot.domain.name.nickname import Usual, also_called
from phonebot.domain.name.text import LONGEST, plain, word_set

_HYPHENED = re.compile(r"(?:[^\W\d_][-.]){1,}[^\W\d_][.,;]?")
_JOINED = re.compile(r"x[- ]ray|double[- ](?:you|u)\b", re.IGNORECASE)
MOST_LETTERS = 40
"""Letters of the longest run read; what goes on is noise, and the time that it takes is bounded."""


_BEFORE_LETTERS = word_set("its thats is spelled spelt spelling yes surname name from at the")
_IN_SENTENCES = word_set(
    "are-you see-you you-are why-are why-you oh-i oh-you oh-a oh-and if-you if-i as-i as-a i-see i-am and-i and-a in-a "
    "be-a i-be am-i you-see and-you are-we we-are if-we so-i in-our our-a"
)
"""Doubtful letters two in a row that are rather a sentence."""
_AFTER_LETTERS = word_set(
    "from at here and calling about please of on thats is thank thanks speaking phoning ringing who for new next then "
    "ok okay yes no with regarding but not"
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word as said; `key` is what a grammar compares, plain and bare; `in_row`: a letter of "S-M-I-T-H"."""

    text: str
    key: str
    in_row: bool = False

    @property
    def pauses(self) -> bool:
        """Whether a pause follows."""
        return self.text[-1:] in ",;:.!?…"


@dataclass(frozen=True, slots=True)
class Run:
    """Letters spelled in a row, of the tokens from `begin` to before `end`; a space in `letters` is a new word."""

    begin: int
    end: int
    letters: str
    has_capitals: bool


def tokens_of(text: str) -> list[Token]:
    """What was said, word by word; letters joined by hyphens or full stops come one by one."""
    tokens = []
    said = _JOINED.sub(lambda match: match[0].replace(" ", "").replace("-", ""), text.replace("\0", " ")[:LONGEST])
    for word in said.split():
        parts = re.findall(r"[^\W\d_][-.]*[,;]?", word) if _HYPHENED.fullmatch(word) else [word]
        tokens += [Token(part, re.sub(r"[^\w]", "", plain(part)), in_row=len(parts) > 1) for part in parts]
    return [token for token in tokens if token.key]


@dataclass(frozen=True, slots=True)
class _Letter:
    """One thing spelled: its letters and after how many tokens the next stands.

    `certain`: it is a letter anywhere; `alone`: it is a or I, a letter once it stands among letters.
    """

    letters: str
    count: int
    certain: bool
    capital: bool = False
    explained: bool = False
    alone: bool = False


def runs_of(tokens: list[Token]) -> list[Run]:
    """The runs of letters that spell something: three letters, or two that are explained ("C for Charlie")."""
    runs = []
    # Worked out once for each token: noise such as "a a a" would have it asked again from every beginning.
    inside = [_letter_at(tokens, at, inside=True) for at in range(len(tokens))]
    at = 0
    while at < len(tokens):
        run, after = _run_at(tokens, at, inside)
        if run:
            runs.append(run)
        at = max(after, at + 1)
    return runs


def _run_at(tokens: list[Token], begin: int, inside: list[_Letter | None]) -> tuple[Run | None, int]:
    """The run that begins there, with where to look on; `inside` is what each token is among letters."""
    found: list[_Letter] = []
    at, letter = begin, _letter_at(tokens, begin, inside=False)
    while letter:
        found.append(letter)
        at += letter.count
        letter = inside[at] if at < len(tokens) and len(found) < MOST_LETTERS else None
    repeated = _repeats_what_was_heard(found, tokens, begin)
    while found and not repeated and not found[-1].certain and not _may_end(found, tokens, at):
        at -= found.pop().count
    leading = next((index for index, letter in enumerate(found) if letter.certain), len(found))
    if not _may_begin(tokens, begin, leading):
        return None, begin + 1
    certain = sum(len(letter.letters.strip("-' ")) for letter in found if letter.certain or letter.alone)
    explained = sum(letter.explained for letter in found)
    if certain < 4 and any(token.key == "and" for token in tokens[begin:at]):
        return None, at
    few = certain < 3 and not repeated and explained < 2 and not (certain == 2 and len(found) > 3)
    if few and not _is_all_in_words(found, tokens, begin, at):
        return None, begin + 1
    letters = _with_pauses(found, tokens, begin).strip(" -'")
    if len(letters) < 2 or any(
        token.key.isdigit() for token in tokens[max(0, begin - 1) : begin] + tokens[at : at + 1]
    ):
        return None, at
    capitals = any(letter.capital for letter in found[1:])
    letters = letters[:1].upper() + letters[1:] if capitals else letters
    return Run(begin, at, letters, capitals), at


def _repeats_what_was_heard(found: list[_Letter], tokens: list[Token], begin: int) -> bool:
    """Whether two letters spell the word said just before them, "Ng, that's N G": no accident, short as they are."""
    letters = "".join(letter.letters for letter in found)
    if len(letters) != 2 or not letters.isalpha() or any(letter.count > 1 for letter in found):
        return False
    before = next((token for token in reversed(tokens[:begin]) if token.key not in LINKS), None)
    if before is None or before.key != letters:
        return False
    # Where the letters are written as capitals a name would be too: "we go, G O" names nobody.
    return before.text[:1].isupper() or tokens[begin].text[:1].islower()


def _is_all_in_words(found: list[_Letter], tokens: list[Token], begin: int, end: int) -> bool:
    """Whether three letters written as words are all that is said: "tee oh em", "ess you ee"."""
    keys = [token.key for token in tokens[begin:end]]
    sure = sum(key in CERTAIN for key in keys)
    said = len(found) == len(keys) == 3 and all(len(key) > 1 for key in keys)
    alone = (begin == 0 or tokens[begin - 1].pauses or tokens[begin - 1].key in _BEFORE_LETTERS) and end == len(tokens)
    return said and alone and sure > 1


def _with_pauses(found: list[_Letter], tokens: list[Token], begin: int) -> str:
    """The letters, as two words where the one pause between them comes after a first name: "J U L I E, S M I T H"."""
    pieces, at = [""], begin
    for letter in found:
        at += letter.count
        pieces[-1] += _cased(letter)
        if tokens[at - 1].pauses:
            pieces.append("")
    pieces = [piece for piece in pieces if piece]
    two_names = len(pieces) == 2 and min(map(len, pieces)) > 1 and any(map(_is_first_name, pieces))
    return " ".join(pieces) if two_names else "".join(pieces)


def _is_first_name(letters: str) -> bool:
    return len(letters) > 2 and Usual.USUAL in also_called(letters).values()


def _cased(letter: _Letter) -> str:
    return letter.letters.upper() if letter.capital else letter.letters


def _may_begin(tokens: list[Token], at: int, leading: int) -> bool:
    """Whether doubtful letters may begin a run: "see oh H E N" at the start, not "are you S M I T H"."""
    if at > 1 and tokens[at - 1].key in {"a", "an"} and tokens[at - 2].key == "with":
        return False
    if leading == 0:
        return True
    after_pause = at == 0 or tokens[at - 1].pauses or tokens[at - 1].key in _BEFORE_LETTERS
    keys = "-".join(token.key for token in tokens[at : at + 2])
    return after_pause and (leading == 1 or (leading == 2 and keys not in _IN_SENTENCES))


def _may_end(found: list[_Letter], tokens: list[Token], at: int) -> bool:
    """Whether a last doubtful letter ends the run: alone, at the end or before words that follow a name."""
    if not found[-1].letters.strip() or len(found) < 3 or not (found[-2].certain or found[-2].alone):
        return False
    if found[-1].alone:
        following = tokens[at].key if at < len(tokens) else ""
        return not following or tokens[at - 1].pauses or following in _AFTER_LETTERS
    return at >= len(tokens) and len(found) > 3


def _letter_at(tokens: list[Token], at: int, *, inside: bool) -> _Letter | None:
    token = tokens[at]
    key = token.key
    following = tokens[at + 1].key if at + 1 < len(tokens) else ""
    if key in TIMES and at + 1 < len(tokens) and (letter := _letter_at(tokens, at + 1, inside=inside)):
        if letter.letters.strip() and letter.letters.isalpha():
            return _Letter(letter.letters * TIMES[key], 1 + letter.count, True, explained=letter.explained)
        return None
    if key in CAPITAL | SMALL and (letter := _one_letter(tokens, at + 1)):
        return _Letter(letter.letters, 1 + letter.count, True, capital=key in CAPITAL, explained=letter.explained)
    if letter := _one_letter(tokens, at):
        return letter
    if not inside:
        return None
    if key in MARKS:
        return _Letter(MARKS[key], 1, False)
    if key in NEW_WORD:
        return _Letter(" ", 1, False)
    if key in {"new", "next", "second"} and following in {"word", "name"}:
        return _Letter(" ", 2, False)
    if key in SKIPPED or (key == "and" and following == "then"):
        return _Letter("", 1, False)
    return None


def _one_letter(tokens: list[Token], at: int) -> _Letter | None:
    if at >= len(tokens):
        return None
    key = tokens[at].key
    letter = key if len(key) == 1 and key.isalpha() else CERTAIN.get(key) or PERHAPS.get(key)
    if letter and (explained := _explained(tokens, at, letter)):
        return explained
    if key in ALPHABET and _alphabet_around(tokens, at):
        return _Letter(ALPHABET[key], 1, True)
    if not letter:
        return None
    capital_a = tokens[at].text[0] == "A" and at > 0
    sure = tokens[at].in_row or (len(key) == 1 and key not in PERHAPS) or key in CERTAIN or (key == "a" and capital_a)
    return _Letter(letter, 1, sure, alone=key in {"a", "i"})


def _alphabet_around(tokens: list[Token], at: int) -> bool:
    """Whether another word of the alphabet is next to this one: "Mike S M I T H" begins with a name."""
    around = [token.key for token in tokens[max(0, at - 2) : at] + tokens[at + 1 : at + 3]]
    return any(key in ALPHABET or key in TIMES for key in around)


def _explained(tokens: list[Token], at: int, letter: str) -> _Letter | None:
    """The letter with its word: "S for sugar". The word is heard better than the letter, so it decides."""
    rest = [token.key for token in tokens[at + 1 : at + 4]]
    skip = (
        2 if rest[:2] in (["as", "in"], ["is", "for"], ["as", "for"]) else 1 if rest[:1] and rest[0] in BETWEEN else 0
    )
    if not skip or len(rest) <= skip or not rest[skip].isalpha() or len(rest[skip]) < 2:
        return None
    if tokens[at].key in {"a", "i"} and rest[skip][0] != letter:
        return None
    return _Letter(rest[skip][0], 1 + skip + 1, True, explained=True)
