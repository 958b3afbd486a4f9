"""The words of text messages: how people ask for no more texts, and say whether somebody got back to them.

Every pattern is for one clause in small letters, its words apart by single spaces and its short forms written out.
"""

import re
from collections.abc import Mapping


def written_out(text: str) -> str:
    """The text with its short forms written out, as they are typed: "didnt" and "didn't" are "did not"."""
    for pattern, long in _SHORT_FORMS:
        text = pattern.sub(long, text)
    return text


def _patterns(*texts: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(text) for text in texts)


_SHORT_FORMS = tuple(
    (re.compile(rf"\b(?:{short})\b"), long)
    for short, long in (
        (r"can'?t|cannot", "can not"),
        (r"won'?t", "will not"),
        (r"ain'?t", "has not"),
        (r"(do|does|did|have|has|had|was|were|is|are|would|could|should|need)n'?t", r"\1 not"),
        (r"(i|you|we|they)'?ve", r"\1 have"),
        (r"i'?m", "i am"),
        (r"(he|she|who|nobody|one|everybody|everyone)'s|(s?he)s", r"\1\2 has"),
        (r"no+[ -]?(?:1|one)|no body", "no one"),
        (r"u|ya(?= (?:did|have|called|rang|phoned))", "you"),
        (r"txt(s|ing|ed)?", r"text\1"),
    )
)

SPLITS = re.compile(r"[^\w\s'/-]+|\s-+\s|\b(?:but|and|because|cos|however|although|though)\b")
"""What parts clauses."""

QUOTED = re.compile(
    r"^(\W{0,9}(?:liked|loved|disliked|emphasi[sz]ed|questioned|laughed at|reacted[^\"“]{1,20}to|removed[^\"“]{1,30}"
    r"|to) )[\"“].*[\"”]\W*$",
    re.DOTALL,
)
"""A "like", which telephones send with the text of ours that was liked."""

_MANNERS = (
    "oh|ooh|ah|um|umm|er|erm|hm|hmm|well|so|sorry|hell|hi|hiya|hello|hey|dear|mate|love|lol|haha|x+|honestly|actually"
    "|sadly|unfortunately|i am afraid|i mean|ok|okay|k|great|lovely|brilliant|perfect|fine|good|(?:good )?(?:morning"
    "|afternoon|evening)|thanks(?: so much| very much| a lot)?|thank you(?: so much| very much)?|thx|ty|cheers|ta"
    "|please|pls|plz|much appreciated|finally|at last|eventually|(?:all )?sorted|(?:kind )?regards"
)
COURTESY = re.compile(rf"^(?:(?:{_MANNERS})(?: |$))++")
"""What may go before a yes or a no without being either."""

FIGURE_OF_SPEECH = re.compile(
    r"\bno need\b.*|\bno (?:calls?|callback|reply|response|contact|action) (?:is )?(?:needed|necessary|required)\b"
    r"|\b(?:no|not an?) (?:problems?|prob|probs|worries|trouble|bother|rush|hurry|issues?|complaints?"
    r"|doubt|stress|drama|biggie|longer|further|later|earlier|sooner|matter|pressure|other|others|harm|shame"
    r"|chance of)\b"
    r"|\bnot to worry\b|\bnot (?:bad|urgent)\b|\bno (?=\d)|\b(?:no one|nobody|nothing) else\b|\bnever mind\b"
    r"|\bnothing (?:more|further|to|wrong|urgent|important)\b"
)
"""A no that denies nothing."""

# --- A wish for no more texts. US law takes any reasonable words for it (47 CFR 64.1200(a)(10)), so these reach wide.

_NOT_OTHERS = r"(?<!you )(?<!they )(?<!she )(?<!he )(?<!why )(?<!people )"
_TO_STOP = (
    "sto+p+|stopall|stop all|unsub|unsubscribe|un subscribe|remove|quit|cease|desist|cancel|end|opt(?: me)? out|optout"
    "|revoke"
)
_BEFORE_STOP = (
    rf"{_MANNERS}|reply|text|send|just|now|kindly|right|no|nope|yes|again|seriously|immediately|i said"
    "|(?:can|could|would|will) you|i (?:want|need|told|asked|am asking|am telling)(?: you)?(?: all)? to"
    "|i (?:would|should) like(?: you)? to"
    "|you (?:need to|must|should)|for the last time|let me"
)
_AFTER_STOP = (
    rf"{_MANNERS}|it|this|that|these|those|them|me|my|us|all|the|your|any|more|from|to|with|end|now|right|away|at once"
    "|immediately|thank|you|stop|nonsense|rubbish|texts|texting|text|sms|messages|messaging|msgs|calls|calling|contact"
    "|communications|notifications|alerts|reminders|consent|no"
)
_MESSAGING = "text(?:s|ing)|messag(?:es|ing)|msgs?|sms|contacting|bothering|spamming|harassing|pestering|hassling"

