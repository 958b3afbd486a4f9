"""How callers say whether they were called back: "yes, Sue rang me", "nobody has", "you left a message"."""

import re

from phonebot.dialog.spoken_words import spoken_words
from phonebot.dialog.word_list import words
from phonebot.dialog.yes_no import LONGEST_ANSWER, yes_or_no

_COURTESIES = words(
    "ok okay right great lovely good fine perfect brilliant excellent super thanks thank you cheers ta please bye much",
    "goodbye very many appreciated hello hi um umm uh uhm er erm ah ahh oh ooh hm hmm well so sorry like just then",
    "go ahead on for it by all means use that this one number do you can may sure why",
)
_NO_TROUBLE = re.compile(r"\bno (?:problem|worries|trouble)\b|\bnot a problem\b")
"""With these, what is said without answering, or in answer to another question: "thanks", "go ahead", "no problem"."""

_RUNG = r"(?:rung|rang|called|phoned|telephoned|contacted|replied|reached|returned|answered|spoken|spoke|talked|heard)"
_RING = r"(?:ring|call|phone|telephone|contact|reply|reach|return|answer|bother|speak|talk|hear|get (?:back|in touch))"
_A_CALL = (
    r"(?:(?:a|any|the|that|my|your|his|her|their|one|single) )*(?:phone |return )?(?:calls?|callback|reply|answer)"
)
_FILLER = r"(?:(?:just|really|actually|already|even|yet|once|ever|only|still|so|far|then|again) )*"
_THEY = r"(?:you|they|he|she|somebody|someone|anybody|anyone)"

_OWN_CALL = re.compile(
    rf"\b(?:i|we) {_FILLER}(?:am |have |had |did )?(?P<no>not |never )?{_FILLER}"
    r"(?:been (?:ringing|calling|phoning)|ring|rang|rung|ringing|call|called|calling|phone|phoned|phoning|leave|left)\b"
)
"""The caller's own call, which says nothing of ours: "I rang twice", "I left a message", "I haven't called before"."""

