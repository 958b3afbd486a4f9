"""What of a transcript may be wrong."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebot.domain.transcript.doubt import (
    NUMBER_WORDS,
    SURE,
    SURE_OPENING,
    Word,
    bare,
    is_number,
    transcript_of,
)


def heard(text: str, **unsure: float) -> str:
    """The text with its marks, where the words named were heard with those probabilities and the others surely."""
    words = [Word(f" {word}", unsure.get(word.strip(".,?!"), 0.99), at == 0) for at, word in enumerate(text.split())]
    return transcript_of(words).marked


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("about invoice 4417 before Friday", "about invoice [4417?] before Friday"),
        ("about invoice four four one seven before Friday", "about invoice [four four one seven?] before Friday"),
        ("ring me on 020 7946 0143, thank you", "ring me on [020 7946 0143?], thank you"),
        ("on oh seven seven double oh, nine hundred", "on [oh seven seven double oh, nine hundred?]"),
        ("one, one, take three, one", "[one, one, take three, one?]"),
        ("It is 745 tonight", "It is [745?] tonight"),
        ("$186.50 please", "$[186.50?] please"),
        ("My reference is B7 391.", "My reference is [B7 391?]."),
        ("come at half past nine please", "come at half past [nine?] please"),
        ("forty-five, nine-one-one and the twenty-first", "[forty-five, nine-one-one?] and the [twenty-first?]"),
        ("about ½ of it, or Ⅷ", "about [½?] of it, or [Ⅷ?]"),
        ("on the fourteenth at three fifteen", "on the [fourteenth at three fifteen?]"),
        ("about thirty-five pounds twenty", "about [thirty-five pounds twenty?]"),
        ("Call at 3. 40 boxes came", "Call at [3?]. [40?] boxes came"),
    ],
)
def test_every_number_is_doubtful_however_surely_it_was_heard(text: str, marked: str) -> None:
    assert heard(text) == marked


@pytest.mark.parametrize("text", ["this one is fine", "oh dear, no one came", "second to none", "double trouble"])
def test_a_number_word_that_is_mostly_none_is_a_word_where_it_stands_alone(text: str) -> None:
    assert heard(text) == text


def test_a_word_heard_with_little_probability_is_doubtful() -> None:
    assert heard("my name is Akafir today", Akafir=SURE - 0.01) == "my name is [Akafir?] today"
    assert heard("my name is Akafir today", Akafir=SURE) == "my name is Akafir today"


def test_the_first_word_is_never_heard_surely_and_counts_as_heard_sooner() -> None:
    assert heard("Hello there", Hello=SURE_OPENING) == "Hello there"
    assert heard("Hello there", Hello=SURE_OPENING - 0.01) == "[Hello?] there"


def test_doubtful_words_side_by_side_are_one_stretch_and_sentences_are_kept_apart() -> None:
    assert heard("for Anna Okafor please", Anna=0.1, Okafor=0.1) == "for [Anna Okafor?] please"
    assert heard("this is Anna. Okafor rang", Anna=0.1, Okafor=0.1) == "this is [Anna?]. [Okafor?] rang"


def test_a_doubtful_word_beside_a_number_is_a_stretch_of_its_own() -> None:
    assert heard("on 0143 about it", about=0.1) == "on [0143?] [about?] it"


def test_a_stretch_ends_with_the_marks_upon_its_last_letter() -> None:
    assert transcript_of([Word(" हिन्दी", 0.1), Word(" ja")]).marked == "[हिन्दी?] ja"


def test_words_that_whisper_writes_together_stay_together() -> None:
    words = [Word(" 8", 0.9), Word("-7", 0.9), Word("-7", 0.9), Word(" for"), Word(" me")]
    assert transcript_of(words).marked == "[8-7-7?] for me"


texts = st.lists(
    st.tuples(
        st.sampled_from([" Anna", " seven", " 4417,", "-7", " one", " .", " £", " née", " o'clock", " 3pm", "\u202e"]),
        st.floats(0, 1),
        st.booleans(),
    ),
    max_size=30,
)


@given(texts)
def test_doubtful_stretches_are_in_order_apart_and_within_the_text(said: list[tuple[str, float, bool]]) -> None:
    transcript = transcript_of([Word(*each) for each in said])
    assert transcript.text == "".join(word for word, _, _ in said).strip()
    assert all(0 <= span.start < span.end <= len(transcript.text) for span in transcript.doubtful)
    assert all(one.end < other.start for one, other in pairwise(transcript.doubtful))


@given(texts)
def test_no_figure_is_ever_left_unmarked(said: list[tuple[str, float, bool]]) -> None:
    transcript = transcript_of([Word(*each) for each in said])
    marked = {at for span in transcript.doubtful for at in range(span.start, span.end)}
    assert all(at in marked for at, character in enumerate(transcript.text) if character.isdigit())


@given(st.lists(st.sampled_from(sorted(NUMBER_WORDS)), min_size=2, max_size=12))
def test_no_number_word_beside_another_is_ever_left_unmarked(said: list[str]) -> None:
    words = [Word(f" {each}") for each in said]
    transcript = transcript_of(words)
    assert all(map(is_number, words))
    assert transcript.marked == f"[{transcript.text}?]"


def test_a_word_is_compared_without_what_stands_around_it() -> None:
    assert bare(Word(" Four,")) == "four"
