"""When a name in a recording is another one, and when a machine has only written it otherwise."""

import pytest

from phonebot.domain.gist.names import differ_clearly, name_said
from phonebot.domain.gist.tokens import tokens_of


@pytest.mark.parametrize(
    ("said", "given"),
    [
        ("Shivon Kelly", "Siobhan Kelly"),
        ("Neve Byrne", "Niamh Byrne"),
        ("Philippa Jones", "Filipa Jones"),
        ("Jeff Cole", "Geoff Cole"),
        ("Reese Evans", "Rhys Evans"),
        ("Steven Hart", "Stephen Hart"),
        ("Daniel Oka Four", "Daniel Okafor"),
        ("Margaret Collins", "Peggy Collins"),
        ("Mrs Peel", "Emma Peel"),
        ("Zhang Wei", "Wei Zhang"),
        ("Ngozi Adichie", "Gozi Adichi"),
        ("Robert Schmitt", "Robert Schmidt"),
        ("Dave", "David Lewis"),
        ("Julie", "Julie Smith"),
        ("Doctor", "Julie Smith"),
        ("", "Julie Smith"),
    ],
)
def test_a_name_that_may_be_the_same_is_not_asked_about(said: str, given: str) -> None:
    assert not differ_clearly(said, given)
    assert not differ_clearly(given, said)


@pytest.mark.parametrize(
    ("said", "given"),
    [
        ("Robert Jones", "Julie Smith"),
        ("Peter", "Stephen Walsh"),
        ("Sandra White", "Edith White"),
        ("Tom Smith", "Tom Jones"),
        ("Kevin Nguyen", "Kevin Baker"),
        ("Anne Green", "Susan Green"),
        ("Carol", "Kevin"),
    ],
)
def test_a_name_that_is_clearly_another_is_asked_about(said: str, given: str) -> None:
    assert differ_clearly(said, given)
    assert differ_clearly(given, said)


@pytest.mark.parametrize(
    ("text", "name", "company"),
    [
        ("Hi, this is Margaret Collins calling for Doctor Patel.", "Margaret Collins", None),
        ("Hello, it's Tom from Brightwater Plumbing.", "Tom", "Brightwater Plumbing"),
        ("my name is priya shah and i need a key", "priya shah", None),
        ("This is Mrs. A. Holloway.", "Mrs. A. Holloway", None),
        ("Robert Schmidt here.", "Robert Schmidt", None),
        ("Hi there. Dan at Millbrook Joinery.", "Dan", "Millbrook Joinery"),
        ("This is Anne-Marie Duff.", "Anne-Marie Duff", None),
        ("It's June Archer speaking.", "June Archer", None),
        ("It's Kevin from the billing department about an invoice.", "Kevin", "the billing department"),
    ],
)
def test_who_says_that_they_are_calling_is_heard_with_their_company(text: str, name: str, company: str | None) -> None:
    said = name_said(tokens_of(text))
    assert said is not None
    assert text[said.start : said.end] == name
    assert (said.company and text[slice(*said.company)]) == company


@pytest.mark.parametrize(
    "text",
    [
        "It's Friday already.",
        "This is Doctor Patel's office.",
        "It's me again.",
        "I'm really sorry to bother you.",
        "This message is for Mister Hernandez.",
        "Delivery from Tesco.",
        "I'm calling about the bicycle.",
        "It's not working.",
        "My name is",
        "",
    ],
)
def test_what_is_no_name_is_not_taken_for_one(text: str) -> None:
    assert name_said(tokens_of(text)) is None
