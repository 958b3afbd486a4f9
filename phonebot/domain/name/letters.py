"""Letters as they are spoken and as recognisers write them."""

from phonebot.domain.name.text import word_set

CERTAIN = {
    "zed": "z", "zee": "z", "aitch": "h", "haitch": "h", "dee": "d", "gee": "g", "jay": "j", "kay": "k", "el": "l",
    "ell": "l", "em": "m", "en": "n", "pee": "p", "cue": "q", "ee": "e", "kew": "q", "ess": "s", "tee": "t", "vee": "v",
    "eff": "f", "ef": "f", "ar": "r", "cee": "c", "wye": "y", "doubleyou": "w", "doubleu": "w", "jee": "g", "es": "s",
    "ay": "a",
}  # fmt: skip
"""Words that are hardly anything but a letter, once other letters stand around them."""

PERHAPS = {
    "a": "a", "i": "i", "see": "c", "sea": "c", "are": "r", "our": "r", "you": "u", "why": "y", "bee": "b", "be": "b",
    "oh": "o", "owe": "o", "pea": "p", "queue": "q", "tea": "t", "ex": "x", "eye": "i", "aye": "i", "we": "v",
    "if": "f", "as": "s", "am": "m", "and": "n", "in": "n", "okay": "k", "ok": "k", "eh": "a", "hey": "a", "age": "h",
    "zero": "o", "nought": "o", "0": "o", "8": "h",
}  # fmt: skip
"""Ordinary words that are a letter only between letters, or right before the first."""

ALPHABET = {
    word: word[0]
    for word in word_set(
        "alfa alpha bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima mike november oscar "
        "papa quebec romeo sierra tango uniform victor whiskey whisky xray yankee zulu"
    )
}
"""The alphabet of pilots and police, where a word alone is its letter."""

BETWEEN = frozenset({"for", "as", "like", "is"})
"""What stands between a letter and its word: "S for sugar", "S as in Sam", "S like Sam"."""

TIMES = {"double": 2, "dubble": 2, "triple": 3, "treble": 3}
CAPITAL = frozenset({"capital", "uppercase", "big"})
SMALL = frozenset({"small", "little", "lowercase"})
MARKS = {"hyphen": "-", "dash": "-", "apostrophe": "'"}
NEW_WORD = frozenset({"space"})
SKIPPED = frozenset({"then", "um", "uh", "er", "erm", "comma"})
LINKS = word_set(
    "thats that is its it spelled spelt spelling which so i ie mean with and name surname first last the my written an "
    "as in you spell yes no sorry for"
)
"""Words between a name and its letters: "that's", "my surname is spelt"."""
