"""What the figures of understanding rest on: sound cases, a fair judge, and floors that do what they can."""

import re
from collections import Counter
from datetime import datetime

import phonenumbers
import pytest

from bench.meant import LONDON, NOW, Meant, Verdict, judge_instant, judge_parts, read_cases
from bench.tellings import Told, tellings
from bench.understanding import (
    Understood,
    in_turn,
    judge_number,
    matched,
    number_table,
    timed,
    window_table,
    with_figures,
)

CASES = {case.said: case for case in read_cases()}
FICTION = re.compile(r"\+447700900\d{3}|\+442079460\d{3}|\+1\d{3}55501\d{2}")


def at(written: str | None) -> datetime | None:
    """A local instant, in November 2026 where no year is written."""
    if written is None:
        return None
    return datetime.fromisoformat(written if len(written) > 9 else f"2026-11-{written}").replace(tzinfo=LONDON)


def test_cases_are_many_distinct_and_of_every_kind() -> None:
    cases = read_cases()
    kinds = Counter(case.kind for case in cases)
    assert len(cases) == len(CASES) >= 120
    assert set(kinds) == {"day", "point", "window", "several", "none"}
    assert min(kinds.values()) >= 10


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_what_was_meant_can_be_and_is_not_over(case: Meant) -> None:
    assert bool(case.parts) is (case.kind != "none")
    assert (len(case.parts) > 1) is (case.kind == "several")
    for start, end in case.parts:
        assert all(low <= high for low, high in (*start, *end))
        assert min(low for low, _ in start) < max(high for _, high in end) > NOW
    starts = [max(high for _, high in start) for start, _ in case.parts]
    assert starts == sorted(starts)


@pytest.mark.parametrize(
    ("said", "parts", "verdict"),
    [
        ("between two and four tomorrow", [("25T14:00", "25T16:00")], Verdict.RIGHT),
        ("between two and four tomorrow", [("25T14:00", "25T17:00")], Verdict.START),
        ("between two and four tomorrow", [("25T15:00", "25T16:00")], Verdict.INSIDE),
        ("between two and four tomorrow", [("25T14:00", "25T16:00"), ("26T14:00", "26T16:00")], Verdict.MISLEADING),
        ("between two and four tomorrow", [("25T02:00", "25T04:00")], Verdict.MISLEADING),
        ("between two and four tomorrow", [], Verdict.NONE),
        ("today or tomorrow", [("24T00:00", "25T00:00"), ("25T00:00", "26T00:00")], Verdict.RIGHT),
        ("Wednesday or Friday", [("25T00:00", "26T00:00")], Verdict.START),
        ("tomorrow morning", [("25T08:00", "25T12:00")], Verdict.RIGHT),
        ("before four", [(None, "24T16:00")], Verdict.RIGHT),
        ("tomorrow morning", [(None, "25T12:00")], Verdict.MISLEADING),
        ("after three", [("24T15:00", None)], Verdict.RIGHT),
        ("I really don't know", [], Verdict.RIGHT),
        ("I really don't know", [("25T00:00", None)], Verdict.MISLEADING),
    ],
)
def test_a_window_is_judged_by_every_part(
    said: str, parts: list[tuple[str | None, str | None]], verdict: Verdict
) -> None:
    assert judge_parts(CASES[said], [(at(start), at(end)) for start, end in parts]) is verdict


@pytest.mark.parametrize(
    ("said", "instant", "verdict"),
    [
        ("any time tomorrow", "25T10:42", Verdict.RIGHT),
        ("any time tomorrow", "24T10:42", Verdict.MISLEADING),
        ("half nine tomorrow", "25T09:30", Verdict.RIGHT),
        ("half nine tomorrow", "25T21:30", Verdict.MISLEADING),
        ("between two and four tomorrow", "25T14:00", Verdict.START),
        ("between two and four tomorrow", "25T15:00", Verdict.INSIDE),
        ("next week", "2026-11-30T10:42", Verdict.START),
        ("next week", "2026-12-01T10:42", Verdict.INSIDE),
        ("next week", None, Verdict.NONE),
        ("order number 1530", None, Verdict.RIGHT),
        ("order number 1530", "24T15:30", Verdict.MISLEADING),
    ],
)
def test_a_library_is_judged_kindly_by_its_one_instant(said: str, instant: str | None, verdict: Verdict) -> None:
    assert judge_instant(CASES[said], at(instant)) is verdict


def test_a_seed_tells_the_same_fiction_numbers_again_and_every_tenth_means_none() -> None:
    told = tellings(7, 300)
    assert told == tellings(7, 300)
    assert told != tellings(8, 300)
    assert [number for number, each in enumerate(told) if each.e164 is None] == list(range(9, 300, 10))
    assert all(FICTION.fullmatch(each.e164) for each in told if each.e164)
    assert len({each.text for each in told}) > 290


def test_a_telling_of_figures_alone_is_the_number_it_means() -> None:
    figures = [each for each in tellings(7, 2000) if re.fullmatch(r"[\d +]+", each.text) and each.e164]
    assert figures
    for each in figures:
        number = phonenumbers.parse(each.text, each.region)
        assert phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) == each.e164


@pytest.mark.parametrize(
    ("text", "region", "e164"),
    [
        ("it's um all right", "GB", None),
        ("it's oh double seven double oh nine double oh one two three thanks", "GB", "+447700900123"),
        ("plus four four two oh, seven nine four six, oh one four three", "GB", "+442079460143"),
        ("two one two, triple five, oh one four three", "US", "+12125550143"),
    ],
)
def test_the_second_floor_reads_words_for_digits(text: str, region: str, e164: str | None) -> None:
    assert matched(with_figures(text), region) == e164


def test_a_number_not_told_misleads() -> None:
    told, nothing = Told("", "GB", "+447700900123"), Told("", "GB", None)
    assert judge_number(told, "+447700900123") is judge_number(nothing, None) is Verdict.RIGHT
    assert judge_number(told, "+447700900124") is judge_number(nothing, "+447700900123") is Verdict.MISLEADING
    assert judge_number(told, None) is Verdict.NONE


def test_ways_take_turns_and_each_has_its_own_verdicts_and_its_own_cost() -> None:
    asked: list[str] = []

    def answering(name: str, e164: str | None) -> str | None:
        asked.append(name)
        return e164

    told = tellings(7, 2)
    found = in_turn(
        told,
        [
            timed(lambda case: answering("right", case.e164), judge_number),
            timed(lambda _: answering("none", None), judge_number),
        ],
    )
    assert asked == ["right", "none"] * 2
    assert [each.share(Verdict.RIGHT) for each in found] == [100, 0]
    assert found[1].share(Verdict.NONE, among=[True, False]) == 100
    assert all(cost >= 0 for each in found for cost in each.milliseconds)


def test_a_percentile_is_a_cost_that_was_measured() -> None:
    assert Understood([], [0.4, 0.1, 0.3, 0.2]).percentile(0.5) == 0.3


def test_tables_set_phonebot_beside_the_libraries_and_name_what_it_missed() -> None:
    other = Meant("half nine tomorrow", "day", CASES["Friday's best for me"].parts)
    told = tellings(7, 20)
    tables = (window_table([*read_cases()[:4], CASES["after three"], CASES["no"], other]), number_table(told))
    for table in tables:
        assert {len(row) for row in table.rows} == {len(table.columns)}
    assert "half nine tomorrow" in tables[0].note
    assert "OVER" in {row[-1] for row in tables[0].rows}
