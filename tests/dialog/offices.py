"""A sample office and the facts of a call into it, for the tests of the dialogue."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from phonebot.dialog.dialogue import Dialogue
from phonebot.dialog.facts import Facts
from phonebot.domain.hours import parse_hours
from phonebot.domain.office import RECEPTION, Line, Office, Person
from phonebot.domain.phone import caller_id
from phonebot.domain.status import AwayStatus

LONDON = ZoneInfo("Europe/London")
TUESDAY = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)
JULIE = "+447700900143"
SUE_LINE = "+442079460100"
OFFICE_LINE = "+442079460101"

HOURS = parse_hours({"mon-fri": "09:00-17:30"}, ["2026-12-25"], LONDON)
OFFICE = Office("Cohen and Hart", HOURS, reception="+442079460199")
TOM = Person("tom", "Tom Hart", "102", "tom@example.com", "+447700900102")
SUE = Person("sue", "Sue Cohen", "101", "sue@example.com", "+447700900101", cover="tom", admin=True)
HARTLEY = Person("hartley", "Tom Hartley", "103", team="accounts")
ALIKE = (
    replace(SUE, pronounced=("cone",), team="accounts"),
    replace(TOM, team="sales"),
    HARTLEY,
    Person("anne", "Anne O'Neill", "104"),
)
"""People of whom two sound alike, and two are of one team."""


def facts_of(
    *,
    office: Office = OFFICE,
    people: Sequence[Person] = (SUE, TOM),
    statuses: Sequence[AwayStatus] = (),
    line: Line | None = None,
    caller: str | None = JULIE,
    now: datetime = TUESDAY,
    asks_verdict: bool = False,
    offers_texts: bool = False,
) -> Facts:
    """The facts of a turn in the sample office."""
    return Facts(
        now, office, line or Line(SUE_LINE, "sue"), caller_id(caller, office.region), people, statuses,
        asks_verdict=asks_verdict, offers_texts=offers_texts,
    )  # fmt: skip


def fresh_call(facts: Facts) -> Dialogue:
    """A call that has just come in on the facts' line."""
    rung = facts.line.answers
    return Dialogue() if rung == RECEPTION else replace(Dialogue(), person=rung, mailbox=rung)
