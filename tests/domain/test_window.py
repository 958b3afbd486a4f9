"""What callers say of when they would like the call, and the windows that they mean."""

import json
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebot.domain.window import Part, Window, understand, warm

LONDON = ZoneInfo("Europe/London")
NEW_YORK = ZoneInfo("America/New_York")
TUESDAY = datetime(2026, 11, 24, 10, 20, tzinfo=LONDON)
SENTENCES = [
    json.loads(line) for line in (Path(__file__).parent / "window_sentences.jsonl").read_text("utf-8").splitlines()
]
"""Each with the local start and end of its parts, said on a Tuesday at twenty past ten; no parts: not understood."""

EXPRESSIONS = [
    json.loads(line) for line in (Path(__file__).parent / "window_expressions.jsonl").read_text("utf-8").splitlines()
]
"""Times as people put them, worked out by hand: what was said, when (UTC), and the starts and ends it may mean.

A "date" is right on its day, an "interval" where it starts; one of `any_day` has no day of its own.
"""

WORDS = (
    *("tomorrow", "Thursday", "or", "and", "not", "before", "after", "between", "ten", "half", "past", "four", "3pm"),
    *("next", "week", "the", "fifth", "of", "March", "morning", "until", "to", "from", "in", "an", "hour", "any", "-"),
    *("busy", "I'm at work", "evening", "first thing", "31", "for", "three days", "end of", "last", ",", "no sorry"),
)


def naive(at: datetime | None) -> str | None:
    return None if at is None else at.replace(tzinfo=None).isoformat(timespec="minutes")


def said(text: str, now: datetime = TUESDAY, zone: ZoneInfo = LONDON) -> list[list[str | None]]:
    return [[naive(part.start), naive(part.end)] for part in understand(text, now, zone).parts]


@pytest.mark.parametrize("sentence", SENTENCES, ids=[each["said"] for each in SENTENCES])
def test_a_sentence_means_the_window_beside_it(sentence: dict[str, object]) -> None:
    assert said(str(sentence["said"])) == sentence["parts"]
    assert understand(str(sentence["said"]), TUESDAY, LONDON).sure is sentence["sure"]