REFUSES_TEXTS = _patterns(
    rf"^(?:(?:{_BEFORE_STOP}) )*+(?:{_TO_STOP})(?: (?:{_AFTER_STOP})\b)*+$",
    r"(?<!not )(?<!never )\b(?:stop|quit|cease)(?: (?:with|all|the|these|those|this|your|any|ever|bloody|damn))*"
    rf" (?:{_MESSAGING}|sending|calls|calling|ringing|phoning|emailing|emails|spam|writing)\b",
    r"(?<!not )\bstop (?:receiving|getting) (?:these|those|your|any|this|texts|messages|sms)\b",
    rf"{_NOT_OTHERS}\b(?:do not|not to|please not)(?: (?:please|ever|keep|be|you|dare|want you to|want to be))*"
    r" (?:text|texting|message|messaging|msg|contact|contacting|sms|spam|write to|disturb|(?:bother|send) me)\b",
    rf"{_NOT_OTHERS}\b(?:do not|never)(?: (?:please|ever|keep))* (?:call|calling|ring|ringing|phone|phoning|text"
    r"|message|contact)(?: (?:me|us|this number|my number|again|back|any ?more|ever|please|thanks|thank you))+$",
    rf"^(?:(?:{_MANNERS}) )*+(?:do not|never)(?: ever)? (?:call|ring|phone|text|message|contact)$",
    r"\bno more (?:texts?|texting|messages?|messaging|msgs?|sms|calls|contact|spam|of (?:this|these|those))\b",
    rf"^(?:(?:{_MANNERS}) )*+no more(?: (?:{_MANNERS})\b)*+$",
    r"^please no (?:texts?|texting|messages|sms|calls)\b",
    r"^no (?:texts?|texting|messages|sms|calls) (?:please|pls|plz)\b",
    r"\brather (?:you|they) did not (?:text|message|contact|call)\b|\bdo not want (?:these|them)$",
    r"\b(?:do not|no longer) (?:want|wish|need|like|agree|consent)\b.*\b(?:texts?|texted|texting|messages?|messaged|sms"
    r"|contacted|receive)\b",
    r"\b(?:do not|did not|never|no longer) (?:consent|consented|agree|agreed|sign up|signed up)\b",
    r"\b(?:did not|never) (?:ask|asked) for (?:this|these|texts?|messages?|sms)\b",
    r"(?<!not )\b(?:unsubscribe|un subscribe|opt(?:ed|ing)?(?: me| us)? out|optout|stopall)\b",
    r"\b(?:withdraw|revoke)(?: my)? consent\b",
    r"\b(?:remove|delete|erase|lose|forget) (?:me|(?:my|this) (?:number|details|data))\b",
    r"\btake (?:me|us|my number|this number) off\b",
    rf"^(?:(?:{_BEFORE_STOP}) )*+(?:leave me (?:alone|be|in peace)|go away|(?:piss|fuck|bugger|sod|f) off)\b",
)
"""Any of these is somebody who wants no more texts, or no more calls."""

# --- Whether somebody got back to them.

YES_WORD = re.compile(
    r"(?:y|(?:absolutely|definitely|certainly|correct|indeed|of course|affirmative|sure did)(?= thanks|$))(?: |$)"
    r"|(?:ye+s+|yess?ir|ye+a*h*|ya+|ye+p+|yu+p+|aye|yh)\b"
)
NO_WORD = re.compile(
    r"n$|(?:no+|nop+e+|na+h*|nay|negative|not really|(?:absolutely|definitely|certainly|of course) not)\b"
)

