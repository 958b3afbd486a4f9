"""The summing-up: yes, no, which part, and changes said at once."""

from dataclasses import replace

import pytest

from phonebot.dialog.dialogue import Dialogue
from phonebot.dialog.fields import understand
from phonebot.dialog.heard import Heard
from phonebot.dialog.understood import Filled
from phonebot.domain.message import Answers
from tests.dialog.offices import JULIE, facts_of, fresh_call

FACTS = facts_of()
GIVEN = Answers("Julie Smith", "Hartwell Dental", JULIE, "last month's invoice", "tomorrow after three")
CALL = replace(fresh_call(FACTS), answers=GIVEN, recording="RE" + "1" * 32)


def outcome(field: str, heard: Heard) -> str:
    """The outcome of a field, or how it failed."""
    understood = understand(field, heard, CALL, FACTS)
    return understood.outcome if isinstance(understood, Filled) else understood.value


def after(words: str) -> Dialogue:
    """The call after words at the summing-up."""
    understood = understand("summary", Heard(speech=words), CALL, FACTS)
    assert isinstance(understood, Filled), understood
    return understood.dialogue


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("yes", "yes"),
        ("yes that's all fine thanks", "yes"),
        ("no, that's fine", "yes"),
        ("nothing", "yes"),
        ("no changes", "yes"),
        ("no I don't want to change anything", "yes"),
        ("thank you, bye", "yes"),
        ("yes thanks, speak to you tomorrow", "yes"),
        ("Yes. And it's urgent.", "yes"),
        ("one", "yes"),
        ("yes, 07700 900143", "yes"),
        ("no", "no"),
        ("two", "no"),
        ("2", "no"),
        ("no that's wrong", "no"),
        ("that's not right", "no"),
        ("there's a mistake", "no"),
        ("I want to change something", "no"),
        ("Brown, not Green", "no"),
        ("no, April", "no"),
        ("The number", "number"),
        ("it's the name", "name"),
        ("the name's wrong", "name"),
        ("you've got my name wrong", "name"),
        ("I'd like to change the number please", "number"),
        ("the number should be oh one four four", "number"),
        ("what it's about", "business"),
        ("when to call", "window"),
        ("the date", "window"),
        ("the number is fine but the time is wrong", "window"),
        ("yes but change the time", "window"),
        ("play it back", "recording"),
        ("the recording", "recording"),
        ("can I hear it", "recording"),
        ("my name is Smythe", "changed"),
        ("no, Thursday", "changed"),
        ("it's about the other invoice", "changed"),
        ("no, it's oh seven seven double oh nine double oh one two three", "renumbered"),
        ("no the number I gave you is wrong", "number"),
        ("that's not my number", "number"),
        ("my name isn't Smith", "name"),
        ("yes apart from the name", "name"),
        ("hang on, the number", "number"),
        ("Thursday is wrong", "window"),
        ("yes my name is Julie Smith", "yes"),
        ("can I add something", "recording"),
        ("um", "nomatch"),
        ("sorry?", "nomatch"),
        ("can you say that again", "nomatch"),
        ("it's Smythe", "changed"),
        ("no, Smythe", "changed"),
        ("it's Brown", "nomatch"),
        ("blue cheese", "nomatch"),
    ],
)
def test_at_the_summing_up_words_are_understood_as_a_person_would(words: str, expected: str) -> None:
    assert outcome("summary", Heard(speech=words)) == expected


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        ("my name is Smythe", "name", "Julie Smythe"),
        ("my name is Sarah Brown", "name", "Sarah Brown"),
        ("no my name is April May", "name", "April May"),
        ("my name is Jo Sunday", "name", "Jo Sunday"),
        ("change my name to Brown", "name", "Brown"),
        ("my surname is Brown", "name", "Julie Brown"),
        ("my first name is Anna", "name", "Anna Smith"),
        ("it's spelled S M Y T H E", "name", "Julie Smythe"),
        ("no, it's Smythe, S M Y T H E", "name", "Julie Smythe"),
        ("S, M, Y, T, H, E", "name", "Julie Smythe"),
        ("it's spelt S for sugar, M for mother, Y, T, H, E", "name", "Julie Smythe"),
        ("the name, S M Y T H E", "name", "Julie Smythe"),
        ("my surname is Brown, B R O W N", "name", "Julie Brown"),
        ("yes, but it's J U L I A", "name", "Julia Smith"),
        ("no, Hartwel, H A R T W E L", "company", "Hartwel Dental"),
        ("the company is spelled H A R T W E L", "company", "Hartwel Dental"),
        ("no, it's Smythe", "name", "Julie Smythe"),
        ("Smythe, not Smith", "name", "Julie Smythe"),
        ("Hartley, not Hartwell", "company", "Hartley Dental"),
        ("the company is Lidl", "company", "Lidl"),
        ("no, Thursday", "window_said", "Thursday"),
        ("change the time to three o'clock", "window_said", "three o'clock"),
        ("the time is wrong, it should be Friday", "window_said", "Friday"),
        ("could you make it after four instead", "window_said", "after four"),
        ("not before ten", "window_said", "not before ten"),
        ("Thursday, not tomorrow", "window_said", "Thursday after three"),
        ("no it's about three", "window_said", "about three"),
        ("no, not tomorrow", "window_said", "not tomorrow"),
        ("no, mornings are better", "window_said", "mornings"),
        ("no it's Julie Smythe", "name", "Julie Smythe"),
        ("it's Hartley Dental", "company", "Hartley Dental"),
        ("it's about the other invoice", "business", "the other invoice"),
        ("actually it's regarding the appointment on Thursday", "business", "the appointment on Thursday"),
    ],
)
def test_a_change_said_at_once_changes_that_field_only(words: str, field: str, value: str) -> None:
    call = after(words)
    assert call.answers.to_json() == GIVEN.to_json() | {field: value}
    assert call.changed == field.removesuffix("_said")


def test_a_new_number_is_read_back_before_it_counts() -> None:
    call = after("no, it's oh seven seven double oh nine double oh one two three")
    assert (call.answers.number, call.offered, call.revising) == (JULIE, "+447700900123", True)


@pytest.mark.parametrize(("key", "expected"), [("1", "yes"), ("2", "no"), ("3", "wrongkey"), ("#", "wrongkey")])
def test_keys_at_the_summing_up(key: str, expected: str) -> None:
    assert outcome("summary", Heard(digits=key)) == expected


@pytest.mark.parametrize(
    ("heard", "expected"),
    [
        (Heard(digits="1"), "name"),
        (Heard(digits="2"), "number"),
        (Heard(digits="3"), "business"),
        (Heard(digits="4"), "window"),
        (Heard(digits="5"), "recording"),
        (Heard(digits="6"), "wrongkey"),
        (Heard(speech="the name"), "name"),
        (Heard(speech="number two"), "number"),
        (Heard(speech="three"), "business"),
        (Heard(speech="the fourth one"), "window"),
        (Heard(speech="what I said"), "recording"),
        (Heard(speech="Thursday"), "changed"),
        (Heard(speech="my name is Smythe"), "changed"),
        (Heard(speech="07700 900123"), "renumbered"),
        (Heard(speech="nothing"), "yes"),
        (Heard(speech="it's fine actually"), "yes"),
        (Heard(speech="blue cheese"), "nomatch"),
        (Heard(speech="no"), "nomatch"),
    ],
)
def test_which_part_is_told_by_key_by_name_or_by_the_change_itself(heard: Heard, expected: str) -> None:
    assert outcome("which", heard) == expected