def local(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def right(expression: dict[str, Any], now: datetime, start: datetime | None) -> bool:
    wanted = [local(first) for first, _ in expression["meant"]]
    if start is None or None in wanted:
        return None in wanted and (start is None or start <= now or start.time() == time(0) or expression["any_day"])
    whole_days = expression["kind"] == "date" or all(want and want.time() == time(0) for want in wanted)
    if expression["any_day"]:
        return start.time() in {want.time() for want in wanted if want}
    if whole_days:
        return start.date() in {want.date() for want in wanted if want}
    return start in wanted or any(want and want <= start <= now for want in wanted)


def suits(expression: dict[str, Any], start: datetime | None) -> bool:
    """Whether a call at that start would come within what was meant."""
    if expression["kind"] != "interval" or start is None:
        return False
    days = [timedelta(days=step) for step in ((-1, 0, 1) if expression["any_day"] else (0,))]
    spans = [(local(first), local(last)) for first, last in expression["meant"]]
    return any(
        (first is None or first + day <= start) and (last is None or start < last + day)
        for first, last in spans
        for day in days
    )


def answers() -> list[tuple[dict[str, Any], datetime, Window]]:
    found = []
    for expression in EXPRESSIONS:
        now = datetime.fromisoformat(expression["now"])
        found.append((expression, now, understand(expression["said"], now.replace(tzinfo=UTC), ZoneInfo("UTC"))))
    return found


def test_nearly_all_expressions_are_understood_and_hardly_any_as_another_time() -> None:
    wrong, missed = [], []
    for expression, now, window in answers():
        start = window.start.replace(tzinfo=None) if window.start else None
        if not window.understood:
            missed.append(expression["said"])
        elif not right(expression, now, start) and not suits(expression, start):
            wrong.append((expression["said"], str(start)))
    assert len(wrong) <= len(EXPRESSIONS) * 0.01, wrong
    assert len(missed) <= len(EXPRESSIONS) * 0.03, missed


@pytest.mark.parametrize(
    ("text", "now", "start"),
    [
        ("at three", "2026-11-24T10:00", "2026-11-24T15:00"),
        ("at three", "2026-11-24T15:30", "2026-11-25T15:00"),
        ("nine", "2026-11-24T08:00", "2026-11-24T09:00"),
        ("nine", "2026-11-24T11:00", "2026-11-25T09:00"),
        ("after six", "2026-11-24T11:00", "2026-11-24T18:00"),
        ("at seven", "2026-11-24T12:00", "2026-11-24T19:00"),
        ("this afternoon", "2026-11-24T16:30", "2026-11-24T12:00"),
        ("in the morning", "2026-11-24T09:00", "2026-11-25T08:00"),
        ("between nine and five", "2026-11-24T18:00", "2026-11-25T09:00"),
        ("the 24th", "2026-11-24T09:00", "2026-11-24T00:00"),
        ("the 23rd", "2026-11-24T09:00", "2026-12-23T00:00"),
        ("29 February", "2026-11-24T09:00", "2028-02-29T00:00"),
        ("next Friday", "2026-11-24T09:00", "2026-12-04T00:00"),
        ("Tuesday", "2026-11-24T09:00", "2026-12-01T00:00"),
    ],
)
def test_a_bare_hour_or_day_is_the_next_at_which_an_office_could_ring(text: str, now: str, start: str) -> None:
    window = understand(text, datetime.fromisoformat(now).replace(tzinfo=LONDON), LONDON)
    assert naive(window.start) == start


@pytest.mark.parametrize("text", ["this morning", "today at nine", "today before eight", "5 March 2020"])
def test_what_is_past_is_not_understood_rather_than_moved(text: str) -> None:
    assert said(text, datetime(2026, 11, 24, 14, 0, tzinfo=LONDON)) == []


@pytest.mark.parametrize(
    "text",
    ["next Friday", "maybe Thursday", "at seven tomorrow", "as soon as she's free", "5/10", "my purple one tomorrow"],
)
def test_another_likely_reading_makes_it_unsure(text: str) -> None:
    window = understand(text, TUESDAY, LONDON)
    assert window.understood
    assert not window.sure


def test_the_words_are_kept_as_they_were_said() -> None:
    assert understand("  Tomorrow, at TEN!", TUESDAY, LONDON).said == "  Tomorrow, at TEN!"


def test_days_are_those_of_the_zone_asked_for() -> None:
    late = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
    assert said("tomorrow at ten", late, NEW_YORK) == [["2026-11-25T10:00", "2026-11-25T10:30"]]
    window = understand("tomorrow at ten", late, NEW_YORK)
    assert window.start == datetime(2026, 11, 25, 15, 0, tzinfo=UTC)


def test_figures_are_read_in_the_order_of_the_zone() -> None:
    assert said("3/12/2026") == [["2026-12-03T00:00", "2026-12-04T00:00"]]
    assert said("12/3/2026", TUESDAY, NEW_YORK) == [["2026-12-03T00:00", "2026-12-04T00:00"]]


def test_an_hour_that_does_not_exist_is_the_moment_after_the_gap() -> None:
    before = datetime(2026, 3, 28, 12, 0, tzinfo=LONDON)
    window = understand("at 1:30 am tomorrow", before, LONDON)
    assert naive(window.start) == "2026-03-29T02:30"
    assert window.start == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_hours_are_counted_by_the_clock_on_the_wall_and_lengths_by_what_passes() -> None:
    before = datetime(2026, 3, 29, 0, 30, tzinfo=LONDON)
    assert understand("in an hour", before, LONDON).start == before.astimezone(UTC) + timedelta(hours=1)
    night = datetime(2026, 10, 25, 0, 30, tzinfo=LONDON)
    assert understand("in three hours", night, LONDON).start == night.astimezone(UTC) + timedelta(hours=3)


def test_a_window_without_parts_is_open_at_neither_end() -> None:
    window = Window((), "mumble")
    assert (window.start, window.end, window.understood) == (None, None, False)


def test_a_window_starts_with_its_first_part_and_ends_with_its_last() -> None:
    window = understand("Thursday or Friday, not before ten", TUESDAY, LONDON)
    assert (naive(window.start), naive(window.end)) == ("2026-11-26T10:00", "2026-11-28T00:00")


@pytest.mark.parametrize("language", ["fr", "de", ""])
def test_other_languages_are_not_guessed_at(language: str) -> None:
    assert understand("tomorrow", TUESDAY, LONDON, language).parts == ()


@pytest.mark.parametrize(
    "text", ["", " ", "\0", "\0tomorrow\0" * 9, "1" * 10_000, "tomorrow " * 1_200, "ten to " * 1_500, "-/:., " * 2_000]
)
def test_any_text_is_answered(text: str) -> None:
    assert understand(text, TUESDAY, LONDON).said == text


def sound(window: Window, now: datetime) -> None:
    for part in window.parts:
        assert part.start is None or part.start.tzinfo is not None
        assert part.start is None or part.end is None or part.start < part.end
        assert part.end is None or part.end > now
    starts = [part.start for part in window.parts if part.start is not None]
    assert starts == sorted(starts)
    assert window.parts or not window.sure


@given(st.text(max_size=400))
def test_no_text_at_all_raises_anything(text: str) -> None:
    sound(understand(text, TUESDAY, LONDON), TUESDAY)


@given(
    st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join),
    st.integers(0, 20 * 365 * 24 * 60),
    st.sampled_from([LONDON, NEW_YORK, ZoneInfo("Australia/Lord_Howe"), ZoneInfo("America/Havana")]),
)
def test_words_of_time_in_any_order_give_sound_windows_or_none(text: str, minutes: int, zone: ZoneInfo) -> None:
    now = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    sound(understand(text, now, zone), now)


@given(st.sampled_from(SENTENCES), st.sampled_from([str.upper, str.title, "  {}  ".format, "{}.".format]))
def test_letters_spaces_and_a_full_stop_change_nothing(sentence: dict[str, object], change: object) -> None:
    assert callable(change)
    text = str(sentence["said"])
    assert understand(change(text), TUESDAY, LONDON).parts == understand(text, TUESDAY, LONDON).parts


def test_warming_may_be_done_more_than_once() -> None:
    warm()
    warm()
    assert understand("tomorrow", TUESDAY, LONDON).parts == (
        Part(datetime(2026, 11, 25, tzinfo=LONDON), datetime(2026, 11, 26, tzinfo=LONDON)),
    )
