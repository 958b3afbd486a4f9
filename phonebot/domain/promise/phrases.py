"""Phrases that commit by themselves: "your call will be returned", "expect a call", "a reply within a day"."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from phonebot.domain.promise import context
from phonebot.domain.promise.lexicon import ADVS, EXPECTED, NUMBER_WORDS, WHEN
from phonebot.domain.promise.words import STOP, Words, word_set


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase begins at one of `starts` and reads as `pattern`; `holds(words, first, end)` judges around it."""

    kind: str
    starts: frozenset[str]
    pattern: re.Pattern[str]
    holds: Callable[[Words, int, int], bool]


_DIRECT = (
    r"(?:called|rung|phoned|telephoned|texted|emailed|contacted|notified|informed|updated|messaged|"
    r"written to|spoken to|"
    r"kept (?:informed|posted|updated)|seen to|looked after) (?:back )?"
)
_SETTLED = (
    r"(?:returned|answered|dealt with|responded to|replied to|followed up|attended to|seen to|looked into|actioned|"
    r"acknowledged|resolved|sorted|taken care of) (?!to )"
)
_WORKED_ON = r"(?:handled|addressed|investigated|looked at|reviewed|processed) "
_PROMPTLY = (
    r"(?:[a-z']+ ){0,3}?(?:within|promptly|as (?:soon|quickly)|quickly|the (?:same|next|following) |same day|next day|"
    r"in turn|in order|in the order|shortly|straight away|immediately|on my return|on [a-z]+day|"
    r"before|after|personally|"
    r"by (?:the end|close|[a-z]+day|noon|lunchtime)|in \d)"
)
_CALLER_SUBJECTS = frozenset(["you", "callers", "caller", "everyone", "everybody", "customers", "clients", "patients"])
_CALL_SUBJECTS = word_set(
    "call calls message messages voicemail voicemails email emails enquiry enquiries query queries question "
    "questions request requests text texts complaint complaints ticket tickets letter letters it this that "
    "they these everything matter problem order case mail application claim"
)
_DENIED = frozenset(("no", "not", "never", "nobody", "none", "if", "without"))


def _passive(words: Words, first: int, end: int) -> bool:
    """The subject is the caller or what the caller left: "your call will be returned"."""
    left = context.clause(words, first, 10)
    if any(word in _DENIED for word in left) or context.is_opaque(words, first):
        return False
    said = " ".join(word.text for word in words.words[first:end]) + " "
    subjects = _CALLER_SUBJECTS if re.search(_DIRECT, said) else _CALL_SUBJECTS
    return any(word in subjects for word in left[-6:])


def _will_be(words: Words, first: int, end: int) -> bool:
    helper = context.before(words, first)
    if words.at(helper) == "to":
        committed = words.at(helper - 1) in {"going", "due", "set", "ought", "bound", "sure", "certain", "guaranteed"}
    else:
        committed = words.at(helper) in {"will", "shall", "should", "may", "might", "must"}
    return committed and _passive(words, first, end)


def _every(words: Words, first: int, end: int) -> bool:
    every = context.has(words, first, frozenset(("all", "every", "each")))
    return every and _passive(words, first, end)


def _opens_a_note(words: Words, first: int, _end: int) -> bool:
    return words.at(context.before(words, first)) in {STOP, ","}


def _each(words: Words, first: int, _end: int) -> bool:
    left = context.clause(words, first, 8)
    every = {"all", "every", "each", "everyone", "everybody", "will", "shall"} & set(left)
    return bool(every) and bool((_CALL_SUBJECTS | _CALLER_SUBJECTS) & set(left)) and not _DENIED & set(left)


_ASKING = word_set("did do have if will can shall should may are when had so")


def _awaited(words: Words, first: int, _end: int) -> bool:
    """The caller may await something, and it is not asked or denied whether."""
    return words.at(first - 1) not in _ASKING - {"so"} and not context.is_opaque(words, first)


def _told_to_await(words: Words, first: int, _end: int) -> bool:
    place = context.before(words, first)
    if context.has(words, first, frozenset(("not", "no", "never", "if"))):
        return False
    return words.at(place) in {STOP, ",", "please", "and", "or", "so", "can", "may", "should", "then"}


