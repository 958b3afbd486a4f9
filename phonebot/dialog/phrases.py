"""Small English grammars shared by the fields: yes and no, names, times of day, and fillers."""

import re
from dataclasses import dataclass

_YES = (
    r"yes|yeah|yep|yup|ya|aye|correct|right|fine|ok|okay|sure|perfect|lovely|great|certainly|absolutely|indeed|"
    r"(?:that'?s|that is|it'?s|it is|all|everything'?s|sounds) (?:right|fine|correct|good|great|perfect|it)|"
    r"please do|go ahead|use (?:that|this)(?: (?:one|number))?|this one(?: is fine)?|of course"
)
_NO = (
    r"no|nope|nah|not (?:really|that one|this one|right|correct|quite)|wrong|incorrect|"
    r"(?:that'?s|it'?s) (?:not right|wrong)|that isn'?t right"
)
_HESITATION = r"um+|uh+|er+m?|ah+|oh|hm+|well"
_FILLER = rf"{_HESITATION}|so|like|please|thanks|thank|you|sorry|hello|hi|hey|yes|yeah|no|okay|ok|pardon|what|know"

_LEADING_YES = re.compile(rf"\s*(?:{_YES})\b[\s,.!;-]*", re.IGNORECASE)
_LEADING_NO = re.compile(rf"\s*(?:{_NO})\b[\s,.!;-]*", re.IGNORECASE)
_LEADING_FILLER = re.compile(rf"\s*(?:{_HESITATION}|sorry|actually|sort of|i mean|please)\b[\s,.!;-]*", re.IGNORECASE)

_FILLER_WORD = re.compile(rf"(?:{_FILLER})", re.IGNORECASE)

_TIME_WORDS = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:to-?day|tomorrow|to-?night|week|weekend|month|fortnight)\b|"
    r"\b(?:january|february|march|april|june|july|august|september|october|november|december)\b|"
    r"\b(?:morning|afternoon|evening|noon|midday|lunch(?:time)?|tea-?time|o'?clock|a\.?m\.?|p\.?m\.?)\b|"
    r"\b(?:after|before|between|around|about|past|until|till|by|at|from) "
    r"(?:\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|quarter)|"
    r"\b(?:half|quarter) (?:past|to)\b|"
    r"\b(?:any ?time|whenever|as soon as|straight away|right away|first thing|later)\b|"
    r"\b\d{1,2}(?::|\.)\d\d\b|\b\d{1,2}(?:st|nd|rd|th)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class YesNo:
    """A yes, a no or neither (None), and whatever else was said with it."""

    answer: bool | None
    rest: str


def yes_or_no(text: str) -> YesNo:
    """Split a leading yes or no off what was said: "no, Thursday" is a no with the rest "Thursday"."""
    rest = _strip_leading(_LEADING_FILLER, text)
    if match := _LEADING_NO.match(rest):
        return YesNo(False, _strip_leading(_LEADING_NO, rest[match.end() :]))
    if match := _LEADING_YES.match(rest):
        return YesNo(True, _strip_leading(_LEADING_YES, rest[match.end() :]))
    return YesNo(None, rest)


def _strip_leading(pattern: re.Pattern[str], text: str) -> str:
    while match := pattern.match(text):
        if not match.end():
            break
        text = text[match.end() :]
    return text.strip(" \t,.!;-")


def says_nothing(text: str) -> bool:
    """Whether the words hold nothing but fillers and greetings, such as "um, hello?"."""
    words = re.sub(r"[^\w' ]+", " ", text).split()
    return all(_FILLER_WORD.fullmatch(word) or not any(map(str.isalnum, word)) for word in words)


def sounds_like_a_time(text: str) -> bool:
    """Whether the words speak of a day or a time of day. Only that: what time is meant is not worked out here."""
    return _TIME_WORDS.search(text) is not None


@dataclass(frozen=True, slots=True)
class Introduction:
    """How somebody introduced themselves: "Julie Smith from Hartwell Dental about the invoice"."""

    name: str | None
    company: str | None
    business: str | None


_LEAD_IN = re.compile(
    rf"\s*(?:(?:{_HESITATION}|so|hi|hiya|hello|hey|good (?:morning|afternoon|evening|day)|yes|yeah|okay|ok)\b"
    r"[\s,.!-]*)*"
    r"(?:(?:my|the) name(?:'s| is| was)|name(?:'s| is)|this is|it'?s|it is|i'?m|i am|that(?:'s| is|'ll be)|"
    r"you(?:'re| are) (?:speaking|talking) (?:to|with)|here is)?\b[\s,.:-]*",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"[\s,.;-]+(?:and )?(?:(?:i'?m |i am )?(?:just )?(?:calling|ringing|phoning) )?(?:it'?s )?"
    r"(?:about|regarding|concerning|with regard to)\s+",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"[\s,.;-]+(?:and )?(?:i'?m |i am )?(?:(?:calling|ringing|phoning|speaking|here) )?"
    r"(?:from|of|at|with|on behalf of|for)\s+(?!the number)",
    re.IGNORECASE,
)
_TAIL = re.compile(r"[\s,.-]+(?:speaking|here|calling|ringing|please|thanks|thank you|again)[\s.!]*$", re.IGNORECASE)


def introduction(text: str) -> Introduction:
    """Who, of which business, and what about, as far as the words say. A name needs at least one letter."""
    rest = text.strip()
    lead = _LEAD_IN.match(rest)
    rest = rest[lead.end() :] if lead else rest
    who, business = _split(_ABOUT, rest)
    who, company = _split(_FROM, who)
    name = _tidy_name(who)
    if name is None or says_nothing(name):
        return Introduction(None, None, None)
    return Introduction(name, _tidy_name(company) if company else None, business.strip(" .,!") if business else None)


def _split(pattern: re.Pattern[str], text: str) -> tuple[str, str | None]:
    match = pattern.search(text)
    return (text[: match.start()], text[match.end() :]) if match else (text, None)


def _tidy_name(text: str) -> str | None:
    while tail := _TAIL.search(text):
        text = text[: tail.start()]
    name = text.strip(" \t,.!?;:-")
    if not any(map(str.isalpha, name)):
        return None
    return " ".join(word[:1].upper() + word[1:] for word in name.split()) if name == name.lower() else name


_MINE = re.compile(r"^(?:my|our)\b", re.IGNORECASE)
_NEEDS_A_CAPITAL = re.compile(
    r"(?:I\b|I'|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|"
    r"October|November|December|[A-Z]{2})"
)
_LEAD_IN_BUSINESS = re.compile(
    rf"^(?:(?:{_HESITATION}|so|yes|yeah)\b[\s,]*)*"
    r"(?:it'?s|it is|i'?m (?:calling|ringing|phoning)|i am calling|this is)?"
    r"\s*(?:about|regarding|concerning|to do with)\s+",
    re.IGNORECASE,
)


def as_phrase(text: str) -> str:
    """What a caller said, ready to stand in the middle of a sentence said back to them: "your invoice"."""
    phrase = _MINE.sub("your", _LEAD_IN_BUSINESS.sub("", text.strip()).strip(" .,!?;"))
    if phrase and not _NEEDS_A_CAPITAL.match(phrase):
        phrase = phrase[0].lower() + phrase[1:]
    return phrase
