"""A digest of five hundred calls owed, put in order and written, beside bare templates of the same five hundred."""

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import median
from typing import Final

from jinja2 import Environment

from bench.meant import LONDON, NOW
from bench.table import Row, Table, verdict
from phonebot.domain.digest import Accepted, Digest, Owed, Try, order
from phonebot.domain.hours import OfficeHours
from phonebot.domain.message import State
from phonebot.domain.office import Office
from phonebot.domain.reference import reference_of
from phonebot.domain.window import Part
from phonebot.mail.digest_mail import digest_letter, digest_text
from phonebot.mail.letter import Letter
from phonebot.mail.mail import Mail, on_the_wire, sender_of
from phonebot.services.staff.links import Links

ITEMS: Final = 500
BUDGET: Final = 100.0
ROUNDS, QUICK_ROUNDS = 15, 5
SEED: Final = 20261124
NEXT: Final = NOW.replace(hour=16, minute=0)
OFFICE: Final = Office("Cohen and Hart", OfficeHours(LONDON))
SENDER: Final = sender_of("phone@example.com")

_NAMES = ("Julie Smith", "Amir Khan", "Siân Ap Rhys", "Tom O'Neill", "Grace <Grace> Li", None)
_COMPANIES = ("Hartwell Dental", "Baker & Sons", "Northgate School", None)
_MATTERS = (
    "Last month's invoice, it was charged twice.",
    "It's about the boiler. Water comes out of the pipe behind it, and it cannot wait until tomorrow.",
    "The lease for the shop in Bridge Street. Our solicitor wants to know when the deposit is paid back.",
    "Just ringing you back.",
    None,
)
_TOLD = "Sue will have this when she is free. I can't say when she'll call."
_OUTCOMES = ("no-answer", "busy", "left-word", "joined")

HTML = """<html><head><title>{{ title }}</title></head><body><h1>{{ title }}</h1><ol>
{% for each in items %}<li><h2>{{ each.name }}, {{ each.company }}</h2><p>{{ each.phone }}</p>
<p>{{ each.received_at }}</p><p>{{ each.business }}</p><p>{{ each.window_said }}</p>
{% for at, words in each.told %}<p>{{ at }} {{ words }}</p>{% endfor %}
{% for each in each.tries %}<p>{{ each.at }} {{ each.by }} {{ each.outcome }}</p>{% endfor %}
{% for act in acts %}<a href="https://phone.example.com/do/{{ each.number }}/{{ act }}">{{ act }}</a>{% endfor %}</li>
{% endfor %}</ol></body></html>"""

TEXT = """{{ title }}
{% for each in items %}
{{ each.name }}, {{ each.company }}
{{ each.phone }} {{ each.received_at }}
{{ each.business }}
{{ each.window_said }}
{% for at, words in each.told %}{{ at }} {{ words }}
{% endfor %}{% for each in each.tries %}{{ each.at }} {{ each.by }} {{ each.outcome }}
{% endfor %}{% for act in acts %}https://phone.example.com/do/{{ each.number }}/{{ act }}
{% endfor %}{% endfor %}"""

ACTS = ("call", "accept", "said", "tried", "pass")


@dataclass(frozen=True, slots=True)
class Bare:
    """The floor: two templates that write every fact once as it is, with five links, in whatever order they come."""

    html: Callable[..., str]
    text: Callable[..., str]

    def write(self, owed: Sequence[Owed]) -> Letter:
        """The page and the text."""
        words = {"title": f"{len(owed)} calls owed", "items": owed, "acts": ACTS}
        return Letter(str(words["title"]), self.text(**words), self.html(**words))


