"""What is understood of callers' words, how rightly and at what cost, beside the bare libraries."""

import gc
import json
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

import dateparser
from dateparser.search import search_dates
from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatcher, format_number

from bench.meant import LONDON, NOW, Meant, Verdict, judge_instant, judge_parts, read_cases
from bench.table import Row, Table, verdict
from bench.tellings import DIGITS, Told, tellings
from phonebot.domain.phone import spoken_number
from phonebot.domain.promise import promises
from phonebot.domain.window import Window, understand, warm

SENTENCES = Path(__file__).parents[1] / "tests" / "domain" / "promise" / "promise_sentences.jsonl"
SEED, TELLINGS = 20261124, 400
MEDIAN_BUDGET, P99_BUDGET = 3.0, 20.0

_SETTINGS = {"PREFER_DATES_FROM": "future", "RELATIVE_BASE": NOW.replace(tzinfo=None)}
_FIGURES = {"zero": "0", "nought": "0", "plus": "+"} | {word: str(figure) for figure, word in enumerate(DIGITS)}
_TIMES = {"double": 2, "triple": 3}
_SHOWN = 12

Case = TypeVar("Case")
Answer = TypeVar("Answer")
Way = Callable[[Case], tuple[Verdict, float]]
"""Answers a case in one way: how it stands to what was meant, and the CPU it took in milliseconds."""


