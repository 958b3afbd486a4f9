"""What callers say once somebody was proposed, a choice was offered, or the wrong person's line was reached."""

from dataclasses import replace

import pytest

from phonebot.dialog.dialogue import Dialogue
from phonebot.dialog.fields import understand
from phonebot.dialog.heard import Heard
from phonebot.dialog.people_fields import choice_entries
from phonebot.dialog.understood import Filled
from phonebot.domain.office import Line, Person
from tests.dialog.conversing import PROMPTS, calls, presses, says, words
from tests.dialog.offices import ALIKE, OFFICE_LINE, TOM, facts_of
from tests.dialog.understanding import OF_ALIKE, PUT_THROUGH, after_offering, understood

ON_THE_OFFICE_LINE = Line(OFFICE_LINE, "office")
OF_TOMS = facts_of(
    line=ON_THE_OFFICE_LINE,
    people=[*ALIKE, Person("birch", "Tom Birch", "105", team="legal"), Person("mc", "Fiona MacDonald", "106")],
)
TEAM = [Person(f"a{at}", f"{name} Able", f"20{at}", team="accounts") for at, name in enumerate(("Ann", "Bea", "Cy"))]
OF_A_TEAM = facts_of(line=ON_THE_OFFICE_LINE, people=TEAM)


@pytest.mark.parametrize("words", ["Tim", "Tim please", "I said Tim"])
def test_the_misheard_name_said_again_is_no_yes_to_whom_was_proposed(words: str) -> None:
    assert understood("person_proposed", words, after_offering("tom")) != ("filled", "tom")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("not her", ("none",)),
        ("not him", ("none",)),
        ("wrong person", ("none",)),
        ("no, Tom Birch", ("filled", "birch")),
        ("extension one oh five", ("filled", "birch")),
        ("no, extension 105", ("filled", "birch")),
        ("one oh six", ("filled", "mc")),
    ],
)
def test_whoever_is_proposed_can_be_refused_for_nobody_or_for_an_extension(
    words: str, expected: tuple[str, ...]
) -> None:
    assert understood("person_proposed", words, after_offering("sue"), OF_TOMS) == expected


@pytest.mark.parametrize(("words", "chosen"), [("one oh six", "mc"), ("extension 105", "birch"), ("two", "hartley")])
def test_an_extension_said_at_a_choice_is_rung_and_one_digit_is_a_key(words: str, chosen: str) -> None:
    assert understood("person_choice", words, after_offering("tom", "hartley"), OF_TOMS) == ("filled", chosen)


def test_the_key_that_was_announced_wins_over_an_extension_of_one_digit() -> None:
    people = [replace(TOM, id=name, name=f"{name} Able", extension=ext) for name, ext in (("Ann", "2"), ("Bea", "1"))]
    both = facts_of(line=ON_THE_OFFICE_LINE, people=people)
    for heard in (Heard(digits="1"), Heard(speech="one")):
        made = understand("person", heard, Dialogue(), both)
        assert isinstance(made, Filled)
        assert made.dialogue.person == "Ann"


@pytest.mark.parametrize("words", ["any of them", "I don't mind", "anyone", "whoever's free"])
def test_of_a_team_any_one_will_do(words: str) -> None:
    assert understood("person_choice", words, after_offering("a1", "a2"), OF_A_TEAM) == ("filled", "a1")


@pytest.mark.parametrize(("words", "made"), [("anyone", ("reception",)), ("I don't mind", ("nomatch",))])
def test_of_people_of_no_one_team_no_first_is_taken(words: str, made: tuple[str, ...]) -> None:
    assert understood("person_choice", words, after_offering("tom", "hartley"), OF_ALIKE) == made


@pytest.mark.parametrize(
    ("words", "person"),
    [
        ("no, Tom Birch", "birch"),
        ("no, I want Tom Birch", "birch"),
        ("not Tom Hart, Tom Birch", "birch"),
        ("no I said Fiona MacDonald", "mc"),
        ("I asked for Tom Birch", "birch"),
        ("no, Fiona", "mc"),
        ("extension 105", "birch"),
        ("extension one oh six please", "mc"),
    ],
)
def test_a_caller_put_through_to_the_wrong_person_is_put_right(words: str, person: str) -> None:
    assert understood("name", words, PUT_THROUGH, OF_TOMS) == ("elsewhere", person)