_MISSED = re.compile(
    r"\b(?:miss|missed|missing) (?:it|you|him|her|them|the|your|that|a)\b|\bvoice ?mail\b|\banswer(?:ing)? ?(?:ph|mach)"
    r"|\b(?:left|leaves?) (?:me |us )?(?:a |the )?(?:message|word|note|voice)"
    r"|\b(?:you|they|he|she|somebody|someone) (?:have |has )?(?:only )?tried\b|\bcut (?:me |us )?off\b|\bhung up\b"
    r"|\bmissed (?:(?:a|the|your) )?calls?\b|\bcut out\b|\bwent dead\b"
    r"|\b(?:could|did) not (?:answer|pick|take|get to (?:it|the))\b|\b(?:was|were) (?:out|busy|driving|asleep)\b"
)
_NOT = re.compile(
    rf"\b(?:not|never)(?: yet)? {_FILLER}(?:been |had |got |gotten |received )?{_FILLER}(?:{_RUNG}|{_A_CALL})\b"
    rf"|\b(?:not|never)(?: yet)? {_FILLER}(?:been |got |gotten |came |come )(?:in touch|back|on to me)\b"
    rf"|\b(?:did|does|do|would|could|has|have) not {_FILLER}(?:{_RING}|(?:get|got|have|receive) {_A_CALL})\b"
    rf"|\bnobody(?: at all| else| there| here)? (?:(?:has|is|have|had|did) )?{_FILLER}(?:ever )?(?:been |got |gotten )?"
    rf"(?:{_RUNG}|{_RING}|bothered|back|in touch|did|has|have|had)\b|^nobody(?: at all| yet| so far)?$"
    rf"|\b{_THEY} (?:did|have|has|had) (?:not|never)(?= (?:i|and|but|so|no|at|yet|sorry|thanks|actually)\b|$)"
    rf"|\b{_THEY} never (?:did|has|have)\b|^\w+ (?:did|has) not$"
    rf"|\b(?:supposed|meant|promised) (?:me |us )?(?:to {_FILLER}{_RING}|{_A_CALL})\b"
    rf"|\b(?:said|told)(?: \w+){{0,3}} would {_FILLER}{_RING}\b|\bwaiting (?:for|on) (?:\w+ to {_RING}|{_A_CALL})\b"
    r"|^(?:no )?not (?:once|ever|that (?:i|we)|as far as|to my|so far|at all)\b"
    r"|\bnot yet\b|\bnot a (?:word|thing|peep|sausage|soul|dicky bird)\b"
    r"|^never(?: ever)?$|^nothing(?: at all| yet| so far)?$"
    rf"|\bheard nothing\b|\b(?:have|had|got|been) no {_A_CALL}\b|^no {_A_CALL}|\bforgot (?:to |me|about me)"
    rf"|\bstill waiting(?: (?:for|on) (?:{_A_CALL}|you|him|her|them|somebody|someone)(?: to \w+.*)?)?(?: back)?$"
    rf"|\bdo not (?:think|believe) (?:so|{_THEY}|it)\b"
)
_WHEN_OR_END = (
    r"(?=$| (?:me|us|back|again|yes|yesterday|today|this|last|on|in|at|thanks|already|and|but|earlier|later)\b)"
)
_DID = re.compile(
    rf"\b{_THEY} did(?! not\b| never\b)|\b(?:you|they|he|she|somebody|someone) (?:have|has)(?=$| thanks| yes)"
    rf"|\b(?!(?:i|we|is|am|are|be|was|not|never|nobody|to)\b)\w+ (?:has |have |is |had )?{_FILLER}"
    rf"(?:rang|rung|called|phoned|telephoned|contacted|reached|replied){_WHEN_OR_END}"
    r"|\b(?:was|were|been|got) (?:rung|called|phoned|contacted)\b(?! (?:out|off))"
    r"|\b(?:spoke|spoken|talked|chatted) (?:to|with)\b|\bwe (?:have )?(?:spoke|spoken|talked)\b"
    r"|^(?!(?:i|we|nobody|it|that|this|what)\b)\w+ (?:did|has)(?: thanks| thank you| yes)*$|\bheard (?:from|back)\b"
    rf"|\b(?:got|had|received) (?:{_A_CALL}|(?:a|the|our) (?:chat|word))\b"
    r"|\b(?:got|gotten|came|been|come) (?:straight |right )?(?:back|in touch)(?: to| with|$)"
)
_KNOWS_NOTHING = re.compile(
    r"\b(?:do|can|could) not (?:know|remember|recall|say|tell)\b|\bnot sure\b|\bno idea\b|\bnot certain\b"
    r"|\bfirst (?:time|call)\b|\b(?:was|is) not (?:me|us)\b|^not me\b|\b(?:somebody|someone) else\b|\bdunno\b"
    r"|\breturning (?:a|the|your|his|her|their) call\b|\bnot want to (?:say|answer)\b"
    r"|\bwrong (?:number|person)\b|\bmust have been (?:my|somebody|someone)\b"
)


def was_reached(text: str) -> bool | None:
    """Whether the caller says that they were reached: True, False, or None where that cannot be told.

    A yes settles what is owed, so it must be plain: thanks are no yes, and a call that was missed reached nobody. Where
    words say both, neither counts.
    """
    said = _plain(text)
    theirs = _OWN_CALL.sub(" ", said)
    answer = _answered(text)
    missed = _MISSED.search(theirs) is not None
    denied = _NOT.search(theirs) is not None
    told = _DID.search(_NOT.sub(" ", theirs)) is not None
    if denied and not told:
        return False
    if told and not denied and not missed:
        return None if answer is False else True
    if told or denied:
        return None
    if missed:
        return None if answer else False
    return None if knows_nothing_of_it(text) else answer


def knows_nothing_of_it(text: str) -> bool:
    """Whether the caller says that they cannot tell, or that it was not they who rang: "I haven't called before"."""
    said = _plain(text)
    own = _OWN_CALL.search(said)
    return _KNOWS_NOTHING.search(said) is not None or (own is not None and own["no"] is not None)


def _answered(text: str) -> bool | None:
    """The yes or no they begin with, if it is one to this question."""
    said = yes_or_no(text)
    leading = text[: len(text) - len(said.rest)] if said.rest and text.endswith(said.rest) else text
    spoken = _NO_TROUBLE.sub(" ", _plain(leading)).split()
    return None if said.rest == text or _COURTESIES.issuperset(spoken) else said.answer


def _plain(text: str) -> str:
    said = " ".join(word.text for word in spoken_words(text, LONGEST_ANSWER))
    return re.sub(r"\b(?:no one|not anybody|not anyone|no body)\b", "nobody", said)