def _vouched(words: Words, first: int, _end: int) -> bool:
    subject = words.at(context.before(words, first))
    if subject in {"to", "you", "not", "never", "the", "a", "no", "did", "was", "were", "been"}:
        return False
    return context.is_office(words, first) and not context.is_opaque(words, first)


def _stated(words: Words, first: int, _end: int) -> bool:
    denied = context.has(words, first, _DENIED | {"asked", "wanted", "would"}, 6)
    return not denied and not context.is_opaque(words, first)


def _assured(words: Words, first: int, _end: int) -> bool:
    return not context.is_opaque(words, first) and not context.has(words, first, _DENIED - {"without"}, 6)


def _response_time(words: Words, first: int, end: int) -> bool:
    said = {word.text for word in words.words[first:end]}
    noun = words.at(first)
    if noun != "turnaround" and not said & {"within", "time", "times"}:
        return False
    if noun in {"call", "reply", "answer"} and words.at(first - 1) in {"please", "you", "to", "not", "us", "we"}:
        return False
    return not (noun in {"call", "calls"} and "back" not in said) and _stated(words, first, end)


def _wait_denied(words: Words, first: int, _end: int) -> bool:
    return words.at(first - 1) in {"will", "shall", "should"}


def _denied_twice(words: Words, first: int, _end: int) -> bool:
    """Two denials make a promise: "no call goes unanswered"."""
    return context.has(words, first, frozenset(("no", "not", "never", "none")))


def _phrase(kind: str, starts: str, pattern: str, holds: Callable[[Words, int, int], bool]) -> Phrase:
    return Phrase(kind, frozenset(starts.split()), re.compile(pattern), holds)


_CALLS = (
    "call calls message messages voicemail voicemails email emails enquiry enquiries query queries request requests"
)
_ANSWERS = "call response reply replies answer calls responses"
_QUANTITY = (
    rf"(?:(?:about|around|under|approximately|the|a|an|one|\d[\d.:]*|{'|'.join(NUMBER_WORDS.split())}) ){{1,4}}"
    r"(?:working |business |office )?(?:minutes?|hours?|days?|weeks?|morning|afternoon) "
)
_HEARD = rf"(?:from (?!the )|back |something |more |news |again from |(?:{WHEN})|(?=[.,] |$))"
_AWAIT = (
    r"(?:expect|look forward to|anticipate|count on|rely on|bank on|depend on|await|look out for|watch (?:out )?for|"
    r"listen (?:out )?for|keep an (?:eye|ear) out for|wait for|stand by for|be ready for) "
)
_AWAITED = (
    rf"(?:{EXPECTED}|to hear |hearing |being (?:called|rung|contacted|phoned) |"
    rf"to (?:be {_DIRECT}|(?:get|receive) {EXPECTED}))"
)
_BEFORE_CONTACT = (
    r"before (?:you|i|we|she|he|they|somebody|someone|[a-z]+) (?:call|hear|ring|get|phone|contact|speak|reply)s? "
)

