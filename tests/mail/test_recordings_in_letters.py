"""What letters say of a recording: its words with their doubts, the questions to staff, or why there are no words."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from phonebot.domain.digest import Act, Owed
from phonebot.domain.transcript import Hearing, Transcript
from phonebot.mail.digest_mail import digest_letter
from phonebot.mail.letter import Letter
from phonebot.mail.notice_mail import notice_letter, notice_text
from tests.heard import VOICEMAIL, heard, with_words
from tests.mail.reading import read, words_of
from tests.owing import NEXT, NOW, OFFICE, digest_of, julie, link

LetterOf = Callable[..., Letter]
HINT = "may have been heard wrong"


def digest_letter_of(*owed: Owed) -> Letter:
    return digest_letter(digest_of(*owed), OFFICE, link)


def notice_letter_of(*owed: Owed) -> Letter:
    return notice_letter(owed, OFFICE, "Sue Cohen", link, now=NOW, next_at=NEXT)


def both(letter: Letter) -> list[str]:
    return [words_of(letter.text), words_of(read(letter.html).text)]


LETTERS = pytest.mark.parametrize("letter_of", [digest_letter_of, notice_letter_of])


@LETTERS
def test_two_lines_say_who_and_what_by_when_before_anything_else(letter_of: LetterOf) -> None:
    letter = letter_of(with_words(julie(), VOICEMAIL))
    top = words_of(letter.text[letter.text.index("Julie Smith, Hartwell Dental [") :])

    assert top.startswith(
        "Julie Smith, Hartwell Dental [Urgent] Last month's invoice was charged twice. "
        'When: Wednesday 25 Nov after 15:00 ("Tomorrow, after three") ?'
    )
    for form in both(letter):
        places = [form.index(words) for words in ("charged twice", "When:", "? The recording", "+44 20 7946 0143")]
        assert places == sorted(places)


@LETTERS
def test_doubtful_stretches_are_bracketed_in_the_text_and_marked_on_the_page(letter_of: LetterOf) -> None:
    letter = letter_of(with_words(julie(), VOICEMAIL))
    page = read(letter.html)

    assert "about invoice [4417?] before Friday" in words_of(letter.text)
    assert "about invoice 4417? before Friday" in words_of(page.text)
    assert page.tags.count("mark") == letter.text.count("?]") > 3
    assert "[4417" not in letter.html


@LETTERS
def test_a_number_that_differs_is_asked_about_where_staff_begin_to_read(letter_of: LetterOf) -> None:
    for form in both(letter_of(with_words(julie(), VOICEMAIL))):
        question = form[form.index("? The recording") : form.index("Which is right?")]
        assert "0144?" in question
        assert "0143" in question


@LETTERS
@pytest.mark.parametrize(
    ("hearing", "transcript", "words"),
    [
        (Hearing.PENDING, None, "The recording has not been put into words yet."),
        (Hearing.MISSING, None, "The recording could not be put into words. Please listen to it."),
        (Hearing.HEARD, Transcript(""), "A machine heard no words in the recording."),
    ],
)
def test_a_recording_without_words_is_told_of_with_the_link_to_hear_it(
    letter_of: LetterOf, hearing: Hearing, transcript: Transcript | None, words: str
) -> None:
    owed = with_words(julie(), transcript, hearing)
    letter = letter_of(owed)

    assert all(form.count(words) == 1 for form in both(letter))
    assert link(owed, Act.HEAR) in letter.text
    assert link(owed, Act.HEAR) in [address for address, _ in read(letter.html).links]
    assert HINT not in letter.text + letter.html


@LETTERS
def test_where_nothing_that_came_can_be_played_nobody_is_asked_to_listen(letter_of: LetterOf) -> None:
    owed = replace(with_words(julie(), None, Hearing.MISSING), recording_seconds=None)
    letter = letter_of(owed)

    for form in both(letter):
        assert "could not be used" in form
        assert "Twilio" in form
        assert "isten" not in form
    assert link(owed, Act.HEAR) not in letter.text + letter.html


@LETTERS
@pytest.mark.parametrize("hearing", [Hearing.PENDING, Hearing.HEARD])
def test_that_a_recording_breaks_off_is_said_once(letter_of: LetterOf, hearing: Hearing) -> None:
    transcript = VOICEMAIL if hearing is Hearing.HEARD else None
    letter = letter_of(replace(with_words(julie(), transcript, hearing), cut_off=True))

    assert all(form.count("breaks off") == 1 for form in both(letter))
    assert all("breaks off" not in form for form in both(letter_of(with_words(julie(), transcript, hearing))))


@LETTERS
def test_a_name_that_was_recorded_can_be_heard_beside_the_message_and_without_one(letter_of: LetterOf) -> None:
    alone = julie(name_seconds=2.9)
    beside = with_words(alone, None, Hearing.PENDING)
    for owed, labels in ((alone, ["Hear their name (3 s)"]), (beside, ["Listen (42 s)", "Hear their name (3 s)"])):
        letter, page = letter_of(owed), link(owed, Act.HEAR)
        listens = [(label, address) for address, label in read(letter.html).links if address.startswith(page)]
        assert [label for label, _ in listens] == labels
        assert listens[-1][1] == f"{page}#name"
        assert all(f"{label}: {address}" in words_of(letter.text) for label, address in listens)


@LETTERS
def test_that_words_may_be_wrong_is_said_once_however_many_are(letter_of: LetterOf) -> None:
    many = [with_words(julie(number=each), VOICEMAIL) for each in range(3)]
    sure = with_words(julie(), heard("It was charged twice."))

    assert all(form.count(HINT) == 1 for form in both(letter_of(*many, sure)))
    assert all(HINT not in form for form in both(letter_of(sure, julie())))


def test_who_rang_and_what_about_come_from_the_recording_where_the_form_has_neither() -> None:
    nobody = julie(name=None, company=None, business=None, window_said=None, window_parts=())
    said = "Hello, this is Amir Khan from Baker and Sons. I'm ringing about the lease for Bridge Street."
    owed = with_words(nobody, heard(said, "Khan"))
    letter = notice_letter_of(owed)

    assert "Amir [Khan?]" in letter.subject
    assert "No name given" not in letter.text + letter.html
    assert all("the lease for Bridge Street" in form[: form.index("as a machine heard it")] for form in both(letter))
    assert "Amir [Khan?]" in notice_text([owed], OFFICE, "Sue Cohen", now=NOW, next_at=NEXT)


def test_nothing_is_said_twice_of_what_the_top_says_whole() -> None:
    for form in both(digest_letter_of(with_words(julie(), None, Hearing.PENDING))):
        for once in ("Julie Smith", "charged twice", "after 15:00", "Tomorrow, after three"):
            # The name stands on the links of the page, for those who hear it read.
            assert form.count(once) == 1


def test_what_is_too_long_for_a_heading_follows_in_full() -> None:
    long = "The lease for the shop in Bridge Street is to be renewed. " * 8
    for form in both(digest_letter_of(with_words(julie(business=long), None, Hearing.PENDING))):
        assert f"In full: {long.strip()}" in form
        assert "… When:" in form
    assert "In full" not in digest_letter_of(with_words(julie(), None, Hearing.PENDING)).text


def test_a_recording_of_three_minutes_is_shown_whole() -> None:
    talk = " ".join(["word"] * 390)
    letter = digest_letter_of(with_words(julie(), heard(talk)))

    assert all(talk in form for form in both(letter))
    assert all(len(line) <= 78 for line in letter.text.splitlines() if "https://" not in line)


NASTY = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "a\r\nBcc: everybody@example.com",
    "\x1b[2J\x00gone",
    "\u202egpj.exe",
    "{{ 7 * 7 }} {% raw %}",
    '=HYPERLINK("http://example.com")',
    "\ud800",
    "[?] [<b>?]",
    "</mark></bdi><h2>Reopened</h2>",
]


@pytest.mark.parametrize("nasty", NASTY)
@pytest.mark.parametrize("before", ["", "This is ", "Call me on 020 7946 0144 about "])
def test_fault_62_what_is_said_on_a_recording_is_inert_wherever_it_is_shown(nasty: str, before: str) -> None:
    said = before + nasty
    nobody = julie(name=None, company=None, business=None, window_said=None, window_parts=())
    for transcript in (heard(said), heard(said, nasty), heard(said, said)):
        for owed in (with_words(nobody, transcript), with_words(julie(), transcript)):
            letter = notice_letter_of(owed)
            page = read(letter.html)
            assert {"script", "img", "b"}.isdisjoint(page.tags)
            assert len(page.headings) == 2
            assert all(not name.startswith("on") for name, _ in page.attributes)
            assert "\nBcc:" not in letter.text
            assert len(letter.subject.splitlines()) == 1
            everything = letter.text + letter.html + letter.subject
            assert not re.search("[\x00-\x09\x0b-\x1f\u202e\ud800-\udfff]", everything)


def test_words_written_from_right_to_left_turn_nothing_around_them() -> None:
    letter = digest_letter_of(with_words(julie(), heard("اسمي محمد", "محمد")))

    assert "\u2068اسمي [محمد?]\u2069" in letter.text
    assert "اسمي محمد?" in read(letter.html).isolated
