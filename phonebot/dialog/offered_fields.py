"""What callers answer once people were offered: one of them, somebody else, or none of them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from phonebot.dialog.dialogue import Dialogue
from phonebot.dialog.facts import Facts
from phonebot.dialog.heard import Heard
from phonebot.dialog.name_words import RELATIONS
from phonebot.dialog.people_found import RECEPTION_WORDS, by_key, choice, extension_said, for_person, offered
from phonebot.dialog.phrases import asks_again, holds_phrase, spoken_key, words_of
from phonebot.dialog.understood import Failure, Filled, Understood
from phonebot.dialog.word_list import phrases, words
from phonebot.dialog.yes_no import YesNo, yes_or_no
from phonebot.domain.name import Found, other_than, people_called
from phonebot.domain.office import RECEPTION, Person

_OTHER = words("other another")
_INSTEAD = words("instead meant wanted want speak rather said asked")
_ANOTHER_THING = phrases(
    "other day, other week, other night, other time, other thing, other people",
    "another thing, another time, another day",
)
"""What is another, and is nobody."""

_NONE_OF_THEM = phrases(
    "neither, none, not them, neither of them, none of them, none of those, none of these, someone different",
    "nobody, somebody else, someone else, not him, not her, not either, wrong people, wrong person, wrong name",
)
_ANY_OF_THEM = phrases(
    "any of them, any of those, any one, anyone, anybody, either, either of them, whoever, i don't mind",
    "do not mind, don't mind, i don't care, doesn't matter, no preference, whichever, whoever is free, whoever's free",
)
"""Of a team any one will do."""

_ASKS_FOR = re.compile(
    r"\bi (?:really |actually |only )?(?:wanted|meant|asked for|was after|was looking for)\b"
    r"|\b(?:can|could|may) i (?:please )?(?:speak|talk) (?:to|with)\b(?=.*\binstead\b)|\bbut i (?:want|need)\b",
    re.IGNORECASE,
)
"""What leads from a caller's own name to whom they wanted: "Julie, but I wanted Tom Birch"."""


def person_choice(heard: Heard, dialogue: Dialogue, facts: Facts) -> Understood:
    """One of those offered, by key or by whatever tells them apart; or somebody else; `none` where it is nobody."""
    people = offered(dialogue, facts)
    if key := heard.digits or spoken_key(heard.speech):
        chosen = by_key(key, people)
        failure = Failure.WRONGKEY if heard.digits else Failure.NOMATCH
        return for_person(chosen, dialogue) if chosen else failure
    if _is_team(people) and holds_phrase(heard.speech, _ANY_OF_THEM):
        return for_person(people[0], dialogue)
    return _after_offering(heard.speech, people, dialogue, facts)


def _is_team(people: Sequence[Person]) -> bool:
    return len({person.team for person in people}) == 1 and bool(people[0].team)


def person_proposed(heard: Heard, dialogue: Dialogue, facts: Facts) -> Understood:
    """Yes or no to the one person proposed, or somebody else, such as "no, the other Tom"; `none` for a mere no."""
    people = offered(dialogue, facts)
    if key := heard.digits or spoken_key(heard.speech):
        failure = Failure.WRONGKEY if heard.digits else Failure.NOMATCH
        answers = {"1": for_person(people[0], dialogue)} if people else {}
        return {**answers, "2": _refused(dialogue)}.get(key, failure)
    understood = _after_offering(heard.speech, people, dialogue, facts)
    agrees = people and isinstance(understood, Failure) and yes_or_no(heard.speech).answer
    return for_person(people[0], dialogue) if agrees else understood


