"""The two questions that only some callers hear: whether they were got back to, and leave to text them."""

from dataclasses import replace

import pytest

from phonebot.dialog.deeds import Deed, TextsAnswered, VerdictAsked, VerdictGiven
from phonebot.dialog.engine import Step, step
from phonebot.dialog.heard import Heard
from phonebot.dialog.said import HangUp, Listen
from phonebot.domain.office import Line
from phonebot.domain.speaking import word_count
from phonebot.domain.spoken import Prompt
from tests.dialog.conversing import (
    ABOUT,
    ADDED,
    ALONE,
    NAME,
    NOTHING_ADDED,
    SCRIPT,
    TO_SUMMING_UP,
    WHEN,
    YES,
    calls,
    ids,
    presses,
    says,
    stored,
    words,
)
from tests.dialog.offices import JULIE, OFFICE_LINE, SUE_LINE, facts_of

RANG_BEFORE = facts_of(asks_verdict=True)
MAY_BE_TEXTED = facts_of(offers_texts=True)
QUESTION = (Prompt("ask-texts"),)


def verdicts(steps: list[Step]) -> list[Deed]:
    """The deeds of a call that have to do with the verdict."""
    return [deed for taken in steps for deed in taken.deeds if isinstance(deed, VerdictAsked | VerdictGiven)]


def leaves(steps: list[Step]) -> list[TextsAnswered]:
    """What was answered in a call to the question about texts."""
    return [deed for taken in steps for deed in taken.deeds if isinstance(deed, TextsAnswered)]


def test_a_number_that_rang_before_is_asked_after_the_notice_and_before_the_form() -> None:
    first = calls(RANG_BEFORE, [])[0]
    assert ids(first)[-2:] == ["office-notice", "ask-verdict"]
    assert (first.dialogue.state, first.deeds[-1]) == ("verdict.ask", VerdictAsked())


def test_the_question_names_nobody_and_keeps_the_first_turn_short() -> None:
    asked = calls(RANG_BEFORE, [])[0]
    question = words(asked).rpartition("recorded.")[2]
    assert not any(name in question for name in ("Sue", "Tom", "Cohen", "Julie"))
    assert word_count(question) <= 7


@pytest.mark.parametrize(
    ("heard", "reached"),
    [(presses("1"), True), (presses("2"), False), (says("yes you did"), True), (says("nobody has"), False)],
)
def test_an_answer_is_kept_acknowledged_and_followed_by_the_form(heard: Heard, reached: bool) -> None:
    steps = calls(RANG_BEFORE, [heard])
    assert verdicts(steps) == [VerdictAsked(), VerdictGiven(reached)]
    assert ids(steps[-1]) == ["verdict-yes" if reached else "verdict-no", "ask-name"]


def test_silence_goes_straight_on_unanswered() -> None:
    steps = calls(RANG_BEFORE, [Heard()])
    assert verdicts(steps) == [VerdictAsked()]
    assert ids(steps[-1]) == ["ask-name"]


@pytest.mark.parametrize(("heard", "prompt"), [(says("um"), "verdict-nomatch"), (presses("7"), "verdict-wrongkey")])
def test_nonsense_is_asked_once_more_and_then_passed_over(heard: Heard, prompt: str) -> None:
    steps = calls(RANG_BEFORE, [heard, heard])
    assert [ids(taken) for taken in steps[1:]] == [[prompt], ["ask-name"]]
    assert verdicts(steps) == [VerdictAsked()]


def test_an_answer_at_the_second_try_counts() -> None:
    assert verdicts(calls(RANG_BEFORE, [says("um"), says("no")])) == [VerdictAsked(), VerdictGiven(False)]


def test_a_caller_who_cannot_say_is_not_asked_again() -> None:
    steps = calls(RANG_BEFORE, [says("I don't know")])
    assert verdicts(steps) == [VerdictAsked()]
    assert ids(steps[-1])[-1] == "ask-name"


def test_what_is_said_after_the_no_is_what_it_is_about() -> None:
    steps = calls(RANG_BEFORE, [says("No, and I want to know where my order has got to"), NAME, YES])
    assert steps[-1].dialogue.answers.business == "I want to know where my order has got to"
    assert steps[-1].dialogue.state == "message.window"


@pytest.mark.parametrize(("key", "state"), [("0", "operator.transfer"), ("*", "talk.start")])
def test_zero_and_star_work_at_the_question_and_leave_it_unanswered(key: str, state: str) -> None:
    steps = calls(RANG_BEFORE, [presses(key)])
    assert (steps[-1].dialogue.state, verdicts(steps)) == (state, [VerdictAsked()])


def test_the_question_is_not_put_twice_in_a_call() -> None:
    steps = calls(replace(ALONE, asks_verdict=True), [presses("0"), NAME, presses("0"), YES, ABOUT, WHEN])
    assert [taken.dialogue.state for taken in steps].count("verdict.ask") == 1
    assert verdicts(steps) == [VerdictAsked()]


