"""Who rang and why, for the ear of whoever returns the call."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebot.domain.message import Answers, Message, State
from phonebot.domain.office import OfficeBook
from phonebot.domain.promise import promises
from phonebot.domain.speaking import word_count
from phonebot.domain.window import Part
from phonebot.services.callbacks.words import MOST_WORDS, who_and_why
from phonebot.store.messages import KeptMessage
from tests.dialog.offices import OFFICE, SUE, TOM
from tests.offices import JULIE
from tests.returning import english
from tests.running import TUESDAY

PROMPTS = english()
BOOK = OfficeBook(OFFICE, (SUE, TOM))
TOMORROW = Part(datetime(2026, 11, 25, 15, tzinfo=UTC), datetime(2026, 11, 25, 17, 30, tzinfo=UTC))


def said(
    now: datetime = TUESDAY, *, by: str = "sue", mailbox: str = "sue", received: datetime = TUESDAY, **given: Any
) -> str:
    """What is said of a message with these answers."""
    message = Message("K7QM", "CA1", mailbox, State.NEW, True, received, JULIE, Answers(**given))
    return who_and_why(KeptMessage(message), BOOK, by, JULIE, now, PROMPTS.speak)


WHOLE: dict[str, Any] = {
    "name": "Julie Smith",
    "company": "Hartwell Dental",
    "business": "Last month's invoice.",
    "window_parts": (TOMORROW,),
}


def test_who_rang_and_when_and_why_and_when_it_suits_them() -> None:
    assert said(**WHOLE) == (
        "Julie Smith of Hartwell Dental rang you this morning about Last month's invoice. "
        "It suits them tomorrow between three and half past five."
    )


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "this morning"), (1, "yesterday morning"), (2, "on Tuesday morning"), (6, "on Tuesday morning"),
     (7, "on the 24th of November"), (400, "on the 24th of November")],
)  # fmt: skip
def test_the_day_is_named_as_one_would_name_it(days: int, words: str) -> None:
    assert f"rang you {words}." in said(TUESDAY + timedelta(days=days), name="Julie")


@pytest.mark.parametrize(
    ("mailbox", "whom"), [("sue", "you"), ("tom", "Tom"), ("office", "the office"), ("gone", "Cohen and Hart")]
)
def test_whom_they_rang_is_said(mailbox: str, whom: str) -> None:
    assert f"rang {whom} this morning" in said(mailbox=mailbox, name="Julie")


def test_who_gave_no_name_is_the_end_of_their_number() -> None:
    assert said() == "Somebody on the number ending oh one four three rang you this morning."


words = (
    st.none()
    | st.text(max_size=200)
    | st.lists(st.sampled_from(["invoice", "the", "x" * 300]), max_size=60).map(" ".join)
)
instants = st.integers(-30, 120).map(lambda hours: TUESDAY + timedelta(hours=hours * 7))
parts = st.lists(st.builds(Part, st.none() | instants, st.none() | instants), max_size=5).map(tuple)


@given(words, words, words, parts, st.sampled_from(["sue", "tom", "office"]), st.integers(0, 90))
def test_whatever_a_caller_said_it_is_short_and_can_be_spoken(
    name: str | None, company: str | None, business: str | None, when: tuple[Part, ...], mailbox: str, days: int
) -> None:
    sentence = said(
        TUESDAY + timedelta(days=days),
        mailbox=mailbox,
        name=name,
        company=company,
        business=business,
        window_parts=when,
    )

    assert word_count(sentence) <= MOST_WORDS
    assert len(sentence) < 600


@pytest.mark.parametrize("prompt", sorted(one for one in PROMPTS.ids if one.startswith("callback-")))
def test_nothing_said_to_staff_is_long_or_a_promise(prompt: str) -> None:
    assert PROMPTS.longest_words(prompt) <= MOST_WORDS
    assert not any(promises(wording) for wording in PROMPTS.wordings(prompt))
