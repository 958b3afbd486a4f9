"""The digest as mail, page and text message: complete, harmless, and short to make."""

import re
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebot.domain.digest import Accepted, Act, Done, Owed, order
from phonebot.domain.message import State
from phonebot.domain.transcript import Transcript
from phonebot.mail.digest_mail import digest_letter, digest_text
from phonebot.mail.letter import Letter
from phonebot.mail.short_text import fits
from tests.mail.reading import read, words_of
from tests.owing import NEXT, NOW, OFFICE, at, digest_of, julie, link, tried


def letter_of(*owed: Owed, **changes: object) -> Letter:
    return digest_letter(digest_of(*owed, **changes), OFFICE, link)


def both(letter: Letter) -> list[str]:
    """The letter's two forms, as people read them."""
    return [words_of(letter.text), words_of(read(letter.html).text)]


def acts(letter: Letter) -> list[str]:
    """What the links of a letter do, in order."""
    return [re.sub(r".*/\d+-(.*)\.signed", r"\1", address) for address, _ in read(letter.html).links]


def test_an_item_says_who_and_when_and_about_what_and_what_they_were_told() -> None:
    for form in both(letter_of(julie())):
        for words in (
            "Julie Smith, Hartwell Dental",
            "+44 20 7946 0143",
            "Wednesday 25 Nov after 15:00",
            "Tomorrow, after three",
            "Last month's invoice was charged twice.",
            "Told on Tuesday 10:42:",
            "Sue will have this when she is free. I can't say when she'll call.",
            "Not tried yet",
            "K7QM",
            "rang Tuesday 10:41",
        ):
            assert words in form


@pytest.mark.parametrize(
    ("owed", "subject"),
    [
        ([julie()], "1 call owed, since yesterday"),
        ([julie(), julie(received_at=at(20, 9))], "2 calls owed, the oldest since Friday"),
        ([julie(owner="tom", owner_name="Tom Hart")], "1 call owed for Tom Hart, since yesterday"),
        ([julie(), julie(owner="tom", owner_name="Tom Hart")], "2 calls owed, the oldest since yesterday"),
        ([], "No calls owed"),
    ],
)
def test_the_subject_counts_what_is_owed_and_says_since_when(owed: list[Owed], subject: str) -> None:
    assert letter_of(*owed).subject == subject


def test_the_cover_sees_whose_it_is_and_the_owner_is_not_told_what_they_know() -> None:
    covered = letter_of(julie(), julie(number=2), person="tom", person_name="Tom Hart")

    assert all(form.count("For Sue Cohen") == 2 for form in both(covered))
    assert all("For Sue" not in form for form in both(letter_of(julie())))


def test_tries_are_told_with_who_made_them_and_what_came_of_it() -> None:
    owed = julie(
        tries=(tried("no-answer", "Tom Hart"), tried("reached", "Tom Hart", holding=True, note="Would rather have Sue"))
    )
    for form in both(letter_of(owed)):
        assert "Tried Tuesday 14:05 by Tom Hart: no answer" in form
        assert "Holding call Tuesday 14:05 by Tom Hart: spoke to them" in form
        assert "Would rather have Sue" in form
        assert "Not tried yet" not in form


def test_of_many_tries_the_latest_are_told_and_the_others_counted() -> None:
    owed = julie(tries=tuple(tried("busy", at=at(24, 8 + hour)) for hour in range(8)))

    for form in both(letter_of(owed)):
        assert "3 earlier tries" in form
        assert form.count("engaged") == 5
        assert "15:00 by Sue Cohen" in form


@pytest.mark.parametrize(
    ("owed", "words"),
    [
        (julie(state=State.SAID_RETURNED), "Said to be returned; the caller has not said so."),
        (julie(tries=(tried("joined"),), state=State.JOINED_UNCONFIRMED), "joined, not confirmed"),
        (julie(denied_at=at(24, 17)), "Tuesday 17:00: the caller says that nobody got back to them."),
        (julie(state=State.REOPENED), "The caller says that nobody got back to them."),
        (julie(state=State.HELD), "still owed"),
        (
            julie(accepted=Accepted("Sue Cohen", "sue", at(25, 17))),
            "You took this on, to call by Wednesday 25 Nov 17:00.",
        ),
        (julie(accepted=Accepted("Tom Hart", "tom", at(24, 17), slipped=True)), "That time has passed."),
        (julie(claimed_by="Tom Hart"), "Tom Hart has it in hand now."),
        (julie(passed_by="Tom Hart"), "Passed on by Tom Hart."),
        (julie(may_be_called="the number was withheld"), "cannot be called from here: the number was withheld"),
        (julie(complete=False), "rang off before everything was asked"),
        (julie(window_parts=(), window_said="when the cows come home"), "when the cows come home"),
        (julie(window_parts=(), window_said=None), "When: not said"),
        (julie(name=None, company=None), "No name given"),
        (julie(phone=None, caller_id=None), "No number given"),
        (julie(caller_id="+447700900155"), "rang from +44 7700 900155"),
        (julie(transcript=Transcript("it was charged twice")), "it was charged twice"),
        (julie(overdue=True), "Overdue"),
        (julie(business="it's urgent"), "Urgent"),
        (replace(julie(), window_parts=(replace(julie().window_parts[0], end=at(25, 8)),)), "has passed"),
    ],
)
def test_both_forms_say_where_it_stands(owed: Owed, words: str) -> None:
    for form in both(letter_of(owed)):
        assert words in form


