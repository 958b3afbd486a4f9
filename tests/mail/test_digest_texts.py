"""What a digest says of texts that came in, and of callers to be rung in a colleague's place."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebot.domain.digest import Accepted, Asked, CallerText, Owed
from phonebot.mail.digest_mail import digest_letter, digest_text, texts_quoted
from phonebot.mail.letter import Letter
from phonebot.mail.short_text import fits
from tests.mail.reading import read, words_of
from tests.owing import OFFICE, at, digest_of, julie, link

TEXT = CallerText("SM1", at(24, 14, 2), "+447700900155", "Please ring after five.", "K7QM", "Julie Smith", None)
SLIPPED = julie(
    asked=Asked("Tom Hart", "tom", "Sue Cohen", "sue", at(24, 15, 30)),
    accepted=Accepted("Sue Cohen", "sue", at(24, 15, 30), slipped=True),
)
TO_TOM = {"person": "tom", "person_name": "Tom Hart"}


def letter_of(*owed: Owed, **changes: object) -> Letter:
    return digest_letter(digest_of(*owed, **changes), OFFICE, link)


def both(letter: Letter) -> list[str]:
    """The letter's two forms, as people read them."""
    return [words_of(letter.text), words_of(read(letter.html).text)]


def test_who_is_asked_for_a_holding_call_reads_whose_it_is_what_was_not_told_and_what_to_do() -> None:
    for form in both(letter_of(SLIPPED, **TO_TOM)):
        assert "Holding call" in form
        assert "For Sue Cohen" in form
        assert (
            "Sue Cohen did not call by Tuesday 15:30, and the caller has not been told: please ring them and say so."
            in form
        )
        assert "took this on" not in form


def test_who_could_not_call_reads_who_is_to_ring_instead() -> None:
    for form in both(letter_of(SLIPPED)):
        assert "You did not call by Tuesday 15:30. Tom Hart has been asked to ring them and say so." in form
        assert "Holding call" not in form


def test_who_stands_in_for_the_colleague_asked_is_asked_in_their_place() -> None:
    for form in both(letter_of(SLIPPED, person="ben", person_name="Ben Ali", covers=("Tom Hart",))):
        assert "please ring them and say so, in place of Tom Hart." in form


def test_a_call_taken_on_anew_is_told_besides_the_one_that_was_not_made() -> None:
    anew = replace(SLIPPED, accepted=Accepted("Sue Cohen", "sue", at(25, 17)))

    for form in both(letter_of(anew, **TO_TOM)):
        assert "did not call by Tuesday 15:30" in form
        assert "Sue Cohen took this on, to call by Wednesday 25 Nov 17:00." in form


def test_the_text_message_asks_for_the_holding_call_too() -> None:
    text = digest_text(digest_of(SLIPPED, **TO_TOM), OFFICE)

    assert "Please ring K7QM Julie Smith, Hartwell Dental for Sue Cohen" in text
    assert "no call could be made by Tue 15:30" in text
    assert fits(text)


def test_a_text_that_came_in_is_told_with_who_sent_it_when_and_its_words() -> None:
    for form in both(letter_of(julie(), texts=(TEXT,))):
        after = form[form.index("Texts that came in") :]
        for words in ("Julie Smith", "+44 7700 900155", "Tuesday 14:02", "K7QM", "Please ring after five."):
            assert words in after
        assert form.index("K7QM") < form.index("Texts that came in") < form.index("Links ask")


@pytest.mark.parametrize(
    ("phone", "sender"), [("+447700900155", "+44 7700 900155"), ("BANK", "BANK"), ("", "somebody without a number")]
)
def test_a_text_of_somebody_unknown_is_told_with_the_number_alone(phone: str, sender: str) -> None:
    text = CallerText("SM1", at(24, 14, 2), phone, "Hello?")

    for form in both(letter_of(texts=(text,))):
        assert sender in form
        assert form.count("7700 900155") == phone.count("7700900155")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (replace(TEXT, no_more_texts=True), "They want no more texts. None will be sent"),
        (replace(TEXT, words=""), "a picture, perhaps"),
    ],
)
def test_what_follows_from_a_text_is_said_with_it(text: CallerText, words: str) -> None:
    assert all(words in form for form in both(letter_of(texts=(text,))))
    assert all(words not in form for form in both(letter_of(texts=(TEXT,))))


