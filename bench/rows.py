"""The same work with many messages stored as with few: plans without a table scan, and hardly more CPU."""

import re
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median

from sqlalchemy.orm import Session

from bench.filling import fill
from bench.ground import KINDS, Ground
from bench.inside import Inside, Statement, inside
from bench.posts import CALLER, LINE, operator_call, short_call, whole_call
from bench.table import Table, verdict
from phonebot.domain.message import State
from phonebot.store import outbox
from phonebot.store.messages import BEGINNING, message_page

FEW = 1_000
MOST_RATIO = 1.3
PAGE = 500
LEASE = timedelta(minutes=5)
GROWING = frozenset(
    ("calls", "messages", "webhooks", "recordings", "outbox", "events", "commitments", "transfers", "statuses")
)
"""The tables that grow with time. The office, its people and its lines are a handful of rows, and may be read whole."""

LISTS: dict[str, dict[str, str | State]] = {
    "list": {},
    "list of a mailbox": {"mailbox": "sue"},
    "list in a state": {"state": State.NEW},
    "list in a state nothing is in": {"state": State.MISSED},
}
Work = Callable[[Inside, int], int]
"""Does something of a numbered round, and says how often."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One kind of database twice: with few messages and with many."""

    kind: str
    few: Inside
    many: Inside
    ground: Ground


def row_tables(ground: Ground, messages: int, *, quick: bool = False) -> list[Table]:
    """CPU and plans on each kind of database."""
    return [table for kind in KINDS for table in _measure(ground, kind, messages, rounds=3 if quick else 9)]


def _measure(ground: Ground, kind: str, messages: int, rounds: int) -> list[Table]:
    began = time.monotonic()
    with ExitStack() as stack:
        few, many = (stack.enter_context(inside(ground, ground.database(kind))) for _ in range(2))
        fill(few.database, FEW, LINE, CALLER)
        fill(many.database, messages, LINE, CALLER)
        filled = time.monotonic() - began
        pair = Pair(kind, few, many, ground)
        rows = [_compare(pair, name, work, rounds) for name, work in _works().items()]
        scans = scans_of(many)
    note = f"Filling both took {filled:.0f} s. " + (
        "No plan of a turn, a callback, a claim or a list scans a table that grows."
        if not scans
        else "SCANS: " + "; ".join(scans)
    )
    columns = ("", f"{FEW:,}", f"{messages:,}", "ratio", "budget", "")
    return [
        Table(
            f"CPU with {messages:,} messages stored ({kind}, ms, the database server's included)",
            columns,
            tuple(rows),
            note,
        )
    ]


def _works() -> dict[str, Work]:
    works: dict[str, Work] = {"a turn": _turns, "a claim, and the job done": _claims}
    for name, wanted in LISTS.items():
        works[f"{name}, {PAGE} messages"] = lambda app, _number, wanted=wanted: _page(app, wanted)  # type: ignore[misc]  # a default binds it now
    return works


def _turns(app: Inside, number: int) -> int:
    calls = [whole_call("rows", number, call) for call in range(6)]
    for call in calls:
        for post in call:
            app.post(post)
    return sum(map(len, calls))


def _claims(app: Inside, _number: int) -> int:
    """Claim what the turns have put there, and add as many again, so that each round finds some."""
    claimed = 0
    now = datetime.now(UTC)
    for number in range(20):
        with app.database.write() as session:
            outbox.put(session, "bench", f"bench:{now}:{number}", {}, due_at=now, now=now)
        with app.database.write() as session:
            job = outbox.claim(session, now, LEASE)
            assert job is not None
            claimed += outbox.done(session, job, now)
    return claimed


def _page(app: Inside, wanted: dict[str, str | State]) -> int:
    with app.database.read() as session:
        _a_page(session, wanted)
    return 1


def _a_page(session: Session, wanted: dict[str, str | State]) -> None:
    mailbox, state = wanted.get("mailbox"), wanted.get("state")
    message_page(session, BEGINNING, PAGE, mailbox=mailbox, state=state if isinstance(state, State) else None)


def _compare(pair: Pair, name: str, work: Work, rounds: int) -> tuple[str, ...]:
    """Few and many in turn, round by round; the median of each, and of the rounds' ratios."""
    work(pair.few, -1)
    work(pair.many, -1)
    found = [(_cost(pair, pair.few, work, number), _cost(pair, pair.many, work, number)) for number in range(rounds)]
    few, many = (median(costs) for costs in zip(*found, strict=True))
    ratio = median(many / few for few, many in found)
    shown = (f"{few * 1000:.2f}", f"{many * 1000:.2f}", f"{ratio:.2f}")
    return (name, *shown, f"{MOST_RATIO:.2f}", verdict(ratio <= MOST_RATIO))


def _cost(pair: Pair, app: Inside, work: Work, number: int) -> float:
    """CPU seconds a piece: ours, and the database server's."""
    server, ours = pair.ground.postgres_seconds(), time.process_time()
    done = work(app, number)
    used = time.process_time() - ours
    if pair.kind == "postgresql":
        used += pair.ground.postgres_seconds() - server
    return used / done


def scans_of(app: Inside) -> list[str]:
    """What is wrong with the plans: each scan of a table that grows, with the statement it is in."""
    sent = {statement.words: statement for statement in _all_statements(app)}
    return [
        f"{scan} in {' '.join(statement.words.split())[:200]}"
        for statement in sent.values()
        for scan in scanned(_plan(app, statement))
    ]


def _all_statements(app: Inside) -> list[Statement]:
    """Every statement of the turns of three calls with their callbacks, of a claim, and of the lists."""
    calls = (whole_call("plans"), short_call("plans", "short"), operator_call("plans", "zero"))
    sent = [statements for call in calls for statements in app.follow(call).values()]
    app.statements.clear()
    _claims(app, 0)
    for wanted in LISTS.values():
        _page(app, wanted)
    return [statement for some in (*sent, app.statements) for statement in some]


def _plan(app: Inside, statement: Statement) -> list[str]:
    explain = "EXPLAIN QUERY PLAN " if app.database.engine.dialect.name == "sqlite" else "EXPLAIN "
    with app.database.engine.connect() as connection:
        rows = connection.exec_driver_sql(explain + statement.words, statement.parameters).all()
        connection.rollback()
    return [str(row[-1]) for row in rows]


def scanned(plan: list[str]) -> list[str]:
    """The lines of a plan that read a whole growing table: SQLite's SCAN without an index, PostgreSQL's Seq Scan."""
    found = []
    for line in plan:
        match = re.search(r"^SCAN (?:TABLE )?(\w+)\b(?! .*USING)|Seq Scan on (\w+)", line)
        if match and (match[1] or match[2]) in GROWING:
            found.append(line.strip())
    return found
