"""The words of a recording as they are shown: harmless, and doubtful in the same places as before."""

import pytest

from phonebot.domain.transcript import Hearing, Span, Transcript
from phonebot.mail.recording_words import harmless, heard_words, hearing_words, with_marks

INVOICE = Transcript("about invoice 4417 before Friday", (Span(14, 18),))


def test_doubtful_stretches_are_questioned_in_brackets_and_marked_on_a_page() -> None:
    assert heard_words(INVOICE) == "about invoice [4417?] before Friday"
    assert with_marks(heard_words(INVOICE)) == 'about invoice <mark class="doubt">4417?</mark> before Friday'


def test_brackets_in_the_words_themselves_are_round_and_mark_nothing() -> None:
    words = heard_words(Transcript("[really?] invoice [a]4417", (Span(18, 25),)))

    assert words == "(really?) invoice [(a)4417?]"
    assert with_marks(words).count("<mark") == 1


def test_marks_open_no_way_for_what_is_not_escaped() -> None:
    script = "<script>alert('1')</script>"
    page = with_marks(heard_words(Transcript(script, (Span(0, len(script)),))))

    assert page.startswith('<mark class="doubt">&lt;script&gt;')
    assert page.count("<") == 2


@pytest.mark.parametrize(
    ("text", "doubted", "marked"),
    [
        ("ring 0143\n0144 please", "0143\n0144", "ring [0143 0144?] please"),
        ("ring \x1b[31m0143", "0143", "ring (31m[0143?]"),
        ("\u202e\u202e0143 please", "0143", "[0143?] please"),
        ("it is 0143\ud800", "0143", "it is [0143?]"),
        ("it is \x9b0143\x9b", "0143", "it is [0143?]"),
        ("it is \x00\x00 now", "\x00\x00", "it is now"),
    ],
)
def test_marks_keep_to_their_words_when_what_could_harm_is_taken_out(text: str, doubted: str, marked: str) -> None:
    begin = text.index(doubted)
    transcript = Transcript(text, (Span(begin, begin + len(doubted)),))

    assert heard_words(transcript) == marked
    assert harmless(transcript).text.isprintable()


@pytest.mark.parametrize("doubtful", [(), (Span(0, 5),), (Span(4, 5), Span(2990, 2999))])
def test_a_long_recording_is_cut_with_a_mark(doubtful: tuple[Span, ...]) -> None:
    words = heard_words(Transcript("7" * 3000, doubtful))

    assert words.endswith("7…")
    assert len(words.replace("[", "").replace("?]", "")) == 2000


def test_where_it_is_cut_within_a_doubtful_stretch_what_is_left_is_doubtful() -> None:
    words = heard_words(Transcript("7" * 3000, (Span(1000, 2500),)))

    assert words.index("[") == 1000
    assert words.endswith("7?]…")


@pytest.mark.parametrize(
    ("hearing", "transcript", "words"),
    [
        (None, None, ""),
        (Hearing.HEARD, INVOICE, ""),
        (Hearing.PENDING, None, "not been put into words yet"),
        (Hearing.MISSING, None, "could not be put into words. Please listen"),
        (Hearing.HEARD, Transcript(""), "no words"),
    ],
)
def test_a_recording_without_words_is_never_passed_over(
    hearing: Hearing | None, transcript: Transcript | None, words: str
) -> None:
    said = hearing_words(hearing, transcript)

    assert words in said
    assert bool(said) is bool(words)


def test_where_nothing_can_be_played_only_what_is_missing_is_put_otherwise() -> None:
    assert "could not be used" in hearing_words(Hearing.MISSING, None, playable=False)
    assert hearing_words(Hearing.HEARD, INVOICE, playable=False) == hearing_words(None, None, playable=False) == ""