def test_the_subject_counts_the_texts_besides_what_is_owed() -> None:
    assert letter_of(julie(), texts=(TEXT,)).subject == "1 call owed, since yesterday; 1 text came in"
    assert letter_of(texts=(TEXT, TEXT)).subject == "No calls owed; 2 texts came in"


NASTY = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "\u202egpj.exe\x1b[2J",
    "a\r\nBcc: x@example.com",
]


@pytest.mark.parametrize("nasty", NASTY)
def test_fault_62_a_text_is_inert_wherever_it_is_shown(nasty: str) -> None:
    letter = letter_of(texts=(replace(TEXT, words=nasty, name=nasty, phone=nasty),))

    assert {"script", "img"}.isdisjoint(read(letter.html).tags)
    assert "\nBcc:" not in letter.text
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", letter.text + letter.html)


def test_a_long_text_is_shown_whole_in_lines_that_look_like_none_of_ours() -> None:
    talk = " ".join(["word"] * 300)
    letter = letter_of(texts=(replace(TEXT, words=talk),))

    assert talk in words_of(letter.text)
    assert talk in words_of(read(letter.html).text)
    assert all(line.startswith("      ") for line in letter.text.splitlines() if line.count("word") > 9)
    assert all(len(line) <= 78 for line in letter.text.splitlines())


def test_the_text_message_quotes_the_oldest_text_and_counts_the_others() -> None:
    later = replace(TEXT, sid="SM2", words="And bring the file.")
    told = digest_of(julie(), texts=(TEXT, later))
    text = digest_text(told, OFFICE)

    assert 'Tue 14:02 Julie Smith texted: "Please ring after five."' in text
    assert "And 1 more text." in text
    assert "bring the file" not in text
    assert "K7QM Julie Smith, Hartwell Dental would like" in text
    assert [quoted.sid for quoted in texts_quoted(told)] == ["SM1"]


def test_of_a_long_text_the_text_message_quotes_the_beginning_and_still_names_what_is_owed() -> None:
    talk = "the invoice was charged twice, " * 20
    text = digest_text(digest_of(julie(), texts=(replace(TEXT, words=talk),)), OFFICE)

    assert f'Julie Smith texted: "{talk[:60]}' in text
    assert "K7QM Julie Smith, Hartwell Dental would like" in text
    assert fits(text)
    assert talk[:200] in digest_text(digest_of(texts=(replace(TEXT, words=talk),)), OFFICE)


def test_the_text_message_asks_for_a_holding_call_even_beside_a_long_text() -> None:
    text = digest_text(digest_of(SLIPPED, julie(), texts=(replace(TEXT, words="word " * 99),) * 2, **TO_TOM), OFFICE)

    assert "Please ring K7QM Julie Smith, Hartwell Dental for Sue Cohen" in text


def test_the_text_message_says_that_somebody_wants_no_more_of_them() -> None:
    text = digest_text(digest_of(texts=(replace(TEXT, no_more_texts=True),)), OFFICE)

    assert text == 'Tue 14:02 Julie Smith wants no more texts: "Please ring after five."'


@given(st.text(max_size=400), st.text(max_size=80), st.lists(st.builds(julie, name=st.text(max_size=80)), max_size=5))
def test_with_a_text_of_any_words_the_text_message_goes_in_two_segments(
    words: str, name: str, owed: list[Owed]
) -> None:
    text = digest_text(digest_of(*owed, texts=(replace(TEXT, words=words, name=name),) * 2), OFFICE)

    assert fits(text)
    assert "And 1 more text." in text
    left = re.search(r"And (\d+) more\.$", text)
    assert len(owed) == text.count("K7QM") + (int(left[1]) if left else 0)
