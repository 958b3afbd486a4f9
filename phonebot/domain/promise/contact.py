"""What it is to contact the caller: the frames of calling, writing and answering, found in each form of the verb."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from phonebot.domain.promise.lexicon import (
    CALLS,
    CONTACT_NOUN,
    DEADLINE,
    KIND_OF,
    REST,
    WHEN,
    YOU,
    Form,
    verb_form,
    verbs,
)
from phonebot.domain.promise.words import Words, word_set

_CALL = (
    "call ring phone telephone text email message buzz ping mail whatsapp voicemail bell dial fax "
    "skype dm facetime zoom"
)
_INFORM = "contact reach notify update alert"
_GIVE = "give drop send pop shoot fire offer"
_RETURNING = "get come be go"
_NOT_ELSEWHERE = rf"(?!with (?!{YOU}))"
_STRAIGHT = r"(?:right |straight |directly |quickly )?"


def _addressed(form: Form) -> list[str]:
    """Frames that name the caller, the caller's message, or say "back" and so can only mean the caller."""
    return _reaching(form) + _keeping_in_touch(form) + _giving(form) + _settling(form)


def _reaching(form: Form) -> list[str]:
    """Calling, writing and answering: "ring you back", "reply to your email", "get back to you"."""

    def v(names: str) -> str:
        return verbs(names, form)

    return [
        (
            rf"{v('arrange book schedule organise')}(?:for )?(?:you )?(?:a |an |your |the "
            rf")(?:{KIND_OF}){{0,3}}call (?:back )?(?!centre )"
        ),
        rf"{v(_CALL)}{_STRAIGHT}(?:back |round |around |up )?{YOU}{_STRAIGHT}(?:back )?(?:up )?",
        rf"{v(_CALL)}(?:you )?{_STRAIGHT}back {REST}",
        rf"{v(_INFORM)}{YOU}",
        rf"{v('inform advise')}{YOU}(?:of |when |once |by |as |about |how |if |whether |{WHEN})",
        rf"{v('reply respond')}(?:back )?to (?:{YOU}|{CALLS})",
        rf"{v('write')}(?:back )?(?:to )?{YOU}",
        rf"{v(_RETURNING)}{_STRAIGHT}back (?:to|with|at|in touch with|in contact with|onto|on to) {YOU}",
        rf"{v(_RETURNING)}{_STRAIGHT}back to {CALLS}",
        rf"{v('revert report feed circle loop')}(?:back )?(?:to |with ){YOU}",
        rf"{v('circle report loop')}back {REST}",
        rf"{v('check')}(?:back )?in with {YOU}",
    ]


def _keeping_in_touch(form: Form) -> list[str]:
    """Being there for the caller and letting them know: "be with you", "be in touch", "keep you posted"."""

    def v(names: str) -> str:
        return verbs(names, form)

    return [
        rf"{v('be')}(?:on |straight on |right on |back on )?(?:to |onto ){YOU}",
        rf"{v('be')}{_STRAIGHT}with {YOU}",
        rf"{v('be get')}(?:straight |right |back )?on the (?:phone|line|blower|telephone) (?:to|with) {YOU}",
        rf"{v('be get stay keep remain come')}{_STRAIGHT}(?:back )?in (?:touch|contact|communication) {_NOT_ELSEWHERE}",
        rf"{v('make')}(?:contact|touch) {_NOT_ELSEWHERE}",
        rf"{v('reach')}out (?:to {YOU}|{REST})",
        rf"{v('touch')}base (?:with {YOU}|{REST})",
        rf"{v('catch')}(?:up with {YOU}|you {WHEN})",
        (
            rf"{v('follow')}(?:this |it |that |things |your [a-z]+ )?up (?:with {YOU}|on (?:this|that|it|"
            rf"your|all) |{REST})"
        ),
        rf"{v('keep')}{YOU}(?:fully )?(?:posted|updated|informed|in the (?:loop|picture)|up to date|advised|abreast) ",
        rf"{v('let')}{YOU}(?:know|have (?:an? |the )?(?:{KIND_OF}){{0,2}}{CONTACT_NOUN.strip()}) ?",
        rf"{v('fill')}{YOU}in ",
        rf"{v('hit')}{YOU}(?:up|back) ",
        rf"{v('try')}{YOU}(?:again |back |{WHEN})",
        rf"{v('get come')}(?:round |around )?to {YOU}",
        rf"{v('be')}(?:along |there )(?:for you |to [a-z]+ you |{WHEN})",
        (
            rf"{v('have get')}(?:a |an |your |the )?(?:{KIND_OF}){{0,2}}(?:reply|answer|response|decision) "
            rf"(?:to|with|for) {YOU}"
        ),
        rf"{v('be')}(?:straight|right|back) on the (?:phone|line|blower) ",
        rf"{v('bring')}{YOU}up to (?:date|speed) ",
        rf"{v('get')}(?:hold of |through to ){YOU}",
    ]