def digest_tables(*, quick: bool = False) -> list[Table]:
    """CPU of one digest, in milliseconds; floor and phonebot take turns, and the medians are told."""
    owed = calls_owed(ITEMS)
    bare = Bare(
        Environment(autoescape=True).from_string(HTML).render,
        Environment(autoescape=False).from_string(TEXT).render,  # plain text has nothing to escape
    )
    link = Links.signed_with("a secret for benchmarks").writer("https://phone.example.com", "sue", NOW)
    digest = digest_of(owed)
    letter = digest_letter(digest, OFFICE, link)
    mail = Mail("sue@example.com", letter.subject, letter.text, letter.html, "digest:sue")
    steps: dict[str, Callable[[], object]] = {
        "floor": lambda: bare.write(owed),
        "composed": lambda: digest_letter(digest_of(owed), OFFICE, link),
        "ordered": lambda: order(owed, NOW, NEXT),
        "short": lambda: digest_text(digest, OFFICE),
        "wire": lambda: on_the_wire(mail, SENDER, NOW),
    }
    rounds = QUICK_ROUNDS if quick else ROUNDS
    all_took = _rounds(steps, rounds)
    took = {name: median(each) for name, each in all_took.items()}
    floor = bare.write(owed)
    within = verdict(took["composed"] < BUDGET)
    rows: list[Row] = [
        _row("put in order and written, as text and as a page", took["composed"], took["floor"], "< 100", within),
        _row(f"the same, the quickest of {rounds} rounds", min(all_took["composed"]), min(all_took["floor"])),
        _row("of that, putting it in order", took["ordered"]),
        _row("as a text message", took["short"]),
        _row("the mail as it goes over the wire", took["wire"]),
    ]
    size = f"Text and page: the floor's {_kilobytes(floor)} kB, phonebot's {_kilobytes(letter)} kB."
    title = f"A digest of {ITEMS} calls owed (CPU, ms)"
    return [Table(title, ("", "bare templates", "phonebot", "ratio", "budget", ""), tuple(rows), size)]


def _row(name: str, ours: float, floor: float | None = None, budget: str = "", within: str = "") -> Row:
    beside = ("", f"{ours:.1f}", "") if floor is None else (f"{floor:.1f}", f"{ours:.1f}", f"{ours / floor:.2f}")
    return (name, *beside, budget, within)


def _kilobytes(letter: Letter) -> int:
    return round(len((letter.text + letter.html).encode()) / 1000)


def _rounds(steps: dict[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """The CPU of each step in milliseconds, round by round; a first one, which warms them all, does not count."""
    took: dict[str, list[float]] = {name: [] for name in steps}
    gc.collect()
    gc.freeze()
    try:
        for _ in range(rounds + 1):
            for name, step in steps.items():
                began = time.thread_time_ns()
                step()
                took[name].append((time.thread_time_ns() - began) / 1e6)
    finally:
        gc.unfreeze()
    return {name: each[1:] for name, each in took.items()}


def digest_of(owed: Sequence[Owed]) -> Digest:
    """Sue's digest of these, put in order."""
    return Digest("sue", "Sue Cohen", NOW, order(owed, NOW, NEXT), next_at=NEXT)


def calls_owed(count: int) -> list[Owed]:
    """So many messages, no two alike, by a seed: old and new, tried and taken on, long and short, for three owners."""
    chance = Random(SEED)
    return [_owed(number, chance) for number in range(1, count + 1)]


def _owed(number: int, chance: Random) -> Owed:
    received = NOW - timedelta(minutes=chance.randint(5, 30_000))
    phone = f"+447700900{chance.randint(0, 999):03}"
    tries = tuple(_try(received, chance) for _ in range(chance.choice((0, 0, 0, 1, 2, 3))))
    due = NOW + timedelta(hours=chance.randint(-3, 30))
    return Owed(
        number=number,
        ref=reference_of(number),
        owner=chance.choice(("sue", "sue", "sue", "tom", "office")),
        owner_name="Sue Cohen",
        state=State.ATTEMPTED if tries else State.NEW,
        received_at=received.astimezone(UTC),
        name=chance.choice(_NAMES),
        company=chance.choice(_COMPANIES),
        phone=phone,
        caller_id=phone if chance.random() < 0.8 else "+442079460143",
        business=chance.choice(_MATTERS),
        window_said=chance.choice(("Tomorrow, after three", "any time on Thursday", "before ten", None)),
        window_parts=_window(chance),
        complete=chance.random() < 0.9,
        recording_seconds=chance.choice((None, 14.0, 42.0, 125.0)),
        told=((received, _TOLD),) * chance.choice((1, 1, 2)),
        tries=tries,
        accepted=Accepted("Sue Cohen", "sue", due, due < NOW) if chance.random() < 0.2 else None,
        asks_what_happened=bool(tries) and tries[-1].outcome == "joined",
        denied_at=NOW - timedelta(hours=1) if chance.random() < 0.03 else None,
        overdue=NOW - received > timedelta(days=1),
    )


def _try(received: datetime, chance: Random) -> Try:
    by, note = chance.choice(("Sue Cohen", "Tom Hart")), chance.choice((None, "Will ring again on Monday."))
    return Try(received + timedelta(minutes=chance.randint(1, 300)), by, chance.choice(_OUTCOMES), note=note)


def _window(chance: Random) -> tuple[Part, ...]:
    begins = [NOW + timedelta(hours=chance.randint(-48, 72)) for _ in range(chance.choice((0, 1, 1, 2)))]
    return tuple(Part(begin, begin + timedelta(hours=2)) for begin in sorted(begins))
