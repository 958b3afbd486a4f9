"""What callers' text messages mean: a sample of how people write, and that nothing whatever makes it raise."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from phonebot.domain.reply import HELP_WORDS, LONGEST, START_WORDS, STOP_WORDS, Reply, read_reply

SAMPLES = [
    tuple(json.loads(line).values())
    for line in Path(__file__).with_name("text_replies.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize(("body", "reply"), SAMPLES)
def test_texts_are_understood_as_people_write_them(body: str, reply: str) -> None:
    assert read_reply(body) == Reply(reply)


@pytest.mark.parametrize(
    ("body", "reply"),
    [
        ("START", Reply.START),
        ("unstop", Reply.START),
        ("Start!", Reply.START),
        ("Start again please", Reply.OTHER),
        ("HELP", Reply.HELP),
        ("info", Reply.HELP),
        ("help?", Reply.HELP),
        ("help me", Reply.OTHER),
    ],
)
def test_twilios_other_words_count_only_alone(body: str, reply: Reply) -> None:
    assert read_reply(body) is reply


DECORATION = st.text("  .,!?;:-…*\"'()🛑😡🙏👍👎\u200b\ufe0f\n", max_size=6)


@given(DECORATION, st.sampled_from(sorted(STOP_WORDS | START_WORDS | HELP_WORDS)), DECORATION, st.integers(0, 2**12))
def test_signs_and_capitals_around_a_keyword_change_nothing(before: str, word: str, after: str, capitals: int) -> None:
    typed = "".join(each.upper() if capitals >> place & 1 else each for place, each in enumerate(word))
    assert read_reply(before + typed + after) is read_reply(word)


@given(st.sampled_from(["yes", "no", "nobody called", "she rang me", "no problem", "👍", "thanks"]))
def test_a_wish_for_no_more_texts_goes_before_any_answer(answer: str) -> None:
    for body in (f"{answer}. Please stop texting me", f"don't text me again, {answer}", f"unsubscribe me! {answer}"):
        assert read_reply(body) is Reply.STOP_IN_WORDS


@pytest.mark.parametrize(("body", "reads"), [("STOP", False), ("stop 🛑", False), ("Stop please", True)])
def test_fault_43_a_stop_ends_consent_and_one_in_words_is_for_a_human_too(body: str, reads: bool) -> None:
    reply = read_reply(body)
    assert reply.ends_consent
    assert reply.for_a_human is reads


def test_no_other_reply_ends_consent_and_no_plain_one_needs_reading() -> None:
    assert {reply for reply in Reply if reply.ends_consent} == {Reply.STOP, Reply.STOP_IN_WORDS}
    assert {reply for reply in Reply if reply.for_a_human} == {Reply.STOP_IN_WORDS, Reply.OTHER}


@pytest.mark.parametrize("liked", ["Liked", "Loved", "Reacted 👍 to", "👍 to"])
def test_a_like_of_our_question_is_an_answer_and_its_words_are_ours(liked: str) -> None:
    ours = "Did we get back to you? Reply YES or NO. Reply STOP to end."
    assert read_reply(f"{liked} “{ours}”") is Reply.YES
    assert read_reply(f'{liked} "{ours}"') is Reply.YES
    assert read_reply(f"Disliked “{ours}”") is Reply.NO
    assert read_reply(f"Laughed at “{ours}”") is Reply.OTHER


TYPED_WORDS = """yes no not stop please text me nobody called you did never nothing still waiting thanks rang don't
havent was i the 👍 👎 . , ? - “ ” Liked to"""
TYPED = st.lists(st.sampled_from(TYPED_WORDS.split()), max_size=40).map(" ".join)


@given(st.text() | TYPED | st.text(st.characters(categories=["Cs", "Cc", "Cf", "So", "Mn"])))
@example("\ud800")
@example("\0STOP")
def test_no_text_makes_it_raise_and_each_is_read_the_same_twice(body: str) -> None:
    assert read_reply(body) is read_reply(body)


@given(TYPED)
@example("Liked “")
def test_a_yes_is_never_heard_from_somebody_who_writes_that_nobody_called(typed: str) -> None:
    assert read_reply(f"{typed}. nobody called") is not Reply.YES


@pytest.mark.parametrize(
    "words",
    ["good morning ", "thank you ", "no need ", "stop all ", "stop the ", "sue called ", "nobody has ", "- ", "yes "],
)
def test_a_long_text_is_read_as_fast_as_its_length_allows(words: str) -> None:
    body = (words * LONGEST)[: LONGEST - 2] + "!z"
    started = time.process_time()
    read_reply(body)
    # It takes 30 ms at most; an expression that tries every way of parting the words would take years.
    assert time.process_time() - started < 2


def test_what_follows_the_longest_text_there_can_be_is_not_read() -> None:
    assert read_reply("x " * LONGEST + "nobody called") is Reply.OTHER
