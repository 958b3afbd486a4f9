"""The values prompts may be spoken with, and the facts a flow may choose by, worked out from a call."""

from collections.abc import Callable, Mapping

from phonebot.dialog.dialogue import Dialogue
from phonebot.dialog.facts import Facts
from phonebot.dialog.people_fields import alternatives
from phonebot.dialog.phrases import as_phrase
from phonebot.domain.office import RECEPTION
from phonebot.domain.phone import ending, read_aloud
from phonebot.domain.spoken import SpokenValue
from phonebot.domain.status import Presence, status_at
from phonebot.domain.text import clip_words

SUMMING_UP_WORDS = 40
SUMMING_UP_FRAME_WORDS = 21
"""Words of the summing-up that are not the caller's own, the four digits of the number among them."""

LONGEST_WAIT = 3
"""How often a caller is asked to hold on for their recording to arrive."""


def values(dialogue: Dialogue, facts: Facts) -> dict[str, SpokenValue]:
    """Every value a prompt may name. What the caller has not given is empty text, so prompts select on `has_…`."""
    given = dialogue.answers
    person, cover = facts.person(dialogue.mailbox), facts.cover_for(dialogue.person)
    rung = facts.person(dialogue.person)
    name, company, window, business = _said_back(dialogue)
    return {
        "office": facts.office.name,
        "notice": facts.office.notice,
        "person": person.first_name if person else facts.office.name,
        "for_person": _yes(person is not None),
        "rung": rung.first_name if rung else facts.office.name,
        "cover": cover.first_name if cover else "",
        "alternatives": _alternatives(dialogue, facts),
        "operator": _operator_name(dialogue, facts),
        "caller": (given.name or "").split(" ")[0],
        "has_name": _yes(given.name is not None),
        "name": name,
        "company": company,
        "has_company": _yes(bool(company)),
        "business": business,
        "has_business": _yes(bool(business)),
        "window": window,
        "has_window": _yes(bool(window)),
        "has_number": _yes(given.number is not None),
        "ending": _ending(given.number or facts.caller.e164),
        "offered": read_aloud(dialogue.offered, facts.office.region) if dialogue.offered else "",
        "changed": dialogue.changed or "nothing",
    }


VOCABULARY = frozenset(
    {"office", "notice", "person", "for_person", "rung", "cover", "alternatives", "operator", "caller", "has_name"}
    | {"name", "company", "has_company", "business", "has_business", "window", "has_window", "has_number", "ending"}
    | {"offered", "changed"}
)
"""The names in `values`, for the check that no prompt asks for another."""


def _said_back(dialogue: Dialogue) -> tuple[str, str, str, str]:
    """Name, company, window and business, clipped so that the summing-up stays within its words."""
    given = dialogue.answers
    name = clip_words(given.name, 4) if given.name else ""
    company = clip_words(given.company, 4) if given.company else ""
    window = clip_words(as_phrase(given.window_said), 7) if given.window_said else ""
    left = SUMMING_UP_WORDS - SUMMING_UP_FRAME_WORDS - sum(len(text.split()) for text in (name, company, window))
    business = clip_words(as_phrase(given.business), left) if given.business else ""
    return name, company, window, business


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
    return "nothing" if dialogue.recording else "recording"


def _caller_number(dialogue: Dialogue, facts: Facts) -> str:
    if dialogue.answers.number:
        return "known"
    return "offer" if facts.caller.e164 and not dialogue.declined else "ask"


def _rings_first(dialogue: Dialogue, facts: Facts) -> str:
    """The person is rung when the line says so and they are in, or have said nothing in office hours."""
    person = facts.person(dialogue.person)
    if not facts.line.ring or person is None or not person.phone:
        return "no"
    status = status_at([status for status in facts.statuses if status.person == person.id], facts.now)
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


Choosing = Callable[[Dialogue, Facts], str]

CHOICES: Mapping[str, tuple[frozenset[str], Choosing]] = {
    "loop": (frozenset({"yes", "no"}), lambda _, facts: _yes(facts.forwarded_to_us)),
    "answers": (frozenset({"person", "office"}), lambda call, _: "person" if call.person else "office"),
    "rings_first": (frozenset({"yes", "no"}), _rings_first),
    "notice_given": (frozenset({"yes", "no"}), lambda call, _: _yes(call.notice_given)),
    "missing": (frozenset({"name", "number", "business", "window", "recording", "talked", "nothing"}), _missing),
    "caller_number": (frozenset({"known", "offer", "ask"}), _caller_number),
    "anything_given": (frozenset({"yes", "no"}), lambda call, _: _yes(call.anything_given)),
    "operator": (frozenset({"free", "rung", "nobody"}), _operator),
    "alternatives": (frozenset({"none", "cover", "reception", "both"}), _alternatives),
    "playback": (frozenset({"ready", "fetching", "unavailable"}), _playback),
}
"""What a flow may choose by: each fact's possible values, and how it is worked out."""
