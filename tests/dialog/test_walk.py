"""The exhaustive walk: every kind of input in every situation a caller can come into, in every kind of office."""

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

import pytest

from phonebot.dialog.deeds import TextsAnswered, Told, VerdictAsked, VerdictGiven
from phonebot.dialog.dialogue import Dialogue
from phonebot.dialog.engine import MOST_TURNS, MOST_VISITS, Step, step
from phonebot.dialog.facts import Facts
from phonebot.dialog.flow import Script
from phonebot.dialog.flow_file import read_script
from phonebot.dialog.heard import Heard, Recorded
from phonebot.dialog.people_fields import LISTED_IN
from phonebot.dialog.said import ComeBack, HangUp, Listen, Record, Reject, Transfer, Turn
from phonebot.domain.office import Line
from phonebot.domain.promise import promises
from phonebot.domain.speaking import word_count
from phonebot.domain.spoken import Prompt, SpokenValue
from phonebot.domain.status import AwayStatus, ExpectedBack, Presence
from phonebot.prompts import Prompts, data_folder
from tests.dialog.offices import ALIKE, JULIE, OFFICE, OFFICE_LINE, SUE, SUE_LINE, TUESDAY, facts_of

PROMPTS = Prompts.load(data_folder("prompts"))
SCRIPT = read_script(data_folder("flows"), {name: PROMPTS.variables(name) for name in PROMPTS.ids})

MEETING = AwayStatus(
    "sue",
    "in meetings",
    Presence.AWAY,
    TUESDAY - timedelta(hours=1),
    datetime(2026, 11, 24, 23, 59, tzinfo=UTC),
    ExpectedBack(datetime(2026, 11, 24, 14, 0, tzinfo=UTC)),
    timedelta(minutes=30),
    None,
    TUESDAY - timedelta(hours=1),
)

SAYINGS = (
    "yes",
    "no",
    "Julie Smith from Hartwell Dental",
    "the number",
    "no, Thursday",
    "oh seven seven oh oh nine hundred one two three",
)
KEYS = ("0", "1", "2", "3", "5", "7", "*")
NAMES = ("Tom", "the other one", "none of those", "Anna O'Neill", "accounts", "reception")
"""What may be said besides where somebody is asked for."""

AT_A_LISTEN = (Heard(), *(Heard(digits=key) for key in KEYS), *(Heard(speech=words) for words in SAYINGS))
AT_A_RECORD = (
    Heard(digits="#", recorded=Recorded("RE" + "1" * 32, 12)),
    Heard(digits="0", recorded=Recorded("RE" + "2" * 32, 12)),
    Heard(digits="*", recorded=Recorded("RE" + "3" * 32, 0)),
    Heard(),
)
AT_A_TRANSFER = (Heard(accepted=True), Heard())

ALONE: dict[str, Any] = {"office": replace(OFFICE, reception=None), "people": [replace(SUE, cover=None)]}

OFFICES = {
    "a person with a cover, and a reception": facts_of(statuses=[MEETING]),
    "a withheld number": facts_of(caller="anonymous"),
    "nobody else at all": facts_of(**ALONE),
    "a cover and no reception": facts_of(office=replace(OFFICE, reception=None)),
    "the office line, with a verdict to ask": facts_of(line=Line(OFFICE_LINE, "office"), asks_verdict=True, **ALONE),
    "a line that rings": facts_of(line=Line(SUE_LINE, "sue", ring=15), **ALONE),
    "a recording that has come": replace(facts_of(**ALONE), recording_fetched=True),
    "a call that comes back to us": replace(facts_of(), forwarded_to_us=True),
    "a verdict and leave to text to ask": facts_of(asks_verdict=True, offers_texts=True, **ALONE),
}
"""Each shows something the others do not; what they share is walked once, in the first."""

SOUNDING_ALIKE = facts_of(line=Line(OFFICE_LINE, "office"), people=ALIKE)


HABITS = (
    Heard(),
    *(Heard(digits=key) for key in "*0712"),
    *(Heard(speech=words) for words in ("um", "Tom", "no")),
)


def inputs_at(taken: Step) -> tuple[Heard, ...]:
    """Every kind of thing a caller can do where the call waits now."""
    match taken.turn.wait:
        case Listen():
            asked_for = taken.dialogue.state in LISTED_IN
            return (*AT_A_LISTEN, *(Heard(speech=words) for words in NAMES if asked_for))
        case Record():
            return AT_A_RECORD
        case Transfer():
            return AT_A_TRANSFER
        case ComeBack():
            return (Heard(),)
        case _:
            return ()


