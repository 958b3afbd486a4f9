"""The values prompts may be spoken with, and the facts a flow may choose by, worked out from a call."""

from collections.abc import Callable, Collection, Mapping
from datetime import date

from phonebot.dialog.dialogue import Dialogue
from phonebot.dialog.facts import Facts
from phonebot.dialog.people_fields import alternatives
from phonebot.dialog.people_found import offered
from phonebot.dialog.phrases import as_phrase
from phonebot.dialog.written_name import form_of_address
from phonebot.domain.back_words import near
from phonebot.domain.office import RECEPTION, Person
from phonebot.domain.phone import ending, read_aloud
from phonebot.domain.spoken import Prompt, SpokenValue
from phonebot.domain.status import Presence
from phonebot.domain.text import clip_words

SUMMING_UP_WORDS = 40
SUMMING_UP_FRAME_WORDS = 21
"""Words of the summing-up that are not the caller's own, the four digits of the number among them."""

ADDED_IN = "message.added"
"""The state that asks for anything to add."""

VERDICT_IN = "verdict.ask"
"""The state that asks whether the caller was got back to."""

TEXTS_IN = "ending.texts"
"""The state that asks for leave to text."""

LONGEST_WAIT = 3
"""How often a caller is asked to hold on for their recording to arrive."""


def _name(dialogue: Dialogue, facts: Facts) -> str:
    return clip_words(dialogue.answers.name or "", 4)


def _company(dialogue: Dialogue, facts: Facts) -> str:
    return clip_words(dialogue.answers.company or "", 4)


def _window(dialogue: Dialogue, facts: Facts) -> str:
    return clip_words(as_phrase(dialogue.answers.window_said or ""), 7)


def _business(dialogue: Dialogue, facts: Facts) -> str:
    """What it is about, in as many words as the summing-up has left."""
    others = (_name(dialogue, facts), _company(dialogue, facts), _window(dialogue, facts))
    left = SUMMING_UP_WORDS - SUMMING_UP_FRAME_WORDS - sum(len(text.split()) for text in others)
    return clip_words(as_phrase(dialogue.answers.business or ""), left)


def _back_day(dialogue: Dialogue, facts: Facts) -> date:
    """The day the person whose message this is expects to be back, or today."""
    person = facts.person(dialogue.mailbox)
    status = facts.status_of(person) if person else None
    hours = facts.office.hours
    return hours.local_day(status.back.at if status and status.back else facts.now)


def _back_near(dialogue: Dialogue, facts: Facts) -> str:
    return near(_back_day(dialogue, facts), facts.office.hours.local_day(facts.now))


def _first_name(person: Person | None, otherwise: str) -> str:
    return person.first_name if person else otherwise


def _ending(e164: str | None) -> str:
    return ending(e164) if e164 else ""


def _yes(fact: bool) -> str:
    return "yes" if fact else "no"


def _operator_name(dialogue: Dialogue, facts: Facts) -> str:
    operator = facts.operator(dialogue.mailbox)
    person = facts.person(operator[0]) if operator else None
    return person.first_name if person else "reception"


def _alternatives(dialogue: Dialogue, facts: Facts) -> str:
    boxes = alternatives(dialogue, facts)
    cover, reception = any(box not in (dialogue.person, RECEPTION) for box in boxes), RECEPTION in boxes
    if len(boxes) < 2:
        return "none"
    return "both" if cover and reception else "cover" if cover else "reception"


def _missing(dialogue: Dialogue, facts: Facts) -> str:
    """The first thing the form has not asked for yet; a caller who only talked is not taken through it."""
    given = dialogue.answers
    if dialogue.recording and not given.complete:
        return "talked"
    if not given.name and not dialogue.name_recording:
        return "name"
    for field, value in (("number", given.number), ("business", given.business), ("window", given.window_said)):
        if not value:
            return field
    return "nothing" if dialogue.recording or ADDED_IN in dialogue.visits else "recording"


def _caller_number(dialogue: Dialogue, facts: Facts) -> str:
    if dialogue.answers.number:
        return "known"
    return "offer" if facts.caller.e164 and not dialogue.declined else "ask"


def _rings_first(dialogue: Dialogue, facts: Facts) -> str:
    """The person is rung when the line says so and they are in, or have said nothing in office hours."""
    person = facts.person(dialogue.person)
    if not facts.line.ring or person is None or not person.phone:
        return "no"
    status = facts.status_of(person)
    if status:
        return _yes(status.presence is Presence.IN)
    return _yes(facts.office.hours.is_open(facts.now))


