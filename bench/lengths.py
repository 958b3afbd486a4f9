"""How long a call is for the caller, by the simulator's clock: 2.6 words a second, 1.5 s a turn, 3 s an answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bench.ground import OFFICE, Ground, environment
from bench.posts import ACCOUNT, CALLER, LINE, TOKEN
from bench.table import Table, verdict
from phonebot.app import create_app
from phonebot.config import load_settings
from phonebot.domain.status_draft import StatusOptions, make_status
from phonebot.domain.status_text import read_status
from phonebot.prompts import Prompts, data_folder
from phonebot.services.office.loading import load
from phonebot.simulator import LiveCall, Network, Served
from phonebot.store.database import Database
from phonebot.store.offices import load_office
from phonebot.store.schema import migrate
from phonebot.store.statuses import add_status

OFFICE_LINE = "+442079460101"
SUMMING_UP = "sum-up"
ANSWER_SECONDS = 3.0
"""What the simulator counts for an answer; pressing one key at once takes the caller none of it."""


@dataclass(frozen=True, slots=True)
class Situation:
    """A status, set when it was set (nothing: none was), and the local time at which the caller rings."""

    name: str
    note: str
    set_at: str
    rings_at: str
    line: str = LINE


SITUATIONS = (
    Situation("in meetings until half past two", "in meetings until 14:30", "2026-11-24T09:00", "2026-11-24T10:42"),
    Situation("no status today", "", "", "2026-11-24T10:42"),
    Situation(
        "on leave until Monday, Tom covers", "on leave until Monday, tom covers", "2026-11-24T09:00", "2026-11-25T10:42"
    ),
    Situation("past the time, within the leeway", "in meetings until 14:30", "2026-11-24T09:00", "2026-11-24T14:40"),
    Situation("out today", "out today", "2026-11-24T09:00", "2026-11-24T10:42"),
    Situation("closed for the night", "", "", "2026-11-24T21:10"),
    Situation("closed for a holiday", "", "", "2026-12-25T11:00"),
    Situation("the office's own line", "", "", "2026-11-24T10:42", OFFICE_LINE),
)


@dataclass(frozen=True, slots=True)
class Length:
    """One situation's figures: seconds, turns and words."""

    first_question: float
    star_to_tone: float | None
    turns: int | None
    seconds: float | None
    summing_up: int | None


def length_tables(ground: Ground) -> list[Table]:
    """The figures against their budgets, and each situation's own."""
    measured = [(situation, _measure(ground, situation)) for situation in SITUATIONS]
    detail = Table(
        "The same, situation by situation",
        ("situation", "first question (s)", "star to tone (s)", "turns", "seconds", "summing-up (words)"),
        tuple((situation.name, *_cells(length)) for situation, length in measured),
    )
    return [_against_budget([length for _, length in measured]), detail]


def _against_budget(lengths: list[Length]) -> Table:
    prompts = Prompts.load(data_folder("prompts"))
    longest = max(prompts.ids - {SUMMING_UP}, key=prompts.longest_words)
    rows = [
        _row("first question, after the answer (s)", [length.first_question for length in lengths], 15),
        _row("star to tone (s)", [length.star_to_tone for length in lengths], 5),
        _row("known number, all right first time: turns", [length.turns for length in lengths], 7),
        _row("the same without the recording (s)", [length.seconds for length in lengths], 75),
        _row("summing-up, as heard (words)", [length.summing_up for length in lengths], 40),
        _row(f"longest prompt, `{longest}` (words)", [prompts.longest_words(longest)], 25),
    ]
    return Table("The length of a call", ("", "in meetings", "longest", "budget", ""), tuple(rows))


def _row(
    name: str, found: list[float | None] | list[int | None] | list[int] | list[float], budget: float
) -> tuple[str, ...]:
    longest = max(figure for figure in found if figure is not None)
    return (name, _shown(found[0]), _shown(longest), f"≤ {budget}", verdict(longest <= budget))


def _shown(figure: float | None) -> str:
    return "" if figure is None else f"{figure:.1f}" if isinstance(figure, float) else str(figure)


def _cells(length: Length) -> tuple[str, ...]:
    figures = (length.first_question, length.star_to_tone, length.turns, length.seconds, length.summing_up)
    return tuple(map(_shown, figures))


def _measure(ground: Ground, situation: Situation) -> Length:
    with _ringing(ground, situation) as network:
        phone = network.phone(CALLER)
        first = phone.dials(situation.line)
        asked = first.seconds
        if situation.line == OFFICE_LINE:
            first.hangs_up()
            return Length(asked, None, None, None, None)
        first.hangs_up()
        star = phone.dials(situation.line).presses("*", at_once=True)
        tone = _star_to_tone(star)
        star.hangs_up()
        call = phone.dials(situation.line)
        call.says("Julie Smith, from Hartwell Dental.").says("Yes.").says("Last month's invoice, it was charged twice.")
        call.says("Any time after Monday.").records(4, "#")
        summed_up = len(" ".join(call.heard).split())
        call.says("Yes.").hears_goodbye()
        return Length(asked, tone, call.turns, call.seconds_without_recording, summed_up)


def _star_to_tone(call: LiveCall) -> float:
    """From the key, pressed while the line still speaks, to the tone.

    The simulator puts a key that interrupts at the beginning of the question and counts an answer's time for it.
    """
    pressed = max(number for number, (_, who, _) in enumerate(call.transcript) if who == "caller")
    said = sum(len(words.split()) for _, who, words in call.transcript[pressed:] if who == "line" and words != "(tone)")
    return 1.5 + said / 2.6


@contextmanager
def _ringing(ground: Ground, situation: Situation) -> Iterator[Network]:
    """A network with a phonebot that is in this situation."""
    folder, london = ground.new_folder(), ZoneInfo("Europe/London")
    url = f"sqlite:///{folder / 'phonebot.db'}"
    now = datetime.fromisoformat(situation.rings_at).replace(tzinfo=london)
    migrate(url)
    (folder / "office.toml").write_text(OFFICE, encoding="utf-8")
    database = Database(url)
    load(database, folder / "office.toml", now)
    if situation.note:
        _set_status(database, situation.note, datetime.fromisoformat(situation.set_at).replace(tzinfo=london))
    served = Served()
    settings = load_settings(environment(folder, url, served.url))
    served.app = create_app(settings, database, clock=lambda: now)
    try:
        with served, Network(served.url, ACCOUNT, TOKEN, now=lambda: now) as network:
            yield network
    finally:
        database.close()


def _set_status(database: Database, note: str, set_at: datetime) -> None:
    with database.write() as session:
        book = load_office(session)
        assert book is not None
        sue = next(person for person in book.people if person.id == "sue")
        draft = read_status(note, now=set_at, office=book.office, people=book.people, person=sue)
        add_status(
            session,
            make_status(draft, person=sue, now=set_at, office=book.office, options=StatusOptions(), people=book.people),
        )
