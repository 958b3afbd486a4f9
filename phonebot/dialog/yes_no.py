"""Yes and no as people say them: "yeah no that's right", "no thanks", "no problem", "I don't know"."""

from collections.abc import Mapping
from dataclasses import dataclass

from phonebot.dialog.spoken_words import SpokenWord, spoken_words
from phonebot.dialog.word_list import phrases, words

LONGEST_ANSWER = 400
"""Characters in which a yes or a no is looked for; whoever talks longer is not answering the question."""

UNSURE, VERDICT, PARTICLE, SOFT = 3, 2, 1, 0
"""How much a phrase weighs: "no, that's right" is a yes, because a verdict outweighs a particle."""

_POSITIVE = phrases(
    "yes, yeah, yep, yup, yeh, yah, ya, aye, i think so, i believe so, i guess so, i suppose so, of course, certainly",
    "absolutely, definitely, indeed, exactly, precisely, sure, please do, go ahead, go on, go for it, why not",
    "by all means, use that, use this, use it, use that one, use that number, use this one, use this number, do that",
    "this one, that one, this number, that number, the same number, the same one, same number, that will do",
    "that works, works for me, that works for me, no problem, no worries, not a problem, no trouble, you can, you may",
    "spot on, i am happy with that, happy with that, fine by me, affirmative, mm hmm, mhm, uh huh, correct",
    "the one i am calling from, the one i am ringing from, all right, alright, might as well",
)
_NEGATIVE = phrases(
    "no, nope, nah, no way, absolutely not, definitely not, certainly not, of course not, i would rather not",
    "rather not, not really, not this one, not that one, not this number, not that number, not that, not this",
    "please do not, do not, do not use that, do not use this, do not use it, do not use that one, not at all, negative",
    "i do not think so, i think not, another number, another one",
    "a different number, a different one, different number, different one, use another number, use another one",
    "use a different number, use a different one, incorrect, not quite",
)
_SOFT = phrases(
    "ok, okay, right, great, lovely, good, fine, perfect, brilliant, excellent, super, thanks, thank you, cheers",
    "ta, please, bye, goodbye, bye bye, much appreciated, thank you very much, thanks very much, many thanks",
)
_UNSURE = phrases(
    "i do not know, do not know, not sure, i am not sure, no idea, i have no idea, maybe, perhaps, possibly, dunno",
    "not certain, i am not certain, i do not remember, i can not remember, i do not understand",
    "say again, say that again, repeat that, can you repeat that, i did not hear, i did not catch that, yes and no",
)
_NEUTRAL = phrases(
    "um, umm, uh, uhm, er, erm, ah, oh, ooh, hm, hmm, well, so, sorry, actually, sort of, i mean, i think, i guess",
    "i suppose, i said, like, hello, hi, just, then, for me, with me, by me, mate, love, dear, you know, very much",
)
_WEIGHED: Mapping[tuple[str, ...], tuple[int, bool | None]] = {
    **dict.fromkeys(_NEUTRAL, (-1, None)),
    **dict.fromkeys(_SOFT, (SOFT, True)),
    **dict.fromkeys(_POSITIVE, (PARTICLE, True)),
    **dict.fromkeys(_NEGATIVE, (PARTICLE, False)),
    **dict.fromkeys(_UNSURE, (UNSURE, None)),
}
_LONGEST_PHRASE = max(map(len, _WEIGHED))

