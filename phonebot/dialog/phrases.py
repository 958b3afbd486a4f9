"""Small English grammars shared by the fields: fillers, asking back, times of day, keys said aloud, words said back."""

import re

from phonebot.dialog.word_list import phrases, words

LONGEST_LOOKED_AT = 400
"""Characters in which a phrase is looked for, so that no caller's flood of words holds up a turn."""

HESITATIONS = words("um umm uh uhm er err erm ah ahh oh ooh hm hmm hmmm well so like")
GREETINGS = words("hello hi hiya hey morning afternoon evening good day there")
MANNERS = words("please thanks thank you sorry cheers ok okay right yes yeah yep no nope sure certainly")
_NOTHING = HESITATIONS | GREETINGS | MANNERS | words("pardon what know i mean excuse me just the a and but")

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

_ASKS_AGAIN = phrases(
    "say again, say that again, say it again, repeat that, repeat it, repeat please, come again, what did you say",
    "did not hear, didn't hear, did not catch, didn't catch, can not hear, can't hear, cannot hear, i beg your pardon",
    "who is this, who's this, who's that, who is that, who am i, are you a robot, are you a machine, are you real",
    "are you there, is anybody there, is anyone there, am i talking to, am i speaking to, what do you mean",
    "what was that, what is this, what's this, don't understand, do not understand, repeat the question",
)
_MOST_WORDS_ASKING = 9
"""A question back is short; "I didn't hear from you about my order, who…" is what somebody wants."""

_HOUR = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|aug|sept?|oct|nov|dec)"
)
_NTH = r"(?:\d{1,2}(?:st|nd|rd|th)?|first|second|third|\w{3,9}th)"
_TIME_WORDS = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:mon|tues?|weds?|thurs?|fri)\b|"
    r"\b(?:to-?day|tomorrow|to-?night|weeks?|weekdays?|weekends?|months?|fortnight|midweek)\b|"
    # A month alone may be somebody's name; with a day or a preposition it is a date.
    rf"\b{_NTH} (?:of )?{_MONTH}\b|\b{_MONTH} (?:the )?{_NTH}\b|"
    rf"\b(?:in|next|this|early|late|mid|by|until|till|from|during) {_MONTH}\b|\b\d{{1,2}}(?:st|nd|rd|th)\b|"
    r"\b(?:mornings?|afternoons?|evenings?|noon(?:ish)?|midday|midnight|lunch(?:time)?|tea-?time|dinner(?:time)?|"
    r"breakfast|o'?clock|[ap]\.?m)\b|\b\d{1,2} ?[ap]\.?m\b|"
    r"\b(?:after|before|between|around|about|past|until|till|by|at|from) "
    rf"(?:\d{{1,2}}(?!\d)|{_HOUR}\b|half\b|quarter\b)|"
    rf"\bhalf (?:past|{_HOUR})\b|\bquarter (?:past|to)\b|\b{_HOUR}[ -]?(?:ish|thirty|fifteen|forty[ -]five)\b|"
    r"\bin (?:an?|half an?|\d{1,3}|" + _HOUR + r") (?:hours?|minutes?|days?|couple)\b|\b(?:a|the next) couple of\b|"
    r"\bany ?(?:time|day)\b|\b(?:whenever|asap|immediately|soon(?:er)?|later|early|earlier|weekly)\b|"
    r"\b(?:as soon as|straight away|right away|right now|first thing|after (?:work|school|hours|lunch))\b|"
    r"\b(?:end of (?:the )?(?:day|play)|close of business)\b|\b\d{1,2}[:.]\d\d\b",
    re.IGNORECASE,
)
_DATE_WORD = re.compile(rf"{_MONTH}|{_NTH}|\d{{1,2}}(?:[ap]m)?|\d\d\d\d")
_CLOCK_WORDS = words(
    "a an about after afternoon am any around at before between by clock day days eight eleven end evening few",
    "fifteen first five fortnight forty four friday from half hour hours in is it it's its later lunch lunchtime",
    "midday mid minutes monday month months morning mornings next nine noon not o'clock oclock of on one or past",
    "please pm quarter same saturday seven six soon sunday ten the then thing thirty this three thursday till",
    "time to today tomorrow tonight tuesday twelve twenty two until wednesday week weekend weeks within and",
    "afternoons evenings",
)


def words_of(text: str) -> list[str]:
    """The words of what was said, lower case, with straight apostrophes; punctuation is no word."""
    return [word.lower().replace("’", "'") for word in _WORD.findall(text[:LONGEST_LOOKED_AT])]