_CONTACT = (
    "call|called|calling|callback|ring|rang|rung|phone|phoned|contact|contacted|hear|heard|reach|reached|reply|replied"
    "|respond|responded|speak|spoke|spoken|talk|talked|return|returned|bother|bothered|get (?:back|in touch)"
    "|(?:got|gotten|come|came|rung) back|in touch"
)
_HAD = (
    r"(?:get|got|gotten|had|have|receive|received)(?: \w+){0,3}"
    " (?:calls?|callback|back|reply|response|contact|anything|word)"
)
_SADLY = "yet|so far|at all|though|sadly|unfortunately|no|sorry|thanks|thank you|ever|still|mate|x+"
_OWN_DOING = r"(?<!\bi did not)(?<!\bi had not)(?<!\bi have not)(?<!\bi was not)"

NO_STATEMENT = _patterns(
    r"\bnot (?:as (?:of )?)?yet\b|\b(?:sadly|unfortunately|afraid) not$|\b(?:it|that)'?s a no\b",
    r"\byet to\b|\bstill (?:no|not|nothing|waiting|have not|has not|did not|await)",
    r"\b(?:waiting still|awaiting)\b|^(?:i am |just |been |i have been )*waiting\b",
    rf"\b(?:nobody|no one)(?: (?:has|have|had|did|is|was|been|ever|even|actually|yet|still|bothered to|at all|here))*+"
    rf"(?: (?:{_CONTACT})\b|(?: from \w+)?$)|\bnone (?:yet|of you)\b",
    rf"(?<!did )(?<!done )(?<!do )\bnothing(?: (?:back|again|here|since|heard|received|from|anyone|you|{_SADLY})\b)*+$",
    r"\bno (?:phone )?(?:calls?|callbacks?|reply|replies|response|contact|joy|luck|news|word|sign)\b",
    rf"\bnever(?! stop)(?: \w+){{0,2}} (?:{_CONTACT}|{_HAD}|did|has|have|happened)\b|\bnever$",
    rf"\b(?:did|have|has|had|was|were) not{_OWN_DOING}(?: (?:even|actually|ever|yet|been|me|really|all))*"
    rf" (?:{_CONTACT})\b",
    r"\bi (?:did|have|had) not(?: (?:even|actually|ever|yet|been|really))*"
    r" (?:hear|heard|speak|spoken|talk|talked|(?:been )?(?:called|contacted|rung|phoned))\b",
    rf"\b(?:did|have|has|had|was|were) not(?: (?:even|actually|ever|yet|been|really))* {_HAD}\b",
    rf"\b(?:did|have|has|had) not(?: (?:{_SADLY})\b)*+$",
    rf"^(?:(?:{_MANNERS}|no|nope|yes) )*+not (?:today|since|heard|called|had|received|spoken"
    r"|been (?:called|contacted|rung|phoned)|so far|at all|as far as i"
    r"|that i (?:know|am aware|can)|to my knowledge|a (?:thing|word|peep|sausage|soul))\b",
    r"\bdo not (?:think|believe) (?:so|(?:anyone|anybody|someone|somebody|you|they|he|she)\b.*"
    r"\b(?:has|have|did|called|rang|phoned))\b",
    r"\b(?:you|they|he|she) (?:do|does) not (?:ever )?(?:call|ring|phone|get back|reply|respond|return)\b",
    r"\b(?:been|was|am being|feel) (?:ignored|ghosted|forgotten)\b",
)
"""Any of these says that nobody did."""

NEGATED = re.compile(
    r"\b(?:not|never|no|nobody|nothing|if|whether|unless|until|when|should|would|could|hope|hoping|expect\w*|said|says"
    r"|say|claims?|thought|supposed|meant|who|why"
    r"|did (?:you|they|he|she|anyone|someone)|have (?:you|they)|has (?:he|she))\b"
)
"""A clause that tells of a call without saying that there was one."""

_OFTEN = "have|has|had|did|just|already|finally|actually|both|all|guys|since|then|now|eventually|kindly|indeed|also"
_CALLED = (
    "called|rang|rung|phoned|telephoned|call|ring|phone|spoke|spoken|talked|replied|responded|contacted|got back"
    "|gotten back|get back|rung back|been in touch|got in touch|got hold of|got through|reached|emailed"
    "|returned (?:my|the|our) call"
)
_NOT_US = r"(?! (?:you|u|your|the office|reception|him|her|them|off|out|wrong|the wrong))"

