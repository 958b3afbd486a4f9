"""The fields of a flow: what each makes of keys and words, and the outcomes it can have."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from phonebot.dialog.consent_field import texts
from phonebot.dialog.correction import merged_name
from phonebot.dialog.dialogue import Dialogue
from phonebot.dialog.facts import Facts
from phonebot.dialog.heard import Heard
from phonebot.dialog.hints import (
    DIGITS,
    PARTS,
    TIMES,
    YES_NO,
    Hints,
    always,
    nothing,
    of_the_directory,
    of_the_mailboxes,
    of_those_offered,
)
from phonebot.dialog.introduction import Introduction, introduction
from phonebot.dialog.offered_fields import meant_besides, meant_instead, person_choice, person_proposed
from phonebot.dialog.people_fields import (
    CHOOSING,
    choice_entries,
    directory_entries,
    mailbox,
    person,
    person_in_full,
)
from phonebot.dialog.phrases import asks_again, holds_phrase, says_nothing, sounds_like_a_matter, spoken_key, words_of
from phonebot.dialog.summary_field import CHANGES, summary, which
from phonebot.dialog.understood import Failure, Filled, Understood, filled
from phonebot.dialog.verdict_field import verdict
from phonebot.dialog.window_field import window, window_proposed
from phonebot.dialog.word_list import phrases, words
from phonebot.dialog.yes_no import yes_or_no
from phonebot.domain.phone import keyed_number, spoken_number
from phonebot.domain.spoken import Prompt

Understand = Callable[[Heard, Dialogue, Facts], Understood]


@dataclass(frozen=True, slots=True)
class Field:
    """A field: how it understands, every outcome it can have, and how it listens.

    With `one_key` a single key acts at once. `hints` help a recogniser. `entries` are spoken before the question: what
    can be had by which key, where that depends on the call; with `entries_again` each time it is asked.
    """

    understand: Understand
    outcomes: frozenset[str]
    one_key: bool = True
    hints: Hints = nothing
    entries: Callable[[Dialogue, Facts], tuple[Prompt, ...]] | None = None
    entries_again: bool = False


NO_CALLER = words("other another wrong")
"""What a name begins with that is not the caller's own: "the other Tom"."""


def name(heard: Heard, dialogue: Dialogue, facts: Facts) -> Understood:
    """A caller's name, with the business they ring from and what it is about where they say so at once.

    On the office line they may say instead that they wanted somebody else: `elsewhere`.
    """
    if heard.digits:
        return Failure.WRONGKEY
    said = introduction(heard.speech)
    if yes_or_no(heard.speech).answer is False and (corrected := meant_instead(heard.speech, dialogue, facts)):
        return corrected
    if said.name and (moved := meant_besides(heard.speech, dialogue, facts)):
        return _named(said, moved.dialogue, "elsewhere")
    if said.name is None or not NO_CALLER.isdisjoint(words_of(said.name)[:2]):
        return meant_instead(heard.speech, dialogue, facts) or _matter(heard.speech, dialogue)
    return _named(said, dialogue, "filled")


def _named(said: Introduction, dialogue: Dialogue, outcome: str) -> Understood:
    extra = {"business": said.business} if said.business and not dialogue.answers.business else {}
    name = merged_name(said.name or "", dialogue.answers.name)
    company = said.company or dialogue.answers.company
    return filled(dialogue, outcome, changed="name", name=name, company=company, **extra)


def _matter(speech: str, dialogue: Dialogue) -> Understood:
    """Words without a name that are long enough to say what it is about: they are kept, since they were given."""
    if dialogue.answers.business or not sounds_like_a_matter(speech):
        return Failure.NOMATCH
    return filled(dialogue, "matter", business=speech)


def number_offer(heard: Heard, dialogue: Dialogue, facts: Facts) -> Understood:
    """Yes or no to the number the caller rings from, or another number said straight away."""
    accepted = filled(dialogue, "yes", number=facts.caller.e164)
    understood = _agreement(heard, dialogue, facts, facts.caller.e164, accepted)
    if isinstance(understood, Filled) and understood.outcome != "yes":
        return replace(understood, dialogue=replace(understood.dialogue, declined=True))
    return understood


def number_confirm(heard: Heard, dialogue: Dialogue, facts: Facts) -> Understood:
    """Yes or no to a number read back, or the number again."""
    accepted = filled(replace(dialogue, offered=None), "yes", changed="number", number=dialogue.offered)
    return _agreement(heard, dialogue, facts, dialogue.offered, accepted)


_ANOTHER_PHONE = words("another different mobile landline home work office cell else other")


def _agreement(heard: Heard, dialogue: Dialogue, facts: Facts, asked: str | None, accepted: Filled) -> Understood:
    """Yes or no to the number asked about; saying that number again is a yes, and saying another is that number."""
    key = heard.digits or spoken_key(heard.speech)
    if key:
        failure = Failure.WRONGKEY if heard.digits else Failure.NOMATCH
        return {"1": accepted, "2": Filled("no", dialogue)}.get(key, failure)
    said = spoken_number(heard.speech, facts.office.region)
    answer = yes_or_no(heard.speech).answer
    if said.e164 and (said.e164 != asked or answer is False):
        return Filled("number", replace(dialogue, offered=said.e164))
    if said.e164 or answer is True:
        return accepted
    if answer is False or not _ANOTHER_PHONE.isdisjoint(words_of(heard.speech)):
        return Filled("no", dialogue)
    return Failure.NOMATCH


