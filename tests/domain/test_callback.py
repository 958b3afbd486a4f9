"""What is gathered of a try to return a call, and what it is evidence of."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebot.domain.callback import (
    OVER,
    RANG_THE_CALLER,
    Evidence,
    Gathered,
    Outcome,
    Said,
    evidence_of,
    merged,
    outcome_of,
)

LEAST = 20
STATUSES = ("", "queued", "initiated", "ringing", "in-progress", *sorted(OVER), "answered", "brand-new")

anything = st.builds(
    Gathered,
    staff=st.sampled_from(STATUSES),
    pressed=st.booleans(),
    caller=st.sampled_from(STATUSES),
    dial=st.sampled_from(STATUSES),
    apart=st.booleans(),
    seconds=st.sampled_from([0, 1, LEAST - 1, LEAST, 65, 3600]),
    machine=st.booleans(),
    bad_number=st.booleans(),
    said=st.sampled_from([None, *Said]),
    stopped=st.sampled_from(["", "", "", "not-placed", "withheld", "bad-number"]),
)
"""Anything at all, also what no network would tell."""

RANG = Gathered(staff="in-progress")
SPOKE, LEFT_WORD, WRONG = (Gathered(said=said) for said in (Said.SPOKE, Said.LEFT_WORD, Said.WRONG_NUMBER))
TALKED = Gathered(dial="completed", seconds=65)
PRESSED = Gathered(staff="in-progress", pressed=True)


def known(*told: Gathered) -> Gathered:
    """What is known once all this has been told."""
    gathered = Gathered()
    for one in told:
        gathered = merged(gathered, one)
    return gathered


@given(anything, anything)
def test_what_is_told_first_makes_no_difference(one: Gathered, other: Gathered) -> None:
    assert merged(one, other) == merged(other, one)


@given(anything, anything, anything)
def test_how_what_is_told_comes_together_makes_no_difference(one: Gathered, two: Gathered, three: Gathered) -> None:
    assert merged(one, merged(two, three)) == merged(merged(one, two), three)


@given(anything, anything)
def test_what_is_told_twice_counts_once(one: Gathered, other: Gathered) -> None:
    once = merged(one, other)

    assert merged(once, other) == once
    assert merged(once, one) == once


@given(st.lists(anything, max_size=6), st.data())
def test_any_order_and_repetition_of_what_is_told_comes_to_the_same(told: list[Gathered], data: st.DataObject) -> None:
    twice = data.draw(st.permutations([*told, *(data.draw(st.sampled_from(told)) for _ in told)]))
    straight, shuffled = known(*told), known(*twice)

    assert straight == shuffled
    assert outcome_of(straight, LEAST) is outcome_of(shuffled, LEAST)
    assert evidence_of(straight, LEAST) is evidence_of(shuffled, LEAST)


@given(anything)
def test_a_machine_never_raises_the_evidence(gathered: Gathered) -> None:
    heard, unheard = (evidence_of(replace(gathered, machine=machine), LEAST) for machine in (True, False))

    assert heard <= unheard
    assert not heard.settles


@given(anything, st.integers(1, 600))
def test_invariant_4_returned_means_reached(gathered: Gathered, least: int) -> None:
    """A click, a dial, a busy tone, a word left or a joined call alone is never evidence that they were reached."""
    settles = evidence_of(gathered, least).settles
    joined_and_said = gathered.pressed and gathered.seconds >= least and gathered.said is Said.SPOKE
    spoiled = gathered.apart or gathered.machine or gathered.stopped

    assert settles == bool(joined_and_said and not spoiled)
    assert settles or outcome_of(gathered, least) is not Outcome.REACHED


@given(anything)
def test_reached_is_shown_only_on_evidence_that_settles(gathered: Gathered) -> None:
    if outcome_of(gathered, LEAST) is Outcome.REACHED:
        assert evidence_of(gathered, LEAST) is Evidence.SPOKE


@given(anything)
def test_without_a_pressed_1_the_caller_was_not_rung(gathered: Gathered) -> None:
    unpressed = replace(gathered, pressed=False, said=None)

    assert outcome_of(unpressed, LEAST) not in RANG_THE_CALLER
    assert evidence_of(unpressed, LEAST) < Evidence.CONFIRMED


@given(anything)
def test_what_is_gathered_is_kept_as_plain_data_and_read_back(gathered: Gathered) -> None:
    assert Gathered.from_json(gathered.to_json()) == gathered


@pytest.mark.parametrize(
    ("told", "outcome", "evidence"),
    [
        ([], None, Evidence.NONE),
        ([Gathered(staff="queued")], None, Evidence.PLACED),
        ([Gathered(staff="ringing")], None, Evidence.PLACED),
        ([RANG], None, Evidence.PLACED),
        ([Gathered(staff="busy")], Outcome.STAFF_NOT_REACHED, Evidence.PLACED),
        ([Gathered(staff="canceled")], Outcome.STAFF_NOT_REACHED, Evidence.PLACED),
        ([RANG, Gathered(staff="completed")], Outcome.STAFF_NOT_REACHED, Evidence.PLACED),
        ([PRESSED], None, Evidence.CONFIRMED),
        ([PRESSED, Gathered(caller="ringing")], None, Evidence.CONFIRMED),
        ([PRESSED, Gathered(staff="completed")], None, Evidence.CONFIRMED),
        ([PRESSED, Gathered(dial="busy")], Outcome.BUSY, Evidence.CONFIRMED),
        ([PRESSED, Gathered(caller="busy")], Outcome.BUSY, Evidence.CONFIRMED),
        ([PRESSED, Gathered(dial="no-answer")], Outcome.NO_ANSWER, Evidence.CONFIRMED),
        ([PRESSED, Gathered(dial="canceled")], Outcome.NO_ANSWER, Evidence.CONFIRMED),
        ([PRESSED, Gathered(caller="canceled")], Outcome.NO_ANSWER, Evidence.CONFIRMED),
        ([PRESSED, Gathered(dial="failed")], Outcome.FAILED, Evidence.CONFIRMED),
        ([PRESSED, Gathered(dial="failed", bad_number=True)], Outcome.BAD_NUMBER, Evidence.CONFIRMED),
        ([PRESSED, Gathered(dial="completed", apart=True, seconds=9)], Outcome.NO_ANSWER, Evidence.CONFIRMED),
        ([PRESSED, Gathered(seconds=65)], None, Evidence.JOINED),
        ([PRESSED, Gathered(dial="completed", seconds=19)], Outcome.JOINED, Evidence.CONFIRMED),
        ([PRESSED, Gathered(dial="completed", seconds=20)], Outcome.JOINED, Evidence.JOINED),
        ([PRESSED, Gathered(caller="completed", seconds=65)], Outcome.JOINED, Evidence.JOINED),
        ([PRESSED, Gathered(dial="completed", seconds=19), SPOKE], Outcome.JOINED, Evidence.CONFIRMED),
        ([PRESSED, TALKED, SPOKE], Outcome.REACHED, Evidence.SPOKE),
        (
            [PRESSED, TALKED, SPOKE, Gathered(machine=True)],
            Outcome.JOINED,
            Evidence.JOINED,
        ),
        ([PRESSED, TALKED, LEFT_WORD], Outcome.LEFT_WORD, Evidence.JOINED),
        (
            [PRESSED, TALKED, WRONG],
            Outcome.WRONG_NUMBER,
            Evidence.JOINED,
        ),
        ([Gathered(stopped="not-placed")], Outcome.NOT_PLACED, Evidence.NONE),
        ([Gathered(stopped="withheld")], Outcome.WITHHELD, Evidence.NONE),
        ([Gathered(stopped="not-placed"), RANG, Gathered(staff="completed")], Outcome.NOT_PLACED, Evidence.NONE),
    ],
)  # fmt: skip
def test_each_course_of_a_call_has_its_outcome_and_its_evidence_in_every_order(
    told: list[Gathered], outcome: Outcome | None, evidence: Evidence
) -> None:
    for order in permutations(told):
        assert (outcome_of(known(*order), LEAST), evidence_of(known(*order), LEAST)) == (outcome, evidence)


@pytest.mark.parametrize(("first", "second"), list(permutations(["wrong-number", "left-word", "spoke"], 2)))
def test_of_two_answers_the_one_that_claims_less_counts(first: str, second: str) -> None:
    claims_least = min((first, second), key=["wrong-number", "left-word", "spoke"].index)

    assert known(Gathered(said=Said(first)), Gathered(said=Said(second))).said == claims_least


@pytest.mark.parametrize(
    ("lost", "told"),
    [
        ("the Dial's action", [Gathered(staff="completed"), Gathered(caller="completed", seconds=65)]),
        ("the called leg's status", [Gathered(staff="completed"), Gathered(dial="completed", seconds=65)]),
    ],
)
def test_with_either_of_two_callbacks_missing_the_other_settles_the_outcome(lost: str, told: list[Gathered]) -> None:
    both = [PRESSED, Gathered(caller="completed", seconds=65), Gathered(dial="completed", seconds=65)]

    assert lost
    assert outcome_of(known(PRESSED, *told), LEAST) is outcome_of(known(*both), LEAST) is Outcome.JOINED


def test_evidence_ranks_as_the_office_is_told_and_only_the_last_two_settle() -> None:
    ranks = ["none", "said", "placed", "confirmed", "joined", "spoke", "caller"]

    assert [evidence.word for evidence in sorted(Evidence)] == ranks
    assert [evidence.word for evidence in Evidence if evidence.settles] == ["spoke", "caller"]
