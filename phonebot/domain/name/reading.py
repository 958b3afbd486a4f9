"""How a name may be read aloud: written as English would write the sound, for English names and others."""

import re
from functools import lru_cache

_ENGLISH = (
    (r"^mc?k?c?(?<=mc|ck|kc)(?=[a-z]{3})|^mac(?=[a-z]{4})", "mak"),
    (r"^(?:geo)(?=ff)", "je"),
    (r"^ch(?=[lr])", "k"),
    (r"^rh", "r"),
    (r"owe$", "ow"),
    (r"^eua", "ewa"),
    (r"^eoi", "owe"),
    (r"^wh(?=[aeiy])", "w"),
    (r"^thom", "tom"),
    (r"^mich(?=a)", "mik"),
    (r"anth(?=o)", "ant"),
    (r"^ther(?=es)", "ter"),
    (r"ich(?=ol)", "ik"),
    (r"eigh", "ei"),
    (r"ight", "ite"),
    (r"ght", "t"),
    (r"aughn|aughan", "awn"),
    (r"(?<=[^aeiou])y(?=[aeiou])", "i"),
    (r"ugh(?=es$|$)", "u"),
    (r"u?gh(?=er)|(?<=o)ch(?=ert)", "h"),
    (r"(?<=[aeiou])gh$", ""),
    (r"ngh$", "ng"),
    (r"tsch|tch", "ch"),
    (r"ph(?!en)|ff", "f"),
    (r"(?<=ste)ph", "v"),
    (r"mp(?=[st])", "m"),
    (r"ew(?=ar)", "u"),
    (r"(?<=[aeo])y(?=er|es$)", "i"),
    (r"(?<=[a-z])dt$", "t"),
    (r"bv", "v"),
    (r"ck", "k"),
    (r"(?<=[aeiouy])h(?=[aeiouy]|$)", ""),
)
"""Spellings of English names that Metaphone reads otherwise than people do."""

_FOREIGN = (
    (
        (r"^nguye", "wi"),
        (r"^ng(?=[aeiouy])", "n"),
        (r"^x|^hs", "sh"),
        (r"^zh", "j"),
        (r"^q(?!u)", "ch"),
        (r"^ts", "s"),
        (r"nh$", "n"),
        (r"^h(?=ng)", ""),
    ),
    (
        (r"^sea(?=[nm])", "shaw"),
        (r"^sio", "shi"),
        (r"^s(?=[ei][an])", "sh"),
        (r"(?<=n)ia(?=mh)", "ee"),
        (r"[bm]h(?=[aeiou]?)", "v"),
        (r"(?<=[aeiou])dh(?=[aeiou])", ""),
        (r"^cao|^cae", "kee"),
        (r"^aoi", "ee"),
    ),
    (
        (r"sch|sz|^s(?=[tp])", "sh"),
        (r"cz|tsch", "ch"),
        (r"^w|(?<=[aeiouk])w(?=[aeiou]|sk)", "v"),
        (r"j", "y"),
        (r"th", "t"),
        (r"tz", "ts"),
    ),
    (
        (r"^ju(?=a)", "w"),
        (r"j|^ge(?=r)", "h"),
        (r"(?<=[aeiou])ll(?=[aeiou])", "y"),
        (r"z", "s"),
        (r"(?<=[^aeiou][aeo]s)e$|(?<=nt)e$", "ay"),
        (r"th", "t"),
    ),
    ((r"^mo(?=h)", "mu"), (r"ou|oo", "u"), (r"ee", "i"), (r"e(?=[dnm]$)", "a"), (r"kh", "k"), (r"q", "k")),
    (
        (r"^j(?=[aeiou])", "zh"),
        (r"eaux?$|ault$|ot$", "o"),
        (r"ois$", "wa"),
        (r"(?<=[ae]u|oi|ai)[ts]$|(?<=er)t$", ""),
        (r"et$", "ay"),
    ),
)
"""Chinese and Vietnamese, Irish, German and Polish, Spanish, Arabic, French: each a way to read a name."""


def _compiled(rules: tuple[tuple[str, str], ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), as_read) for pattern, as_read in rules)


_READ_ENGLISH = _compiled(_ENGLISH)
_READ_FOREIGN = tuple(_compiled(rules) for rules in _FOREIGN)


def _read(word: str, rules: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for pattern, as_read in rules:
        word = pattern.sub(as_read, word)
    return word


@lru_cache(maxsize=8192)
def readings(word: str) -> tuple[str, ...]:
    """The ways of reading a plain word aloud, the English one first."""
    word = re.sub("^john", "jon", word)
    foreign = (_read(word, rules) for rules in _READ_FOREIGN)
    read = dict.fromkeys([_read(word, _READ_ENGLISH), *(_read(each, _READ_ENGLISH) for each in foreign)])
    return tuple(filter(None, read)) or (word,)
