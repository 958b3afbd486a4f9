"""The words of a caller brought to one form: small letters, numbers in figures, "pm" one way, signs apart."""

import re
import unicodedata
from collections.abc import Callable

LONGEST = 300
"""Characters read; a time is said in far fewer, and what comes after them is not waited for."""

_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_CARDINALS = {word: number for number, word in enumerate(_UNITS)} | {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fourty": 40,
    "fifty": 50,
    "sixty": 60,
}
_ORDINALS = {
    word: number
    for number, word in enumerate(
        (
            *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
            *("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth"),
            *("eighteenth", "nineteenth", "twentieth"),
        ),
        start=1,
    )
} | {"thirtieth": 30}
_CARDINAL_WORD = "|".join(sorted(_CARDINALS, key=len, reverse=True))
_ORDINAL_WORD = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec"
_FEASTS = "christmas|easter|new year|boxing|thanksgiving|halloween|valentines|good friday|memorial|labou?r"
_WEEKDAY = "mon|tues?|weds?|thu|thurs?|fri|sat|sun"

_IF_IT_SUITS = (
    r"\bif (?:that|thats|its|it|this|thatll|you|he|she|they|we|hes|shes|theyre|youre)"
    r" ?(?:is|works|suits|would|can|could|like|want|prefer|do|does|will|possible|convenient|okay|ok|fine|all right"
    r"|alright|easier|free|available|about|in)?(?: (?:be|do|dont))?"
    r" ?(?:ok|okay|fine|all right|alright|possible|convenient|suit|mind|work|you|him|her|them|for)*\b"
)
_TIDY: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        (r"[\u2018\u2019`\u00b4]", "'"),
        (r"[\u2010-\u2015\u2212~]", "-"),
        (r"\bo'? ?clock\b", "oclock"),
        (r"\bgood (?:morning|afternoon|evening|day)\b", " "),
        (r"\bi am\b", "im"),
        (r"(?<=day|row|eek|nth)'s\b", ""),
        (r"\b(?:2mor+ow?|tomm?orr?ow|tomoro|tmrw|tmr|tmw)(s?)\b", r"tomorrow\1"),
        (r"\b(?:the )?whole of\b|\bthe hours of\b", " "),
        (r"\b(?:just|shortly|slightly|an? (?:bit|little|touch|shade)) (?:after|before|past) (?=\w)", "about "),
        (rf"\b((?:{_MONTH})[a-z]*)/(\d\d?)/(?=20\d\d)", r"\1 \2 "),
        (r"[()]", " , "),
        (r"\bat (\d\d?)h\b(?! ?\d)", r"at \1:00"),
        (r"\bin (\d)h(\d\d)\b", r"in \1 hours \2 minutes"),
        (r"'", ""),
        (r"\bmid ?week (?:of )?(?=next|this)", "mid "),
        (r"\bmidweek\b", "mid week"),
        (rf"\b((?:{_WEEKDAY})[a-z]*)-(?=(?:{_WEEKDAY})[a-z]*\b)", r"\1 to "),
        (r"\be\.? ?o\.? ?d\b", "eod"),
        (r"(?<![a-z])([ap])\s*\.?\s*m(?![a-z])\.?", r" \1m "),
        (rf"\b((?:{_MONTH}|{_WEEKDAY})[a-z]*)\.", r"\1 "),
        (r"\bif (?:at all )?(?:possible|poss|need(?:ed)? be|necessary|convenient|so)\b", " "),
        (_IF_IT_SUITS, " "),
        (r"\bi (?:suppose|think|reckon|believe)\b", " "),
        # "Teaching until twelve, so after that" is free from then on.
        (
            (
                r"\b(?:until|till?) ([\w: ]{1,24}?)(?: ,|,)? (?:so |and |but )?(?:call me |ring me )?(?:any ?time )?"
                r"after (?:that|then)\b"
            ),
            r"im free after \1 ",
        ),
        (r"\b((?:call|ring|phone|reach|get|catch|text)(?: me| us| him| her)?(?: back)?) at (?:work|home)\b", r"\1"),
        (r"\b(?:any ?time )?(?<!week )(?<!weekend )(?<!month )(?:from|after) (?:that|then)\b(?: on| onwards)?", " "),
        (r"\b(?:the )?first (?:few|couple of|\w+) days (?:of|in)\b", "beginning of"),
        (r"\b(?:the )?last (?:few|couple of|\w+) days (?:of|in)\b", "end of"),
        (r"\bnext hour and a half\b", "next 1 hour and a half"),
        (r"\bw/c\b", "week commencing"),
        (r"\bx-?mas\b", "christmas"),
        (r"\beom\b", "end of the month"),
        (r"\bbom\b", "beginning of the month"),
        (r"\bmid[ -]?night\b", "midnight"),
        (r"\bhave an? (?:nice|good|lovely|great) (?:day|evening|weekend|week|one)\b", " "),
        (r"\b1/2 (?:an? )?(?:h|hr|hour)\b", "half an hour"),
        (r"\b3/4 (?:of )?an hour\b", "45 minutes"),
        (r"\b1/4 (?:of )?an hour\b", "15 minutes"),
        (r"(\d)h(\d\d)\b", r"\1:\2"),
        (r"(?<=-\d\d)t(?=\d)", " "),
        (r"(\d) ?([ap])\b(?! ?\w)|(\d)([ap])\b", r"\1\3 \2\4m"),
        (r"(?<![\d.])(\d{1,2})\s?[:.]\s?(\d{2})(?!\d|\.\d|\s*h(?:ou)?rs?)", r"\1:\2"),
        (r"(\d{1,2})\.(?= [a-z])", r"\1 "),
        (r"(\d)\s*/\s*(\d)", r"\1/\2"),
        (r"(?<=[a-z])/(?=\d)|(?<=\d)/(?=[a-z])", " "),
        (r"(?<=[a-z])-(?=[a-z])", " "),
        (rf"\b((?:{_MONTH})[a-z]*)[- ](\d\d?)-(?=20\d\d)", r"\1 \2 "),
        (rf"\b(\d\d?)-((?:{_MONTH})[a-z]*)-(?=20\d\d)", r"\1 \2 "),
        (rf"\b((?:{_MONTH})[a-z]*)-(?=\d)|\b(?<!-)(\d\d?)-(?=(?:{_MONTH})[a-z]*\b)", r"\1\2 "),
        (r"(?<![\d-])(\d{1,2})-(\d{1,2})(?![\d-])", r"\1 - \2"),
        (r"(?<=[a-z])(?=\d)", " "),
        (r"(?<=\d)(?!(?:st|nd|rd|th)\b)(?=[a-z])", " "),
        (rf"\b({_CARDINAL_WORD}|noon|afternoon|lunchtime|lunch)ish\b", r"\1 ish"),
        (r"[;!?]|(?<!\d)\.|\.(?!\d)|\n", " , "),
        (r"([,@&+()])", r" \1 "),
        (r"(?<![\d])-|-(?![\d])|(?<=:\d\d)-|(?<=\d\d\d\d)-(?=\d{4})", " - "),
    )
)
_MINUTES_TO = re.compile(rf"(?<!from )(?<!between )\b(five|ten) to (?={_CARDINAL_WORD}|noon|midnight)(?!\w+ish)")
_ORDINAL = re.compile(rf"\b(?:(twenty|thirty) )?({_ORDINAL_WORD})\b(?! thing)")
_CARDINAL = re.compile(rf"\b(?:(twenty|thirty|forty|fourty|fifty) ({'|'.join(_UNITS[1:10])})|({_CARDINAL_WORD}))\b")
_SECOND_IS_A_UNIT = re.compile(r"\b(?:a|one|per|\d+|few|of) second\b")
_AMOUNTS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        (r"\b(?:a |the )?(?:couple|pair)(?: of)?\b", "2"),
        (r"\b(?:an? )?few(?: more)?\b|\bseveral\b", "3"),
        (r"\b2 thousand(?: and)? (\d{1,2})\b", lambda found: f"20{found[1]:0>2}"),
        (
            (
                rf"\b((?:{_MONTH})[a-z]* (?:the )?\d{{1,2}}(?:st|nd|rd|th)?|\dth (?:of )?(?:{_MONTH})[a-z]*)"
                rf"(?: ,)? 20 (?=[12]\d\b)"
            ),
            r"\1 20",
        ),
        (r"\b(?:an?|1) (half|quarter)(?: of)?(?: an)? hour\b", r"\1 hour"),
        (r"\b5 and 20 (?=past|to)", "25 "),
        (r"\b(\d{1,2}) (and|to|until|till) half past\b(?! \d)", r"\1 \2 \1:30"),
        (r"\bmins?\b", "minutes"),
        (r"\bhrs\b", "hours"),
        (r"\banother (?=\d)", ""),
        (r"\banother (?=hour|day|week|month)", "1 "),
        (r"(?<=in )quarter hour\b", "15 minutes"),
        (r"(?<=\d) (?:oh?|0) (\d)\b(?! ?[\d:])", r":0\1"),
        (r"\b0 (\d)\b", r"0\1"),
        (rf"\b(\d)th ((?:{_WEEKDAY})[a-z]*) (?:after|following) (?!next)", r"\2 \1 weeks after "),
        (
            rf"\b((?:{_WEEKDAY})[a-z]*) (?:after|following) (?=(?:the )?(?:{_FEASTS})|the \d|\d+th)",
            r"\1 1 weeks after ",
        ),
        (rf"\b((?:{_WEEKDAY})[a-z]*) before (?=(?:the )?(?:{_FEASTS})|the \d+th|\d+th)", r"\1 1 weeks before "),
        (rf"\bfinal (?=day|week|(?:{_WEEKDAY}))", "last "),
        (r"\b(\d+) or \d+ (?=(?:min|hour|day|week|month))", r"\1 "),
        (r"\b(an?|1|next) (minute|hour|day|week|month) or 2\b", r"\1 \2"),
        (r"(?<=\d) (?:more|other) (?=[a-z])", " "),
        (
            (
                rf"\b((?:\d(?:st|nd|rd|th)|last) (?:{_WEEKDAY})[a-z]*) ((?:at )?\d[\d: apmto-]*?)"
                rf" ?((?:of|in) (?:next month|this month|the month|(?:{_MONTH})[a-z]*))\b"
            ),
            r"\1 \3 \2",
        ),
        (r"\s+", " "),
    )
)


def in_one_form(text: str) -> str:
    """The words in one form, single spaces between; only the first 300 characters are read."""
    said = unicodedata.normalize("NFKC", text[:LONGEST])[:LONGEST].lower()
    said = "".join(letter if letter.isprintable() else " " for letter in said)
    for pattern, put in _TIDY:
        said = pattern.sub(put, said)
    said = " ".join(said.split())
    said = _MINUTES_TO.sub(r"\1 minutes to ", said)
    if not _SECOND_IS_A_UNIT.search(said):
        said = _ORDINAL.sub(_ordinal, said)
    said = _CARDINAL.sub(_cardinal, said)
    for pattern, amount in _AMOUNTS:
        said = pattern.sub(amount, said)
    return said.strip(" ,")


def _ordinal(found: re.Match[str]) -> str:
    number = (_CARDINALS[found[1]] if found[1] else 0) + _ORDINALS[found[2]]
    return f"{number}th"


def _cardinal(found: re.Match[str]) -> str:
    if found[1]:
        return str(_CARDINALS[found[1]] + _CARDINALS[found[2]])
    return str(_CARDINALS[found[3]])
