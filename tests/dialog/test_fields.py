"""What each field of the form makes of keys, words and silence."""

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebot.dialog.dialogue import Dialogue
from phonebot.dialog.fields import FIELDS, understand
from phonebot.dialog.heard import Heard
from phonebot.dialog.understood import Failure, Filled
from phonebot.domain.message import Answers
from phonebot.domain.office import Line
from tests.dialog.offices import JULIE, OFFICE_LINE, facts_of, fresh_call

FACTS = facts_of()
CALL = fresh_call(FACTS)
OTHER = "+447700900999"
OFFERED = replace(CALL, offered=OTHER)


def outcome(field: str, heard: Heard, call: Dialogue = CALL) -> str:
    """The outcome of a field, or how it failed."""
    understood = understand(field, heard, call, FACTS)
    return understood.outcome if isinstance(understood, Filled) else understood.value


def after(field: str, words: str, call: Dialogue = CALL) -> Dialogue:
    """The call after words that fill a field."""
    understood = understand(field, Heard(speech=words), call, FACTS)
    assert isinstance(understood, Filled), understood
    return understood.dialogue


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("heard", [Heard(), Heard(speech="  ")])
def test_silence_is_told_apart_from_words_at_every_field(field: str, heard: Heard) -> None:
    assert understand(field, heard, CALL, FACTS) is Failure.NOINPUT


@pytest.mark.parametrize(
    ("field", "key", "expected"),
    [
        ("name", "5", "wrongkey"),
        ("number_offer", "1", "yes"),
        ("number_offer", "2", "no"),
        ("number_offer", "7", "wrongkey"),
        ("number", "07700900999", "number"),
        ("number", "123*07700900999#", "number"),
        ("number", "077", "nomatch"),
        ("number_confirm", "1", "yes"),
        ("number_confirm", "2", "no"),
        ("number_confirm", "3", "wrongkey"),
        ("business", "1", "wrongkey"),
        ("window", "1", "filled"),
        ("window", "3", "filled"),
        ("window", "4", "wrongkey"),
        ("recording", "1", "hear"),
        ("recording", "2", "again"),
        ("recording", "3", "leave"),
        ("recording", "9", "wrongkey"),
    ],
)
def test_keys_do_what_was_offered_and_others_are_wrong_keys(field: str, key: str, expected: str) -> None:
    assert outcome(field, Heard(digits=key), OFFERED) == expected


@pytest.mark.parametrize(
    ("field", "words", "expected"),
    [
        ("name", "Julie Smith", "filled"),
        ("name", "Jo Sunday", "filled"),
        ("name", "April May", "filled"),
        ("name", "um", "nomatch"),
        ("name", "who is this?", "nomatch"),
        ("number_offer", "yes please that's fine", "yes"),
        ("number_offer", "no problem", "yes"),
        ("number_offer", "one", "yes"),
        ("number_offer", "no thanks", "no"),
        ("number_offer", "not that one", "no"),
        ("number_offer", "my mobile instead", "no"),
        ("number_offer", "oh seven seven double oh nine double oh nine nine nine", "number"),
        ("number_offer", "oh seven seven double oh nine double oh one four three", "yes"),
        ("number_offer", "I don't know", "nomatch"),
        ("number", "07700 900999", "number"),
        ("number", "the one I'm calling from", "number"),
        ("number", "oh seven", "nomatch"),
        ("number_confirm", "that's right", "yes"),
        ("number_confirm", "07700 900999", "yes"),
        ("number_confirm", "no, 07700 900123", "number"),
        ("number_confirm", "that's not correct", "no"),
        ("number_confirm", "um", "nomatch"),
        ("business", "last month's invoice", "filled"),
        ("business", "it's private", "filled"),
        ("business", "can you repeat that", "nomatch"),
        ("business", "um", "nomatch"),
        ("window", "tomorrow after three", "filled"),
        ("window", "I don't mind", "filled"),
        ("window", "sorry?", "nomatch"),
        ("recording", "play it again", "hear"),
        ("recording", "record it again", "again"),
        ("recording", "do it again", "again"),
        ("recording", "no thanks", "leave"),
        ("recording", "I don't want to hear it", "leave"),
        ("recording", "two", "again"),
        ("recording", "yes", "nomatch"),
    ],
)
def test_words_are_understood_as_a_person_would(field: str, words: str, expected: str) -> None:
    assert outcome(field, Heard(speech=words), OFFERED) == expected


def test_a_name_brings_its_business_and_what_it_is_about() -> None:
    answers = after("name", "Julie Smith from Hartwell Dental about the invoice").answers
    assert answers == Answers(name="Julie Smith", company="Hartwell Dental", business="the invoice")


def test_a_name_said_again_keeps_the_company_and_what_it_is_about() -> None:
    before = replace(CALL, answers=Answers("Smith", "Hartwell Dental", None, "the invoice"))
    assert after("name", "Smythe", before).answers == Answers("Smythe", "Hartwell Dental", None, "the invoice")


def test_a_surname_put_right_leaves_the_first_name() -> None:
    before = replace(CALL, answers=Answers("Julie Smith"))
    assert after("name", "Smythe", before).answers.name == "Julie Smythe"
    assert after("name", "Sarah", before).answers.name == "Sarah"


def test_the_number_offered_is_the_callers_only_after_a_yes() -> None:
    assert after("number_offer", "yes").answers.number == JULIE
    refused = after("number_offer", "no")
    assert (refused.answers.number, refused.declined) == (None, True)
    another = after("number_offer", "07700 900999")
    assert (another.answers.number, another.offered) == (None, OTHER)


def test_a_number_read_back_is_the_callers_only_after_a_yes() -> None:
    assert after("number_confirm", "no", OFFERED).answers.number is None
    assert after("number_confirm", "yes", OFFERED).answers.number == OTHER


def test_keys_at_the_time_are_dayparts_in_words() -> None:
    understood = understand("window", Heard(digits="1"), CALL, FACTS)
    assert isinstance(understood, Filled)
    assert "morning" in (understood.dialogue.answers.window_said or "")


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("unit", ["x", "no, but ", "my name is ", "the ", "not ", "one ", "07700 ", "at three ", " "])
def test_ten_thousand_characters_take_no_longer_than_a_moment_at_any_field(field: str, unit: str) -> None:
    heard = Heard(speech=(unit * 10_000)[:10_000])
    understand(field, heard, CALL, FACTS)
    begun = time.process_time()
    understand(field, heard, CALL, FACTS)
    assert time.process_time() - begun < 0.02


@given(st.sampled_from(sorted(FIELDS)), st.text(max_size=200), st.text("0123456789*#", max_size=12))
def test_any_field_takes_any_words_and_keys(field: str, words: str, keys: str) -> None:
    office_line = facts_of(line=Line(OFFICE_LINE, "office"))
    for heard in (Heard(speech=words), Heard(digits=keys)):
        understood = understand(field, heard, OFFERED, office_line)
        assert isinstance(understood, Failure) or understood.outcome in FIELDS[field].outcomes
