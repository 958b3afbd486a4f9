"""Text as the wording guard reads it: plain lower-case words with their places, contractions taken apart."""

import re
from bisect import bisect_left
from dataclasses import dataclass


def word_set(words: str) -> frozenset[str]:
    """The space-separated words as a set."""
    return frozenset(words.split())


STOP = "."
"""The word that stands for the end of a sentence or a line."""

COMMA = ","
"""The word that stands for a comma, a colon or a bracket."""

_TOKEN = re.compile(
    r"(?P<number>\d+(?:[.:]\d+)*)(?P<suffix>[a-zA-Z]{0,2})(?![^\W_])"
    r"|(?P<meridiem>\b[aApP]\.[mM]\b\.?)"
    r"|(?P<title>\b(?:[Dd]r|[Mm]rs?|[Mm]s|[Ss]t|[Nn]o)\.(?=\s?[A-Z0-9]))"
    r"|(?P<word>[^\W_]+(?:['’‘ʼ`´][^\W_]+)*)"
    r"|(?P<stop>[.!?;…\n\r\u2028—–]+|(?<=\s)-(?=\s))"
    r"|(?P<comma>[,:()\[\]\"“”])"
)

_ENDINGS = {
    "'ll": "will",
    "'ve": "have",
    "'re": "are",
    "'m": "am",
    "'d": "would",
    "'s": "'s",
}

_WHOLE = {
    "won't": ("will", "not"),
    "can't": ("can", "not"),
    "shan't": ("shall", "not"),
    "ain't": ("is", "not"),
    "cannot": ("can", "not"),
    "let's": ("let", "us"),
    "y'all": ("you", "all"),
    "gonna": ("going", "to"),
    "gotta": ("got", "to"),
    "wanna": ("want", "to"),
    "lemme": ("let", "me"),
    "dunno": ("not", "know"),
    "wont": ("will", "not"),
    "cant": ("can", "not"),
    "dont": ("do", "not"),
    "doesnt": ("does", "not"),
    "didnt": ("did", "not"),
    "isnt": ("is", "not"),
    "couldnt": ("could", "not"),
    "havent": ("have", "not"),
    "hasnt": ("has", "not"),
    "youll": ("you", "will"),
    "theyll": ("they", "will"),
    "itll": ("it", "will"),
    "thatll": ("that", "will"),
    "somebodyll": ("somebody", "will"),
    "someonell": ("someone", "will"),
    "im": ("i", "am"),
    "hes": ("he", "'s"),
    "shes": ("she", "'s"),
    "theyre": ("they", "are"),
    "youre": ("you", "are"),
    "ive": ("i", "have"),
    "weve": ("we", "have"),
    "youve": ("you", "have"),
    "noone": ("nobody",),
    "u": ("you",),
    "ya": ("you",),
    "cos": ("because",),
    "inquiry": ("enquiry",),
    "inquiries": ("enquiries",),
    "endeavor": ("endeavour",),
    "callback": ("call", "back"),
    "callbacks": ("calls", "back"),
    "followup": ("follow", "up"),
    "pls": ("please",),
}

# Without its apostrophe a contraction looks like another word ("ill", "well"); the verb after it gives it away.
_BARE = {"ill": "i", "well": "we", "shell": "she", "hell": "he"}
_VERB_AFTER_BARE = word_set(
    "be call ring phone telephone text email get give drop send let keep return reply respond contact speak "
    "talk write follow reach circle touch have make ask see try do come also always then definitely certainly "
    "tell arrange pop look find aim catch message buzz ping"
)

_QUOTES = str.maketrans("’‘ʼ`´", "'''''")


@dataclass(frozen=True, slots=True)
class Word:
    """One plain word and the half-open span of characters of the text it was read from."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Words:
    """All words of a text, and the same as one string: a space after each word; `offsets` are places in it."""

    words: tuple[Word, ...]
    stream: str
    offsets: tuple[int, ...]

    def at(self, index: int) -> str:
        """The word at that index; the end of a sentence before the first and after the last."""
        return self.words[index].text if 0 <= index < len(self.words) else STOP

    def index_at(self, offset: int) -> int:
        """The index of the first word at or after that place in the stream; the number of words past its end."""
        return bisect_left(self.offsets, offset)


def read_words(text: str) -> Words:
    """The words of a text in any language, in the order written. Characters that make no word are passed over."""
    words: list[Word] = []
    for match in _TOKEN.finditer(text):
        words += [Word(piece, match.start(), match.end()) for piece in _pieces(match)]
    words = _mend_bare_contractions(words)
    offsets: list[int] = []
    place = 0
    for word in words:
        offsets.append(place)
        place += len(word.text) + 1
    return Words(tuple(words), "".join(f"{word.text} " for word in words), tuple(offsets))


def _pieces(match: re.Match[str]) -> tuple[str, ...]:
    kind = match.lastgroup
    if kind == "stop":
        return (STOP,)
    if kind == "comma":
        return (COMMA,)
    if kind in ("number", "suffix"):
        return (match["number"],)
    if kind == "word":
        return _taken_apart(match["word"].lower().translate(_QUOTES))
    return (match[0].lower().replace(".", ""),)


def _taken_apart(word: str) -> tuple[str, ...]:
    if word in _WHOLE:
        return _WHOLE[word]
    if word.endswith("n't") and len(word) > 3:
        return (word[:-3], "not")
    for ending, meaning in _ENDINGS.items():
        if word.endswith(ending) and len(word) > len(ending):
            return (*_taken_apart(word[: -len(ending)]), meaning)
    return (word,)


def _mend_bare_contractions(words: list[Word]) -> list[Word]:
    mended: list[Word] = []
    for place, here in enumerate(words):
        subject = _BARE.get(here.text)
        if subject and place + 1 < len(words) and words[place + 1].text in _VERB_AFTER_BARE:
            mended += [Word(subject, here.start, here.end), Word("will", here.start, here.end)]
        else:
            mended.append(here)
    return mended