YES_STATEMENT = _patterns(
    r"\b(?:you|they|he|she|someone|somebody|one of you(?:r \w+)?|your \w+|(?:a|the|some|this|that) (?:\w+ )?(?:man"
    r"|woman|lady|girl|guy|chap|bloke|gentleman|person|colleague|receptionist|office))"
    rf"(?: (?:{_OFTEN}))* (?:{_CALLED})\b{_NOT_US}",
    r"^(?:(?!(?:i|we|my|our|the|please|to|can|will|you|need|want|a|it|was|been)\b)\w+ ){1,2}"
    rf"(?:(?:{_OFTEN}) )*(?:called|rang|phoned|got (?:back|in touch)|spoke|replied|contacted|emailed)\b{_NOT_US}",
    r"(?:\b(?:you|they|he|she|someone|somebody)(?: (?:sure|certainly|definitely|both|all))?"
    r"|^(?!(?:i|we|it|that|this|which|what|everyone|everybody|sure)\b)\w+) (?:did|have|has)"
    r"(?: (?:thanks|thank you|indeed|yes|yesterday|today|already|cheers|ta|earlier|this morning|this afternoon))*$",
    r"\b(?:spoke|spoken|talked|chatted) (?:to|with)\b",
    r"\b(?:we|i) (?:have |just |already |finally |now )*(?:spoke|spoken)\b",
    r"\bhad a (?:\w+ )?(?:chat|conversation|word) with\b",
    r"\bheard (?:back|from)\b|\bbeen (?:called|contacted|phoned|rung)\b",
    r"\b(?:got|had|received) (?:a|the|my|your|his|her|their|that|this) (?:\w+ )?(?:call|callback)\b",
)
"""Any of these says that somebody did."""

DOUBTS_A_YES = _patterns(
    r"\b(?:missed|voice ?mail|answer ?phone|answer(?:ing)? machine|left (?:me )?(?:a|your) message|no answer|hung up"
    r"|cut off|got cut|wrong (?:number|person)|rang (?:off|out)|engaged|did not (?:answer|pick))\b",
    r"\b(?:while i|i was (?:out|away|busy|driving|asleep|at|in|on|not))\b",
    r"\b(?:could|can) not (?:answer|pick|talk|speak|take|hear|get)\b|\bnot get through\b",
    r"\b(?:please|pls|plz|can|could|would|will|shall|need|want|like|try|when)\b.*"
    r"\b(?:call|calling|ring|phone|speak|talk|contact|callback|get back|chat)\b",
    rf"^(?:(?:{_MANNERS}|yes|yeah|yep) )*+(?:call|ring|phone|text|email|contact|try) (?:me|us|back|again)\b",
    r"\b(?:think|believe|guess|suppose|presumably|apparently|probably)\b",
    r"\b(?:ye+s+|ye+a+h*|ye+p+|yu+p+) (?:please|pls|plz)\b",
)
"""A yes with one of these is not plain: they were rung but not reached, or they want a call still."""

SETTLED = re.compile(
    r"(?<!not )(?<!never )\b(?:sorted|all (?:good|ok|okay|fine)|resolved|fixed|dealt with|no longer|do not worry"
    r"|forget (?:it|about)|never mind|do not bother|no need|not (?:needed|required|necessary))\b"
)
"""With a no, it may be that nothing is wanted any more."""

UNCERTAIN = re.compile(
    r"\b(?:not sure|unsure|do not (?:know|remember|recall)|can not (?:remember|recall)|dunno|no (?:idea|clue)|maybe"
    r"|perhaps|possibly|who (?:is|are) (?:this|that|you)|who (?:this|dis)|sort of|kind of)\b"
    r"|^(?:ye+s+|ye+a+h*|ye+p+|yu+p+) (?:no+|nah)\b|^(?:no+|nah) (?:ye+s+|ye+a+h*|ye+p+)\b"
)

YES_EMOJI = ("👍", "👌", "✅", "✔", "☑", "💯")
NO_EMOJI = ("👎", "❌", "✖", "🚫")

LIKES: Mapping[str, bool | None] = {"liked": True, "loved": True, "disliked": False, "reacted to": None, "to": None}
"""What is left of a text that a telephone sends for a "like", without the text that was liked."""