@pytest.mark.parametrize(
    ("owed", "expected"),
    [
        (julie(), "call accept said tried pass"),
        (julie(recording_seconds=42.3), "hear call accept said tried pass"),
        (julie(may_be_called="the number was withheld"), "accept said tried pass"),
        (julie(phone=None, caller_id=None), "said tried pass"),
        (julie(accepted=Accepted("Sue Cohen", "sue", at(25, 17))), "call said tried pass"),
        (julie(accepted=Accepted("Sue Cohen", "sue", at(24, 17), slipped=True)), "call accept said tried pass"),
        (julie(accepted=Accepted("Tom Hart", "tom", at(25, 17))), "call said tried pass"),
        (julie(state=State.SAID_RETURNED), "call accept tried pass"),
        (julie(denied_at=at(24, 17)), "call accept tried pass"),
        (julie(asks_what_happened=True), "spoke left-word wrong-number call accept pass"),
    ],
)
def test_a_message_offers_what_can_be_done_with_it_and_asks_staff_for_no_word_that_counts_for_nothing(
    owed: Owed, expected: str
) -> None:
    letter = letter_of(owed)

    assert acts(letter) == expected.split()
    assert all(letter.text.splitlines().count(f"    {link(owed, Act(act))}") == 1 for act in expected.split())


def test_a_joined_call_nobody_confirmed_is_asked_about_by_the_name_of_who_made_it() -> None:
    mine = julie(tries=(tried("joined"),), asks_what_happened=True)
    toms = julie(tries=(tried("joined", "Tom Hart"),), asks_what_happened=True)

    assert all("You were joined" in form and "What happened?" in form for form in both(letter_of(mine)))
    assert all("Tom Hart was joined" in form for form in both(letter_of(toms)))


def test_what_was_returned_who_helped_and_who_left_nothing_come_after_what_is_owed() -> None:
    letter = letter_of(
        julie(),
        returned=(Done("AAAA", "Ann Lee, Bright Ltd", at(24, 14, 10), "spoke", "Sue Cohen"),),
        helped=(Done("BBBB", "Jo Bloggs", at(24, 15, 10), "the caller says so", "Tom Hart", helped=True),),
        missed=((at(24, 11), "+447700900143"), (at(24, 12), "+447700900143"), (at(24, 13, 2), None)),
    )
    for form in both(letter):
        owed, returned, helped, missed, after = (
            form.index(words)
            for words in (
                "K7QM",
                "Returned since the last one",
                "What a colleague did",
                "3 calls that left",
                "Links ask",
            )
        )
        assert owed < returned < helped < missed < after
        assert "Ann Lee, Bright Ltd" in form[returned:helped]
        assert "Tom Hart: the caller says so" in form[helped:missed]
        assert "+44 7700 900143 2 times, last Tuesday 12:00" in form[missed:after]
        assert "withheld Tuesday 13:02" in form[missed:after]
        assert "Wednesday 25 Nov 16:00" in form[after:]


def test_a_flood_of_missed_calls_stays_a_line_or_two() -> None:
    missed = tuple((at(24, 9) + timedelta(minutes=each), f"+44770090{each:04}") for each in range(300))

    (line,) = [
        form[form.index("300 calls that") : form.index("Links ask")] for form in both(letter_of(missed=missed))[:1]
    ]

    assert "292 more numbers" in line
    assert len(line) < 500


NASTY = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "a\r\nBcc: everybody@example.com",
    "\x1b[2J\x00gone",
    "\u202egpj.exe",
    "{{ 7 * 7 }} {% raw %}",
    '=HYPERLINK("http://example.com")',
    "\ud800",
    "😀" * 30,
]


@pytest.mark.parametrize("nasty", NASTY)
def test_fault_62_what_a_caller_says_is_inert_wherever_it_is_shown(nasty: str) -> None:
    owed = julie(
        name=nasty, company=nasty, business=nasty, window_said=nasty, transcript=Transcript(nasty),
        told=((NOW, nasty),), tries=(tried("busy", note=nasty),),
    )  # fmt: skip
    letter = letter_of(owed, returned=(Done("AAAA", nasty, NOW, "spoke", "Sue Cohen"),))
    page = read(letter.html)

    assert {"script", "img", "iframe", "object", "form"}.isdisjoint(page.tags)
    assert all(not name.startswith("on") for name, _ in page.attributes)
    assert len(letter.subject.splitlines()) == 1
    assert "\nBcc:" not in letter.text
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e\ud800-\udfff]", letter.text + letter.html + letter.subject)
    assert letter.text.encode()
    assert letter.html.encode()


CALLER_WORDS = st.text(max_size=60)