def situation(call: Dialogue) -> object:
    """What the rest of a call depends on.

    Texts count only by whether they are there; of the tries, those where the call waits now; the turn not at all.
    """
    given = call.answers
    there = (
        given.name,
        given.number,
        given.business,
        given.window_said,
        call.recording,
        call.name_recording,
        call.proposed,
    )
    tries = (call.failures.get(call.state, 0), call.visits.get(call.state, 0) >= MOST_VISITS - 1)
    flags = (call.notice_given, call.operator_rung, call.revising, call.declined, call.connected, call.waits)
    asked = ("verdict.ask" in call.visits, "ending.texts" in call.visits)
    people = (call.people_offered, frozenset(call.people_refused)) if call.state in LISTED_IN else ()
    return call.state, tuple(map(bool, there)), tries, flags, asked, call.away_heard, call.mailbox, people


def walk(script: Script, facts: Facts, within: str = "") -> Iterator[tuple[Dialogue, Heard, Step]]:
    """Every step from every situation that can be come into, nearest first, no further than states that begin so."""
    line = facts.line.answers
    fresh = Dialogue() if line == "office" else Dialogue(person=line, mailbox=line)
    taken = step(script, fresh, Heard(), facts)
    yield fresh, Heard(), taken
    waiting, known = deque([taken]), {situation(taken.dialogue)}
    while waiting:
        before = waiting.popleft()
        for heard in inputs_at(before):
            call = Dialogue.from_json(before.dialogue.to_json())
            after = step(script, call, heard, facts)
            yield call, heard, after
            if after.dialogue.state.startswith(within) and situation(after.dialogue) not in known:
                known.add(situation(after.dialogue))
                waiting.append(after)


@lru_cache(maxsize=20_000)
def spoken(prompt_id: str, values: tuple[tuple[str, SpokenValue], ...]) -> str:
    """A prompt in words; one that cannot be spoken fails the test."""
    return PROMPTS.speak(Prompt(prompt_id, dict(values)))


def prompts_of(taken: Step) -> list[tuple[str, str]]:
    """The prompts of a turn: id and words."""
    said = [prompt for prompt in taken.turn.said if isinstance(prompt, Prompt)]
    return [(prompt.id, spoken(prompt.id, tuple(sorted(prompt.values.items())))) for prompt in said]


def every_prompt_is_short_and_promises_nothing(_: Dialogue, __: Heard, taken: Step) -> None:
    for prompt_id, words in prompts_of(taken):
        assert word_count(words) <= (40 if prompt_id == "sum-up" else 25), words
        assert promised(words) == (), words


@lru_cache(maxsize=20_000)
def promised(words: str) -> tuple[object, ...]:
    return promises(words)


def no_question_is_put_without_words(_: Dialogue, __: Heard, taken: Step) -> None:
    if isinstance(taken.turn.wait, Listen | Record):
        assert any(words for _, words in prompts_of(taken)), taken.dialogue.state


def every_dialogue_says_goodbye(_: Dialogue, __: Heard, taken: Step) -> None:
    if isinstance(taken.turn.wait, HangUp):
        assert any("goodbye" in words.lower() for _, words in prompts_of(taken)), taken.dialogue.state


def no_away_message_is_heard_twice(before: Dialogue, _: Heard, taken: Step) -> None:
    dated = [prompt_id for prompt_id, _ in prompts_of(taken) if prompt_id in ("away-line-date", "away-office-date")]
    heard = taken.dialogue.away_heard
    assert len(heard) == len(set(heard)) == len(before.away_heard) + len(dated)


def what_was_given_stays_given(before: Dialogue, _: Heard, taken: Step) -> None:
    for name in ("name", "number", "business", "window_said"):
        assert not getattr(before.answers, name) or getattr(taken.dialogue.answers, name), name
    for name in ("recording", "name_recording"):
        assert not getattr(before, name) or getattr(taken.dialogue, name), name


def zero_rings_somebody_once(before: Dialogue, _: Heard, taken: Step) -> None:
    if isinstance(taken.turn.wait, Transfer) and taken.dialogue.state == "operator.transfer":
        assert not before.operator_rung