def test_on_the_office_line_it_is_asked_once_somebody_is_chosen() -> None:
    office = facts_of(line=Line(OFFICE_LINE, "office"), asks_verdict=True)
    steps = calls(office, [presses("1"), says("no")])
    assert [taken.dialogue.state for taken in steps] == ["office.whom", "verdict.ask", "message.name"]
    assert verdicts(steps) == [VerdictAsked(), VerdictGiven(False)]


def test_a_line_that_rings_first_asks_when_nobody_takes_the_call() -> None:
    rings = facts_of(line=Line(SUE_LINE, "sue", ring=15), asks_verdict=True)
    steps = calls(rings, [Heard()])
    assert [taken.dialogue.state for taken in steps] == ["person.ring", "verdict.ask"]


def test_what_may_be_asked_is_settled_on_the_first_turn() -> None:
    first = calls(RANG_BEFORE, [])[0].dialogue
    assert (first.asks_verdict, first.offers_texts) == (True, False)
    later = step(SCRIPT, stored(calls(facts_of(), [presses("*")])[-1].dialogue), ADDED, RANG_BEFORE)
    assert not later.dialogue.asks_verdict


def test_nobody_is_asked_where_nothing_is_open() -> None:
    steps = calls(facts_of(), (*TO_SUMMING_UP, YES))
    assert verdicts(steps) == []
    assert leaves(steps) == []


def test_leave_to_text_is_asked_between_the_summing_up_and_the_goodbye() -> None:
    asked = calls(MAY_BE_TEXTED, (*TO_SUMMING_UP, YES))[-1]
    assert (asked.dialogue.state, ids(asked)) == ("ending.texts", ["ask-texts"])
    assert asked.turn.wait == Listen("texts", hints=("yes please", "no thanks"))


@pytest.mark.parametrize(
    ("heard", "agreed"),
    [
        (says("yes please"), True),
        (presses("1"), True),
        (says("no thanks"), False),
        (presses("2"), False),
        (presses("7"), False),
        (Heard(), False),
        (says("um"), False),
        (says("thank you, bye"), False),
    ],
)
def test_the_answer_is_kept_with_the_words_that_were_asked_and_the_call_ends_kindly(heard: Heard, agreed: bool) -> None:
    steps = calls(MAY_BE_TEXTED, (*TO_SUMMING_UP, YES, heard))
    assert leaves(steps) == [TextsAnswered(agreed, QUESTION)]
    assert ids(steps[-1])[0] == ("texts-agreed" if agreed else "texts-refused")
    assert ids(steps[-1])[-1] == "goodbye"
    assert isinstance(steps[-1].turn.wait, HangUp)


@pytest.mark.parametrize("key", ["0", "*"])
def test_zero_and_star_at_the_last_question_are_no_answer_and_it_is_not_put_again(key: str) -> None:
    alone = replace(ALONE, offers_texts=True)
    after = [NOTHING_ADDED, YES] if key == "*" else [YES]
    steps = calls(alone, (*TO_SUMMING_UP, YES, presses(key), *after))
    assert leaves(steps) == []
    assert isinstance(steps[-1].turn.wait, HangUp)


def test_another_number_than_the_one_rung_from_is_never_asked_about() -> None:
    form = [NAME, says("no, use 07700 900999"), YES, ABOUT, WHEN, NOTHING_ADDED, YES]
    steps = calls(MAY_BE_TEXTED, form)
    assert isinstance(steps[-1].turn.wait, HangUp)
    assert leaves(steps) == []


def test_a_caller_who_just_talks_is_asked_once_the_number_is_agreed() -> None:
    steps = calls(MAY_BE_TEXTED, [presses("*"), ADDED, YES, YES])
    assert [taken.dialogue.state for taken in steps[-2:]] == ["ending.texts", "ending.hang_up"]
    assert leaves(steps) == [TextsAnswered(True, QUESTION)]


def test_a_caller_who_just_talks_and_agrees_to_no_number_is_not_asked() -> None:
    steps = calls(MAY_BE_TEXTED, [presses("*"), ADDED, Heard(), Heard()])
    assert (steps[-1].dialogue.state, leaves(steps)) == ("ending.hang_up", [])


def test_a_caller_who_never_agrees_to_the_summing_up_is_not_asked() -> None:
    steps = calls(MAY_BE_TEXTED, (*TO_SUMMING_UP, Heard(), Heard(), Heard()))
    assert isinstance(steps[-1].turn.wait, HangUp)
    assert leaves(steps) == []


def test_what_was_given_before_the_last_question_is_kept_whatever_comes_of_it() -> None:
    given = calls(facts_of(asks_verdict=True, offers_texts=True), (says("no"), *TO_SUMMING_UP, YES))[-1].dialogue
    assert given.state == "ending.texts"
    assert given.answers.complete
    assert given.answers.number == JULIE
