"""Dates written in figures with their year: dateparser reads them, in the order used where the office is."""

from datetime import date, datetime

import dateparser

FIGURES = r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:20\d\d|\d{2}))"
"""The pattern of such a date."""

_MONTH_FIRST = ("America", "US", "Canada", "Etc", "UTC", "GMT")


def day_first(now: datetime) -> bool:
    """Whether 5/10 is the fifth of October in that zone; a zone of no place counts as American."""
    return not getattr(now.tzinfo, "key", "UTC").startswith(_MONTH_FIRST)


def date_in_figures(said: str, now: datetime) -> date | None:
    """The date meant by figures such as 2026-12-01 or 1/12/2026; None where there is none such."""
    order = "DMY" if day_first(now) else "MDY"
    settings = {
        "PREFER_DATES_FROM": "future",
        "RELATIVE_BASE": now.replace(tzinfo=None),
        "REQUIRE_PARTS": ["day", "month", "year"],
        "DATE_ORDER": "YMD" if said[:4].isdigit() else order,
    }
    found = dateparser.parse(said, languages=["en"], settings=settings)
    return None if found is None else found.date()