def _after_offering(speech: str, people: Sequence[Person], dialogue: Dialogue, facts: Facts) -> Understood:
    """Whom the words mean after people were offered: one of them, others, somebody else, or none of them."""
    if asks_again(speech):
        return Failure.NOMATCH
    if rung := extension_said(speech, facts):
        return for_person(rung, dialogue)
    answer = yes_or_no(speech)
    none_of_them = holds_phrase(speech, _NONE_OF_THEM)
    refuses = answer.answer is False or none_of_them
    if refuses and (somebody := _somebody_new(answer, people, facts)):
        return for_person(somebody, dialogue)
    if none_of_them:
        return _refused(dialogue)
    found, said = other_than(speech, people, facts.directory()), frozenset(words_of(speech))
    if not (found.sure or found.team) and not RECEPTION_WORDS.isdisjoint(said):
        return Filled("reception", dialogue)
    another = not _OTHER.isdisjoint(said)
    if len(people) == 1:
        return _of_one(found, people[0], dialogue, refuses=refuses or another)
    return _of_several(found, people, dialogue, refuses=refuses, another=another)


def _of_one(found: Found, proposed: Person, dialogue: Dialogue, *, refuses: bool) -> Understood:
    """After one was proposed: their name said for certain is a yes, and the name misheard before said again is none."""
    if refuses:
        refused = _refused(dialogue)
        return choice(found, refused.dialogue) or refused
    if proposed in found.people:
        return for_person(proposed, dialogue) if found.sure else Failure.NOMATCH
    return choice(found, dialogue) or Failure.NOMATCH


def _of_several(
    found: Found, people: Sequence[Person], dialogue: Dialogue, *, refuses: bool, another: bool
) -> Understood:
    """After a choice was offered: whom of them the words leave, else somebody else."""
    again = tuple(person for person in people if person in found.people)
    if another and len(again) == len(people) == 2:
        # Of two, "the other Tom" is more likely the one named last; only a question can tell.
        again = again[1:]
    if len(again) == 1:
        return choice(Found(again, sure=found.sure or not another), dialogue) or Failure.NOMATCH
    if refuses:
        refused = _refused(dialogue)
        return choice(found, refused.dialogue) or refused
    if again and len(again) == len(people):
        return Failure.NOMATCH
    return choice(found, dialogue) or Failure.NOMATCH


def _somebody_new(answer: YesNo, people: Sequence[Person], facts: Facts) -> Person | None:
    """Whom the words after a no name for certain, if it is nobody of those offered: "no, Sue Cohen"."""
    found = people_called(answer.rest, [person for person in facts.directory() if person not in people])
    return found.people[0] if found.sure else None


def _refused(dialogue: Dialogue) -> Filled:
    """The call after a no to those offered."""
    refused = dict.fromkeys((*dialogue.people_refused, *dialogue.people_offered))
    return Filled("none", replace(dialogue, people_refused=tuple(refused)))


def meant_instead(speech: str, dialogue: Dialogue, facts: Facts) -> Filled | None:
    """The call for somebody else than whom the office line found: "no, the other Tom"; None where nobody is meant."""
    rung, said = facts.person(dialogue.person), words_of(speech)
    if rung is None or facts.line.answers != RECEPTION or holds_phrase(speech, _ANOTHER_THING):
        return None
    if any(word.endswith("'s") and after in RELATIONS for word, after in pairwise(said)):
        # "I'm the other Tom's wife."
        return None
    if "extension" in said and (by_extension := extension_said(speech, facts)):
        return None if by_extension == rung else _elsewhere(by_extension, dialogue)
    if yes_or_no(speech).answer is not False and _INSTEAD.union(_OTHER).isdisjoint(said) and said[:1] != ["not"]:
        return None
    asked_for = re.sub(rf"\b(?:{'|'.join(sorted(_INSTEAD))})\b", "", speech, flags=re.IGNORECASE)
    found = other_than(yes_or_no(asked_for).rest, (rung,), facts.directory())
    return None if not found.sure or rung in found.people else _elsewhere(found.people[0], dialogue)


def meant_besides(speech: str, dialogue: Dialogue, facts: Facts) -> Filled | None:
    """The call for whom a caller wanted who says their own name too: "Julie, but I wanted Tom Birch"."""
    asks = _ASKS_FOR.search(speech)
    return meant_instead(f"I wanted {speech[asks.end() :]}", dialogue, facts) if asks else None


def _elsewhere(somebody: Person, dialogue: Dialogue) -> Filled:
    moved = replace(dialogue, person=somebody.id, mailbox=somebody.id, people_offered=(somebody.id,))
    return Filled("elsewhere", moved)