_SUBJECTS = phrases(
    "that, it, this, all, everything, they, both, those, these, that one, this one, that number, this number",
    "all of that, all of it, it all, that all, the whole thing, the rest",
)
_VERBS = phrases("is, are, was, were, looks, look, sounds, sound, seems, seem, will be, would be, should be, feels")
_IMPRESSIONS = phrases("looks, sounds, seems")
_MEASURES = words("all quite absolutely perfectly just totally exactly really very completely still actually")
_GOOD = phrases(
    "right, correct, fine, good, great, perfect, ok, okay, lovely, true, accurate, spot on, brilliant, excellent",
    "it, all, the one, my number, mine, the right one, the right number, alright, better, best, me, so, yes, a yes",
)
_BAD = phrases("wrong, incorrect, no good, the wrong one, the wrong number, a mistake, false, bad, no, a no, old")
_ADJECTIVES: Mapping[tuple[str, ...], bool] = {**dict.fromkeys(_GOOD, True), **dict.fromkeys(_BAD, False)}
_BARE = words("right fine good great perfect lovely brilliant excellent ok okay it all me so no yes old")
"""Adjectives that say nothing of their own: "right, well, no" and "fine, but…" are no verdicts."""


@dataclass(frozen=True, slots=True)
class YesNo:
    """A yes, a no or neither (None), and whatever else was said with it."""

    answer: bool | None
    rest: str


def yes_or_no(text: str) -> YesNo:
    """Split a leading yes or no off what was said: "no, Thursday" is a no with the rest "Thursday".

    The weightiest phrase decides, and the last of equal ones: "yeah, no" is a no, and "no, that's right" a yes.
    """
    words = spoken_words(text, LONGEST_ANSWER)
    best, answer, at = -1, None, 0
    while at < len(words):
        found = _phrase_at(words, at) or _verdict_at(words, at)
        if found is None:
            break
        weight, polarity, taken = found
        if weight >= max(best, SOFT):
            # A word of thanks does not take back what another has settled.
            best, answer = weight, polarity
        at += taken
    rest = text[words[at].start :] if at < len(words) else text[LONGEST_ANSWER:]
    return YesNo(answer, rest.strip(" \t\r\n,.!?;:-"))


def _phrase_at(words: list[SpokenWord], at: int) -> tuple[int, bool | None, int] | None:
    """The longest phrase that begins here: its weight, its answer and how many words it takes."""
    if short := _short_answer(words, at):
        return short
    verdict = _verdict_at(words, at)
    for length in range(min(_LONGEST_PHRASE, len(words) - at), 0, -1):
        weighed = _WEIGHED.get(tuple(word.text for word in words[at : at + length]))
        if weighed and (verdict is None or length >= verdict[2]):
            return (*weighed, length)
    return verdict


def _short_answer(words: list[SpokenWord], at: int) -> tuple[int, bool, int] | None:
    """ "It is", "it is not", "I do", at the very end; with anything after it, it is the start of a sentence."""
    tail = tuple(word.text for word in words[at:][:4])
    if len(words) - at <= 3 and tail[:2] in {("it", "is"), ("that", "is"), ("they", "are"), ("i", "do"), ("you", "do")}:
        if len(tail) == 2:
            return VERDICT, True, 2
        if tail[2] == "not":
            return VERDICT, False, 3
    return None


def _verdict_at(words: list[SpokenWord], at: int) -> tuple[int, bool, int] | None:
    """ "That is (not) quite right", or its adjective alone, with how many words it takes."""
    begin = at
    subject = _longest(words, at, _SUBJECTS)
    verb = _longest(words, at + subject, _VERBS if subject else _IMPRESSIONS)
    if verb:
        at += subject + verb
    negated = False
    while at < len(words) and words[at].text in _MEASURES | {"not"}:
        if words[at].text == "all" and at == len(words) - 1:
            break
        negated ^= words[at].text == "not"
        at += 1
    length = _longest(words, at, _ADJECTIVES)
    adjective = tuple(word.text for word in words[at : at + length])
    if not length or (at == begin and adjective[0] in _BARE) or not (verb or adjective[0] not in ("it", "all", "me")):
        return None
    return VERDICT, _ADJECTIVES[adjective] != negated, at + length - begin


def _longest(
    words: list[SpokenWord], at: int, among: Mapping[tuple[str, ...], object] | frozenset[tuple[str, ...]]
) -> int:
    """How many words the longest of the phrases takes here; 0 for none."""
    return next((n for n in (3, 2, 1) if tuple(word.text for word in words[at : at + n]) in among), 0)