def _operator(dialogue: Dialogue, facts: Facts) -> str:
    if dialogue.operator_rung:
        return "rung"
    return "free" if facts.operator(dialogue.mailbox) else "nobody"


def _playback(dialogue: Dialogue, facts: Facts) -> str:
    if dialogue.recording and facts.recording_fetched:
        return "ready"
    return "fetching" if dialogue.recording and dialogue.waits < LONGEST_WAIT else "unavailable"


def _asks_verdict(dialogue: Dialogue, facts: Facts) -> str:
    return _yes(dialogue.asks_verdict and VERDICT_IN not in dialogue.visits)


def _offers_texts(dialogue: Dialogue, facts: Facts) -> str:
    """Leave is asked only for the number the call comes from, and only once it is the number agreed on."""
    own = facts.caller.e164 is not None and dialogue.answers.number == facts.caller.e164
    return _yes(dialogue.offers_texts and own and TEXTS_IN not in dialogue.visits)


WORDS: Mapping[str, Callable[[Dialogue, Facts], SpokenValue]] = {
    "office": lambda _, facts: facts.office.name,
    "notice": lambda _, facts: facts.office.notice,
    "person": lambda call, facts: _first_name(facts.person(call.mailbox), facts.office.name),
    "for_person": lambda call, facts: _yes(facts.person(call.mailbox) is not None),
    "rung": lambda call, facts: _first_name(facts.person(call.person), facts.office.name),
    "whom": lambda call, facts: next((person.name for person in offered(call, facts)), ""),
    "cover": lambda call, facts: _first_name(facts.cover_for(call.person), ""),
    "alternatives": _alternatives,
    "operator": _operator_name,
    "caller": lambda call, _: form_of_address(call.answers.name or ""),
    "has_caller": lambda call, _: _yes(bool(form_of_address(call.answers.name or ""))),
    "has_name": lambda call, _: _yes(bool(call.answers.name)),
    "name": _name,
    "company": _company,
    "has_company": lambda call, _: _yes(bool(call.answers.company)),
    "business": _business,
    "has_business": lambda call, _: _yes(bool(call.answers.business)),
    "window": _window,
    "has_window": lambda call, _: _yes(bool(call.answers.window_said)),
    "has_number": lambda call, _: _yes(bool(call.answers.number)),
    "ending": lambda call, facts: _ending(call.answers.number or facts.caller.e164),
    "offered": lambda call, facts: read_aloud(call.offered, facts.office.region) if call.offered else "",
    "proposed": lambda call, _: call.proposed.spoken if call.proposed else "",
    "why": lambda call, _: (call.proposed.why if call.proposed else "") or "asked",
    "back_day": _back_day,
    "back_near": _back_near,
    "changed": lambda call, _: call.changed or "nothing",
}
"""Every value a prompt may be spoken with. What the caller has not given is empty, so prompts select on `has_…`."""


def prompt(name: str, needs: Collection[str], dialogue: Dialogue, facts: Facts) -> Prompt:
    """A prompt with the values it needs, worked out from the call as it stands."""
    return Prompt(name, {need: WORDS[need](dialogue, facts) for need in needs})


Choosing = Callable[[Dialogue, Facts], str]

CHOICES: Mapping[str, tuple[frozenset[str], Choosing]] = {
    "loop": (frozenset({"yes", "no"}), lambda _, facts: _yes(facts.forwarded_to_us)),
    "answers": (frozenset({"person", "office"}), lambda call, _: "person" if call.person else "office"),
    "rings_first": (frozenset({"yes", "no"}), _rings_first),
    "notice_given": (frozenset({"yes", "no"}), lambda call, _: _yes(call.notice_given)),
    "missing": (frozenset({"name", "number", "business", "window", "recording", "talked", "nothing"}), _missing),
    "caller_number": (frozenset({"known", "offer", "ask"}), _caller_number),
    "anything_given": (frozenset({"yes", "no"}), lambda call, _: _yes(call.anything_given)),
    "window_given": (frozenset({"yes", "no"}), lambda call, _: _yes(bool(call.answers.window_said))),
    "operator": (frozenset({"free", "rung", "nobody"}), _operator),
    "alternatives": (frozenset({"none", "cover", "reception", "both"}), _alternatives),
    "playback": (frozenset({"ready", "fetching", "unavailable"}), _playback),
    "asks_verdict": (frozenset({"yes", "no"}), _asks_verdict),
    "offers_texts": (frozenset({"yes", "no"}), _offers_texts),
}
"""What a flow may choose by: each fact's possible values, and how it is worked out."""