@pytest.mark.parametrize(
    "words",
    [
        "wrong Tom",
        "wrong person",
        "that's the wrong Tom",
        "the other day Sue rang me",
        "another thing, Fiona never rang me",
        "I want to speak to somebody else",
        "other people call me Jo",
        "I'm the other Tom's wife",
        "go back",
        "one oh three",
    ],
)
def test_what_names_nobody_moves_no_message_and_is_nobodys_name(words: str) -> None:
    made = understand("name", Heard(speech=words), PUT_THROUGH, OF_TOMS)
    call = made.dialogue if isinstance(made, Filled) else PUT_THROUGH
    assert (call.person, call.mailbox, call.answers.name) == ("tom", "tom", None)


@pytest.mark.parametrize(
    "words",
    [
        "Julie, but I wanted Tom Birch",
        "it's Julie, can I speak to Tom Birch instead",
        "this is Julie. I actually wanted to speak to Tom Birch",
    ],
)
def test_who_is_calling_is_kept_when_they_wanted_somebody_else(words: str) -> None:
    made = understand("name", Heard(speech=words), PUT_THROUGH, OF_TOMS)
    assert isinstance(made, Filled)
    assert (made.outcome, made.dialogue.person, made.dialogue.answers.name) == ("elsewhere", "birch", "Julie")


@pytest.mark.parametrize(
    "words", ["Julie, I wanted Tom to send me a letter", "it's Julie, I wanted an appointment", "Julie for Tom Hart"]
)
def test_what_a_caller_wanted_done_moves_no_message(words: str) -> None:
    assert understood("name", words, PUT_THROUGH, OF_TOMS) == ("filled", "tom")


def test_a_caller_who_gave_their_name_while_putting_it_right_is_not_asked_for_it_again() -> None:
    heard = (says("Tom Hart"), says("Julie Smith, but I wanted Tom Birch"))
    last = calls(OF_TOMS, heard)[-1]
    assert (last.dialogue.mailbox, last.dialogue.state) == ("birch", "message.number_offer")
    assert "this is for Tom Birch" in words(last)


LARGE = facts_of(line=ON_THE_OFFICE_LINE, people=[replace(TOM, id=f"p{at}", team="accounts", name=f"{name} Hart")
                 for at, name in enumerate(("Ann", "Bea", "Cy", "Dan", "Eve", "Fay"))])  # fmt: skip


def test_a_team_too_large_to_offer_is_asked_for_by_name_and_then_taken_a_message_for() -> None:
    asked, taken = calls(LARGE, (says("accounts"), says("the accounts people")))[1:]
    assert "first name and surname" in words(asked)
    assert "message for the office" in words(taken)
    assert (taken.dialogue.mailbox, taken.dialogue.state) == ("office", "message.name")


def test_a_name_asked_for_in_full_and_not_found_is_not_said_to_be_of_several() -> None:
    *_, again = calls(LARGE, (says("Hart"), says("Zebedee")))
    assert "first name and surname" in words(again)
    assert "several" not in words(again)


def test_after_silence_nobody_is_asked_whom_they_would_like_then() -> None:
    *_, asked = calls(OF_ALIKE, (says("Tom"), *([Heard()] * 3)))
    assert asked.dialogue.state == "office.whom_again"
    assert "Then" not in words(asked)


LONG_NAMES = [
    replace(TOM, id=f"l{at}", name=f"Christopher de {name} Smith", team=f"the {name} and front of house people")
    for at, name in enumerate(("Berg", "Laan", "Meer", "Velde"))
]


def test_a_choice_of_long_names_of_large_teams_is_offered_without_their_teams() -> None:
    facts = facts_of(line=ON_THE_OFFICE_LINE, people=LONG_NAMES)
    said = [PROMPTS.speak(entry) for entry in choice_entries(after_offering("l0", "l1", "l2"), facts)]
    assert said[0] == "Christopher de Berg Smith, press 1."
    last = calls(facts, (says("Christopher"), presses("9")))[-1]
    assert "front of house" not in words(last)


def test_namesakes_with_long_team_names_are_still_told_apart() -> None:
    facts = facts_of(line=ON_THE_OFFICE_LINE, people=[replace(each, name="Tom Hart") for each in LONG_NAMES])
    said = [PROMPTS.speak(entry) for entry in choice_entries(after_offering("l0", "l1", "l2", "l3"), facts)]
    assert len({entry.partition(", press")[0] for entry in said}) == 4


def test_names_that_sound_the_same_are_told_apart_by_team_however_long_the_choice() -> None:
    alike = [replace(LONG_NAMES[0], id="jo", name="Jo Smith"), replace(LONG_NAMES[1], id="joe", name="Joe Smith")]
    facts = facts_of(line=ON_THE_OFFICE_LINE, people=[*alike, LONG_NAMES[2]])
    said = [PROMPTS.speak(entry) for entry in choice_entries(after_offering("jo", "joe", "l2"), facts)]
    assert [" in " in entry for entry in said] == [True, True, False]
