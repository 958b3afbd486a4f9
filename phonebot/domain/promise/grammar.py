"""The grammar of commitments: contact with something that commits to it, and phrases that are one in themselves."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from phonebot.domain.promise import context
from phonebot.domain.promise.contact import Contact, contacts
from phonebot.domain.promise.lexicon import WHEN
from phonebot.domain.promise.licence import licence_of
from phonebot.domain.promise.phrases import PHRASES_BY_START
from phonebot.domain.promise.words import COMMA, STOP, Words, word_set


@dataclass(frozen=True, slots=True)
class Finding:
    """A commitment found: its kind and the half-open range of words it covers."""

    kind: str
    first: int
    end: int


def findings(words: Words) -> Iterator[Finding]:
    """Every commitment in the words, in no particular order; several may cover the same words."""
    for contact in contacts(words):
        licence = licence_of(words, contact)
        if licence:
            yield Finding(licence[0], licence[1], contact.end)
        elif _is_habit(words, contact):
            yield Finding("habit", contact.first, contact.end)
        elif _is_under_way(words, contact) or _is_note(words, contact):
            yield Finding("contact", contact.first, contact.end)
    for index, word in enumerate(words.words):
        for phrase in PHRASES_BY_START.get(word.text, ()):
            match = phrase.pattern.match(words.stream, words.offsets[index])
            if match and phrase.holds(words, index, words.index_at(match.end())):
                yield Finding(phrase.kind, index, words.index_at(match.end()))


_PLURAL_SUBJECTS = word_set(
    "i we they staff team people advisers agents nurses doctors operators receptionists colleagues volunteers engineers"
)
_BEFORE_A_NOUN = word_set(
    "the a an our your my her his their any some no of for from to by in on with and or . , 's all two three "
    "you we i they missed phone telephone answering not never take takes taking make these those who if"
)
_NO_HABIT = frozenset(("if", "unless", "did", "does", "let", "whoever"))
_SENDS_WORD = frozenset(("reply", "respond", "replies", "responds"))


def _is_habit(words: Words, contact: Contact) -> bool:
    """A verb in the present: plain after "we", "I", "they"; in -s after a name or a pronoun."""
    if contact.form == "ing" or words.at(contact.first) in {"is", "has"}:
        return False
    subject = context.before(words, contact.first)
    # "It will be Tom who calls you": the relative pronoun stands for somebody of the office.
    relative = words.at(subject) == "who" and contact.form == "third" and not contact.alone
    if context.is_inverted(words, subject) or context.has(words, contact.first, _NO_HABIT):
        return False
    if contact.alone and not (words.at(contact.first) in _SENDS_WORD and _has_time(words, contact)):
        return False
    fits = words.at(subject) in _PLURAL_SUBJECTS or (words.at(subject - 1), words.at(subject)) == ("of", "us")
    # "We check messages at nine and return all calls": the subject stands before the first of the two verbs.
    if words.at(subject) == "and":
        fits = context.has(words, subject, frozenset(("i", "we", "they")), 12)
    if contact.form == "third":
        fits = relative or words.at(subject) not in _BEFORE_A_NOUN
    return fits and context.is_office(words, contact.first) and not context.is_opaque(words, contact.first)


def _has_time(words: Words, contact: Contact) -> bool:
    """Whether the contact is said to happen at some time other than this moment."""
    begin = words.offsets[contact.first]
    end = words.offsets[contact.end] if contact.end < len(words.words) else len(words.stream)
    if re.search(rf" {WHEN}$", words.stream[begin:end]):
        return True
    return re.compile(rf"(?:(?!now |from )[a-z']+ ){{0,4}}?{WHEN}").match(words.stream, end) is not None


def _is_under_way(words: Words, contact: Contact) -> bool:
    """A verb in -ing with a time to come: "is ringing you at three", and in notes "returning calls after four"."""
    if contact.form != "ing" or contact.alone or not _has_time(words, contact):
        return False
    helper = context.before(words, contact.first)
    if words.at(helper) in context.BE_NOW:
        return context.is_office(words, helper) and not context.is_opaque(words, helper)
    return words.at(helper) in {STOP, COMMA, "and"}


_LATER = frozenset(("soon", "later", "then", "shortly", "tomorrow", "monday", "on"))


def _is_note(words: Words, contact: Contact) -> bool:
    """A note without its "I will": "text you in a bit", "speak soon"; "call us back" is said to the caller instead."""
    if contact.form != "base" or words.at(context.before(words, contact.first)) not in {STOP, COMMA}:
        return False
    said = [word.text for word in words.words[contact.first : contact.end]]
    if said[0] in {"speak", "talk", "chat"}:
        return said[-1] in _LATER or words.at(contact.end) in _LATER
    return "you" in said or (said[0] == "be" and "touch" in said)