_THE_ONE_RUNG_FROM = phrases(
    "this number, this one, same number, the same one, calling from, ringing from, phoning from, this phone, on now",
    "number you have, number i am on, number i'm on, my number now",
)


def number(heard: Heard, dialogue: Dialogue, facts: Facts) -> Understood:
    """A telephone number, keyed (star starts again) or said, or "the one I'm calling from", where that is known."""
    if heard.digits:
        given = keyed_number(heard.digits, facts.office.region).e164
    else:
        given = spoken_number(heard.speech, facts.office.region).e164
        if given is None and holds_phrase(heard.speech, _THE_ONE_RUNG_FROM):
            given = facts.caller.e164
    return Filled("number", replace(dialogue, offered=given)) if given else Failure.NOMATCH


def business(heard: Heard, dialogue: Dialogue, facts: Facts) -> Understood:
    """What the call is about, in the caller's own words."""
    if heard.digits:
        return Failure.WRONGKEY
    if says_nothing(heard.speech) or asks_again(heard.speech):
        return Failure.NOMATCH
    return filled(dialogue, changed="business", business=heard.speech)


_HEAR = words("hear play listen playback")
_AGAIN = words("record rerecord redo new over change replace different")
_LEAVE = words("leave keep fine no nope not don't okay ok nothing done good forget skip")
_AGAIN_PHRASES = phrases("do it again, start again, say it again, try again, re record")


def recording(heard: Heard, dialogue: Dialogue, facts: Facts) -> Understood:
    """Whether the caller wants to hear the recording, record it again, or leave it."""
    if key := heard.digits or spoken_key(heard.speech):
        chosen = {"1": "hear", "2": "again", "3": "leave"}.get(key)
        failure = Failure.WRONGKEY if heard.digits else Failure.NOMATCH
        return Filled(chosen, dialogue) if chosen else failure
    said = frozenset(words_of(heard.speech))
    refused = not said.isdisjoint({"no", "not", "don't", "nope"})
    for outcome, named in (("hear", _HEAR), ("again", _AGAIN), ("leave", _LEAVE)):
        if not said.isdisjoint(named) and not (refused and outcome == "hear"):
            return Filled(outcome, dialogue)
    return Filled("again", dialogue) if holds_phrase(heard.speech, _AGAIN_PHRASES) else Failure.NOMATCH


FIELDS: Mapping[str, Field] = {
    # Callers are strangers: the names of the office would only be heard into theirs.
    "name": Field(name, frozenset({"elsewhere", "filled", "matter"})),
    "number_offer": Field(number_offer, frozenset({"yes", "no", "number"}), hints=always(*YES_NO, *DIGITS)),
    "number": Field(number, frozenset({"number"}), one_key=False, hints=always(*DIGITS)),
    "number_confirm": Field(number_confirm, frozenset({"yes", "no", "number"}), hints=always(*YES_NO, *DIGITS)),
    "business": Field(business, frozenset({"filled"})),
    "window": Field(window, frozenset({"filled", "unsure", "unfit"}), hints=always(*TIMES)),
    "window_proposed": Field(
        window_proposed, frozenset({"filled", "no", "unsure", "unfit"}), hints=always(*YES_NO, *TIMES)
    ),
    "summary": Field(summary, CHANGES | {"yes", "no"}, hints=always(*YES_NO, *PARTS, *TIMES)),
    "which": Field(which, CHANGES | {"yes"}, hints=always(*PARTS, *TIMES)),
    "recording": Field(
        recording, frozenset({"hear", "again", "leave"}), hints=always("hear it", "record it again", "leave it")
    ),
    "person": Field(person, CHOOSING | {"many"}, one_key=False, hints=of_the_directory, entries=directory_entries),
    "person_in_full": Field(person_in_full, CHOOSING | {"team"}, one_key=False, hints=of_the_directory),
    "person_choice": Field(
        person_choice, CHOOSING | {"none"}, hints=of_those_offered, entries=choice_entries, entries_again=True
    ),
    "person_proposed": Field(person_proposed, CHOOSING | {"none"}, hints=of_those_offered),
    "mailbox": Field(mailbox, frozenset({"filled"}), hints=of_the_mailboxes),
    "verdict": Field(
        lambda heard, call, _: verdict(heard, call),
        frozenset({"yes", "no", "passed"}),
        hints=always("yes", "no", "not yet"),
    ),
    "texts": Field(
        lambda heard, call, _: texts(heard, call), frozenset({"yes", "no"}), hints=always("yes please", "no thanks")
    ),
}


def understand(field: str, heard: Heard, dialogue: Dialogue, facts: Facts) -> Understood:
    """What a field makes of one turn. Silence is told apart before any field is asked."""
    return Failure.NOINPUT if heard.silent else FIELDS[field].understand(heard, dialogue, facts)
