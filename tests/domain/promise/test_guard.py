"""The wording guard: labelled sentences of many registers, the places of promises, what to write instead, any input."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phonebot.domain.promise import instead, promises

SENTENCES = [
    json.loads(line)
    for line in (Path(__file__).parent / "promise_sentences.jsonl").read_text(encoding="utf-8").splitlines()
]
PROMISING = [row["text"] for row in SENTENCES if row["promise"]]
HONEST = [row["text"] for row in SENTENCES if not row["promise"]]
KINDS = {"contact", "habit", "passive", "expectation", "time"}


@pytest.mark.parametrize("text", PROMISING)
def test_a_promise_is_found_and_something_honest_is_offered_instead(text: str) -> None:
    found = promises(text)
    assert found
    assert {promise.kind for promise in found} <= KINDS
    suggestion = instead(text)
    assert suggestion
    assert promises(suggestion) == ()


@pytest.mark.parametrize("text", HONEST)
def test_what_promises_nothing_passes(text: str) -> None:
    assert promises(text) == ()
    assert instead(text) is None


@pytest.mark.parametrize("text", PROMISING)
def test_neither_capitals_nor_punctuation_nor_the_shape_of_a_quote_hides_a_promise(text: str) -> None:
    assert promises(text.upper())
    assert promises(text.replace("'", "’"))
    assert promises(text.rstrip(".!"))


@pytest.mark.parametrize("text", HONEST)
def test_neither_capitals_nor_the_shape_of_a_quote_make_a_promise(text: str) -> None:
    assert promises(text.lower()) == ()
    assert promises(text.replace("'", "’")) == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("I'll ring you tomorrow.", "contact"),
        ("We always return calls.", "habit"),
        ("Your call will be returned.", "passive"),
        ("You can expect a call.", "expectation"),
        ("You won't have to wait long.", "time"),
    ],
)
def test_a_promise_says_of_what_kind_it_is(text: str, kind: str) -> None:
    assert [promise.kind for promise in promises(text)] == [kind]


def test_each_promise_of_a_text_has_its_own_place() -> None:
    text = "Sue is out. She'll ring you at two. Messages are checked at nine. Tom will write to you."
    assert [text[found.start : found.end] for found in promises(text)] == [
        "She'll ring you at two",
        "Tom will write to you",
    ]


@pytest.mark.parametrize(
    ("promising", "honest"),
    [
        ("She will ring you.", "She will ring the bank."),
        ("She'll be in touch with you.", "She'll be in touch with the bank."),
        ("I'll let you know.", "I'll let Sue know."),
        ("Sue says she will call you.", "Sue can't say when she will call you."),
        ("Sue can call you on Thursday.", "Can Sue call you on Thursday?"),
        ("I will get back to you at two.", "I will get back to the office at two."),
        ("He has promised to ring you.", "He has tried to ring you."),
        ("No call goes unreturned.", "Your call went unreturned."),
        ("I don't know where she is but I'll ring you.", "I don't know if she'll ring you."),
        ("Ring you back at three.", "Ring us back at three."),
        ("Please expect a call.", "Please do not expect a call."),
        ("You will hear from us.", "You will hear a tone."),
        ("We'll have her call you.", "We've had her call."),
        ("We call everybody back.", "We called everybody back."),
        ("I'll ask Tom to ring you.", "I'll ask Tom to ring the garage."),
    ],
)
def test_who_is_contacted_and_whether_it_is_denied_asked_or_past_decides(promising: str, honest: str) -> None:
    assert promises(promising)
    assert promises(honest) == ()


@given(st.text(max_size=300))
def test_any_text_is_answered_with_places_inside_it_in_order(text: str) -> None:
    last = 0
    for found in promises(text):
        assert last <= found.start < found.end <= len(text)
        last = found.end


PIECES = [
    "will",
    "call",
    "you",
    "not",
    "back",
    "try to",
    "get her to",
    "make sure",
    "and",
    "when",
    ",",
    ".",
    "I'll",
    "expect",
    "a call",
    "be",
    "returned",
    "your",
    "until",
    "ring",
    "Sue",
    "can't say",
    "have",
    "🙂",
    "\x00",
    "07700",
    "shit",
    "до",
    "within",
    "the hour",
    "hear",
    "from us",
    "calls",
    "returning",
    "allow",
    "for",
    "let me",
    "never",
    "’",
    "\u202e",
]


@given(st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join))
def test_any_heap_of_the_guards_own_words_is_answered(text: str) -> None:
    last = 0
    for found in promises(text):
        assert last <= found.start < found.end <= len(text)
        last = found.end
    assert (instead(text) is None) == (promises(text) == ())


@given(st.sampled_from(PROMISING), st.sampled_from(HONEST))
def test_an_honest_sentence_beside_a_promise_neither_hides_it_nor_is_blamed(promising: str, honest: str) -> None:
    text = f"{honest}\n{promising}"
    found = promises(text)
    assert found
    assert all(promise.start > len(honest) for promise in found)


@pytest.mark.parametrize(
    "text", ["", " ", "?", "07700 900143", "🙂🙂", "\x00", "\ud800", "İ will", "Bonjour, à demain.", "damn"]
)
def test_what_holds_no_english_sentence_holds_no_promise(text: str) -> None:
    assert promises(text) == ()


@settings(max_examples=5, deadline=2000)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map(" ".join))
def test_ten_thousand_characters_are_answered_without_backtracking_for_long(text: str) -> None:
    # Reading takes about 30 ms; a pattern that backtracks without bound would take minutes.
    promises((f"{text} " * 10_000)[:10_000])
