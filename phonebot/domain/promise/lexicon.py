"""The vocabulary of commitments as pattern pieces: verbs of contact in each form, the caller, nouns, times, chains.

Every piece matches whole words of the guard's stream, each followed by one space, and is bounded, so that reading a
text takes time in proportion to its length.
"""

from typing import Literal

from phonebot.domain.promise.words import word_set

Form = Literal["base", "third", "ing"]


def any_of(words: str) -> str:
    """A group of the space-separated words; an underscore stands for a space inside one of them."""
    return "(?:" + "|".join(word.replace("_", " ") for word in words.split()) + ") "


_IRREGULAR: dict[str, tuple[str, str]] = {
    "ring": ("rings", "ringing"),
    "write": ("writes", "writing"),
    "get": ("gets", "getting"),
    "come": ("comes", "coming"),
    "go": ("goes", "going"),
    "be": ("is", "being"),
    "try": ("tries", "trying"),
    "hit": ("hits", "hitting"),
    "give": ("gives", "giving"),
    "send": ("sends", "sending"),
    "speak": ("speaks", "speaking"),
    "keep": ("keeps", "keeping"),
    "let": ("lets", "letting"),
    "tell": ("tells", "telling"),
    "make": ("makes", "making"),
    "have": ("has", "having"),
    "reply": ("replies", "replying"),
    "catch": ("catches", "catching"),
    "put": ("puts", "putting"),
    "bring": ("brings", "bringing"),
    "take": ("takes", "taking"),
    "see": ("sees", "seeing"),
    "notify": ("notifies", "notifying"),
    "deal": ("deals", "dealing"),
    "shoot": ("shoots", "shooting"),
}
_DOUBLED = frozenset(("drop", "pop", "chat"))


def verb_form(verb: str, form: Form) -> str:
    """That form of an English verb: "call" as "calls" and "calling"."""
    if form == "base":
        return verb
    if verb in _IRREGULAR:
        return _IRREGULAR[verb][0 if form == "third" else 1]
    if form == "third":
        return verb + ("es" if verb.endswith(("ch", "sh", "s", "x")) else "s")
    return (verb + verb[-1] if verb in _DOUBLED else verb.removesuffix("e")) + "ing"


def verbs(names: str, form: Form) -> str:
    """A group of those verbs in one form."""
    return any_of(" ".join(verb_form(name, form) for name in names.split()))


YOU = (
    r"(?:you (?:all |both |guys )?|everyone |everybody |all of you |each of you |"
    r"(?:(?:all|every|each|any|our|the|of|most) ){0,3}(?:callers?|customers?|clients?|patients?|people) )"
)
"""The caller as somebody who is contacted."""

ADVERBS = word_set(
    "also always then usually normally generally typically often certainly definitely probably possibly "
    "hopefully gladly happily personally just still surely likely all each both soon shortly promptly "
    "immediately simply today tomorrow tonight later again only indeed even first directly quickly sometimes "
    "kindly absolutely aim regularly routinely invariably eventually perhaps maybe obviously naturally very "
    "most almost actually really too"
)
_ADVERB = "(?:" + "|".join(sorted(ADVERBS)) + "|of course|as a rule|straight away|right away|in turn|if possible|"
ADV = f"(?:, )?{_ADVERB}as usual) (?:, )?"
ADVS = f"(?:{ADV}){{0,3}}"
"""Up to three adverbs, set off by commas or not."""

