"""Directories whose people and teams are called like ordinary words, and callers who ask for nobody."""

import pytest

from phonebot.domain.name import people_called
from phonebot.domain.office import Person
from tests.domain.name.heard import expected, verdict_of

ODD = (
    Person("oh", "Jin Oh"),
    Person("so", "Min-ho So", team="support"),
    Person("do", "An Do", team="IT"),
    Person("noe", "Kenneth Noe"),
    Person("see", "Ian See", team="IT"),
    Person("price", "Mark Price", team="new business"),
    Person("long", "May Long"),
    Person("call", "Phil Call"),
    Person("power", "Pat Power"),
    Person("hope", "Ray Hope", team="support"),
    Person("sue", "Sue Bill", team="returns"),
    Person("young", "Will Young", team="returns"),
)
NOISE = (
    "oh no", "oh hi", "so um", "I do not know", "I don't know who", "I do", "do you know", "is it", "who is it",
    "what is it", "is it you", "let me see", "I see", "you see", "how long will it be", "not long", "no power",
    "what's the price", "the price please", "can I call back", "call me back", "I will call back", "you may",
    "may I", "I hope so", "hope not", "I want to pay my bill", "I have a bill", "it's about the bill", "the bill",
    "will it take long", "will you", "I will sue you", "I'm going to sue you", "we will sue your company",
    "hello is anybody there", "hang on", "it's urgent", "you're breaking up", "a power cut", "hello", "good day",
    "the young man who came", "the other day", "right", "oh",
)  # fmt: skip


@pytest.mark.parametrize("said", NOISE)
def test_ordinary_words_that_are_names_too_put_nobody_through_unasked(said: str) -> None:
    assert not people_called(said, ODD).sure


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("May", "=long"),
        ("is May there", "=long"),
        ("can I speak to Mr Oh", "=oh"),
        ("Mark Price", "=price"),
        ("An Do", "?do"),
        ("Ian", "=see"),
        ("I'd like to speak to Sue", "=sue"),
        ("Sue please", "=sue"),
        ("Ray Hope", "=hope"),
        ("somebody in IT", "do/see"),
        ("the IT people", "do/see"),
        ("new business", "=price"),
    ],
)
def test_whoever_is_called_like_an_ordinary_word_is_still_reached(said: str, verdict: str) -> None:
    assert verdict_of(people_called(said, ODD)) == expected(verdict)


@pytest.mark.parametrize(
    ("said", "verdict"), [("Mr Hart", "=hart"), ("Tom Hart", "=hart"), ("the Hart team", "=able"), ("Able", "=able")]
)
def test_a_team_called_like_somebody_is_asked_for_as_a_team(said: str, verdict: str) -> None:
    people = (Person("able", "Ann Able", team="Hart"), Person("hart", "Tom Hart"))
    assert verdict_of(people_called(said, people)) == expected(verdict)


OFFICE = (
    Person("sue", "Sue Cohen", team="accounts"),
    Person("tom", "Tom Hart", team="sales"),
    Person("jo", "Jo Smith"),
    Person("joe", "Joe Smith"),
)


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("I don't want Sue", "-"),
        ("I don't want Sue, I want Tom", "=tom"),
        ("I didn't say Sue I said Tom", "=tom"),
        ("not Sue but Tom", "=tom"),
        ("Sue's not who I want", "-"),
        ("Sue is not the one I want, I want Tom", "=tom"),
        ("I'm returning Tom's call", "?tom"),
        ("I'm Julie, is Sue there", "=sue"),
        ("somebody called Jo", "jo/joe"),
        ("I will sue you", "-"),
        ("I'm going to sue you", "-"),
    ],
)
def test_whom_a_caller_refuses_or_speaks_of_is_not_whom_they_want(said: str, verdict: str) -> None:
    assert verdict_of(people_called(said, OFFICE)) == expected(verdict)
