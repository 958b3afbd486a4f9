"""Introductions as callers make them and as recognisers write them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebot.dialog.introduction import NOBODY, Introduction, introduction
from phonebot.dialog.written_name import form_of_address

NAMED = {
    "Julie": ("Julie", None, None),
    "Julie Smith": ("Julie Smith", None, None),
    "julie smith": ("Julie Smith", None, None),
    "JULIE SMITH": ("Julie Smith", None, None),
    "Julie Smith from Hartwell Dental": ("Julie Smith", "Hartwell Dental", None),
    "Julie Smith, from Hartwell Dental.": ("Julie Smith", "Hartwell Dental", None),
    "Julie Smith, Hartwell Dental": ("Julie Smith", "Hartwell Dental", None),
    "hi it's julie smith calling from hartwell dental about the invoice": (
        "Julie Smith",
        "Hartwell Dental",
        "the invoice",
    ),
    "my name is julie smith and i'm from hartwell dental and i'm calling about the invoice": (
        "Julie Smith",
        "Hartwell Dental",
        "the invoice",
    ),
    "I'm calling from Hartwell Dental, my name is Julie Smith": ("Julie Smith", "Hartwell Dental", None),
    "I'm calling about the invoice, my name is Julie": ("Julie", None, "the invoice"),
    "I'm calling from Hartwell Dental about the invoice": ("Hartwell Dental", None, "the invoice"),
    "This is Dr. O'Brien at St Mary's": ("Dr O'Brien", "St Mary's", None),
    "dr o'brien from st. mary's hospital": ("Dr O'Brien", "St Mary's Hospital", None),
    "yeah hello my name is Anne-Marie du Pré": ("Anne-Marie du Pré", None, None),
    "Smith, J.": ("J. Smith", None, None),
    "Bond, James Bond": ("James Bond", None, None),
    "Julie. Julie Smith.": ("Julie Smith", None, None),
    "Smythe, S-M-Y-T-H-E": ("Smythe", None, None),
    "julie s m y t h e": ("Julie Smythe", None, None),
    "Smith. S M I T H": ("Smith", None, None),
    "S M Y T H E": ("Smythe", None, None),
    "Julie Smith, that's S M Y T H E, from Hartwell Dental": ("Julie Smythe", "Hartwell Dental", None),
    "julie smith it's spelled S for sugar M for mother Y T H E": ("Julie Smythe", None, None),
    "my name is Philip P H I double L I P Brown about the invoice": ("Phillip Brown", None, "the invoice"),
    "Smith, Sam": ("Sam Smith", None, None),
    "I spell it S M Y T H E please": ("Smythe", None, None),
    "first name Julie, surname Smythe, S M Y T H E, from Hartwell": ("Julie Smythe", "Hartwell", None),
    "surname is Phillips, P H I double L I P S, first name is Julie": ("Julie Phillips", None, None),
    "Julie, J U L I E, Smythe, S M Y T H E": ("Julie Smythe", None, None),
    "Phillips with two Ls": ("Phillips", None, None),
    "Philip, one L": ("Philip", None, None),
    "Phillip, two Ls": ("Phillip", None, None),
    "Sara no H": ("Sara", None, None),
    "Sara Jones, no H, from Hartwell Dental": ("Sara Jones", "Hartwell Dental", None),
    "Julie Smythe, Y not I": ("Julie Smythe", None, None),
    "Julie, J U L I E, Smith": ("Julie Smith", None, None),
    "my name is Katherine, K A T H E R I N E, Jones": ("Katherine Jones", None, None),
    "Smith, S M I T H, Julie": ("Julie Smith", None, None),
    "Jones, J O N E S, first name Katherine": ("Katherine Jones", None, None),
    "I'm Julie, J U L I E, and my surname is Smith": ("Julie Smith", None, None),
    "J U L I E, S M I T H": ("Julie Smith", None, None),
    "Julie from Twenty-four Hour Plumbers": ("Julie", "Twenty-four Hour Plumbers", None),
    "ess you ee": ("Sue", None, None),
    "A. J. Smith": ("A J Smith", None, None),
    "Mohammed here from Lidl": ("Mohammed", "Lidl", None),
    "it's Sue Cohen's mother": ("Sue Cohen's mother", None, None),
    "Tom, Sue's brother": ("Tom, Sue's brother", None, None),
    "Of course, it's Tom": ("Tom", None, None),
    "April May": ("April May", None, None),
    "it's April": ("April", None, None),
    "Sunday Adeyemi": ("Sunday Adeyemi", None, None),
    "will smith": ("Will Smith", None, None),
    "Mark Wells at Wells Fargo": ("Mark Wells", "Wells Fargo", None),
    "Julie Smith 07700 900143": ("Julie Smith", None, None),
    "Julie Smith speaking": ("Julie Smith", None, None),
    "Julie is my name": ("Julie", None, None),
    "ok so my name is um julie": ("Julie", None, None),
    "is that Sue? It's Julie Smith": ("Julie Smith", None, None),
    "Hello Sue, Julie Smith here, from Hartwell Dental, about the invoice.": (
        "Julie Smith",
        "Hartwell Dental",
        "the invoice",
    ),
    "julie smith it's about the invoice": ("Julie Smith", None, "the invoice"),
    "Its julie from hartwell regarding invoice 4432": ("Julie", "Hartwell", "invoice 4432"),
    "this is Julie calling for Sue": ("Julie", None, None),
    "the name is van der Berg": ("van der Berg", None, None),
    "ludwig van beethoven": ("Ludwig van Beethoven", None, None),
    "O’Neill-Smith": ("O'Neill-Smith", None, None),
    "李明": ("李明", None, None),
    "Юлия Смирнова": ("Юлия Смирнова", None, None),
    "ג'ולי": ("ג'ולי", None, None),
    "Julie\0Smith": ("Julie Smith", None, None),
}
NO_NAME = (
    "",
    " ",
    "um",
    "um, er, well",
    "hello?",
    "hi there",
    "yes",
    "no",
    "sorry?",
    "pardon",
    "what",
    "what?",
    "who is this?",
    "who's that",
    "is that Sue?",
    "is that sue",
    "can you repeat that",
    "can I speak to Sue please",
    "could you say that again",
    "are you a robot?",
    "I want to speak to Sue",
    "I'd rather not say",
    "none of your business",
    "it's me",
    "go back",
    "extension 103",
    "one oh three",
    "anonymous",
    "guess",
    "I'm calling about the invoice",
    "it's about the invoice",
    "I'm calling about V A T",
    "the invoice was wrong",
    "I'm in a hurry",
    "this is not Julie",
    "why do you need my name",
    "will you call me",
    "12345",
    "😀",
    "\0",
    "?!",
    "\ud800",
)


@pytest.mark.parametrize(("words", "expected"), NAMED.items())
def test_an_introduction_gives_who_of_what_business_and_what_about(
    words: str, expected: tuple[str | None, str | None, str | None]
) -> None:
    assert introduction(words) == Introduction(*expected)


@pytest.mark.parametrize("words", NO_NAME)
def test_what_names_nobody_gives_no_name(words: str) -> None:
    assert introduction(words) == NOBODY


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Julie Smith", "Julie"),
        ("Dr O'Brien", "Dr O'Brien"),
        ("Mrs Anne Smith", "Mrs Smith"),
        ("J. Smith", "J. Smith"),
        ("Sue Cohen's mother", ""),
        ("The Plumber", ""),
        ("van der Berg", ""),
        ("Van Morrison", ""),
        ("Di Smith", "Di"),
        ("", ""),
    ],
)
def test_a_caller_is_addressed_as_people_are(name: str, address: str) -> None:
    assert form_of_address(name) == address


def test_a_matter_that_goes_on_for_long_after_a_spelled_name_is_kept_whole() -> None:
    matter = " ".join(f"word{number}" for number in range(200))
    said = introduction(f"Julie Smith, S M Y T H E, about {matter}")
    assert (said.name, said.business) == ("Julie Smythe", matter)


@given(st.text(max_size=400))
def test_any_text_is_understood_or_not_and_a_name_holds_a_letter(text: str) -> None:
    name = introduction(text).name
    assert name is None or any(map(str.isalpha, name))


@pytest.mark.parametrize(
    "unit", ["it's ", "from ", "about ", "my name is ", "a, ", "a,", "x ", "a", " ", ".", "S-", "Julie. ", "and "]
)
def test_ten_thousand_characters_take_no_longer_than_a_moment(unit: str) -> None:
    begun = time.process_time()
    introduction((unit * 10_000)[:10_000])
    assert time.process_time() - begun < 0.02


def test_a_story_is_no_name() -> None:
    assert introduction("a" * 10_000) == NOBODY
    assert introduction("word " * 2_000) == NOBODY