NUMBER_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty half noon "
    "midday midnight quarter"
)
DAYS = "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun"
_DAYPART = (
    "(?:morning|afternoon|evening|night|day|week|month|hour|minute|moment|second|instant|next|same|following|end)"
)
_NUMBER = rf"(?:\d[\d.:]*|{any_of(NUMBER_WORDS).strip()})"
IN_TIME = (
    rf"in (?:a (?!meeting)|an |the (?:{_DAYPART}|order|next|coming) |{_NUMBER} |due |about |under |no |good |turn |"
    r"order |half |less |roughly |around |approximately )"
)
_ON_TIME = (
    rf"on (?:(?:the|my|our|her|his|their|your|this|that) (?:{_NUMBER}|return|way|same|number|mobile|next)|"
    rf"{any_of(DAYS).strip()}|{any_of('mondays tuesdays wednesdays thursdays fridays weekdays receipt').strip()})"
)
WHEN = (
    r"(?:shortly|soon|asap|within|promptly|immediately|today|tomorrow|tonight|later|then|first thing|straight ?away|"
    r"right away|right back|quickly|before|after|once|when|as soon|as quickly|the (?:same|next|following|minute|moment|"
    rf"second|instant)|same day|next|this (?:{_DAYPART}|coming)|at (?!the (?:office|bank|desk|shop)|"
    r"reception|home|work|head|this number)|between|"
    rf"by (?:the end|close|lunch|tea|then|tonight|{_DAYPART}|{_NUMBER}|{any_of(DAYS).strip()}|today|tomorrow|the)|"
    rf"in {_DAYPART}|{IN_TIME.strip()}|{_ON_TIME}|{any_of(DAYS).strip()}|any (?:minute|moment|time|day)|momentarily|"
    r"presently|in a (?:jiffy|tick|mo|bit|while|sec)|during|until|every|each|end of|sometime|some time|early|late)\b ?"
)
"""How a time or a deadline begins."""

REST = (
    rf"(?=$|[.,] |{WHEN}|(?:and|or|but|about|regarding|with|from|personally|straight|right|over|if|so|because|while|"
    r"unless|thanks|bye|again|please|as|how|all|instead|too|afterwards|whenever|upon|without|mid|lunchtime|midweek|"
    r"myself|herself|himself|themselves|ourselves|anyway|sharp|"
    r"to (?!the |a |her |his |my |our |their |him |them |head |reception )[a-z]+) )"
)
"""What may follow a verb of contact that names nobody: a time, a purpose or the end, but not another person."""

_DEGREE = any_of(
    "all every each any the these those your our both most of my their his her as_many_of many missed urgent recent "
    "new incoming outstanding phone telephone voice customer patient client important emergency genuine"
)
CALL_NOUN = any_of(
    "call calls message messages voicemail voicemails email emails enquiry enquiries query queries question "
    "questions request requests text texts complaint complaints ticket tickets letter letters mail correspondence"
)
"""What a caller leaves and the office answers."""

CALLS = (
    rf"(?:{_DEGREE}|(?:everyone|everybody|people|callers|customers|clients|patients) 's "
    rf"){{0,4}}(?:voice )?{CALL_NOUN}(?!centre |back_number )"
)

CONTACT_NOUN = (
    r"(?:(?:(?:phone|telephone|return|follow up|courtesy|video) )?(?:call|ring)(?: back)?|bell|buzz|shout|tinkle|"
    r"text(?: message)?|line|email|note|message|word|update|answer|reply|response|holler|ping|letter|card|sms|"
    r"voicemail|news|feedback|confirmation|acknowledgement|decision|quote|result) "
)
"""A call, a line, a bell: what is given to somebody who is contacted."""

KIND_OF = any_of(
    "quick short brief phone telephone return courtesy personal proper prompt full written definite firm same_day "
    "next_day final wee little speedy swift timely guaranteed call_back follow_up direct further small 24_hour new"
)
A = any_of("a an the some another one our your any her his my their")

EXPECTED = (
    rf"(?:{A})?(?:{KIND_OF}){{0,3}}(?:(?:phone |telephone |return )?calls?(?: back)? |ring |reply |response |replies |"
    r"answer |text (?:message )?|email |letter |update |news |word |follow up |acknowledgement |confirmation |"
    r"message from (?:us|me|her|him|them|our) |decision )(?!to (?!you))(?!service )"
)
"""Contact as a thing the caller may await."""

DEADLINE = rf"(?:(?!until |during |while |now )[a-z']+ ){{0,4}}?(?!until |during |every |each |between ){WHEN}"
"""A time by which something is done, at most four words on."""
