"""Names spelled out: the letters in what was said, and the words they put right."""

import re
from dataclasses import dataclass

from phonebot.domain.name.letters import LINKS, MARKS
from phonebot.domain.name.runs import Run, runs_of, tokens_of
from phonebot.domain.name.sound import likeness
from phonebot.domain.name.text import plain, with_capitals, word_set

MOST_BACK = 7
"""Words before the letters among which the word they spell is looked for."""
_INNER_MARK = re.compile(r"(?<=[^\W\d_])['’ʼ-](?=[^\W\d_])")
_ENDING_MARKS = ("'", "’", "ʼ", "-")
_LONGEST_INITIALS = 4
_PAUSE = ",.;:!?"
_BEFORE_INITIALS = word_set("the a an my your our from at with")


@dataclass(frozen=True, slots=True)
class Spelled:
    """What was spelled: `words` in order, and `text`, the whole of what was said with these words in their places.

    Without letters spelled `words` is empty.
    """

    text: str
    words: tuple[str, ...] = ()


def spelled_out(text: str) -> Spelled:
    """The words that letters spell in what was said, in any manner in which people spell."""
    tokens = tokens_of(text)
    runs = runs_of(tokens)
    if not runs:
        return Spelled(text)
    pieces: list[str] = []
    spelled: list[str] = []
    put_right = False
    at = 0
    for run in runs:
        pieces += [token.text for token in tokens[at : run.begin]]
        at = run.end
        if spelled and pieces and bare(pieces[-1]) == "not":
            pieces.pop()
            continue
        place, count = _place_of(pieces, run.letters)
        wrong = pieces[place : place + count]
        words = _as_written(run, wrong, pieces[place - 1 : place])
        put_right = put_right or bool(wrong)
        following = pieces[place + count :]
        after = [] if all(bare(piece) in LINKS or len(bare(piece)) == 1 for piece in following) else following
        words_now = [
            *words[:-1],
            words[-1] + _pause_after(tokens[run.end - 1].text if not after else (wrong or [""])[-1]),
        ]
        pieces = [*pieces[:place], *words_now, *after]
        spelled += words
    rest = [token.text for token in tokens[at:]]
    if rest and bare(rest[0]) not in MARKS and fits(rest[0], spelled[-1]) and not put_right:
        rest = rest[1:]
    whole = " ".join([*pieces, *rest]).rstrip(",;:")
    return Spelled(whole, tuple(spelled))


def _place_of(pieces: list[str], letters: str) -> tuple[int, int]:
    """Where the word or words that these letters spell were said, and how many; (where they now go, 0) if nowhere."""
    joined = letters.replace(" ", "")
    for at in range(len(pieces), max(0, len(pieces) - MOST_BACK), -1):
        best = max(
            ((_closeness("".join(pieces[at - count : at]), joined), -count) for count in (1, 2, 3) if count <= at),
            default=(0, 0),
        )
        if best[0]:
            return at + best[1], -best[1]
    at = len(pieces)
    while at > 0 and bare(pieces[at - 1]) in {"spelled", "spelt", "spelling", "thats", "written"}:
        at -= 1
    return at, 0


def _closeness(heard: str, letters: str) -> int:
    """How well letters may spell what was heard: 0 not, 1 they begin alike and are as long, up to 5 the same."""
    word, spelled = bare(heard), bare(letters)
    if len(word) < 2 or word in LINKS:
        return 0
    if like := likeness(word, spelled):
        return 1 + like
    alike = word[0] == spelled[0] and abs(len(word) - len(spelled)) <= 2 and len(set(word) & set(spelled)) >= 2
    return int(alike)


def fits(heard: str, letters: str) -> bool:
    """Whether letters may spell the word heard."""
    return _closeness(heard, letters) > 1


def bare(word: str) -> str:
    """The word plain and without marks: "O'Brien," is "obrien"."""
    return re.sub(r"[\W_]", "", plain(word))


def _pause_after(word: str) -> str:
    return "," if word[-1:] == "," else ""


def _as_written(run: Run, wrong: list[str], leading: list[str]) -> list[str]:
    """The spelled words with their capitals; letters that put nothing right may be initials: "from BBC", "the USA"."""
    heard = _with_marks_heard(run.letters.lower(), wrong)
    if heard is not None:
        return [heard]
    if run.has_capitals:
        return run.letters.split()
    parts = _parted(run.letters, wrong)
    few = len(run.letters) <= 3 and any(bare(piece) in _BEFORE_INITIALS for piece in leading)
    if not wrong and (few or not re.search("[aeiouy]", run.letters)):
        return [part.upper() for part in parts]
    return [with_capitals(part) for part in parts]


def _with_marks_heard(letters: str, wrong: list[str]) -> str | None:
    """The spelled word with the capitals and the marks in which it was heard, which nobody spells; None without any.

    "O'Brien, O B R I E N" is O'Brien, and so is "O'Brian" with these letters; "BBC, B B C" is BBC.
    """
    one = len(wrong) == 1 or (bool(wrong) and all(piece.endswith(_ENDING_MARKS) for piece in wrong[:-1]))
    if not one or not letters.isalpha():
        return None
    heard = "".join(wrong).strip(_PAUSE)
    if "".join(filter(str.isalpha, heard)).lower() == letters:
        shouted = heard.isupper() and len(heard) > _LONGEST_INITIALS
        return heard if heard[:1].isupper() and not shouted else with_capitals(heard.lower())
    mark = _INNER_MARK.search(heard)
    if mark is None:
        return None
    first, second = bare(heard[: mark.start()]), bare(heard[mark.end() :])
    rest = letters.removeprefix(first)
    return with_capitals(first + mark[0] + rest) if rest != letters and fits(second, rest) else None


def _parted(letters: str, wrong: list[str]) -> list[str]:
    """The spelled words apart: where "new word" was said, or where two words put right were one from the other."""
    if " " in letters or len(wrong) != 2 or letters.startswith("mc"):
        return letters.split()  # no name is Mc alone: "Mac Donald, M C D O N A L D" is one
    first, second = (bare(word) for word in wrong)
    cuts = [cut for cut in range(2, len(letters) - 1) if fits(first, letters[:cut]) and fits(second, letters[cut:])]
    if not cuts:
        return [letters]
    cut = min(cuts, key=lambda cut: abs(cut - len(first)))
    return [letters[:cut], letters[cut:]]
