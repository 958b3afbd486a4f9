"""The notice of new messages, as mail and as a text message."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebot.domain.digest import Owed
from phonebot.domain.window import Part
from phonebot.mail.letter import Letter
from phonebot.mail.notice_mail import notice_letter, notice_text
from phonebot.mail.short_text import fits, plainer
from tests.mail.reading import read, words_of
from tests.owing import NEXT, NOW, OFFICE, at, julie, link

LATER = (Part(at(27, 9), at(27, 12)),)


def notice_of(*owed: Owed, to: str = "Sue Cohen") -> Letter:
    return notice_letter(owed, OFFICE, to, link, now=NOW, next_at=NEXT)


def text_of(*owed: Owed, to: str = "Sue Cohen") -> str:
    return notice_text(owed, OFFICE, to, now=NOW, next_at=NEXT)


@pytest.mark.parametrize(
    ("owed", "to", "subject"),
    [
        ([julie(window_parts=LATER)], "Sue Cohen", "New message: Julie Smith, Hartwell Dental"),
        ([julie()], "Sue Cohen", "Urgent message: Julie Smith, Hartwell Dental"),
        ([julie(window_parts=LATER)], "Tom Hart", "New message for Sue Cohen: Julie Smith, Hartwell Dental"),
        ([julie(window_parts=LATER, name=None, company=None)], "Sue Cohen", "New message: No name given"),
        ([julie(window_parts=LATER)] * 2, "Sue Cohen", "2 new messages"),
        ([julie(), julie(window_parts=LATER)], "Sue Cohen", "2 new messages, 1 of them urgent"),
        ([julie(denied_at=NOW)], "Sue Cohen", "Reopened message: Julie Smith, Hartwell Dental"),
        ([julie()] * 3, "Tom Hart", "3 urgent messages for Sue Cohen"),
    ],
)
def test_the_subject_says_from_whom_or_how_many_and_what_is_urgent_and_whose_it_is(
    owed: list[Owed], to: str, subject: str
) -> None:
    assert notice_of(*owed, to=to).subject == subject


def test_a_notice_holds_what_the_digest_would_of_each_of_the_messages() -> None:
    letter = notice_of(julie(), julie(number=2, name="Bob", company=None, business="a quote"))

    for form in (words_of(letter.text), words_of(read(letter.html).text)):
        for words in ("Julie Smith, Hartwell Dental", "+44 20 7946 0143", "K7QM", "Bob", "a quote", "Told on Tuesday"):
            assert words in form
    assert len(read(letter.html).links) == letter.text.count("https://") == 10


def test_a_text_tells_what_is_new_from_what_its_caller_says_was_never_returned() -> None:
    assert text_of(julie()).startswith("New message.")
    assert text_of(julie(denied_at=NOW)).startswith("Reopened message.")


def test_the_cover_is_told_whose_it_is_in_letter_and_text() -> None:
    assert "For Sue Cohen" in notice_of(julie(), to="Tom Hart").text
    assert "For Sue Cohen" not in notice_of(julie()).text
    assert "for Sue Cohen" in text_of(julie(), to="Tom Hart")


def test_a_name_with_line_ends_makes_one_line_of_subject() -> None:
    subject = notice_of(julie(name="Eve\r\nBcc: all@example.com", window_parts=LATER)).subject

    assert subject == "New message: Eve Bcc: all@example.com, Hartwell Dental"


def test_a_long_name_is_cut_in_the_subject_and_marked() -> None:
    subject = notice_of(julie(name="long " * 200)).subject

    assert len(subject) <= 120
    assert "…" in subject


def test_a_text_of_one_message_says_what_it_is_about() -> None:
    text = text_of(julie())

    assert text.startswith("New message. Urgent: K7QM Julie Smith")
    assert "About: Last month's invoice was charged twice." in text


def test_a_text_of_several_counts_them() -> None:
    assert text_of(julie(), julie(ref="B3XN", name="Bob")).startswith("2 new messages. ")


@given(st.text(max_size=400), st.text(max_size=400))
def test_a_text_goes_in_two_segments_whatever_the_caller_said(name: str, business: str) -> None:
    text = text_of(julie(name=name, business=business))

    assert fits(text)
    assert "K7QM" in text


def test_a_long_matter_is_cut_at_a_word() -> None:
    text = text_of(julie(business="invoices and payments " * 40))

    assert re.search(r"(invoices|and|payments)$", text)
    assert len(text) > 250


@pytest.mark.parametrize(
    ("written", "sent"),
    [("Zoë’s café – “now”…", 'Zoe\'s café - "now"...'), ("Çağrı", "Çagri"), ("Łódź", "Lodz"), ("Müller", "Müller")],
)
def test_characters_outside_the_networks_alphabet_are_put_plainer_where_they_can_be(written: str, sent: str) -> None:
    assert plainer(written) == sent


@pytest.mark.parametrize(("text", "whether"), [("a" * 306, True), ("a" * 307, False), ("€" * 153, True),
                                               ("€" * 154, False), ("ж" * 134, True), ("ж" * 135, False),
                                               ("😀" * 67, True), ("😀" * 68, False)])  # fmt: skip
def test_two_segments_hold_what_the_network_says_they_do(text: str, whether: bool) -> None:
    assert fits(text) is whether
