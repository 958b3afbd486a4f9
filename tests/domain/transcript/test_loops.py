"""Loops that a recogniser falls into are cut, and what people do repeat is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebot.domain.transcript.doubt import Word, transcript_of
from phonebot.domain.transcript.loops import LONGEST_PHRASE, TIMES, without_loops


def cut(text: str, seconds: float = 0.3) -> str:
    """What is left of the text, each word of which takes so long."""
    return transcript_of(without_loops([Word(f" {word}", seconds=seconds) for word in text.split()])).text


@pytest.mark.parametrize(
    ("looped", "left"),
    [
        ("Thank you. " * 20, "Thank you."),
        ("Hello. " + "I'm sorry. " * 30, "Hello. I'm sorry."),
        ("call me " + "back and then we will see " * 6 + "bye", "call me back and then we will see bye"),
        ("you " * 100, "you"),
        ("1, " * 60, "1,"),
        ("4 4 1 7 " * 10, "4 4 1 7"),
        ("no no no no thanks " * 4, "no thanks"),
        (
            "and so I said to her that we would have to see what there is " * 6,
            "and so I said to her that we would have to see what there is",
        ),
        ("well " + "no" * 20, "well no"),
        ("0" * 40, "0"),
    ],
)
def test_a_phrase_repeated_on_end_is_left_once(looped: str, left: str) -> None:
    assert cut(looped) == left


@pytest.mark.parametrize(
    "said",
    [
        "bye bye bye",
        "no, no, no, that was last week",
        "oh seven seven double oh nine hundred",
        "7, 7, 7, 7, 7",
        "020 7946 0143, that's 020 7946 0143, once more 020 7946 0143",
        "please please call me",
        "3 3 1 1 0 0 5 5",
        "oh two oh two oh two oh two",
        "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
        "oh one two one two one two one two one two",
        "reference 1 0 1 0 1 0 1 0",
    ],
)
def test_what_people_do_repeat_is_kept(said: str) -> None:
    assert cut(said) == said


def test_what_nobody_could_say_so_quickly_is_a_loop_sooner() -> None:
    assert cut("thank you thank you thank you", seconds=0.02) == "thank you"
    assert cut("7 7 7 7 7", seconds=0.01) == "7"


def test_what_is_left_of_a_loop_is_doubtful() -> None:
    transcript = transcript_of(without_loops([Word(" yes")] + [Word(" okay")] * 9))
    assert transcript.marked == "yes [okay?]"


phrases = st.lists(st.sampled_from("call me back about the bill 4 7 oh".split()), min_size=1, max_size=8)  # noqa: SIM905 - words


nested = st.recursive(
    phrases,
    lambda inner: st.builds(lambda one, times, two: one * times + two, inner, st.integers(1, 6), inner),
    max_leaves=6,
)


@given(nested)
def test_no_loop_is_left(words: list[str]) -> None:
    left = [word.text for word in without_loops([Word(f" {word}") for word in words])]
    for length in range(1, LONGEST_PHRASE + 1):
        for at in range(len(left) - length * TIMES + 1):
            phrase = left[at : at + length]
            repeated = left[at : at + length * TIMES] == phrase * TIMES
            assert not repeated or all(word.strip() in {"4", "7", "oh"} for word in phrase)


@given(nested)
def test_nothing_is_added_and_nothing_changes_its_order(words: list[str]) -> None:
    left = iter([word.text.strip() for word in without_loops([Word(f" {word}") for word in words])])
    rest = iter(words)
    assert all(word in rest for word in left)
