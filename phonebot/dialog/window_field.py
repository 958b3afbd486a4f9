"""When the caller would like the call: understood, read back where not sure, and offered anew where it cannot be."""

from collections.abc import Mapping
from dataclasses import replace

from phonebot.dialog.dialogue import Dialogue, Proposal
from phonebot.dialog.facts import Facts
from phonebot.dialog.heard import Heard
from phonebot.dialog.phrases import asks_again, says_nothing
from phonebot.dialog.understood import Failure, Filled, Understood, filled
from phonebot.dialog.yes_no import yes_or_no
from phonebot.domain.speaking import windows_for
from phonebot.domain.status import Presence
from phonebot.domain.window import Window, understand
from phonebot.domain.window_fit import Fitted, fit

DAYPART_KEYS: Mapping[str, str] = {"1": "in the morning", "2": "in the afternoon", "3": "any time"}


def window(heard: Heard, dialogue: Dialogue, facts: Facts) -> Understood:
    """When a call would suit; 1 is the morning, 2 the afternoon, 3 any time.

    What is not understood is asked once more, and then kept as the words spoken.
    """
    if heard.digits:
        said = DAYPART_KEYS.get(heard.digits)
        return _taken(said, dialogue, facts) if said else Failure.WRONGKEY
    if says_nothing(heard.speech) or asks_again(heard.speech):
        return Failure.NOMATCH
    return _taken(heard.speech, dialogue, facts)


def window_proposed(heard: Heard, dialogue: Dialogue, facts: Facts) -> Understood:
    """Yes or no to what was read back or offered, or another time said straight away.

    After a no to an offer, what the caller wanted stands as they said it: nobody else can say what suits them.
    """
    proposal = dialogue.proposed
    if proposal is None:
        return Failure.NOMATCH
    accepted = _kept(dialogue, proposal.said, Window(proposal.parts, proposal.said))
    refused = Filled("no", replace(dialogue, proposed=None))
    if heard.digits:
        return {"1": accepted, "2": refused}.get(heard.digits, Failure.WRONGKEY)
    said = yes_or_no(heard.speech)
    if said.rest and said.answer is not True and not says_nothing(said.rest):
        meant = meaning(said.rest, facts)
        if meant.parts:
            return _taken(said.rest, dialogue, facts)
    if said.answer is None:
        return Failure.NOMATCH
    return accepted if said.answer else refused


def meaning(said: str, facts: Facts) -> Window:
    """What some words mean as a time for a call, said now in the office's zone."""
    zone = facts.office.hours.zone
    return understand(said, facts.now.astimezone(zone), zone)


def _taken(said: str, dialogue: Dialogue, facts: Facts) -> Understood:
    """What becomes of words about a time: kept, read back, answered with an offer, or asked again."""
    meant = meaning(said, facts)
    if not meant.parts:
        asked_before = dialogue.failures.get(dialogue.state, 0) > 0
        return _kept(dialogue, said, meant) if asked_before else Failure.NOMATCH
    speaking, today = windows_for(facts.office.language), facts.office.hours.local_day(facts.now)
    if not meant.sure:
        asked = Proposal(said, meant.parts, speaking.window(meant.parts, today))
        return Filled("unsure", replace(dialogue, proposed=asked))
    kept = _kept(dialogue, said, meant)
    fitted = _fitted(meant, kept.dialogue, facts)
    if fitted.parts or fitted.offered is None or fitted.misfit is None:
        return kept
    offer = fitted.offered
    words = speaking.part_of_day(offer.day, offer.daypart.value, today)
    offered = Proposal(words, (offer.part,), words, why=fitted.misfit.value)
    return Filled("unfit", replace(kept.dialogue, proposed=offered))


def _kept(dialogue: Dialogue, said: str, meant: Window) -> Filled:
    kept = filled(dialogue, changed="window", window_said=said, window_parts=meant.parts)
    return replace(kept, dialogue=replace(kept.dialogue, proposed=None))


def _fitted(meant: Window, dialogue: Dialogue, facts: Facts) -> Fitted:
    """What the office's hours and the person's status leave of it."""
    person = facts.person(dialogue.mailbox)
    status = facts.status_of(person) if person else None
    away = status is not None and status.presence is Presence.AWAY and status.back is not None
    away_until = status.back.at if status is not None and status.back is not None and away else None
    return fit(meant, hours=facts.office.hours, away_until=away_until, now=facts.now)