def says_nothing(text: str) -> bool:
    """Whether the words hold nothing but fillers and greetings, such as "um, hello?"."""
    return _NOTHING.issuperset(words_of(text)) and not _WORD.search(text, LONGEST_LOOKED_AT)


def asks_again(text: str) -> bool:
    """Whether the caller asks us something instead of answering: "can you repeat that?", "who is this?", "sorry?"."""
    return len(words_of(text)) <= _MOST_WORDS_ASKING and holds_phrase(text, _ASKS_AGAIN)


FEWEST_WORDS_OF_A_MATTER = 5
"""Fewer words than this are more likely a word misheard than what somebody rings about."""

_ASKING_WORDS = words("who what when where why how is are am can could may would will do does did has have")


def sounds_like_a_matter(text: str) -> bool:
    """Whether the words are long enough to say what somebody rings about, and ask us nothing."""
    said = words_of(text)
    return len(said) >= FEWEST_WORDS_OF_A_MATTER and said[0] not in _ASKING_WORDS and not asks_again(text)


def holds_phrase(text: str, among: frozenset[tuple[str, ...]]) -> bool:
    """Whether one of some phrases is said somewhere in the words."""
    said = words_of(text)
    lengths = sorted({len(phrase) for phrase in among})
    return any(tuple(said[at : at + length]) in among for at in range(len(said)) for length in lengths)


def sounds_like_a_time(text: str) -> bool:
    """Whether the words speak of a day or a time of day. Only that: what time is meant is not worked out here."""
    return _TIME_WORDS.search(text[:LONGEST_LOOKED_AT].replace("’", "'")) is not None


def is_only_a_time(text: str) -> bool:
    """Whether the words speak of a time and of nothing else: "about three", but not "about the Thursday delivery"."""
    named = (word for word in words_of(text) if word not in _CLOCK_WORDS)
    return all(map(_DATE_WORD.fullmatch, named)) and sounds_like_a_time(text)


_KEYS = {
    key: digit
    for digit, words in {"1": "1 one won", "2": "2 two too", "3": "3 three", "4": "4 four", "5": "5 five"}.items()
    for key in words.split()
}
_BEFORE_A_KEY = words("press option key number choose the digit please um uh er it's say")


def spoken_key(text: str) -> str:
    """The key that is said instead of pressed ("two", "press one please"), empty where none is."""
    left = [word for word in words_of(text) if word not in _BEFORE_A_KEY]
    return _KEYS.get(left[0], "") if len(left) == 1 else ""


_YOURS = {"my": "your", "our": "your", "mine": "yours", "ours": "yours", "i": "you", "we": "you", "i'm": "you're"}
_YOURS |= {"am": "are", "we're": "you're", "i've": "you've", "we've": "you've", "myself": "yourself"}
_YOURS |= {"i'd": "you'd", "we'd": "you'd", "i'll": "you'll", "we'll": "you'll"}
_NEEDS_A_CAPITAL = re.compile(
    rf"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|{_MONTH.title()}|[A-Z]{{2}}|[A-Z]\w*['’]s?\b)"
)
_LEAD_IN_BUSINESS = re.compile(
    r"(?:(?:um+|uh+|erm?|well|so|yes|yeah|okay|ok|oh|just|and)\b[ ,]{0,3}){0,6}"
    r"(?:it'?s|it is|that'?s|(?:i'?m|i am) (?:calling|ringing|phoning)|i (?:rang|called)|this is)?"
    r" ?(?:just |only )?(?:about|regarding|concerning|re|to do with|in connection with|with regard to) ",
    re.IGNORECASE,
)


def as_phrase(text: str) -> str:
    """What a caller said, ready to stand in the middle of a sentence said back to them: "your invoice"."""
    phrase = " ".join(text.split()).replace("’", "'")
    if lead := _LEAD_IN_BUSINESS.match(phrase):
        phrase = phrase[lead.end() :]
    phrase = " ".join(_yours(word) for word in phrase.strip(" .,!?;").split(" "))
    phrase = re.sub(r"\b([Yy]ou) was\b", r"\1 were", phrase)
    if phrase and not _NEEDS_A_CAPITAL.match(phrase):
        phrase = phrase[0].lower() + phrase[1:]
    return phrase


def _yours(word: str) -> str:
    bare = word.strip(".,!?;")
    return word.replace(bare, _YOURS[bare.lower()], 1) if bare.lower() in _YOURS else word
