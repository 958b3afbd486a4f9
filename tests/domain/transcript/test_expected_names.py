"""Names that were to be expected are spelled as they are; nothing else is touched."""

import pytest

from phonebot.domain.transcript.doubt import Word, transcript_of
from phonebot.domain.transcript.expected_names import as_expected

HINTS = (
    "Sue Cohen",
    "Tom Hart",
    "Daniel Okafor",
    "Kevin Nguyen",
    "Siobhan O'Brien",
    "Hartwell Dental",
    "Will Long",
    "Anne-Marie Duff",
)


def heard(text: str, *hints: str, unsure: str = "") -> str:
    """The text as expected, with its marks, where the words in `unsure` were not heard surely."""
    doubtful = unsure.split()
    words = [
        Word(f" {word}", 0.3 if word.strip(".,?!") in doubtful else 0.95, at == 0)
        for at, word in enumerate(text.split())
    ]
    return transcript_of(as_expected(words, hints or HINTS)).marked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("message for Sue cone please", "message for Sue [Cohen?] please"),
        ("message for Sue Cone, please", "message for Sue [Cohen?], please"),
        ("it is Tom Heart here", "it is Tom [Hart?] here"),
        ("from Heartwell Dental", "from [Hartwell?] Dental"),
        ("in Sue Cone's office", "in Sue [Cohen's?] office"),
    ],
)
def test_a_name_beside_another_of_the_same_hint_is_spelled_as_the_hint_has_it(text: str, expected: str) -> None:
    assert heard(text) == expected


def test_a_name_beside_another_that_was_not_heard_surely_need_be_alike_in_half_its_letters() -> None:
    assert heard("my name is Daniel Akafir.", unsure="Akafir") == "my name is Daniel [Okafor?]."


def test_a_name_not_heard_surely_is_spelled_as_the_hint_that_sounds_the_same() -> None:
    assert heard("can you tell Cohan that I rang", unsure="Cohan") == "can you tell [Cohen?] that I rang"
    assert heard("can you tell Mr. Cohan please", unsure="Cohan") == "can you tell Mr. [Cohen?] please"


@pytest.mark.parametrize(
    ("text", "unsure"),
    [
        ("When a form is complete", "When"),
        ("Well, I will long for it", "Well long"),
        ("coming back for a coin", "coin"),
        ("with all my heart", "heart"),
        ("Wait just a second", "Wait"),
        ("my name is Brown", "Brown"),
        ("on 020 7946 0143", "020 0143"),
        ("Tom said hello", ""),
        ("this is Sue Coleman", ""),
        ("this is Tom Harris here", ""),
        ("ask Siobhan O'Brien about it", ""),
        ("for Anne-Marie Duff please", ""),
    ],
)
def test_other_words_are_left_as_they_are_heard(text: str, unsure: str) -> None:
    words = [Word(f" {word}", 0.3 if word in unsure.split() else 0.95, at == 0) for at, word in enumerate(text.split())]
    assert as_expected(words, HINTS) == words


def test_a_name_that_is_spelled_as_a_hint_is_not_changed_to_another_that_sounds_the_same() -> None:
    assert heard("tell Sue Coan that I rang", "Sue Cohen", "Amy Coan") == "tell Sue Coan that I rang"


def test_without_hints_nothing_changes() -> None:
    words = [Word(" Sue"), Word(" Cone", 0.1)]
    assert as_expected(words, ()) == words
