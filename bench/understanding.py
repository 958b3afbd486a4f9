"""What is understood of callers' words, how rightly, and at what cost, beside the bare libraries."""

import gc
import json
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import dateparser
from dateparser.search import search_dates
from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatcher, format_number

from bench.meant import NOW, Meant, Verdict, judge_instant, judge_parts, read_cases
from bench.table import Table, verdict
from bench.tellings import Told, tellings
from phonebot.domain.phone import spoken_number
from phonebot.domain.promise import promises
from phonebot.domain.window import understand, warm

LONDON = ZoneInfo("Europe/London")
SETTINGS = {"PREFER_DATES_FROM": "future", "RELATIVE_BASE": NOW}
SEED, MANY_TELLINGS, QUICK_TELLINGS = 20261124, 400, 100
SENTENCES = Path(__file__).parents[1] / "tests" / "domain" / "promise_sentences.jsonl"
MEDIAN_BUDGET, P99_BUDGET = 3.0, 20.0
SHOWN = 30

_FIGURES = dict(zip("zero one two three four five six seven eight nine".split(), "0123456789", strict=True))
_FIGURES |= {"oh": "0", "nought": "0"}
_DOUBLES = re.compile(r"\b(double|triple) (\d)")


@dataclass(frozen=True, slots=True)
class Heard[Answer]:
    """What each phrase was taken for, and the CPU it cost in milliseconds."""

    answers: list[Answer]
    milliseconds: list[float]

    def percentile(self, share: float) -> float:
        """A cost that was measured."""
        return sorted(self.milliseconds)[min(len(self.milliseconds) - 1, int(share * len(self.milliseconds)))]
