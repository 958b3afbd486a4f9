"""Whether a caller's words say that it cannot wait, in English."""

import re

_PARTS_OF_WORDS = (
    (re.compile(r"[’`]"), "'"),
    (re.compile(r"\ba\.? ?s\.? ?a\.? ?p\b\.?"), "asap"),
    (re.compile(r"\bcannot\b"), "can not"),
    (re.compile(r"\b(ca|could|wo|do|does|did|is|are|was|has|have|had|must|should|would|need)n'?t\b"), r"\1 not"),
    (re.compile(r"\bnon-"), "not "),
    (re.compile(r"(\w)'(s|re|m|ve|d|ll)\b"), r"\1 \2"),
    (re.compile(r"[.!?;:,\n]+"), " | "),
    (re.compile(r"[^a-z0-9|]+"), " "),
)
"""How a text is made into plain words with a bar between clauses: "It isn't." becomes "it is not |"."""

_COMPOUNDS = (
    r"exits?|lights?|lighting|doors?|stairs?|plans?|planning|procedures?|training|kits?|drills?|funds?|budgets?|"
    r"contacts?|numbers?|services?|vehicles?|generators?|powers?|supply|supplies|stop|brakes?|brake|cord|rooms?|"
    r"department|medicine|tax|loan"
)
"""What makes of an emergency a thing to buy, mend or ask about: "the emergency lighting"."""

_STRONG = (
    rf"(?:desperate(?:ly)? )?urgen(?:t(?! care\b)(?:ly)?|cy)|emergenc(?:y(?! (?:{_COMPOUNDS})\b)|ies)|desperate(?:ly)?|"
    r"(?:time )(?:critical|sensitive)|life (?:or|and) death|(?:top|high|highest) priority|no time to lose|"
    r"(?:ca|can|could|wo|will|must|should|does|do) not (?:really |possibly |just )?(?:wait|be left|keep)(?! to\b)"
)

_HASTE = (
    r"asap|(?:soon|quick|quickly|early|fast) as (?:possible|poss|(?:you|he|she|they|we|anyone|somebody|"
    r"someone) (?:possibly )?can)|(?:at )?(?:your|his|her|their|the) earliest (?:convenience|opportunity)|"
    r"the sooner the better|"
    r"(?:call|ring|phone|speak|talk|contact|help|answer|get back|come back|need|needs|needed|someone|somebody)"
    r"(?: \w+){0,5}? "
    r"(?:immediately|right away|straight ?away|at once|right now)(?! after\b)"
)
"""What asks for haste. People say it out of habit too, so a word that there is no hurry takes it back."""

_NOT = (
    r"not|never|nothing|nor|neither|hardly|without|less|far from|anything but|(?:by )?no (?:means|longer|way)|"
    r"no(?! (?:it|this|that|i|please|we|he|she|they)\b)"
)
_THOUGHT = (
    r"(?:think|thinking|say|saying|said|believe|suppose|feel|sure|certain|know|mean|suggest|call|calling|as|so|like)"
)
_IT = (
    r"(?:(?:it|this|that|things?|there|they|anything|what)"
    r"(?: s| is| was| are| were| re| would be| will be| has to be)?)"
)
_BEING = (
    r"(?:be|been|being|is|was|a|an|the|at all|that|so|very|really|too|terribly|super|particularly|especially|overly|"
    r"exactly|necessarily|remotely|quite|hugely|massively|actually|all|any|any sort of|any kind of|in any way|anything|"
    r"real|great|big|particular|desperate|desperately|one|matter|what (?:you|i|we) (?:d|would) call|as|to|have|need|of|"
    r"about it|hurry|rush|or)"
)
_ASKED = (
    r"(?:(?:any |no )?(?:need|have|want|has)(?: for)?(?: \w+)?"
    r" to (?:call|ring|phone|speak|talk|reply|answer|contact|do it)(?: to)?(?: me| us| him| her)?(?: back)?)"
)
_DENIAL = rf"(?:{_NOT})(?: {_THOUGHT})?(?: (?:if|whether|that))?(?: {_IT})?(?: {_ASKED})?(?: {_BEING})*? "
_SUPPOSED = (
    r"(?:if|unless|whether|in case|should|were|was) (?:it|this|that|there|anything)"
    r"(?: s| is| was| be| are)?(?: an| so)? "
)

_CALM = re.compile(
    r"\b(?:no (?:great |real |particular |big )?(?:rush|hurry|panic)|"
    r"(?<!not )(?:can|could|will|may) (?:easily |certainly |happily |definitely )?wait|in (?:your|his|her) own time|"
    r"take your time|not (?:in )?(?:a|any) (?:great |real |particular |big )?(?:rush|hurry)|"
    rf"(?:{_DENIAL})(?:{_STRONG}))\b"
)
_URGENT = re.compile(rf"\b(?P<taken_back>{_SUPPOSED}|{_DENIAL})?(?:{_STRONG})\b")
_HURRIED = re.compile(rf"\b(?P<taken_back>{_DENIAL})?(?:{_HASTE})\b")
_ANY_HINT = re.compile(
    r"urgen|emergenc|desperat|critical|sensitive|death|priority|lose|wait|left|keep|a\W{0,2}s\W{0,2}a\W{0,2}p|soon|quick|"
    r"early|fast|earliest|immediately|away|at once|right now"
)
"""Something that every urgent text holds: most texts hold none of it, and a digest has hundreds."""

_EAGER = re.compile(r"\b(?:i|we) (?:really |just )?(?:ca|can|could) not (?:really |just )?wait for\b")
"""What the speaker looks forward to, as against what cannot wait for somebody."""


def cannot_wait(text: str) -> bool:
    """Whether these words say that it is urgent: "it can't wait", "an emergency", "as soon as possible".

    A word that is denied or only supposed ("it's not urgent", "if it's urgent") does not count, nor does haste where
    the caller also says that there is no hurry. Where words contradict each other it is urgent: that errs kindly.
    """
    if _ANY_HINT.search(text.casefold()) is None:
        return False
    words = _plain(text)
    if any(not found["taken_back"] for found in _URGENT.finditer(words)):
        return True
    hurried = any(not found["taken_back"] for found in _HURRIED.finditer(words))
    return hurried and _CALM.search(words) is None


def _plain(text: str) -> str:
    words = text.casefold()
    for pattern, instead in _PARTS_OF_WORDS:
        words = pattern.sub(instead, words)
    return _EAGER.sub("looking forward to", " ".join(words.split()))