_PHRASES = (
    _phrase("passive", "be", rf"be {ADVS}(?:{_SETTLED}|{_DIRECT}|{_WORKED_ON}{_PROMPTLY})", _will_be),
    _phrase("passive", "call calls", r"calls? will (?:all )?be (?:taken|picked up) ", _stated),
    _phrase("passive", "is are get gets", rf"[a-z]+ {ADVS}returned (?!to )", _passive),
    _phrase("passive", "get gets receive receives", rf"[a-z]+ {EXPECTED}", _each),
    _phrase("contact", "back", r"back (?:to|with) you ", _opens_a_note),
    _phrase(
        "expectation",
        "you",
        rf"you (?:are )?(?:booked|down|scheduled|pencilled) (?:in )?(?:down )?for {EXPECTED}",
        _awaited,
    ),
    _phrase("expectation", "you", r"you will be (?:among )?the first to (?:hear|know) ", _awaited),
    _phrase(
        "passive",
        "sure ensure see that guarantee",
        (
            r"[a-z]+ (?:that )?(?:it|they|your [a-z]+|(?:all|every|each) (?:[a-z]+ )?[a-z]+) (?:is|are|get|"
            rf"gets) {ADVS}{_SETTLED}"
        ),
        _assured,
    ),
    _phrase("passive", "sure ensure see that", rf"[a-z]+ (?:that )?you (?:are|get) {ADVS}{_DIRECT}", _assured),
    _phrase("passive", "is are get gets", rf"[a-z]+ {ADVS}(?:{_DIRECT}|{_SETTLED}|{_WORKED_ON}){_PROMPTLY}", _passive),
    _phrase(
        "passive",
        "is are get gets",
        rf"[a-z]+ {ADVS}(?:returned|answered|responded to|replied to|followed up) ",
        _every,
    ),
    _phrase("passive", "is are 's", rf"[a-z']+ {ADVS}(?:promptly|always) (?:returned|answered|dealt with) ", _passive),
    _phrase("passive", _CALLS, rf"[a-z]+ {ADVS}(?:returned|answered|replied to|responded to) {_PROMPTLY}", _stated),
    _phrase(
        "expectation",
        "you callers everyone everybody",
        (
            rf"[a-z]+ (?:all )?(?:will|shall|should|may|might|must|are going to|can) {ADVS}(?:be "
            rf")?hear(?:ing)? (?:back )?{_HEARD}"
        ),
        _awaited,
    ),
    _phrase(
        "expectation",
        "you callers everyone everybody",
        rf"[a-z]+ (?:will|shall|should|may|might|are going to|are) {ADVS}(?:be )?"
        rf"(?:(?:get|receive|have|given|sent|due)|(?:getting|receiving|having)) {EXPECTED}",
        _awaited,
    ),
    _phrase(
        "expectation",
        "you callers",
        rf"[a-z]+ (?:(?:will|can|may|should|might) )?{ADVS}(?:be able to )?{_AWAIT}{_AWAITED}",
        _awaited,
    ),
    _phrase(
        "expectation",
        "until before once when after sure ensure guarantee promise that see",
        rf"[a-z]+ (?:that )?you (?:will )?(?:hear (?:back )?from |(?:get|receive|have) {EXPECTED})",
        _assured,
    ),
    _phrase(
        "expectation",
        "expect await anticipate look watch listen keep wait stand count rely bank be",
        rf"{_AWAIT}{_AWAITED}",
        _told_to_await,
    ),
    _phrase("expectation", "allow", rf"allow (?:us )?(?:up to )?(?:[a-z0-9]+ ){{1,5}}?for {EXPECTED}", _stated),
    _phrase(
        "expectation",
        "guarantee guarantees promise promises guaranteed promised ensure assure owe",
        rf"[a-z]+ (?:you )?(?:of )?{EXPECTED}",
        _vouched,
    ),
    _phrase("expectation", "there", rf"there will be {EXPECTED}", _stated),
    _phrase(
        "expectation",
        _ANSWERS,
        r"[a-z]+ (?:back )?(?:(?:from|to|for) [a-z]+ )?(?:(?:is|are|'s|will be) "
        rf"{ADVS}(?:guaranteed|promised|assured|coming|on (?:its|the) way|scheduled|booked|arranged|fixed|due)|"
        r"(?:will|can|may|should) be expected|will (?:be (?:made|sent|given|placed|issued|provided)|"
        r"follow|come|arrive)|(?:has|have) been "
        r"(?:arranged|scheduled|booked|fixed|guaranteed)|guaranteed|assured) (?!to (?!you))",
        _stated,
    ),
    _phrase(
        "time",
        f"{_ANSWERS} turnaround",
        rf"[a-z]+ (?:back )?(?:times? )?(?:(?:is|are|of|within|under|in|usually|normally|,) ){{1,4}}{_QUANTITY}",
        _response_time,
    ),
    _phrase(
        "time",
        "not",
        r"not (?:(?:have to |need to |be )?(?:wait|waiting|kept waiting|left waiting|kept|left) "
        r"(?:very |too |much |around )?(?:for )?(?:long|longer|more) |keep you (?:waiting|long|a moment|holding) |"
        r"be (?:very |too )?(?:long|a (?:moment|minute|second|sec|tick|mo)) (?:now "
        rf")?(?:{_BEFORE_CONTACT}|(?=[.] |$)))",
        _wait_denied,
    ),
    _phrase("habit", "unreturned unanswered unattended unacknowledged", r"[a-z]+ ", _denied_twice),
)

PHRASES_BY_START = {
    start: tuple(phrase for phrase in _PHRASES if start in phrase.starts)
    for start in {start for phrase in _PHRASES for start in phrase.starts}
}
"""The phrases that may begin at a word."""
