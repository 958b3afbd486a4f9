"""What makes contact a commitment: will, aim to, is going to, makes sure that, and the habit of doing it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from phonebot.domain.promise import context
from phonebot.domain.promise.contact import Contact
from phonebot.domain.promise.lexicon import ADVS, Form
from phonebot.domain.promise.words import STOP, Words, word_set

REACH = 18
"""How many words may lie between the word that commits and the verb of contact."""


@dataclass(frozen=True, slots=True)
class Licence:
    """Words that turn contact into a commitment.

    They begin at one of `starts` and read as `pattern` up to the verb of contact, which is in one of `forms`; with
    `named`, only where the caller is named. `holds(words, start, contact)` judges what stands around them.
    """

    kind: str
    starts: frozenset[str]
    pattern: re.Pattern[str]
    forms: frozenset[Form]
    named: bool
    holds: Callable[[Words, int, Contact], bool]


def licence_of(words: Words, contact: Contact) -> tuple[str, int] | None:
    """The kind of commitment a contact is and the index of the word that makes it one; None if nothing does."""
    for start in range(contact.first - 1, max(-1, contact.first - REACH), -1):
        word = words.at(start)
        if word == STOP:
            return None
        for licence in _LICENCES_BY_START.get(word, ()):
            if contact.form in licence.forms and not (licence.named and contact.alone):
                span = words.offsets[start], words.offsets[contact.first]
                if not licence.pattern.fullmatch(words.stream, *span):
                    continue
                if licence.holds(words, start, contact):
                    return licence.kind, start
                if licence.holds is _modal:  # The verb has its "will", and that one commits nobody.
                    return None
    return None


_OWN = r"(?:my|our|his|her|their|its|your) (?:very |level |own )?"
_CHAIN_TO = (
    r"(?:try|aim|endeavour|strive|attempt|hope|need|have|want|like|love|prefer|remember|manage|"
    r"seek|arrange|plan|intend|"
    rf"look|get|undertake|offer|work|do {_OWN}(?:best|utmost)|try {_OWN}(?:best|hardest)|do (?:everything|all|what|"
    r"whatever) (?:i|we|they|he|she) can|make (?:sure|certain|every effort|time)|find (?:the "
    r")?time|make it (?:my|our|a) "
    r"(?:[a-z]+ )?(?:business|priority)|be (?:able|sure|certain|happy|glad|pleased|delighted|going|"
    r"about|free|available|"
    r"expected|due|scheduled|looking|hoping|trying|aiming|in a position|back|happier|(?:more than|"
    r"only too) happy|asked|"
    r"told|reminded)|not (?:forget|fail|hesitate|neglect|omit)|never (?:forget|fail)) to "
)
_CHAIN = rf"(?:{_CHAIN_TO}{ADVS}|keep (?:on )?trying to |(?:try|go|come) and |get (?:round|around) to ){{0,3}}"
_SOMEBODY = r"(?:(?!you |that |it |not |if |when |will |to |[.,] )[a-z']+ ){1,5}?"
_MAKE_SURE = (
    r"(?:make (?:sure|certain)|be sure|ensure|see(?: to it)?|arrange|guarantee|promise|check)(?: that)? "
    rf"{_SOMEBODY}(?:will |can )?"
)
_CAUSE = (
    r"(?:(?:get|ask|tell|remind|instruct|(?:arrange|organise) for|leave word for|leave it (?:to|"
    r"with)|send|want|need|like) "
    rf"{_SOMEBODY}to |(?:have|make|let) {_SOMEBODY}|{_MAKE_SURE})"
)
_FIRST_DO = r"(?:(?!not |you |[.] )[a-z']+ (?:, )?){1,12}?"
_MEANWHILE = (
    r"(?:(?!not |no |too |unable |unlikely |hard |easier |easy |best |better |difficult |"
    r"impossible |reluctant |time |number |you |told |[.] )"
    r"[a-z']+ ){0,7}?"
)
_AND_THEN = rf"{_FIRST_DO}(?:and|or|then) (?:then )?"

_Lead = tuple[str, tuple[Form, ...], bool]
_LEADS: tuple[_Lead, ...] = (
    (rf"{_CHAIN}{ADVS}", ("base",), False),
    (rf"{_CHAIN}be {ADVS}", ("ing",), False),
    (rf"{_CHAIN}{_CAUSE}{ADVS}", ("base",), False),
    (rf"{_CHAIN}{_MAKE_SURE}{ADVS}", ("third",), False),
    (rf"{_CHAIN}(?:start|begin|keep|consider|continue|get (?:on with|round to|around to)) ", ("ing",), True),
    (rf"(?:be|come|pop|drop by|stop by|send) {_MEANWHILE}to {ADVS}", ("base",), True),
    (rf"{_FIRST_DO}before ", ("ing",), True),
    (rf"{_CHAIN}(?:look|be looking) forward to ", ("ing",), True),
    (rf"{_AND_THEN}{ADVS}(?:{_CAUSE})?", ("base",), True),
)
"""What may lie between a modal, or a "to", and the contact: softening, causing, doing something else first."""


def _of_office(words: Words, start: int, _contact: Contact) -> bool:
    return context.is_office(words, start) and not context.is_opaque(words, start)


def _modal(words: Words, start: int, contact: Contact) -> bool:
    # "Sue may ring" names no caller and commits nobody; only a plain "will" may leave the caller unnamed.
    weak = words.at(start) not in {"will", "shall"}
    return not (weak and contact.alone) and _of_office(words, start, contact)


_EAGER = frozenset(("happy", "glad", "pleased", "delighted", "more", "only"))


def _would(words: Words, start: int, contact: Contact) -> bool:
    """A reported promise ("she said she would ring you") or an eager one ("would be glad to"), never a bare "would"."""
    eager = words.at(start + 1) in {"love", "like"} or words.at(start + 2) in _EAGER
    reported = context.has(words, start, frozenset(("said", "says", "promised", "told", "confirmed", "agreed")))
    told_you = context.has(words, start, frozenset(("were", "was", "been")))
    return (eager or (reported and not told_you)) and _of_office(words, start, contact)


_NO_SUBJECT = word_set("to not never please did does do you would will the must")


def _present(words: Words, start: int, contact: Contact) -> bool:
    """A finite verb with an office subject: "we aim to", "she plans to"; without one, only if the caller is named."""
    subject = context.before(words, start)
    if words.at(subject) in {STOP, ",", "and"}:
        return not contact.alone and _of_office(words, start, contact)
    if words.at(subject) in _NO_SUBJECT or context.is_inverted(words, subject):
        return False
    return _of_office(words, start, contact)


def _perfect(words: Words, start: int, contact: Contact) -> bool:
    """A promise given and still open: "has agreed to", "promised to"; not "nothing was promised"."""
    helper = words.at(context.before(words, start))
    return helper not in {"was", "were", "been", "not", "never", "be", "you"} and _of_office(words, start, contact)


def _be_going(words: Words, start: int, contact: Contact) -> bool:
    """The present "is going to"; also with the verb left out, as notes are written; not "was going to"."""
    helper = context.before(words, start)
    if words.at(helper) in {STOP, ",", "and"}:
        return _of_office(words, start, contact)
    return words.at(helper) in context.BE_NOW and _of_office(words, helper, contact)


def _aim(words: Words, start: int, contact: Contact) -> bool:
    """The noun: "our aim is to"; the verb of the same spelling is denied by a "not" before it."""
    return words.at(context.before(words, start)) not in _NO_SUBJECT and _of_office(words, start, contact)


def _is_to(words: Words, start: int, contact: Contact) -> bool:
    """ "Tom is to ring you"; "the best thing is to call back" is said to the caller."""
    names_you = any(word.text == "you" for word in words.words[contact.first : contact.end])
    return names_you and _of_office(words, start, contact)


def _allowed(words: Words, start: int, contact: Contact) -> bool:
    denied = context.has(words, start, frozenset(("no", "not", "never")), 4)
    return not denied and not contact.alone and not context.is_opaque(words, start)


def _until(words: Words, start: int, contact: Contact) -> bool:
    denied = context.has(words, start, frozenset(("no", "nobody")), 4)
    return not denied and not (contact.alone and words.at(contact.first - 1) in {"the", "a", "you"})


def _expected(words: Words, start: int, _contact: Contact) -> bool:
    place = context.before(words, start)
    if context.has(words, start, frozenset(("not", "no", "never"))):
        return False
    return words.at(place) in {STOP, ",", "please", "and", "or", "so", "can", "may", "should", "then", "will", "for"}


def _licence(kind: str, starts: str, before: str, holds: Callable[[Words, int, Contact], bool]) -> list[Licence]:
    return [
        Licence(kind, frozenset(starts.split()), re.compile(before + lead), frozenset(forms), named, holds)
        for lead, forms, named in _LEADS
    ]


def _plain(
    kind: str, starts: str, before: str, holds: Callable[[Words, int, Contact], bool], *forms: Form, named: bool = False
) -> Licence:
    return Licence(kind, frozenset(starts.split()), re.compile(before), frozenset(forms), named, holds)


_FINITE = (
    "aim aims try tries promise promises plan plans hope hopes intend intends expect expects mean "
    "means want wants need needs "
    "endeavour endeavours strive strives undertake undertakes guarantee guarantees agree "
    "agrees pledge tend tends "
    "seek seeks swear vow attempt offer offers wish have has get ensure make do does see"
)
_BE_READY = (
    "going due set about scheduled bound sure likely certain happy glad pleased hoping planning "
    "aiming trying intending "
    "looking expecting ready able free available getting having making ensuring delighted "
    "committed supposed meant expected"
)
_LICENCES: tuple[Licence, ...] = (
    *_licence("contact", "will shall can could may might must should", rf"[a-z]+ (?:still |all )?{ADVS}", _modal),
    *_licence("contact", "would", rf"would {ADVS}", _would),
    *_licence(
        "contact",
        _FINITE,
        rf"(?:make every effort to|make (?:it )?a point to|(?:do|does|try|tries) {_OWN}(?:best|utmost|hardest) to|"
        r"(?:do|does) (?:everything|all|what) (?:i|we|they|he|she) can to|(?:promise|guarantee)s?(?: you)?(?: that)? "
        rf"(?:i|we|she|he|they|somebody|someone) will|[a-z]+ to) {ADVS}",
        _present,
    ),
    _plain("contact", _FINITE, rf"{_CAUSE}{ADVS}", _present, "base"),
    _plain("contact", _FINITE, rf"{_MAKE_SURE}{ADVS}", _present, "third"),
    *_licence(
        "contact",
        "promised agreed offered arranged undertaken pledged guaranteed vowed sworn undertook",
        rf"[a-z]+ (?:you )?to {ADVS}",
        _perfect,
    ),
    *_licence("contact", _BE_READY, rf"[a-z]+ to {ADVS}", _be_going),
    _plain(
        "contact", "looking committed due about", r"(?:looking forward|committed|due) to ", _be_going, "ing", named=True
    ),
    _plain(
        "contact",
        "getting having making",
        rf"(?:getting {_SOMEBODY}to |having {_SOMEBODY}|making sure {_SOMEBODY})",
        _be_going,
        "base",
        "third",
    ),
    *_licence(
        "contact",
        "aim goal policy intention target practice promise",
        rf"[a-z]+ (?:(?:is|'s) (?:always )?)?(?:to|for us to) {ADVS}",
        _aim,
    ),
    _plain(
        "habit",
        "pride prides",
        r"prides? (?:ourselves|myself|themselves|itself) (?:on|in) (?:always )?",
        _of_office,
        "ing",
    ),
    _plain("contact", "look looks", r"looks? forward to ", _present, "ing", named=True),
    _plain("habit", "make makes", r"makes? (?:it )?a point of (?:always )?", _of_office, "ing"),
    _plain("contact", "is are 's", rf"[a-z']+ to {ADVS}", _is_to, "base", named=True),
    _plain("habit", "do does", rf"[a-z]+ {ADVS}", _present, "base", named=True),
    *_licence("contact", "let allow", rf"(?:let|allow) (?:me|him|her|us|[a-z]+) (?:to )?{ADVS}", _allowed),
    *_licence(
        "contact",
        "not never",
        rf"(?:not|never) (?:forget|fail|hesitate|neglect|omit) to {ADVS}",
        lambda words, start, _contact: (
            words.at(start - 1) not in {"do", "please", STOP} and context.is_office(words, start)
        ),
    ),
    _plain("contact", "until till", r"[a-z]+ (?:i|we|she|he|they|somebody|someone|[a-z]+) ", _until, "base", "third"),
    _plain(
        "expectation",
        "expect count rely bank look wait depend allow",
        r"(?:expect|count on|rely on|bank on|look forward to|wait for|depend on|allow (?:(?!you "
        rf")[a-z0-9]+ ){{1,5}}?for|allow) "
        rf"{_SOMEBODY}(?:to |will )?",
        _expected,
        "base",
        "ing",
        "third",
        named=True,
    ),
    _plain(
        "expectation",
        "allow",
        r"allow (?:(?!you )[a-z0-9]+ ){1,5}?(?:for )?(?:us |me |her |him |somebody |someone |[a-z]+ )?to ",
        _expected,
        "base",
    ),
)


_LICENCES_BY_START = {
    start: tuple(licence for licence in _LICENCES if start in licence.starts)
    for start in {start for licence in _LICENCES for start in licence.starts}
}