@dataclass(frozen=True, slots=True)
class Understood:
    """How one way did: a verdict for each case, and its CPU in milliseconds."""

    verdicts: list[Verdict]
    milliseconds: list[float]

    def share(self, *wanted: Verdict, among: Sequence[bool] | None = None) -> float:
        """The share of these verdicts in percent, among all cases or those marked."""
        counted = [found for number, found in enumerate(self.verdicts) if among is None or among[number]]
        return 100 * sum(found in wanted for found in counted) / len(counted)

    def percentile(self, share: float) -> float:
        """The milliseconds that this share of the phrases did not exceed."""
        ordered = sorted(self.milliseconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def understanding_tables() -> list[Table]:
    """Callback windows, telephone numbers and the wording guard."""
    return [window_table(read_cases()), number_table(tellings(SEED, TELLINGS)), guard_table()]


def in_turn(cases: Sequence[Case], ways: Sequence[Way[Case]]) -> list[Understood]:
    """Every case once in each way, the ways taking turns, so that all meet the same machine and no cache helps."""
    gc.collect()
    gc.freeze()
    try:
        found = [[way(case) for way in ways] for case in cases]
    finally:
        gc.unfreeze()
    return [Understood([row[way][0] for row in found], [row[way][1] for row in found]) for way in range(len(ways))]


def timed(answer: Callable[[Case], Answer], judge: Callable[[Case, Answer], Verdict]) -> Way[Case]:
    """A way that answers so and is judged so; judging costs it nothing."""

    def way(case: Case) -> tuple[Verdict, float]:
        began = time.thread_time_ns()
        answered = answer(case)
        took = time.thread_time_ns() - began
        return judge(case, answered), took / 1e6

    return way


def window_table(cases: list[Meant]) -> Table:
    """phonebot beside dateparser, which is given the words as they are or searches them for dates."""
    ways: list[Way[Meant]] = [
        timed(_parsed, judge_date),
        timed(_searched, judge_date),
        timed(_understood, judge_window),
    ]
    warm()
    _parsed(cases[0]), _searched(cases[0])
    found = in_turn(cases, ways)
    points = [case.kind in ("day", "point") for case in cases]
    spans = [case.kind in ("window", "several") for case in cases]
    silent = [case.kind == "none" for case in cases]
    some = [not each for each in silent]
    rights = (Verdict.RIGHT, Verdict.START)
    rows = [
        _row("understood as meant, %", [each.share(Verdict.RIGHT) for each in found]),
        _row(f"days and times of day ({sum(points)}), %", [e.share(*rights, among=points) for e in found], least=97),
        _row(f"stretches ({sum(spans)}): the start, %", [e.share(*rights, among=spans) for e in found], least=92),
        _row("stretches: every start and end, %", [each.share(Verdict.RIGHT, among=spans) for each in found]),
        _row(
            f"no time meant ({sum(silent)}), and none heard, %", [e.share(Verdict.RIGHT, among=silent) for e in found]
        ),
        _row("misleading, %", [each.share(Verdict.MISLEADING) for each in found], most=2),
        _row("no answer where a time is meant, %", [each.share(Verdict.NONE, among=some) for each in found]),
        *_cost_rows(found),
    ]
    missed = [case.said for case, found in zip(cases, found[-1].verdicts, strict=True) if found is not Verdict.RIGHT]
    bare = f"dateparser {version('dateparser')}"
    columns = (f"{len(cases)} phrases", bare, "the same, searching", "phonebot", "budget", "")
    return Table("Callback windows", columns, tuple(rows), _noted("Not as meant", missed))


def _parsed(case: Meant) -> datetime | None:
    return dateparser.parse(case.said, languages=["en"], settings=_SETTINGS)


def _searched(case: Meant) -> datetime | None:
    dates = search_dates(case.said, languages=["en"], settings=_SETTINGS)
    return dates[0][1] if dates else None


def _understood(case: Meant) -> Window:
    return understand(case.said, NOW, LONDON)


def judge_window(case: Meant, window: Window) -> Verdict:
    """Judge all parts of a window, however sure."""
    return judge_parts(case, [(part.start, part.end) for part in window.parts])


def judge_date(case: Meant, date: datetime | None) -> Verdict:
    """Judge what dateparser gives, which is local and naive as what it was told of the present."""
    return judge_instant(case, date.replace(tzinfo=LONDON) if date else None)


def number_table(told: list[Told]) -> Table:
    """phonebot beside libphonenumber's matcher, which is given the words or figures put in their place."""
    ways: list[Way[Told]] = [
        timed(lambda case: matched(case.text, case.region), judge_number),
        timed(lambda case: matched(with_figures(case.text), case.region), judge_number),
        timed(lambda case: spoken_number(case.text, case.region).e164, judge_number),
    ]
    for region in ("GB", "US"):
        matched("0", region), spoken_number("oh", region)
    found = in_turn(told, ways)
    one = [case.e164 is not None for case in told]
    none = [not each for each in one]
    rows = [
        _row("right, %", [each.share(Verdict.RIGHT) for each in found], least=99),
        _row(f"a number was told ({sum(one)}), %", [each.share(Verdict.RIGHT, among=one) for each in found]),
        _row(f"none was, or two ({sum(none)}), %", [each.share(Verdict.RIGHT, among=none) for each in found]),
        _row("misleading, %", [each.share(Verdict.MISLEADING) for each in found], most=0),
        _row("no answer where a number was told, %", [each.share(Verdict.NONE, among=one) for each in found]),
        *_cost_rows(found),
    ]
    missed = [case.text for case, found in zip(told, found[-1].verdicts, strict=True) if found is not Verdict.RIGHT]
    bare = f"phonenumbers {version('phonenumberslite')}"
    columns = (f"{len(told)} tellings", bare, "the same, given figures", "phonebot", "budget", "")
    return Table("Telephone numbers as spoken", columns, tuple(rows), _noted("Not as meant", missed))


def matched(text: str, region: str) -> str | None:
    """The first number libphonenumber finds, at its most lenient."""
    match = next(iter(PhoneNumberMatcher(text, region, leniency=Leniency.POSSIBLE)), None)
    return format_number(match.number, PhoneNumberFormat.E164) if match else None


def with_figures(text: str) -> str:
    """Words that name a digit replaced by it, doubles and triples written out, and digits put together."""
    written = re.sub(rf"\b({'|'.join(_FIGURES)})\b", lambda word: _FIGURES[word[0]], text)
    written = re.sub(r"\b(double|triple) (\d)", lambda both: both[2] * _TIMES[both[1]], written)
    return re.sub(r"(?<=[\d+])[ ,]+(?=\d)", "", written)


def judge_number(case: Told, e164: str | None) -> Verdict:
    """A number that was not told misleads; none is right only where none can be meant."""
    if e164 == case.e164:
        return Verdict.RIGHT
    return Verdict.MISLEADING if e164 else Verdict.NONE


def guard_table() -> Table:
    """The wording guard by itself: no library does this."""
    sentences = [json.loads(line) for line in SENTENCES.read_text(encoding="utf-8").splitlines()]
    cases = [(str(each["text"]), bool(each["promise"])) for each in sentences]
    promises(cases[0][0])
    (found,) = in_turn(cases, [timed(lambda case: bool(promises(case[0])), _judge_flag)])
    promised = [promise for _, promise in cases]
    caught = sum(promise and each is Verdict.RIGHT for promise, each in zip(promised, found.verdicts, strict=True))
    false = sum(
        not promise and each is not Verdict.RIGHT for promise, each in zip(promised, found.verdicts, strict=True)
    )
    rows = [
        _row(f"promises found, of {sum(promised)}, %", [100 * caught / sum(promised)], least=97),
        _row("promises among what was flagged, %", [100 * caught / max(1, caught + false)], least=97),
        *_cost_rows([found]),
    ]
    return Table("The wording guard", (f"{len(cases)} sentences", "phonebot", "budget", ""), tuple(rows))


def _judge_flag(case: tuple[str, bool], flagged: bool) -> Verdict:
    if flagged is case[1]:
        return Verdict.RIGHT
    return Verdict.MISLEADING if flagged else Verdict.NONE


def _row(name: str, figures: list[float], *, least: float | None = None, most: float | None = None) -> Row:
    """A row of percentages, the last of which is phonebot's and stands against the budget."""
    ours, shown = figures[-1], [f"{figure:.1f}" for figure in figures]
    if least is not None:
        return (name, *shown, f"≥ {least}", verdict(ours >= least))
    if most is not None:
        return (name, *shown, f"≤ {most}", verdict(ours <= most))
    return (name, *shown, "", "")


def _cost_rows(found: list[Understood]) -> list[Row]:
    rows = []
    for name, share, budget in (("median", 0.5, MEDIAN_BUDGET), ("99th percentile", 0.99, P99_BUDGET)):
        figures = [each.percentile(share) for each in found]
        shown = (f"{figure:.2f}" for figure in figures)
        rows.append((f"CPU, {name} (ms)", *shown, f"< {budget:.0f}", verdict(figures[-1] < budget)))
    return rows


def _noted(title: str, missed: list[str]) -> str:
    """The first of what was missed, so that a figure can be looked into."""
    if not missed:
        return ""
    more = f" and {len(missed) - _SHOWN} more" if len(missed) > _SHOWN else ""
    return f"{title}: " + "; ".join(f"“{words}”" for words in missed[:_SHOWN]) + more + "."