def the_notice_comes_before_the_first_answer(before: Dialogue, _: Heard, taken: Step) -> None:
    if before.turn < 0 and isinstance(taken.turn.wait, Listen | Record):
        assert any("recorded" in words for _, words in prompts_of(taken))


def the_verdict_and_leave_to_text_are_asked_once_and_answered_only_when_asked(
    before: Dialogue, _: Heard, taken: Step
) -> None:
    asked = {"ask-verdict": before.visits.get("verdict.ask"), "ask-texts": before.visits.get("ending.texts")}
    for prompt_id, _words in prompts_of(taken):
        assert not asked.get(prompt_id), f"{prompt_id} is asked again"
    for deed in taken.deeds:
        if isinstance(deed, VerdictAsked):
            assert taken.dialogue.state == "verdict.ask"
        if isinstance(deed, VerdictGiven):
            assert before.state == "verdict.ask"
        if isinstance(deed, TextsAnswered):
            assert before.state == "ending.texts"
            assert [prompt.id for prompt in deed.prompts] == ["ask-texts"]


def leave_to_text_is_asked_only_for_the_number_rung_from(_: Dialogue, __: Heard, taken: Step) -> None:
    if taken.dialogue.state == "ending.texts":
        assert taken.dialogue.answers.number == JULIE


def whoever_was_refused_is_not_offered_again(_: Dialogue, __: Heard, taken: Step) -> None:
    if taken.dialogue.state in ("office.proposed", "office.choice"):
        assert set(taken.dialogue.people_offered).isdisjoint(taken.dialogue.people_refused)


CLAIMS = (
    every_prompt_is_short_and_promises_nothing,
    no_question_is_put_without_words,
    every_dialogue_says_goodbye,
    no_away_message_is_heard_twice,
    what_was_given_stays_given,
    zero_rings_somebody_once,
    the_notice_comes_before_the_first_answer,
    the_verdict_and_leave_to_text_are_asked_once_and_answered_only_when_asked,
    leave_to_text_is_asked_only_for_the_number_rung_from,
)


@pytest.mark.parametrize("facts", OFFICES.values(), ids=OFFICES.keys())
def test_whatever_a_caller_does_in_whatever_situation_every_claim_holds(facts: Facts) -> None:
    for before, heard, taken in walk(SCRIPT, facts):
        for claim in CLAIMS:
            claim(before, heard, taken)


def test_whoever_is_asked_for_by_name_every_claim_holds() -> None:
    for before, heard, taken in walk(SCRIPT, SOUNDING_ALIKE, within="office."):
        for claim in (*CLAIMS, whoever_was_refused_is_not_offered_again):
            claim(before, heard, taken)


@pytest.mark.parametrize("facts", [SOUNDING_ALIKE, *OFFICES.values()], ids=["sounding alike", *OFFICES.keys()])
@pytest.mark.parametrize(
    "habit",
    HABITS,
)
def test_a_caller_who_does_the_same_for_ever_comes_to_an_end(facts: Facts, habit: Heard) -> None:
    line = facts.line.answers
    taken = step(SCRIPT, Dialogue() if line == "office" else Dialogue(person=line, mailbox=line), Heard(), facts)
    for _ in range(MOST_TURNS + 2):
        if isinstance(taken.turn.wait, HangUp | Reject):
            return
        heard = habit
        if isinstance(taken.turn.wait, Record):
            heard = replace(habit, speech="", recorded=Recorded("RE" + "0" * 32, 0))
        taken = step(SCRIPT, taken.dialogue, heard, facts)
    pytest.fail(f"still going on after {taken.dialogue.turn} turns, in {taken.dialogue.state}")


def test_the_recording_notice_has_under_eight_words() -> None:
    assert word_count(PROMPTS.speak(Prompt("recording-notice"))) < 8


def test_what_a_caller_is_told_of_their_message_is_kept_word_for_word() -> None:
    steps = (taken for _, _, taken in walk(SCRIPT, OFFICES["nobody else at all"]))
    told = [(taken, deed) for taken in steps for deed in taken.deeds if isinstance(deed, Told)]

    assert told
    for taken, deed in told:
        assert set(map(repr, deed.prompts)) <= set(map(repr, taken.turn.said))


def test_a_call_that_comes_back_to_us_is_rejected_unheard() -> None:
    taken = step(SCRIPT, Dialogue(person="sue", mailbox="sue"), Heard(), OFFICES["a call that comes back to us"])

    assert taken.turn == Turn((), Reject())