@given(CALLER_WORDS, CALLER_WORDS, CALLER_WORDS)
def test_fault_20_any_words_leave_the_page_whole_and_stand_isolated(name: str, business: str, note: str) -> None:
    plain = letter_of(julie(name="Julie", business="Invoice", tries=(tried("busy", note="A note"),)))
    letter = letter_of(julie(name=f"J{name}", business=f"B{business}", tries=(tried("busy", note=f"N{note}"),)))

    assert read(letter.html).tags == read(plain.html).tags
    assert len(read(letter.html).isolated) == len(read(plain.html).isolated)
    assert acts(letter) == acts(plain)


def test_names_written_from_right_to_left_turn_nothing_around_them() -> None:
    letter = letter_of(julie(name="محمد", company="Hartwell Dental"))

    assert "\u2068محمد\u2069, Hartwell Dental" in letter.text
    assert read(letter.html).isolated[:2] == ["محمد", "Hartwell Dental"]


def test_the_page_fetches_nothing_rings_nothing_and_knows_the_dark() -> None:
    letter = letter_of(julie(recording_seconds=5, transcript=Transcript("Hello")))
    page = read(letter.html)

    assert {"img", "script", "link", "iframe", "video", "audio"}.isdisjoint(page.tags)
    assert not re.search(r"url\(|@import|src=|tel:|mailto:|javascript:", letter.html)
    assert all(address.startswith("https://phonebot.example.com/do/") for address, _ in page.links)
    assert "prefers-color-scheme: dark" in letter.html
    assert ("content", "light dark") in page.attributes


def test_links_carry_no_number_and_no_name() -> None:
    for address, _ in read(letter_of(julie(recording_seconds=5)).html).links:
        assert not re.search(r"0143|julie|smith|hartwell|K7QM", address, re.IGNORECASE)


def test_headings_make_an_outline_and_every_message_is_an_item_of_a_list() -> None:
    page = read(letter_of(julie(), julie(number=2, name="Bob"), returned=(Done("A", "Ann", NOW, "spoke", "T"),)).html)

    assert [level for level, _ in page.headings] == [1, 2, 2, 2]
    assert page.headings[1][1].startswith("Julie Smith, Hartwell Dental")
    assert page.tags.count("h1") == page.tags.count("main") == page.tags.count("ol") == 1


def test_the_lines_of_the_plain_text_are_short_but_for_the_addresses() -> None:
    talk = " ".join(["word"] * 300)
    letter = letter_of(
        julie(business=talk, transcript=Transcript(talk), told=((NOW, talk),), tries=(tried("busy", note=talk),))
    )

    assert all(len(line) <= 78 for line in letter.text.splitlines() if "https://" not in line)
    assert words_of(letter.text).count(talk) == 4


def test_nothing_a_caller_said_can_stand_where_our_own_lines_begin() -> None:
    letter = letter_of(julie(business="x" * 60 + " Call now: https://example.com/evil " * 9))
    lines = [line for line in letter.text.splitlines() if "evil" in line]

    assert len(lines) > 3
    assert all(line.startswith(" " * 6) for line in lines)


def test_a_digest_asked_for_with_nothing_owed_says_so() -> None:
    for form in both(letter_of()):
        assert "No calls owed" in form
    assert digest_text(digest_of(), OFFICE) == "No calls owed."


def test_the_text_message_says_how_many_since_when_and_the_first_of_them() -> None:
    text = digest_text(digest_of(julie(), julie(number=2, ref="B3XN", name="Bob", company=None)), OFFICE)

    assert text.startswith("2 calls owed, oldest since Tue 10:41.")
    assert "K7QM Julie Smith, Hartwell Dental would like Wed 25 Nov after 15:00" in text
    assert "B3XN Bob" in text
    assert "0143" not in text


@given(st.lists(st.builds(julie, name=st.text(max_size=80), company=st.none() | st.text(max_size=80)), max_size=30))
def test_a_text_message_goes_in_two_segments_and_counts_whom_it_leaves_out(owed: list[Owed]) -> None:
    text = digest_text(digest_of(*owed), OFFICE)
    named = text.count("K7QM")
    left = re.search(r"And (\d+) more\.$", text)

    assert fits(text)
    assert named + (int(left[1]) if left else 0) == len(owed)


def test_five_hundred_messages_are_composed_in_well_under_a_second() -> None:
    """The budget is 100 ms of CPU; measured 65 ms on a 2-core cloud machine. The bound leaves room for a slower one."""
    many = [
        julie(
            number=each,
            ref=f"R{each:03}",
            phone=f"+4420794{60000 + each}",
            received_at=NOW - timedelta(minutes=each),
            tries=(tried("no-answer"), tried("busy", "Tom Hart")),
            recording_seconds=each,
            business=f"invoice {each}",
        )
        for each in range(500)
    ]
    digest_letter(digest_of(*many[:2]), OFFICE, link)

    began = time.process_time()
    letter = digest_letter(digest_of(*order(many, NOW, NEXT)), OFFICE, link)
    spent = time.process_time() - began

    assert spent < 0.3
    assert letter.text.count("https://") == 500 * 6
    assert len(read(letter.html).links) == 500 * 6