def _giving(form: Form) -> list[str]:
    """Contact as a thing given or returned: "drop you a line", "return your call", "have a word with you"."""

    def v(names: str) -> str:
        return verbs(names, form)

    return [
        rf"{v(_GIVE + ' make leave get')}{YOU}(?:a |an |the |some |another |your )?(?:{KIND_OF}){{0,3}}{CONTACT_NOUN}",
        rf"{v(_GIVE)}(?:a |an |some )(?:{KIND_OF}){{0,3}}{CONTACT_NOUN}(?!to (?!{YOU}))(?!for )",
        (
            rf"{v('make put place give send')}(?:a |an |your )(?:{KIND_OF}){{0,3}}{CONTACT_NOUN}(?:in |"
            rf"through |out )?to {YOU}"
        ),
        rf"{v('return')}(?:{CALLS}|them )",
        rf"{v('answer')}(?:{YOU})?(?!calls )(?!the (?:phone|call|door) ){CALLS}",
        rf"{v('speak talk chat')}(?:to|with) {YOU}",
        rf"{v('have')}a (?:[a-z]+ )?(?:word|chat|talk|conversation|call) with {YOU}",
        rf"{v('discuss')}(?:it|this|that|things|your [a-z]+) with {YOU}",
        rf"{v('take')}your call (?!back )(?!number )(?!now )",
        rf"{v('tell')}{YOU}(?:more |all |how |what )?{WHEN}",
    ]


def _settling(form: Form) -> list[str]:
    """Seeing to the caller's business by a time: "deal with your enquiry today"."""

    def v(names: str) -> str:
        return verbs(names, form)

    return [
        rf"{v('deal')}with (?:your [a-z]+|you|it|this|that|messages|calls|enquiries) {DEADLINE}",
        (
            rf"{v('handle resolve address process action help assist serve fix sort')}(?:out )?"
            rf"(?:your [a-z]+|you|it|this|that) (?:out )?{DEADLINE}"
        ),
        rf"{v('look')}(?:into|at) (?:your [a-z]+|it|this|that) {DEADLINE}",
        rf"(?:{v('see attend')}to|{v('take')}care of) (?:your [a-z]+|you|it|this|that) {DEADLINE}",
        (
            rf"{v('have get')}(?:this|it|that|your [a-z]+|an? [a-z]+|news|something) (?:[a-z]+ ){{0,2}}?for you "
            rf"(?!to )(?:{DEADLINE}|$|(?=[.,] ))"
        ),
        (
            rf"{v('have get')}(?:this|it|that|your [a-z]+) (?:sorted|fixed|resolved|answered|done|finished) "
            rf"(?:out )?{DEADLINE}"
        ),
    ]


def _alone(form: Form) -> list[str]:
    """Frames that name nobody: "Sue will ring", "somebody will reply before noon"."""
    return [
        rf"{verbs(_CALL + ' reply respond write', form)}(?:round |around |up )?{REST}",
        rf"{verbs('get', form)}(?:right |straight )?back (?:(?=[.,] |$)|asap|as soon as (?:possible|i can|we can))",
        rf"{verbs('answer', form)}(?:when (?:i|we|she|he) |as soon |within |shortly |soon )",
        rf"{verbs('speak talk', form)}(?:again )?(?:soon|then|later|shortly) ",
    ]


@dataclass(frozen=True, slots=True)
class Contact:
    """A verb of contact with what belongs to it: words `first` to `end` (half-open); `alone` if it names no caller."""

    first: int
    end: int
    form: Form
    alone: bool


def contacts(words: Words) -> Iterator[Contact]:
    """Every contact with the caller that the words speak of, whoever makes it and whether or not it will happen."""
    for index, word in enumerate(words.words):
        for form in _FORMS_BY_WORD.get(word.text, ()):
            for alone, pattern in ((False, _ADDRESSED[form]), (True, _ALONE[form])):
                match = pattern.match(words.stream, words.offsets[index])
                if match and words.at(index - 1) not in (_BEFORE_A_NOUN if alone else _ARTICLES):
                    yield Contact(index, words.index_at(match.end()), form, alone)
                    break


_BEFORE_A_NOUN = word_set("the a an your my our her his their its no any some this that every each all of")
_ARTICLES = frozenset(["the", "a", "an", "my", "our", "your", "no", "another"])
_FORMS: tuple[Form, ...] = get_args(Form)
_ADDRESSED = {form: re.compile("|".join(_addressed(form))) for form in _FORMS}
_ALONE = {form: re.compile("|".join(_alone(form))) for form in _FORMS}
_VERBS = word_set(
    "arrange book schedule organise call ring phone telephone text email message buzz ping mail whatsapp "
    "voicemail bell dial fax skype dm facetime zoom hit try contact reach notify update alert inform advise "
    "reply respond write get come be go revert report feed circle loop check stay keep remain make touch catch "
    "follow let fill bring give drop send pop shoot fire offer leave put place return answer speak talk chat "
    "have discuss take tell deal handle resolve address process action help assist serve fix sort look see "
    "attend "
)
_FORMS_BY_WORD = {
    verb_form(verb, form): tuple(
        kind for kind in _FORMS if any(verb_form(other, kind) == verb_form(verb, form) for other in _VERBS)
    )
    for verb in _VERBS
    for form in _FORMS
}
